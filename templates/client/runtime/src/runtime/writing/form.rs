//! Bodies that are forms: `multipart/form-data` (RFC 7578) and
//! `application/x-www-form-urlencoded` (WHATWG URL, section 5).

use std::collections::hash_map::DefaultHasher;
use std::fmt;
use std::hash::{Hash, Hasher};

use serde::Serialize;
use serde_json::Value;

use crate::runtime::tables::parameter::Parameter;
use crate::runtime::transport::body::Upload;
use crate::runtime::writing::call::Call;
use crate::runtime::writing::style;
use crate::runtime::writing::url_encoded::url_encoded;

/// A file for a form: what is in it and, if known, its name and its media type.
///
/// ```
/// use sdkwright_runtime::File;
///
/// let picture = File::new(vec![0x89, b'P', b'N', b'G'])
///     .name("cat.png")
///     .media_type("image/png");
/// println!("{picture:?}");
/// ```
#[derive(Clone)]
pub struct File {
    content: Upload,
    name: Option<String>,
    media_type: Option<String>,
}

impl File {
    /// A file with this content. Servers often ignore files without a name, so its name is
    /// `file` unless it is set.
    ///
    /// A large file need not be in memory: an [`Upload`] may be a stream.
    pub fn new(content: impl Into<Upload>) -> Self {
        Self {
            content: content.into(),
            name: None,
            media_type: None,
        }
    }

    /// Sets the name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the media type; `application/octet-stream` or what the description says otherwise.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }
}

impl<T: Into<Upload>> From<T> for File {
    fn from(content: T) -> Self {
        Self::new(content)
    }
}

/// Shows the length of the content but not the content.
impl fmt::Debug for File {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("File")
            .field("name", &self.name)
            .field("media_type", &self.media_type)
            .field("content", &self.content)
            .finish()
    }
}

/// A form of several parts, in the order in which they are added.
///
/// ```
/// use sdkwright_runtime::{File, Form};
///
/// let mut form = Form::new();
/// form.field("name", "Tom");
/// form.file("picture", File::new("PNG").name("tom.png"));
/// println!("{form:?}");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Form {
    parts: Vec<Part>,
    problem: Option<String>,
}

/// A part as it is sent.
#[derive(Clone)]
struct Part {
    name: String,
    file_name: Option<String>,
    media_type: Option<String>,
    content: Upload,
}

/// Shows the name and the length but not the content.
impl fmt::Debug for Part {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {:?}", self.name, self.content)
    }
}

impl Form {
    /// A form without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file.
    pub fn file(&mut self, name: &str, file: impl Into<File>) {
        self.file_as(name, "application/octet-stream", file);
    }

    /// Adds a file that is of this media type unless it says otherwise.
    pub fn file_as(&mut self, name: &str, media_type: &str, file: impl Into<File>) {
        let file = file.into();
        self.parts.push(Part {
            name: name.to_owned(),
            file_name: Some(file.name.unwrap_or_else(|| "file".to_owned())),
            media_type: Some(file.media_type.unwrap_or_else(|| media_type.to_owned())),
            content: file.content,
        });
    }

    /// Adds files under one name, of this media type unless they say otherwise.
    pub fn files(&mut self, name: &str, media_type: &str, files: Vec<File>) {
        for file in files {
            self.file_as(name, media_type, file);
        }
    }

    /// Adds a value: texts, numbers and booleans as text, objects as JSON, the items of a list as
    /// parts of their own (OpenAPI 3.1, 4.8.15: `contentType`). Null is no part.
    pub fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        self.value(name, None, serde_json::to_value(value));
    }

    /// Adds a value as one part of this media type.
    pub fn field_as<T: Serialize + ?Sized>(&mut self, name: &str, media_type: &str, value: &T) {
        self.value(name, Some(media_type), serde_json::to_value(value));
    }

    /// Adds a value in a style: each of its pairs is a part, and nothing is encoded.
    pub fn styled<T: Serialize + ?Sized>(&mut self, parameter: &Parameter, value: &T) {
        match serde_json::to_value(value) {
            Ok(value) => {
                let pairs = style::plain_pairs(parameter, &value).into_iter();
                self.parts.extend(pairs.map(|(name, text)| Part {
                    name,
                    file_name: None,
                    media_type: None,
                    content: text.into(),
                }));
            }
            Err(error) => self.value(parameter.name(), None, Err(error)),
        }
    }

    fn value(&mut self, name: &str, media_type: Option<&str>, value: serde_json::Result<Value>) {
        match (value, media_type) {
            (Ok(Value::Null), _) => {}
            (Ok(Value::Array(items)), None) => {
                for item in items {
                    self.value(name, None, Ok(item));
                }
            }
            (Ok(value), media_type) => self.part(name, media_type, &value),
            (Err(error), _) => {
                let problem = format!("the part `{name}` cannot be written: {error}");
                self.problem.get_or_insert(problem);
            }
        }
    }

    fn part(&mut self, name: &str, media_type: Option<&str>, value: &Value) {
        let is_json = media_type.is_some_and(|said| said.contains("json"));
        let usual = value.is_object().then_some("application/json");
        let content = match value {
            Value::String(text) if !is_json => text.clone(),
            value => style::json(value),
        };
        self.parts.push(Part {
            name: name.to_owned(),
            file_name: None,
            media_type: media_type.or(usual).map(str::to_owned),
            content: content.into(),
        });
    }

    /// The media type, with the boundary, and the body; or why there is none.
    pub(crate) fn finish(self) -> Result<(String, Upload), String> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        let boundary = boundary(&self.parts);
        let mut body = Pieces::default();
        for part in &self.parts {
            body.text(&part.head(&boundary)?);
            body.content(&part.content);
            body.text("\r\n");
        }
        body.text(&format!("--{boundary}--\r\n"));
        Ok((
            format!("multipart/form-data; boundary={boundary}"),
            body.finish(),
        ))
    }
}

