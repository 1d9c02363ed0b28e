//! The resource `instanceOrgInvites`.

use super::types::{Error, Invitation, InvitationList, OrgInvitePost};
use crate::runtime::{
    ApiError, COOKIE, Call, CallOptions, Core, DecodeError, HEADER, Items, Operation, PATH, Pages,
    Paging, Parameter, QUERY, RawResponse, Sending, WithMeta, response,
};

pub(crate) static GET: Operation = Operation {
    id: "instanceOrgInvites.get",
    method: "GET",
    path: "/instances/{0}/orgs/{1}/invites",
    parameters: &[
        Parameter("instanceId", PATH),
        Parameter("orgId", PATH),
        Parameter("sortField", QUERY),
        Parameter("_actions", QUERY.default("false")),
        Parameter("Accept-Version", HEADER.default("^1.28.3")),
        Parameter("losantdomain", HEADER.from_client(0)),
        Parameter("version", QUERY.required().from_client(1)),
        Parameter("theme", COOKIE),
    ],
    accept: "application/json",
    security: &[&[], &[0], &[2, 4], &[1], &[3]],
    ..Operation::USUAL
};

static GET_PAGES: Paging = Paging::link(&["links", "next"]);

static POST: Operation = Operation {
    id: "instanceOrgInvites.post",
    method: "POST",
    path: GET.path,
    parameters: &[
        Parameter("instanceId", PATH),
        Parameter("orgId", PATH),
        Parameter("losantdomain", HEADER.from_client(0)),
    ],
    accept: "application/json",
    security: &[&[0]],
    ..Operation::USUAL
};

static DELETE: Operation = Operation {
    id: "instanceOrgInvite.delete",
    method: "DELETE",
    path: "/invites/{0}",
    parameters: &[
        Parameter("inviteId", PATH),
        Parameter("reason", QUERY.required()),
    ],
    accept: "",
    security: &[],
    ..Operation::USUAL
};

/// The resource.
#[derive(Clone, Debug)]
pub struct InstanceOrgInvites {
    pub(super) core: Core,
}

impl InstanceOrgInvites {
    /// Lists invitations.
    #[inline]
    pub fn get(&self, instance_id: impl Into<String>, org_id: impl Into<String>) -> Get {
        let mut call = self.core.call(&GET);
        call.set(0, &instance_id.into());
        call.set(1, &org_id.into());
        Get { call }
    }

    /// Sends an invitation.
    #[inline]
    pub fn post(
        &self,
        instance_id: impl Into<String>,
        org_id: impl Into<String>,
        invite: OrgInvitePost,
    ) -> Post {
        let mut call = self.core.call(&POST);
        call.set(0, &instance_id.into());
        call.set(1, &org_id.into());
        call.body("application/json", &invite);
        Post { call }
    }

    /// Deletes an invitation.
    #[inline]
    pub fn delete(&self, invite_id: impl Into<String>) -> Delete {
        let mut call = self.core.call(&DELETE);
        call.set(0, &invite_id.into());
        Delete { call }
    }
}

/// Lists invitations.
#[derive(Clone, Debug)]
#[must_use = "a call is made only when it is sent"]
pub struct Get {
    call: Call,
}

impl Get {
    /// By which field to sort.
    pub fn sort_field(mut self, value: impl Into<String>) -> Self {
        let value: String = value.into();
        self.call.set(2, &value);
        self
    }

    /// Whether to return actions; `None` sends nothing.
    pub fn actions(mut self, value: Option<bool>) -> Self {
        self.call.set(3, &value);
        self
    }

    /// The version that is accepted.
    pub fn accept_version(mut self, value: impl Into<String>) -> Self {
        let value: String = value.into();
        self.call.set(4, &value);
        self
    }

    /// The domain scope of this call.
    pub fn losantdomain(mut self, value: impl Into<String>) -> Self {
        let value: String = value.into();
        self.call.set(5, &value);
        self
    }

    /// The version of the API for this call.
    pub fn version(mut self, value: Option<String>) -> Self {
        self.call.set(6, &value);
        self
    }

    /// The theme.
    pub fn theme(mut self, value: impl Into<String>) -> Self {
        let value: String = value.into();
        self.call.set(7, &value);
        self
    }

    /// Settings of this call.
    pub fn options(mut self, options: CallOptions) -> Self {
        self.call.options(options);
        self
    }

    /// Sends the call.
    pub fn send(self) -> Sending<InvitationList, GetError> {
        self.call.send(response::json)
    }

    /// Sends the call and keeps status and headers.
    pub fn send_with_meta(self) -> Sending<WithMeta<InvitationList>, GetError> {
        self.call.send_with_meta(response::json)
    }

    /// Walks the pages.
    pub fn pages(self) -> Pages<InvitationList, GetError> {
        self.call.pages(response::json, &GET_PAGES)
    }

    /// Walks the invitations of all pages.
    pub fn items(self) -> Items<Invitation, InvitationList, GetError> {
        self.pages().items(|page| page.items)
    }
}

/// Errors of [`Get`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum GetError {
    /// 400
    BadRequest(Error),
    /// 404
    NotFound(Error),
}

impl ApiError for GetError {
    #[inline]
    fn decode(response: &RawResponse) -> Result<Option<Self>, DecodeError> {
        Ok(Some(match response.status() {
            400 => Self::BadRequest(response::json(response)?),
            404 => Self::NotFound(response::json(response)?),
            _ => return Ok(None),
        }))
    }
}

/// Sends an invitation.
#[derive(Clone, Debug)]
#[must_use = "a call is made only when it is sent"]
pub struct Post {
    call: Call,
}

impl Post {
    /// Sends the call.
    pub fn send(self) -> Sending<Invitation, GetError> {
        self.call.send(response::json)
    }
}

/// Deletes an invitation.
#[derive(Clone, Debug)]
#[must_use = "a call is made only when it is sent"]
pub struct Delete {
    call: Call,
}

impl Delete {
    /// Why.
    pub fn reason(mut self, value: impl Into<String>) -> Self {
        let value: String = value.into();
        self.call.set(1, &value);
        self
    }

    /// Sends the call.
    pub fn send(self) -> Sending<(), GetError> {
        self.call.send(response::empty)
    }
}
