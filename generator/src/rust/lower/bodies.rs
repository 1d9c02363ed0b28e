//! Bodies of requests: in which ways one can be sent, and the parts of a form.

use crate::ir::{Body, Encoding, MediaType, Record, Shape, Style, TypeId};
use crate::naming::{Scope, snake, suffixed};

use super::super::plan::{
    BodyContent, BodyPlan, BodyWay, FieldStyle, FormPlan, PartKind, PartPlan, Ty,
};
use super::Context;
use super::answers::{media_word, others};
use super::types::best;

/// The plan of a body; `form` is what its struct is called if it is sent in parts.
pub(super) fn plan(
    context: &Context<'_>,
    body: &Body,
    form: &str,
    scope: &mut Scope,
) -> Option<BodyPlan> {
    let plain = snake(&body.name);
    let name = scope.claim([&plain, &suffixed(&plain, "body")]);
    let usual = way(context, best(&body.content)?, form, String::new());
    // One struct for a form is enough, and two ways cannot share a name.
    let ways =
        others(&body.content).filter(|media| !media.is_multipart_form() || !is_parts(&usual));
    let others = ways.map(|media| {
        let word = snake(&media_word(media));
        let suffix = word.trim_matches('_').to_owned();
        let full = scope.claim([&format!("{name}_{suffix}")]);
        let suffix = full.strip_prefix(&format!("{name}_")).map(str::to_owned);
        way(context, media, form, suffix.unwrap_or(full))
    });
    let others = others.collect();
    Some(BodyPlan {
        wire: body.name.clone(),
        docs: body.description.clone(),
        required: body.required,
        name,
        usual,
        others,
    })
}

fn is_parts(way: &BodyWay) -> bool {
    matches!(way.content, BodyContent::Parts(_))
}

fn way(context: &Context<'_>, media: &MediaType, form: &str, suffix: String) -> BodyWay {
    BodyWay {
        suffix,
        method: String::new(),
        media_type: sent_as(media),
        content: content(context, media, form),
        sample: String::new(),
    }
}

/// The media type with which a body is sent: a range such as `*/*` cannot be.
pub(super) fn sent_as(media: &MediaType) -> String {
    match media.sent_name() {
        range if range.contains('*') => "application/octet-stream".to_owned(),
        name => name.to_owned(),
    }
}

fn content(context: &Context<'_>, media: &MediaType, form: &str) -> BodyContent {
    let ty = |id: Option<TypeId>| id.map_or(Ty::Json, |id| context.value_type(id));
    let record = media.ty.and_then(|ty| self::record(context, ty));
    if media.is_multipart_form() {
        let plan = record.map(|record| self::form(context, media, record, form));
        return BodyContent::Parts(plan);
    }
    if media.is_form() {
        // A form has fields or none; there is no way to write null.
        let ty = match ty(media.ty) {
            Ty::Option(inner) => *inner,
            ty => ty,
        };
        return BodyContent::Form {
            ty,
            styles: media.encoding.iter().filter_map(style).collect(),
        };
    }
    if media.is_json_lines() {
        return BodyContent::Lines(ty(item(context, media)));
    }
    if media.is_json() {
        return BodyContent::Json(ty(media.ty));
    }
    if media.is_text() {
        BodyContent::Text
    } else {
        BodyContent::Bytes
    }
}

/// The type of each value of a sequence: `itemSchema`, or the items of a list.
pub(super) fn item(context: &Context<'_>, media: &MediaType) -> Option<TypeId> {
    let types = &context.api.types;
    media.ty.map(|ty| match types.get(types.resolve(ty)).shape {
        Shape::List(item) if !media.of_items => item,
        _ => ty,
    })
}

fn record<'a>(context: &Context<'a>, ty: TypeId) -> Option<&'a Record> {
    let types = &context.api.types;
    match &types.get(types.resolve(ty)).shape {
        Shape::Record(record) => Some(record),
        _ => None,
    }
}

pub(super) fn style(encoding: &Encoding) -> Option<FieldStyle> {
    let said = encoding.style.is_some() || encoding.explode.is_some() || encoding.allow_reserved;
    let style = encoding.style.unwrap_or(Style::Form);
    said.then(|| FieldStyle {
        field: encoding.field.clone(),
        style: Some(style).filter(|style| *style != Style::Form),
        explode: encoding
            .explode
            .filter(|explode| *explode != style.explodes()),
        allow_reserved: encoding.allow_reserved,
    })
}

fn form(context: &Context<'_>, media: &MediaType, record: &Record, name: &str) -> FormPlan {
    let mut scope = Scope::with(&["new", "clone", "form"]);
    let parts = record.fields.iter().map(|field| {
        let encoding = media.encoding.iter().find(|each| each.field == field.name);
        let ty = context.api.types.get(field.ty);
        let said = encoding.and_then(|encoding| encoding.content_type.clone());
        let media_type = said.or_else(|| media_type_of(context, field.ty));
        // A style goes before a media type (3.1, 4.8.15.1.1: style).
        let styled = encoding.and_then(style);
        PartPlan {
            wire: field.name.clone(),
            name: {
                let plain = snake(&field.name);
                scope.claim([&plain, &suffixed(&plain, "part")])
            },
            docs: ty.description.clone(),
            required: field.required && !ty.nullable,
            deprecated: ty.deprecated,
            kind: match (kind(context, field.ty, media_type.as_deref()), styled) {
                (PartKind::Value(ty), Some(style)) => PartKind::Styled(ty, style),
                (kind, _) => kind,
            },
            // Of a list of media types any will do, and the caller knows which; nobody else knows
            // the boundary of a part that has parts itself.
            media_type: media_type.filter(|said| !said.contains([',', '*']) && !has_parts(said)),
        }
    });
    FormPlan {
        name: name.to_owned(),
        docs: media
            .ty
            .and_then(|ty| context.api.types.get(ty).description.clone()),
        parts: parts.collect(),
    }
}

fn kind(context: &Context<'_>, ty: TypeId, media_type: Option<&str>) -> PartKind {
    let types = &context.api.types;
    let ty_of = types.get(types.resolve(ty));
    match &ty_of.shape {
        _ if types.is_file(ty, media_type) => PartKind::File,
        Shape::List(item) if types.is_file(*item, media_type) => PartKind::Files,
        _ => PartKind::Value(match context.value_type(ty) {
            Ty::Option(inner) | Ty::Nullable(inner) => *inner,
            ty => ty,
        }),
    }
}

/// What `contentMediaType` says of a part, or of each of its items.
fn media_type_of(context: &Context<'_>, ty: TypeId) -> Option<String> {
    let types = &context.api.types;
    let ty = types.get(types.resolve(ty));
    let of = match ty.shape {
        Shape::List(item) => types.get(types.resolve(item)),
        _ => ty,
    };
    of.unencoded().map(str::to_owned)
}

/// Whether what has this media type is made of parts itself.
fn has_parts(media_type: &str) -> bool {
    media_type.starts_with("multipart/")
}
