//! `tip export`: the data files with `datapackage.json`, to read elsewhere, to change, and to give back with --data.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::answer::Answer;
use crate::index::Index;
use crate::index::own::template::template;
use crate::index::package::{self, checksum, exported};
use crate::output::{Cell, Columns, Layout, Remarks, Stream, Table, destination};
use crate::text::{self, shell};

/// The arguments of `tip export`.
#[derive(Debug, Args)]
pub struct Export {
    /// The folder to write to; it is made where it is not there
    #[arg(value_name = "DIR", required = true)]
    folder: Option<PathBuf>,

    /// Write the few files of the next report instead, one row each as an example
    #[arg(long, value_name = "YEAR")]
    template: Option<String>,

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
        let rows = self.texts(index, path)?.into_iter().map(|(name, text)| {
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
        // What a link leads to is not of this folder.
        let links = rows.iter().filter(|row| !row.is_there && path.join(row.name).is_symlink());
        let links: Vec<&str> = links.map(|row| row.name).collect();
        if !links.is_empty() {
            let links = text::joined(&links, "and");
            bail!(
                "{folder} has links called {links}, which are not written through; take them away, or name another folder"
            );
        }
        let parent = text::path(destination::folder(path));
        fs::create_dir_all(path).with_context(|| format!("cannot make {folder} in {parent}"))?;
        for row in rows.iter().filter(|row| !row.is_there) {
            let stream = Stream::file(&path.join(row.name))?;
            stream.print(|out| out.write_all(row.text.as_bytes()))?;
        }
        let mut said = Remarks::default();
        if let Some(year) = &self.template {
            let folder = path.display().to_string();
            said.note(format!(
                "each row is an example: put those of the report in its place, then type 'tip check {}' and 'tip list {year} --data {}'",
                shell(&folder),
                shell(&folder)
            ));
        }
        Ok(Answer::new(Table::new(Layout::Grid, columns(), rows)).with(said))
    }

    /// The files to write: all data, or the template of the next report.
    fn texts<'i>(
        &self,
        index: &'i Index,
        path: &Path,
    ) -> Result<Vec<(&'static str, Cow<'i, str>)>> {
        let Some(year) = &self.template else {
            let files: Vec<_> = index.files().collect();
            let texts = files.iter().map(|file| (file.name, file.text.into()));
            let package = [(package::NAME, exported(&files, &index.edition()).into())];
            return Ok(texts.chain(package).collect());
        };
        let last = *index.every_year().end();
        let next = last + 1;
        if *year != next.to_string() {
            let folder = path.display().to_string();
            bail!(
                "the data end with the {last} report, so the next is that of {next}: type 'tip export --template {next} {}'",
                shell(&folder)
            );
        }
        let texts = template(index, next).into_iter();
        Ok(texts.map(|(name, text)| (name, text.into())).collect())
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
