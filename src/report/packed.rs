//! Files of a case in as few bytes as what is new in them takes.
//!
//! Most of a file of samples is said again and again: in each row the same names, states and zones, in the same order.
//! Bytes are taken in words, which end with a comma, a space, the end of a line and the like. A word that stood in this
//! place of the rows before, after the same words, takes a fraction of a bit. What is left, such as seconds and response
//! times, is written bit by bit, each expected by five contexts whose opinions are weighed as they prove right. For rows of
//! samples that comes within a few hundredths of what no packer can go below; deflate takes twice as much.
//!
//! Packing and unpacking are the same steps, which see nothing but what came before, in whole numbers only.

use std::ops::Range;

use super::chance::{Chance, Coder, Pace};

/// Contexts that expect a bit.
const CONTEXTS: usize = 5;
/// Chances of each context.
const CHANCES: usize = 1 << 19;
/// The chances of four bits in one context stand together.
const NEAR: usize = 16;
/// Places in a row of which each has its own statistics; all that come later share those of the last.
const PLACES: usize = 64;
/// The longest word.
const WORD: usize = 255;
/// Sets of weights: where words repeat, and for each place where they do not, by the byte's place in its word.
const SETS: usize = 4 * (1 + PLACES);
/// Hashes of what stood before a word.
const SEEN: usize = 1 << 17;
/// Bytes that are taken as they are, or not, together.
const BLOCK: usize = 1 << 16;

/// Packs. Packing the same bytes gives the same bytes.
#[must_use]
pub fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut coder = Coder::packing();
    coder.number(32, bytes.len() as u32);
    Model::new().run(&mut coder, bytes.len(), Some(bytes));
    coder.packed()
}

/// The bytes that were packed, no more than `most`; `None` where they are damaged.
#[must_use]
pub fn unpack(packed: &[u8], most: usize) -> Option<Vec<u8>> {
    let mut coder = Coder::unpacking(packed);
    let total = coder.number(32, 0) as usize;
    let bytes = (total <= most).then(|| Model::new().run(&mut coder, total, None))?;
    (bytes.len() == total && !coder.is_over()).then_some(bytes)
}

/// What is known of a place in a row.
#[derive(Clone, Copy)]
struct Place {
    /// The hash of the word that stood there last.
    last: u32,
    /// How often the word there was the expected one, of 65 536.
    steadiness: u32,
    /// Whether it was the last time.
    came: bool,
    /// That an expected word comes, by which expectation it is and whether the last came.
    chances: [Chance; 4],
}

impl Place {
    const NEW: Self = Self { last: 0, steadiness: 49_152, came: false, chances: [Chance::EVEN; 4] };

    const fn is_steady(&self) -> bool {
        self.steadiness >= 1 << 15
    }
}

/// A word where it stood first.
#[derive(Clone, Copy)]
struct Word {
    start: u32,
    length: u32,
    hash: u32,
}

impl Word {
    const fn place(&self) -> Range<usize> {
        self.start as usize..self.start as usize + self.length as usize
    }
}

/// What came so far, and what is expected next.
struct Model {
    bytes: Vec<u8>,
    pace: Pace,
    logits: Logits,
    chances: Chances,
    weights: Vec<[i32; CONTEXTS]>,
    places: [Place; PLACES],
    /// Those that were written byte by byte: others stand for one of them.
    words: Vec<Word>,
    /// The number of the word that followed what has this hash, and one.
    seen: Vec<u32>,
    row: Row,
}

/// The chances of all contexts. Few of them are ever asked: there are only those that were.
struct Chances {
    /// Where in `known` those of four bits stand; 0: nowhere yet.
    places: Vec<u32>,
    known: Vec<[Chance; NEAR]>,
}

impl Chances {
    const EVEN: [Chance; NEAR] = [Chance::EVEN; NEAR];

    fn new() -> Self {
        Self { places: vec![0; CHANCES / NEAR * CONTEXTS], known: vec![Self::EVEN] }
    }

    /// The chances of four bits that have this hash in a context, by their number.
    fn near(&mut self, context: usize, hash: u32) -> usize {
        let place = &mut self.places[(context * CHANCES + hash as usize % CHANCES) / NEAR];
        if *place == 0 {
            *place = self.known.len() as u32;
            self.known.push(Self::EVEN);
        }
        *place as usize
    }
}

