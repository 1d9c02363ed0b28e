//! A module of a resource: its actions, a request for each, their errors.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::plan::{
    ActionPlan, Argument, BodyWay, CratePlan, ParameterPlan, ResourcePlan, SegmentPlan, StreamPlan,
    Ty,
};
use super::super::print::{self, block, doc_lines};
use super::syntax::{self, Derives, binding, ident, number};
use super::types::{definition, like_operator, too_many};
use super::{
    answers, bodies, events, fakes, headers, limits, pages, prose, resource_imports, servers, texts,
};

/// The file of a resource.
pub(super) fn file(plan: &CratePlan, resource: &ResourcePlan) -> syn::Result<String> {
    let module = Some(resource.module.as_str());
    let mut docs = vec![format!("The actions of {}.", prose::code(&resource.key))];
    if let Some(text) = &resource.docs {
        docs.push(String::new());
        docs.extend(prose::lines(text));
    }
    let handle = [fakes_module(), handle(resource), actions(resource, plan)];
    let data = Derives::of(plan);
    let requests = resource.actions.iter();
    let requests = requests.flat_map(|action| request(action, resource, &data));
    let types = resource.types.iter();
    let types = types.flat_map(|ty| definition(ty, &data, module));
    print::file(
        &super::head(plan, &docs),
        &resource_imports::of(resource),
        handle.into_iter().chain(requests).chain(types),
    )
}

/// All that belongs to one action: what it takes, its request, what comes back.
fn request(action: &ActionPlan, resource: &ResourcePlan, data: &Derives) -> Vec<TokenStream> {
    let mut items: Vec<TokenStream> = Vec::new();
    items.extend(bodies::form(action, &resource.module));
    items.push(table(action));
    items.extend(action.pages.as_ref().map(pages::table));
    if action.is_plain() {
        items.push(request_alias(action, &resource.module));
    } else {
        items.push(request_struct(action));
        items.push(request_methods(action, &resource.module));
    }
    items.extend(answers::successes(action, resource, data));
    items.extend(events::kinds(action, &resource.module, data));
    items.extend(answers::errors(action, resource, data));
    items.extend(headers::view(action, resource));
    items
}

