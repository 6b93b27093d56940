//! `tip check` and `tip export`: whether data files keep the rules, every breach at once, by file, line and byte; and the
//! data files with `datapackage.json`, to read elsewhere, to change, and to give back with --data.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::answer::Answer;
use crate::answer::caveats::partly_known;
use crate::index::file::Breach;
use crate::index::own::Merged;
use crate::index::own::template::template;
use crate::index::package::{checksum, exported};
use crate::index::{Index, own, package};
use crate::output::{Cell, Columns, Layout, Remarks, Stream, Table, destination};
use crate::text::{self, shell};

/// What is a breach where it is more, and the least that is data; the README has it too.
const LIMITS: &str = "\
The least is a placements.csv with the columns iso3,year,tier; 'tip export --template YEAR DIR' writes a beginning.
Limits: the files of a folder have 32 MiB together and 200,000 rows each at most; 1,000 breaches are named.";

/// The arguments of `tip check`.
#[derive(Debug, Args)]
#[command(after_long_help = LIMITS)]
pub struct CheckArgs {
    /// The folder, as --data takes it [default: that of --data, or the embedded files]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

impl CheckArgs {
    /// One row a breach. `data` is the folder of --data; people see the breaches as compilers show them.
    pub fn run<'i>(&self, data: Option<PathBuf>, for_people: bool) -> Result<Answer<'i>> {
        let folder = self.folder.clone().or(data);
        let merged = folder.as_deref().map_or_else(|| Ok(own::embedded()), own::merged)?;
        let name = folder.as_deref().map_or("the embedded files".to_owned(), text::path);
        let lines = merged.breaches.iter().map(Breach::to_string);
        let lines: Vec<String> = lines.collect();
        let mut said = Remarks::default();
        match lines.len() {
            0 if folder.is_none() => said.note(format!("{name} keep every rule")),
            0 => said.note(kept(&name, &merged)),
            1 => said.not_found(format!("{name}: 1 breach of the rules")),
            count => said.not_found(format!("{name}: {count} breaches of the rules")),
        }
        said.warnings.extend(partly_known(&merged.index));
        let table = if for_people {
            let lines = lines.join("\n");
            Table::of_texts("breach", Some(lines).filter(|it| !it.is_empty()).into_iter().collect())
        } else {
            Table::new(Layout::Grid, breach_columns(), merged.breaches)
        };
        Ok(Answer::new(table).with(said))
    }
}

/// What was read, where it keeps the rules.
fn kept(name: &str, merged: &Merged) -> String {
    let added: usize = merged.counts.iter().map(|count| count.added).sum();
    let replaced: usize = merged.counts.iter().map(|count| count.replaced).sum();
    format!("{name} keeps every rule; rows added: {added}, replaced: {replaced}")
}

fn breach_columns<'i>() -> Columns<'i, Breach> {
    let number = |number: usize| Cell::number(u32::try_from(number).ok().filter(|it| *it > 0));
    Columns::<Breach>::new()
        .with("file", "The file", |row| Cell::text(&row.place.file))
        .with("line", "The line, from 1", move |row| number(row.place.line))
        .with("byte", "The byte of the line, from 1", move |row| {
            number(row.place.byte.unwrap_or(0))
        })
        .with("column", "The column", |row| Cell::optional(row.place.column))
        .with("problem", "What is wrong, and what to do", |row| Cell::text(&row.what))
}

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
            return Ok(Answer::new(Table::new(Layout::Grid, file_columns(), Vec::new())));
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
        Ok(Answer::new(Table::new(Layout::Grid, file_columns(), rows)).with(said))
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

fn file_columns<'i>() -> Columns<'i, Written<'i>> {
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