/// Where the next word stands.
#[derive(Default)]
struct Row {
    place: usize,
    /// Of the steady words of the row before.
    before: u32,
    /// Of those of this row.
    so_far: u32,
    /// Of the last word, whatever it is.
    word: u32,
}

impl Model {
    fn new() -> Self {
        Self {
            bytes: Vec::new(),
            pace: Pace::new(),
            logits: Logits::new(),
            chances: Chances::new(),
            weights: vec![[26_000; CONTEXTS]; SETS],
            places: [Place::NEW; PLACES],
            words: Vec::new(),
            seen: vec![0; SEEN],
            row: Row::default(),
        }
    }

    /// Writes the bytes that are known, or reads so many.
    fn run(mut self, coder: &mut Coder, total: usize, known: Option<&[u8]>) -> Vec<u8> {
        let mut block = 0;
        while self.bytes.len() < total && !coder.is_over() {
            let start = self.bytes.len();
            let rest = known.and_then(|known| known.get(start..)).unwrap_or_default();
            if start >= block {
                let length = BLOCK.min(total - start);
                block = start + length;
                if coder.decide(1 << 12, rest.get(..length).is_some_and(is_noise)) {
                    let taken = |at: usize| u32::from(rest.get(at).copied().unwrap_or(0));
                    (0..length).for_each(|at| self.bytes.push(coder.number(8, taken(at)) as u8));
                    continue;
                }
            }
            self.word(coder, total, rest);
        }
        self.bytes
    }

    fn word(&mut self, coder: &mut Coder, total: usize, rest: &[u8]) {
        let start = self.bytes.len();
        let at = self.row.place.min(PLACES - 1);
        let place = self.places[at];
        let hashes =
            [mix(mix(self.row.before, self.row.so_far), at as u32 + 1), mix(place.last, mix(self.row.word, 3))];
        let slots = hashes.map(|hash| hash as usize >> 15);
        let (mut first, mut came) = (None, None);
        for (which, slot) in slots.into_iter().enumerate() {
            let Some(number) = self.seen[slot].checked_sub(1) else { continue };
            let word = self.words[number as usize];
            if first.is_some_and(|first| self.is_same(first, word)) {
                continue;
            }
            first.get_or_insert(word);
            if !place.is_steady() {
                break;
            }
            let is = start + word.length as usize <= total && rest.starts_with(&self.bytes[word.place()]);
            let chance = &mut self.places[at].chances[which * 2 + usize::from(place.came)];
            let yes = coder.decide(chance.share(16).clamp(32, 65_503), is);
            chance.learn(yes, &self.pace);
            if yes {
                self.bytes.extend_from_within(word.place());
                came = Some(number);
                break;
            }
        }
        let expected = came.is_some();
        let number = came.unwrap_or_else(|| {
            self.letters(coder, total, rest, first.map(|first| first.start as usize));
            self.words.push(self.word_from(start));
            self.words.len() as u32 - 1
        });
        let word = self.words[number as usize];
        let expected = expected || first.is_some_and(|first| self.is_same(first, word));
        slots.into_iter().for_each(|slot| self.seen[slot] = number + 1);
        self.ended(at, word.hash, expected);
    }

    /// The word that has come last, byte by byte.
    fn word_from(&self, start: usize) -> Word {
        let own = &self.bytes[start..];
        let hash = own.iter().fold(0, |hash, byte| mix(hash + 1, (*byte).into()));
        Word { start: start as u32, length: own.len() as u32, hash }
    }

    fn is_same(&self, one: Word, other: Word) -> bool {
        one.start == other.start || (one.hash == other.hash && self.bytes[one.place()] == self.bytes[other.place()])
    }

