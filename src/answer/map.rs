//! The map as a drawing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::answer::CountryReport;
use crate::answer::drawn::{
    OF_ROLES, OF_TIERS, foot, moved, named, sentences, source, square, tier_key, unknown_key,
};
use crate::answer::row::moves;
use crate::index::placement::distinct;
use crate::index::{Direction, Index, Placement, Region, Role, WORLD};
use crate::output::{Body, Drawing, Grid, LegendKey, Moved, Shade, Square};
use crate::text::{capitalised, joined};

#[derive(Clone, Copy, Debug, Default)]
pub struct Shown<'a> {
    /// The roles last stated, and not the tiers.
    pub roles: bool,
    /// Which were upgraded and downgraded.
    pub changes: bool,
    pub mark: bool,
    /// The page of each country, where the map leads to one.
    pub files: Option<&'a BTreeMap<&'a str, String>>,
}

/// Keeps the countries that have a place on the map or a rank of that year.
pub fn on_map(mut rows: Vec<CountryReport<'_>>) -> Vec<CountryReport<'_>> {
    // A state whose one rank its successors' rows repeat is drawn as those.
    let repeated: Vec<&str> = rows.iter().filter_map(|row| Some(row.placed()?.ranked_as)).collect();
    rows.retain(|row| {
        let is_repeated = || repeated.contains(&row.country().iso3);
        row.tile().is_some() || row.is_in_report() && !is_repeated()
    });
    rows
}

/// The countries in their places, and year, counts and source under them.
pub fn drawing(
    index: &Index,
    shown: Shown<'_>,
    rows: &[CountryReport<'_>],
    region: &Region,
    year: u16,
    notes: &[String],
) -> Drawing {
    let mut keys = if shown.roles { role_keys(rows) } else { tier_keys(index, rows) };
    let mut lines = Vec::new();
    if shown.roles {
        let are_own = rows.iter().filter_map(CountryReport::stated).all(|it| it.year == Some(year));
        let stated =
            if are_own { "the report states" } else { "were last stated up to that report" };
        lines.push(format!("Letters and colours are the roles that {stated}."));
    }
    if shown.changes {
        let ways = [(Moved::Up, Direction::Upgraded), (Moved::Down, Direction::Downgraded)];
        keys.extend(ways.map(|(moved, name)| {
            let count = rows.iter().filter(|row| way(row) == Some(moved)).count();
            let (letter, name) = (moved.sign(), format!("{name}: {count}"));
            LegendKey { letter, label: letter.to_string(), shade: None, name }
        }));
        lines.extend(moves(rows).into_iter().map(|it| {
            let names = it.rows.iter().map(|row| row.country().name_in_sentence());
            let [from, to] = [it.before, it.after].map(|tier| named(index, Some(tier)));
            format!("From {from} to {to}: {}", joined(names, "and"))
        }));
    }
    let placed = rows.iter().filter_map(CountryReport::placed);
    let count = distinct(placed.filter(|placed| placed.tier.is_in_report()));
    let place = if region.code == WORLD { "the world" } else { region.name };
    lines.push(format!("{count} countries of {place} in the {year} report."));
    lines.push(source(index, &(year..=year)));
    let what = match (shown.roles, shown.changes) {
        (true, _) => "roles",
        (_, true) => "tiers and changes",
        _ => "tiers",
    };
    Drawing {
        title: format!(
            "{}: {what} in the US Trafficking in Persons Report, {year}",
            capitalised(place)
        ),
        about: format!(
            "A map of tiles, one square per country of {place}, with what the {year} report says of it"
        ),
        body: Body::Grid(Grid { squares: squares(index, shown, rows), ..Grid::default() }),
        keys,
        lines,
        signs: if shown.roles { OF_ROLES } else { OF_TIERS }.to_owned(),
        notes: sentences(notes),
        foot: foot(),
    }
}

/// Returns where the rows or columns of tiles stand that are used: those between that none uses are one at most.
fn without_gaps(used: impl Iterator<Item = usize>) -> BTreeMap<usize, usize> {
    let used: BTreeSet<usize> = used.collect();
    let mut places = BTreeMap::new();
    let mut before: Option<(usize, usize)> = None;
    for at in used {
        let place = before.map_or(0, |(last, place)| place + (at - last).min(2));
        places.insert(at, place);
        before = Some((at, place));
    }
    places
}

/// The squares, as near to one another as all can be.
fn squares(index: &Index, shown: Shown<'_>, rows: &[CountryReport<'_>]) -> Vec<Square> {
    let tiles = || rows.iter().filter_map(CountryReport::tile);
    let (lines, columns) =
        (without_gaps(tiles().map(|it| it.row)), without_gaps(tiles().map(|it| it.column)));
    let place = |places: &BTreeMap<usize, usize>, at| places.get(&at).copied().unwrap_or_default();
    let group = |row: &CountryReport<'_>| {
        let code = row.country().regions().first().copied().unwrap_or_default();
        let region = index.regions().iter().find(|region| region.code == code);
        region.map_or(String::new(), |region| region.name.to_string())
    };
    let drawn = rows.iter().filter_map(|row| {
        let tile = row.tile()?;
        let mut it = square(index, &row.record.history, row.year.unwrap_or_default());
        (it.row, it.column) = (place(&lines, tile.row), place(&columns, tile.column));
        it.group = group(row);
        row.country().iso2.clone_into(&mut it.code);
        it.link = shown.files.and_then(|files| files.get(row.country().iso3).cloned());
        if shown.roles {
            show_roles(&mut it, row);
        }
        if let Some(moved) = way(row).filter(|_| shown.changes) {
            it.moved = Some(moved);
            it.label = format!("{}{}", moved.sign(), it.label);
            let before = row.before().map_or(String::new(), |it| it.tier.to_string());
            let _ = write!(it.title, ", {before} in the report before");
        }
        if shown.mark {
            it.code.clear();
        }
        Some(it)
    });
    let mut drawn: Vec<Square> = drawn.collect();
    // Whoever goes from square to square goes along the map.
    drawn.sort_by_key(|it| (it.row, it.column));
    drawn
}

