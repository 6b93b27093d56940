//! The year that a cell gives its row: what says one year and nothing else.

/// The marks of footnotes that stand behind a year.
const FOOTNOTES: [char; 3] = ['*', '†', '‡'];

/// How years are written that are read.
pub const READ: &str = "2018, 2018.0, FY2018, 2018*, 2018-06 or 2018-06-28";

/// Returns the year that a text is: alone, as programs write it that know only numbers with decimals, as a fiscal year, with
/// the mark of a footnote, or as the year of an ISO date.
pub fn year(text: &str) -> Option<u16> {
    let text = text.trim();
    let text = text.trim_end_matches(FOOTNOTES).trim_end();
    let text = text.strip_suffix(".0").unwrap_or(text);
    let fiscal = text.get(..2).filter(|start| start.eq_ignore_ascii_case("FY"));
    let text = fiscal.and_then(|_| text.get(2..)).map_or(text, str::trim_start);
    let (year, rest) = text.split_at_checked(4)?;
    let is_year = year.bytes().all(|byte| byte.is_ascii_digit());
    let is_whole = rest.is_empty() || fiscal.is_none() && is_rest_of_date(rest);
    year.parse().ok().filter(|_| is_year && is_whole)
}

/// Returns whether a text is what follows the year in an ISO date: the month, perhaps the day, perhaps the time.
fn is_rest_of_date(text: &str) -> bool {
    let Some((month, rest)) = part(text, 12) else {
        return false;
    };
    let (day, time) = part(rest, 31).unwrap_or((1, rest));
    let is_time = time.is_empty()
        || rest.len() > time.len()
            && time.starts_with(['T', ' '])
            && time.get(1..3).is_some_and(|hour| hour.bytes().all(|byte| byte.is_ascii_digit()));
    month > 0 && day > 0 && is_time
}

/// Returns the number of two digits behind a hyphen, at most `most`, and what follows.
fn part(text: &str, most: u8) -> Option<(u8, &str)> {
    let (digits, rest) = text.strip_prefix('-')?.split_at_checked(2)?;
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.parse().ok().filter(|number| is_number && *number <= most)?;
    Some((number, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_read_where_a_cell_says_one_and_nothing_else() {
        for text in [
            "2018",
            " 2018 ",
            "2018.0",
            "FY2018",
            "fy 2018",
            "2018*",
            "2018 †",
            "2018**",
            "FY2018*",
            "2018-06",
            "2018-06-28",
            "2018-06-28T12:00:00Z",
            "2018-06-28 00:00:00",
            "2018-12-31*",
        ] {
            assert_eq!(year(text), Some(2018), "{text}");
        }
        for text in [
            "",
            "18",
            "FY18",
            "20O8",
            "2018/19",
            "2018-19",
            "2018-2019",
            "28.06.2018",
            "06/28/2018",
            "2018-13-01",
            "2018-06-32",
            "2018-00",
            "2018-06-28x",
            "2018-06T",
            "c. 2018",
            "20180628",
            "+201",
            "2018.5",
            "FY2018-06",
            "２０１８",
        ] {
            assert_eq!(year(text), None, "{text}");
        }
    }
}
