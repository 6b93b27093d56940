//! The data files as tables of rows. To add a file is to add a line to the list below, its columns to
//! `data/datapackage.json`, and the struct of its rows.

use crate::index::codes::Code;
use crate::index::context::{Enforcement, Figure, Typology};
use crate::index::country::{Country, Member, Region, Tile};
use crate::index::file::{Breach, File};
use crate::index::lists::{GovernmentList, Listing};
use crate::index::names::spellings::{Disputed, Spelling};
use crate::index::placeholder::Placeholder;
use crate::index::placement::Placement;
use crate::index::report::{Chapter, Note, Report, Source};
use crate::index::role::{Earlier, StatedRoles};
use crate::index::row::Row;
use crate::index::sorted::Table;
use crate::index::tier::{Definition, TierDefinition};
use crate::index::watch_list::WatchListRule;

/// Makes of one list the struct of all tables, and what must be done with each.
macro_rules! tables {
    ($($name:ident: $row:ty,)*) => {
        /// The data files, each by its name.
        #[derive(Debug)]
        pub struct Tables {
            $(#[doc = concat!("`", stringify!($name), ".csv`.")] pub $name: Table<$row>,)*
        }

        impl Tables {
            /// The files that this program was built with.
            pub const fn embedded() -> Self {
                Self {
                    $($name: Table::new(&File {
                        name: concat!(stringify!($name), ".csv"),
                        text: include_str!(concat!("../../data/", stringify!($name), ".csv")),
                        origin: None,
                    }),)*
                }
            }

            /// Every file, in the order of their names.
            pub fn files(&self) -> [&'static File; [$(stringify!($name)),*].len()] {
                [$(self.$name.file()),*]
            }

            /// Puts a file in the place of the one of its name.
            pub fn replace(&mut self, file: &'static File) {
                $(if file.name == self.$name.file().name {
                    self.$name = Table::new(file);
                })*
            }

            /// Returns the breaches of rows that cannot be read as what they must be. `all`: not of the user's rows only.
            pub fn unreadable(&self, all: bool) -> Vec<Breach> {
                let mut found = Vec::new();
                $({
                    let rows = self.$name.file().rows_to_check(all);
                    found.extend(rows.filter_map(|(_, row)| Row::parse::<$row>(row).err()));
                })*
                found
            }

            /// Returns the columns that the rows of each file are read from.
            #[cfg(test)]
            pub fn fields() -> Vec<crate::index::fields::FieldNames> {
                vec![$(crate::index::fields::field_names::<$row>(concat!(stringify!($name), ".csv"))),*]
            }
        }
    };
}

tables! {
    chapters: Chapter,
    codes: Code,
    countries: Country,
    definitions: Definition,
    disputed: Disputed,
    enforcement: Enforcement,
    figures: Figure,
    listings: Listing,
    lists: GovernmentList,
    members: Member,
    names: Spelling,
    notes: Note,
    placeholders: Placeholder,
    placements: Placement,
    regions: Region,
    reports: Report,
    roles: StatedRoles,
    roles_history: Earlier,
    sources: Source,
    tiers: TierDefinition,
    tiles: Tile,
    typologies: Typology,
    watch_list_rules: WatchListRule,
}
