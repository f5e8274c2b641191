//! Settings: flags first, then the environment, then a TOML file, then what is built in.

use crate::{
    push::{Hosts, PushOptions},
    routes::TrustedProxies,
    server::CertificateFiles,
    vault::{KeyFile, Source},
};
use anyhow::Context as _;
use clap::Args;
use serde::Deserialize;
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

/// Where the relay listens unless told otherwise: this machine alone.
pub const LISTEN: &str = "127.0.0.1:8080";
/// Where it keeps its data unless told otherwise.
pub const DATA: &str = "data";

/// Settings as they are given. Those of a file are named as the flags are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Settings {
    /// A TOML file with settings named like these flags.
    #[arg(long, value_name = "FILE", env = "KITH_CONFIG", global = true)]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// The folder with the relay's secret and its journal [default: data].
    #[arg(long, value_name = "FOLDER", env = "KITH_DATA", global = true)]
    pub data: Option<PathBuf>,
    /// A file with the master key, without which nobody can read what the relay keeps: 32 random
    /// bytes in base64. It can be in the environment instead, as `KITH_MASTER_KEY` [default:
    /// master.key in the data folder, which the first start makes].
    #[arg(long, value_name = "FILE", env = "KITH_MASTER_KEY_FILE", global = true)]
    pub master_key_file: Option<PathBuf>,
    /// A command that says the master key, such as that of a key service.
    #[arg(
        long,
        value_name = "COMMAND",
        env = "KITH_MASTER_KEY_COMMAND",
        global = true,
        conflicts_with = "master_key_file"
    )]
    pub master_key_command: Option<String>,
    /// Address and port to listen on [default: 127.0.0.1:8080]. Without a certificate it speaks
    /// HTTP: let a proxy speak HTTPS in front.
    #[arg(long, value_name = "ADDRESS", env = "KITH_LISTEN", global = true)]
    pub listen: Option<SocketAddr>,
    /// Speak HTTPS with this certificate: a PEM file with the whole chain, which is read again when
    /// it changes.
    #[arg(long, value_name = "FILE", env = "KITH_TLS_CERT", global = true)]
    pub tls_cert: Option<PathBuf>,
    /// The private key of the certificate: a PEM file.
    #[arg(long, value_name = "FILE", env = "KITH_TLS_KEY", global = true)]
    pub tls_key: Option<PathBuf>,
    /// With a certificate: where to speak HTTP with this machine, which alone gets the counts of
    /// /metrics there [default: any free port of 127.0.0.1].
    #[arg(long, value_name = "ADDRESS", env = "KITH_LOCAL", global = true)]
    pub local: Option<SocketAddr>,
    /// The folder with the built web app, for the relay to serve.
    #[arg(long, value_name = "FOLDER", env = "KITH_WEB", global = true)]
    pub web: Option<PathBuf>,
    /// Where people reach the relay; joining links begin with it [default: where it listens].
    #[arg(long, value_name = "URL", env = "KITH_PUBLIC_URL", global = true)]
    pub public_url: Option<String>,
    /// Proxies in front of the relay, by address or network: requests without a good token are
    /// counted for the address that such a proxy names in X-Forwarded-For, not for its own.
    #[arg(
        long,
        value_name = "ADDRESSES",
        env = "KITH_TRUSTED_PROXY",
        global = true,
        value_delimiter = ','
    )]
    pub trusted_proxy: Option<Vec<String>>,
    /// Push services that phones may be woken through: hosts, "*.host" for all below one, or a
    /// whole origin for one of your own [default: those of Chrome, Firefox, Safari and Edge].
    #[arg(
        long,
        value_name = "HOSTS",
        env = "KITH_PUSH_HOSTS",
        global = true,
        value_delimiter = ','
    )]
    pub push_hosts: Option<Vec<String>>,
    /// Where a push service reaches whoever runs the relay: "mailto:…" or "https://…" [default: the
    /// public URL].
    #[arg(long, value_name = "URL", env = "KITH_PUSH_CONTACT", global = true)]
    pub push_contact: Option<String>,
    /// What to log: error, warn, info or debug, or a filter by module [default: info].
    #[arg(long, value_name = "FILTER", env = "KITH_LOG", global = true)]
    pub log: Option<String>,
    /// Log one JSON object a line, for programs.
    #[arg(long, env = "KITH_LOG_JSON", global = true)]
    pub log_json: bool,
}

