//! Where the relay sends pushes to: push services that are on its list, and nothing else. A device
//! names the endpoint itself, so without a list any member could have the relay knock at any door
//! of the network that it stands in.

use axum::http::{Uri, uri::PathAndQuery};
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::Arc,
};

/// The push services of the browsers that there are: Chrome and those made of it, Firefox, Safari,
/// Edge.
pub const KNOWN: [&str; 4] = [
    "fcm.googleapis.com",
    "*.push.services.mozilla.com",
    "*.push.apple.com",
    "*.notify.windows.com",
];

/// The push services that the relay sends to.
#[derive(Debug, Clone)]
pub struct Hosts(Arc<[Host]>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Host {
    /// `fcm.googleapis.com`: this host on the internet, over HTTPS.
    Named(String),
    /// `*.push.apple.com`: any host below that, the same.
    Below(String),
    /// `https://push.example.org:8443` or `http://127.0.0.1:9000`: this very origin, wherever in the
    /// operator's network it is.
    Origin(String),
}

/// What cannot stand on the list of push services.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} names no push service. It is a host (push.example.org), all hosts below one \
     (*.push.example.org), or one of your own by its whole origin (https://push.home.arpa:8443; \
     http:// only at 127.0.0.1 or [::1])"
)]
pub struct NotAHost(pub String);

impl Default for Hosts {
    fn default() -> Self {
        let known = KNOWN.iter().filter_map(|text| Host::parse(text));
        Self(known.collect())
    }
}

impl Hosts {
    /// These push services.
    pub fn parse(texts: &[String]) -> Result<Self, NotAHost> {
        let hosts = texts.iter();
        let hosts =
            hosts.map(|text| Host::parse(text.trim()).ok_or_else(|| NotAHost(text.clone())));
        Ok(Self(hosts.collect::<Result<_, _>>()?))
    }

    /// Where to send to for this endpoint: `None` unless it is one of a push service on the list.
    pub fn endpoint(&self, endpoint: &str) -> Option<Endpoint> {
        // The parser forgets a fragment, and who may send one along is told in no standard.
        let plain = endpoint.is_ascii() && !endpoint.contains('#');
        let uri: Uri = plain.then(|| endpoint.parse().ok()).flatten()?;
        let origin = origin(&uri)?;
        let host = uri.host()?.to_ascii_lowercase();
        let listed = self.0.iter().any(|listed| match listed {
            Host::Named(name) => origin == format!("https://{name}"),
            Host::Below(name) => {
                origin == format!("https://{host}")
                    && is_name(&host)
                    && host
                        .strip_suffix(name)
                        .is_some_and(|below| below.len() > 1 && below.ends_with('.'))
            }
            Host::Origin(own) => origin == *own,
        });
        listed.then_some(Endpoint { uri, origin })
    }

    /// Whether this name may lead to this address. What the operator named by its origin may be
    /// anywhere; a push service of the internet that resolves to an address of the relay's own
    /// network is none.
    pub fn may_be_at(&self, name: &str, address: IpAddr) -> bool {
        let own = self.0.iter().any(|listed| match listed {
            Host::Origin(origin) => origin
                .parse::<Uri>()
                .is_ok_and(|uri| uri.host() == Some(name)),
            Host::Named(_) | Host::Below(_) => false,
        });
        own || is_public(address)
    }
}

/// Where to send a push to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// The whole address; who knows it can wake the device.
    pub uri: Uri,
    /// The push service.
    pub origin: String,
}

impl Host {
    fn parse(text: &str) -> Option<Self> {
        if text.contains("://") {
            let uri: Uri = text.parse().ok()?;
            let bare = matches!(
                uri.path_and_query().map(PathAndQuery::as_str),
                None | Some("/")
            );
            return bare.then(|| origin(&uri)).flatten().map(Self::Origin);
        }
        let text = text.to_ascii_lowercase();
        match text.strip_prefix("*.") {
            Some(name) => is_name(name).then(|| Self::Below(name.to_owned())),
            None => is_name(&text).then_some(Self::Named(text)),
        }
    }
}

/// The origin of an address: scheme, host in small letters, and the port where it is not the
/// scheme's own. Plain HTTP has one on this machine only.
fn origin(uri: &Uri) -> Option<String> {
    let authority = uri.authority()?;
    if authority.as_str().contains('@') {
        return None;
    }
    let host = authority.host().to_ascii_lowercase();
    let own_port = match uri.scheme_str()? {
        "https" => 443,
        "http" if matches!(&*host, "127.0.0.1" | "[::1]") => 80,
        _ => return None,
    };
    let scheme = uri.scheme_str()?;
    match authority.port() {
        None => Some(format!("{scheme}://{host}")),
        // A colon and no number, or one that is none, is no address of anybody.
        Some(port) if port.as_u16() == own_port => Some(format!("{scheme}://{host}")),
        Some(port) => Some(format!("{scheme}://{host}:{}", port.as_u16())),
    }
}

