//! The columns that a struct is read from, and the values that its enums take: what serde hands a deserializer.

use std::vec;

use serde::Deserialize;
use serde::de::value::{BorrowedStrDeserializer, Error};
use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

/// What the rows of a file are read from.
#[derive(Debug)]
pub struct FieldNames {
    pub file: &'static str,
    /// The names of the fields, those of structs inside in their place.
    pub names: Vec<&'static str>,
    /// The values of the fields that are enums, or lists of them.
    pub values: Vec<(&'static str, Vec<&'static str>)>,
}

/// Returns the fields of the struct that the rows of a file are.
pub fn field_names<T: Deserialize<'static>>(file: &'static str) -> FieldNames {
    let mut found = FieldNames { file, names: Vec::new(), values: Vec::new() };
    let read = T::deserialize(Recorder(&mut found));
    assert!(read.is_ok(), "{file}: a type of field that data files do not have");
    found
}

/// Takes down what is asked for, and gives something of that kind.
struct Recorder<'f>(&'f mut FieldNames);

/// What is still to be asked for: the fields of a struct, each by its name, or an item of a list, which has none.
struct Left<'f>(&'f mut FieldNames, vec::IntoIter<Option<&'static str>>);

impl<'de> SeqAccess<'de> for Left<'_>
where
    'static: 'de,
{
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let Some(name) = self.1.next() else { return Ok(None) };
        self.0.names.extend(name);
        seed.deserialize(Recorder(self.0)).map(Some)
    }
}

impl<'de> Deserializer<'de> for Recorder<'_>
where
    'static: 'de,
{
    type Error = Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        // The fields of a struct inside stand in the place of its own name.
        self.0.names.pop();
        let names: Vec<_> = fields.iter().copied().map(Some).collect();
        visitor.visit_seq(Left(self.0, names.into_iter()))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let field = self.0.names.last().copied().unwrap_or_default();
        self.0.values.push((field, variants.to_vec()));
        let first = variants.first().copied().unwrap_or_default();
        BorrowedStrDeserializer::new(first).deserialize_enum(name, variants, visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(Left(self.0, vec![None].into_iter()))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(true)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u16(1)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u32(1)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u64(1)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str("x")
    }

    forward_to_deserialize_any! { i8 i16 i32 i64 u8 f32 f64 char str string bytes byte_buf unit unit_struct
    newtype_struct tuple tuple_struct map identifier ignored_any }
}
