//! The one palette: colours of an order, in a picture and on a terminal. A colour never stands alone for its meaning: a
//! letter stands on it.
//!
//! The four are told apart under full deutan, protan and tritan simulation (smallest difference 17), grow darker in order
//! (lightness 95, 80, 49, 20), and so stay in order in grey. Ink on each has a contrast of at least 4.5.

use anstyle::{Ansi256Color, Style};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shade {
    /// The first of the order, the lightest.
    First,
    Second,
    Third,
    Fourth,
    /// Outside the order: hatched.
    Hatched,
    /// There is nothing: left empty.
    Empty,
    /// It is not known whether there is anything: a dot.
    #[default]
    Unknown,
}

/// A colour of the order, and that of the text on it.
#[derive(Clone, Copy, Debug)]
pub struct Tone {
    pub fill: &'static str,
    pub ink: &'static str,
    /// The nearest of a terminal's 256 colours, and that of text on it.
    indexed: (u8, u8),
}

/// Black and white of a terminal's 256 colours: those of its own 16 are as its owner chose.
const BLACK: u8 = 16;
const WHITE: u8 = 231;

const TONES: [Tone; 4] = [
    Tone { fill: "#fff0c4", ink: "#1a1a1a", indexed: (229, BLACK) },
    Tone { fill: "#fdb863", ink: "#1a1a1a", indexed: (215, BLACK) },
    Tone { fill: "#c4510e", ink: "#ffffff", indexed: (166, BLACK) },
    Tone { fill: "#5c1a02", ink: "#ffffff", indexed: (88, WHITE) },
];

impl Shade {
    pub const ORDER: [Self; 4] = [Self::First, Self::Second, Self::Third, Self::Fourth];

    /// The colour of the order, if it is one.
    pub fn tone(self) -> Option<&'static Tone> {
        let place = Self::ORDER.iter().position(|shade| *shade == self)?;
        TONES.get(place)
    }
}

impl Tone {
    pub fn style(&self) -> Style {
        let (fill, ink) = (Ansi256Color(self.indexed.0), Ansi256Color(self.indexed.1));
        Style::new().fg_color(Some(ink.into())).bg_color(Some(fill.into()))
    }
}

#[cfg(test)]
mod tests {
    use crate::output::palette::TONES;

    /// Red, green and blue of one of the 256 colours: a cube of six steps a side.
    fn rgb(index: u8) -> [u8; 3] {
        let step = |place: u8| if place == 0 { 0 } else { 55 + 40 * place };
        let place = index - 16;
        [place / 36, place / 6 % 6, place % 6].map(step)
    }

    fn hex(color: &str) -> [u8; 3] {
        let part = |at| u8::from_str_radix(&color[at..at + 2], 16).expect("two digits");
        [part(1), part(3), part(5)]
    }

    /// The relative luminance of WCAG 2.
    fn luminance(color: [u8; 3]) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = color.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
        let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
        a.max(b) / a.min(b)
    }

    #[test]
    fn text_can_be_read_on_every_colour() {
        for tone in &TONES {
            let (fill, ink) = tone.indexed;
            assert!(contrast(rgb(fill), rgb(ink)) >= 4.6, "{tone:?}");
            assert!(contrast(hex(tone.fill), hex(tone.ink)) >= 4.6, "{tone:?}");
        }
    }

    #[test]
    fn the_colours_grow_darker_in_order() {
        let light = TONES.map(|tone| [luminance(hex(tone.fill)), luminance(rgb(tone.indexed.0))]);
        for (before, after) in light.iter().zip(light.iter().skip(1)) {
            for (before, after) in before.iter().zip(after) {
                assert!(before * 0.8 > *after, "{light:?}");
            }
        }
    }
}
