//! A plain list, one name a line: no quotes, no columns. What is added follows a tab.

use std::io::{BufRead, BufReader, Read};

use anyhow::{Context, Result, bail};

use crate::annotate::annotator::Annotator;
use crate::annotate::one_encoding::OneEncoding;
use crate::input::field;
use crate::input::problem::LONGEST_FIELD;
use crate::input::reader::Input;
use crate::output::Stream;

const READ: usize = 1 << 17;

/// Annotates every line. `seen` is told how many bytes were read.
pub fn annotate(
    input: &mut Input<'_>,
    annotator: &mut Annotator<'_>,
    out: &mut Stream,
    mut seen: impl FnMut(usize),
) -> Result<()> {
    out.push(input.bom());
    let file = input.name().to_owned();
    let mut reader = BufReader::with_capacity(READ, input.reader());
    let mut line = Vec::new();
    let lookup = (annotator.values.index, annotator.values.query.encoding);
    let mut encoding = OneEncoding::new(lookup, &[], b'\t', true);
    for number in 1_u64.. {
        line.clear();
        if reader.buffer().is_empty() {
            out.pass_on()?;
        }
        let most = LONGEST_FIELD as u64 + 2;
        let read = reader.by_ref().take(most).read_until(b'\n', &mut line);
        let read = read.with_context(|| format!("cannot read {file}"))?;
        if read == 0 {
            break;
        }
        seen(read);
        annotator.row = number;
        annotate_line(&line, annotator, &mut encoding, out)
            .with_context(|| format!("{file}:{number}"))?;
        out.flush_if_full()?;
    }
    Ok(())
}

fn annotate_line(
    line: &[u8],
    annotator: &mut Annotator<'_>,
    encoding: &mut OneEncoding<'_>,
    out: &mut Stream,
) -> Result<()> {
    let text = line.strip_suffix(b"\n").unwrap_or(line);
    let text = text.strip_suffix(b"\r").unwrap_or(text);
    if text.len() > LONGEST_FIELD {
        bail!("a line of more than 1 MiB");
    }
    if let Some(offset) = memchr::memchr(0, text) {
        bail!("byte {} is NUL; text was expected", offset + 1);
    }
    // Quotes count in a cell, but not on a line.
    let mut quoted = Vec::new();
    let cell = if text.starts_with(b"\"") {
        field::write_quoted(text, &mut quoted);
        &quoted
    } else {
        text
    };
    let (unmatched, number) = (annotator.values.query.unmatched, annotator.row);
    let (added, status, letters) = annotator.answer(cell, None);
    if unmatched.leaves_out(status) {
        return Ok(());
    }
    encoding.text(text, number, letters)?;
    out.push(text);
    out.push(added);
    out.push(line.get(text.len()..).unwrap_or_default());
    Ok(())
}
