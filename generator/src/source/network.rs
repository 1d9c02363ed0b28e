//! Files of the network: fetched from the hosts that a user allows, and from no others.
//!
//! A description is somebody else's text. If it could make the generator call any host, it could
//! tell one who uses it, or what answers inside a network; so nothing is fetched unless its host
//! is named, redirects count as calls, and what comes is limited in size and time.

use std::sync::OnceLock;

use ureq::Agent;
use ureq::http::header::LOCATION;
use ureq::tls::{RootCerts, TlsConfig};
use url::{Host, Url};

use super::bytes;
use super::limits;

/// The hosts that files may be fetched from; none unless they are named.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// `example.com` or `example.com:8443`, in lower case.
    hosts: Vec<String>,
    agent: OnceLock<Agent>,
}

/// A file that was fetched.
#[derive(Debug)]
pub(super) struct Fetched {
    /// Where it was at last, after all redirects.
    pub(super) url: Url,
    /// What is in it.
    pub(super) text: String,
}

/// Why a file was not fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unfetched {
    /// The host is not allowed; as it would have to be named.
    Host(String),
    /// An allowed host redirects to this one, which is not.
    Redirect(String),
    /// It was tried; why that failed.
    Failed(String),
}

impl Unfetched {
    fn redirected(self) -> Self {
        match self {
            Self::Host(host) => Self::Redirect(host),
            other => other,
        }
    }
}

impl Network {
    /// A network of these hosts: each a name or an address, with a port if it is not the usual.
    pub fn allowing<H: Into<String>>(hosts: impl IntoIterator<Item = H>) -> Self {
        let lower = |host: H| host.into().to_ascii_lowercase();
        Self {
            hosts: hosts.into_iter().map(lower).collect(),
            agent: OnceLock::new(),
        }
    }

    /// The same with the host of a URL.
    pub(super) fn and(&self, url: &Url) -> Self {
        let hosts = self.hosts.iter().cloned().chain([name(url)]);
        Self::allowing(hosts)
    }

    /// Fetches a file, and follows redirects as far as they are allowed.
    pub(super) fn fetch(&self, url: &Url) -> Result<Fetched, Unfetched> {
        self.check(url)?;
        let mut url = url.clone();
        for _ in 0..=limits::REDIRECTS {
            match self.get(&url).map_err(Unfetched::Failed)? {
                Answer::Text(text) => return Ok(Fetched { url, text }),
                Answer::Moved(target) => {
                    self.check(&target).map_err(Unfetched::redirected)?;
                    url = target;
                }
            }
        }
        let reason = format!("there are more than {} redirects", limits::REDIRECTS);
        Err(Unfetched::Failed(reason))
    }

    fn check(&self, url: &Url) -> Result<(), Unfetched> {
        let failed = |reason: &str| Err(Unfetched::Failed(reason.to_owned()));
        let full = name(url);
        let bare = url.host_str().unwrap_or_default();
        let allowed = |host: &String| *host == full || (host == bare && url.port().is_none());
        if !self.hosts.iter().any(allowed) {
            return Err(Unfetched::Host(full));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return failed("its URL has a user name or a password, which would be written down");
        }
        match url.scheme() {
            "https" => Ok(()),
            "http" if is_loopback(url) => Ok(()),
            _ => failed("it is not fetched over https, so anybody on the way could change it"),
        }
    }

    fn get(&self, url: &Url) -> Result<Answer, String> {
        let request = self.agent().get(url.as_str()).config();
        let request = match is_loopback(url) {
            true => request.proxy(None),
            false => request,
        };
        let mut answer = request.build().call().map_err(|error| error.to_string())?;
        let status = answer.status();
        if status.is_redirection() {
            let target = answer.headers().get(LOCATION);
            let target = target.and_then(|target| target.to_str().ok());
            let target = target.ok_or(format!("the server answered {status} and no `Location`"))?;
            let target = url.join(target);
            return target
                .map(Answer::Moved)
                .map_err(|error| format!("it is redirected to what is no URL: {error}"));
        }
        if !status.is_success() {
            return Err(format!("the server answered {status}"));
        }
        let body = answer.body_mut().with_config();
        let body = body.limit(limits::FETCHED_BYTES).read_to_vec();
        let body = body.map_err(|error| match error {
            ureq::Error::BodyExceedsLimit(_) => {
                format!("it is larger than {} MiB", limits::FETCHED_BYTES >> 20)
            }
            other => other.to_string(),
        })?;
        let text = bytes::text(body).map_err(|(wrong, _)| format!("it {wrong}"))?;
        Ok(Answer::Text(text))
    }

    fn agent(&self) -> &Agent {
        self.agent.get_or_init(|| {
            let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier);
            let config = Agent::config_builder()
                .tls_config(tls.build())
                .timeout_global(Some(limits::FETCH_TIME))
                .max_redirects(0)
                .http_status_as_error(false)
                .user_agent(concat!("sdkwright/", env!("CARGO_PKG_VERSION")));
            Agent::new_with_config(config.build())
        })
    }
}

/// What a server answered.
enum Answer {
    Text(String),
    Moved(Url),
}

/// The host of a URL as it has to be named: with its port, if that is not the usual.
fn name(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(domain)) => domain == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
