//! The text of a data file that is sorted by its first column, and read by halving: a question costs only the rows
//! it asks for. The columns but the last cannot be quoted, so no CSV parser is needed; the tests compare with one.

use std::borrow::Cow;

/// The rows of a data file sorted by their first field, none of which spans lines.
#[derive(Clone, Copy, Debug)]
pub struct Sorted {
    rows: &'static str,
}

impl Sorted {
    /// The rows of a text that begins with its header.
    pub fn new(text: &'static str) -> Self {
        let rows = text.split_once('\n').map_or("", |(_, rows)| rows);
        Self { rows }
    }

    /// Every row.
    pub fn all(self) -> impl Iterator<Item = &'static str> {
        self.rows.lines()
    }

    /// The rows whose first field is `key`.
    pub fn with_key(self, key: &str) -> impl Iterator<Item = &'static str> {
        // The first row sought begins between these places, both of them beginnings of rows.
        let (mut from, mut to) = (0, self.rows.len());
        while from < to {
            let middle = from.midpoint(to);
            let before = self.rows.as_bytes().get(from..middle).unwrap_or_default();
            let start = before
                .iter()
                .rposition(|byte| *byte == b'\n')
                .map_or(from, |place| from + place + 1);
            let line = self.rows_from(start).next().unwrap_or_default();
            if first_field(line) < key {
                from = start + line.len() + 1;
            } else {
                to = start;
            }
        }
        self.rows_from(from)
            .take_while(move |line| first_field(line) == key)
    }

    fn rows_from(self, start: usize) -> impl Iterator<Item = &'static str> {
        self.rows.get(start..).unwrap_or_default().lines()
    }
}

/// The first field of a line, where nothing in it can be quoted.
pub fn first_field(line: &str) -> &str {
    split_field(line).map_or(line, |(field, _)| field)
}

/// The first field of a line and the rest. The fields are too short for the search of `str::split` to pay.
pub fn split_field(line: &str) -> Option<(&str, &str)> {
    line.split_at_checked(line.bytes().position(|byte| byte == b',')?)
        .map(|(field, rest)| (field, rest.strip_prefix(',').unwrap_or_default()))
}

/// The first fields of a line, and the last, which alone may be quoted.
pub fn split_fields<const FIELDS: usize>(
    mut line: &'static str,
) -> Option<([&'static str; FIELDS], Cow<'static, str>)> {
    let mut fields = [""; FIELDS];
    for field in &mut fields {
        (*field, line) = split_field(line)?;
    }
    Some((fields, unquoted(line)))
}

/// Every field of a line in which any may be quoted, as a CSV writer writes it.
pub fn fields(mut line: &'static str) -> Vec<Cow<'static, str>> {
    let mut fields = Vec::new();
    loop {
        let end = match line.strip_prefix('"') {
            Some(inside) => 1 + closing_quote(inside),
            None => line.find(',').unwrap_or(line.len()),
        };
        let (field, rest) = line.split_at_checked(end).unwrap_or((line, ""));
        fields.push(unquoted(field));
        match rest.strip_prefix(',') {
            Some(rest) => line = rest,
            None => return fields,
        }
    }
}

/// The place behind the quote that closes a field: of two quotes side by side neither does.
fn closing_quote(inside: &str) -> usize {
    let mut place = 0;
    while let Some(quote) = inside.get(place..).and_then(|rest| rest.find('"')) {
        place += quote + 1;
        match inside.get(place..) {
            Some(rest) if rest.starts_with('"') => place += 1,
            _ => return place,
        }
    }
    inside.len()
}

/// A field without its quotes.
fn unquoted(field: &'static str) -> Cow<'static, str> {
    let inside = field
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    inside.map_or(Cow::Borrowed(field), |inside| {
        Cow::Owned(inside.replace("\"\"", "\""))
    })
}
