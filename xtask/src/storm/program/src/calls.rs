//! The calls: lists, posts and walks through pages, one after another, until the time is over.

use std::sync::Arc;
use std::time::{Duration, Instant};

use losant_invites::types::{OrgInvitePost, Role};

use crate::Failure;
use crate::tally::{Counter, Tally, kind_of};

/// How long a call may take in all.
pub(crate) const DEADLINE: Duration = Duration::from_secs(2);

/// How many items a walk comes to when all goes well.
const ITEMS: usize = 15;

/// The clients of both APIs: only the second has pages.
#[derive(Clone)]
pub(crate) struct Clients {
    losant: losant_invites::Client,
    snyk: snyk_invites::Client,
}

impl Clients {
    pub(crate) fn new(url: &str, tally: &Arc<Tally>) -> Result<Self, Failure> {
        let base = Duration::from_millis(50);
        let cap = Duration::from_millis(500);
        let losant = losant_invites::runtime::RetryPolicy::new();
        let snyk = snyk_invites::runtime::RetryPolicy::new();
        Ok(Self {
            losant: losant_invites::Client::builder()
                .access_token("s3cr3t")
                .base_url(url)
                .timeout(DEADLINE)
                .retries(losant.attempts(4).base(base).cap(cap))
                .hook(Counter(tally.clone()))
                .build()?,
            snyk: snyk_invites::Client::builder()
                .api_token("s3cr3t")
                .version("2021-06-04")
                .base_url(url)
                .timeout(DEADLINE)
                .retries(snyk.attempts(4).base(base).cap(cap))
                .hook(Counter(tally.clone()))
                .build()?,
        })
    }
}

/// One call after another.
pub(crate) async fn until(
    end: Instant,
    clients: Clients,
    tally: Arc<Tally>,
    mut random: fastrand::Rng,
) {
    while Instant::now() < end {
        let word = format!("{:024x}", random.u128(..) >> 32);
        match random.u8(0..10) {
            0..5 => list(&clients, &tally, &word).await,
            5..8 => post(&clients, &tally, &word).await,
            _ => walk(&clients, &tally, &word).await,
        }
    }
}

async fn list(clients: &Clients, tally: &Tally, word: &str) {
    let start = Instant::now();
    let call = clients
        .losant
        .instance_org_invites()
        .get("575ec8687ae143cd83dc4a97", word);
    let outcome = call.filter(word).send().await;
    tally.call(start.elapsed());
    match outcome {
        Ok(list) => tally.success(list.filter.as_deref() == Some(word)),
        Err(error) => tally.error(kind_of!(error)),
    }
}

async fn post(clients: &Clients, tally: &Tally, word: &str) {
    let invite = OrgInvitePost::new(format!("{word}@example.com"), Role::Edit);
    let start = Instant::now();
    let call =
        clients
            .losant
            .instance_org_invites()
            .post("575ec8687ae143cd83dc4a97", word, &invite);
    let outcome = call.send().await;
    tally.call(start.elapsed());
    match outcome {
        Ok(list) => tally.success(list.filter.as_deref() == Some(word)),
        Err(error) => tally.error(kind_of!(error)),
    }
}

/// Through all pages to the end or to the first error. Each page is a call of its own.
async fn walk(clients: &Clients, tally: &Tally, word: &str) {
    let mut items = clients.snyk.invites().list_org_invitation(word).items();
    let mut seen = Vec::new();
    loop {
        let start = Instant::now();
        let next = items.next().await;
        // Items of a page that is there take no call.
        if seen.len() % 5 == 0 && seen.len() < ITEMS {
            tally.call(start.elapsed());
        }
        match next {
            Some(Ok(item)) => {
                let its = item.attributes.email.strip_suffix("@example.com") == Some(word);
                let place = format!("{}-{}", seen.len() / 5, seen.len() % 5);
                let right = its && item.id == place;
                if seen.len() % 5 == 0 || !right {
                    tally.success(right);
                }
                seen.push(item.id);
            }
            Some(Err(error)) => {
                return tally.error(kind_of!(error, is_next_link: "no next page"));
            }
            None => return tally.walk(seen.len() == ITEMS),
        }
    }
}
