//! Where in a JSON text reading stopped, such as `items[0].role`.
//!
//! An error of `serde_json` knows the line and the column. What lies before them is walked through
//! once more, as text: that costs nothing while all is well, and needs no second decoder of every
//! type that only remembers its way.

/// The place of an error in the text that it is about; `None` if it is the text as a whole.
#[cold]
pub(crate) fn of(text: &[u8], error: &serde_json::Error) -> Option<String> {
    let end = offset(text, error.line(), error.column())?;
    let mut walk = Walk::default();
    walk.over(text.get(..end).unwrap_or(text));
    // A value that is complete is not what is wrong with a text that is no JSON.
    if walk.complete && !error.is_data() {
        walk.next();
    }
    let path = written(&walk.trail);
    (!path.is_empty()).then_some(path)
}

/// How many bytes were read: lines are counted from one, and a column is what was read of a line.
fn offset(text: &[u8], line: usize, column: usize) -> Option<usize> {
    let before = line.checked_sub(1)?;
    let lines = text.split_inclusive(|byte| *byte == b'\n').take(before);
    lines.map(<[u8]>::len).sum::<usize>().checked_add(column)
}

/// An object or a list that has begun and not ended.
enum Step {
    /// With the key of the value that is read.
    Object(Option<String>),
    /// With the position of the value that is read, and whether it has begun.
    List(usize, bool),
}

/// A walk through the beginning of a text.
#[derive(Default)]
struct Walk {
    /// What is open.
    trail: Vec<Step>,
    /// Whether a value has just come to its end. Nobody knows that of a number.
    complete: bool,
}

impl Walk {
    fn over(&mut self, text: &[u8]) {
        let mut rest = text;
        while let Some((first, after)) = rest.split_first() {
            rest = match first {
                b' ' | b'\n' | b'\r' | b'\t' | b':' => after,
                b'"' => self.string(after),
                other => {
                    self.token(*other);
                    after
                }
            };
        }
    }

    fn token(&mut self, first: u8) {
        match first {
            b'{' => {
                self.begin();
                self.trail.push(Step::Object(None));
            }
            b'[' => {
                self.begin();
                self.trail.push(Step::List(0, false));
            }
            b'}' | b']' => {
                self.trail.pop();
                self.complete = true;
            }
            b',' => self.next(),
            _ => self.begin(),
        }
    }

    /// A string, which may be a key; what stands after it.
    fn string<'a>(&mut self, text: &'a [u8]) -> &'a [u8] {
        let inside = inside(text);
        let ends = inside.len() < text.len();
        match self.trail.last_mut() {
            // A key that is cut short is none: the place is the object around it.
            Some(Step::Object(key @ None)) if ends => *key = Some(unescaped(inside)),
            _ => {
                self.begin();
                self.complete = ends;
            }
        }
        text.get(inside.len() + 1..).unwrap_or_default()
    }

    /// A value begins.
    fn begin(&mut self) {
        self.complete = false;
        if let Some(Step::List(_, begun)) = self.trail.last_mut() {
            *begun = true;
        }
    }

    /// A value is over.
    fn next(&mut self) {
        self.complete = false;
        match self.trail.last_mut() {
            Some(Step::Object(key)) => *key = None,
            Some(Step::List(position, begun)) => (*position, *begun) = (*position + 1, false),
            None => {}
        }
    }
}

/// What stands before the quote that ends a string.
pub(crate) fn inside(text: &[u8]) -> &[u8] {
    let mut escaped = false;
    let ends = |byte: &u8| {
        let quote = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        quote
    };
    let end = text.iter().position(ends).unwrap_or(text.len());
    text.get(..end).unwrap_or(text)
}

/// The text of a key.
fn unescaped(inside: &[u8]) -> String {
    let plain = String::from_utf8_lossy(inside);
    if !plain.contains('\\') {
        return plain.into_owned();
    }
    let read = serde_json::from_str(&format!("\"{plain}\""));
    read.unwrap_or_else(|_| plain.into_owned())
}

fn written(trail: &[Step]) -> String {
    let mut path = String::new();
    for step in trail {
        match step {
            Step::Object(Some(key)) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(key);
            }
            Step::List(position, true) => {
                path.push('[');
                path.push_str(&position.to_string());
                path.push(']');
            }
            Step::Object(None) | Step::List(_, false) => {}
        }
    }
    path
}
