//! A drawing on a terminal, and what stands under it.

use std::fmt::Write;

use crate::output::color::on_shade;
use crate::output::drawing::{Bar, Bars, Body, Drawing, Part, WIDEST, shown};
use crate::output::palette::Shade;
use crate::output::screen::Screen;
use crate::output::tiles;
use crate::text::{length, wrapped};

/// The drawing on a terminal, with the marks that `color::paint` takes.
pub fn text(drawing: &Drawing, screen: Screen) -> String {
    let width = screen.width.map_or(WIDEST, usize::from).min(WIDEST);
    let mut out = match &drawing.body {
        Body::Grid(grid) => tiles::render(grid, width, screen),
        Body::Bars(bars) => stacked(bars, width, screen),
    };
    let is_painted = match &drawing.body {
        Body::Grid(grid) => screen.color && grid.is_lettered,
        Body::Bars(_) => screen.color,
    };
    out.push_str(&legend(drawing, width, is_painted, screen));
    for line in &drawing.lines {
        out.push_str(&wrapped(line, width, 0, 2));
        out.push('\n');
    }
    out
}

/// What the signs mean, as many on a line as have room.
fn legend(drawing: &Drawing, width: usize, is_painted: bool, screen: Screen) -> String {
    const GAP: usize = 3;
    let (mut out, mut used) = (String::new(), 0);
    for key in &drawing.keys {
        if key.letter == ' ' {
            continue;
        }
        let block = match (&drawing.body, key.shade) {
            (Body::Bars(_), Some(shade)) => block(shade, screen),
            _ => None,
        };
        let sign = block.into_iter().chain([shown(key.letter, screen)]);
        let sign: String = sign.collect();
        let len = length(&sign) + 1 + length(&key.name);
        if used > 0 && used + GAP + len > width {
            out.push('\n');
            used = 0;
        } else if used > 0 {
            out.push_str(&" ".repeat(GAP));
            used += GAP;
        }
        let sign = match key.shade.filter(|_| is_painted) {
            Some(shade) => on_shade(&sign, shade),
            None => sign,
        };
        for part in [&sign, " ", &key.name] {
            out.push_str(part);
        }
        used += len;
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// The shortest bar that shows anything.
const SHORTEST: usize = 10;

pub fn stacked(bars: &Bars, width: usize, screen: Screen) -> String {
    let label = bars.all.iter().map(|bar| length(&bar.label)).max();
    let label = label.unwrap_or(0);
    let figure = |bar: &Bar| bar.parts.iter().map(|part| length(&part.text)).max();
    let figure = bars.all.iter().filter_map(figure).max().unwrap_or(0) + 1;
    let parts = bars.all.first().map_or(0, |bar| bar.parts.len());
    // Where there is no room for both, the bars go without figures.
    let has_room = width >= label + 1 + SHORTEST + figure * parts;
    let shown = if has_room { parts } else { 0 };
    let room = width.saturating_sub(label + 1 + figure * shown);
    let mut out = String::new();
    if has_room {
        out.push_str(&" ".repeat(label + 1 + room));
        for part in bars.all.iter().take(1).flat_map(|bar| &bar.parts) {
            let _ = write!(out, "{:>figure$}", part.letter);
        }
        out.push('\n');
    }
    for bar in &bars.all {
        let line = bar_line(bar, bars.longest, room, screen);
        let mut line = format!("{:<label$} {line}", bar.label);
        for part in bar.parts.iter().take(shown) {
            let _ = write!(line, "{:>figure$}", part.text);
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// A bar in `room` columns. Parts of one size are of one length, and what is not none has a column at least; a column a
/// part is kept for the rounding of all.
fn bar_line(bar: &Bar, longest: usize, room: usize, screen: Screen) -> String {
    let (mut used, mut line) = (0, String::new());
    let shared = room.saturating_sub(bar.parts.len());
    for part in bar.parts.iter().filter(|part| part.size > 0) {
        let len = (part.size * shared * 2 + longest) / (longest * 2).max(1);
        let len = len.clamp(1, room.saturating_sub(used).max(1));
        line.push_str(&run(part, len, screen));
        used += len;
    }
    line + &" ".repeat(room.saturating_sub(used))
}

/// A part: its letter on its colour, or blocks as dark as that, or letters where the terminal has neither.
fn run(part: &Part, len: usize, screen: Screen) -> String {
    if screen.color && part.shade.tone().is_some() && len > 0 {
        return on_shade(&format!("{:<len$}", part.letter), part.shade);
    }
    let block = block(part.shade, screen).unwrap_or(part.letter);
    String::from(block).repeat(len)
}

/// What a part of a bar is made of, if not of its letter.
fn block(shade: Shade, screen: Screen) -> Option<char> {
    match shade.tone() {
        None => (shade == Shade::Hatched).then_some('/'),
        Some(tone) => (!screen.ascii && !screen.color).then_some(tone.block),
    }
}