/// A name of the DNS with at least one dot, and no address: the last part of a name has a letter.
fn is_name(text: &str) -> bool {
    let part = |part: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        !part.is_empty() && part.chars().all(plain)
    };
    let last = text.rsplit('.').next().unwrap_or_default();
    text.contains('.') && text.split('.').all(part) && last.contains(|c: char| c.is_alphabetic())
}

/// An address of the internet, and of no network of one's own.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => is_public_v4(v4),
            None => is_public_v6(v6),
        },
    }
}

/// By the registry of special addresses (RFC 6890).
fn is_public_v4(v4: Ipv4Addr) -> bool {
    let [a, b, c, _] = v4.octets();
    let special = matches!(
        (a, b, c),
        (0 | 10 | 127 | 224.., _, _)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    );
    !special
}

/// Global unicast (`2000::/3`) without what tunnels to other addresses (6to4, Teredo).
fn is_public_v6(v6: Ipv6Addr) -> bool {
    let [a, b, ..] = v6.segments();
    (0x2000..0x4000).contains(&a) && a != 0x2002 && (a, b) != (0x2001, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_of_the_known_services_are_taken() {
        for (endpoint, origin) in [
            (
                "https://fcm.googleapis.com/fcm/send/a:b-c_d",
                "https://fcm.googleapis.com",
            ),
            (
                "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
                "https://updates.push.services.mozilla.com",
            ),
            (
                "https://web.push.apple.com/QG",
                "https://web.push.apple.com",
            ),
            (
                "https://wns2-par02p.notify.windows.com/w/?token=BQ%3d%3d",
                "https://wns2-par02p.notify.windows.com",
            ),
            (
                "HTTPS://FCM.GoogleApis.com:443/x",
                "https://fcm.googleapis.com",
            ),
        ] {
            let found = Hosts::default().endpoint(endpoint);
            assert_eq!(
                found.map(|e| e.origin).as_deref(),
                Some(origin),
                "{endpoint}"
            );
        }
    }

    #[test]
    fn nothing_else_is() {
        for endpoint in [
            "",
            "/v1/sync",
            "fcm.googleapis.com/x",
            "http://fcm.googleapis.com/x",
            "ftp://fcm.googleapis.com/x",
            "https://fcm.googleapis.com:8443/x",
            "https://fcm.googleapis.com.example.org/x",
            "https://fcm.googleapis.com./x",
            "https://evilfcm.googleapis.com/x",
            "https://push.apple.com/x",
            "https://.push.apple.com/x",
            "https://evilpush.apple.com/x",
            "https://127.0.0.1/.push.apple.com",
            "https://127.0.0.1:443#.push.apple.com",
            "https://me@web.push.apple.com/x",
            "https://web.push.apple.com@127.0.0.1/x",
            "https://web.push.apple.com\\@127.0.0.1/x",
            "https://web.push.apple.com/x#y",
            "https://web.push.apple.com/x y",
            "https://w\u{e9}b.push.apple.com/x",
            "https://127.0.0.1/x",
            "http://127.0.0.1:8080/v1/admin/invite",
            "https://[::1]/x",
            "https://localhost/x",
        ] {
            assert_eq!(Hosts::default().endpoint(endpoint), None, "{endpoint}");
        }
    }

    #[test]
    fn the_list_can_be_another() {
        let hosts = |texts: &[&str]| {
            let texts: Vec<_> = texts.iter().map(|&t| t.to_owned()).collect();
            Hosts::parse(&texts)
        };
        let own = hosts(&["http://127.0.0.1:9000", "https://push.home.arpa:8443/"]).unwrap();
        assert!(own.endpoint("http://127.0.0.1:9000/a").is_some());
        assert!(own.endpoint("https://push.home.arpa:8443/a").is_some());
        assert!(own.endpoint("http://127.0.0.1:9001/a").is_none());
        assert!(own.endpoint("https://push.home.arpa/a").is_none());
        assert!(own.endpoint("https://fcm.googleapis.com/a").is_none());
        for wrong in [
            "",
            "*",
            "*.",
            "com",
            "10.0.0.1",
            "http://push.home.arpa",
            "https://a.b/c",
            "a b.c",
        ] {
            assert_eq!(hosts(&[wrong]).unwrap_err(), NotAHost(wrong.into()));
        }
    }

    #[test]
    fn a_service_of_the_internet_is_not_in_a_network_of_ones_own() {
        let hosts = Hosts::parse(&["*.push.apple.com".into(), "https://push.home.arpa".into()]);
        let may = |name: &str, address: &str| {
            let hosts = hosts.as_ref().unwrap();
            hosts.may_be_at(name, address.parse().unwrap())
        };
        for public in ["17.188.143.10", "2a00:1450:4009::1", "2620:149::1"] {
            assert!(may("web.push.apple.com", public), "{public}");
        }
        for private in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:10.0.0.1",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "64:ff9b::a00:1",
            "2002:a00:1::1",
            "2001::1",
        ] {
            assert!(!may("web.push.apple.com", private), "{private}");
            assert!(may("push.home.arpa", private), "{private}");
        }
    }
}
