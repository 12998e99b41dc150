use serde::{Serialize, Serializer};

/// A value of a result document. Keys stand in the order in which they were given.
#[derive(Debug, Clone)]
pub(super) enum Json {
    Null,
    Truth(bool),
    Whole(i64),
    Count(u64),
    Text(String),
    List(Vec<Self>),
    Object(Vec<(&'static str, Self)>),
    /// An object whose keys are data.
    Named(Vec<(String, Self)>),
}

/// One key of an object with its value.
pub(super) type Field = (&'static str, Json);

impl Json {
    /// A list of what `write` makes of each.
    pub fn list<T>(items: impl IntoIterator<Item = T>, write: impl Fn(T) -> Self) -> Self {
        Self::List(items.into_iter().map(write).collect())
    }

    /// A list of names.
    pub fn names(names: impl Iterator<Item = &'static str>) -> Self {
        Self::List(names.map(Self::from).collect())
    }

    /// The same with the keys of every object in order.
    pub fn sorted(self) -> Self {
        match self {
            Self::List(items) => Self::List(items.into_iter().map(Self::sorted).collect()),
            Self::Object(fields) => {
                let mut fields: Vec<Field> = fields.into_iter().map(|(key, value)| (key, value.sorted())).collect();
                fields.sort_unstable_by_key(|(key, _)| *key);
                Self::Object(fields)
            }
            scalar => scalar,
        }
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Truth(truth) => serializer.serialize_bool(*truth),
            Self::Whole(number) => serializer.serialize_i64(*number),
            Self::Count(number) => serializer.serialize_u64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(fields) => serializer.collect_map(fields.iter().map(|(key, value)| (key, value))),
            Self::Named(fields) => serializer.collect_map(fields.iter().map(|(key, value)| (key, value))),
        }
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Json {
    fn from(number: i64) -> Self {
        Self::Whole(number)
    }
}

impl From<u64> for Json {
    fn from(number: u64) -> Self {
        Self::Count(number)
    }
}

impl<T: Into<Self>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, T::into)
    }
}

/// What stands in files: text, a whole number or a truth value.
impl From<serde_json::Value> for Json {
    fn from(value: serde_json::Value) -> Self {
        match value {
            serde_json::Value::Bool(truth) => Self::Truth(truth),
            serde_json::Value::Number(number) => number.as_i64().into(),
            serde_json::Value::String(text) => Self::Text(text),
            _ => Self::Null,
        }
    }
}
