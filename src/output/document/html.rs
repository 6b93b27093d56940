//! A page as HTML: one file that asks for nothing else, and shows nothing but what is in it. maud escapes every text.

use data_encoding::BASE64;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::output::{
    Block, Body, Cell, Document, Drawing, Head, Mark, Place, Remarks, Rich, Rows, Section, Shade,
    Span, Steps, Table, TableRow, svg,
};
use crate::text::capitalised;

const STYLE: &str = include_str!("page.css");
/// The one script, of a page with a table to sort.
const SCRIPT: &str = include_str!("page.js");
/// What leads to that table.
const ROWS: &str = "rows";

/// The longest name of a page, as validators have it.
const LONGEST_NAME: usize = 70;

/// The pages, one after the other, in one file.
pub fn page(pages: &[Document]) -> String {
    let window = match pages {
        [one] => one.window.clone(),
        [first, .., last] => format!("{} to {}", first.title, last.title),
        [] => String::new(),
    };
    let body = html! {
        @for page in pages { (document(page, pages.len() == 1)) }
    };
    let blocks = pages.iter().flat_map(|page| &page.sections).flat_map(|section| &section.blocks);
    let mut blocks = blocks.filter(|block| matches!(block, Block::Rows(rows) if rows.is_sortable));
    whole(&window, &body, blocks.next().is_some())
}

/// A whole file around its body.
fn whole(window: &str, body: &Markup, has_script: bool) -> String {
    let window: String = window.chars().take(LONGEST_NAME).collect();
    let hash = |text: &str| BASE64.encode(&Sha256::digest(text.as_bytes()));
    let style = hash(STYLE);
    let script = has_script.then(|| format!(" script-src 'sha256-{}';", hash(SCRIPT)));
    let script = script.unwrap_or_default();
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{style}';{script} img-src data:; base-uri 'none'; form-action 'none'"
    );
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (window) }
                link rel="icon" href="data:,";
                style { (PreEscaped(STYLE)) }
            }
            body {
                (body)
                @if has_script { script { (PreEscaped(SCRIPT)) } }
            }
        }
    };
    page.into_string() + "\n"
}

/// A page. One that stands alone is the main part of its file; of several each is an article.
fn document(page: &Document, is_alone: bool) -> Markup {
    let inner = html! {
        header {
            p.kicker { (page.kicker) }
            h1 { (page.title) }
            @if !page.verdict.0.is_empty() { p.verdict { (rich(&page.verdict)) } }
            p.lede { (rich(&page.lede)) }
            @if let Some(warning) = &page.warning { p.flag { (rich(warning)) } }
        }
        @for section in in_place(page, Place::Whole) { (section_of(section)) }
        div.body { div.cols {
            div { @for section in in_place(page, Place::Left) { (section_of(section)) } }
            div { @for section in in_place(page, Place::Right) { (section_of(section)) } }
        } }
        @for section in in_place(page, Place::Below) { (section_of(section)) }
    };
    let foot = html! { footer { p.note { (page.footer) } } };
    html! {
        @if !page.nav.0.is_empty() { nav { (rich(&page.nav)) } }
        @if is_alone { main { (inner) } (foot) } @else { article { (inner) (foot) } }
    }
}

fn in_place(page: &Document, place: Place) -> impl Iterator<Item = &Section> {
    page.sections.iter().filter(move |section| section.place == place)
}

fn section_of(section: &Section) -> Markup {
    html! {
        section {
            h2 { (section.title) }
            @for block in &section.blocks { (block_of(block)) }
        }
    }
}

fn block_of(block: &Block) -> Markup {
    html! {
        @match block {
            Block::Text(text) => p { (rich(text)) },
            Block::Note(text) => p.note { (rich(text)) },
            Block::Quote(quote) => blockquote { (quote) },
            Block::List(items) => ul { @for item in items { li { (rich(item)) } } },
            Block::Numbered(items) => ol { @for item in items { li { (rich(item)) } } },
            Block::Rows(rows) => (table(rows, true)),
            Block::Steps(it) => (steps(it)),
            Block::Picture(it) => (picture(it)),
        }
    }
}

/// A small table; its caption is for those who listen, where a heading stands above.
fn table(rows: &Rows, is_headed: bool) -> Markup {
    let number = |place: usize| rows.heads.get(place).is_some_and(|(_, is_number)| *is_number);
    html! {
        table class=[rows.is_sortable.then_some("sortable")] id=[rows.is_sortable.then_some(ROWS)] {
            caption class=[is_headed.then_some("k")] { (rows.caption) }
            thead { tr {
                @for (place, (head, is_number)) in rows.heads.iter().enumerate() {
                    th scope="col" class=[(*is_number && place > 0).then_some("n")] { (head) }
                }
            } }
            tbody {
                @for (at, row) in rows.rows.iter().enumerate() {
                    tr class=[(rows.own == Some(at)).then_some("me")] {
                        @for (place, cell) in row.iter().enumerate() {
                            @if place == 0 { th scope="row" { (rich(cell)) } }
                            @else { td class=[number(place).then_some("n")] { (rich(cell)) } }
                        }
                    }
                }
            }
        }
    }
}