/// The module of expectations, which only tests have.
fn fakes_module() -> TokenStream {
    let gate = syntax::gate(&[fakes::FEATURE.to_owned()]);
    let fakes = ident(fakes::MODULE);
    quote!(#gate pub mod #fakes;)
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

fn actions(resource: &ResourcePlan, plan: &CratePlan) -> TokenStream {
    let name = ident(&resource.handle);
    let methods = resource
        .actions
        .iter()
        .flat_map(|action| methods(action, &resource.module, plan))
        .collect();
    block(quote!(impl #name), methods)
}

/// The methods that make requests of an action: one for each way to send its body.
fn methods(action: &ActionPlan, module: &str, plan: &CratePlan) -> Vec<TokenStream> {
    let docs = texts::of_action(action, &plan.client, module);
    let documented = |note: Option<String>, sample: &str| {
        let mut docs = docs.clone();
        docs.extend(note.into_iter().flat_map(|note| [String::new(), note]));
        docs.push(String::new());
        docs.extend(texts::sample(sample, &plan.name));
        docs
    };
    let usual = documented(None, &action.sample);
    let way = action.body.as_ref().map(|body| &body.usual);
    let usual = method(action, module, &action.method, way, &usual);
    let body = action.body.iter().filter(|body| body.required);
    let others = body.flat_map(|body| &body.others).map(|way| {
        let note = format!("The body is {}.", prose::code(&way.media_type));
        let docs = documented(Some(note), &way.sample);
        method(action, module, &way.method, Some(way), &docs)
    });
    [usual].into_iter().chain(others).collect()
}

fn method(
    action: &ActionPlan,
    module: &str,
    name: &str,
    way: Option<&BodyWay>,
    docs: &[String],
) -> TokenStream {
    let docs = doc_lines(docs);
    let deprecated = action
        .deprecated
        .then(|| quote!(#[deprecated = "the API deprecates it"]));
    let name = ident(name);
    let request = ident(&action.request);
    let made = match action.is_plain() {
        true if syntax::is_json(&action.success) => quote!(call.json_request()),
        true => {
            let decode = syntax::decoder(&action.success);
            quote!(call.request(#decode))
        }
        false => quote!(#request { call }),
    };
    let table = ident(&action.table);
    let mut taken = Vec::new();
    let mut set = Vec::new();
    for argument in &action.arguments {
        match argument {
            Argument::Parameter(index) => {
                let Some(parameter) = action.parameters.get(*index) else {
                    continue;
                };
                let (parameter, statement) = set_parameter(*index, parameter, module);
                taken.push(parameter);
                set.push(quote!(call.#statement;));
            }
            Argument::Body => {
                let (Some(body), Some(way)) = (&action.body, way) else {
                    continue;
                };
                let (parameter, statement) = bodies::taken(body, way, module);
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
            #made
        }
    }
}

/// A path as tables have it: positions in braces. A brace of the text itself is sent as it is written
/// here.
fn path(segments: &[SegmentPlan]) -> String {
    let pieces = segments.iter().map(|segment| match segment {
        SegmentPlan::Text(text) => text.replace('{', "%7B").replace('}', "%7D"),
        SegmentPlan::Parameter(index) => format!("{{{index}}}"),
    });
    pieces.collect()
}

/// The static table: what it does not say is as `runtime::Operation::USUAL` has it.
fn table(action: &ActionPlan) -> TokenStream {
    let name = ident(&action.table);
    let id = &action.name;
    let method = &action.http_method;
    let path = path(&action.segments);
    let parameters = action.parameters.iter().map(parameter);
    let security = action.security.iter().map(|all| {
        let all = all.iter().map(|scheme| number(*scheme));
        quote!(&[#(#all),*])
    });
    let accept = action.accept.iter().map(|accept| quote!(accept: #accept,));
    let server = action.server.iter().map(servers::server);
    let unusual: Vec<TokenStream> = [
        (!action.parameters.is_empty()).then(|| quote!(parameters: &[#(#parameters),*],)),
        action.accept.is_some().then(|| quote!(#(#accept)*)),
        (!action.security.is_empty()).then(|| quote!(security: &[#(#security),*],)),
        action
            .server
            .is_some()
            .then(|| quote!(#(server: Some(#server),)*)),
        action.redirects.then(|| quote!(redirects: true,)),
        limits::of_action(action),
    ]
    .into_iter()
    .flatten()
    .collect();
    let all = if action.limits.is_some() { 6 } else { 5 };
    let rest = (unusual.len() < all).then(|| quote!(..runtime::Operation::USUAL));
    quote! {
        pub(crate) static #name: runtime::Operation = runtime::Operation {
            id: #id,
            method: #method,
            path: #path,
            #(#unusual)*
            #rest
        };
    }
}

/// A parameter as an entry of a table.
pub(super) fn parameter(plan: &ParameterPlan) -> TokenStream {
    let place = ident(&plan.place.to_ascii_uppercase());
    let wire = &plan.wire;
    let lower = wire.to_ascii_lowercase();
    let sent_as = (plan.place == "header" && lower != *wire).then(|| quote!(.sent_as(#lower)));
    let required = (plan.required && plan.place != "path").then(|| quote!(.required()));
    let default = plan.default.iter().map(|text| quote!(.default(#text)));
    let style = plan.style.iter().map(|style| {
        let style = ident(&format!("{style:?}"));
        quote!(.style(runtime::Style::#style))
    });
    let json = plan.json.then(|| quote!(.style(runtime::Style::Json)));
    let text = plan.text.then(|| quote!(.style(runtime::Style::Text)));
    let fields = (!plan.fields.is_empty()).then(|| {
        let fields = plan.fields.iter().map(bodies::style);
        quote!(.fields(&[#(#fields),*]))
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
    let more = quote! {
        #sent_as #required #(#default)* #(#style)* #json #text #(#explode)* #reserved #fields
        #(#from_client)*
    };
    table_entry(wire, &place, &more)
}

/// The entry of a parameter: its name, and the usual manner of its place or one made of it.
pub(super) fn table_entry(wire: &str, place: &Ident, more: &TokenStream) -> TokenStream {
    match more.is_empty() {
        true => quote!(runtime::Parameter(#wire, runtime::#place)),
        false => quote!(runtime::Parameter(#wire, runtime::#place #more)),
    }
}

fn request_docs(action: &ActionPlan) -> TokenStream {
    let name = prose::code(&action.name);
    doc_lines(&[format!("A request of {name}, not sent yet.")])
}

/// The name of a request that is like all others that have nothing of their own.
fn request_alias(action: &ActionPlan, module: &str) -> TokenStream {
    let docs = request_docs(action);
    let name = ident(&action.request);
    let success = syntax::content(&action.success, Some(module));
    let error = ident(&action.errors.name);
    quote! {
        #docs
        pub type #name = runtime::Request<#success, #error>;
    }
}

fn request_struct(action: &ActionPlan) -> TokenStream {
    let docs = request_docs(action);
    let name = ident(&action.request);
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
    let mut methods: Vec<TokenStream> = action
        .optional()
        .map(|(index, parameter)| setter(index, parameter, module))
        .collect();
    if !action.arguments.contains(&Argument::Body) {
        methods.extend(bodies::setters(action, module));
    }
    methods.push(options());
    methods.extend(sends(action, module));
    methods.extend(
        action
            .streams
            .iter()
            .map(|plan| stream(action, plan, module)),
    );
    if let Some(pages) = &action.pages {
        methods.extend(pages::walks(action, pages, module));
    }
    block(quote!(impl #name), methods)
}

/// A parameter as an argument, and the statement that sets it.
fn set_parameter(index: usize, plan: &ParameterPlan, module: &str) -> (TokenStream, TokenStream) {
    let name = binding(&plan.name);
    let index = number(index);
    let (parameter, value) = syntax::taken(&name, &plan.ty, Some(module));
    let statement = match plan.ty {
        Ty::String => quote!(set_text(#index, #name)),
        _ => quote!(set(#index, &#value)),
    };
    (parameter, statement)
}

fn setter(index: usize, plan: &ParameterPlan, module: &str) -> TokenStream {
    let docs = doc_lines(&texts::of_setter(plan));
    let deprecated = plan
        .deprecated
        .then(|| quote!(#[deprecated = "the API deprecates it"]));
    let name = ident(&plan.name);
    let (parameter, statement) = set_parameter(index, plan, module);
    let expect = like_operator(&plan.name);
    quote! {
        #docs
        #deprecated
        #expect
        #[inline]
        pub fn #name(mut self, #parameter) -> Self {
            self.call.#statement;
            self
        }
    }
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

fn sends(action: &ActionPlan, module: &str) -> Vec<TokenStream> {
    let success = syntax::content(&action.success, Some(module));
    let error = ident(&action.errors.name);
    let decode = syntax::decoder(&action.success);
    if action.success.streams() {
        return vec![quote! {
            /// Sends the request; a success is read as it arrives.
            #[inline]
            pub fn send(self) -> runtime::Opening<#success, #error> { self.call.open(#decode) }
        }];
    }
    let (send, send_with_meta) = match syntax::is_json(&action.success) {
        true => (quote!(json()), quote!(json_with_meta())),
        false => (quote!(send(#decode)), quote!(send_with_meta(#decode))),
    };
    vec![
        quote! {
            /// Sends the request.
            #[inline]
            pub fn send(self) -> runtime::Sending<#success, #error> { self.call.#send }
        },
        quote! {
            /// Sends the request; the answer has its status and headers beside the body.
            #[inline]
            pub fn send_with_meta(self) -> runtime::Sending<runtime::WithMeta<#success>, #error> {
                self.call.#send_with_meta
            }
        },
    ]
}

/// The method that asks for what arrives bit by bit, where a success may also come whole.
fn stream(action: &ActionPlan, plan: &StreamPlan, module: &str) -> TokenStream {
    let asked = prose::code(&plan.media_type);
    let docs = doc_lines(&[
        format!("Sends the request and asks for {asked}, which is read as it arrives."),
        String::new(),
        "An API that chooses by the body has to be asked there, too.".to_owned(),
    ]);
    let name = ident(&plan.method);
    let success = syntax::content(&plan.content, Some(module));
    let error = ident(&action.errors.name);
    let wrap = syntax::decoder(&plan.content);
    let (media_type, accept) = (&plan.media_type, &plan.accept);
    quote! {
        #docs
        #[inline]
        pub fn #name(self) -> runtime::Opening<#success, #error> {
            self.call.open_as(#media_type, #accept, #wrap)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{SegmentPlan, path};

    #[test]
    fn braces_in_a_path_stand_for_parameters_only() {
        let segments = [
            SegmentPlan::Text("/pets/".to_owned()),
            SegmentPlan::Parameter(12),
            SegmentPlan::Text("/{odd}/".to_owned()),
            SegmentPlan::Parameter(0),
        ];
        assert_eq!(path(&segments), "/pets/{12}/%7Bodd%7D/{0}");
    }
}
