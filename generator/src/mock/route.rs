//! Which operations a request can mean: by its path and its method.
//!
//! Paths count with and without the path of a server. Of several templates that match, the most
//! concrete one wins, segment by segment: fixed text, then text around a parameter, then a
//! parameter alone. Operations that still share a path and a method are told apart by what is
//! fixed in their queries; the rest is left to whoever checks the request.

use std::collections::{BTreeSet, HashMap};

use super::request::{Request, decoded, pairs};
use crate::ir::{Api, Operation, OperationId, PathPart, Place, Server};
use crate::source::near;

/// No more paths than this are offered for one that is not there.
const OFFERED: usize = 3;

/// The values of path parameters, escaped as they were sent.
pub(super) type Captures = HashMap<String, String>;

/// All operations, by their paths.
#[derive(Debug)]
pub(super) struct Routes {
    routes: Vec<Route>,
    /// The paths of servers, taken apart; the longest first.
    bases: Vec<Vec<Segment>>,
}

#[derive(Debug)]
struct Route {
    operation: OperationId,
    method: String,
    template: String,
    segments: Vec<Segment>,
    /// What is fixed in the query.
    query: Vec<(String, String)>,
}

/// What stands between two slashes.
type Segment = Vec<Piece>;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Piece {
    Text(String),
    /// A value; with slashes in it, if it is sent as it is.
    Value {
        name: String,
        slashes: bool,
    },
}

/// What was found for a request.
#[derive(Debug)]
pub(super) enum Found {
    /// Operations that it can mean, one of them most of the time.
    Operations(Vec<(OperationId, Captures)>),
    /// The path is there, the method is not; the methods that are.
    OtherMethods(BTreeSet<String>),
    /// Nothing; the paths that are nearest.
    Nothing(Vec<String>),
}

impl Routes {
    pub(super) fn of(api: &Api) -> Self {
        let mut bases: BTreeSet<String> = BTreeSet::new();
        let mut routes = Vec::new();
        // A variable can be several segments (`https://example.com{base}`).
        let base =
            |server: &Server| [&server.template, &server.url].map(|url| path_of(url).to_owned());
        bases.extend(api.servers.iter().flat_map(base));
        for (id, _, operation) in api.operations() {
            bases.extend(operation.server.iter().flat_map(base));
            routes.push(Route::of(id, operation));
        }
        let mut bases: Vec<Vec<Segment>> = bases
            .iter()
            .filter(|path| !path.is_empty())
            .map(|path| segments(path))
            .collect();
        bases.sort_by_key(|base| std::cmp::Reverse(base.len()));
        Self { routes, bases }
    }

    /// What a request can mean. `HEAD` means `GET` where it is not described.
    pub(super) fn find(&self, request: &Request) -> Found {
        let matches = self.matches(&request.path);
        let of_method = |method: &str| {
            let of_method = matches.iter().filter(|(route, _)| route.method == method);
            of_method.cloned().collect::<Vec<_>>()
        };
        let mut found = of_method(&request.method);
        if found.is_empty() && request.method == "HEAD" {
            found = of_method("GET");
        }
        if !found.is_empty() {
            return Found::Operations(most_concrete(found, &request.query));
        }
        if matches.is_empty() {
            return Found::Nothing(self.nearest(&request.path));
        }
        let methods = matches.iter().map(|(route, _)| route.method.clone());
        let mut methods: BTreeSet<String> = methods.collect();
        if methods.contains("GET") {
            methods.insert("HEAD".to_owned());
        }
        methods.insert("OPTIONS".to_owned());
        Found::OtherMethods(methods)
    }

    /// The routes of a path, with and without the paths of servers.
    fn matches(&self, path: &str) -> Vec<(&Route, Captures)> {
        let given: Vec<&str> = path.strip_prefix('/').unwrap_or(path).split('/').collect();
        let mut rests: Vec<&[&str]> = vec![&given];
        for base in &self.bases {
            if let Some((start, rest)) = given.split_at_checked(base.len())
                && matched(base, start).is_some()
            {
                // The path of a server alone is that of its root.
                let rest = if rest.is_empty() { &[""] } else { rest };
                rests.push(rest);
            }
        }
        let mut found: Vec<(&Route, Captures)> = Vec::new();
        for rest in rests {
            for route in &self.routes {
                let known = |(known, _): &(&Route, Captures)| known.operation == route.operation;
                if let Some(captures) = matched(&route.segments, rest)
                    && !found.iter().any(known)
                {
                    found.push((route, captures));
                }
            }
        }
        found
    }

