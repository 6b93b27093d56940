//! The map as a drawing.

use std::fmt::Write;

use crate::answer::drawn::{caveats, source, square, tier_key, unknown_key};
use crate::answer::row::CountryReport;
use crate::index::country::{Region, Tile};
use crate::index::placement::{Change, Direction, Placement, distinct};
use crate::index::role::Role;
use crate::index::{Index, WORLD};
use crate::output::drawing::{Body, Drawing, Grid, LegendKey, Moved, Square};

#[derive(Clone, Copy, Debug)]
pub struct Shown {
    /// The roles last stated, and not the tiers.
    pub roles: bool,
    /// Which were upgraded and downgraded.
    pub changes: bool,
    pub mark: bool,
}

/// The countries in their places, and year, counts and source under them.
pub fn drawing(
    index: &Index,
    shown: Shown,
    rows: &[CountryReport<'_>],
    region: &Region,
    year: u16,
    notes: &[String],
) -> Drawing {
    let mut keys = tier_keys(index, rows);
    let (mut lines, mut about_colours) = (Vec::new(), None);
    if shown.roles {
        keys.extend(role_keys(rows));
        let are_own = rows.iter().filter_map(CountryReport::stated).all(|it| it.year == Some(year));
        let stated =
            if are_own { "that the report states" } else { "last stated up to that report" };
        lines.push(format!("The letters are the roles {stated}."));
        about_colours = Some("The colours are the tiers of that report.".to_owned());
    }
    if shown.changes {
        keys.extend([Moved::Up, Moved::Down].map(|moved| moved_key(rows, moved)));
        lines.extend([Moved::Up, Moved::Down].iter().filter_map(|it| moves(rows, *it)));
    }
    let placed = rows.iter().filter_map(CountryReport::placed);
    let count = distinct(placed.filter(|placed| placed.tier.is_in_report()));
    let place = if region.code == WORLD { "the world" } else { &region.name };
    lines.push(format!(
        "{count} countries of {place} in the {year} report. {}",
        source(index, &(year..=year))
    ));
    let what = if shown.roles { "Roles" } else { "Tiers" };
    Drawing {
        title: format!("{what} in the {year} Trafficking in Persons Report: {place}"),
        about: format!(
            "A map of tiles, one square a country of {place}, with what the {year} report says of it"
        ),
        body: Body::Grid(Grid {
            squares: squares(index, shown, rows),
            rows: Vec::new(),
            columns: Vec::new(),
            is_lettered: !shown.roles,
        }),
        keys,
        lines,
        caveats: about_colours.into_iter().chain(caveats(notes)).collect(),
    }
}

/// The squares, moved to the north and west as far as all can be.
fn squares(index: &Index, shown: Shown, rows: &[CountryReport<'_>]) -> Vec<Square> {
    let least = |of: fn(&Tile) -> usize| {
        rows.iter().filter_map(CountryReport::tile).map(|tile| of(&tile)).min()
    };
    let (top, left) = (least(|it| it.row).unwrap_or(0), least(|it| it.column).unwrap_or(0));
    let group = |row: &CountryReport<'_>| {
        let code = row.country().regions().first().copied().unwrap_or_default();
        let region = index.regions().iter().find(|region| region.code == code);
        region.map_or(String::new(), |region| region.name.to_string())
    };
    let drawn = rows.iter().filter_map(|row| {
        let tile = row.tile()?;
        let mut it = square(index, row.country(), row.year.unwrap_or_default(), row.placed());
        (it.row, it.column) = (tile.row - top, tile.column - left);
        it.group = group(row);
        row.country().iso2.clone_into(&mut it.code);
        if shown.roles {
            show_roles(&mut it, row);
        }
        if let Some(moved) = moved(row).filter(|_| shown.changes) {
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
    drawn.collect()
}

/// Shows the roles where the tier would stand.
fn show_roles(it: &mut Square, row: &CountryReport<'_>) {
    let roles = row.stated().map(|stated| stated.roles.as_slice());
    let roles = roles.unwrap_or_default();
    it.letter = letter(roles);
    it.label = initials(roles);
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

fn initials(roles: &[Role]) -> String {
    if roles.is_empty() {
        return "•".to_owned();
    }
    let initials = roles.iter().filter_map(|role| role.to_string().chars().next());
    initials.map(|initial| initial.to_ascii_uppercase()).collect()
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
    let keys = found.iter().map(|(roles, count)| {
        let words: Vec<String> = roles.iter().map(Role::to_string).collect();
        LegendKey {
            letter: letter(roles),
            label: initials(roles),
            shade: None,
            name: format!("{}: {count}", words.join(", ")),
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
fn moved(row: &CountryReport<'_>) -> Option<Moved> {
    match row.change()?.direction() {
        Direction::Upgraded => Some(Moved::Up),
        Direction::Downgraded => Some(Moved::Down),
        Direction::Entered | Direction::Left => None,
    }
}

fn word(way: Moved) -> Direction {
    match way {
        Moved::Up => Direction::Upgraded,
        Moved::Down => Direction::Downgraded,
    }
}

fn moved_key(rows: &[CountryReport<'_>], way: Moved) -> LegendKey {
    let moves = rows.iter().filter(|row| moved(row) == Some(way));
    LegendKey {
        letter: way.sign(),
        label: way.sign().to_string(),
        shade: None,
        name: format!("{}: {}", word(way), moves.count()),
    }
}

/// Who moved so, and from which tier to which.
fn moves(rows: &[CountryReport<'_>], way: Moved) -> Option<String> {
    let rows = rows.iter().filter(|row| moved(row) == Some(way));
    let said = rows.filter_map(|row| {
        let Change { before, after } = row.change()?;
        Some(format!("{} {} to {}", row.country().iso2, before.tier, after.tier))
    });
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| format!("{}: {}", word(way), said.join(", ")))
}
