//! JavaScript values as values of ours, through serde. A value is first copied whole into a tree: what the types bring along is then
//! small, and nothing of the browser's is touched while they read. What cannot be read is an error that says what was expected and
//! never what was there.

use std::fmt;

use js_sys::{Array, Object};
use serde::{
    de::{
        DeserializeOwned, DeserializeSeed, Deserializer, Error, Expected, IntoDeserializer, MapAccess, SeqAccess,
        Unexpected, Visitor, value::StringDeserializer,
    },
    forward_to_deserialize_any,
};
use wasm_bindgen::prelude::*;

/// Deeper than anything of ours; what contains itself ends here.
const MOST_DEPTH: usize = 32;

/// Whole numbers up to here are exact in JavaScript (`Number.MAX_SAFE_INTEGER`).
const MOST_WHOLE: f64 = 9_007_199_254_740_991.0;

/// A value of ours.
///
/// # Errors
/// If it is another or is deeper than 32 levels.
pub fn read<T: DeserializeOwned>(value: &JsValue) -> Result<T, Unreadable> {
    T::deserialize(Plain::of(value, MOST_DEPTH)?)
}

/// Why a value is none of ours.
#[derive(Debug)]
pub struct Unreadable(String);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Unreadable {
    /// The text was not even JSON.
    pub fn not_json() -> Self {
        Self("not JSON".to_owned())
    }
}

impl std::error::Error for Unreadable {}

impl Error for Unreadable {
    fn custom<T: fmt::Display>(why: T) -> Self {
        Self(why.to_string())
    }

    fn invalid_type(_there: Unexpected, expected: &dyn Expected) -> Self {
        Self(format!("expected {expected}"))
    }

    fn invalid_value(there: Unexpected, expected: &dyn Expected) -> Self {
        Self::invalid_type(there, expected)
    }

    fn invalid_length(_there: usize, expected: &dyn Expected) -> Self {
        Self(format!("expected {expected}"))
    }

    fn unknown_variant(_there: &str, _known: &'static [&'static str]) -> Self {
        Self("unknown name".to_owned())
    }

    fn unknown_field(there: &str, _known: &'static [&'static str]) -> Self {
        Self(format!("unknown key `{there}`"))
    }

    fn missing_field(name: &'static str) -> Self {
        Self(format!("missing key `{name}`"))
    }

    fn duplicate_field(name: &'static str) -> Self {
        Self(format!("key `{name}` twice"))
    }
}

enum Plain {
    Nothing,
    Flag(bool),
    Number(f64),
    Text(String),
    List(Vec<Plain>),
    Record(Vec<(String, Plain)>),
}

impl Plain {
    fn of(value: &JsValue, depth: usize) -> Result<Self, Unreadable> {
        let Some(depth) = depth.checked_sub(1) else { return Err(Unreadable("too deep".to_owned())) };
        Ok(if let Some(flag) = value.as_bool() {
            Self::Flag(flag)
        } else if let Some(number) = value.as_f64() {
            Self::Number(number)
        } else if let Some(text) = value.as_string() {
            Self::Text(text)
        } else if Array::is_array(value) {
            Self::List(Array::from(value).iter().map(|item| Self::of(&item, depth)).collect::<Result<_, _>>()?)
        } else if value.is_object() {
            let entry = |entry: JsValue| {
                let entry: Array = entry.unchecked_into();
                Ok((entry.get(0).as_string().unwrap_or_default(), Self::of(&entry.get(1), depth)?))
            };
            Self::Record(Object::entries(value.unchecked_ref()).iter().map(entry).collect::<Result<_, _>>()?)
        } else {
            Self::Nothing
        })
    }
}

impl<'de> Deserializer<'de> for Plain {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self {
            Self::Nothing => visitor.visit_unit(),
            Self::Flag(flag) => visitor.visit_bool(flag),
            Self::Number(number) if number.fract() == 0.0 && number.abs() <= MOST_WHOLE => {
                visitor.visit_i64(number as i64)
            }
            Self::Number(number) => visitor.visit_f64(number),
            Self::Text(text) => visitor.visit_string(text),
            Self::List(items) => visitor.visit_seq(Items(items.into_iter())),
            Self::Record(entries) => visitor.visit_map(Entries(entries.into_iter(), Self::Nothing)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self {
            Self::Nothing => visitor.visit_none(),
            there => visitor.visit_some(there),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_map(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self {
            Self::Record(entries) => visitor.visit_map(Entries(entries.into_iter(), Self::Nothing)),
            _ => Err(Unreadable::invalid_type(Unexpected::Other(""), &visitor)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self {
            Self::Text(text) => visitor.visit_string(text),
            _ => Err(Unreadable::invalid_type(Unexpected::Other(""), &visitor)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_string(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_string(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self {
            Self::List(items) => visitor.visit_seq(Items(items.into_iter())),
            _ => Err(Unreadable::invalid_type(Unexpected::Other(""), &visitor)),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        match self {
            Self::Text(name) => {
                let name: StringDeserializer<Unreadable> = name.into_deserializer();
                visitor.visit_enum(name)
            }
            _ => Err(Unreadable::invalid_type(Unexpected::Other(""), &visitor)),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct
    }
}

struct Items(std::vec::IntoIter<Plain>);

impl<'de> SeqAccess<'de> for Items {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unreadable> {
        self.0.next().map(|item| seed.deserialize(item)).transpose()
    }
}

/// The rest, and the value of the key that was read last.
struct Entries(std::vec::IntoIter<(String, Plain)>, Plain);

impl<'de> MapAccess<'de> for Entries {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unreadable> {
        let Some((key, value)) = self.0.next() else { return Ok(None) };
        self.1 = value;
        seed.deserialize(Plain::Text(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Unreadable> {
        seed.deserialize(std::mem::replace(&mut self.1, Plain::Nothing))
    }
}
