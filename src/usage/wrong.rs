//! What clap found wrong.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Returns the wrong word: an option, a value, what stands in the place of a subcommand, or the argument that is missing.
pub fn wrong_word(error: &clap::Error) -> String {
    let kind = match error.kind() {
        ErrorKind::InvalidSubcommand => ContextKind::InvalidSubcommand,
        ErrorKind::InvalidValue => ContextKind::InvalidValue,
        _ => ContextKind::InvalidArg,
    };
    context(error, kind).into_iter().next().unwrap_or_default()
}

/// Returns what clap found of a kind.
pub fn context(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(value)) => vec![value.clone()],
        Some(ContextValue::Strings(values)) => values.clone(),
        _ => Vec::new(),
    }
}
