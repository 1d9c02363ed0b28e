//! Credentials, from the environment only: other users of a machine can read command lines.

use std::env::{self, VarError};

use super::program::{Credential, Program};
use super::stop::Stop;
use crate::runtime::credentials::oauth2::OAuth2;
use crate::runtime::delivery::builder::CoreBuilder;
use crate::runtime::tables::api::SchemeKind;
use crate::runtime::tables::operation::Operation;

/// What an environment variable holds; one that is empty counts as not set.
fn variable(name: &str) -> Result<Option<String>, Stop> {
    match env::var(name) {
        Ok(value) if value.is_empty() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(Stop::usage(format!("`{name}` is not UTF-8"))),
    }
}

/// The variable of a further part of a credential.
fn part(credential: &Credential, name: &str) -> String {
    format!("{}_{name}", credential.variable)
}

fn required(credential: &Credential, name: &str, beside: &str) -> Result<String, Stop> {
    let name = part(credential, name);
    let beside = part(credential, beside);
    let missing = || Stop::usage(format!("`{beside}` is set, but `{name}` is not"));
    variable(&name)?.ok_or_else(missing)
}

/// Sets the credentials that the environment has; for each, whether it does.
pub(super) fn set(program: &'static Program, builder: &mut CoreBuilder) -> Result<Vec<bool>, Stop> {
    let mut found = Vec::new();
    for (index, credential) in program.credentials.iter().enumerate() {
        let kind = program.api.schemes.get(index).map(|scheme| scheme.kind);
        found.push(match kind {
            None => false,
            Some(SchemeKind::Basic) => set_pair(credential, index, builder)?,
            Some(_) => set_token(credential, index, builder)?,
        });
    }
    Ok(found)
}

fn set_pair(
    credential: &Credential,
    index: usize,
    builder: &mut CoreBuilder,
) -> Result<bool, Stop> {
    let Some(user) = variable(&part(credential, "USER"))? else {
        return Ok(false);
    };
    // Many APIs take a key as the user name, and no password.
    let password = variable(&part(credential, "PASSWORD"))?;
    builder.credential_pair(index, user, password.unwrap_or_default());
    Ok(true)
}

fn set_token(
    credential: &Credential,
    index: usize,
    builder: &mut CoreBuilder,
) -> Result<bool, Stop> {
    if let Some(token) = variable(credential.variable)? {
        builder.credential(index, token);
        return Ok(true);
    }
    let tokens = match (credential.refresh_token, credential.client_credentials) {
        (Some(url), _) if variable(&part(credential, "REFRESH_TOKEN"))?.is_some() => {
            let id = required(credential, "CLIENT_ID", "REFRESH_TOKEN")?;
            let token = required(credential, "REFRESH_TOKEN", "CLIENT_ID")?;
            let tokens = OAuth2::refresh_token(url, id, token);
            match variable(&part(credential, "CLIENT_SECRET"))? {
                Some(secret) => tokens.client_secret(secret),
                None => tokens,
            }
        }
        (_, Some(url)) if variable(&part(credential, "CLIENT_ID"))?.is_some() => {
            let id = required(credential, "CLIENT_ID", "CLIENT_SECRET")?;
            let secret = required(credential, "CLIENT_SECRET", "CLIENT_ID")?;
            OAuth2::client_credentials(url, id, secret)
        }
        _ => return Ok(false),
    };
    let scopes = variable(&part(credential, "SCOPES"))?.unwrap_or_default();
    let tokens = scopes.split_whitespace().fold(tokens, OAuth2::scope);
    builder.credential_provider(index, tokens);
    Ok(true)
}

/// The variables of a credential: `A`, `A_USER and A_PASSWORD`.
fn variables(program: &Program, index: usize) -> Option<String> {
    let credential = program.credentials.get(index)?;
    let name = credential.variable;
    if program.api.schemes.get(index)?.kind == SchemeKind::Basic {
        return Some(format!("{name}_USER and {name}_PASSWORD"));
    }
    let mut ways = vec![name.to_owned()];
    if credential.client_credentials.is_some() {
        ways.push(format!("{name}_CLIENT_ID and {name}_CLIENT_SECRET"));
    }
    if credential.refresh_token.is_some() {
        ways.push(format!("{name}_REFRESH_TOKEN and {name}_CLIENT_ID"));
    }
    Some(ways.join(", or "))
}

/// The variables that an operation needs, in words; `None` if it can do without.
pub(super) fn wanted(program: &Program, operation: &Operation) -> Option<String> {
    let alternatives = operation.security.iter();
    let alternatives: Option<Vec<String>> = alternatives
        .map(|all| {
            let all = all.iter().map(|index| variables(program, *index));
            all.collect::<Option<Vec<_>>>().map(|all| all.join(" and "))
        })
        .collect();
    let alternatives = alternatives?;
    let free = alternatives.is_empty() || alternatives.iter().any(String::is_empty);
    (!free).then(|| alternatives.join(", or "))
}

/// Refuses a call whose credentials are missing; `found` are those that there are, and `headers`
/// the names of headers that the caller sends.
pub(super) fn check(
    program: &Program,
    operation: &Operation,
    found: &[bool],
    headers: &[String],
) -> Result<(), Stop> {
    let by_header = |index: usize| match program.api.schemes.get(index).map(|it| it.kind) {
        Some(SchemeKind::Bearer | SchemeKind::Basic) => sends(headers, "authorization"),
        Some(SchemeKind::Header { name, .. }) => sends(headers, name),
        Some(SchemeKind::Cookie { .. }) => sends(headers, "cookie"),
        Some(SchemeKind::Query { .. }) | None => false,
    };
    let has = |index: &usize| found.get(*index) == Some(&true) || by_header(*index);
    if operation.security.iter().any(|all| all.iter().all(has)) {
        return Ok(());
    }
    match wanted(program, operation) {
        None => Ok(()),
        Some(wanted) => Err(Stop::usage(format!(
            "{}: no credential: set {wanted} in the environment",
            operation.id
        ))),
    }
}

fn sends(headers: &[String], name: &str) -> bool {
    headers.iter().any(|sent| sent.eq_ignore_ascii_case(name))
}

/// What the help says of the environment.
pub(super) fn help(program: &Program) -> String {
    let mut text = String::new();
    if !program.credentials.is_empty() {
        text.push_str(
            "Credentials come from the environment only, so that no list of processes and no \
             history of a shell has them:\n",
        );
    }
    for (index, credential) in program.credentials.iter().enumerate() {
        let variables = variables(program, index).unwrap_or_default();
        text.push_str(&format!("  {variables}\n"));
        for line in credential.about.lines().filter(|line| !line.is_empty()) {
            text.push_str(&format!("      {line}\n"));
        }
    }
    text.truncate(text.trim_end().len());
    text
}