impl Part {
    /// What stands before its content.
    fn head(&self, boundary: &str) -> Result<String, String> {
        let mut head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"",
            quoted(&self.name)
        );
        if let Some(name) = &self.file_name {
            head.push_str(&format!("; filename=\"{}\"", quoted(name)));
        }
        if let Some(media_type) = &self.media_type {
            if media_type.contains(['\r', '\n']) {
                return Err(format!(
                    "the media type of part `{}` has a line break",
                    self.name
                ));
            }
            head.push_str(&format!("\r\nContent-Type: {media_type}"));
        }
        head.push_str("\r\n\r\n");
        Ok(head)
    }
}

/// A body as it grows: what is in memory side by side is one piece.
#[derive(Default)]
struct Pieces {
    done: Vec<Upload>,
    open: Vec<u8>,
}

impl Pieces {
    fn text(&mut self, text: &str) {
        self.open.extend_from_slice(text.as_bytes());
    }

    fn content(&mut self, content: &Upload) {
        match content.as_bytes() {
            Some(bytes) => self.open.extend_from_slice(bytes),
            None => {
                self.done.push(std::mem::take(&mut self.open).into());
                self.done.push(content.clone());
            }
        }
    }

    fn finish(mut self) -> Upload {
        let last = Upload::from(self.open);
        if self.done.is_empty() {
            return last;
        }
        self.done.push(last);
        Upload::chain(self.done)
    }
}

/// A name within quotes (HTML, 4.10.22.8: multipart form data).
fn quoted(text: &str) -> String {
    text.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A line that is in none of the parts. It is the same for the same parts, except that nobody
/// knows what a stream holds: then it cannot be guessed.
fn boundary(parts: &[Part]) -> String {
    let mut hasher = DefaultHasher::new();
    for part in parts {
        (&part.name, part.content.as_bytes()).hash(&mut hasher);
    }
    if parts.iter().any(|part| part.content.as_bytes().is_none()) {
        return format!("sdk-{:016x}{:016x}", fastrand::u64(..), hasher.finish());
    }
    loop {
        let boundary = format!("sdk-{:016x}", hasher.finish());
        let line = boundary.as_bytes();
        let holds = |part: &Part| {
            let bytes = part.content.as_bytes().map(|bytes| &bytes[..]);
            let mut windows = bytes.unwrap_or_default().windows(line.len());
            windows.any(|window| window == line)
        };
        if !parts.iter().any(holds) {
            return boundary;
        }
        boundary.hash(&mut hasher);
    }
}

impl Call {
    /// Sets a body whose fields are written as in a query; `styles` are the fields with a style
    /// of their own.
    pub fn body_form<T: Serialize + ?Sized>(
        &mut self,
        media_type: &str,
        value: &T,
        styles: &[Parameter],
    ) {
        let value = serde_json::to_value(value).map_err(|error| error.to_string());
        #[cfg(feature = "check-values")]
        self.keep_form(&value);
        match value.and_then(|value| url_encoded(&value, styles)) {
            Ok(text) => self.body_text(media_type, text),
            Err(error) => self.problem(format!("the body cannot be written as a form: {error}")),
        }
    }

    /// Sets a body of several parts.
    pub fn body_parts(&mut self, form: Form) {
        match form.finish() {
            Ok((media_type, content)) => self.body_bytes(&media_type, content),
            Err(problem) => self.problem(problem),
        }
    }
}