impl Settings {
    /// These settings, and the file's where these say nothing.
    pub fn with_file(self) -> anyhow::Result<Self> {
        let Some(path) = &self.config else {
            return Ok(self);
        };
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("the settings cannot be read from {}", path.display()))?;
        let file: Self = toml::from_str(&text)
            .with_context(|| format!("{} is not as it should be", path.display()))?;
        Ok(Self {
            config: self.config,
            data: self.data.or(file.data),
            master_key_file: self.master_key_file.or(file.master_key_file),
            master_key_command: self.master_key_command.or(file.master_key_command),
            listen: self.listen.or(file.listen),
            tls_cert: self.tls_cert.or(file.tls_cert),
            tls_key: self.tls_key.or(file.tls_key),
            local: self.local.or(file.local),
            web: self.web.or(file.web),
            public_url: self.public_url.or(file.public_url),
            trusted_proxy: self.trusted_proxy.or(file.trusted_proxy),
            push_hosts: self.push_hosts.or(file.push_hosts),
            push_contact: self.push_contact.or(file.push_contact),
            log: self.log.or(file.log),
            log_json: self.log_json || file.log_json,
        })
    }

    /// Where to listen.
    pub fn listen(&self) -> SocketAddr {
        let default = || SocketAddr::from(([127, 0, 0, 1], 8080));
        self.listen.unwrap_or_else(default)
    }

    /// The certificate to show, if there is one.
    pub fn certificate(&self) -> anyhow::Result<Option<CertificateFiles>> {
        match (self.tls_cert.clone(), self.tls_key.clone()) {
            (None, None) => Ok(None),
            (Some(certificate), Some(key)) => Ok(Some(CertificateFiles { certificate, key })),
            (Some(_), None) => anyhow::bail!("tls-cert is given: give its private key as tls-key"),
            (None, Some(_)) => anyhow::bail!("tls-key is given: give its certificate as tls-cert"),
        }
    }

    /// Where to speak HTTP with this machine, when HTTPS is spoken with all others.
    pub fn local(&self) -> anyhow::Result<SocketAddr> {
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let local = self.local.unwrap_or(any);
        anyhow::ensure!(
            local.ip().is_loopback(),
            "local is {local}: it is an address of this machine alone, such as 127.0.0.1:8081"
        );
        Ok(local)
    }

    /// Where people reach the relay, if nothing is said: where it listens.
    pub fn public_url(&self) -> String {
        let scheme = self.tls_cert.as_ref().map_or("http", |_| "https");
        let listens = || format!("{scheme}://{}", self.listen());
        self.public_url.clone().unwrap_or_else(listens)
    }

    /// The proxies that are believed.
    pub fn proxies(&self) -> anyhow::Result<TrustedProxies> {
        let named = self.trusted_proxy.as_deref().unwrap_or_default();
        TrustedProxies::parse(named).context("trusted-proxy")
    }

    /// How to push.
    pub fn push(&self) -> anyhow::Result<PushOptions> {
        let hosts = self.push_hosts.as_deref().map(Hosts::parse).transpose();
        let contact = self.push_contact.clone();
        if let Some(contact) = &contact {
            anyhow::ensure!(
                contact.starts_with("mailto:") || contact.starts_with("https://"),
                "push-contact is {contact:?}: it begins with mailto: or https://"
            );
        }
        Ok(PushOptions {
            hosts: hosts.context("push-hosts")?.unwrap_or_default(),
            contact,
        })
    }

    /// Where the master key comes from.
    pub fn master_key(&self) -> Source {
        let file = self.master_key_file.as_deref();
        let command = self.master_key_command.as_deref();
        Source::choose(file, command, &self.data().master_key())
    }

    /// The secrets of a relay that has been made.
    pub fn keys(&self) -> anyhow::Result<KeyFile> {
        let master = self.master_key().read()?;
        Ok(KeyFile::open(&self.data().secret(), &master)?)
    }

    /// Where the data is.
    pub fn data(&self) -> DataFolder {
        let data = self.data.clone();
        DataFolder(data.unwrap_or_else(|| PathBuf::from(DATA)))
    }
}

