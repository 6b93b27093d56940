//! A card: what people are shown of one thing, the answer first, then the evidence.

use crate::output::cell::strip;
use crate::output::color::{bold, on_shade, paint};
use crate::output::link::with_links;
use crate::output::{Format, Letter, Ruler, Screen, Shade, Step, escape, grid};
use crate::text::wrapped;

/// Columns a card takes, even where the screen has more: longer lines are harder to read.
const WIDEST: usize = 80;

/// Spaces before all but the title.
const INDENT: usize = 2;

/// A space at which no line is broken. It is shown as any other.
pub const NO_BREAK: char = '\u{a0}';

#[derive(Debug)]
pub struct Card {
    pub title: String,
    /// The answer, which stands at the end of the first line, and what it stands on.
    pub answer: (String, Shade),
    pub lines: Vec<CardLine>,
}

#[derive(Debug)]
pub enum CardLine {
    Text(String),
    /// A name, and what is to be said under it.
    Item(String, String),
    Strip(Ruler, Vec<Letter>),
    /// Commands to type next under a name, for those who have a shell at hand.
    Commands(String, String),
}

/// How many cards stand side by side.
pub const SIDE_BY_SIDE: usize = 4;

/// Cards as text or Markdown: several side by side where there is room.
pub fn show(cards: &[Card], format: Format, screen: Screen) -> String {
    match (format, cards.len()) {
        (Format::Markdown, 0 | 1) => markdown(cards, screen),
        (Format::Markdown, _) => markdown_side_by_side(cards, screen),
        (_, 0 | 1) => render(cards, screen),
        _ => side_by_side(cards, screen).unwrap_or_else(|| render(cards, screen)),
    }
}

/// Cards as text, an empty line between two.
fn render(cards: &[Card], screen: Screen) -> String {
    let cards = cards.iter().map(|card| card.render(screen));
    cards.collect::<Vec<_>>().join("\n")
}

/// Items that are too long for a column: each is said once, of those cards that have it.
const LONG: [&str; 4] = ["Meaning", "Lists", "Note", "Report"];

/// The narrowest column that a card is shown in.
const NARROWEST: usize = 18;

/// Cards side by side, a column each; what is too long for a column stands below. None where a column would be too narrow.
fn side_by_side(cards: &[Card], screen: Screen) -> Option<String> {
    let width = screen.width.map_or(WIDEST, |width| usize::from(width).clamp(1, 2 * WIDEST));
    let names = labels(cards).iter().map(|label| label.chars().count()).max().unwrap_or(0);
    if width.saturating_sub(names) < cards.len() * (NARROWEST + 2) {
        return None;
    }
    let width = u16::try_from(width.saturating_sub(INDENT)).ok();
    let rows: Vec<Vec<String>> = rows(cards, |text| screen.safe(text).into_owned());
    let lines = grid::lines(&rows, &mut Vec::new(), &[], width);
    let indent = " ".repeat(INDENT);
    let mut out = String::new();
    for line in lines.lines() {
        out.extend([&*indent, line, "\n"]);
    }
    let below =
        Card { title: String::new(), answer: (String::new(), Shade::Empty), lines: below(cards) };
    out.push_str(&below.body(screen));
    Some(out)
}

/// Cards side by side as a Markdown table, and below it what is too long for a column.
fn markdown_side_by_side(cards: &[Card], screen: Screen) -> String {
    let mut out = String::new();
    for (index, row) in rows(cards, escape::markdown).iter().enumerate() {
        out.push_str(&escape::piped(row));
        if index == 0 {
            out.push_str(&escape::piped(row.iter().map(|_| "---")));
        }
    }
    out.push('\n');
    for line in below(cards) {
        out.push_str(&line.markdown());
        out.push('\n');
    }
    screen.safe_lines(&out.replace(NO_BREAK, " "))
}