    /// Takes note of the word that has come.
    fn ended(&mut self, at: usize, hash: u32, expected: bool) {
        let (place, row) = (&mut self.places[at], &mut self.row);
        let steady = place.is_steady();
        place.steadiness = place.steadiness - (place.steadiness >> 4) + if expected { 1 << 12 } else { 0 };
        (place.came, place.last, row.word) = (expected, hash, hash);
        if steady {
            row.so_far = mix(row.so_far, hash);
        }
        row.place += 1;
        if matches!(self.bytes.last(), Some(b'\n' | b'[' | b'{')) {
            *row = Row { place: 0, before: row.so_far, so_far: 0, ..*row };
        }
    }

    /// A word that was not expected, byte by byte. `model` is where a similar one may begin.
    fn letters(&mut self, coder: &mut Coder, total: usize, rest: &[u8], mut model: Option<usize>) {
        let at = self.row.place.min(PLACES - 1);
        let steady = self.places[at].is_steady();
        let (mut prefix, mut alike) = (0, 0);
        for index in 0..WORD {
            let before = self.bytes.iter().rev().take(4).fold(0, |before, byte| before << 8 | u32::from(*byte));
            let expected = model.and_then(|model| self.bytes.get(model)).copied();
            let contexts = [
                mix(prefix, at as u32),
                mix(before >> 24, 5),
                mix(before >> 16, 6),
                mix(before, 7),
                mix(expected.map_or(0, |byte| u32::from(byte) + 1), alike + 8),
            ];
            let set = if steady { 0 } else { 4 * (1 + at) } + index.min(3);
            let byte = self.letter(coder, contexts, set, rest.get(index).copied().unwrap_or(0));
            self.bytes.push(byte);
            prefix = mix(prefix + 1, byte.into());
            if expected == Some(byte) {
                (model, alike) = (model.map(|model| model + 1), (alike + 1).min(15));
            } else {
                (model, alike) = (None, 0);
            }
            if ends_word(byte) || self.bytes.len() == total {
                break;
            }
        }
    }

    fn letter(&mut self, coder: &mut Coder, contexts: [u32; CONTEXTS], set: usize, known: u8) -> u8 {
        let (mut node, mut near, mut slots) = (1_u32, 1, [0; CONTEXTS]);
        for bit in (0..8).rev() {
            if bit == 7 || bit == 3 {
                near = 1;
                let mut index = 0..;
                slots = contexts.map(|context| self.chances.near(index.next().unwrap_or(0), mix(context, node)));
            }
            // Most bits of letters are the same in all rows: the other contexts need not be asked.
            let first = &mut self.chances.known[slots[0]][near];
            if first.is_nearly_certain() {
                let yes = coder.decide(first.share(16).clamp(16, 65_519), known >> bit & 1 == 1);
                first.learn(yes, &self.pace);
                (node, near) = (node << 1 | u32::from(yes), near << 1 | usize::from(yes));
                continue;
            }
            let opinions = slots.map(|slot| self.logits.of(self.chances.known[slot][near]));
            let weights = &mut self.weights[set];
            let sum: i64 =
                opinions.iter().zip(&*weights).map(|(own, weight)| i64::from(*own) * i64::from(*weight)).sum();
            let share = share_of((sum >> 16).clamp(-2_047, 2_047) as i32);
            let yes = coder.decide((share as u32 * 16).clamp(16, 65_519), known >> bit & 1 == 1);
            let error = (i32::from(yes) << 12) - share;
            for (weight, own) in weights.iter_mut().zip(opinions) {
                *weight += (own * error * 12 + 0x8000) >> 16;
            }
            slots.iter().for_each(|slot| self.chances.known[*slot][near].learn(yes, &self.pace));
            (node, near) = (node << 1 | u32::from(yes), near << 1 | usize::from(yes));
        }
        node as u8
    }
}

fn mix(one: u32, other: u32) -> u32 {
    let mixed = (one ^ other.rotate_left(15)).wrapping_mul(0x9e37_79b1);
    mixed ^ mixed >> 15
}

const fn ends_word(byte: u8) -> bool {
    matches!(byte, b'\n' | b',' | b';' | b'[' | b'{' | b' ' | b'\t' | b'|')
}

/// Whether every byte is about as frequent as any other, as in what is packed already.
fn is_noise(bytes: &[u8]) -> bool {
    let mut counts = [0_u64; 256];
    bytes.iter().for_each(|byte| counts[usize::from(*byte)] += 1);
    let squares: u64 = counts.iter().map(|count| count * count).sum();
    let length = bytes.len() as u64;
    bytes.len() >= 4_096 && squares * 256 < length * length / 8 * 9
}

