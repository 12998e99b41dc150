//! What is asked of the case, and the answer to it, which is found in turns between which the page answers its reader.

use std::sync::Arc;

use super::case::OpenCase;
use super::clock::milliseconds;
use crate::assess::{Assessing, Assessment, Question, Refusal};
use crate::contract::{Contract, Policy};
use crate::time::{Instant, LocalMonth};

/// For so long the page may assess before it answers again, in milliseconds.
pub const SLICE_MS: i64 = 30;

/// What is asked of the case.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The case as its files have it.
    pub case: Arc<OpenCase>,
    /// Readings that are tried in place of the contract's.
    pub proposal: Option<Policy>,
    /// The month.
    pub month: LocalMonth,
    /// Nothing later is taken for known.
    pub as_of: Instant,
}

impl PartialEq for Asked {
    /// Whether the same is asked of the very same case.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.case, &other.case)
            && (self.month, self.as_of) == (other.month, other.as_of)
            && self.proposal == other.proposal
    }
}

/// The case in one month.
#[derive(Debug, Clone)]
pub struct Answer {
    /// What was asked.
    pub asked: Asked,
    /// The case, with the readings that are tried.
    pub case: Arc<OpenCase>,
    /// The month.
    pub month: LocalMonth,
    /// What was found; an error where the month cannot be assessed.
    pub found: Result<Arc<Assessment>, Refusal>,
    /// What the contract itself says of the readings, where a proposal takes their place.
    pub agreed: Option<Policy>,
    /// What would be found without the proposal; `None` where there is none.
    pub under_contract: Option<Arc<Assessment>>,
    /// What would be found had nothing been settled; `None` where nothing was.
    pub as_claimed: Option<Arc<Assessment>>,
}

/// A case to be assessed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    AsAsked,
    UnderContract,
    AsClaimed,
}

/// An answer that is being found.
pub struct Answering {
    asked: Asked,
    case: Arc<OpenCase>,
    /// The next one last.
    left: Vec<Which>,
    present: Option<(Which, Arc<OpenCase>, Assessing)>,
    found: Option<Result<Arc<Assessment>, Refusal>>,
    under_contract: Option<Arc<Assessment>>,
    as_claimed: Option<Arc<Assessment>>,
}

impl Answering {
    /// Nothing of the answer is found yet.
    pub fn new(asked: Asked) -> Self {
        let case = asked.proposal.as_ref().map_or_else(|| Arc::clone(&asked.case), |own| with_policy(&asked.case, own));
        let mut left = Vec::new();
        left.extend((!asked.case.settlement().is_empty()).then_some(Which::AsClaimed));
        left.extend(asked.proposal.is_some().then_some(Which::UnderContract));
        left.push(Which::AsAsked);
        Self { asked, case, left, present: None, found: None, under_contract: None, as_claimed: None }
    }

    /// What is asked.
    pub const fn asked(&self) -> &Asked {
        &self.asked
    }

    /// Goes on until the slice is over; the answer once it is found.
    pub fn slice(&mut self) -> Option<Answer> {
        let until = milliseconds() + SLICE_MS;
        while self.step() {
            if milliseconds() >= until {
                return None;
            }
        }
        self.answer()
    }

    /// Finds what is still to be found at once.
    pub fn end(mut self) -> Option<Answer> {
        while self.step() {}
        self.answer()
    }

    /// Whether there was something to be done.
    fn step(&mut self) -> bool {
        let Some((which, case, mut assessing)) = self.present.take().or_else(|| self.next()) else { return false };
        match assessing.step(&case.record) {
            None => self.present = Some((which, case, assessing)),
            Some(found) => self.keep(which, found.map(Arc::new)),
        }
        true
    }

    fn next(&mut self) -> Option<(Which, Arc<OpenCase>, Assessing)> {
        let which = self.left.pop()?;
        let case = match which {
            Which::AsAsked => Arc::clone(&self.case),
            Which::UnderContract => Arc::clone(&self.asked.case),
            // Without what was settled the case contradicts itself no more than with it.
            Which::AsClaimed => Arc::new(self.case.as_claimed().ok()?),
        };
        let Asked { month, as_of, .. } = self.asked;
        Some((which, case, Assessing::new(Question { month, as_of })))
    }

    fn keep(&mut self, which: Which, found: Result<Arc<Assessment>, Refusal>) {
        match which {
            Which::AsAsked => {
                if found.is_err() {
                    // The month is refused whatever else holds.
                    self.left.clear();
                }
                self.found = Some(found);
            }
            Which::UnderContract => self.under_contract = found.ok(),
            Which::AsClaimed => self.as_claimed = found.ok(),
        }
    }

    fn answer(&self) -> Option<Answer> {
        Some(Answer {
            asked: self.asked.clone(),
            case: Arc::clone(&self.case),
            month: self.asked.month,
            found: self.found.clone()?,
            agreed: self.asked.proposal.as_ref().map(|_| policy_of(&self.asked.case)),
            under_contract: self.under_contract.clone(),
            as_claimed: self.as_claimed.clone(),
        })
    }
}

fn with_policy(case: &OpenCase, policy: &Policy) -> Arc<OpenCase> {
    let mut case = case.clone();
    case.record.contract.get_or_insert_with(Contract::default).policy = policy.clone();
    Arc::new(case)
}

/// The readings of the contract; the defaults where nothing says otherwise.
pub fn policy_of(case: &OpenCase) -> Policy {
    case.record.contract.as_ref().map(|contract| contract.policy.clone()).unwrap_or_default()
}
