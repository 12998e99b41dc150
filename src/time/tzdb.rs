//! The IANA time zone database, as far as this program's years reach: offsets of 1970 to 2199, without abbreviations.
//!
//! `zones.txt` is written from the crate chrono-tz, and held against it, by `tests/zones.rs`; the crate's own tables
//! reach back to local mean time and would be a third of the page. One line per name, sorted by name:
//! `NAME OFFSET CHANGE…` or, for a name with the clocks of an earlier line, `NAME =EARLIER`. A change is the time since
//! the change before it, or since 1970-01-01T00:00:00Z, and how far the clocks are then set, such as `8664+4`. All in
//! quarters of an hour, or in seconds where an `s` follows.

use std::sync::OnceLock;

/// The version of the IANA time zone database that this program carries, such as `2025b`.
pub const TZDB_VERSION: &str = "2025b";

const TABLE: &str = include_str!("zones.txt");
const QUARTER_S: i64 = 900;
/// No clocks are as far as this from UTC.
const DAY_S: i64 = 86_400;

/// The clocks that go by one name of the database. Seconds are whole and since 1970-01-01T00:00:00Z.
pub struct Clocks {
    /// The name in the database.
    pub name: &'static str,
    line: &'static str,
    offsets: OnceLock<Box<[Offset]>>,
}

/// Seconds ahead of UTC from a second on, until the next offset of the same clocks.
#[derive(Clone, Copy)]
struct Offset {
    from: i64,
    ahead: i64,
}

/// The clocks of that name.
pub fn find(name: &str) -> Option<&'static Clocks> {
    let names = names();
    names.get(names.binary_search_by(|clocks| clocks.name.cmp(name)).ok()?)
}

/// The clocks of the agreement.
pub fn of_the_agreement() -> &'static Clocks {
    static UTC_PLUS_8: Clocks = Clocks { name: "Asia/Shanghai", line: "32", offsets: OnceLock::new() };
    find(UTC_PLUS_8.name).unwrap_or(&UTC_PLUS_8)
}

fn names() -> &'static [Clocks] {
    static NAMES: OnceLock<Box<[Clocks]>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let lines = TABLE.lines().filter_map(|line| line.split_once(' '));
        lines.map(|(name, line)| Clocks { name, line, offsets: OnceLock::new() }).collect()
    })
}

impl Clocks {
    /// Seconds that the clocks are ahead of UTC at that second.
    pub fn ahead(&self, second: i64) -> i64 {
        self.offsets().get(self.position(second)).map_or(0, |offset| offset.ahead)
    }

    /// The offsets with which the clocks show that local time, the earlier first: two where they were set back over
    /// it, none where they were set forward over it.
    pub fn showing(&self, local: i64) -> impl Iterator<Item = i64> {
        let offsets = self.offsets().get(self.position(local - DAY_S)..).unwrap_or_default();
        let ends = offsets.iter().skip(1).map(|next| next.from).chain([i64::MAX]);
        let near = offsets.iter().zip(ends).take_while(move |(offset, _)| offset.from <= local + DAY_S);
        let holds = move |(offset, end): &(&Offset, i64)| (offset.from..*end).contains(&(local - offset.ahead));
        near.filter(holds).map(|(offset, _)| offset.ahead)
    }

    fn position(&self, second: i64) -> usize {
        self.offsets().partition_point(|offset| offset.from <= second).saturating_sub(1)
    }

    fn offsets(&self) -> &[Offset] {
        self.offsets.get_or_init(|| match self.line.strip_prefix('=') {
            Some(earlier) => find(earlier).map(|clocks| clocks.offsets().into()).unwrap_or_default(),
            None => read(self.line),
        })
    }
}

fn read(line: &str) -> Box<[Offset]> {
    let mut words = line.split(' ');
    let mut at = Offset { from: 0, ahead: words.next().map_or(0, seconds) };
    let first = Offset { from: i64::MIN, ahead: at.ahead };
    let later = words.map(|change| {
        let (time, shift) = change.split_at(change.find(['+', '-']).unwrap_or(change.len()));
        at = Offset { from: at.from + seconds(time), ahead: at.ahead + seconds(shift) };
        at
    });
    std::iter::once(first).chain(later).collect()
}

fn seconds(number: &str) -> i64 {
    let (digits, unit) = number.strip_suffix('s').map_or((number, QUARTER_S), |digits| (digits, 1));
    digits.parse::<i64>().unwrap_or(0) * unit
}