/// Shows the roles where the tier would stand.
fn show_roles(it: &mut Square, row: &CountryReport<'_>) {
    let roles = row.stated().map(|stated| stated.roles.as_slice());
    let roles = roles.unwrap_or_default();
    it.letter = letter(roles);
    it.label = label(roles);
    it.shade = role_shade(roles);
    let words: Vec<String> = roles.iter().map(Role::to_string).collect();
    let words = if words.is_empty() { "not known".to_owned() } else { words.join(", ") };
    let _ = write!(it.title, "; roles: {words}");
}

/// One letter for several roles: that of one alone, others for two and for all.
fn letter(roles: &[Role]) -> char {
    match roles {
        [] => '.',
        [Role::Source] => 'S',
        [Role::Transit] => 'T',
        [Role::Destination] => 'D',
        [Role::Source, Role::Destination] => 'B',
        [Role::Source, Role::Transit] => 'C',
        [Role::Transit, Role::Destination] => 'E',
        _ => 'A',
    }
}

/// What stands for roles in a picture: the letter of the terminal, or a dot.
fn label(roles: &[Role]) -> String {
    if roles.is_empty() { "•".to_owned() } else { letter(roles).to_string() }
}

/// The colour of roles: darker with more of them. Those with transit and not all are hatched.
fn role_shade(roles: &[Role]) -> Shade {
    match roles {
        [] => Shade::Unknown,
        [Role::Source] => Shade::First,
        [Role::Destination] => Shade::Second,
        [Role::Source, Role::Destination] => Shade::Third,
        [_, _, _] => Shade::Fourth,
        _ => Shade::Hatched,
    }
}

/// What the letters of roles mean, and how many countries have them.
fn role_keys(rows: &[CountryReport<'_>]) -> Vec<LegendKey> {
    let mut found: Vec<(&[Role], usize)> = Vec::new();
    for roles in rows.iter().filter_map(|row| Some(row.stated()?.roles.as_slice())) {
        match found.iter_mut().find(|(known, _)| *known == roles) {
            Some((_, count)) => *count += 1,
            None => found.push((roles, 1)),
        }
    }
    found.sort_by_key(|(roles, count)| (usize::MAX - count, *roles));
    let unknown = rows.iter().filter(|row| row.tile().is_some() && row.stated().is_none()).count();
    if unknown > 0 {
        found.push((&[], unknown));
    }
    let keys = found.iter().map(|(roles, count)| {
        let words: Vec<String> = roles.iter().map(Role::to_string).collect();
        LegendKey {
            letter: letter(roles),
            label: label(roles),
            shade: Some(role_shade(roles)),
            name: format!(
                "{}: {count}",
                if words.is_empty() { "not stated".to_owned() } else { words.join(", ") }
            ),
        }
    });
    keys.collect()
}

/// What the letters of tiers mean, and how many countries have them. A rank that no country has is said, too.
fn tier_keys(index: &Index, rows: &[CountryReport<'_>]) -> Vec<LegendKey> {
    let placed = || rows.iter().filter_map(|row| row.placed());
    let keys = index.tiers().iter().filter_map(|definition| {
        let tier = definition.tier;
        let of_tier = |placed: &&Placement| placed.tier == tier;
        let count = distinct(placed().filter(of_tier));
        let is_said = count > 0 || tier.is_rank();
        is_said.then(|| tier_key(index, tier, &count.to_string())).flatten()
    });
    let mut keys: Vec<LegendKey> = keys.collect();
    let unknown = rows.iter().filter(|row| row.placed().is_none()).count();
    if unknown > 0 {
        keys.push(unknown_key(&unknown.to_string()));
    }
    keys
}

/// Which way a country moved since the report before, between ranks.
fn way(row: &CountryReport<'_>) -> Option<Moved> {
    let change = row.change()?;
    moved(Some(change.before.tier), Some(change.after.tier))
}
