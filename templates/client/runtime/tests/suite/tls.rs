//! TLS and both versions of HTTP: certificates that are trusted, and those that must not be.

use std::error::Error as _;
use std::sync::Arc;

use http::Version;
use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use crate::mini_client::Client;
use crate::runtime::ReqwestTransport;
use crate::wire::Wire;

const EMPTY: &str = r#"{"items":[]}"#;

/// A server with a certificate for this host, and the certificate.
async fn server(host: &str, expired: bool, versions: &[&str]) -> (Wire, Vec<u8>) {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new([host.to_owned()]).unwrap();
    if expired {
        params.not_before = date_time_ymd(2019, 1, 1);
        params.not_after = date_time_ymd(2020, 1, 1);
    }
    let certificate = params.self_signed(&key).unwrap();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()));
    let config = config.with_safe_default_protocol_versions().unwrap();
    let config = config.with_no_client_auth();
    let chain = vec![certificate.der().clone()];
    let mut config = config.with_single_cert(chain, key).unwrap();
    config.alpn_protocols = versions.iter().map(|it| it.as_bytes().to_vec()).collect();
    let wire = Wire::start(Some(config), EMPTY).await;
    (wire, certificate.der().to_vec())
}

/// A client that knows the server as `api.test`, and trusts this certificate alone.
fn client(wire: &Wire, trusted: Option<&[u8]>) -> Client {
    let mut http = reqwest::Client::builder().resolve("api.test", wire.address);
    if let Some(der) = trusted {
        let certificate = reqwest::Certificate::from_der(der).unwrap();
        http = http.tls_certs_only([certificate]);
    }
    let transport = ReqwestTransport::with_client(http.build().unwrap());
    let url = format!("https://api.test:{}", wire.address.port());
    let builder = Client::builder().base_url(url).access_token("secret");
    builder.transport(transport).build().unwrap()
}

#[tokio::test]
async fn the_best_version_is_spoken() {
    let cases: [(&[&str], Version); 3] = [
        (&["h2", "http/1.1"], Version::HTTP_2),
        (&["http/1.1"], Version::HTTP_11),
        (&[], Version::HTTP_11),
    ];
    for (versions, expected) in cases {
        let (wire, certificate) = server("api.test", false, versions).await;
        let client = client(&wire, Some(&certificate));
        for _ in 0..2 {
            let get = client.instance_org_invites().get("i", "o");
            get.send().await.unwrap();
        }
        let got = wire.got();
        assert_eq!(got.len(), 2);
        for got in got {
            assert_eq!(got.version, expected);
            assert_eq!(got.headers["authorization"], "Bearer secret");
        }
    }
}

/// rustls and OpenSSL word the reasons differently.
async fn refused(wire: &Wire, trusted: Option<&[u8]>, why: &[&str]) {
    let client = client(wire, trusted);
    let get = client.instance_org_invites().get("i", "o");
    let error = get.send().await.unwrap_err();
    assert!(error.is_connect() && !error.is_timeout(), "{error:?}");
    let mut reasons = Vec::new();
    let mut source = error.source();
    while let Some(error) = source {
        reasons.push(error.to_string());
        source = error.source();
    }
    let reasons = reasons.join(": ").to_lowercase();
    assert!(why.iter().any(|why| reasons.contains(why)), "{reasons}");
    assert!(wire.got().is_empty(), "a request was sent nevertheless");
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused() {
    let (wire, _) = server("api.test", false, &["h2"]).await;
    refused(&wire, None, &["certificate"]).await;
    let (_, other) = server("api.test", false, &["h2"]).await;
    refused(&wire, Some(&other), &["certificate"]).await;
}

#[tokio::test]
async fn a_certificate_for_another_host_is_refused() {
    let (wire, certificate) = server("other.test", false, &["h2"]).await;
    refused(
        &wire,
        Some(&certificate),
        &["not valid for name", "hostname mismatch"],
    )
    .await;
}

#[tokio::test]
async fn a_certificate_that_has_expired_is_refused() {
    let (wire, certificate) = server("api.test", true, &["h2"]).await;
    refused(&wire, Some(&certificate), &["expired"]).await;
}

#[tokio::test]
async fn http_2_is_spoken_without_tls_where_that_is_known() {
    let wire = Wire::start(None, EMPTY).await;
    let http = reqwest::Client::builder().http2_prior_knowledge();
    let transport = ReqwestTransport::with_client(http.build().unwrap());
    let builder = Client::builder().base_url(format!("http://{}", wire.address));
    let client = builder.transport(transport).build().unwrap();
    let calls = (0..20).map(|_| client.instance_org_invites().get("i", "o").send());
    let results = futures_util::future::join_all(calls).await;
    assert!(results.iter().all(Result::is_ok));
    assert!(wire.got().iter().all(|got| got.version == Version::HTTP_2));
}