/// The share of yes, of 4 096, by the logarithm of its odds, from -2 047 to 2 047.
fn share_of(logit: i32) -> i32 {
    const STEPS: [i16; 33] = [
        1, 2, 3, 6, 10, 16, 27, 45, 73, 120, 194, 310, 488, 747, 1_101, 1_546, 2_047, 2_549, 2_994, 3_348, 3_607,
        3_785, 3_901, 3_975, 4_022, 4_050, 4_068, 4_079, 4_085, 4_089, 4_092, 4_093, 4_094,
    ];
    let (step, part) = ((logit >> 7) + 16, logit & 127);
    let of = |step: i32| STEPS.get(step as usize).map_or(0, |share| i32::from(*share));
    (of(step) * (128 - part) + of(step + 1) * part + 64) >> 7
}

/// The way back: the logarithm of the odds, by the share in 12 bits.
struct Logits(Vec<i16>);

impl Logits {
    fn new() -> Self {
        let mut logits = Vec::with_capacity(4_096);
        for logit in -2_047..=2_047_i16 {
            let share = share_of(logit.into()) as usize;
            logits.resize((share + 1).max(logits.len()), logit);
        }
        logits.resize(4_096, 2_047);
        Self(logits)
    }

    fn of(&self, chance: Chance) -> i32 {
        self.0.get(chance.share(12) as usize).copied().unwrap_or(0).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same every time, and without any order: SplitMix64 again.
    fn noise(count: usize) -> impl Iterator<Item = u64> {
        (1..=count as u64).map(|number| {
            let mut z = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        })
    }

    fn comes_back(bytes: &[u8]) -> usize {
        let packed = pack(bytes);
        assert!(unpack(&packed, bytes.len()).as_deref() == Some(bytes), "{} bytes", bytes.len());
        packed.len()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn bytes_come_out_as_they_went_in(bytes in prop::collection::vec(any::<u8>(), 0..2_000), rows in "([a-c]{0,3}[,;\n \\[{]){0,200}") {
            comes_back(&bytes);
            comes_back(rows.repeat(3).as_bytes());
            comes_back(&[&bytes, rows.as_bytes(), &bytes].concat());
        }
    }

    #[test]
    fn rows_take_little_more_than_what_is_new_in_them() {
        const ROWS: usize = 20_000;
        let rows: String = noise(ROWS)
            .zip(["mail,smtp", "web,http"].into_iter().cycle())
            .map(|(own, name)| format!("{:02};+08:00,{name},up,{}.{} ms\n", own % 5, own >> 8 & 1, own >> 16 & 7))
            .collect();
        // Five seconds and sixteen response times: 2.32 and 4 bits.
        let least = ROWS * 632 / 100 / 8;
        let taken = comes_back(rows.as_bytes());
        assert!(taken < least + least / 20, "{taken} bytes, of which {least} are new");
    }

    #[test]
    fn what_is_packed_already_grows_by_next_to_nothing() {
        let bytes: Vec<u8> = noise(40_000).flat_map(u64::to_le_bytes).collect();
        let taken = comes_back(&bytes);
        assert!(taken < bytes.len() + 100, "{taken} of {} bytes", bytes.len());
    }

    #[test]
    fn long_words_and_many_places_come_back() {
        let long = "x".repeat(5_000) + &"y,".repeat(1_000) + &"0123456789".repeat(300);
        assert!(comes_back(long.as_bytes()) < 400);
    }

    #[test]
    fn what_is_damaged_gives_nothing() {
        let bytes = "2026-03-01,up\n".repeat(50);
        let packed = pack(bytes.as_bytes());
        assert_eq!(unpack(&packed, bytes.len() - 1), None, "more than there may be");
        assert_eq!(unpack(&packed[..3], bytes.len()), None);
        assert_eq!(unpack(&[], usize::MAX), None);
        // Ends at once, though a size of gigabytes is told.
        assert_eq!(unpack(&[0x7f; 12], usize::MAX), None);
    }
}
