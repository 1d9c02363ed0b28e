//! What the generator makes of the list of invitations, as derives would have it: the types of the
//! call by hand. They are written as the description has them, whether a program reads all of it or
//! not.

#![allow(dead_code, reason = "a type of an API has more than one program reads")]

use serde::Deserialize;

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
    pub sort_direction: Option<String>,
}

/// An invitation.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Invite {
    pub id: Option<String>,
    pub email: Option<String>,
    pub role: Option<String>,
    pub application_roles: Option<Vec<ResourceRole>>,
    pub dashboard_roles: Option<Vec<ResourceRole>>,
    pub invite_date: Option<jiff::Timestamp>,
    pub ttl: Option<f64>,
    pub has_expired: Option<bool>,
    pub disallow_transfer: Option<bool>,
}

/// A role in a resource.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceRole {
    pub resource_id: Option<String>,
    pub role: Option<String>,
}
