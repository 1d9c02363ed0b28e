//! Text that means nothing but itself.

/// What stands for text in a paragraph of a description, its escapes as they are, with what
/// rustdoc would take for more escaped.
pub(super) fn edited(source: &str, within: Within, out: &mut String) {
    let mut rest = source;
    while let Some(letter) = rest.chars().next() {
        let length = letter.len_utf8();
        if letter == 'h'
            && !within.link
            && let Some(length) = address(rest)
        {
            out.extend(["<", &unescaped(&rest[..length]), ">"]);
            rest = &rest[length..];
            continue;
        }
        rest = &rest[length..];
        match letter {
            '\\' => match rest.chars().next() {
                Some(escaped) if escaped.is_ascii_punctuation() => {
                    out.extend(['\\', escaped]);
                    rest = &rest[1..];
                }
                Some(_) if address(rest).is_none() => out.push('\\'),
                // What is printed next must not be escaped.
                _ => out.push_str("\\\\"),
            },
            '[' | ']' | '<' | '`' => out.extend(['\\', letter]),
            '|' if within.table => out.push_str("\\|"),
            '\t' => out.push(' '),
            letter => out.push(letter),
        }
    }
}

/// What a text stands in.
#[derive(Clone, Copy, Default)]
pub(super) struct Within {
    pub(super) link: bool,
    pub(super) table: bool,
}

/// Text that is no Markdown, as Markdown.
pub(super) fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        let is_mark = match letter {
            '_' => {
                let after = letters.peek().copied().unwrap_or(' ');
                !(before.is_alphanumeric() && after.is_alphanumeric())
            }
            '\\' | '`' | '*' | '[' | ']' | '<' | '&' | '~' | '|' => true,
            _ => false,
        };
        out.extend(is_mark.then_some('\\'));
        out.push(match letter {
            '\n' => ' ',
            letter => letter,
        });
        before = letter;
    }
    out
}

/// A line of a paragraph, so that it begins no other block.
pub(super) fn line_start(line: &str) -> String {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    if (1..10).contains(&digits) && is_mark(&line[digits..], &['.', ')']) {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    let hashes = line.chars().take_while(|letter| *letter == '#').count();
    let is_heading = (1..7).contains(&hashes) && is_blank_next(&line[hashes..]);
    let is_rule = |mark: char| line.chars().all(|letter| letter == mark || letter == ' ');
    let is_row = line.contains('-') && line.chars().all(|letter| "-:| ".contains(letter));
    let begins = is_heading
        || line.starts_with('>')
        || line.starts_with("~~~")
        || is_mark(line, &['-', '+', '*'])
        || ['=', '-', '*', '_'].into_iter().any(is_rule)
        || is_row;
    match begins && !line.is_empty() {
        true => format!("\\{line}"),
        false => line.to_owned(),
    }
}

/// Whether a printed line begins a block that is no paragraph.
pub(super) fn begins_block(line: &str) -> bool {
    line.starts_with("```") || line.starts_with('|') || line_start(line) != line
}

fn is_mark(line: &str, marks: &[char]) -> bool {
    line.strip_prefix(marks).is_some_and(is_blank_next)
}

fn is_blank_next(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with([' ', '\t'])
}

/// The target of a link, so that it ends where it ends.
pub(super) fn target(target: &str, table: bool) -> String {
    let mut out = String::with_capacity(target.len());
    for letter in target.trim().chars() {
        let escapes =
            matches!(letter, '\\' | '(' | ')' | '<' | '>' | '*' | '&') || (letter == '|' && table);
        // An ampersand is common in addresses, and means something with a semicolon only.
        let escapes = escapes && (letter != '&' || target.contains(';'));
        out.extend(escapes.then_some('\\'));
        out.push(letter);
    }
    out
}

/// A code span.
pub(super) fn code(text: &str, table: bool) -> String {
    let ticks = "`".repeat(longest_run(text, '`') + 1);
    let is_inner = |letter: Option<char>| letter == Some('`') || letter == Some(' ');
    let pads = is_inner(text.chars().next()) || is_inner(text.chars().last());
    let pad = match pads && !text.trim().is_empty() {
        true => " ",
        false => "",
    };
    let text = text.replace('\t', " ");
    let text = match table {
        true => text.replace('|', "\\|"),
        false => text,
    };
    format!("{ticks}{pad}{text}{pad}{ticks}")
}

pub(super) fn longest_run(text: &str, mark: char) -> usize {
    let runs = text.split(|letter| letter != mark);
    runs.map(str::len).max().unwrap_or(0)
}

/// The length of the address that a text starts with.
fn address(text: &str) -> Option<usize> {
    let scheme = ["http://", "https://"];
    let scheme = scheme.iter().find(|scheme| text.starts_with(**scheme))?;
    let mut open = 0_usize;
    let end = text.char_indices().find(|(place, letter)| match letter {
        '(' => {
            open += 1;
            false
        }
        ')' => match open.checked_sub(1) {
            Some(fewer) => {
                open = fewer;
                false
            }
            None => true,
        },
        ']' | '[' | '>' | '<' | '"' | '`' | '\'' | '|' => true,
        '&' => is_entity(&text[*place..]),
        letter => letter.is_whitespace(),
    });
    let address = &text[..end.map_or(text.len(), |(end, _)| end)];
    let address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_', '\\']);
    (address.len() > scheme.len()).then_some(address.len())
}

/// Whether a text begins with a letter by its name or number, an ampersand apart.
fn is_entity(text: &str) -> bool {
    let name = text[1..].split_once(';').map(|(name, _)| name);
    name.is_some_and(|name| {
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '#';
        name != "amp" && !name.is_empty() && name.chars().all(is_name)
    })
}

/// An address without the escapes of Markdown, which mean nothing between angle brackets.
fn unescaped(address: &str) -> String {
    let address = address.replace("&amp;", "&");
    let mut out = String::with_capacity(address.len());
    let mut letters = address.chars().peekable();
    while let Some(letter) = letters.next() {
        let escapes = letters.peek().is_some_and(char::is_ascii_punctuation);
        if letter != '\\' || !escapes {
            out.push(letter);
        } else {
            out.extend(letters.next());
        }
    }
    out
}