/// The labels of the items that stand in columns, as they come first.
fn labels(cards: &[Card]) -> Vec<&str> {
    let mut labels: Vec<&str> = Vec::new();
    for line in cards.iter().flat_map(|card| &card.lines) {
        if let CardLine::Item(label, _) = line
            && !labels.contains(&&**label)
            && !LONG.contains(&&**label)
        {
            labels.push(label);
        }
    }
    labels
}

/// The titles and the answers of cards, and a row per label.
fn rows(cards: &[Card], shown: impl Fn(&str) -> String) -> Vec<Vec<String>> {
    let row = |label: &str, cell: &dyn Fn(&Card) -> String| -> Vec<String> {
        let cells = cards.iter().map(|card| shown(&cell(card)));
        [label.to_owned()].into_iter().chain(cells).collect()
    };
    let mut rows =
        vec![row("", &|card| card.title.clone()), row("", &|card| card.answer.0.clone())];
    for label in labels(cards) {
        rows.push(row(label, &|card| card.item(label).unwrap_or_default().replace(NO_BREAK, " ")));
    }
    rows
}

/// What stands below cards side by side: the long items, each once with the titles of the cards that have it, and the strips.
fn below(cards: &[Card]) -> Vec<CardLine> {
    let mut lines = Vec::new();
    for label in LONG {
        let mut said: Vec<(&str, Vec<&str>)> = Vec::new();
        for card in cards {
            let Some(text) = card.item(label) else { continue };
            match said.iter_mut().find(|(known, _)| *known == text) {
                Some((_, titles)) => titles.push(&card.title),
                None => said.push((text, vec![&card.title])),
            }
        }
        let lines_of = said.into_iter().map(|(text, titles)| {
            let is_of_all = titles.len() == cards.len();
            // An address says whose it is.
            let is_said = is_of_all || !text.contains(' ');
            let whose = if is_said { String::new() } else { format!("{}: ", titles.join(", ")) };
            CardLine::Item(label.to_owned(), format!("{whose}{text}"))
        });
        lines.extend(lines_of);
    }
    lines
}

/// Cards as Markdown: a heading, a list, and the strip as it is.
fn markdown(cards: &[Card], screen: Screen) -> String {
    let cards = cards.iter().map(|card| {
        let title = escape::markdown(&card.title);
        let mut out = format!("## {title}: {}\n", card.answer.0);
        let mut follows_item = false;
        for line in card.lines.iter().filter(|line| !matches!(line, CardLine::Commands(..))) {
            let is_item = matches!(line, CardLine::Item(..));
            if !(is_item && follows_item) {
                out.push('\n');
            }
            follows_item = is_item;
            out.push_str(&line.markdown());
            out.push('\n');
        }
        screen.safe_lines(&out.replace(NO_BREAK, " "))
    });
    cards.collect::<Vec<_>>().join("\n")
}

impl Card {
    fn render(&self, screen: Screen) -> String {
        let width = screen.width.map_or(WIDEST, usize::from).min(WIDEST);
        paint(&self.heading(width, screen)).into_owned() + &self.body(screen)
    }

    fn item(&self, label: &str) -> Option<&str> {
        self.lines.iter().find_map(|line| match line {
            CardLine::Item(name, text) if name == label => Some(&**text),
            _ => None,
        })
    }

    fn body(&self, screen: Screen) -> String {
        let width = screen.width.map_or(WIDEST, usize::from).min(WIDEST);
        let names = self.lines.iter().filter_map(|line| match line {
            CardLine::Item(name, _) | CardLine::Commands(name, _) => Some(name.chars().count() + 2),
            CardLine::Text(_) | CardLine::Strip(..) => None,
        });
        let names = names.max().unwrap_or(0);
        let mut out = String::new();
        for line in &self.lines {
            out.push_str(&line.render(width, names, screen));
            out.push('\n');
        }
        let out = if screen.links { with_links(&out) } else { out };
        paint(&out).replace(NO_BREAK, " ")
    }

