//! What is asked of the case, and the answer to it, which is found in turns between which the page answers its reader.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::case::OpenCase;
use super::clock::milliseconds;
use crate::assess::{self, Assessment, Question, Refusal, Steps};
use crate::contract::{Contract, Policy};
use crate::time::{Instant, LocalMonth};

/// For so long the page may assess before it answers again, in milliseconds.
pub const SLICE_MS: i64 = 16;

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

/// An answer that is being found.
pub struct Answering {
    asked: Asked,
    steps: Steps<'static, Answer>,
}

impl Answering {
    /// Nothing of the answer is found yet.
    pub fn new(asked: Asked) -> Self {
        Self { steps: Steps::new(answered(asked.clone())), asked }
    }

    /// What is asked.
    pub const fn asked(&self) -> &Asked {
        &self.asked
    }

    /// Goes on until the slice is over: the answer, or what is still to be found of it.
    pub fn slice(self) -> ControlFlow<Answer, Self> {
        let Self { asked, mut steps } = self;
        let until = milliseconds() + SLICE_MS;
        while milliseconds() < until {
            steps = steps.step()?;
        }
        ControlFlow::Continue(Self { asked, steps })
    }

    /// Finds what is still to be found at once.
    pub fn end(self) -> Answer {
        self.steps.end()
    }
}

/// A month of a case that is being assessed.
pub async fn assessed(case: Arc<OpenCase>, question: Question) -> Result<Arc<Assessment>, Refusal> {
    assess::assessed(&case.record, question).await.map(Arc::new)
}

async fn answered(asked: Asked) -> Answer {
    let case = asked.proposal.as_ref().map_or_else(|| Arc::clone(&asked.case), |own| with_policy(&asked.case, own));
    let question = Question { month: asked.month, as_of: asked.as_of };
    let found = assessed(Arc::clone(&case), question).await;
    let (mut under_contract, mut as_claimed) = (None, None);
    let contract = asked.proposal.is_some().then(|| Arc::clone(&asked.case));
    // Without what was settled the case contradicts itself no more than with it.
    let claimed = (!asked.case.settlement().is_empty()).then(|| case.as_claimed().ok()).flatten();
    for (case, found) in [(contract, &mut under_contract), (claimed.map(Arc::new), &mut as_claimed)] {
        if let Some(case) = case {
            *found = assessed(case, question).await.ok();
        }
    }
    let (month, agreed) = (asked.month, asked.proposal.as_ref().map(|_| policy_of(&asked.case)));
    Answer { asked, case, month, found, agreed, under_contract, as_claimed }
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
