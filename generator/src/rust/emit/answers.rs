//! The enums of an action's answers: its failures, and its successes where they differ.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::plan::{ActionPlan, AnswerVariant, AnswersPlan, ContentPlan, ResourcePlan};
use super::super::print::doc_lines;
use super::prose;
use super::syntax::{self, Derives, ident};

/// The enum of an action's successes and its decoder; nothing if all hold the same.
pub(super) fn successes(
    action: &ActionPlan,
    resource: &ResourcePlan,
    data: &Derives,
) -> Vec<TokenStream> {
    let Some(plan) = &action.successes else {
        return Vec::new();
    };
    let own = |other: &ActionPlan| other.successes.clone();
    let mut items = definition("The successes of", plan, (action, resource), data, own);
    if plan.alias_of.is_none() {
        items.push(success_decoder(plan));
    }
    items
}

/// The enum of an action's failures and its decoder.
pub(super) fn errors(
    action: &ActionPlan,
    resource: &ResourcePlan,
    data: &Derives,
) -> Vec<TokenStream> {
    let plan = &action.errors;
    let own = |other: &ActionPlan| Some(other.errors.clone());
    let mut items = definition(
        "The documented failures of",
        plan,
        (action, resource),
        data,
        own,
    );
    if plan.alias_of.is_none() {
        items.push(error_decoder(plan));
    }
    items
}

