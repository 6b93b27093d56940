//! Cells of data files that hold more than one value.

use serde::de::IntoDeserializer;
use serde::de::value::StringDeserializer;
use serde::{Deserialize, Deserializer};

/// A cell that holds a list, its items parted by ';'.
///
/// # Errors
/// An item that does not fit `Item`.
pub fn list<'de, D, Item>(cell: D) -> Result<Vec<Item>, D::Error>
where
    D: Deserializer<'de>,
    Item: Deserialize<'de>,
{
    let cell = String::deserialize(cell)?;
    let items = cell.split(';').filter(|item| !item.is_empty());
    items
        .map(|item| {
            let item: StringDeserializer<D::Error> = item.to_owned().into_deserializer();
            Item::deserialize(item)
        })
        .collect()
}
