//! A strip: letters side by side, such as one a year, under a ruler that says which stands where.

use crate::output::color::on_shades;
use crate::output::palette::Shade;

pub type Letter = (char, Shade);

/// How far apart the letters of a strip stand, in columns of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Narrow = 1,
    Wide = 2,
}

/// The labels above a strip, each of which begins above its letter.
#[derive(Clone, Debug)]
pub struct Ruler {
    pub span: String,
    /// The labels, each with the index of its letter, in order.
    pub ticks: Vec<(usize, String)>,
}

impl Ruler {
    /// The labels as a line. One that would touch the label before it is left out.
    pub fn line(&self, step: Step) -> String {
        let (mut line, mut used) = (String::new(), 0);
        for (index, label) in &self.ticks {
            let start = index * step as usize;
            if used > 0 && start <= used {
                continue;
            }
            line.push_str(&" ".repeat(start - used));
            line.push_str(label);
            used = start + label.chars().count();
        }
        line
    }
}

/// The letters as a line, on their colours if `color` says so.
pub fn line(letters: &[Letter], step: Step, color: bool) -> String {
    let spaced: Vec<Letter> = match step {
        Step::Narrow => letters.to_vec(),
        Step::Wide => {
            let spaced = letters.iter().flat_map(|letter| [*letter, (' ', letter.1)]);
            spaced.collect()
        }
    };
    if color {
        return on_shades(&spaced);
    }
    let line: String = spaced.iter().map(|(letter, _)| letter).collect();
    line.trim_end().to_owned()
}

#[test]
fn labels_begin_above_their_letters_and_never_touch() {
    let ticks = [(0, "'01"), (2, "'03"), (4, "'05"), (9, "'10")];
    let ticks = ticks.map(|(place, label)| (place, label.to_owned()));
    let ruler = Ruler { span: String::new(), ticks: ticks.to_vec() };
    assert_eq!(ruler.line(Step::Narrow), "'01 '05  '10");
    assert_eq!(ruler.line(Step::Wide), "'01 '03 '05       '10");
    let letters = [('2', Shade::Second), ('W', Shade::Third)];
    assert_eq!(line(&letters, Step::Wide, false), "2 W");
}