    /// The templates that are nearest to a path.
    fn nearest(&self, path: &str) -> Vec<String> {
        let given: Vec<&str> = path.strip_prefix('/').unwrap_or(path).split('/').collect();
        let mut bare: Vec<&[&str]> = vec![&given];
        let inside = self.bases.iter().filter_map(|base| {
            let (start, rest) = given.split_at_checked(base.len())?;
            matched(base, start).map(|_| rest)
        });
        bare.extend(inside);
        let mut ranked: Vec<(usize, &str)> = Vec::new();
        for route in &self.routes {
            let cost = bare.iter().map(|given| distance(&route.segments, given));
            let cost = cost.min().unwrap_or(usize::MAX);
            // A path of which no word is right is no help.
            if bare.iter().any(|given| shares_word(&route.segments, given)) {
                ranked.push((cost, &route.template));
            }
        }
        ranked.sort();
        let mut nearest: Vec<String> = Vec::new();
        for (_, template) in ranked {
            if nearest.len() < OFFERED && !nearest.iter().any(|known| known == template) {
                nearest.push(template.to_owned());
            }
        }
        nearest
    }
}

impl Route {
    fn of(id: OperationId, operation: &Operation) -> Self {
        let slashes = |name: &str| {
            let mut parameters = operation.parameters.iter();
            parameters
                .any(|each| each.place == Place::Path && each.name == name && each.allow_reserved)
        };
        let mut all: Vec<Segment> = vec![Segment::new()];
        for part in &operation.path_parts {
            match part {
                PathPart::Text(text) => {
                    for (index, text) in text.split('/').enumerate() {
                        if index > 0 {
                            all.push(Segment::new());
                        }
                        push_text(&mut all, text);
                    }
                }
                PathPart::Parameter(name) => {
                    let slashes = slashes(name);
                    let name = name.clone();
                    if let Some(last) = all.last_mut() {
                        last.push(Piece::Value { name, slashes });
                    }
                }
            }
        }
        if all.len() > 1 && all.first().is_some_and(Vec::is_empty) {
            all.remove(0);
        }
        Self {
            operation: id,
            method: operation.method.as_str().to_owned(),
            template: operation.path.clone(),
            segments: all,
            query: fixed_query(&operation.path),
        }
    }
}

fn push_text(segments: &mut [Segment], text: &str) {
    if let Some(last) = segments.last_mut()
        && !text.is_empty()
    {
        last.push(Piece::Text(decoded(text, false)));
    }
}

/// The pairs of the query of a path that are all text.
fn fixed_query(path: &str) -> Vec<(String, String)> {
    let path = path.split('#').next().unwrap_or_default();
    let Some((_, query)) = path.split_once('?') else {
        return Vec::new();
    };
    let fixed = pairs(query).into_iter();
    let fixed = fixed.filter(|pair| !pair.name.contains('{') && !pair.value.contains('{'));
    fixed
        .map(|pair| (pair.name, decoded(&pair.value, true)))
        .collect()
}

/// The path of a URL, without slashes at its ends.
pub(super) fn path_of(url: &str) -> &str {
    let rest = match url.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => url,
    };
    rest.split(['?', '#'])
        .next()
        .unwrap_or_default()
        .trim_matches('/')
}

/// The segments of a server's path; what is in braces can be anything.
fn segments(path: &str) -> Vec<Segment> {
    let segment = |text: &str| {
        let mut pieces = Segment::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            pieces.push(Piece::Value {
                name: name.to_owned(),
                slashes: false,
            });
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        pieces
    };
    path.split('/').map(segment).collect()
}

/// The values of a template's parameters, if the segments fit it.
fn matched(template: &[Segment], given: &[&str]) -> Option<Captures> {
    let mut captures = Captures::new();
    match_all(template, given, &mut captures).then_some(captures)
}

fn match_all(template: &[Segment], given: &[&str], captures: &mut Captures) -> bool {
    let (Some((segment, further)), Some((first, rest))) =
        (template.split_first(), given.split_first())
    else {
        return template.is_empty() && given.is_empty();
    };
    let slashes = |piece: &Piece| matches!(piece, Piece::Value { slashes: true, .. });
    if !segment.iter().any(slashes) {
        return match_one(segment, first, captures) && match_all(further, rest, captures);
    }
    (1..=given.len()).any(|count| {
        let (taken, rest) = given.split_at(count);
        match_one(segment, &taken.join("/"), captures) && match_all(further, rest, captures)
    })
}

