//! A drawing as SVG 1.1: text stays text, every part says what it is when pointed at, and the same drawing is the same
//! bytes. Its style and its id are its own, also where someone puts the file into a page. Lengths are in pixels.

use std::fmt::Write;

use crate::output::{Bars, Body, Drawing, Grid, LegendKey, Part, Shade, Square};
use crate::text::{length, wrapped};

const MARGIN: usize = 24;
/// From one line of small text to the next.
const LINE: usize = 17;
/// A character of small text, on average and in the widest of the fonts.
const LETTER: usize = 7;
const HEADING_LETTER: usize = 13;
/// How wide and how high the map of a region is at most.
const WIDE: usize = 700;
const HIGH: usize = 640;
/// A side of a square of a map of the world.
const SQUARE: usize = 32;
/// The least that legend and lines have.
const NARROWEST: usize = 560;

/// What differs in the dark. What stands on a colour of the palette stays as it is.
const STYLE: &str = "\
@media (prefers-color-scheme: dark) {
  .tip-picture .paper { fill: #181818; }
  .tip-picture .ink { fill: #f0f0f0; }
  .tip-picture .edge { stroke: #a0a0a0; }
  .tip-picture .hatch { stroke: #4a4a4a; }
  .tip-picture .strong { stroke: #ffffff; }
}";

/// What hatched parts are filled with.
const HATCH: &str = "url(#tip-hatch)";

/// Where something is drawn: how wide and how high, and how.
struct Drawn {
    width: usize,
    height: usize,
    svg: String,
}

/// Returns the picture alone, to stand in a page whose style sheet colours its classes, and whose words say the rest.
pub fn inline(drawing: &Drawing) -> String {
    let Drawn { width, height, svg } = body(&drawing.body);
    let about = escaped(&drawing.about);
    let has_links = svg.contains("<a href");
    let role = if has_links { "group" } else { "img" };
    format!(
        "<svg class=\"picture\" role=\"{role}\" aria-label=\"{about}\" width=\"{width}\" height=\"{height}\" viewBox=\"-1 -1 {} {}\">\n{}</svg>\n",
        width + 2,
        height + 2,
        svg.replace(HATCH, "none")
    )
}

fn body(body: &Body) -> Drawn {
    match body {
        Body::Grid(grid) => squares(grid),
        Body::Bars(bars) => stacked(bars),
    }
}

pub fn render(drawing: &Drawing) -> String {
    let body = body(&drawing.body);
    let heading = length(&drawing.title) * HEADING_LETTER;
    let inner = body.width.max(NARROWEST).max(heading);
    let (legend, legend_height) = legend(&drawing.keys, inner);
    let lines = drawing.lines.iter().chain([&drawing.signs]);
    let lines = lines.chain(&drawing.notes).chain(&drawing.foot);
    let lines: Vec<String> = lines
        .flat_map(|line| {
            let line = wrapped(line, inner / LETTER, 0, 0);
            line.lines().map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    let top = MARGIN + 34;
    let below = top + body.height + 14;
    let foot = below + legend_height + 4;
    let (width, height) = (inner + 2 * MARGIN, foot + lines.len() * LINE + MARGIN - 8);
    let mut out = head(drawing, width, height);
    let _ = writeln!(out, "<g transform=\"translate({MARGIN} {top})\">\n{}</g>", body.svg);
    let _ = writeln!(out, "<g transform=\"translate({MARGIN} {below})\">\n{legend}</g>");
    let _ = writeln!(out, "<g class=\"ink\" fill=\"#1a1a1a\" font-size=\"12\">");
    for (place, line) in lines.iter().enumerate() {
        out.push_str(&words((MARGIN, foot + place * LINE + 12), "", line));
    }
    out + "</g>\n</svg>\n"
}

/// The beginning of the file, up to the heading.
fn head(drawing: &Drawing, width: usize, height: usize) -> String {
    let (title, about) = (escaped(&drawing.title), escaped(&drawing.about));
    format!(
        r##"<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" version="1.1" class="tip-picture" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif">
<title>{title}</title>
<desc>{about}</desc>
<style type="text/css">
{STYLE}
</style>
<defs>
<pattern id="tip-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0 0V6" stroke="#cfcfcf" stroke-width="2.4"/></pattern>
</defs>
<rect class="paper" width="{width}" height="{height}" fill="#ffffff"/>
<text class="ink" x="{MARGIN}" y="{}" font-size="20" font-weight="bold" fill="#1a1a1a">{title}</text>
"##,
        MARGIN + 16
    )
}

/// Squares on a grid, with labels at the left and above where it has some.
fn squares(grid: &Grid) -> Drawn {
    let is_map = grid.rows.is_empty();
    let ends =
        |end: fn(&Square) -> usize| grid.squares.iter().map(end).max().map_or(0, |it| it + 1);
    let (columns, rows) = (ends(|it| it.column), ends(|it| it.row));
    // The map of a region is as wide as its words or as high as a slide, and no square larger than three times one of the world's.
    let side = (WIDE / columns.max(1)).min(HIGH / rows.max(1)).clamp(SQUARE, 3 * SQUARE);
    let (wide, high) = if is_map { (side, side) } else { (26, 22) };
    let longest = grid.rows.iter().map(|row| length(row)).max();
    let left = longest.map_or(0, |longest| longest * LETTER + 10);
    let top = if grid.columns.is_empty() { 0 } else { 18 };
    let mut svg = String::from("<g class=\"ink\" fill=\"#1a1a1a\" font-size=\"12\">\n");
    for (row, label) in grid.rows.iter().enumerate() {
        svg.push_str(&words((0, top + row * high + high / 2 + 3), "", label));
    }
    for (column, label) in &grid.columns {
        let x = left + column * wide + (wide - 2) / 2;
        svg.push_str(&words((x, 12), " font-size=\"11\" text-anchor=\"middle\"", label));
    }
    svg.push_str("</g>\n");
    for it in &grid.squares {
        let (x, y) = (left + it.column * wide, top + it.row * high);
        svg.push_str(&square(it, (x, y), (wide - 2, high - 2)));
    }
    Drawn { width: left + columns * wide, height: top + rows * high, svg }
}

fn square(it: &Square, (x, y): (usize, usize), (wide, high): (usize, usize)) -> String {
    let title = escaped(&it.title);
    let link = it.link.as_deref().map(escaped);
    let mut out = match &link {
        Some(link) => format!("<a href=\"{link}\"><title>{title}</title>"),
        None => format!("<g><title>{title}</title>"),
    };
    let (class, edge, stroke) = match it.moved {
        Some(_) => ("strong", "#000000", 3),
        None => ("edge", "#8c8c8c", 1),
    };
    let fill = fill(it.shade);
    let _ = write!(
        out,
        "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{high}\" fill=\"{fill}\" stroke=\"{edge}\" stroke-width=\"{stroke}\"/>"
    );
    let middle = x + wide / 2;
    let mut text = |class: &str, text: &str, y: usize, size: usize| {
        let place = (middle, y);
        out.push_str(&on(it.shade, class, text, place, size, it.moved.is_some()));
    };
    if it.code.is_empty() {
        text("", &it.label, y + high / 2 + 5, 13);
    } else {
        let scaled = |length: usize| length * (wide + 2) / SQUARE;
        text("code", &it.code, y + scaled(13), scaled(12));
        text("mark", &it.label, y + scaled(25), scaled(10));
    }
    out + if link.is_some() { "</a>\n" } else { "</g>\n" }
}

/// A line of text, in the ink around it.
fn words((x, y): (usize, usize), attributes: &str, text: &str) -> String {
    format!("<text x=\"{x}\" y=\"{y}\"{attributes}>{}</text>\n", escaped(text))
}

/// Text on a shade, in ink that can be read there.
fn on(
    shade: Shade,
    class: &str,
    text: &str,
    (x, y): (usize, usize),
    size: usize,
    bold: bool,
) -> String {
    let (ink, fill) = shade.tone().map_or(("ink", "#1a1a1a"), |tone| ("", tone.ink));
    let class = format!("{class} {ink}");
    let class = match class.trim() {
        "" => String::new(),
        class => format!(" class=\"{class}\""),
    };
    let weight = if bold { " font-weight=\"bold\"" } else { "" };
    let text = escaped(text);
    format!(
        "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" text-anchor=\"middle\"{weight}{class} fill=\"{fill}\">{text}</text>"
    )
}

fn fill(shade: Shade) -> &'static str {
    match (shade, shade.tone()) {
        (_, Some(tone)) => tone.fill,
        (Shade::Hatched, None) => HATCH,
        (_, None) => "none",
    }
}

/// Bars beside one another on a common scale.
fn stacked(bars: &Bars) -> Drawn {
    const HIGH: usize = 340;
    const LEFT: usize = 40;
    let count = bars.all.len().max(1);
    let pitch = (840 / count).clamp(34, 90);
    let width = LEFT + count * pitch;
    let scaled = |size: usize| (size * HIGH * 2 + bars.longest) / (bars.longest * 2).max(1);
    let mut svg = String::from("<g class=\"ink\" fill=\"#1a1a1a\" font-size=\"11\">\n");
    svg.push_str(&words((0, 10), "", &bars.unit));
    let top = 22;
    for (size, label) in &bars.lines {
        let y = top + HIGH - scaled(*size);
        let _ =
            writeln!(svg, "<path class=\"edge\" d=\"M{LEFT} {y}H{width}\" stroke=\"#c4c4c4\"/>");
        svg.push_str(&words((LEFT - 6, y + 4), " text-anchor=\"end\"", label));
    }
    for (place, bar) in bars.all.iter().enumerate() {
        let at = (LEFT + place * pitch + pitch / 2, top + HIGH + 15);
        svg.push_str(&words(at, " text-anchor=\"middle\"", &bar.label));
    }
    svg.push_str("</g>\n");
    for (place, bar) in bars.all.iter().enumerate() {
        let (mut size, mut from) = (0, 0);
        for part in &bar.parts {
            size += part.size;
            let to = scaled(size);
            let at = (LEFT + place * pitch + 3, top + HIGH - to);
            svg.push_str(&piece(part, at, (pitch - 6, to - from)));
            from = to;
        }
    }
    Drawn { width, height: top + HIGH + 20, svg }
}

/// A part of a bar, its size in it where that has room.
fn piece(part: &Part, (x, y): (usize, usize), (wide, high): (usize, usize)) -> String {
    if high == 0 {
        return String::new();
    }
    let (title, fill) = (escaped(&part.title), fill(part.shade));
    let mut out = format!(
        "<g><title>{title}</title><rect class=\"edge\" x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{high}\" fill=\"{fill}\" stroke=\"#8c8c8c\"/>"
    );
    if high >= 12 {
        let at = (x + wide / 2, y + high / 2 + 4);
        out.push_str(&on(part.shade, "", &part.text, at, 11, false));
    }
    out + "</g>\n"
}

/// What the signs mean, as many on a line as have room, and how high that is.
fn legend(keys: &[LegendKey], width: usize) -> (String, usize) {
    const HIGH: usize = 26;
    let (mut out, mut x, mut y) = (String::new(), 0, 0);
    for key in keys {
        let sign = if key.shade.is_some() { 22 } else { (length(&key.label) + 1) * 8 };
        let len = sign + 6 + length(&key.name) * LETTER;
        if x > 0 && x + len > width {
            (x, y) = (0, y + HIGH);
        }
        out.push_str("<g>");
        let shade = key.shade.unwrap_or(Shade::Empty);
        if key.shade.is_some() {
            let fill = fill(shade);
            let _ = write!(
                out,
                "<rect class=\"edge\" x=\"{x}\" y=\"{y}\" width=\"22\" height=\"20\" fill=\"{fill}\" stroke=\"#8c8c8c\"/>"
            );
        }
        let at = (x + sign / 2, y + 14);
        out.push_str(&on(shade, "", &key.label, at, 12, key.shade.is_none()));
        let (at, base, name) = (x + sign + 6, y + 14, escaped(&key.name));
        let _ = writeln!(
            out,
            "<text class=\"ink\" x=\"{at}\" y=\"{base}\" font-size=\"12\" fill=\"#1a1a1a\">{name}</text></g>"
        );
        x += len + 18;
    }
    (out, if keys.is_empty() { 0 } else { y + HIGH })
}

/// Text as XML takes it. Characters that XML has no way to write are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            _ => out.push(c),
        }
    }
    out
}

#[test]
fn text_is_written_so_that_xml_reads_it_back() {
    assert_eq!(escaped("a < \"b\" & c\u{1b}"), "a &lt; &quot;b&quot; &amp; c");
}
