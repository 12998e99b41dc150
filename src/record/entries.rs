use std::ops::Deref;
use std::slice::Iter;
use std::vec::IntoIter;

use serde::{Deserialize, Serialize};

/// The entries of a section: each once, in their order. A sorted list; a tree for each of the many kinds of entries
/// would take several times its size in the page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Entries<T>(Vec<T>);

impl<T: Ord> From<Vec<T>> for Entries<T> {
    fn from(mut entries: Vec<T>) -> Self {
        entries.sort_unstable();
        entries.dedup();
        Self(entries)
    }
}

impl<T: Ord> Entries<T> {
    /// Keeps those that `wanted` holds of.
    pub fn retain(&mut self, wanted: impl FnMut(&T) -> bool) {
        self.0.retain(wanted);
    }

    /// Puts an entry where it belongs; `false` where it is there already.
    pub fn insert(&mut self, entry: T) -> bool {
        match self.0.binary_search(&entry) {
            Ok(_) => false,
            Err(place) => {
                self.0.insert(place, entry);
                true
            }
        }
    }
}

impl<T: Ord, const COUNT: usize> From<[T; COUNT]> for Entries<T> {
    fn from(entries: [T; COUNT]) -> Self {
        Vec::from(entries).into()
    }
}

impl<T: Ord> FromIterator<T> for Entries<T> {
    fn from_iter<I: IntoIterator<Item = T>>(entries: I) -> Self {
        Vec::from_iter(entries).into()
    }
}

impl<T: Ord> Extend<T> for Entries<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, entries: I) {
        self.0.extend(entries);
        self.0.sort_unstable();
        self.0.dedup();
    }
}

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Deref for Entries<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> IntoIterator for Entries<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> {
        self.0.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Entries<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.0.iter()
    }
}
