//! What the US State Department's annual Trafficking in Persons (TIP) Report says of a country: the tier it is ranked in,
//! report by report since 2001, the roles it is given (source, transit, destination), on what evidence, and from which source.
//! The data are part of the library; nothing is read from elsewhere. The program `tip` asks it.
//!
//! ```
//! use tip_report::{Index, Resolution, Tier};
//!
//! let index = Index::embedded();
//! let Resolution::Country { country, .. } = index.resolve("FYROM") else { panic!("no country") };
//! assert_eq!(country.name, "North Macedonia");
//! let history = index.history(country);
//! let placed = history.in_year(2018).expect("it is in that report");
//! assert_eq!((placed.tier, placed.tier.to_string()), (Tier::Two, "2".to_owned()));
//! ```
//!
//! A report year is the year of release, from 2001 on. Countries are named by ISO 3166-1 alpha-3 codes, sources by their ids
//! in `data/sources.csv`. What is unknown is `None`, which is not the same as [`Tier::NotInReport`].

#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod annotate;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod answer;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod commands;
// The program asks more of it than the library shows.
#[cfg_attr(not(feature = "cli"), allow(dead_code))]
mod index;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod input;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod output;
#[doc(hidden)]
pub mod text;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod usage;

// For the tests.
#[doc(hidden)]
pub use index::{
    file::Breach,
    names::{fold::fold, notation::LONGEST},
    own::{merged, read::folder as read_folder},
    table::Tables,
    tier::tier_key,
    years::is_written_as_years,
};

#[doc(inline)]
pub use index::{
    Index, SNAPSHOT, WORLD,
    codes::{CodeReading, CodeSystem},
    context::{Enforcement, Figure, Typology},
    country::{Country, Region, RegionKind, Tile},
    lists::{GovernmentList, Listing},
    names::resolve::Resolution,
    names::spellings::{Kind as NameKind, Spelling},
    names::suggest::Suggestion,
    placement::{Basis, Change, Direction, Evidence, History, Placement},
    report::{Note, Report, Source},
    role::{Role, StatedRoles},
    tier::{Definition, Tier, TierDefinition, Wording},
    watch_list::{Clock, WatchListRule},
    years::{InvalidYears, Years},
};