/// What lies where in the data folder.
#[derive(Debug, Clone)]
pub struct DataFolder(PathBuf);

impl DataFolder {
    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.0
    }
    /// The master key, unless it is kept elsewhere.
    pub fn master_key(&self) -> PathBuf {
        self.0.join("master.key")
    }
    /// The relay's secrets, sealed by the master key.
    pub fn secret(&self) -> PathBuf {
        self.0.join("relay.key")
    }
    /// The journal's store.
    pub fn journal(&self) -> PathBuf {
        self.0.join("journal")
    }
    /// While a relay runs: where it is reached.
    pub fn address(&self) -> PathBuf {
        self.0.join("relay.address")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_goes_before_the_file_and_the_file_before_the_default() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kith.toml");
        std::fs::write(
            &path,
            "listen = \"0.0.0.0:80\"\npublic-url = \"https://a.example\"\n",
        )
        .unwrap();
        let given = Settings {
            config: Some(path.clone()),
            public_url: Some("https://b.example".into()),
            ..Settings::default()
        };
        let settings = given.with_file().unwrap();
        assert_eq!(settings.listen(), "0.0.0.0:80".parse().unwrap());
        assert_eq!(settings.public_url.as_deref(), Some("https://b.example"));
        assert_eq!(settings.data().path(), Path::new(DATA));
        assert_eq!(Settings::default().listen(), LISTEN.parse().unwrap());

        std::fs::write(&path, "lisen = \"0.0.0.0:80\"\n").unwrap();
        let given = Settings {
            config: Some(path),
            ..Settings::default()
        };
        let error = format!("{:#}", given.with_file().unwrap_err());
        assert!(error.contains("lisen"), "{error}");
    }

    #[test]
    fn a_certificate_has_a_key_and_what_is_local_stays_so() {
        let said = |toml: &str| toml::from_str::<Settings>(toml).unwrap();
        assert_eq!(said("").certificate().unwrap(), None);
        assert!(said("").local().unwrap().ip().is_loopback());
        let both = said("tls-cert = \"c.pem\"\ntls-key = \"k.pem\"\nlisten = \"0.0.0.0:443\"");
        let files = both.certificate().unwrap().unwrap();
        assert_eq!(files.certificate, Path::new("c.pem"));
        assert_eq!(files.key, Path::new("k.pem"));
        assert_eq!(both.public_url(), "https://0.0.0.0:443");
        for (wrong, named) in [
            ("tls-cert = \"c.pem\"", "tls-key"),
            ("tls-key = \"k.pem\"", "tls-cert"),
        ] {
            let error = said(wrong).certificate().unwrap_err().to_string();
            assert!(error.contains(named), "{error}");
        }
        let error = said("local = \"0.0.0.0:81\"").local().unwrap_err();
        assert!(error.to_string().contains("127.0.0.1"), "{error}");
    }

    #[test]
    fn push_services_and_contact_are_checked_at_the_start() {
        let said = |toml: &str| toml::from_str::<Settings>(toml).unwrap().push();
        let takes = |options: &PushOptions, endpoint| options.hosts.endpoint(endpoint).is_some();
        let (apple, own) = ("https://web.push.apple.com/a", "http://127.0.0.1:9000/a");
        let built_in = said("").unwrap();
        assert!(takes(&built_in, apple) && !takes(&built_in, own));
        let other = said("push-hosts = [\"http://127.0.0.1:9000\"]").unwrap();
        assert!(!takes(&other, apple) && takes(&other, own));
        let contact = said("push-contact = \"mailto:a@b.example\"")
            .unwrap()
            .contact;
        assert_eq!(contact.as_deref(), Some("mailto:a@b.example"));
        for (wrong, named) in [
            ("push-hosts = [\"10.0.0.1\"]", "10.0.0.1"),
            ("push-contact = \"a@b.example\"", "mailto:"),
        ] {
            let error = format!("{:#}", said(wrong).unwrap_err());
            assert!(error.contains(named), "{error}");
        }
    }
}
