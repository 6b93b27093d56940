//! The map as a drawing.

use std::fmt::Write;

use crate::answer::drawn::{caveats, source, square, tier_key, unknown_key};
use crate::commands::map::rows::Row;
use crate::index::count::distinct;
use crate::index::placement::{Direction, Placement};
use crate::index::region::Region;
use crate::index::role::Role;
use crate::index::tile::Tile;
use crate::index::{Index, WORLD};
use crate::output::drawing::{Body, Drawing, Grid, Key, Moved, Square};

/// What is to be shown of the countries.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// The roles that the report states, and not the tiers.
    pub roles: bool,
    /// Which were upgraded and downgraded.
    pub changes: bool,
    /// The letters alone.
    pub mark: bool,
}

/// The countries in their places, and year, counts and source under them.
pub fn drawing(
    index: &Index,
    asked: Asked,
    rows: &[Row<'_>],
    region: &Region,
    year: u16,
    notes: &[String],
) -> Drawing {
    let mut keys = tier_keys(index, rows);
    let (mut lines, mut about_colours) = (Vec::new(), None);
    if asked.roles {
        keys.extend(role_keys(rows));
        lines.push("The letters are the roles that the report states.".to_owned());
        about_colours = Some("The colours are the tiers of that report.".to_owned());
    }
    if asked.changes {
        keys.extend([Moved::Up, Moved::Down].map(|moved| moved_key(rows, moved)));
        lines.extend([Moved::Up, Moved::Down].iter().filter_map(|it| moves(rows, *it)));
    }
    let placed = rows.iter().filter_map(|row| row.placed.as_ref());
    let count = distinct(placed.filter(|placed| placed.tier.is_in_report()));
    let place = if region.code == WORLD { "the world" } else { &region.name };
    lines.push(format!(
        "{count} countries of {place} in the {year} report. {}",
        source(index, &(year..=year))
    ));
    let what = if asked.roles { "Roles" } else { "Tiers" };
    Drawing {
        title: format!("{what} in the {year} Trafficking in Persons Report: {place}"),
        about: format!(
            "A map of tiles, one square a country of {place}, with what the {year} report says of it"
        ),
        body: Body::Grid(Grid {
            squares: squares(index, asked, rows),
            rows: Vec::new(),
            columns: Vec::new(),
            is_lettered: !asked.roles,
        }),
        keys,
        lines,
        caveats: about_colours.into_iter().chain(caveats(notes)).collect(),
    }
}

/// The squares, moved to the north and west as far as all can be.
fn squares(index: &Index, asked: Asked, rows: &[Row<'_>]) -> Vec<Square> {
    let least =
        |of: fn(&Tile) -> usize| rows.iter().filter_map(|row| row.tile.as_ref()).map(of).min();
    let (top, left) = (least(|it| it.row).unwrap_or(0), least(|it| it.column).unwrap_or(0));
    let group = |row: &Row<'_>| {
        let code = row.country.regions().first().copied().unwrap_or_default();
        let region = index.regions().iter().find(|region| region.code == code);
        region.map_or(String::new(), |region| region.name.to_string())
    };
    let drawn = rows.iter().filter_map(|row| {
        let tile = row.tile?;
        let mut it = square(index, row.country, row.year, row.placed.as_ref());
        (it.row, it.column) = (tile.row - top, tile.column - left);
        it.group = group(row);
        row.country.iso2.clone_into(&mut it.code);
        if asked.roles {
            show_roles(&mut it, row);
        }
        if let Some(moved) = moved(row).filter(|_| asked.changes) {
            it.moved = Some(moved);
            it.label = format!("{}{}", moved.sign(), it.label);
            let before = row.before.as_ref().map_or(String::new(), |it| it.tier.to_string());
            let _ = write!(it.title, ", {before} in the report before");
        }
        if asked.mark {
            it.code.clear();
        }
        Some(it)
    });
    drawn.collect()
}

/// Shows the roles where the tier would stand.
fn show_roles(it: &mut Square, row: &Row<'_>) {
    let roles = row.roles.as_ref().map(|stated| stated.roles.as_slice());
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
fn role_keys(rows: &[Row<'_>]) -> Vec<Key> {
    let mut found: Vec<(&[Role], usize)> = Vec::new();
    for roles in rows.iter().filter_map(|row| Some(row.roles.as_ref()?.roles.as_slice())) {
        match found.iter_mut().find(|(known, _)| *known == roles) {
            Some((_, count)) => *count += 1,
            None => found.push((roles, 1)),
        }
    }
    found.sort_by_key(|(roles, count)| (usize::MAX - count, *roles));
    let keys = found.iter().map(|(roles, count)| {
        let words: Vec<String> = roles.iter().map(Role::to_string).collect();
        Key {
            letter: letter(roles),
            label: initials(roles),
            shade: None,
            name: format!("{}: {count}", words.join(", ")),
        }
    });
    keys.collect()
}

/// What the letters of tiers mean, and how many countries have them. A rank that no country has is said, too.
fn tier_keys(index: &Index, rows: &[Row<'_>]) -> Vec<Key> {
    let placed = || rows.iter().filter_map(|row| row.placed.as_ref());
    let keys = index.tiers().iter().filter_map(|definition| {
        let tier = definition.tier;
        let of_tier = |placed: &&Placement| placed.tier == tier;
        let count = distinct(placed().filter(of_tier));
        let is_said = count > 0 || tier.is_rank();
        is_said.then(|| tier_key(index, tier, &count.to_string())).flatten()
    });
    let mut keys: Vec<Key> = keys.collect();
    let unknown = rows.iter().filter(|row| row.placed.is_none()).count();
    if unknown > 0 {
        keys.push(unknown_key(&unknown.to_string()));
    }
    keys
}

/// Which way a country moved since the report before, between ranks.
fn moved(row: &Row<'_>) -> Option<Moved> {
    match row.direction()? {
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

fn moved_key(rows: &[Row<'_>], way: Moved) -> Key {
    let moves = rows.iter().filter(|row| moved(row) == Some(way));
    Key {
        letter: way.sign(),
        label: way.sign().to_string(),
        shade: None,
        name: format!("{}: {}", word(way), moves.count()),
    }
}

/// Who moved so, and from which tier to which.
fn moves(rows: &[Row<'_>], way: Moved) -> Option<String> {
    let rows = rows.iter().filter(|row| moved(row) == Some(way));
    let said = rows.filter_map(|row| {
        let (before, after) = row.before.as_ref().zip(row.placed.as_ref())?;
        Some(format!("{} {} to {}", row.country.iso2, before.tier, after.tier))
    });
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| format!("{}: {}", word(way), said.join(", ")))
}
