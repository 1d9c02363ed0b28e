//! A module of a resource: its actions, a request for each, their errors.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::plan::{
    ActionPlan, Argument, ContentPlan, CratePlan, ErrorVariant, PagesPlan, ParameterPlan,
    ResourcePlan, SegmentPlan, Ty,
};
use super::super::print::{self, doc_lines, spaced};
use super::syntax::{self, ident, number};
use super::types::{definition, like_operator, too_many, uses_map, uses_nullable};
use super::{mentions, prose};

/// The file of a resource.
pub(super) fn file(plan: &CratePlan, resource: &ResourcePlan) -> syn::Result<String> {
    let module = Some(resource.module.as_str());
    let mut docs = vec![format!("The actions of {}.", prose::code(&resource.key))];
    if let Some(text) = &resource.docs {
        docs.push(String::new());
        docs.extend(prose::lines(text));
    }
    let mut items = vec![handle(resource)];
    items.push(actions(resource));
    for action in &resource.actions {
        items.push(table(action));
        items.push(request_struct(action));
        items.push(request_methods(action, &resource.module));
        items.extend(errors(action, resource));
    }
    items.extend(resource.types.iter().flat_map(|ty| definition(ty, module)));
    print::file(&super::head(plan, &docs), &imports(resource), items)
}