    /// The title, and at the end of the line the answer; below the title where both have no room.
    fn heading(&self, width: usize, screen: Screen) -> String {
        let (title, answer) = (screen.safe(&self.title), screen.safe(&self.answer.0));
        let used = title.chars().count() + answer.chars().count();
        let is_fitted = |gap: &usize| *gap >= 2;
        let (gap, answer) = if let Some(gap) = width.checked_sub(used).filter(is_fitted) {
            (" ".repeat(gap), answer.into_owned())
        } else {
            let gap = format!("\n{}", " ".repeat(INDENT));
            (gap, wrapped(&answer, width, INDENT, INDENT))
        };
        if !screen.color {
            return format!("{title}{gap}{answer}\n");
        }
        let (title, answer) = (bold(&title), on_shade(&answer, self.answer.1));
        format!("{title}{gap}{answer}\n")
    }
}

impl CardLine {
    fn markdown(&self) -> String {
        match self {
            Self::Text(text) => escape::markdown(text),
            Self::Item(name, text) => format!("- **{name}:** {}", escape::markdown(text)),
            Self::Commands(..) => String::new(),
            Self::Strip(ruler, letters) => {
                let letters = strip(letters, Step::Wide, false);
                format!("~~~text\n{}\n{letters}\n~~~", ruler.line(Step::Wide))
            }
        }
    }

    /// The line, or lines, `names` columns being kept for the name of an item.
    fn render(&self, width: usize, names: usize, screen: Screen) -> String {
        let indent = " ".repeat(INDENT);
        match self {
            Self::Text(text) => {
                format!("{indent}{}", wrapped(&screen.safe(text), width, INDENT, INDENT))
            }
            Self::Item(name, text) | Self::Commands(name, text) => {
                let start = INDENT + names;
                let gap = " ".repeat(names - name.chars().count());
                let name = if screen.color { bold(name) } else { name.clone() };
                let len = text.chars().count();
                let is_fitted = screen.width.is_some();
                if is_fitted && !text.contains(' ') && start + len > width {
                    // A link that has no room beside the name may have it below.
                    return format!("{indent}{name}\n{indent}{text}");
                }
                let text = wrapped(&screen.safe(text), width, start, start);
                format!("{indent}{name}{gap}{text}")
            }
            Self::Strip(ruler, letters) => {
                let step = [Step::Wide, Step::Narrow];
                let fits = |step: &Step| INDENT + ruler.line(*step).chars().count() <= width;
                let step = step.into_iter().find(fits).unwrap_or(Step::Narrow);
                let letters = strip(letters, step, screen.color);
                format!("{indent}{}\n{indent}{letters}", ruler.line(step))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::output::card::{Card, CardLine, render};
    use crate::output::palette::Shade;
    use crate::output::screen::Screen;

    fn card() -> Card {
        Card {
            title: "Moldova".to_owned(),
            answer: ("Tier 2 in 2025".to_owned(), Shade::Second),
            lines: vec![
                CardLine::Text("one two three four five six seven eight".to_owned()),
                CardLine::Item("Link".to_owned(), "https://example.org/no/space/in/it".to_owned()),
            ],
        }
    }

    fn on(width: u16) -> String {
        let screen =
            Screen { terminal: true, width: Some(width), color: false, ..Screen::default() };
        render(&[card()], screen)
    }

    #[test]
    fn the_answer_ends_the_first_line_or_stands_below_the_title() {
        assert!(on(30).starts_with("Moldova         Tier 2 in 2025\n  one"));
        assert!(on(22).starts_with("Moldova\n  Tier 2 in 2025\n  one"));
    }

    #[test]
    fn sentences_are_broken_between_words_and_a_link_is_never_broken() {
        let card = on(22);
        assert!(card.contains("  one two three four\n  five six seven eight\n"), "{card}");
        assert!(card.contains("  Link\n  https://example.org/no/space/in/it\n"), "{card}");
    }
}
