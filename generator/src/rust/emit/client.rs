//! `client.rs`: the client, its builder, and the table of what is the same for every call.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::plan::{
    CratePlan, CredentialKind, GrantKind, GrantPlan, ParameterPlan, SchemePlan,
};
use super::super::print::{self, block, doc_lines};
use super::syntax::{self, binding, ident, number};
use super::{limits, prose, resource, servers};

/// The file of the client.
pub(super) fn file(plan: &CratePlan) -> syn::Result<String> {
    let docs = [format!(
        "The client of {} and its builder.",
        prose::line(&plan.api())
    )];
    let secret = (!plan.client.schemes.is_empty()).then(|| quote!(SecretString,));
    let mut schemes = plan.client.schemes.iter();
    let fetched = schemes.any(|scheme| scheme.provider.is_some());
    let provider = fetched.then(|| quote!(TokenProvider,));
    let imports = [
        quote!(std::time::Duration),
        quote!(crate::runtime::{
            self, BuildError, Clock, Hook, RetryPolicy, #secret #provider Transport
        }),
    ];
    let module = (!plan.limits.is_empty()).then(|| {
        let gate = syntax::gate(&[limits::FEATURE.to_owned()]);
        quote!(#gate pub(crate) mod limits;)
    });
    let mut items: Vec<TokenStream> = module.into_iter().collect();
    items.extend([
        table(plan),
        client(plan),
        handles(plan),
        builder(),
        settings(plan),
    ]);
    items.extend(servers::choices(plan));
    print::file(&super::head(plan, &docs), &imports, items)
}

fn table(plan: &CratePlan) -> TokenStream {
    let name = &plan.name;
    let servers = plan.client.servers.iter().map(servers::server);
    let schemes = plan.client.schemes.iter().map(scheme);
    let parameters = plan.client.parameters.iter().map(resource::parameter);
    let request_ids = &plan.client.request_id_headers;
    quote! {
        pub(crate) static API: runtime::Api = runtime::Api {
            name: #name,
            version: env!("CARGO_PKG_VERSION"),
            servers: &[#(#servers),*],
            schemes: &[#(#schemes),*],
            parameters: &[#(#parameters),*],
            request_id_headers: &[#(#request_ids),*],
        };
    }
}

fn scheme(plan: &SchemePlan) -> TokenStream {
    let key = &plan.key;
    let kind = match &plan.kind {
        CredentialKind::Bearer => quote!(Bearer),
        CredentialKind::Basic => quote!(Basic),
        CredentialKind::Header { name, prefix } => quote!(Header { name: #name, prefix: #prefix }),
        CredentialKind::Query(name) => quote!(Query { name: #name }),
        CredentialKind::Cookie(name) => quote!(Cookie { name: #name }),
    };
    quote!(runtime::Scheme { name: #key, kind: runtime::SchemeKind::#kind })
}

fn client(plan: &CratePlan) -> TokenStream {
    let docs = doc_lines(&[
        format!("A client of {}.", prose::line(&plan.api())),
        String::new(),
        "Cheap to clone and safe to share: all clones use the same connections.".to_owned(),
    ]);
    let unused = plan
        .resources
        .is_empty()
        .then(|| quote!(#[expect(dead_code, reason = "the API has no actions")]));
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct Client {
            #unused
            core: runtime::Core,
        }
    }
}

fn handles(plan: &CratePlan) -> TokenStream {
    let builder = quote! {
        /// Begins a client.
        #[inline]
        pub fn builder() -> ClientBuilder {
            ClientBuilder { core: runtime::CoreBuilder::new(&API) }
        }
    };
    let handles = plan.resources.iter().map(|resource| {
        let docs = doc_lines(&match &resource.docs {
            Some(text) => prose::lines(text),
            None => vec![format!("The actions of {}.", prose::code(&resource.key))],
        });
        let module = ident(&resource.module);
        let handle = ident(&resource.handle);
        let gate = syntax::gate(resource.feature.as_slice());
        quote! {
            #docs
            #gate
            #[inline]
            #[must_use]
            pub fn #module(&self) -> crate::#module::#handle {
                crate::#module::#handle { core: self.core.clone() }
            }
        }
    });
    let methods = [builder].into_iter().chain(handles).collect();
    block(quote!(impl Client), methods)
}

fn builder() -> TokenStream {
    quote! {
        /// What a client is made with.
        #[derive(Clone, Debug)]
        #[must_use = "a builder does nothing until `build` is called"]
        pub struct ClientBuilder {
            core: runtime::CoreBuilder,
        }
    }
}

fn settings(plan: &CratePlan) -> TokenStream {
    let schemes = plan.client.schemes.iter().enumerate();
    let mut methods: Vec<TokenStream> = schemes
        .flat_map(|(index, scheme)| {
            let mut methods = vec![credential(index, scheme)];
            methods.extend(provider(index, scheme));
            methods.extend(scheme.grants.iter().map(|plan| grant(index, scheme, plan)));
            methods
        })
        .collect();
    let parameters = plan.client.parameters.iter().enumerate();
    methods.extend(parameters.map(|(index, parameter)| shared_parameter(index, parameter)));
    methods.extend(servers::setters(plan));
    methods.extend(common());
    methods.extend(strict());
    methods.extend((!plan.limits.is_empty()).then(unchecked));
    block(quote!(impl ClientBuilder), methods)
}

fn credential(index: usize, plan: &SchemePlan) -> TokenStream {
    let name = ident(&plan.setter);
    let index = number(index);
    let deprecated = plan
        .deprecated
        .then(|| quote!(#[deprecated = "the API deprecates it"]));
    let docs = |what: &str| {
        let mut lines = vec![format!("Sets {what}."), String::new()];
        let sends = plan.said.sends(prose::code);
        lines.push(format!("Scheme {}: {sends}.", prose::code(&plan.key)));
        if let Some(text) = &plan.docs {
            lines.push(String::new());
            lines.extend(prose::lines(text));
        }
        doc_lines(&lines)
    };
    if plan.kind == CredentialKind::Basic {
        let docs = docs("the user name and the password that calls identify themselves with");
        return quote! {
            #docs
            #deprecated
            #[inline]
            pub fn #name(
                mut self,
                user: impl Into<String>,
                password: impl Into<SecretString>,
            ) -> Self {
                self.core.credential_pair(#index, user, password);
                self
            }
        };
    }
    let docs = docs(match &plan.kind {
        CredentialKind::Bearer => "the token that calls identify themselves with",
        _ => "the key that calls identify themselves with",
    });
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #name(mut self, secret: impl Into<SecretString>) -> Self {
            self.core.credential(#index, secret);
            self
        }
    }
}

/// The setter of a source of tokens.
fn provider(index: usize, plan: &SchemePlan) -> Option<TokenStream> {
    let name = ident(plan.provider.as_ref()?);
    let index = number(index);
    let docs = doc_lines(&[format!(
        "Fetches what `{}` would set when it is needed, and again when the server refuses it.",
        plan.setter
    )]);
    Some(quote! {
        #docs
        #[inline]
        pub fn #name(mut self, provider: impl TokenProvider) -> Self {
            self.core.credential_provider(#index, provider);
            self
        }
    })
}

/// The setter of a grant of OAuth 2.0.
fn grant(index: usize, scheme: &SchemePlan, plan: &GrantPlan) -> TokenStream {
    let name = ident(&plan.setter);
    let index = number(index);
    let url = &plan.token_url;
    let provider = scheme.provider.as_deref().unwrap_or_default();
    let more = format!(
        "For scopes and the like give a [`runtime::OAuth2`] to [`{provider}`](Self::{provider})."
    );
    let docs = |what: &str| {
        doc_lines(&[
            format!("Gets tokens from {} {what}.", prose::code(url)),
            String::new(),
            more.clone(),
        ])
    };
    let (docs, grant, secret) = match plan.kind {
        GrantKind::ClientCredentials => (
            docs("for the program itself, by its id and its secret"),
            ident("client_credentials"),
            ident("client_secret"),
        ),
        GrantKind::RefreshToken => (
            docs("for a user who agreed earlier, by a refresh token"),
            ident("refresh_token"),
            ident("refresh_token"),
        ),
    };
    quote! {
        #docs
        #[inline]
        pub fn #name(
            mut self,
            client_id: impl Into<String>,
            #secret: impl Into<SecretString>,
        ) -> Self {
            let tokens = runtime::OAuth2::#grant(#url, client_id, #secret);
            self.core.credential_provider(#index, tokens);
            self
        }
    }
}

fn shared_parameter(index: usize, plan: &ParameterPlan) -> TokenStream {
    let mut lines = match &plan.docs {
        Some(text) => prose::lines(text),
        None => vec![format!("Sets {}.", prose::code(&plan.wire))],
    };
    lines.push(String::new());
    lines.push("Sent with every call that takes it; a call can set a value of its own.".to_owned());
    if plan.required && plan.default.is_none() {
        lines.push("Required: a client cannot be built without it.".to_owned());
    }
    let docs = doc_lines(&lines);
    let name = ident(&plan.name);
    let index = number(index);
    let (parameter, value) = syntax::taken(&binding(&plan.name), &plan.ty, Some(""));
    quote! {
        #docs
        #[inline]
        pub fn #name(mut self, #parameter) -> Self {
            self.core.parameter(#index, &#value);
            self
        }
    }
}

/// What the builder of a client that minds differences has.
fn strict() -> [TokenStream; 2] {
    let gate = syntax::gate(&["strict".to_owned()]);
    [
        quote! {
            /// Lets calls fail whose answers differ from the description: new fields and values,
            /// missing lists. `Error::drifts` lists all differences.
            #gate
            #[inline]
            pub fn strict(mut self) -> Self {
                self.core.strict();
                self
            }
        },
        quote! {
            /// Tells this function of the differences between each answer and the description.
            #gate
            #[inline]
            pub fn on_drift(mut self, tell: impl runtime::drift::OnDrift) -> Self {
                self.core.on_drift(tell);
                self
            }
        },
    ]
}

/// What the builder of a client that checks has.
fn unchecked() -> TokenStream {
    let gate = syntax::gate(&[limits::FEATURE.to_owned()]);
    quote! {
        /// Sends calls as they are, whatever the description says of bounds, lengths and
        /// patterns. A pattern is looked for by trying, without a limit of time: leave out checks
        /// of texts from strangers if a pattern repeats what is repeated, as `(a+)+` does.
        #gate
        #[inline]
        pub fn unchecked(mut self) -> Self {
            self.core.unchecked();
            self
        }
    }
}

/// What every builder has.
fn common() -> Vec<TokenStream> {
    vec![
        quote! {
            /// Talks to another server; its path stands before the path of every action.
            #[inline]
            pub fn base_url(mut self, url: impl Into<String>) -> Self {
                self.core.base_url(url);
                self
            }
        },
        quote! {
            /// Limits how long a call may take in all, with all its attempts; 60 seconds unless
            /// set.
            #[inline]
            pub fn timeout(mut self, limit: Duration) -> Self {
                self.core.timeout(limit);
                self
            }
        },
        quote! {
            /// Limits how long each attempt of a call may take; only the whole call is limited
            /// unless set.
            #[inline]
            pub fn attempt_timeout(mut self, limit: Duration) -> Self {
                self.core.attempt_timeout(limit);
                self
            }
        },
        quote! {
            /// Says how often and how soon calls that failed are sent again, where that is safe;
            /// up to three attempts unless set.
            #[inline]
            pub fn retries(mut self, policy: RetryPolicy) -> Self {
                self.core.retries(policy);
                self
            }
        },
        quote! {
            /// Limits the bytes of a body that is held in memory; 256 MiB unless set.
            #[inline]
            pub fn largest_body(mut self, bytes: u64) -> Self {
                self.core.largest_body(bytes);
                self
            }
        },
        quote! {
            /// Limits how long a connection may take to be made; 10 seconds unless set.
            #[inline]
            pub fn connect_timeout(mut self, limit: Duration) -> Self {
                self.core.connect_timeout(limit);
                self
            }
        },
        quote! {
            /// Sends a header with every call.
            #[inline]
            pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
                self.core.header(name, value);
                self
            }
        },
        quote! {
            /// Shows each attempt of each call to a hook, which may add headers.
            #[inline]
            pub fn hook(mut self, hook: impl Hook) -> Self {
                self.core.hook(hook);
                self
            }
        },
        quote! {
            /// Measures time by another clock, for tests.
            #[inline]
            pub fn clock(mut self, clock: impl Clock) -> Self {
                self.core.clock(clock);
                self
            }
        },
        quote! {
            /// Sends requests through something else than reqwest.
            #[inline]
            pub fn transport(mut self, transport: impl Transport) -> Self {
                self.core.transport(transport);
                self
            }
        },
        quote! {
            /// Makes the client.
            ///
            /// # Errors
            /// If a required parameter is missing, or a setting cannot be used; the error says
            /// which. Credentials are not required: without them calls go out as they are.
            #[inline]
            pub fn build(self) -> Result<Client, BuildError> {
                Ok(Client { core: self.core.build()? })
            }
        },
    ]
}
