//! What the rows of `enforcement.csv` say: numbers that can be.

use crate::index::Index;
use crate::index::enforcement::Enforcement;
use crate::index::rules::meaning::Check;

impl Check {
    pub(super) fn enforcement(&mut self, known: &Index) {
        self.file = known.tables.enforcement.file();
        for (index, row) in known.enforcement().iter().enumerate() {
            let columns = ["prosecutions_labour", "convictions_labour", "victims_labour"];
            for (column, (all, labour)) in columns.into_iter().zip(row.numbers()) {
                let fits = labour.is_none_or(|part| all >= Some(part));
                self.demand(fits, index, column, "more than all");
            }
            let some = row.laws.is_some() || row.numbers().iter().any(|(all, _)| all.is_some());
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