/// The enum, or its alias.
fn definition(
    what: &str,
    plan: &AnswersPlan,
    (action, resource): (&ActionPlan, &ResourcePlan),
    data: &Derives,
    own: impl Fn(&ActionPlan) -> Option<AnswersPlan>,
) -> Vec<TokenStream> {
    let name = ident(&plan.name);
    if let Some(twin) = &plan.alias_of {
        let twin = ident(twin);
        let doc = format!(" {what} {}.", prose::code(&action.name));
        return vec![quote!(#[doc = #doc] pub type #name = #twin;)];
    }
    let shared = resource.actions.iter().filter(|other| {
        own(other).is_some_and(|other| other.alias_of.as_deref() == Some(plan.name.as_str()))
    });
    let mut of: Vec<String> = vec![prose::code(&action.name)];
    of.extend(shared.map(|other| prose::code(&other.name)));
    let doc = doc_lines(&[format!("{what} {}.", of.join(", "))]);
    let module = resource.module.as_str();
    let variants = plan.variants.iter().map(|each| variant(each, module));
    vec![quote! {
        #doc
        #data
        #[non_exhaustive]
        pub enum #name { #(#variants)* }
    }]
}

/// The status of an answer, and the media type that tells it from others.
pub(super) fn status(variant: &AnswerVariant) -> String {
    let mut status = match variant.statuses {
        Some((first, last)) if first == last => first.to_string(),
        Some((first, last)) => format!("{first} to {last}"),
        None => "any other status".to_owned(),
    };
    if let Some(media_type) = &variant.media_type {
        status = format!("{status} as {}", prose::code(media_type));
    }
    status
}

fn variant(variant: &AnswerVariant, module: &str) -> TokenStream {
    let status = status(variant);
    let text = variant.docs.as_deref().unwrap_or_default();
    let mut lines = prose::labelled(&format!("{status}:"), text);
    if lines.is_empty() {
        lines.push(format!("{status}."));
    }
    let docs = doc_lines(&lines);
    let name = ident(&variant.name);
    let payload = payload(variant, module);
    quote!(#docs #name #payload,)
}

fn payload(variant: &AnswerVariant, module: &str) -> Option<TokenStream> {
    let content = match &variant.content {
        ContentPlan::Empty => return None,
        content => syntax::content(content, Some(module)),
    };
    Some(if variant.boxed {
        quote!((Box<#content>))
    } else {
        quote!((#content))
    })
}

fn success_decoder(plan: &AnswersPlan) -> TokenStream {
    let name = ident(&plan.name);
    let arms = plan.variants.iter();
    let arms = arms.map(|each| arm(each, &plan.variants, &value(each)));
    let otherwise = (!covers_all(plan)).then(|| undocumented(plan));
    quote! {
        impl #name {
            #[inline]
            fn decode(
                response: &runtime::RawResponse,
            ) -> Result<Self, runtime::DecodeError> {
                Ok(match response.status() {
                    #(#arms)*
                    #otherwise
                })
            }
        }
    }
}

/// Whether some variant takes whatever comes.
fn covers_all(plan: &AnswersPlan) -> bool {
    let mut variants = plan.variants.iter();
    variants
        .any(|each| each.media_type.is_none() && matches!(each.statuses, None | Some((200, 299))))
}

/// A 2xx that is not documented: if there is but one content, it must be that.
fn undocumented(plan: &AnswersPlan) -> TokenStream {
    let usual = || {
        plan.variants
            .iter()
            .filter(|each| each.media_type.is_none())
    };
    let empty = usual().find(|each| each.content == ContentPlan::Empty);
    let empty = empty.map(|each| {
        let value = value(each);
        quote!(_ if response.body().is_empty() => #value,)
    });
    let mut contents = usual().filter(|each| each.content != ContentPlan::Empty);
    let value = match (contents.next(), contents.next()) {
        (Some(only), None) => value(only),
        _ => quote!(return Err(response.undocumented())),
    };
    quote!(#empty _ => #value,)
}

fn error_decoder(plan: &AnswersPlan) -> TokenStream {
    let name = ident(&plan.name);
    let body = match &plan.variants[..] {
        [] => quote! {
            let _ = response;
            Ok(None)
        },
        // Every failure is the same: there is nothing to tell apart.
        [only] if only.statuses.is_none() => {
            let failure = failure(only);
            let unused = (only.content == ContentPlan::Empty).then(|| quote!(let _ = response;));
            quote! {
                #unused
                #failure
            }
        }
        variants => {
            let arms = variants.iter();
            let arms = arms.map(|each| arm(each, variants, &failure(each)));
            let mut rest = variants.iter();
            let every = rest.any(|each| each.statuses.is_none() && each.media_type.is_none());
            let otherwise = (!every).then(|| quote!(_ => Ok(None),));
            quote! {
                match response.status() {
                    #(#arms)*
                    #otherwise
                }
            }
        }
    };
    quote! {
        impl runtime::ApiError for #name {
            #[inline]
            fn decode(
                response: &runtime::RawResponse,
            ) -> Result<Option<Self>, runtime::DecodeError> {
                #body
            }
        }
    }
}

/// The arm of a variant, which gives this value; `all` are the variants of its match.
fn arm(variant: &AnswerVariant, all: &[AnswerVariant], value: &TokenStream) -> TokenStream {
    let pattern = match variant.statuses {
        // What is decoded as a success is 2xx already.
        Some((200, 299)) | None => quote!(_),
        Some((first, last)) => {
            // clippy minds a range that begins with what an arm before it has.
            let is_begin = |each: &AnswerVariant| {
                each.statuses == Some((first, first)) && each.media_type.is_none()
            };
            let first = match first < last && all.iter().any(is_begin) {
                true => first + 1,
                false => first,
            };
            let first_text = proc_macro2::Literal::u16_unsuffixed(first);
            let last_text = proc_macro2::Literal::u16_unsuffixed(last);
            if first == last {
                quote!(#first_text)
            } else {
                quote!(#first_text..=#last_text)
            }
        }
    };
    let guard = variant
        .media_type
        .iter()
        .map(|media_type| quote!(if response.is(#media_type)));
    quote!(#pattern #(#guard)* => #value,)
}

/// What decodes a failure. It has no `?`, which takes twice as long to compile.
fn failure(variant: &AnswerVariant) -> TokenStream {
    let name = ident(&variant.name);
    let decode = syntax::decoder(&variant.content);
    match (&variant.content, variant.boxed) {
        (ContentPlan::Empty, _) => quote!(Ok(Some(Self::#name))),
        (content, false) if syntax::is_json(content) => quote!(response.json_failure(Self::#name)),
        (_, false) => quote!(response.failure(#decode, Self::#name)),
        (_, true) => quote!(response.boxed_failure(#decode, Self::#name)),
    }
}

fn value(variant: &AnswerVariant) -> TokenStream {
    let name = ident(&variant.name);
    let decode = syntax::decoder(&variant.content);
    match (&variant.content, variant.boxed) {
        (ContentPlan::Empty, _) => quote!(Self::#name),
        (_, false) => quote!(Self::#name(#decode(response)?)),
        (_, true) => quote!(Self::#name(Box::new(#decode(response)?))),
    }
}
