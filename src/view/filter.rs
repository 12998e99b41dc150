//! Which outages are listed, and in what order, as it stands in the address behind the place.

use std::fmt::{self, Write as _};

use crate::assess::{Assessment, Clause, Outage};
use crate::record::Stance;
use crate::sorted::Set;

/// What the parties say of what is excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// All of it is agreed.
    Agreed,
    /// One party claims a part of it, and the other has not agreed.
    Disputed,
}

impl Standing {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Agreed, Self::Disputed];

    /// The name in the address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::Disputed => "disputed",
        }
    }
}

/// Which outages are listed. What is not chosen leaves nothing out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// `target=port-1`: those of one target.
    pub target: Option<String>,
    /// `under=1.4.a`: those of which a part is excluded, or claimed to be, under a clause.
    pub clause: Option<Clause>,
    /// `stance=disputed`: those with something excluded of which that is said.
    pub standing: Option<Standing>,
    /// `order=time`: in order of time; else those that count most come first.
    pub by_time: bool,
    /// `outage=ID`: the one whose samples are shown in place of the list.
    pub outage: Option<String>,
}

impl Filter {
    /// Reads a fragment, with or without `#`. What is not understood is left out.
    #[must_use]
    pub fn parse(fragment: &str) -> Self {
        let mut filter = Self::default();
        for (key, value) in fragment.trim_start_matches('#').split('&').filter_map(|part| part.split_once('=')) {
            let value = decoded(value);
            match key {
                "target" => filter.target = Some(value).filter(|target| !target.is_empty()),
                "under" => filter.clause = clauses().find(|clause| clause.as_str() == value),
                "stance" => filter.standing = Standing::ALL.into_iter().find(|own| own.as_str() == value),
                "order" => filter.by_time = value == "time",
                "outage" => filter.outage = Some(value).filter(|id| !id.is_empty()),
                _ => {}
            }
        }
        filter
    }

    /// Whether everything is listed.
    #[must_use]
    pub const fn lets_all_through(&self) -> bool {
        self.target.is_none() && self.clause.is_none() && self.standing.is_none()
    }

    /// Whether an outage is listed.
    #[must_use]
    pub fn lets_through(&self, outage: &Outage) -> bool {
        let stances = || outage.excluded.iter().filter(|part| part.clause.claimed_by_someone()).map(|part| part.stance);
        let disputed = stances().any(|stance| stance == Stance::Claimed);
        self.target.as_ref().is_none_or(|target| outage.targets.contains(target))
            && self.clause.is_none_or(|clause| outage.excluded.iter().any(|part| part.clause == clause))
            && self.standing.is_none_or(|standing| match standing {
                Standing::Agreed => !disputed && stances().next().is_some(),
                Standing::Disputed => disputed,
            })
    }

    /// Whether a time of a single target is listed: clauses and claims concern outages only.
    #[must_use]
    pub fn lets_time_through(&self, of: &str) -> bool {
        self.clause.is_none() && self.standing.is_none() && self.target.as_ref().is_none_or(|target| target == of)
    }

    /// The outages that are listed, in the order that was chosen.
    #[must_use]
    pub fn listed<'o>(&self, outages: &'o [Outage]) -> Vec<&'o Outage> {
        let most_first = |own: &Outage| (-own.downtime.counted, -own.downtime.upper);
        let mut listed: Vec<&Outage> = Vec::new();
        for outage in outages.iter().filter(|outage| self.lets_through(outage)) {
            let before = |own: &&Outage| self.by_time || most_first(own) <= most_first(outage);
            listed.insert(listed.partition_point(before), outage);
        }
        listed
    }

    /// Every target that has an outage in the month.
    #[must_use]
    pub fn targets(assessment: &Assessment) -> Vec<String> {
        let targets: Set<String> = outages(assessment).flat_map(|outage| outage.targets.iter().cloned()).collect();
        targets.into_iter().collect()
    }

    /// Every clause under which a part of an outage is excluded, or claimed to be.
    #[must_use]
    pub fn clauses(assessment: &Assessment) -> Vec<Clause> {
        let excluded = |clause: &Clause| {
            outages(assessment).any(|outage| outage.excluded.iter().any(|part| part.clause == *clause))
        };
        clauses().filter(excluded).collect()
    }
}

fn clauses() -> impl Iterator<Item = Clause> {
    Clause::NETWORK.into_iter().chain(Clause::POWER)
}

fn outages(assessment: &Assessment) -> impl Iterator<Item = &Outage> {
    assessment.guarantees.iter().filter_map(|own| own.measured()).flat_map(|measured| &measured.outages)
}

impl fmt::Display for Filter {
    /// What was chosen, each with `&` before it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(target) = &self.target {
            write!(f, "&target={}", encoded(target))?;
        }
        if let Some(clause) = self.clause {
            write!(f, "&under={}", clause.as_str())?;
        }
        if let Some(standing) = self.standing {
            write!(f, "&stance={}", standing.as_str())?;
        }
        if self.by_time {
            f.write_str("&order=time")?;
        }
        match &self.outage {
            Some(id) => write!(f, "&outage={}", encoded(id)),
            None => Ok(()),
        }
    }
}

fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// What is no code of a byte stays as it is.
fn decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        let byte = code.filter(|_| *first == b'%').and_then(|code| u8::from_str_radix(code, 16).ok());
        out.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_read_back_as_it_was_written() {
        for text in [
            "",
            "&target=port-1",
            "&target=A%20%26%20%E5%8D%80&under=1.4.a&stance=disputed",
            "&under=2.4.report&order=time",
            "&target=port-1&order=time&outage=port-1%402026-03-08T02%3A10%3A00Z",
        ] {
            assert_eq!(Filter::parse(&format!("#view=outages{text}")).to_string(), text);
        }
    }

    #[test]
    fn what_is_not_understood_is_left_out() {
        for text in ["#target=&under=9.9&stance=x&order=size", "#&&==&target", "under=%"] {
            assert_eq!(Filter::parse(text), Filter::default(), "{text}");
        }
        assert_eq!(Filter::parse("target=50%").target.as_deref(), Some("50%"));
    }
}
