//! A page as text and as Markdown: the same blocks in the same order.

use std::fmt::Write;

use crate::output::color::{bold, paint};
use crate::output::document::{Block, Document, Rich, Rows, Span, Steps};
use crate::output::escape;
use crate::output::screen::Screen;
use crate::text::{length, wrapped};

/// The longest line that is easy to read.
const WIDEST: usize = 80;

/// The pages as text, wrapped to the screen.
pub fn plain(pages: &[Document], screen: Screen) -> String {
    let width = screen.width.map_or(WIDEST, usize::from).min(WIDEST);
    let text = Plain { width, screen };
    let pages: Vec<String> = pages.iter().map(|page| text.page(page)).collect();
    paint(&pages.join("\n\n")).into_owned()
}

struct Plain {
    width: usize,
    screen: Screen,
}

impl Plain {
    fn page(&self, page: &Document) -> String {
        let title = self.bold(&page.title);
        let mut out = format!("{}\n{title}\n", self.fitted(&page.kicker, 0));
        let _ = writeln!(out, "{}\n", self.line(&page.verdict, 0));
        let _ = writeln!(out, "{}", self.line(&page.lede, 0));
        if let Some(warning) = &page.warning {
            let _ = writeln!(out, "\n{}", self.line(warning, 0));
        }
        for section in &page.sections {
            let _ = writeln!(out, "\n{}", self.bold(&section.title));
            for block in &section.blocks {
                out.push_str(&self.block(block));
            }
        }
        out + "\n" + &self.fitted(&page.footer, 0) + "\n"
    }

    fn block(&self, block: &Block) -> String {
        match block {
            Block::Text(rich) | Block::Note(rich) => self.line(rich, 0) + "\n",
            Block::Quote(quote) => {
                format!("  {}\n", wrapped(&self.screen.safe(quote), self.width, 2, 2))
            }
            Block::List(items) => items
                .iter()
                .fold(String::new(), |out, item| out + "- " + &self.line(item, 2) + "\n"),
            Block::Numbered(items) => {
                let items = items.iter().zip(1..);
                items.fold(String::new(), |out, (item, number)| {
                    format!("{out}{number}. {}\n", self.line(item, 3))
                })
            }
            Block::Rows(rows) => self.rows(rows),
            Block::Steps(steps) => self.steps(steps),
        }
    }

    fn bold(&self, title: &str) -> String {
        let title = self.fitted(title, 0);
        if self.screen.color { bold(&title) } else { title }
    }

    fn fitted(&self, text: &str, indent: usize) -> String {
        wrapped(&self.screen.safe(text), self.width, indent, indent)
    }

    fn line(&self, rich: &Rich, indent: usize) -> String {
        self.fitted(&words(rich, &|text| text.to_owned(), &|text, url| with_url(text, url)), indent)
    }

    /// Columns of one width each, numbers at the right; the last column goes on below itself.
    fn rows(&self, table: &Rows) -> String {
        let cell = |rich: &Rich| words(rich, &|text| text.to_owned(), &|text, _| text.to_owned());
        let heads = table.heads.iter().map(|(head, _)| head.clone()).collect();
        let rows = table.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<String>>());
        let lines: Vec<Vec<String>> = std::iter::once(heads).chain(rows).collect();
        let mut out = String::new();
        for line in &lines {
            let (mut text, mut used) = (String::new(), 0);
            for (place, cell) in line.iter().enumerate() {
                let widths = lines.iter().filter_map(|line| line.get(place));
                let wide = widths.map(|cell| length(cell)).max().unwrap_or(0);
                let gap = " ".repeat(wide.saturating_sub(length(cell)));
                let is_number = table.heads.get(place).is_some_and(|(_, is_number)| *is_number);
                let cell = self.screen.safe(cell);
                if place + 1 == line.len() && !is_number {
                    text.push_str(&wrapped(&cell, self.width, used, used));
                } else {
                    let padded =
                        if is_number { format!("{gap}{cell}") } else { format!("{cell}{gap}") };
                    text.push_str(&padded);
                    text.push_str("  ");
                    used += wide + 2;
                }
            }
            out.push_str(text.trim_end());
            out.push('\n');
        }
        out
    }

    /// A lane per line, the letters in their years; the table where that is too wide.
    fn steps(&self, steps: &Steps) -> String {
        let names = steps.lanes.iter().map(|(_, name)| length(name)).max().unwrap_or(0) + 1;
        let wide = if names + steps.steps.len() * 2 <= self.width { 2 } else { 1 };
        if names + steps.steps.len() * wide > self.width {
            return self.rows(&steps.table);
        }
        let mut out = String::new();
        for (shade, name) in &steps.lanes {
            let letters = steps.steps.iter().map(|step| {
                let letter = if step.mark.shade == *shade { step.mark.letter } else { ' ' };
                format!("{letter:>wide$}")
            });
            let line = format!("{name:names$}{}", letters.collect::<String>());
            let _ = writeln!(out, "{}", line.trim_end());
        }
        let mut years = String::new();
        for (place, step) in steps.steps.iter().enumerate() {
            let gap = (names + (place + 1) * wide).saturating_sub(length(&years) + 2);
            if step.year % 5 == 0 && gap > 0 {
                let _ = write!(years, "{}'{:02}", " ".repeat(gap), step.year % 100);
            }
        }
        out + years.trim_end() + "\n"
    }
}

