//! How the types of the API are read and written.

use serde::de::MapAccess;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::types::{
    Error, Invitation, InvitationList, LinkObject, LinkProperty, Links, OrgInvitePost,
    OrgInvitePostRole,
};
use crate::runtime::codec::{self, Blank, Kind, Record, Rule, Text, Union};

impl Blank for OrgInvitePost {
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
}

impl Record for OrgInvitePost {
    const TABLE: codec::Table = codec::Table {
        name: "OrgInvitePost",
        fields: &["email", "role", "disallowTransfer", "note"],
        required: &[0, 1],
        lists: &[],
    };

    #[inline]
    fn fill<'de, A: MapAccess<'de>>(&mut self, field: usize, map: &mut A) -> Result<(), A::Error> {
        match field {
            0 => codec::next(map, &mut self.email),
            1 => codec::next(map, &mut self.role),
            2 => codec::next(map, &mut self.disallow_transfer),
            _ => codec::next(map, &mut self.note),
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

impl Text for OrgInvitePostRole {
    #[inline]
    fn parse(text: &str) -> Self {
        match text {
            "admin" => Self::Admin,
            "edit" => Self::Edit,
            _ => Self::Unrecognized(text.to_owned()),
        }
    }

    #[inline]
    fn text(&self) -> &str {
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
        codec::write_text(self, to)
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

impl Blank for Invitation {
    #[inline]
    fn blank() -> Self {
        Self {
            id: codec::blank(),
            role: codec::blank(),
            invite_date: codec::blank(),
        }
    }
}

impl Record for Invitation {
    const TABLE: codec::Table = codec::Table {
        name: "Invitation",
        fields: &["id", "role", "inviteDate"],
        required: &[0, 1],
        lists: &[],
    };

    #[inline]
    fn fill<'de, A: MapAccess<'de>>(&mut self, field: usize, map: &mut A) -> Result<(), A::Error> {
        match field {
            0 => codec::next(map, &mut self.id),
            1 => codec::next(map, &mut self.role),
            _ => codec::next(map, &mut self.invite_date),
        }
    }
}

impl<'de> Deserialize<'de> for Invitation {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        codec::record(from)
    }
}

impl Blank for InvitationList {
    #[inline]
    fn blank() -> Self {
        Self {
            items: codec::blank(),
            links: codec::blank(),
        }
    }
}

impl Record for InvitationList {
    const TABLE: codec::Table = codec::Table {
        name: "InvitationList",
        fields: &["items", "links"],
        required: &[],
        lists: &[0],
    };

    #[inline]
    fn fill<'de, A: MapAccess<'de>>(&mut self, field: usize, map: &mut A) -> Result<(), A::Error> {
        match field {
            0 => codec::next_list(map, &mut self.items),
            _ => codec::next(map, &mut self.links),
        }
    }
}

impl<'de> Deserialize<'de> for InvitationList {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        codec::record(from)
    }
}

impl Blank for Links {
    #[inline]
    fn blank() -> Self {
        Self {
            next: codec::blank(),
        }
    }
}

impl Record for Links {
    const TABLE: codec::Table = codec::Table {
        name: "Links",
        fields: &["next"],
        required: &[],
        lists: &[],
    };

    #[inline]
    fn fill<'de, A: MapAccess<'de>>(&mut self, _: usize, map: &mut A) -> Result<(), A::Error> {
        codec::next(map, &mut self.next)
    }
}

impl<'de> Deserialize<'de> for Links {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        codec::record(from)
    }
}

impl Blank for LinkObject {
    #[inline]
    fn blank() -> Self {
        Self {
            href: codec::blank(),
        }
    }
}

impl Record for LinkObject {
    const TABLE: codec::Table = codec::Table {
        name: "LinkObject",
        fields: &["href"],
        required: &[0],
        lists: &[],
    };

    #[inline]
    fn fill<'de, A: MapAccess<'de>>(&mut self, _: usize, map: &mut A) -> Result<(), A::Error> {
        codec::next(map, &mut self.href)
    }
}

impl<'de> Deserialize<'de> for LinkObject {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        codec::record(from)
    }
}

impl Blank for Error {
    #[inline]
    fn blank() -> Self {
        Self {
            r#type: codec::blank(),
            message: codec::blank(),
        }
    }
}

impl Record for Error {
    const TABLE: codec::Table = codec::Table {
        name: "Error",
        fields: &["type", "message"],
        required: &[0, 1],
        lists: &[],
    };

    #[inline]
    fn fill<'de, A: MapAccess<'de>>(&mut self, field: usize, map: &mut A) -> Result<(), A::Error> {
        match field {
            0 => codec::next(map, &mut self.r#type),
            _ => codec::next(map, &mut self.message),
        }
    }
}

impl<'de> Deserialize<'de> for Error {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        codec::record(from)
    }
}
