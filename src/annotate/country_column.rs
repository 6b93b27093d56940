//! Which column holds the countries: by what the columns are called, and by their cells.

use crate::annotate::country_words::{Rank, fits, is_called};
use crate::annotate::looker::Looker;
use crate::annotate::sample::{SampleRow, Score};
use crate::index::Resolution;
use crate::index::names::spellings::Kind;

#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    pub column: usize,
    pub score: Score,
    /// Whether its name says that it holds countries or their codes.
    pub is_telling: bool,
    /// How surely it is meant, whatever its cells.
    rank: Rank,
}

/// What the names and cells of the columns say.
#[derive(Clone, Debug, Default)]
pub struct CountryColumns {
    /// The column that is taken; none where several may be meant, or none is.
    pub taken: Option<Candidate>,
    /// Those that may be meant as well, and differ.
    pub rivals: Vec<usize>,
    /// Those that hold countries too, other ones, and are less surely meant.
    pub others: Vec<usize>,
    /// The column whose name says country and whose cells do not.
    pub beaten: Option<usize>,
    /// Those whose cells may be countries, too few or only codes, where their names say nothing.
    pub possible: Vec<usize>,
}

impl CountryColumns {
    pub fn is_good(&self) -> bool {
        self.taken.is_some_and(|taken| taken.score.is_good())
    }
}

/// Looks for the column of countries among those with these names; `rows` are those behind the header.
pub fn country_columns<'t>(
    names: &[String],
    rows: &[SampleRow<'t>],
    looker: &mut Looker<'_, 't>,
) -> CountryColumns {
    let (mut all, possible) = candidates(names, rows, looker);
    let beaten = drop_worse(&mut all);
    all.sort_by_key(|it| (it.rank, it.column));
    let Some(surest) = all.first().copied() else {
        return CountryColumns { possible, ..CountryColumns::default() };
    };
    let (same, differing): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|it| it.column == surest.column || looker.agree(rows, surest.column, it.column));
    // Names go before codes, where they say more: some lists have no code for Kosovo.
    let mut rows_of = |it: &Candidate| looker.rows_with_country(rows, it.column);
    let coded = rows_of(&surest);
    let mut says_more = |it: &&Candidate| it.score.is_by_names() && rows_of(it) > coded;
    let by_names = same.iter().find(|it| !surest.score.is_by_names() && says_more(it));
    let taken = *by_names.unwrap_or(&surest);
    let (equal, less): (Vec<Candidate>, Vec<Candidate>) =
        differing.into_iter().partition(|it| it.rank == surest.rank);
    let is_better = |it: &Candidate| it.score.share() > taken.score.share();
    let poor = !rows.is_empty() && !taken.score.is_good();
    if let Some(better) = equal.iter().find(|it| poor && is_better(it)) {
        return CountryColumns { taken: Some(*better), beaten, ..CountryColumns::default() };
    }
    let empty = rows.is_empty();
    let is_rival = |it: &&Candidate| empty || it.score.is_good() || !taken.score.is_good();
    let rivals: Vec<usize> = equal.iter().filter(is_rival).map(|it| it.column).collect();
    let others = less.iter().filter(|it| it.score.is_good()).map(|it| it.column).collect();
    if rivals.is_empty() {
        return CountryColumns { taken: Some(taken), rivals, others, beaten, possible };
    }
    let rivals = [vec![taken.column], rivals].concat();
    CountryColumns { taken: None, rivals, ..CountryColumns::default() }
}

/// The columns whose names or cells say that they hold countries, and those that may. Those whose names do are looked at
/// first.
fn candidates<'t>(
    names: &[String],
    rows: &[SampleRow<'t>],
    looker: &mut Looker<'_, 't>,
) -> (Vec<Candidate>, Vec<usize>) {
    let mut columns: Vec<(usize, &String, Option<Rank>)> =
        names.iter().enumerate().map(|(column, name)| (column, name, fits(name))).collect();
    columns.sort_by_key(|(.., fit)| fit.is_none());
    let (mut all, mut possible) = (Vec::new(), Vec::new());
    for (column, name, fit) in columns {
        // Where a name says country and the cells are countries, no other column is looked at.
        if fit.is_none() && all.iter().any(|it: &Candidate| it.rank.0 < 2 && it.score.is_good()) {
            break;
        }
        let score = looker.score(rows, column);
        let rank = fit.unwrap_or(if score.is_by_names() { (3, 0) } else { (4, 0) });
        let is_telling = fit.is_some();
        // Where a country stands in the header, there is none.
        let is_row = || is_country_name(looker, name);
        if is_telling || score.stands_alone(is_called(name, "place")) && !is_row() {
            all.push(Candidate { column, score, is_telling, rank });
        } else if score.is_good() && !is_row() {
            possible.push(column);
        }
    }
    (all, possible)
}

/// Returns whether the name of a column is that of a country, and no code: "id" and "no" are codes.
pub fn is_country_name(looker: &Looker<'_, '_>, name: &str) -> bool {
    let resolved = looker.index.resolve(name);
    matches!(resolved, Resolution::Country { how, .. } if how != Kind::Code)
}

/// Drops the columns that another one has twice the share of cells of, and nearly all its own, and of those whose names say
/// country the ones with few, where another one has more. Returns the first one dropped whose name says country.
fn drop_worse(all: &mut Vec<Candidate>) -> Option<usize> {
    let share = |it: &Candidate| it.score.share();
    let best = all.iter().map(share).fold(0.0, f64::max);
    let telling = all.iter().filter(|it| it.is_telling);
    let best_told = telling.clone().any(|it| it.score.is_good());
    let is_worse = |it: &Candidate| {
        let beaten = best >= 0.9 && best >= 2.0 * share(it);
        beaten || it.is_telling && best_told && !it.score.is_good()
    };
    let beaten = telling.clone().find(|it| is_worse(it) && !it.score.has_code_numbers());
    let beaten = beaten.map(|it| it.column);
    all.retain(|it| !is_worse(it));
    beaten.filter(|_| !all.iter().any(|it| it.is_telling))
}
