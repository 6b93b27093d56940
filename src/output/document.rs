//! A page of text: headings, paragraphs, lists and small tables, as a terminal, Markdown or a browser shows it. Knows no
//! country.

mod html;
mod text;

use crate::output::drawing::{Drawing, Moved};
use crate::output::format::Format;
use crate::output::palette::Shade;
use crate::output::screen::Screen;

/// A page: what it is about, the answer first, then sections.
#[derive(Debug, Default)]
pub struct Document {
    /// What leads to other pages of a site; empty where a page stands alone.
    pub nav: Rich,
    /// Whose statement it is, above the title.
    pub kicker: String,
    pub title: String,
    /// What a browser calls the page.
    pub window: String,
    /// The answer in few words, with its mark.
    pub verdict: Rich,
    /// The answer in sentences.
    pub lede: Rich,
    /// What a reader must see before the rest.
    pub warning: Option<Rich>,
    pub sections: Vec<Section>,
    pub footer: String,
}

#[derive(Debug, Default)]
pub struct Section {
    pub title: String,
    pub blocks: Vec<Block>,
    pub place: Place,
}

/// Where a section stands on a wide page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    #[default]
    Whole,
    Left,
    Right,
    /// Whole, below the columns.
    Below,
}

#[derive(Debug)]
pub enum Block {
    Text(Rich),
    /// Smaller: what helps to read the rest.
    Note(Rich),
    Quote(String),
    List(Vec<Rich>),
    Numbered(Vec<Rich>),
    Rows(Rows),
    Steps(Steps),
    /// A drawing, which a page shows and words leave out: the blocks beside it say what it does.
    Picture(Box<Drawing>),
}

/// A small table.
#[derive(Debug, Default)]
pub struct Rows {
    pub caption: String,
    /// The heads, and whether their columns hold numbers.
    pub heads: Vec<(String, bool)>,
    pub rows: Vec<Vec<Rich>>,
    /// The row that the page is about.
    pub own: Option<usize>,
    /// Whether a script may sort and filter it.
    pub is_sortable: bool,
}

impl Rows {
    /// Rows under these heads, all of words.
    pub fn new(caption: String, heads: &[&str], rows: Vec<Vec<Rich>>) -> Self {
        let heads = heads.iter().map(|head| ((*head).to_owned(), false)).collect();
        Self { caption, heads, rows, ..Self::default() }
    }

    /// With numbers in all columns but the first.
    pub fn of_numbers(mut self) -> Self {
        self.heads.iter_mut().skip(1).for_each(|(_, is_number)| *is_number = true);
        self
    }
}

/// A value per year that goes up and down between lanes; `table` says the same in words.
#[derive(Debug)]
pub struct Steps {
    /// The lanes from above: the shades that stand in one, and its name.
    pub lanes: Vec<(Shade, String)>,
    pub steps: Vec<Moment>,
    pub table: Rows,
}

#[derive(Debug)]
pub struct Moment {
    pub year: u16,
    pub mark: Mark,
}

/// A letter on its shade, and what it means.
#[derive(Clone, Debug)]
pub struct Mark {
    pub letter: char,
    pub shade: Shade,
    pub name: String,
}

/// Words, some of them of a kind of their own.
#[derive(Clone, Debug, Default)]
pub struct Rich(pub Vec<Span>);

#[derive(Clone, Debug)]
pub enum Span {
    Plain(String),
    Strong(String),
    Link {
        text: String,
        url: String,
    },
    /// A mark and its name behind it.
    Mark(Mark),
    Moved(Moved),
}

impl<T: Into<String>> From<T> for Rich {
    fn from(text: T) -> Self {
        Self::default().plain(text)
    }
}

impl Rich {
    fn with(mut self, span: Span) -> Self {
        self.0.push(span);
        self
    }

    pub fn plain(self, text: impl Into<String>) -> Self {
        self.with(Span::Plain(text.into()))
    }

    pub fn strong(self, text: impl Into<String>) -> Self {
        self.with(Span::Strong(text.into()))
    }

    /// Adds a link where the address is known, and is one of the web; else the text alone.
    pub fn link(self, text: impl Into<String>, url: Option<impl Into<String>>) -> Self {
        // Of several addresses the first leads on.
        let first = |url: String| url.split(" ; ").next().map(str::to_owned);
        let (text, url) = (text.into(), url.map(Into::into).and_then(first));
        let is_web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
        match url.filter(is_web) {
            Some(url) => self.with(Span::Link { text, url }),
            None => self.plain(text),
        }
    }

    /// Adds what leads to another page of the site.
    pub fn to_page(self, text: impl Into<String>, file: &str) -> Self {
        self.with(Span::Link { text: text.into(), url: file.to_owned() })
    }

    /// Adds what another says.
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    pub fn mark(self, mark: Mark) -> Self {
        self.with(Span::Mark(mark))
    }

    /// Adds the sign of a move, if there was one.
    pub fn moved(mut self, way: Option<Moved>) -> Self {
        self.0.extend(way.map(Span::Moved));
        self
    }
}

impl Document {
    /// Returns the sections that words can show.
    fn in_words(&self) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(|section| section.in_words().next().is_some())
    }
}

impl Section {
    fn in_words(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|block| !matches!(block, Block::Picture(_)))
    }

    pub fn new(place: Place, title: impl Into<String>, blocks: Vec<Block>) -> Self {
        Self { title: title.into(), blocks, place }
    }
}

/// Returns the pages as this format shows them.
pub fn render(pages: &[Document], format: Format, screen: Screen) -> String {
    match format {
        Format::Html => html::page(pages),
        _ => text::render(pages, format == Format::Markdown, screen),
    }
}

pub use html::table_page;
