//! Types of the API.

use std::collections::BTreeMap;

use crate::runtime::Nullable;
use serde_json::Value;

/// The body of a request to send an invitation.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct OrgInvitePost {
    /// Who is invited.
    pub email: String,
    /// As what.
    pub role: OrgInvitePostRole,
    /// Whether the invitation is for this address only.
    pub disallow_transfer: Option<bool>,
    /// A note, which can be cleared.
    pub note: Nullable<String>,
    /// Anything else.
    pub additional_properties: BTreeMap<String, Value>,
}

impl OrgInvitePost {
    /// An invitation with what it must have.
    pub fn new(email: impl Into<String>, role: OrgInvitePostRole) -> Self {
        Self {
            email: email.into(),
            role,
            disallow_transfer: None,
            note: Nullable::Absent,
            additional_properties: BTreeMap::new(),
        }
    }
}

/// A role.
#[derive(Clone)]
#[non_exhaustive]
pub enum OrgInvitePostRole {
    /// `admin`
    Admin,
    /// `edit`
    Edit,
    /// Any other.
    Unrecognized(String),
}

/// An invitation.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Invitation {
    /// Its id.
    pub id: String,
    /// The role in it.
    pub role: OrgInvitePostRole,
    /// When it was sent.
    pub invite_date: Option<jiff::Timestamp>,
}

/// A page of invitations.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct InvitationList {
    /// The invitations.
    pub items: Vec<Invitation>,
    /// Links to other pages.
    pub links: Option<Links>,
}

/// Links to other pages.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Links {
    /// The next page.
    pub next: Option<LinkProperty>,
}

/// A link.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum LinkProperty {
    /// A URL.
    String(String),
    /// An object with a URL.
    LinkObject(LinkObject),
    /// Anything else.
    Unrecognized(Value),
}

/// A link as an object.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LinkObject {
    /// The URL.
    pub href: String,
}

/// An error of the API.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Error {
    /// Its kind.
    pub r#type: String,
    /// What it is.
    pub message: String,
}
