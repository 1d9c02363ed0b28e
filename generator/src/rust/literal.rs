//! An example of the description → the Rust expression that makes the same value.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use base64::engine::Engine;
use base64::engine::general_purpose::STANDARD;
use proc_macro2::{Literal, TokenStream, TokenTree};
use quote::quote;
use serde_json::Value;

use crate::formats::FormatType;

use super::emit::syntax::ident;
use super::plan::{
    CratePlan, Named, RecordPlan, Rule, TuplePlan, Ty, TypeKind, TypePlan, UnionVariant,
};

/// The types of a plan by their names.
pub(super) struct KnownTypes<'a>(BTreeMap<Named, &'a TypePlan>);

/// Makes expressions, and remembers which modules of types they mention.
pub(super) struct Literals<'a> {
    types: &'a KnownTypes<'a>,
    modules: RefCell<BTreeSet<String>>,
}

/// How a text is wanted: as anything that becomes a `String`, or as a `String` itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Text {
    /// `"text"` will do.
    Borrowed,
    /// It has to be a `String`.
    Owned,
}

impl<'a> KnownTypes<'a> {
    /// The types of this plan.
    pub(super) fn of(plan: &'a CratePlan) -> Self {
        let mut types = BTreeMap::new();
        for ty in plan.types.iter().flat_map(|group| &group.types) {
            types.insert(
                Named {
                    module: None,
                    name: ty.name.clone(),
                },
                ty,
            );
        }
        for resource in &plan.resources {
            for ty in &resource.types {
                let module = Some(resource.module.clone());
                types.insert(
                    Named {
                        module,
                        name: ty.name.clone(),
                    },
                    ty,
                );
            }
        }
        Self(types)
    }
}

impl<'a> Literals<'a> {
    /// Over these types; no module is mentioned yet.
    pub(super) fn over(types: &'a KnownTypes<'a>) -> Self {
        Self {
            types,
            modules: RefCell::default(),
        }
    }

    /// The modules that were mentioned.
    pub(super) fn modules(&self) -> BTreeSet<String> {
        self.modules.borrow().clone()
    }

