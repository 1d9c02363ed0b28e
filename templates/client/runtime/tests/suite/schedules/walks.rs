//! Schedules of walks over the pages of a list, with faults in the middle.

use std::time::Duration;

use fastrand::Rng;

use crate::mini_client::Client;
use crate::runtime::{CallOptions, RetryPolicy};
use crate::sim::{End, Fate, Head, SimClock, SimServer};

/// The list comes whole and in order, or it ends with an error after a part that is in order.
pub(super) fn run(mut random: Rng) {
    let pages = random.usize(1..6);
    let items = random.usize(0..4);
    let faults = random.f64();
    let clock = SimClock::default();
    let mut fates = random.fork();
    let server = SimServer::new(&clock, move |request, _| {
        let query = request.uri().query().unwrap_or_default();
        let page = query.split('&').find_map(|pair| pair.strip_prefix("page="));
        let page = page.map_or(0, |page| page.parse().unwrap());
        if fates.f64() < faults {
            return fault(&mut fates);
        }
        let body = page_of(page, pages, items);
        let at = fates.usize(0..body.len());
        let (first, rest) = body.split_at(at);
        Head::new(200).piece(first).piece(rest).whole()
    });
    let client = Client::builder()
        .clock(clock.clone())
        .transport(server.clone());
    let client = client.build().unwrap();
    let options = CallOptions::new().timeout(Duration::from_secs(20));
    let policy = RetryPolicy::new().attempts(random.u32(1..5));
    let list = client.instance_org_invites().get("i", "o");
    let mut list = list.options(options.retries(policy)).items();
    let (ids, error) = clock.clone().run(async {
        let mut ids = Vec::new();
        let mut error = false;
        while let Some(item) = list.next().await {
            assert!(!error, "something came after an error");
            match item {
                Ok(item) => ids.push(item.id),
                Err(_) => error = true,
            }
        }
        assert!(list.next().await.is_none());
        (ids, error)
    });
    let all = (0..pages * items).map(|id| id.to_string());
    let expected: Vec<String> = match error {
        true => all.take(ids.len()).collect(),
        false => all.collect(),
    };
    assert_eq!(ids, expected);
    if faults < 0.01 {
        assert!(!error);
    }
    drop((list, client));
    assert_eq!(clock.sleepers(), 0);
    assert!(!server.seen().iter().any(|seen| seen.open));
}

fn fault(random: &mut Rng) -> Fate {
    match random.u8(0..7) {
        0 => Fate::Refused,
        1 => Fate::Interrupted(0),
        2 => Fate::Silence,
        3 => Fate::Answer(Head::new(200).piece("{\"items\":[{"), End::Broken),
        4 => Fate::Answer(Head::new(200).piece("{\"items\":[{"), End::Silence),
        5 => Head::new(500).whole(),
        _ => Head::new(429).header("retry-after", "1").whole(),
    }
}

fn page_of(page: usize, pages: usize, items: usize) -> String {
    let ids = page * items..(page + 1) * items;
    let items = ids.map(|id| format!(r#"{{"id":"{id}","role":"edit"}}"#));
    let items = items.collect::<Vec<_>>().join(",");
    let next = match page + 1 < pages {
        true => format!(r#""/instances/i/orgs/o/invites?page={}""#, page + 1),
        false => "null".to_owned(),
    };
    format!(r#"{{"items":[{items}],"links":{{"next":{next}}}}}"#)
}