/// Matches what stands between two slashes. A value is as short as it can be, and never empty.
fn match_one(pieces: &[Piece], given: &str, captures: &mut Captures) -> bool {
    match pieces {
        [] => given.is_empty(),
        [Piece::Text(text)] => *text == given || *text == decoded(given, false),
        [Piece::Text(text), rest @ ..] => given
            .strip_prefix(&**text)
            .is_some_and(|given| match_one(rest, given, captures)),
        [Piece::Value { name, .. }] => {
            captures.insert(name.clone(), given.to_owned());
            !given.is_empty()
        }
        [Piece::Value { name, .. }, rest @ ..] => {
            let ends = given.char_indices().skip(1).map(|(at, _)| at);
            for end in ends {
                let (value, after) = given.split_at(end);
                if match_one(rest, after, captures) {
                    captures.insert(name.clone(), value.to_owned());
                    return true;
                }
            }
            false
        }
    }
}

/// The routes that no other is more concrete than, by what is fixed in their queries as well.
fn most_concrete(found: Vec<(&Route, Captures)>, query: &str) -> Vec<(OperationId, Captures)> {
    let sent = pairs(query);
    let has = |(name, value): &(String, String)| {
        let mut sent = sent.iter();
        sent.any(|pair| pair.name == *name && decoded(&pair.value, true) == *value)
    };
    let fits = |route: &Route| route.query.iter().all(has);
    let any_fits = found.iter().any(|(route, _)| fits(route));
    let rank = |route: &Route| -> Vec<u8> { route.segments.iter().map(vagueness).collect() };
    let kept: Vec<(&Route, Captures)> = found
        .into_iter()
        .filter(|(route, _)| !any_fits || fits(route))
        .collect();
    let best = kept.iter().map(|(route, _)| rank(route)).min();
    let kept = kept
        .into_iter()
        .filter(|(route, _)| Some(rank(route)) == best);
    let kept: Vec<(&Route, Captures)> = kept.collect();
    // What fixes more of the query is more concrete too.
    let most = kept.iter().map(|(route, _)| route.query.len()).max();
    let kept = kept
        .into_iter()
        .filter(|(route, _)| Some(route.query.len()) == most);
    kept.map(|(route, captures)| (route.operation, captures))
        .collect()
}

/// How much a segment leaves open.
fn vagueness(segment: &Segment) -> u8 {
    let is_text = |piece: &Piece| matches!(piece, Piece::Text(_));
    let slashes = |piece: &Piece| matches!(piece, Piece::Value { slashes: true, .. });
    match &segment[..] {
        all if all.iter().all(is_text) => 0,
        all if all.iter().any(slashes) => 3,
        [_] => 2,
        _ => 1,
    }
}

/// Whether one of the fixed texts of a template is there, or nearly.
fn shares_word(template: &[Segment], given: &[&str]) -> bool {
    let fixed = |segment: &&Segment| vagueness(segment) < 2 && !segment.is_empty();
    let mut fixed = template.iter().filter(fixed);
    fixed.any(|segment| given.iter().any(|text| difference(segment, text) < 2))
}

/// How far segments are from a template: two for one that is missing, wrong or too many, one for
/// a slip.
fn distance(template: &[Segment], given: &[&str]) -> usize {
    let mut above: Vec<usize> = (0..=given.len()).map(|count| 2 * count).collect();
    for (row, segment) in template.iter().enumerate() {
        let mut line = vec![2 * (row + 1)];
        for (column, text) in given.iter().enumerate() {
            let changed = above[column] + difference(segment, text);
            line.push(changed.min(above[column + 1] + 2).min(line[column] + 2));
        }
        above = line;
    }
    above.last().copied().unwrap_or_default()
}

fn difference(segment: &Segment, given: &str) -> usize {
    if match_one(segment, given, &mut Captures::new()) {
        return 0;
    }
    let text: String = segment
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => &**text,
            Piece::Value { .. } => "",
        })
        .collect();
    match near(given, std::iter::once(&*text))[..] {
        [] => 2,
        _ => 1,
    }
}
