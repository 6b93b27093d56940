//! A card: what people are shown of one thing, the answer first, then the evidence.

use crate::output::color::{bold, on_shade, paint};
use crate::output::link::with_links;
use crate::output::palette::Shade;
use crate::output::screen::Screen;
use crate::output::strip::{self, Letter, Ruler, Step};
use crate::text::wrapped;

/// Columns a card takes, even where the screen has more: longer lines are harder to read.
const WIDEST: usize = 80;

/// Spaces before all but the title.
const INDENT: usize = 2;

/// A space at which no line is broken. It is shown as any other.
pub const NO_BREAK: char = '\u{a0}';

/// What people are shown of one thing.
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
}

/// Cards as text, an empty line between two.
pub fn render(cards: &[Card], screen: Screen) -> String {
    let cards = cards.iter().map(|card| card.render(screen));
    cards.collect::<Vec<_>>().join("\n")
}

/// Cards as Markdown: a heading, a list, and the strip as it is.
pub fn markdown(cards: &[Card], screen: Screen) -> String {
    let cards = cards.iter().map(|card| {
        let mut out = format!("## {}: {}\n", card.title, card.answer.0);
        let mut follows_item = false;
        for line in &card.lines {
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
        let names = self.lines.iter().filter_map(|line| match line {
            CardLine::Item(name, _) => Some(name.chars().count() + 2),
            CardLine::Text(_) | CardLine::Strip(..) => None,
        });
        let names = names.max().unwrap_or(0);
        let mut out = self.heading(width, screen);
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
        let gap = match width.checked_sub(used) {
            Some(gap @ 2..) => " ".repeat(gap),
            _ => format!("\n{}", " ".repeat(INDENT)),
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
            Self::Text(text) => text.clone(),
            Self::Item(name, text) => format!("- **{name}:** {text}"),
            Self::Strip(ruler, letters) => {
                let letters = strip::line(letters, Step::Wide, false);
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
            Self::Item(name, text) => {
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
                let letters = strip::line(letters, step, screen.color);
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
