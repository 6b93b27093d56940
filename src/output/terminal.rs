//! A drawing on a terminal, and what stands under it.

use crate::output::color::on_shade;
use crate::output::drawing::{Body, Drawing, WIDEST, shown};
use crate::output::screen::Screen;
use crate::output::{stack, tiles};
use crate::text::{length, wrapped};

/// The drawing on a terminal, with the marks that `color::paint` takes.
pub fn text(drawing: &Drawing, screen: Screen) -> String {
    let width = screen.width.map_or(WIDEST, usize::from).min(WIDEST);
    let mut out = match &drawing.body {
        Body::Grid(grid) => tiles::render(grid, width, screen),
        Body::Bars(bars) => stack::render(bars, width, screen),
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
            (Body::Bars(_), Some(shade)) => stack::block(shade, screen),
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
