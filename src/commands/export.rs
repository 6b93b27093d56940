//! `tip export`: the data files with `datapackage.json`, to read elsewhere, to change, and to give back with --data.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::answer::Answer;
use crate::index::Index;
use crate::index::package::{self, checksum, exported};
use crate::output::cell::Cell;
use crate::output::column::Columns;
use crate::output::stream::Stream;
use crate::output::table::{Layout, Table};
use crate::text;

/// The arguments of `tip export`.
#[derive(Debug, Args)]
pub struct Export {
    /// The folder to write to; it is made where it is not there
    #[arg(value_name = "DIR", required = true)]
    folder: Option<PathBuf>,

    /// Replace files that differ
    #[arg(long)]
    force: bool,
}

struct Written<'i> {
    name: &'static str,
    text: Cow<'i, str>,
    /// Whether it stood there already.
    is_there: bool,
}

impl Export {
    /// One row a file. Each appears whole or not at all. Without `writes`, as where it is asked which columns there
    /// are, there is none.
    pub fn run<'i>(&self, index: &'i Index, writes: bool) -> Result<Answer<'i>> {
        let Some(path) = self.folder.as_deref().filter(|_| writes) else {
            return Ok(Answer::new(Table::new(Layout::Grid, columns(), Vec::new())));
        };
        let files: Vec<_> = index.files().collect();
        let texts = files.iter().map(|file| (file.name, file.text.into()));
        let package = [(package::NAME, exported(&files).into())];
        let rows = texts.chain(package).map(|(name, text): (_, Cow<'i, str>)| {
            let is_there = is_same(&path.join(name), text.as_bytes());
            Written { name, text, is_there }
        });
        let rows: Vec<Written<'i>> = rows.collect();
        let folder = text::path(path);
        let others = rows.iter().filter(|row| !row.is_there && path.join(row.name).exists());
        let others: Vec<&str> = others.map(|row| row.name).collect();
        if !others.is_empty() && !self.force {
            let others = text::joined(&others, "and");
            bail!("{folder} has {others} already, and not the same; --force replaces what differs");
        }
        fs::create_dir_all(path).with_context(|| format!("cannot make {folder}"))?;
        for row in rows.iter().filter(|row| !row.is_there) {
            let stream = Stream::file(&path.join(row.name))?;
            stream.print(|out| out.write_all(row.text.as_bytes()))?;
        }
        Ok(Answer::new(Table::new(Layout::Grid, columns(), rows)))
    }
}

fn columns<'i>() -> Columns<'i, Written<'i>> {
    Columns::<Written<'i>>::new()
        .with("file", "The file", |row| Cell::text(row.name))
        .with("bytes", "Its length", |row| Cell::count(row.text.len()))
        .with("status", "written, or unchanged where it was the same already", |row| {
            Cell::text(if row.is_there { "unchanged" } else { "written" })
        })
        .on_request("sha256", "Its SHA-256", |row| Cell::text(checksum(&row.text)))
}

/// Whether a file has these bytes and no others.
fn is_same(path: &Path, bytes: &[u8]) -> bool {
    let about = fs::metadata(path).ok();
    let alike = about.is_some_and(|it| it.is_file() && it.len() == bytes.len() as u64);
    alike && fs::read(path).is_ok_and(|found| found == bytes)
}
