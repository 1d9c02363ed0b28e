//! Text that means nothing but itself.

/// Text that is no Markdown, as Markdown.
pub(crate) fn literal(text: &str) -> String {
    escaped(text, &['\\', '`', '*', '[', ']', '<', '&', '~', '|'])
}

/// The text of HTML as Markdown: letters by their names mean the same in both.
pub(super) fn literal_html(text: &str) -> String {
    escaped(text, &['\\', '`', '*', '[', ']', '<', '~', '|'])
}

fn escaped(text: &str, marks: &[char]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        let is_mark = match letter {
            '_' => {
                let after = letters.peek().copied().unwrap_or(' ');
                !(before.is_alphanumeric() && after.is_alphanumeric())
            }
            letter => marks.contains(&letter),
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
pub(crate) fn line_start(line: &str) -> String {
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

fn is_mark(line: &str, marks: &[char]) -> bool {
    line.strip_prefix(marks).is_some_and(is_blank_next)
}

fn is_blank_next(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with([' ', '\t'])
}

/// A code span.
pub(crate) fn code_span(text: &str) -> String {
    let ticks = "`".repeat(longest_run(text, '`') + 1);
    let is_inner = |letter: Option<char>| letter == Some('`') || letter == Some(' ');
    let pads = is_inner(text.chars().next()) || is_inner(text.chars().last());
    let pad = match pads && !text.trim().is_empty() {
        true => " ",
        false => "",
    };
    format!("{ticks}{pad}{text}{pad}{ticks}")
}

/// How often a mark stands in a row, at most.
pub(crate) fn longest_run(text: &str, mark: char) -> usize {
    let runs = text.split(|letter| letter != mark);
    runs.map(str::len).max().unwrap_or(0)
}