    /// A type of the crate, by its module.
    pub(super) fn path(&self, module: Option<&str>, name: &str) -> TokenStream {
        let module = module.unwrap_or("types");
        self.modules.borrow_mut().insert(module.to_owned());
        let module = ident(module);
        let name = ident(name);
        quote!(#module::#name)
    }

    /// The expression of a value; `None` if the type cannot be made of it.
    pub(super) fn value(&self, ty: &Ty, value: &Value, text: Text) -> Option<TokenStream> {
        Some(match ty {
            Ty::Bool => {
                let value = value.as_bool()?;
                quote!(#value)
            }
            Ty::I32 => whole(value, i32::MIN.into(), i32::MAX.into())?,
            Ty::I64 => whole(value, i64::MIN.into(), i64::MAX.into())?,
            Ty::U32 => whole(value, 0, u32::MAX.into())?,
            Ty::U64 => whole(value, 0, u64::MAX.into())?,
            Ty::F32 => float(value, f32::MAX.into())?,
            Ty::F64 => float(value, f64::MAX)?,
            Ty::String => self.text(value, text),
            Ty::Timestamp | Ty::Date => {
                let value = value.as_str()?;
                quote!(#value.parse()?)
            }
            Ty::Format(FormatType::Base64) => bytes(value.as_str()?, text),
            Ty::Format(_) => {
                let number = value.is_number().then(|| value.to_string());
                let value = value.as_str().map(str::to_owned).or(number)?;
                quote!(#value.parse()?)
            }
            Ty::Json => json(value)?,
            Ty::Named(named) => self.named(named, value)?,
            Ty::List(item) => {
                let items: Option<Vec<_>> = value
                    .as_array()?
                    .iter()
                    .map(|each| self.value(item, each, Text::Owned))
                    .collect();
                list(&items?)
            }
            Ty::Map(item) => {
                let entries: Option<Vec<_>> = value
                    .as_object()?
                    .iter()
                    .map(|(key, each)| {
                        let each = self.value(item, each, Text::Owned)?;
                        Some(quote!((#key.to_owned(), #each)))
                    })
                    .collect();
                let entries = entries?;
                quote!(std::collections::BTreeMap::from([#(#entries),*]))
            }
            Ty::Option(inner) | Ty::Nullable(inner) => {
                if value.is_null() {
                    quote!(None)
                } else {
                    let value = self.value(inner, value, Text::Owned)?;
                    quote!(Some(#value))
                }
            }
            Ty::Boxed(inner) => {
                let value = self.value(inner, value, Text::Owned)?;
                quote!(Box::new(#value))
            }
        })
    }

    fn text(&self, value: &Value, text: Text) -> TokenStream {
        let value = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        match text {
            Text::Borrowed => quote!(#value),
            Text::Owned => quote!(#value.to_owned()),
        }
    }

    fn named(&self, named: &Named, value: &Value) -> Option<TokenStream> {
        let plan = self.types.0.get(named)?;
        match &plan.kind {
            TypeKind::Alias(Ty::Named(twin)) => self.named_as(named, twin, value),
            TypeKind::Alias(ty) => self.value(ty, value, Text::Owned),
            _ => self.named_as(named, named, value),
        }
    }

    /// A value of the type `defined`, under the name that the caller knows.
    fn named_as(&self, named: &Named, defined: &Named, value: &Value) -> Option<TokenStream> {
        let plan = self.types.0.get(defined)?;
        let name = self.path(named.module.as_deref(), &named.name);
        match &plan.kind {
            TypeKind::Record(record) => self.record(&name, record, value),
            TypeKind::Enum(variants) => {
                let text = value.as_str()?;
                Some(match variants.iter().find(|variant| variant.wire == text) {
                    Some(variant) => {
                        let variant = ident(&variant.name);
                        quote!(#name::#variant)
                    }
                    None => quote!(#name::from(#text)),
                })
            }
            TypeKind::WholeEnum(variants) => {
                let number = value.as_i64()?;
                Some(
                    match variants.iter().find(|variant| variant.wire == number) {
                        Some(variant) => {
                            let variant = ident(&variant.name);
                            quote!(#name::#variant)
                        }
                        None => {
                            let number = whole(value, i64::MIN.into(), i64::MAX.into())?;
                            quote!(#name::from(#number))
                        }
                    },
                )
            }
            TypeKind::NumberEnum(variants) => {
                let number = value.as_f64()?;
                let known = variants
                    .iter()
                    .find(|each| each.wire.as_f64() == Some(number));
                Some(match known {
                    Some(variant) => {
                        let variant = ident(&variant.name);
                        quote!(#name::#variant)
                    }
                    None => {
                        let number = float(value, f64::MAX)?;
                        quote!(#name::from(#number))
                    }
                })
            }
            TypeKind::MixedEnum(variants) => {
                let same = |wire: &Value| {
                    wire == value || (wire.is_number() && wire.as_f64() == value.as_f64())
                };
                let variant = variants.iter().find(|each| same(&each.wire))?;
                let variant = ident(&variant.name);
                Some(quote!(#name::#variant))
            }
            TypeKind::Tuple(tuple) => self.tuple(&name, tuple, value),
            TypeKind::Union(variants) => self.union(&name, variants, value),
            TypeKind::Alias(_) => None,
        }
    }

    /// `Type::new(required).optional(value)`; optional values that cannot be made are left out.
    fn record(&self, name: &TokenStream, plan: &RecordPlan, value: &Value) -> Option<TokenStream> {
        let value = value.as_object()?;
        let mut given = Vec::new();
        let mut setters = Vec::new();
        for field in &plan.fields {
            let said = value.get(&field.wire);
            if field.asked
                && let Ty::Option(inner) = &field.ty
            {
                given.push(self.taken(inner, said?)?);
            } else if field.required && field.constant.is_none() {
                given.push(self.taken(&field.ty, said?)?);
            } else if !field.required
                && let Some(said) = said.filter(|said| !said.is_null())
                && let Some(said) = self.set(&field.ty, said)
            {
                let setter = ident(&field.name);
                setters.push(quote!(.#setter(#said)));
            }
        }
        Some(quote!(#name::new(#(#given),*) #(#setters)*))
    }

    /// What a parameter of this type takes: the value itself of one that is kept in a box.
    fn taken(&self, ty: &Ty, value: &Value) -> Option<TokenStream> {
        let ty = match ty {
            Ty::Boxed(inner) => inner,
            other => other,
        };
        self.value(ty, value, Text::Borrowed)
    }

    /// What a setter of this type takes. One that may be null takes anything that becomes it, so
    /// what is still to be converted has to say that it is a value.
    fn set(&self, ty: &Ty, value: &Value) -> Option<TokenStream> {
        let convert =
            |inner: &Ty| matches!(inner, Ty::String | Ty::Timestamp | Ty::Date | Ty::Format(_));
        match ty {
            Ty::Nullable(inner) if convert(inner) => {
                let value = self.value(inner, value, Text::Owned)?;
                Some(quote!(Some(#value)))
            }
            Ty::Nullable(inner) => self.value(inner, value, Text::Borrowed),
            Ty::Option(inner) => self.taken(inner, value),
            _ => None,
        }
    }

    /// `Type(first, second)`; items that are missing at the end are none if they may be.
    fn tuple(&self, name: &TokenStream, plan: &TuplePlan, value: &Value) -> Option<TokenStream> {
        let said = value.as_array()?;
        let items = plan.items.iter().enumerate().map(|(index, item)| {
            let said = said.get(index);
            let missing = said.is_none() && !item.required;
            let said = said.or(missing.then_some(&Value::Null))?;
            self.value(&item.ty, said, Text::Owned)
        });
        let mut items = items.collect::<Option<Vec<_>>>()?;
        if let Some(rest) = &plan.rest {
            let further = said.get(plan.items.len()..).unwrap_or_default();
            let further = further
                .iter()
                .map(|each| self.value(rest, each, Text::Owned));
            items.push(list(&further.collect::<Option<Vec<_>>>()?));
        }
        Some(quote!(#name(#(#items),*)))
    }

    fn union(
        &self,
        name: &TokenStream,
        variants: &[UnionVariant],
        value: &Value,
    ) -> Option<TokenStream> {
        let mut chosen = None;
        for variant in variants {
            let weight = weight(&variant.rule, value);
            if weight.is_some() && chosen.is_none_or(|(_, most)| weight > most) {
                chosen = Some((variant, weight));
            }
        }
        let (variant, _) = chosen?;
        let value = self.value(&variant.ty, value, Text::Owned)?;
        let variant = ident(&variant.name);
        Some(quote!(#name::#variant(#value)))
    }
}

/// How much a rule says of a value; `None` if it does not hold.
fn weight(rule: &Rule, value: &Value) -> Option<(usize, usize)> {
    let plain = |holds: bool| holds.then_some((0, 0));
    match rule {
        Rule::Kind("String") => plain(value.is_string()),
        Rule::Kind("Date" | "Timestamp") => value.is_string().then_some((0, 1)),
        Rule::Kind("Boolean") => plain(value.is_boolean()),
        Rule::Kind("Integer") => value.is_i64().then_some((0, 1)),
        Rule::Kind("Unsigned") => value.is_u64().then_some((0, 1)),
        Rule::Kind("Int32") => is_int32(value).then_some((0, 2)),
        Rule::Kind("Number") => plain(value.is_number()),
        Rule::Kind("Array") => plain(value.is_array()),
        Rule::Kind(_) => plain(value.is_object()),
        Rule::Texts(texts) => texts
            .iter()
            .any(|text| value == text.as_str())
            .then_some((1, 0)),
        Rule::Object(rule) => {
            let map = value.as_object()?;
            let is = |(key, values): &(String, Vec<Value>)| {
                map.get(key).is_some_and(|value| values.contains(value))
            };
            let holds = rule.required.iter().all(|key| map.contains_key(key))
                && rule.constants.iter().all(is);
            holds.then_some((rule.constants.len(), rule.required.len()))
        }
        Rule::Items(rule) => match value.as_array()?.first() {
            Some(first) => weight(rule, first),
            None => Some((0, 0)),
        },
        Rule::Values(rule) => match value.as_object()?.values().next() {
            Some(first) => weight(rule, first),
            None => Some((0, 0)),
        },
        Rule::Union(_) | Rule::Any => Some((0, 0)),
    }
}

/// A list. What is inside a macro keeps its spaces, so `?` stays out of it.
fn list(items: &[TokenStream]) -> TokenStream {
    if items.iter().cloned().any(has_question_mark) {
        quote!(Vec::from([#(#items),*]))
    } else {
        quote!(vec![#(#items),*])
    }
}

/// Any JSON. What has members is read from its text, since rustfmt knows no objects in macros.
fn json(value: &Value) -> Option<TokenStream> {
    Some(match value {
        Value::Null => quote!(serde_json::Value::Null),
        Value::Bool(value) => quote!(serde_json::Value::from(#value)),
        Value::String(text) => quote!(serde_json::Value::from(#text)),
        Value::Number(_) if is_int32(value) => {
            let number = whole(value, i32::MIN.into(), i32::MAX.into())?;
            quote!(serde_json::Value::from(#number))
        }
        value => {
            let text = raw_text(&value.to_string())?;
            quote!(#text.parse::<serde_json::Value>()?)
        }
    })
}

/// A literal that is raw if its text has quotes, with as many signs around it as that asks for.
fn raw_text(text: &str) -> Option<Literal> {
    if !text.contains(['"', '\\']) {
        return Some(Literal::string(text));
    }
    let signs = (1..).map(|count| "#".repeat(count));
    let signs = signs
        .take(text.len())
        .find(|signs| !text.contains(&format!("\"{signs}")));
    let signs = signs?;
    format!("r{signs}\"{text}\"{signs}").parse().ok()
}

fn has_question_mark(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => has_question_mark(group.stream()),
        TokenTree::Punct(punct) => punct.as_char() == '?',
        TokenTree::Ident(_) | TokenTree::Literal(_) => false,
    })
}

/// What an example in base64 stands for, as bytes; an example that is none is taken for the bytes.
fn bytes(example: &str, wanted: Text) -> TokenStream {
    let decoded = STANDARD.decode(example);
    let decoded = decoded.unwrap_or_else(|_| example.as_bytes().to_vec());
    let literal = Literal::byte_string(&decoded);
    match wanted {
        Text::Borrowed => quote!(#literal),
        Text::Owned => quote!(#literal.into()),
    }
}

fn is_int32(value: &Value) -> bool {
    let whole = value.as_i64();
    whole.is_some_and(|whole| i32::try_from(whole).is_ok())
}

/// A whole number within these bounds.
fn whole(value: &Value, least: i128, most: i128) -> Option<TokenStream> {
    let number = value.as_number().and_then(serde_json::Number::as_i128);
    let text = || value.as_str().and_then(|text| text.parse().ok());
    let value = number.or_else(text)?;
    if !(least..=most).contains(&value) {
        return None;
    }
    let literal = Literal::i128_unsuffixed(value.checked_abs()?);
    Some(if value < 0 {
        quote!(-#literal)
    } else {
        quote!(#literal)
    })
}

/// A number that is no larger than this.
fn float(value: &Value, most: f64) -> Option<TokenStream> {
    let text = value.as_str().and_then(|text| text.parse().ok());
    let value = value
        .as_f64()
        .or(text)
        .filter(|value| value.abs() <= most)?;
    let literal = Literal::f64_unsuffixed(value.abs());
    Some(if value < 0.0 {
        quote!(-#literal)
    } else {
        quote!(#literal)
    })
}
