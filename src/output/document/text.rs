//! A page as text and as Markdown: the same blocks in the same order.

use std::fmt::Write;
use std::iter::once;

use crate::output::cell::strip;
use crate::output::color::{bold, paint};
use crate::output::{
    Alignment, Block, Document, Moment, Rich, Rows, Ruler, Screen, Span, Step, Steps, escape, grid,
};
use crate::text::{length, wrapped};

/// The longest line that is easy to read.
const WIDEST: usize = 80;

/// The pages as Markdown, or as text, wrapped to the screen.
pub fn render(pages: &[Document], is_markdown: bool, screen: Screen) -> String {
    let width = screen.width.map_or(WIDEST, usize::from).min(WIDEST);
    let text = Text { width, screen, is_markdown };
    if is_markdown {
        let pages: Vec<String> = pages.iter().map(|page| text.markdown(page)).collect();
        return pages.join("\n---\n\n");
    }
    let pages: Vec<String> = pages.iter().map(|page| text.plain(page)).collect();
    paint(&pages.join("\n\n")).into_owned()
}

struct Text {
    width: usize,
    screen: Screen,
    is_markdown: bool,
}

impl Text {
    fn plain(&self, page: &Document) -> String {
        let title = self.bold(&page.title);
        let mut out = format!("{}\n{title}\n", self.fitted(&page.kicker, 0));
        if !page.verdict.0.is_empty() {
            let _ = writeln!(out, "{}", self.line(&page.verdict, 0));
        }
        for text in [Some(&page.lede), page.warning.as_ref()].into_iter().flatten() {
            let _ = writeln!(out, "\n{}", self.line(text, 0));
        }
        for section in page.in_words() {
            let _ = writeln!(out, "\n{}", self.bold(&section.title));
            for block in section.in_words() {
                let _ = writeln!(out, "{}", self.block(block).trim_end_matches('\n'));
            }
        }
        out + "\n" + &self.fitted(&page.footer, 0) + "\n"
    }

    fn markdown(&self, page: &Document) -> String {
        let mut out = format!("# {}\n\n", escape::markdown(&page.title));
        let parts = [&Rich::from(&*page.kicker), &page.verdict, &page.lede];
        for part in parts.into_iter().filter(|part| !part.0.is_empty()) {
            let _ = writeln!(out, "{}\n", marked(part));
        }
        if let Some(warning) = &page.warning {
            let _ = writeln!(out, "> {}\n", marked(warning));
        }
        for section in page.in_words() {
            let _ = writeln!(out, "## {}\n", escape::markdown(&section.title));
            for block in section.in_words() {
                let _ = writeln!(out, "{}\n", self.block(block));
            }
        }
        out + &escape::markdown(&page.footer) + "\n"
    }

    fn block(&self, block: &Block) -> String {
        let lines = |items: &[Rich], sign: &dyn Fn(usize) -> String| {
            let lines = items.iter().zip(1..).map(|(item, number)| {
                let sign = sign(number);
                format!("{sign} {}", self.line(item, sign.len() + 1))
            });
            lines.collect::<Vec<_>>().join("\n")
        };
        match block {
            Block::Text(rich) | Block::Note(rich) => self.line(rich, 0),
            Block::Quote(quote) if self.is_markdown => format!("> {}", escape::markdown(quote)),
            Block::Quote(quote) => format!("  {}", self.fitted(quote, 2)),
            Block::List(items) => lines(items, &|_| "-".to_owned()),
            Block::Numbered(items) => lines(items, &|number| format!("{number}.")),
            Block::Rows(rows) => self.rows(rows),
            Block::Steps(steps) => self.steps(steps),
            Block::Picture(_) => String::new(),
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
        if self.is_markdown {
            return marked(rich);
        }
        let link = |text: &str, url: &str| {
            if text == url { url.to_owned() } else { format!("{text} ({url})") }
        };
        self.fitted(&words(rich, &str::to_owned, &link), indent)
    }

    /// Columns of one width each, numbers at the right.
    fn rows(&self, table: &Rows) -> String {
        if self.is_markdown {
            return markdown_rows(table);
        }
        let cell = |rich: &Rich| {
            let text = words(rich, &str::to_owned, &|text, _| text.to_owned());
            self.screen.safe(&text).into_owned()
        };
        let heads = table.heads.iter().map(|(head, _)| head.clone()).collect();
        let rows = table.rows.iter().map(|row| row.iter().map(cell).collect());
        let lines: Vec<Vec<String>> = once(heads).chain(rows).collect();
        let aligned =
            table.heads.iter().map(|(_, right)| Alignment { right: *right, whole: *right });
        let aligned: Vec<Alignment> = aligned.collect();
        grid::lines(&lines, &mut Vec::new(), &aligned, u16::try_from(self.width).ok())
    }

    /// A lane per line, the letters in their years; the table where that is too wide.
    fn steps(&self, steps: &Steps) -> String {
        let names = steps.lanes.iter().map(|(_, name)| length(name)).max().unwrap_or(0);
        let fits = |step: &Step| names + 1 + steps.steps.len() * *step as usize <= self.width;
        let step = [Step::Wide, Step::Narrow].into_iter().find(fits);
        let Some(step) = step.filter(|_| !self.is_markdown) else {
            return self.rows(&steps.table);
        };
        let start = names + step as usize;
        let mut out = String::new();
        for (lane, name) in &steps.lanes {
            let letters = steps.steps.iter().map(|Moment { mark, .. }| {
                // What is no rank stands in one lane.
                let is_here =
                    mark.shade == *lane || mark.shade.tone().is_none() && lane.tone().is_none();
                (if is_here { mark.letter } else { ' ' }, mark.shade)
            });
            let letters: Vec<_> = letters.collect();
            let line = format!("{name:start$}{}", strip(&letters, step, false));
            let _ = writeln!(out, "{}", line.trim_end());
        }
        let ticks = steps.steps.iter().enumerate().filter(|(_, it)| it.year.is_multiple_of(5));
        let ticks = ticks.map(|(place, it)| (place, format!("'{:02}", it.year % 100))).collect();
        let ruler = Ruler { span: String::new(), ticks };
        format!("{out}{}{}\n", " ".repeat(start - 1), ruler.line(step))
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
        Span::Moved(way) => way.word().to_owned(),
    };
    rich.0.iter().map(span).collect()
}

fn markdown_rows(table: &Rows) -> String {
    let heads = escape::piped(table.heads.iter().map(|(head, _)| escape::markdown(head)));
    let rules = table.heads.iter().map(|(_, number)| if *number { "--:" } else { "---" });
    let rows = table.rows.iter().map(|row| escape::piped(row.iter().map(marked)));
    let lines: String = [heads, escape::piped(rules)].into_iter().chain(rows).collect();
    lines.trim_end().to_owned()
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
