//! Yes or no, written in as little as it was to be expected: what is nearly certain takes next to nothing.
//!
//! A range coder after lpaq by Matt Mahoney. All of it is done in whole numbers, so that the same bytes come out everywhere.

/// Bits of an expectation as the coder takes it.
const SHARE_BITS: u32 = 16;

/// Writes decisions, or reads them again.
pub struct Coder<'a> {
    low: u32,
    high: u32,
    way: Way<'a>,
}

enum Way<'a> {
    Pack(Vec<u8>),
    Unpack { packed: &'a [u8], at: usize, window: u32 },
}

impl<'a> Coder<'a> {
    /// One that writes.
    pub const fn packing() -> Self {
        Self { low: 0, high: u32::MAX, way: Way::Pack(Vec::new()) }
    }

    /// One that reads what was written.
    pub fn unpacking(packed: &'a [u8]) -> Self {
        let window = (0..4).fold(0, |window, at| window << 8 | byte(packed, at));
        Self { low: 0, high: u32::MAX, way: Way::Unpack { packed, at: 4, window } }
    }

    /// Writes `known`, or gives what was written, expecting yes with `share` of 65 536, which is neither 0 nor all.
    pub fn decide(&mut self, share: u32, known: bool) -> bool {
        let width = u64::from(self.high - self.low);
        let middle = self.low + ((width * u64::from(share)) >> SHARE_BITS) as u32;
        let yes = match &self.way {
            Way::Pack(_) => known,
            Way::Unpack { window, .. } => *window <= middle,
        };
        if yes {
            self.high = middle
        } else {
            self.low = middle + 1
        }
        while (self.low ^ self.high) >> 24 == 0 {
            match &mut self.way {
                Way::Pack(packed) => packed.push((self.high >> 24) as u8),
                Way::Unpack { packed, at, window } => {
                    *window = *window << 8 | byte(packed, *at);
                    *at += 1;
                }
            }
            self.low <<= 8;
            self.high = self.high << 8 | 255;
        }
        yes
    }

    /// The same for a number of so many bits of which nothing is known.
    pub fn number(&mut self, bits: u32, known: u32) -> u32 {
        (0..bits)
            .rev()
            .fold(0, |number, bit| number << 1 | u32::from(self.decide(1 << (SHARE_BITS - 1), known >> bit & 1 == 1)))
    }

    /// Whether it reads beyond what was written.
    pub fn is_over(&self) -> bool {
        matches!(&self.way, Way::Unpack { packed, at, .. } if *at > packed.len() + 3)
    }

    /// What was written.
    pub fn packed(self) -> Vec<u8> {
        match self.way {
            Way::Pack(mut packed) => {
                // Any number from `low` to `high` will do; what lacks is read as zeros.
                let end = if self.low == 0 { 0 } else { (self.low >> 24) + 1 };
                packed.push(end as u8);
                packed
            }
            Way::Unpack { packed, .. } => packed.to_vec(),
        }
    }
}

fn byte(packed: &[u8], at: usize) -> u32 {
    packed.get(at).copied().unwrap_or(0).into()
}

/// How likely yes is, learnt from what came: the upper 22 bits are the share of yes, the lower 10 count.
#[derive(Debug, Clone, Copy)]
pub struct Chance(u32);

impl Chance {
    /// Nothing is known.
    pub const EVEN: Self = Self(1 << 31);

    /// The share of yes in so many bits.
    pub const fn share(self, bits: u32) -> u32 {
        self.0 >> (32 - bits)
    }

    /// Whether of many decisions fewer than one in a thousand was another.
    pub const fn is_nearly_certain(self) -> bool {
        self.0 & 1_023 > 100 && matches!(self.share(10), 0 | 1_023)
    }

    /// Learns from one decision.
    pub fn learn(&mut self, yes: bool, pace: &Pace) {
        let (share, count) = (self.0 >> 10, self.0 & 1_023);
        let step = |distance: u32| ((u64::from(distance) * u64::from(pace.of(count))) >> 16) as u32;
        let share = if yes { share + step((1 << 22) - 1 - share) } else { share - step(share) };
        self.0 = share << 10 | (count + u32::from(count < Pace::MEMORY));
    }
}

/// How far a decision moves a chance, in 65 536ths of the distance, by how many came before.
pub struct Pace(Vec<u16>);

impl Pace {
    /// What came is not forgotten before so many more.
    const MEMORY: u32 = 1_000;

    /// The mean of what came, but quick to learn at first.
    pub fn new() -> Self {
        Self((0..=Self::MEMORY).map(|count| (655_360 / (count * 10 + 16)) as u16).collect())
    }

    fn of(&self, count: u32) -> u16 {
        self.0.get(count as usize).copied().unwrap_or(0)
    }
}
