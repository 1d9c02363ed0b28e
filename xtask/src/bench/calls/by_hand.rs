//! The call by hand, as somebody would write it on reqwest for production: one client with its
//! limits of time, a typed query, a status that is looked at, and an answer that is decoded into types
//! by derives, be it the list or the documented error. What it leaves out is what few write by hand:
//! it sends nothing again, follows no redirect, escapes no id and limits no body.
//!
//! The types are what the generator makes of the list of invitations: as the description has them,
//! whether a program reads all of it or not.

#![allow(dead_code, reason = "a type of an API has more than one program reads")]

use std::error::Error;
use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The client.
pub struct ByHand {
    http: reqwest::Client,
    base: String,
    token: String,
}

impl ByHand {
    pub fn new(base: &str, token: &str) -> reqwest::Result<Self> {
        let http = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(10))
            .redirect(reqwest::redirect::Policy::none())
            .user_agent("by-hand/0.1.0")
            .build()?;
        Ok(Self {
            http,
            base: base.to_owned(),
            token: token.to_owned(),
        })
    }

    /// The invitations of an organization.
    pub async fn invites(
        &self,
        instance: &str,
        org: &str,
        sort_field: SortField,
    ) -> Result<List, Failed> {
        let base = &self.base;
        let answer = self
            .http
            .get(format!("{base}/instances/{instance}/orgs/{org}/invites"))
            .query(&Query {
                sort_field,
                actions: false,
                links: true,
                embedded: true,
            })
            .header("accept", "application/json")
            .header("accept-version", "^1.28.3")
            .bearer_auth(&self.token)
            .timeout(Duration::from_secs(60))
            .send()
            .await?;
        let status = answer.status();
        match status.is_success() {
            true => Ok(answer.json().await?),
            false => Err(Failed::Refused(status, answer.json().await?)),
        }
    }
}

/// What the list is asked for by.
#[derive(Serialize)]
struct Query {
    #[serde(rename = "sortField")]
    sort_field: SortField,
    #[serde(rename = "_actions")]
    actions: bool,
    #[serde(rename = "_links")]
    links: bool,
    #[serde(rename = "_embedded")]
    embedded: bool,
}

/// What the list is sorted by.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SortField {
    Email,
    Role,
    InviteDate,
}

/// Why there is no list.
#[derive(Debug)]
pub enum Failed {
    /// No answer came, or it was not the one that is documented.
    Http(reqwest::Error),
    /// The server says why.
    Refused(reqwest::StatusCode, Refusal),
}

impl From<reqwest::Error> for Failed {
    fn from(error: reqwest::Error) -> Self {
        Self::Http(error)
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Http(error) => error.fmt(out),
            Self::Refused(status, refusal) => write!(out, "{status}: {refusal:?}"),
        }
    }
}

impl Error for Failed {}

/// What the server says when it refuses.
#[derive(Debug, Deserialize)]
pub struct Refusal {
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub message: Option<String>,
}

/// The list.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct List {
    pub items: Option<Vec<Invite>>,
    pub instance_id: Option<String>,
    pub org_id: Option<String>,
    pub count: Option<i64>,
    pub filter: Option<String>,
    pub filter_field: Option<String>,
    pub sort_field: Option<String>,
    pub sort_direction: Option<SortDirection>,
}

/// How a list is sorted.
#[derive(Deserialize)]
pub enum SortDirection {
    #[serde(rename = "asc", alias = "ASC")]
    Ascending,
    #[serde(rename = "desc", alias = "DESC")]
    Descending,
    /// One that is new.
    #[serde(other)]
    Other,
}

/// An invitation.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Invite {
    pub id: Option<String>,
    pub email: Option<String>,
    pub role: Option<Role>,
    pub application_roles: Option<Vec<ResourceRole>>,
    pub dashboard_roles: Option<Vec<ResourceRole>>,
    pub invite_date: Option<jiff::Timestamp>,
    pub ttl: Option<f64>,
    pub has_expired: Option<bool>,
    pub disallow_transfer: Option<bool>,
}

/// What somebody may do in an organization.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Role {
    Admin,
    Collaborate,
    Edit,
    None,
    View,
    /// One that is new.
    #[serde(other)]
    Other,
}

/// A role in a resource.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceRole {
    pub resource_id: String,
    pub role: ResourceAccess,
}

/// What somebody may do in a resource.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ResourceAccess {
    Collaborate,
    Edit,
    None,
    View,
    /// One that is new.
    #[serde(other)]
    Other,
}
