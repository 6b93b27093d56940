//! `tip lookup`: what the report says of a country.

use std::cell::RefCell;
use std::collections::HashMap;
use std::mem;
use std::ops::Range;
use std::rc::Rc;

use anyhow::{Result, bail};
use clap::Args;

use crate::answer::asked::{Memory, Missing, Names, Pace};
use crate::answer::caveats::{COMPARED, no_placement};
use crate::answer::names::hint_at_one_name;
use crate::answer::options::{Fill, RolesOption, YearOption};
use crate::answer::profile::card::card;
use crate::answer::profile::columns::{column_notes, columns};
use crate::answer::profile::{Profile, Subject};
use crate::answer::{Answer, ColumnNote, Picture};
use crate::index::country::Country;
use crate::index::years::Years;
use crate::index::{Index, SNAPSHOT};
use crate::output::blocks::{BLOCK, Blocks};
use crate::output::table::{Layout, Table};
use crate::output::view::View;

/// The columns that people see where several years are asked for.
const SHOWN_OF_YEARS: &[&str] = &["country", "year", "tier", "since", "roles", "evidence"];

/// The arguments of `tip lookup`.
#[derive(Debug, Args)]
#[command(mut_arg("year", |arg| arg.help("The report year, a range such as 2015..2020, all, or latest [default: the newest and that of 2018; as csv, json and the like 2018]")))]
pub struct Lookup {
    /// A country's name or ISO 3166-1 code; '-' reads names from standard input, one a line
    #[arg(value_name = "COUNTRY", required = true)]
    words: Vec<String>,

    #[command(flatten)]
    year: YearOption,

    #[command(flatten)]
    fill: RolesOption,
}

/// The profiles found, block by block.
struct Lookups<'i> {
    names: Names,
    /// The country that a name stands for; none where it stands for none.
    meant: Memory<Option<&'i Country>>,
    found: Found<'i>,
    /// The first block, where it was looked at before it is shown.
    first: Option<Vec<usize>>,
    missing: Missing,
}

/// What was found of each country, once, however often it is asked for.
struct Found<'i> {
    index: &'i Index,
    /// The years asked for; none where nothing is said.
    years: Option<Years>,
    /// The same of the rows.
    of_rows: Years,
    fill: Fill,
    countries: HashMap<&'i str, Asked>,
    rows: Vec<Profile<'i>>,
    /// What people see instead of the row in the same place, where one year is asked for.
    cards: Vec<Profile<'i>>,
    column_notes: Vec<ColumnNote>,
    /// Whether years are compared.
    compares: bool,
}

/// What there is of a country.
struct Asked {
    rows: Range<usize>,
    /// What to say if these data do not have what was asked.
    missing: Option<String>,
}

impl Lookup {
    /// One row a country found and a report asked for, in the order asked.
    ///
    /// # Errors
    /// A year without a report; standard input cannot be read.
    pub fn run<'i>(&self, index: &'i Index, pace: Pace) -> Result<Answer<'i>> {
        let (words, years) = self.year.and_names(index, &self.words)?;
        if words.is_empty() && years.is_some() {
            let newest = *index.years().end();
            bail!(
                "no country is named; for all countries of a year, type 'tip list --year {newest}'"
            );
        }
        let of_rows = years.clone().unwrap_or(Years(SNAPSHOT.1..=SNAPSHOT.1));
        let mut names = Names::new(words.clone(), pace);
        names.without_blank = true;
        let fill = self.fill.fill(&of_rows);
        let mut lookups = Lookups::new(names, Found::new(index, (years, of_rows), fill));
        let picture = match pace {
            Pace::ByBlock => lookups.cards()?,
            Pace::AsTheyCome => None,
        };
        let shows_cards = picture.is_some();
        let lookups = Rc::new(RefCell::new(lookups));
        let layout = if shows_cards { Layout::Record } else { Layout::Grid };
        let mut table = Table::of_blocks(layout, columns(index), &lookups);
        if !shows_cards {
            table.choose_for_people(SHOWN_OF_YEARS)?;
        }
        let mut answer = Answer::of(table);
        answer.picture = picture;
        answer.later = Some(Box::new(move || {
            let mut lookups = lookups.borrow_mut();
            let missing = lookups.missing.take();
            let mut said = lookups.found.said();
            said.warnings = missing;
            hint_at_one_name(index, "lookup", &words, &mut said.warnings);
            let known = lookups.found.cards.iter().any(Profile::is_known);
            ((shows_cards && known).then(|| COMPARED.to_owned()), said)
        }));
        Ok(answer)
    }
}

impl<'i> Lookups<'i> {
    /// None asked for yet.
    fn new(names: Names, found: Found<'i>) -> Self {
        Self { names, meant: Memory::new(), found, first: None, missing: Missing::default() }
    }

