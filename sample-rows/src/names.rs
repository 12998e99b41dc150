use std::collections::HashMap;

use crate::text::same;

/// How many cells name a series together: target, vantage and check.
pub const NAMING_CELLS: usize = 3;

/// A byte that no cell of text has.
const BETWEEN: u8 = 0xff;

/// Series by the cells that name them, each with the one that followed it the last time.
#[derive(Debug, Default)]
pub struct Names {
    by_cells: HashMap<Vec<u8>, usize>,
    named: Vec<Named>,
    /// The place in `named` of the row before.
    last: usize,
    joined: Vec<u8>,
}

#[derive(Debug)]
struct Named {
    cells: [Vec<u8>; NAMING_CELLS],
    series: u32,
    /// The place of the cells that followed these the last time: mostly they follow again.
    next: usize,
}

impl Named {
    #[inline]
    fn is(&self, cells: [&[u8]; NAMING_CELLS]) -> bool {
        let [a, b, c] = &self.cells;
        same(a, cells[0]) && same(b, cells[1]) && same(c, cells[2])
    }
}

impl Names {
    /// The series that these cells name, where they were met before.
    #[inline]
    pub fn find(&mut self, cells: [&[u8]; NAMING_CELLS]) -> Option<u32> {
        let expected = self.named.get(self.last)?.next;
        match self.named.get(expected).filter(|own| own.is(cells)) {
            Some(own) => {
                self.last = expected;
                Some(own.series)
            }
            None => self.look_up(cells),
        }
    }

    fn look_up(&mut self, cells: [&[u8]; NAMING_CELLS]) -> Option<u32> {
        self.join(cells);
        let place = *self.by_cells.get(&self.joined)?;
        let series = self.named.get(place).filter(|own| own.is(cells))?.series;
        self.follow(place);
        Some(series)
    }

    /// Says which series cells name that were not met before. The cells are text.
    pub fn add(&mut self, cells: [&[u8]; NAMING_CELLS], series: u32) {
        let place = self.named.len();
        self.join(cells);
        self.by_cells.insert(self.joined.clone(), place);
        self.named.push(Named { cells: cells.map(<[u8]>::to_vec), series, next: place });
        self.follow(place);
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.named.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.named.is_empty()
    }

    fn join(&mut self, cells: [&[u8]; NAMING_CELLS]) {
        self.joined.clear();
        for cell in cells {
            self.joined.extend_from_slice(cell);
            self.joined.push(BETWEEN);
        }
    }

    fn follow(&mut self, place: usize) {
        if let Some(last) = self.named.get_mut(self.last) {
            last.next = place;
        }
        self.last = place;
    }
}