/// A drawing: its squares or bars, what its signs mean, and what must be said of it.
fn picture(drawing: &Drawing) -> Markup {
    // A map shrinks with the page; the years of a chart would be too small to read.
    let is_map = matches!(&drawing.body, Body::Grid(grid) if grid.rows.is_empty());
    let svg = PreEscaped(svg::inline(drawing));
    html! {
        figure {
            @if is_map { (svg) }
            @else { section.scroll tabindex="0" aria-label=(drawing.title) { (svg) } }
            ul.key { @for key in &drawing.keys { li {
                @match key.shade {
                    Some(shade) => span class=(format!("t {}", class(shade))) { (key.label) },
                    None => b { (key.label) },
                }
                " " (key.name)
            } } }
            figcaption { @for line in drawing.lines.iter().chain([&drawing.signs]).chain(&drawing.notes) { @if !line.is_empty() { p.note { (line) } } } }
        }
    }
}

/// A staircase: position, letter and colour say the same, and the table says it in words.
fn steps(steps: &Steps) -> Markup {
    let is_five = steps.lanes.len() > 4;
    let last = steps.steps.len().saturating_sub(1);
    html! {
        div.steps .five[is_five] {
            div.lanes aria-hidden="true" { @for (_, name) in &steps.lanes { span { (name) } } }
            ol {
                @for (at, step) in steps.steps.iter().enumerate() {
                    @let is_named = at == 0 || at == last || step.year % 5 == 0;
                    li class=(class(step.mark.shade)) {
                        span.k { (step.year) ": " (step.mark.name) }
                        b aria-hidden="true" { (step.mark.letter) }
                        i aria-hidden="true" class=[is_named.then_some("fifth")] { "’" (format!("{:02}", step.year % 100)) }
                    }
                }
            }
        }
        details {
            summary { "The same as a table" }
            (table(&steps.table, false))
        }
    }
}

fn rich(text: &Rich) -> Markup {
    html! { @for span in &text.0 { (span_of(span)) } }
}

fn span_of(span: &Span) -> Markup {
    html! {
        @match span {
            Span::Plain(text) => (text),
            Span::Strong(text) => strong { (text) },
            Span::Link { text, url } => a href=(url) { (text) },
            Span::Mark(it) => (mark(it)),
            Span::Moved(way) => { span aria-hidden="true" { (way.sign()) } "\u{a0}" (way.word()) },
        }
    }
}

fn mark(mark: &Mark) -> Markup {
    let class = format!("t {}", class(mark.shade));
    html! { span.whole { span class=(class) aria-hidden="true" { (mark.letter) } " " (mark.name) } }
}

/// What the style sheet calls a shade.
fn class(shade: Shade) -> &'static str {
    match shade {
        Shade::First => "t1",
        Shade::Second => "t2",
        Shade::Third => "tw",
        Shade::Fourth => "t3",
        Shade::Hatched | Shade::Empty | Shade::Unknown => "tn",
    }
}

/// Returns a table as a page: its title, the rows, and below them what is said beside them and the footer.
pub fn table_page(
    table: &Table<'_>,
    rows: &[TableRow<'_>],
    said: &mut Remarks,
    footer: &str,
) -> String {
    let title = capitalised(table.title.as_deref().unwrap_or("tip"));
    let empty = said.empty.take().filter(|_| rows.is_empty());
    // A picture has said them.
    let mut lines = if table.picture.is_none() { said.around(&table.header()) } else { Vec::new() };
    lines.extend(said.warnings.iter().map(|warning| capitalised(warning)));
    let body = html! {
        main {
            h1 { (title) }
            @if let Some(drawing) = &table.picture { (picture(drawing)) }
            @if let Some(empty) = &empty { p { (capitalised(empty)) } }
            @else { section.scroll tabindex="0" aria-label="The rows" { (self::table(&all_rows(table, rows), true)) } }
            @for line in &lines { p.note { (line) } }
        }
        footer { p.note { (footer) } }
    };
    whole(&title, &body, false)
}

/// The rows; one alone stands on its side, a name and a value per line.
fn all_rows(table: &Table<'_>, rows: &[TableRow<'_>]) -> Rows {
    let caption = capitalised(table.title.as_deref().unwrap_or_default());
    let heads: Vec<String> = table.heads().iter().map(Head::line).collect();
    let rows: Vec<Vec<Cell>> = rows.iter().map(|row| row.cells(table.shown())).collect();
    if let ([row], true) = (rows.as_slice(), heads.len() > 4) {
        let lines = heads.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
        let rows = lines.map(|(head, cell)| vec![Rich::from(head), in_page(cell)]).collect();
        return Rows::new(caption, &["What", "Answer"], rows);
    }
    let is_number =
        |place: usize| rows.iter().filter_map(|row| row.get(place)).all(Cell::is_numeric);
    let heads = heads.into_iter().enumerate();
    let heads = heads.map(|(place, head)| (head, is_number(place))).collect();
    let rows = rows.iter().map(|row| row.iter().map(in_page).collect()).collect();
    Rows { caption, heads, rows, ..Rows::default() }
}

/// A cell as words.
fn in_page(cell: &Cell) -> Rich {
    match cell {
        Cell::Linked { text, url } => Rich::default().link(text, Some(url)),
        cell => Rich::from(cell.joined("; ")),
    }
}

#[test]
fn the_style_sheet_has_the_colours_of_the_palette() {
    for shade in [Shade::First, Shade::Second, Shade::Third, Shade::Fourth] {
        let tone = shade.tone().expect("a rank has a colour");
        assert!(STYLE.contains(tone.fill), "{}", tone.fill);
    }
}
