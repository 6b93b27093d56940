//! Everything that is tried on the program itself, in one binary, for each more is linked anew: a file a subject, whose name
//! chooses its tests (`cargo test --test tip files::`).

#![allow(clippy::indexing_slicing, clippy::panic, reason = "a test that panics has failed")]

mod annotate;
mod annotate_export;
mod cli;
mod clients;
mod columns;
mod common;
mod encodings;
mod facts;
mod files;
mod first_try;
mod fuzz;
mod layers;
mod many;
mod names;
mod own;
mod own_partial;
mod own_short;
mod own_shown;
mod pages;
mod pictures;
mod pipes;
mod properties;
mod recipes;
mod scan;
mod shells;
mod terminal;
mod usage;
mod workbooks;
mod written_to;
