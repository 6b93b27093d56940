//! `tip lookup`: what the report says of a country.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use anyhow::{Result, bail};
use clap::Args;

use crate::answer::caveats::{COMPARED, no_placement};
use crate::answer::names::{countries_asked, hint_at_one_name, stdin_if_asked};
use crate::answer::options::{Fill, RolesOption, YearOption};
use crate::answer::profile::card::card;
use crate::answer::profile::columns::{column_notes, columns};
use crate::answer::profile::{Profile, Subject};
use crate::answer::{Answer, ColumnNote, Picture};
use crate::index::country::Country;
use crate::index::years::Years;
use crate::index::{Index, SNAPSHOT};
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

/// How many names are remembered while a list is read: it has few distinct ones.
const REMEMBERED: usize = 1 << 12;

/// How many warnings are kept, one a name, and how many cards are shown; more than that nobody reads.
const MOST: usize = 1000;

/// The profiles found, and the cards that people see of them. Each is made once, however often it is asked for.
struct Found<'i> {
    index: &'i Index,
    /// The years asked for; none where nothing is said.
    years: Option<Years>,
    fill: Fill,
    countries: HashMap<&'i str, Asked>,
    rows: Vec<Profile<'i>>,
    cards: Vec<Profile<'i>>,
    /// The places of the rows and of the cards, in the order asked.
    rows_asked: Vec<usize>,
    cards_asked: Vec<usize>,
}

/// What there is of a country.
struct Asked {
    rows: Range<usize>,
    cards: Range<usize>,
    /// What to say if these data do not have what was asked.
    missing: Option<String>,
}

impl Lookup {
    /// One row a country found and a report asked for, in the order asked.
    ///
    /// # Errors
    /// A year without a report; standard input cannot be read.
    pub fn run<'i>(&self, index: &'i Index) -> Result<Answer<'i>> {
        let (names, years) = self.year.and_names(index, &self.words)?;
        if names.is_empty() && years.is_some() {
            let newest = *index.years().end();
            bail!(
                "no country is named; for all countries of a year, type 'tip list --year {newest}'"
            );
        }
        let of_rows = years.clone().unwrap_or(Years(SNAPSHOT.1..=SNAPSHOT.1));
        let mut found = Found {
            index,
            fill: self.fill.fill(&of_rows),
            years,
            countries: HashMap::new(),
            rows: Vec::new(),
            cards: Vec::new(),
            rows_asked: Vec::new(),
            cards_asked: Vec::new(),
        };
        let stdin = stdin_if_asked(&names)?;
        let holds = |state: &Country| found_in(index, state, &of_rows);
        let mut answer = Answer::default();
        let (mut known, mut more) = (HashMap::new(), 0_usize);
        for name in countries_asked(&names, &stdin) {
            if known.len() == REMEMBERED {
                known.clear();
            }
            let meant = known.entry(name.written);
            let meant = meant.or_insert_with(|| name.meant(index, holds));
            let is_room = answer.warnings.len() < MOST;
            let warning = match meant {
                Some(country) => found.add(country, &of_rows, &mut answer),
                None if is_room => Some(name.why(index)),
                None => Some(String::new()),
            };
            match warning {
                Some(warning) if is_room => answer.warnings.push(name.warning(&warning)),
                warning => more += usize::from(warning.is_some()),
            }
        }
        if more > 0 {
            answer.warnings.push(format!("{more} more are not found"));
        }
        hint_at_one_name(index, "lookup", &names, &mut answer.warnings);
        found.fill(answer, &of_rows)
    }
}

fn found_in(index: &Index, state: &Country, years: &Years) -> bool {
    index.history(state).within(&years.0).next().is_some()
}

impl<'i> Found<'i> {
    /// Adds a country. Returns what to say if these data do not have what was asked.
    fn add(
        &mut self,
        country: &'i Country,
        years: &Years,
        answer: &mut Answer<'_>,
    ) -> Option<String> {
        if !self.countries.contains_key(country.iso3) {
            let asked = self.ask(country, years, answer);
            self.countries.insert(country.iso3, asked);
        }
        let asked = self.countries.get(country.iso3)?;
        self.rows_asked.extend(asked.rows.clone());
        self.cards_asked.extend(asked.cards.clone());
        asked.missing.clone()
    }

    /// Makes the rows and cards of a country.
    fn ask(&mut self, country: &'i Country, years: &Years, answer: &mut Answer<'_>) -> Asked {
        let subject = Rc::new(Subject::new(self.index, country, self.fill));
        let (row, card) = (self.rows.len(), self.cards.len());
        let placed = subject.history.within(&years.0);
        self.rows
            .extend(placed.map(|placed| Profile::placed(&subject, placed)));
        let is_missing = self.rows.len() == row;
        if is_missing {
            self.rows.push(Profile::unknown(&subject, years.single()));
        }
        if self.rows.len() > row + 1 {
            answer.compare();
        }
        let known = subject.history.latest();
        let asked = self
            .years
            .clone()
            .or(known.is_none().then(|| Years::newest(self.index)));
        let asked = asked.unwrap_or(years.clone());
        let mut missing = is_missing.then(|| no_placement(self.index, &subject.history, &asked));
        if self.years.is_some() {
            self.cards.extend(self.rows.iter().skip(row).cloned());
        } else {
            let newest = known.map(|placed| Profile::placed(&subject, placed));
            let card = newest.unwrap_or_else(|| Profile::unknown(&subject, None));
            self.cards.push(card);
            if known.is_some() {
                // The card has an answer; only the rows have none.
                answer
                    .column_notes
                    .extend(missing.take().map(|text| ColumnNote {
                        about: &["tier"],
                        unless: None,
                        text,
                    }));
            }
        }
        Asked {
            rows: row..self.rows.len(),
            cards: card..self.cards.len(),
            missing,
        }
    }

    /// The answer with the rows, and with cards unless several years are asked for.
    fn fill<'a>(self, mut answer: Answer<'a>, of_rows: &Years) -> Result<Answer<'a>>
    where
        'i: 'a,
    {
        if !self.rows.is_empty() {
            let notes = column_notes(self.index, of_rows, self.fill);
            answer.column_notes.extend(notes);
        }
        if self.years.is_none() {
            let (year, newest) = (SNAPSHOT.1, *self.index.years().end());
            answer.column_notes.push(ColumnNote {
                about: &["tier", "roles"],
                unless: None,
                text: format!(
                    "these rows are of the {year} report; the word {newest} asks for the newest"
                ),
            });
        }
        let asked = self.years.as_ref().and_then(Years::single);
        let mut table = Table::new(Layout::Record, columns(self.index), self.rows);
        table.repeat(self.rows_asked);
        if of_rows.single().is_some() && self.cards_asked.len() <= MOST {
            let is_known = self.cards.iter().any(Profile::is_known);
            let cards = self.cards_asked.iter();
            let cards = cards.filter_map(|place| self.cards.get(*place));
            let cards = cards.map(|profile| card(profile, asked));
            answer.picture = Some(Picture {
                view: View::Cards(cards.collect()),
                legend: is_known.then(|| COMPARED.to_owned()),
                drawing: None,
            });
        } else {
            table.layout = Layout::Grid;
            table.choose_for_people(SHOWN_OF_YEARS)?;
        }
        answer.table = Some(table);
        Ok(answer)
    }
}
