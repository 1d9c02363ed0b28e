//! Where an API is: its servers, and the variables in their URLs.

/// A server. Its URL has variables in braces.
///
/// ```
/// use losant_invites::runtime::Server;
///
/// let server = Server::new("https://{region}.example.com").variables(&[("region", "eu")]);
/// assert_eq!(server.url(&[]), "https://eu.example.com");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Server {
    /// The URL.
    pub url: &'static str,
    /// The variables, each with what stands for it unless the client says otherwise.
    pub variables: &'static [(&'static str, &'static str)],
}

impl Server {
    /// A server without variables.
    pub const fn new(url: &'static str) -> Self {
        Self {
            url,
            variables: &[],
        }
    }

    /// The same with these variables.
    pub const fn variables(mut self, variables: &'static [(&'static str, &'static str)]) -> Self {
        self.variables = variables;
        self
    }

    /// Whether the URL has this variable.
    pub fn has(&self, variable: &str) -> bool {
        self.variables.iter().any(|(name, _)| *name == variable)
    }

    /// The URL with these values for its variables, the later before the earlier.
    pub fn url(&self, values: &[(&'static str, String)]) -> String {
        let mut url = self.url.to_owned();
        for (name, default) in self.variables {
            let mut set = values.iter().rev();
            let set = set.find(|(known, _)| known == name);
            let value = set.map_or(*default, |(_, value)| value);
            url = url.replace(&format!("{{{name}}}"), value);
        }
        url
    }
}
