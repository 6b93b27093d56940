//! What the rows of `enforcement.csv` say: numbers that can be.

use crate::index::Index;
use crate::index::enforcement::Enforcement;
use crate::index::rules::meaning::Check;

impl Check {
    pub(super) fn enforcement(&mut self, rows: &[Enforcement], known: &Index) {
        self.file = "enforcement.csv";
        for (index, row) in rows.iter().enumerate() {
            let numbers = [
                ("prosecutions_labour", row.prosecutions),
                ("convictions_labour", row.convictions),
                ("victims_labour", row.victims),
            ];
            for (column, number) in numbers {
                let fits = number.labour.is_none_or(|part| number.all >= Some(part));
                self.demand(fits, index, column, "more than all");
            }
            let some = row.laws.is_some() || numbers.iter().any(|(_, it)| it.all.is_some());
            self.demand(some, index, "prosecutions", "a row without a number");
            self.printed(index, row, known);
        }
    }

    /// A report prints the figures of years before its own.
    fn printed(&mut self, index: usize, row: &Enforcement, known: &Index) {
        if row.printed.is_empty() {
            return;
        }
        let mut reports = known.reports().iter();
        let later = reports.any(|it| it.document == row.printed && row.year < it.year);
        let what = format!("'{}' is no report of a later year", row.printed);
        self.demand(later, index, "printed", &what);
    }
}