    /// The cards that people see, where one year is asked for and they are few.
    fn cards(&mut self) -> Result<Option<Picture<'i>>> {
        let first = self.next()?;
        let Found { cards, years, of_rows, .. } = &self.found;
        let are_few = of_rows.single().is_some() && first.len() <= BLOCK;
        let picture = are_few.then(|| {
            let year = years.as_ref().and_then(Years::single);
            let cards = first.iter().filter_map(|place| cards.get(*place));
            Picture {
                view: View::Cards(cards.map(|profile| card(profile, year)).collect()),
                legend: None,
                drawing: None,
            }
        });
        self.first = Some(first);
        Ok(picture)
    }
}

impl<'i> Blocks for Lookups<'i> {
    type Row = Profile<'i>;

    fn next(&mut self) -> Result<Vec<usize>> {
        if let Some(first) = self.first.take() {
            return Ok(first);
        }
        let (index, found) = (self.found.index, &mut self.found);
        let mut block = Vec::new();
        self.names.block(|name| {
            self.meant.forget_if_full();
            let holds = |state: &Country| index.is_placed(state, &found.of_rows.0);
            let meant = self.meant.get_or(name.written, || name.meant(index, holds));
            match meant.and_then(|country| found.of(country)) {
                Some(asked) => {
                    block.extend(asked.rows.clone());
                    if let Some(missing) = &asked.missing {
                        self.missing.add(name, || missing.clone());
                    }
                }
                None => self.missing.add(name, || name.why(index)),
            }
            block.len()
        })?;
        Ok(block)
    }

    fn row(&self, place: usize) -> Option<&Profile<'i>> {
        self.found.rows.get(place)
    }
}

impl<'i> Found<'i> {
    /// Nothing yet. `years`: those asked for, if any are, and those of the rows.
    fn new(index: &'i Index, (years, of_rows): (Option<Years>, Years), fill: Fill) -> Self {
        Self {
            index,
            years,
            of_rows,
            fill,
            countries: HashMap::new(),
            rows: Vec::new(),
            cards: Vec::new(),
            column_notes: Vec::new(),
            compares: false,
        }
    }

    /// What there is of a country.
    fn of(&mut self, country: &'i Country) -> Option<&Asked> {
        if !self.countries.contains_key(country.iso3) {
            let asked = self.ask(country);
            self.countries.insert(country.iso3, asked);
        }
        self.countries.get(country.iso3)
    }

    /// Makes the rows and cards of a country.
    fn ask(&mut self, country: &'i Country) -> Asked {
        let (index, of_rows) = (self.index, &self.of_rows);
        let subject = Rc::new(Subject::new(index, country, self.fill));
        let row = self.rows.len();
        let placed = subject.history.within(&of_rows.0);
        self.rows.extend(placed.map(|placed| Profile::placed(&subject, placed)));
        let is_missing = self.rows.len() == row;
        if is_missing {
            self.rows.push(Profile::unknown(&subject, of_rows.single()));
        }
        self.compares |= self.rows.len() > row + 1;
        let known = subject.history.latest();
        let newest = || known.is_none().then(|| Years::newest(index));
        let asked = self.years.clone().or_else(newest);
        let asked = asked.unwrap_or(of_rows.clone());
        let mut missing = is_missing.then(|| no_placement(index, &subject.history, &asked));
        if self.years.is_some() {
            self.cards.extend(self.rows.iter().skip(row).cloned());
        } else {
            let newest = known.map(|placed| Profile::placed(&subject, placed));
            let card = newest.unwrap_or_else(|| Profile::unknown(&subject, None));
            self.cards.push(card);
            if known.is_some() {
                // The card has an answer; only the rows have none.
                let missing =
                    missing.take().map(|text| ColumnNote { about: &["tier"], unless: None, text });
                self.column_notes.extend(missing);
            }
        }
        Asked { rows: row..self.rows.len(), missing }
    }

    /// What is to be said of the rows.
    fn said<'a>(&mut self) -> Answer<'a> {
        let mut said = Answer::default();
        if self.compares {
            said.compare();
        }
        said.column_notes = mem::take(&mut self.column_notes);
        if !self.rows.is_empty() {
            let notes = column_notes(self.index, &self.of_rows, self.fill);
            said.column_notes.extend(notes);
        }
        if self.years.is_none() {
            let (year, newest) = (SNAPSHOT.1, *self.index.years().end());
            said.column_notes.push(ColumnNote {
                about: &["tier", "roles"],
                unless: None,
                text: format!(
                    "these rows are of the {year} report; the word {newest} asks for the newest"
                ),
            });
        }
        said
    }
}