/// The words of a text, those of the reader's kind made by `plain` and `link`.
fn words(
    rich: &Rich,
    plain: &dyn Fn(&str) -> String,
    link: &dyn Fn(&str, &str) -> String,
) -> String {
    let span = |span: &Span| match span {
        Span::Plain(text) | Span::Strong(text) => plain(text),
        Span::Link { text, url } => link(text, url),
        Span::Mark(mark) => plain(&mark.name),
        Span::Up => "up".to_owned(),
        Span::Down => "down".to_owned(),
    };
    rich.0.iter().map(span).collect()
}

fn with_url(text: &str, url: &str) -> String {
    if text == url { url.to_owned() } else { format!("{text} ({url})") }
}

/// The pages as Markdown.
pub fn markdown(pages: &[Document]) -> String {
    let pages: Vec<String> = pages.iter().map(markdown_page).collect();
    pages.join("\n---\n\n")
}

fn markdown_page(page: &Document) -> String {
    let mut out = format!("# {}\n\n", escape::markdown(&page.title));
    for part in [&Rich::from(&*page.kicker), &page.verdict, &page.lede] {
        let _ = writeln!(out, "{}\n", marked(part));
    }
    if let Some(warning) = &page.warning {
        let _ = writeln!(out, "> {}\n", marked(warning));
    }
    for section in &page.sections {
        let _ = writeln!(out, "## {}\n", escape::markdown(&section.title));
        for block in &section.blocks {
            let _ = writeln!(out, "{}\n", markdown_block(block));
        }
    }
    out + &escape::markdown(&page.footer) + "\n"
}

fn markdown_block(block: &Block) -> String {
    let lines = |items: Vec<String>| items.join("\n");
    match block {
        Block::Text(rich) | Block::Note(rich) => marked(rich),
        Block::Quote(quote) => format!("> {}", escape::markdown(quote)),
        Block::List(items) => lines(items.iter().map(|it| format!("- {}", marked(it))).collect()),
        Block::Numbered(items) => {
            let items = items.iter().zip(1..);
            lines(items.map(|(it, number)| format!("{number}. {}", marked(it))).collect())
        }
        Block::Rows(rows) => markdown_rows(rows),
        Block::Steps(steps) => markdown_rows(&steps.table),
    }
}

fn markdown_rows(table: &Rows) -> String {
    let piped = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let heads = table.heads.iter().map(|(head, _)| escape::markdown(head)).collect();
    let rules =
        table.heads.iter().map(|(_, number)| if *number { "--:" } else { "---" }.to_owned());
    let rows = table.rows.iter().map(|row| piped(row.iter().map(marked).collect()));
    let lines: Vec<String> =
        [piped(heads), piped(rules.collect())].into_iter().chain(rows).collect();
    lines.join("\n")
}

/// Words as Markdown.
fn marked(rich: &Rich) -> String {
    let strong = |span: &Span| match span {
        Span::Strong(text) => format!("**{}**", escape::markdown(text)),
        other => words(&Rich(vec![other.clone()]), &escape::markdown, &|text, url| {
            format!("[{}](<{}>)", escape::markdown(text), url.replace(['<', '>', '\n'], ""))
        }),
    };
    rich.0.iter().map(strong).collect()
}
