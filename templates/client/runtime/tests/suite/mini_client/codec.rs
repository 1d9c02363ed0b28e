//! How the types of the API are read and written.

use serde::de::MapAccess;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::types::{
    Error, Invitation, InvitationList, LinkObject, LinkProperty, Links, OrgInvitePost,
    OrgInvitePostRole,
};
use crate::runtime::codec::{self, Blank, FieldVisitor, Kind, Record, Rule, Union};

impl Record for OrgInvitePost {
    const TABLE: codec::Table = codec::Table {
        name: "OrgInvitePost",
        fields: "/email/role/disallowTransfer/note",
        required: 0b11,
        lists: 0,
    };

    #[inline]
    fn blank() -> Self {
        Self {
            email: codec::blank(),
            role: codec::blank(),
            disallow_transfer: codec::blank(),
            note: codec::blank(),
            additional_properties: codec::blank(),
        }
    }

    #[inline]
    fn visit<V: FieldVisitor>(&mut self, field: usize, visitor: &mut V) {
        match field {
            0 => visitor.value(&mut self.email),
            1 => visitor.value(&mut self.role),
            2 => visitor.value(&mut self.disallow_transfer),
            _ => visitor.value(&mut self.note),
        }
    }

    #[inline]
    fn rest<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        codec::next_entry(map, key, &mut self.additional_properties)
    }
}

impl<'de> Deserialize<'de> for OrgInvitePost {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        codec::record(from)
    }
}

impl Serialize for OrgInvitePost {
    #[inline]
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut object = codec::object(to);
        object.required("email", &self.email);
        object.required("role", &self.role);
        object.optional("disallowTransfer", &self.disallow_transfer);
        object.optional("note", &self.note);
        object.rest(&self.additional_properties);
        object.end()
    }
}

impl Blank for OrgInvitePostRole {
    #[inline]
    fn blank() -> Self {
        Self::Unrecognized(codec::blank())
    }
}

impl PartialEq for OrgInvitePostRole {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for OrgInvitePostRole {}

impl std::fmt::Debug for OrgInvitePostRole {
    #[inline]
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(self.as_str(), to)
    }
}

impl From<&str> for OrgInvitePostRole {
    #[inline]
    fn from(text: &str) -> Self {
        match text {
            "admin" => Self::Admin,
            "edit" => Self::Edit,
            _ => Self::Unrecognized(text.to_owned()),
        }
    }
}

impl OrgInvitePostRole {
    /// The value as it is sent.
    #[inline]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Admin => "admin",
            Self::Edit => "edit",
            Self::Unrecognized(text) => text,
        }
    }
}

impl<'de> Deserialize<'de> for OrgInvitePostRole {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        codec::text(from)
    }
}

impl Serialize for OrgInvitePostRole {
    #[inline]
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl Blank for LinkProperty {
    #[inline]
    fn blank() -> Self {
        Self::Unrecognized(codec::blank())
    }
}

impl Union for LinkProperty {
    const RULES: &'static [Rule] = &[Rule::of(Kind::String), Rule::object(&["href"], &[])];

    #[inline]
    fn build(variant: usize, value: Value) -> Result<Self, serde_json::Error> {
        Ok(match variant {
            0 => Self::String(codec::value(value)?),
            1 => Self::LinkObject(codec::value(value)?),
            _ => Self::Unrecognized(value),
        })
    }
}

impl<'de> Deserialize<'de> for LinkProperty {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        codec::union(from)
    }
}

impl Serialize for LinkProperty {
    #[inline]
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::String(value) => value.serialize(to),
            Self::LinkObject(value) => value.serialize(to),
            Self::Unrecognized(value) => value.serialize(to),
        }
    }
}

impl Serialize for LinkObject {
    #[inline]
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut object = codec::object(to);
        object.required("href", &self.href);
        object.end()
    }
}

impl Record for Invitation {
    const TABLE: codec::Table = codec::Table {
        name: "Invitation",
        fields: "/id/role/inviteDate",
        required: 0b11,
        lists: 0,
    };

    #[inline]
    fn blank() -> Self {
        Self {
            id: codec::blank(),
            role: codec::blank(),
            invite_date: codec::blank(),
        }
    }

    #[inline]
    fn visit<V: FieldVisitor>(&mut self, field: usize, visitor: &mut V) {
        match field {
            0 => visitor.value(&mut self.id),
            1 => visitor.value(&mut self.role),
            _ => visitor.value(&mut self.invite_date),
        }
    }
}

impl<'de> Deserialize<'de> for Invitation {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        codec::record(from)
    }
}

impl std::fmt::Debug for Invitation {
    #[inline]
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        codec::debug(self, to)
    }
}

impl Record for InvitationList {
    const TABLE: codec::Table = codec::Table {
        name: "InvitationList",
        fields: "/items/links",
        required: 0,
        lists: 0b1,
    };

    #[inline]
    fn blank() -> Self {
        Self {
            items: codec::blank(),
            links: codec::blank(),
        }
    }

    #[inline]
    fn visit<V: FieldVisitor>(&mut self, field: usize, visitor: &mut V) {
        match field {
            0 => visitor.list(&mut self.items),
            _ => visitor.value(&mut self.links),
        }
    }
}

impl<'de> Deserialize<'de> for InvitationList {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        codec::record(from)
    }
}

impl Record for Links {
    const TABLE: codec::Table = codec::Table {
        name: "Links",
        fields: "/next",
        required: 0,
        lists: 0,
    };

    #[inline]
    fn blank() -> Self {
        Self {
            next: codec::blank(),
        }
    }

    #[inline]
    fn visit<V: FieldVisitor>(&mut self, _: usize, visitor: &mut V) {
        visitor.value(&mut self.next);
    }
}

impl<'de> Deserialize<'de> for Links {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        codec::record(from)
    }
}

impl Record for LinkObject {
    const TABLE: codec::Table = codec::Table {
        name: "LinkObject",
        fields: "/href",
        required: 0b1,
        lists: 0,
    };

    #[inline]
    fn blank() -> Self {
        Self {
            href: codec::blank(),
        }
    }

    #[inline]
    fn visit<V: FieldVisitor>(&mut self, _: usize, visitor: &mut V) {
        visitor.value(&mut self.href);
    }
}

impl<'de> Deserialize<'de> for LinkObject {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        codec::record(from)
    }
}

impl Record for Error {
    const TABLE: codec::Table = codec::Table {
        name: "Error",
        fields: "/type/message",
        required: 0b11,
        lists: 0,
    };

    #[inline]
    fn blank() -> Self {
        Self {
            r#type: codec::blank(),
            message: codec::blank(),
        }
    }

    #[inline]
    fn visit<V: FieldVisitor>(&mut self, field: usize, visitor: &mut V) {
        match field {
            0 => visitor.value(&mut self.r#type),
            _ => visitor.value(&mut self.message),
        }
    }
}

impl<'de> Deserialize<'de> for Error {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        codec::record(from)
    }
}
