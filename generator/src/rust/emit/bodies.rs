//! Bodies of requests: what a caller gives, how it is put into a call, and the structs of forms.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::plan::{
    ActionPlan, Argument, BodyContent, BodyPlan, BodyWay, FieldStyle, FormPlan, PartKind, PartPlan,
    Ty,
};
use super::super::print::{block, doc_lines};
use super::syntax::{self, binding, ident};
use super::types::{like_operator, too_many};
use super::{prose, resource};

/// The types that the body of an action mentions.
pub(super) fn types(action: &ActionPlan) -> impl Iterator<Item = &Ty> {
    let body = action.body.iter();
    body.flat_map(|body| [&body.usual].into_iter().chain(&body.others))
        .flat_map(types_of)
}

/// The argument of a body and the call that puts it into the request.
pub(super) fn taken(body: &BodyPlan, way: &BodyWay, module: &str) -> (TokenStream, TokenStream) {
    let name = binding(&body.name);
    let media = &way.media_type;
    let here = Some(module);
    match &way.content {
        // The body may be null, and null is written where there is none.
        BodyContent::Json(Ty::Option(ty)) => {
            let ty = syntax::ty(ty, here);
            (quote!(#name: Option<&#ty>), quote!(body(#media, &#name)))
        }
        BodyContent::Json(ty) => {
            let ty = syntax::ty(ty, here);
            (quote!(#name: &#ty), quote!(body(#media, #name)))
        }
        BodyContent::Lines(ty) => {
            let ty = syntax::ty(ty, here);
            (quote!(#name: &[#ty]), quote!(body_lines(#media, #name)))
        }
        BodyContent::Form { ty, styles } => {
            let ty = syntax::ty(ty, here);
            let styles = styles.iter().map(style);
            let call = quote!(body_form(#media, #name, &[#(#styles),*]));
            (quote!(#name: &#ty), call)
        }
        BodyContent::Parts(Some(form)) => {
            let form = ident(&form.name);
            (quote!(#name: #form), quote!(body_parts(#name.form)))
        }
        BodyContent::Parts(None) => (quote!(#name: runtime::Form), quote!(body_parts(#name))),
        BodyContent::Text => (
            quote!(#name: impl Into<String>),
            quote!(body_text(#media, #name.into())),
        ),
        BodyContent::Bytes => (
            quote!(#name: impl Into<runtime::Upload>),
            quote!(body_bytes(#media, #name.into())),
        ),
    }
}

/// The parameter that a field is written like.
pub(super) fn style(field: &FieldStyle) -> TokenStream {
    let name = &field.field;
    let style = field.style.iter().map(|style| {
        let style = ident(&format!("{style:?}"));
        quote!(.style(runtime::Style::#style))
    });
    let explode = field.explode.iter();
    let explode = explode.map(|explode| quote!(.explode(#explode)));
    let reserved = field.allow_reserved.then(|| quote!(.allow_reserved()));
    let more = quote!(#(#style)* #(#explode)* #reserved);
    resource::table_entry(name, &ident("QUERY"), &more)
}

/// The setters of a body that is no argument: one for each way to send it.
pub(super) fn setters(action: &ActionPlan, module: &str) -> Vec<TokenStream> {
    let Some(body) = &action.body else {
        return Vec::new();
    };
    let setter = |name: &str, way: &BodyWay, note: Option<String>| {
        let mut docs = match &body.docs {
            Some(text) => prose::lines(text),
            None => vec!["Sets the body.".to_owned()],
        };
        docs.extend(note.into_iter().flat_map(|note| [String::new(), note]));
        let docs = doc_lines(&docs);
        let name = ident(name);
        let (parameter, statement) = taken(body, way, module);
        quote! {
            #docs
            #[inline]
            pub fn #name(mut self, #parameter) -> Self {
                self.call.#statement;
                self
            }
        }
    };
    debug_assert!(!action.arguments.contains(&Argument::Body));
    let usual = setter(&body.name, &body.usual, None);
    let others = body.others.iter().map(|way| {
        let note = format!("It is {}.", prose::code(&way.media_type));
        setter(&way.method, way, Some(note))
    });
    [usual].into_iter().chain(others).collect()
}

/// The struct of an action's form, if its body has parts.
pub(super) fn form(action: &ActionPlan, module: &str) -> Vec<TokenStream> {
    let ways = action.body.iter();
    let mut ways = ways.flat_map(|body| [&body.usual].into_iter().chain(&body.others));
    let form = ways.find_map(|way| match &way.content {
        BodyContent::Parts(form) => form.as_ref(),
        _ => None,
    });
    let Some(form) = form else {
        return Vec::new();
    };
    let name = ident(&form.name);
    let mut docs = vec![format!(
        "The parts of the body of {}.",
        prose::code(&action.name)
    )];
    if let Some(text) = &form.docs {
        docs.push(String::new());
        docs.extend(prose::lines(text));
    }
    let docs = doc_lines(&docs);
    let mut methods = vec![constructor(form, module)];
    let optional = form.parts.iter().filter(|part| !part.required);
    methods.extend(optional.map(|part| setter_of_part(part, module)));
    vec![
        quote! {
            #docs
            #[derive(Clone, Debug)]
            pub struct #name {
                form: runtime::Form,
            }
        },
        block(quote!(impl #name), methods),
    ]
}

fn constructor(form: &FormPlan, module: &str) -> TokenStream {
    let required = form.parts.iter().filter(|part| part.required);
    let (taken, added): (Vec<_>, Vec<_>) = required.map(|each| part(each, module)).unzip();
    let expect = too_many(taken.len());
    let binding = match added.is_empty() {
        true => quote!(let form),
        false => quote!(let mut form),
    };
    let unused = taken.is_empty();
    let expect_default = unused.then(|| {
        quote!(#[expect(clippy::new_without_default, reason = "an empty form is rarely wanted")])
    });
    quote! {
        /// A form of the parts that must be there.
        #expect
        #expect_default
        #[inline]
        #[must_use]
        pub fn new(#(#taken),*) -> Self {
            #binding = runtime::Form::new();
            #(form.#added;)*
            Self { form }
        }
    }
}

fn setter_of_part(plan: &PartPlan, module: &str) -> TokenStream {
    let docs = doc_lines(&match &plan.docs {
        Some(text) => prose::lines(text),
        None => vec![format!("Adds {}.", prose::code(&plan.wire))],
    });
    let deprecated = plan
        .deprecated
        .then(|| quote!(#[deprecated = "the API deprecates it"]));
    let name = ident(&plan.name);
    let expect = like_operator(&plan.name);
    let (taken, added) = part(plan, module);
    quote! {
        #docs
        #deprecated
        #expect
        #[inline]
        #[must_use]
        pub fn #name(mut self, #taken) -> Self {
            self.form.#added;
            self
        }
    }
}

/// The argument of a part and the call that adds it to the form.
fn part(plan: &PartPlan, module: &str) -> (TokenStream, TokenStream) {
    let name = binding(&plan.name);
    let wire = &plan.wire;
    let media = plan.media_type.as_deref();
    let file = |taken: TokenStream| match media {
        Some(media) => quote!(file_as(#wire, #media, #taken)),
        None => quote!(file(#wire, #taken)),
    };
    match &plan.kind {
        PartKind::File => (quote!(#name: impl Into<runtime::File>), file(quote!(#name))),
        PartKind::Files => {
            let media = media.unwrap_or("application/octet-stream");
            (
                quote!(#name: Vec<runtime::File>),
                quote!(files(#wire, #media, #name)),
            )
        }
        PartKind::Value(ty) => {
            let (taken, value) = syntax::taken(&name, ty, Some(module));
            let added = match media {
                Some(media) => quote!(field_as(#wire, #media, &#value)),
                None => quote!(field(#wire, &#value)),
            };
            (taken, added)
        }
        PartKind::Styled(ty, field) => {
            let (taken, value) = syntax::taken(&name, ty, Some(module));
            let field = style(field);
            (taken, quote!(styled(&#field, &#value)))
        }
    }
}

/// The types that one way to send a body mentions.
fn types_of(way: &BodyWay) -> Vec<&Ty> {
    match &way.content {
        BodyContent::Json(ty) | BodyContent::Lines(ty) | BodyContent::Form { ty, .. } => vec![ty],
        BodyContent::Parts(Some(form)) => {
            let parts = form.parts.iter();
            parts
                .filter_map(|part| match &part.kind {
                    PartKind::Value(ty) | PartKind::Styled(ty, _) => Some(ty),
                    _ => None,
                })
                .collect()
        }
        _ => Vec::new(),
    }
}
