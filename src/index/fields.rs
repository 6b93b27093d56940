//! The columns that a struct is read from, and the values that its enums take: what serde hands a deserializer.

use std::mem;

use serde::Deserialize;
use serde::de::value::{BorrowedStrDeserializer, Error};
use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

/// What the rows of a file are read from.
#[derive(Debug)]
pub struct FieldNames {
    /// The file.
    pub file: &'static str,
    /// The names of the fields, those of structs inside in their place.
    pub names: Vec<&'static str>,
    /// The values of the fields that are enums, or lists of them.
    pub values: Vec<(&'static str, Vec<&'static str>)>,
}

/// Returns the fields of the struct that the rows of a file are.
pub fn of<T: Deserialize<'static>>(file: &'static str) -> FieldNames {
    let mut found = FieldNames { file, names: Vec::new(), values: Vec::new() };
    let read = T::deserialize(Recorder(&mut found));
    assert!(read.is_ok(), "{file}: a type of field that data files do not have");
    found
}

/// Takes down what is asked for, and gives something of that kind.
struct Recorder<'f>(&'f mut FieldNames);

/// The fields of a struct that are still to be asked for.
struct Left<'f>(&'f mut FieldNames, std::slice::Iter<'static, &'static str>);

/// One item of a list.
struct Item<'f>(&'f mut FieldNames, bool);

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
        self.0.names.push(name);
        seed.deserialize(Recorder(self.0)).map(Some)
    }
}

impl<'de> SeqAccess<'de> for Item<'_>
where
    'static: 'de,
{
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let is_first = !mem::replace(&mut self.1, true);
        is_first.then(|| seed.deserialize(Recorder(self.0))).transpose()
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
        visitor.visit_seq(Left(self.0, fields.iter()))
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
        visitor.visit_seq(Item(self.0, false))
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
