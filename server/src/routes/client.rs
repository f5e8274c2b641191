//! From where a request comes, as far as the network tells: for counting those who have not said
//! who they are.

use axum::http::HeaderMap;
use ipnet::IpNet;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// Who names the clients that it speaks for; the last one is whom it spoke with itself.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The other end of a connection.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// Those whose requests are counted together: one address of IPv4, or a network of IPv6 as whoever
/// sells connections gives it to one customer (a /64).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Client(IpAddr);

impl Client {
    fn at(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
            v4 @ IpAddr::V4(_) => v4,
        })
    }
}

/// Proxies whose word counts when they say for whom they speak. Anybody can say so: of all others
/// it does not count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// Reads addresses and networks (`10.0.0.0/8`).
    pub fn parse(texts: &[String]) -> anyhow::Result<Self> {
        let network = |text: &String| {
            let text = text.trim();
            let address = || text.parse::<IpAddr>().ok().map(IpNet::from);
            let network = text.parse::<IpNet>().ok().or_else(address);
            network.ok_or_else(|| {
                anyhow::anyhow!(
                    "{text:?} is no address like 10.0.0.1 and no network like 10.0.0.0/8"
                )
            })
        };
        texts
            .iter()
            .map(network)
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// Whose connections count as those of one client. Nobody's, where many come by one address: this
    /// machine, where a proxy may be that nobody has named, and the proxies that are.
    pub fn alone_at(&self, peer: IpAddr) -> Option<Client> {
        let peer = peer.to_canonical();
        (!peer.is_loopback() && !self.trusts(peer)).then(|| Client::at(peer))
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }

    /// Who makes a request: the first that is no proxy of ours, seen from here.
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> Client {
        let mut at = peer.to_canonical();
        let said = headers.get_all(FORWARDED_FOR).into_iter();
        let said: Vec<&str> = said
            .flat_map(|line| line.to_str().unwrap_or("?").split(','))
            .collect();
        for said in said.into_iter().rev() {
            if !self.trusts(at) {
                break;
            }
            let Some(before) = address(said.trim()) else {
                break;
            };
            at = before.to_canonical();
        }
        Client::at(at)
    }
}

/// An address, with or without a port.
fn address(text: &str) -> Option<IpAddr> {
    let with_port = || text.parse::<SocketAddr>().ok().map(|a| a.ip());
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(with_port)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(proxies: &[&str], peer: &str, said: &[&str]) -> String {
        let proxies: Vec<_> = proxies.iter().map(ToString::to_string).collect();
        let mut headers = HeaderMap::new();
        for said in said {
            headers.append(FORWARDED_FOR, said.parse().unwrap());
        }
        let proxies = TrustedProxies::parse(&proxies).unwrap();
        proxies
            .client(peer.parse().unwrap(), &headers)
            .0
            .to_string()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed_and_only_for_whom_it_spoke_with() {
        let one = ["10.0.0.0/8"];
        for (proxies, peer, said, who) in [
            // Nobody is trusted.
            (&[][..], "203.0.113.7", &["198.51.100.1"][..], "203.0.113.7"),
            (&one, "203.0.113.7", &["198.51.100.1"], "203.0.113.7"),
            // What the client itself had put there is not looked at.
            (
                &one,
                "10.0.0.1",
                &["192.0.2.1, 198.51.100.1"],
                "198.51.100.1",
            ),
            (
                &one,
                "10.0.0.1",
                &["192.0.2.1", "198.51.100.1"],
                "198.51.100.1",
            ),
            // Through two of ours.
            (
                &one,
                "10.0.0.1",
                &["198.51.100.1, 10.2.0.1"],
                "198.51.100.1",
            ),
            (&one, "10.0.0.1", &["198.51.100.1:4711"], "198.51.100.1"),
            (
                &["::1"],
                "::1",
                &["[2001:db8:1:2:3::4]:4711"],
                "2001:db8:1:2::",
            ),
            (
                &["127.0.0.1"],
                "::ffff:127.0.0.1",
                &["198.51.100.1"],
                "198.51.100.1",
            ),
            // Ours says nothing, or nonsense.
            (&one, "10.0.0.1", &[], "10.0.0.1"),
            (&one, "10.0.0.1", &["unknown"], "10.0.0.1"),
            (&one, "10.0.0.1", &["198.51.100.1, \u{e9}"], "10.0.0.1"),
        ] {
            assert_eq!(client(proxies, peer, said), who, "{peer} {said:?}");
        }
    }

    #[test]
    fn one_customer_of_ipv6_is_one() {
        let of = |address: &str| Client::at(address.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::3"), of("2001:db8:1:2:ffff::4"));
        assert_ne!(of("2001:db8:1:2::3"), of("2001:db8:1:3::3"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }

    #[test]
    fn what_is_no_network_is_named() {
        for wrong in ["10.0.0.0/33", "localhost", ""] {
            let error = TrustedProxies::parse(&[wrong.to_owned()]).unwrap_err();
            assert!(error.to_string().contains(&format!("{wrong:?}")));
        }
    }
}