fn imports(resource: &ResourcePlan) -> Vec<TokenStream> {
    let mut imports = Vec::new();
    if uses_map(&resource.types) || any_type(resource, &|ty| matches!(ty, Ty::Map(_))) {
        imports.push(quote!(std::collections::BTreeMap));
    }
    let mut runtime = vec!["self"];
    if uses_nullable(&resource.types) {
        runtime.push("Nullable");
    }
    let decodes = resource
        .actions
        .iter()
        .any(|action| action.pages.is_none() || !action.errors.variants.is_empty());
    if decodes || !resource.actions.is_empty() {
        runtime.push("response");
    }
    let runtime = runtime.iter().map(|name| match *name {
        "self" => quote!(self),
        name => {
            let name = ident(name);
            quote!(#name)
        }
    });
    imports.push(quote!(crate::runtime::{#(#runtime),*}));
    let in_types = |ty: &Ty| matches!(ty, Ty::Named(named) if named.module.is_none());
    if any_type(resource, &in_types) {
        imports.push(quote!(crate::types));
    }
    imports
}

/// Whether a type that the module mentions satisfies `is`.
fn any_type(resource: &ResourcePlan, is: &dyn Fn(&Ty) -> bool) -> bool {
    use super::super::plan::TypeKind;
    let of = |content: &ContentPlan| matches!(content, ContentPlan::Json(ty) if mentions(ty, is));
    let in_action = |action: &ActionPlan| {
        of(&action.success)
            || action.body.as_ref().is_some_and(|body| of(&body.content))
            || action
                .parameters
                .iter()
                .any(|parameter| mentions(&parameter.ty, is))
            || action
                .pages
                .as_ref()
                .is_some_and(|pages| mentions(&pages.item, is))
            || (action.errors.alias_of.is_none()
                && action
                    .errors
                    .variants
                    .iter()
                    .any(|variant| of(&variant.content)))
    };
    resource.actions.iter().any(in_action)
        || resource.types.iter().any(|ty| match &ty.kind {
            TypeKind::Alias(ty) => mentions(ty, is),
            TypeKind::Record(record) => {
                record.fields.iter().any(|field| mentions(&field.ty, is))
                    || record.rest.as_ref().is_some_and(|(_, ty)| mentions(ty, is))
            }
            TypeKind::Enum(_) => false,
            TypeKind::Union(variants) => variants.iter().any(|each| mentions(&each.ty, is)),
        })
}

fn handle(resource: &ResourcePlan) -> TokenStream {
    let name = ident(&resource.handle);
    let docs = doc_lines(&[format!(
        "The actions of {}; made by [`Client::{2}`](crate::Client::{1}).",
        prose::code(&resource.key),
        resource.module,
        resource.module,
    )]);
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct #name {
            pub(crate) core: runtime::Core,
        }
    }
}

fn actions(resource: &ResourcePlan) -> TokenStream {
    let name = ident(&resource.handle);
    let methods = resource
        .actions
        .iter()
        .map(|action| method(action, &resource.module))
        .collect();
    let methods = spaced(methods);
    quote!(impl #name { #methods })
}

fn method(action: &ActionPlan, module: &str) -> TokenStream {
    let docs = doc_lines(&action_docs(action));
    let deprecated = action
        .deprecated
        .then(|| quote!(#[deprecated = "the API deprecates it"]));
    let name = ident(&action.method);
    let request = ident(&action.request);
    let table = ident(&action.table);
    let mut taken = Vec::new();
    let mut set = Vec::new();
    for argument in &action.arguments {
        match argument {
            Argument::Parameter(index) => {
                let Some(parameter) = action.parameters.get(*index) else {
                    continue;
                };
                let index = number(*index);
                let name = ident(&parameter.name);
                let (parameter, value) = syntax::taken(&name, &parameter.ty, Some(module));
                taken.push(parameter);
                set.push(quote!(call.set(#index, &#value);));
            }
            Argument::Body => {
                let Some((parameter, statement)) = body(action, module) else {
                    continue;
                };
                taken.push(parameter);
                set.push(quote!(call.#statement;));
            }
        }
    }
    let expect = too_many(taken.len() + 1);
    let binding = if set.is_empty() {
        quote!(let call)
    } else {
        quote!(let mut call)
    };
    quote! {
        #docs
        #deprecated
        #expect
        #[inline]
        pub fn #name(&self, #(#taken),*) -> #request {
            #binding = self.core.call(&#table);
            #(#set)*
            #request { call }
        }
    }
}

/// The argument of the body and the call that puts it into the request.
fn body(action: &ActionPlan, module: &str) -> Option<(TokenStream, TokenStream)> {
    let body = action.body.as_ref()?;
    let name = ident(&body.name);
    let media = &body.media_type;
    Some(match &body.content {
        ContentPlan::Json(ty) => {
            let ty = syntax::ty(ty, Some(module));
            (quote!(#name: &#ty), quote!(body(#media, #name)))
        }
        ContentPlan::Text => (
            quote!(#name: impl Into<String>),
            quote!(body_text(#media, #name.into())),
        ),
        ContentPlan::Empty | ContentPlan::Bytes => (
            quote!(#name: impl Into<bytes::Bytes>),
            quote!(body_bytes(#media, #name.into())),
        ),
    })
}

fn action_docs(action: &ActionPlan) -> Vec<String> {
    let mut lines = action.docs.as_deref().map(prose::lines).unwrap_or_default();
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.push(prose::code(&format!(
        "{} {}",
        action.http_method, action.path
    )));
    let scopes = scopes(&action.scopes);
    if !scopes.is_empty() {
        lines.push(String::new());
        lines.push(scopes);
    }
    if let Some(text) = action
        .success_docs
        .as_deref()
        .filter(|text| !text.is_empty())
    {
        lines.push(String::new());
        let text = prose::lines(text);
        lines.push(format!(
            "Returns: {}",
            text.first().cloned().unwrap_or_default()
        ));
        lines.extend(text.into_iter().skip(1));
    }
    lines
}

/// What a caller must be allowed to do, in a sentence.
fn scopes(alternatives: &[Vec<String>]) -> String {
    let quoted = |all: &Vec<String>| {
        all.iter()
            .map(|scope| prose::code(scope))
            .collect::<Vec<_>>()
            .join(" and ")
    };
    match alternatives {
        [] => String::new(),
        [all] => format!("Needs {}.", quoted(all)),
        many => {
            let many: Vec<String> = many.iter().map(quoted).collect();
            format!("Needs one of {}.", many.join(", "))
        }
    }
}

fn table(action: &ActionPlan) -> TokenStream {
    let name = ident(&action.table);
    let id = &action.name;
    let method = action.http_method;
    let accept = action.accept.as_deref().unwrap_or("*/*");
    let segments = action.segments.iter().map(|segment| match segment {
        SegmentPlan::Text(text) => quote!(runtime::Segment::Text(#text)),
        SegmentPlan::Parameter(index) => {
            let index = number(*index);
            quote!(runtime::Segment::Parameter(#index))
        }
    });
    let parameters = action.parameters.iter().map(parameter);
    let security = action.security.iter().map(|all| {
        let all = all.iter().map(|scheme| number(*scheme));
        quote!(&[#(#all),*])
    });
    quote! {
        static #name: runtime::Operation = runtime::Operation {
            id: #id,
            method: #method,
            path: &[#(#segments),*],
            parameters: &[#(#parameters),*],
            accept: #accept,
            security: &[#(#security),*],
        };
    }
}

/// A parameter as an entry of a table.
pub(super) fn parameter(plan: &ParameterPlan) -> TokenStream {
    let place = ident(plan.place);
    let wire = &plan.wire;
    let required = (plan.required && plan.place != "path").then(|| quote!(.required()));
    let default = plan.default.iter().map(|text| quote!(.default(#text)));
    let style = plan.style.iter().map(|style| {
        let style = ident(&format!("{style:?}"));
        quote!(.style(runtime::Style::#style))
    });
    let explode = plan
        .explode
        .iter()
        .map(|explode| quote!(.explode(#explode)));
    let reserved = plan.allow_reserved.then(|| quote!(.allow_reserved()));
    let from_client = plan.from_client.iter().map(|index| {
        let index = number(*index);
        quote!(.from_client(#index))
    });
    quote! {
        runtime::Parameter::#place(#wire)
            #required #(#default)* #(#style)* #(#explode)* #reserved #(#from_client)*
    }
}

fn request_struct(action: &ActionPlan) -> TokenStream {
    let name = ident(&action.request);
    let docs = doc_lines(&[format!(
        "A request of {}, not sent yet.",
        prose::code(&action.name)
    )]);
    quote! {
        #docs
        #[derive(Clone, Debug)]
        #[must_use = "a request does nothing until it is sent"]
        pub struct #name {
            call: runtime::Call,
        }
    }
}

fn request_methods(action: &ActionPlan, module: &str) -> TokenStream {
    let name = ident(&action.request);
    let given = |index: usize| action.arguments.contains(&Argument::Parameter(index));
    let mut methods: Vec<TokenStream> = action
        .parameters
        .iter()
        .enumerate()
        .filter(|(index, _)| !given(*index))
        .map(|(index, parameter)| setter(index, parameter, module))
        .collect();
    if !action.arguments.contains(&Argument::Body) {
        methods.extend(body_setter(action, module));
    }
    methods.push(options());
    methods.extend(sends(action, module));
    if let (Some(pages), ContentPlan::Json(page)) = (&action.pages, &action.success) {
        methods.extend(walks(action, pages, page, module));
    }
    let methods = spaced(methods);
    quote!(impl #name { #methods })
}

fn setter(index: usize, plan: &ParameterPlan, module: &str) -> TokenStream {
    let mut lines = match &plan.docs {
        Some(text) => prose::lines(text),
        None => vec![format!("Sets {}.", prose::code(&plan.wire))],
    };
    if plan.from_client.is_some() {
        lines.push(String::new());
        lines.push("For this call only; the client has the value for all others.".to_owned());
    } else if let Some(default) = &plan.default {
        lines.push(String::new());
        lines.push(format!("Sent as {} unless set.", prose::code(default)));
    }
    let docs = doc_lines(&lines);
    let deprecated = plan
        .deprecated
        .then(|| quote!(#[deprecated = "the API deprecates it"]));
    let name = ident(&plan.name);
    let index = number(index);
    let (parameter, value) = syntax::taken(&name, &plan.ty, Some(module));
    let expect = like_operator(&plan.name);
    quote! {
        #docs
        #deprecated
        #expect
        #[inline]
        pub fn #name(mut self, #parameter) -> Self {
            self.call.set(#index, &#value);
            self
        }
    }
}

fn body_setter(action: &ActionPlan, module: &str) -> Option<TokenStream> {
    let (parameter, statement) = body(action, module)?;
    let plan = action.body.as_ref()?;
    let docs = doc_lines(&match &plan.docs {
        Some(text) => prose::lines(text),
        None => vec!["Sets the body.".to_owned()],
    });
    let name = ident(&plan.name);
    Some(quote! {
        #docs
        #[inline]
        pub fn #name(mut self, #parameter) -> Self {
            self.call.#statement;
            self
        }
    })
}

fn options() -> TokenStream {
    quote! {
        /// Changes this call only: its timeout, its headers, its server.
        #[inline]
        pub fn options(mut self, options: runtime::CallOptions) -> Self {
            self.call.options(options);
            self
        }
    }
}

fn sends(action: &ActionPlan, module: &str) -> [TokenStream; 2] {
    let success = syntax::content(&action.success, Some(module));
    let error = ident(&action.errors.name);
    let decode = syntax::decoder(&action.success);
    [
        quote! {
            /// Sends the request.
            #[inline]
            pub fn send(self) -> runtime::Sending<#success, #error> { self.call.send(#decode) }
        },
        quote! {
            /// Sends the request; the answer has its status and headers beside the body.
            #[inline]
            pub fn send_with_meta(self) -> runtime::Sending<runtime::WithMeta<#success>, #error> {
                self.call.send_with_meta(#decode)
            }
        },
    ]
}

fn walks(action: &ActionPlan, pages: &PagesPlan, page: &Ty, module: &str) -> [TokenStream; 2] {
    let page = syntax::ty(page, Some(module));
    let item = syntax::ty(&pages.item, Some(module));
    let error = ident(&action.errors.name);
    let link = &pages.link;
    let field = ident(&pages.items);
    let items = if pages.optional {
        quote!(page.#field.unwrap_or_default())
    } else {
        quote!(page.#field)
    };
    [
        quote! {
            /// All pages from this one on, as a stream: each is fetched when it is asked for.
            #[inline]
            pub fn pages(self) -> runtime::Pages<#page, #error> {
                self.call.pages(response::json, &[#(#link),*])
            }
        },
        quote! {
            /// All items of all pages from this one on, as a stream.
            #[inline]
            pub fn items(self) -> runtime::Items<#item, #page, #error> {
                self.pages().items(|page| #items)
            }
        },
    ]
}

fn errors(action: &ActionPlan, resource: &ResourcePlan) -> Vec<TokenStream> {
    let name = ident(&action.errors.name);
    if let Some(twin) = &action.errors.alias_of {
        let twin = ident(twin);
        let doc = format!(" The documented failures of {}.", prose::code(&action.name));
        return vec![quote!(#[doc = #doc] pub type #name = #twin;)];
    }
    let shared = resource
        .actions
        .iter()
        .filter(|other| other.errors.alias_of.as_deref() == Some(action.errors.name.as_str()));
    let mut of: Vec<String> = vec![prose::code(&action.name)];
    of.extend(shared.map(|other| prose::code(&other.name)));
    let doc = doc_lines(&[format!("The documented failures of {}.", of.join(", "))]);
    let module = resource.module.as_str();
    let variants = action
        .errors
        .variants
        .iter()
        .map(|variant| error_variant(variant, module));
    vec![
        quote! {
            #doc
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum #name { #(#variants)* }
        },
        error_decoder(action),
    ]
}

fn error_variant(variant: &ErrorVariant, module: &str) -> TokenStream {
    let status = match variant.statuses {
        Some((first, last)) if first == last => first.to_string(),
        Some((first, last)) => format!("{first} to {last}"),
        None => "any other status".to_owned(),
    };
    let mut lines = vec![format!("{status}:")];
    let text = variant
        .docs
        .as_deref()
        .map(prose::lines)
        .unwrap_or_default();
    match text.split_first() {
        Some((first, rest)) => {
            lines[0] = format!("{status}: {first}");
            lines.extend(rest.iter().cloned());
        }
        None => lines[0] = format!("{status}."),
    }
    let docs = doc_lines(&lines);
    let name = ident(&variant.name);
    let payload = payload(variant, module);
    quote!(#docs #name #payload,)
}

fn payload(variant: &ErrorVariant, module: &str) -> Option<TokenStream> {
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

fn error_decoder(action: &ActionPlan) -> TokenStream {
    let name = ident(&action.errors.name);
    let body = match &action.errors.variants[..] {
        [] => quote! {
            let _ = response;
            Ok(None)
        },
        // Every failure is the same: there is nothing to tell apart.
        [only] if only.statuses.is_none() => {
            let value = error_value(only);
            let unused = (only.content == ContentPlan::Empty).then(|| quote!(let _ = response;));
            quote! {
                #unused
                Ok(Some(#value))
            }
        }
        variants => {
            let arms = variants.iter().map(error_arm);
            let every = variants.iter().any(|each| each.statuses.is_none());
            let otherwise = (!every).then(|| quote!(_ => return Ok(None),));
            quote! {
                Ok(Some(match response.status() {
                    #(#arms)*
                    #otherwise
                }))
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

fn error_arm(variant: &ErrorVariant) -> TokenStream {
    let value = error_value(variant);
    let pattern = match variant.statuses {
        Some((first, last)) => {
            let first_text = proc_macro2::Literal::u16_unsuffixed(first);
            let last_text = proc_macro2::Literal::u16_unsuffixed(last);
            if first == last {
                quote!(#first_text)
            } else {
                quote!(#first_text..=#last_text)
            }
        }
        None => quote!(_),
    };
    quote!(#pattern => #value,)
}

fn error_value(variant: &ErrorVariant) -> TokenStream {
    let name = ident(&variant.name);
    let decode = syntax::decoder(&variant.content);
    match (&variant.content, variant.boxed) {
        (ContentPlan::Empty, _) => quote!(Self::#name),
        (_, false) => quote!(Self::#name(#decode(response)?)),
        (_, true) => quote!(Self::#name(Box::new(#decode(response)?))),
    }
}
