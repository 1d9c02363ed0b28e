//! Where an API is: its servers, and the variables in their URLs.

/// A server. Its URL has variables in braces.
///
/// ```
/// use sdkwright_runtime::Server;
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

    /// The URL with these values for its variables, the later before the earlier. A value in the
    /// middle of the host cannot end it: then there is no such host.
    pub fn url(&self, values: &[(&'static str, String)]) -> String {
        let mut url = String::with_capacity(self.url.len());
        let mut rest = self.url;
        while let Some((text, after)) = rest.split_once('{') {
            url.push_str(text);
            let name = after.split_once('}');
            match name.and_then(|(name, left)| Some((self.value(name, values)?, left))) {
                Some((value, left)) => {
                    match in_host(&url, left) {
                        true => url.push_str(&value.replace(['/', '\\'], "%2F")),
                        false => url.push_str(value),
                    }
                    rest = left;
                }
                None => {
                    url.push('{');
                    rest = after;
                }
            }
        }
        url.push_str(rest);
        url
    }

    /// The value of a variable; `None` if the URL has no such variable.
    fn value<'a>(&self, name: &str, values: &'a [(&'static str, String)]) -> Option<&'a str> {
        let (_, default) = self.variables.iter().find(|(known, _)| *known == name)?;
        let set = values.iter().rev().find(|(known, _)| *known == name);
        Some(set.map_or(*default, |(_, value)| value))
    }
}

/// Whether what stands between these is a part of the host, and not its end.
fn in_host(before: &str, behind: &str) -> bool {
    let host = before.split_once("://").map(|(_, host)| host);
    host.is_some_and(|host| !host.contains('/')) && !behind.is_empty() && !behind.starts_with('/')
}
