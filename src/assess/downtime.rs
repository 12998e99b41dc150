//! The three figures of a guarantee, each outage's share of them, and what became of every excluded millisecond.

use std::borrow::Cow;

use crate::sorted::{Map, Set};

use super::exclusion::{Claim, Step, last_agreed, last_of_any, steps, up_to};
use super::report_rule::{ReportRule, Reported, Ruling};
use super::ruling::{Decision, Figures, Limits, decide, rules};
use super::steps::pause;
use super::trace::Traced;
use super::watch::{Band, Spell, Watch};
use super::would_change::Supposing;
use super::{
    Article, Clause, Conduct, Downtime, ExcludedPart, Flag, Gap, Guarantee, Measured, Mismatch, Monitoring, Outage,
    Reason, SingleFailures, Timeline, Verdict,
};
use crate::contract::{Contract, Denominator, GapState, Rounding};
use crate::record::{Notice, Stance};
use crate::time::{Instant, Interval, IntervalSet, MINUTE_MS};

/// A target of a guarantee and what is known of it.
#[derive(Clone)]
pub(super) struct Watched {
    pub(super) target: String,
    pub(super) watch: Watch,
    /// Time of the period that was not watched, whatever the policy makes of it.
    pub(super) gaps: IntervalSet,
    /// Time from the start of recorded outages without an end.
    pub(super) not_over: IntervalSet,
    /// Two vantages or sources show the same outages at other times.
    pub(super) skew: bool,
    /// Who says so.
    pub(super) source: Monitoring,
    /// What other sources say of the target; nothing of it counts.
    pub(super) others: Vec<Watched>,
}

/// A guarantee to be measured, with all that its figures rest on.
#[derive(Clone)]
pub(super) struct Measuring<'a> {
    pub(super) article: Article,
    pub(super) contract: &'a Contract,
    pub(super) period: Interval,
    /// The period as far as it had passed.
    pub(super) elapsed: Interval,
    pub(super) as_of: Instant,
    pub(super) watched: &'a [Watched],
    /// Watched as the policy would have it if a single failure already counted.
    pub(super) with_singles: &'a [Watch],
    /// So many targets must be down at once.
    pub(super) quorum: usize,
    pub(super) claims: Vec<Claim>,
    pub(super) report_clause: Clause,
    pub(super) clauses: &'a [Clause],
    /// `None`: reports are not recorded, the rule is not applied.
    pub(super) report_rule: Option<ReportRule<'a>>,
    pub(super) notices: Vec<&'a Notice>,
    /// The limits, given what percentages are taken of.
    pub(super) limits: &'a dyn Fn(i64) -> Limits,
    /// Flags that the article itself raises.
    pub(super) flags: Set<Flag>,
}

/// Time excluded by the five-day rule, and time that it may still exclude.
#[derive(Default)]
pub(super) struct Unreported {
    pub(super) closed: IntervalSet,
    open: IntervalSet,
    calendar: IntervalSet,
}

impl Unreported {
    /// Time of outages that may still turn out to be unreported.
    pub(super) fn pending(&self) -> IntervalSet {
        self.open.union(&self.calendar)
    }
}

/// What the lower, the counted and the upper figure are the lengths of.
pub(super) struct Three {
    lower: IntervalSet,
    pub(super) counted: IntervalSet,
    upper: IntervalSet,
}

/// Figures and verdict, and what they were taken of.
pub(super) struct Found {
    unreported: Unreported,
    three: Three,
    figures: Figures,
    limits: Limits,
    pub(super) decision: Decision,
}

impl Measuring<'_> {
    /// The guarantee in this month.
    pub(super) async fn guarantee(&self) -> Guarantee {
        let watches = self.watches();
        let together = Watch::at_least(self.quorum, &watches);
        let mut rulings = Vec::with_capacity(together.spells.len());
        for spell in &together.spells {
            pause().await;
            rulings.push(self.ruling(spell));
        }
        let shares = self.shares(&together);
        pause().await;
        let mut own = self.decided(&watches, &together, &rulings, &shares);
        if let Conduct::Measured(measured) = &mut own.conduct {
            let found = Supposing { together: &together, rulings: &rulings, shares: &shares, verdict: own.verdict };
            measured.would_change = self.would_change(&found).await;
        }
        own
    }

    /// The same, without what would change it.
    fn decided(&self, watches: &[&Watch], together: &Watch, rulings: &[Option<Ruling>], shares: &Shares) -> Guarantee {
        let mut found = self.found(watches, together, rulings, shares);
        let mut rules = rules(&found.figures, &found.limits, self.contract.policy.verdict_basis());
        let known = self.known_ms();
        if known == 0 {
            found.decision.verdict = Verdict::Undetermined;
            found.decision.reasons = Set::from([Reason::NoData]);
            rules.iter_mut().for_each(|rule| rule.verdict = Verdict::Undetermined);
        }
        let Found { unreported, three, figures, limits, decision } = &found;
        let attribution = self.attribution(watches, unreported);
        let outages = self.outages(together, rulings, shares, &attribution, three);
        let singles = self.single_failures(together, unreported, figures.upper, decision, limits);
        let traced = Traced {
            attribution: &attribution,
            unreported,
            three,
            ms: [figures.lower, figures.counted, figures.upper],
            length: &|set| shares.ms(set),
        };
        let trace = self.trace(together, &traced);
        let mut measured = Measured {
            certainty: decision.certainty,
            downtime: Downtime { lower: figures.lower, counted: figures.counted, upper: figures.upper },
            excluded: self.excluded(&attribution),
            denominator_ms: self.denominator_ms(unreported),
            known_ms: known,
            elapsed_ms: self.elapsed.ms(),
            any_data: known > 0,
            rules,
            outages,
            single_failures: singles.0,
            gaps: self.spans(|watched| watched.gaps.cut_to(self.elapsed)),
            mismatches: self.mismatches(),
            compared: self.watched.iter().flat_map(|own| own.compared(self.period, self.elapsed)).collect(),
            report_rule_applied: self.report_rule.is_some(),
            targets: self.watched.iter().map(|watched| watched.target.clone()).collect(),
            timeline: self.timeline(together, attribution, three),
            trace,
            would_change: Vec::new(),
        };
        measured.targets.dedup();
        let mut flags = self.flags(decision, &measured, figures);
        flags.extend(singles.1.then_some(Flag::SensitiveToSingleFailures));
        Guarantee {
            article: self.article,
            verdict: decision.verdict,
            reasons: found.decision.reasons,
            flags,
            conduct: Conduct::Measured(Box::new(measured)),
        }
    }

    fn ruling(&self, spell: &Spell) -> Option<Ruling> {
        self.report_rule.as_ref().map(|rule| rule.apply(spell))
    }

    fn shares(&self, together: &Watch) -> Shares {
        Shares::new(&together.spells, self.contract.policy.rounding())
    }

    /// The verdict alone.
    pub(super) fn verdict(&self) -> Verdict {
        let watches = self.watches();
        let together = Watch::at_least(self.quorum, &watches);
        let rulings: Vec<_> = together.spells.iter().map(|spell| self.ruling(spell)).collect();
        let decision = self.found(&watches, &together, &rulings, &self.shares(&together)).decision;
        if self.known_ms() == 0 { Verdict::Undetermined } else { decision.verdict }
    }

    pub(super) fn watches(&self) -> Vec<&Watch> {
        self.watched.iter().map(|watched| &watched.watch).collect()
    }

    /// Figures and verdict, given what is known of each target and of each outage's report. Without any data they say nothing.
    pub(super) fn found(
        &self,
        watches: &[&Watch],
        together: &Watch,
        rulings: &[Option<Ruling>],
        shares: &Shares,
    ) -> Found {
        let unreported = unreported(&together.spells, rulings);
        let three = self.three(watches, &unreported);
        let figures = self.figures(watches, &three, &unreported, shares);
        let limits = (self.limits)(self.denominator_ms(&unreported));
        let decision = decide(&figures, &limits, self.contract.policy.verdict_basis());
        Found { unreported, three, figures, limits, decision }
    }

    /// One of the sets of all targets together, cut to the period, without what `last` and all steps before it exclude.
    pub(super) fn left<'w>(&self, watches: &[&'w Watch], band: Band, last: Option<Step>) -> IntervalSet {
        let left = |(watched, watch): (&Watched, &&'w Watch)| {
            let (own, excluded) = (watch.bands.get(band), up_to(&self.claims, &watched.target, last));
            // Mostly it stays as it is, and is not copied; of a year only the month is looked at.
            match own.is_within(self.period) {
                true if excluded.is_empty() => Cow::Borrowed(own),
                true => Cow::Owned(own.minus(&excluded)),
                false => Cow::Owned(own.cut_to(self.period).minus(&excluded)),
            }
        };
        let sets: Vec<Cow<IntervalSet>> = self.watched.iter().zip(watches).map(left).collect();
        IntervalSet::at_least(self.quorum, &sets.iter().map(AsRef::as_ref).collect::<Vec<_>>())
    }

    fn at_least(&self, sets: &[IntervalSet]) -> IntervalSet {
        IntervalSet::at_least(self.quorum, &sets.iter().collect::<Vec<_>>())
    }

    /// The sets that the three figures are the lengths of.
    fn three(&self, watches: &[&Watch], unreported: &Unreported) -> Three {
        let left = |band, last| self.left(watches, band, last).minus(&unreported.closed);
        let (agreed, any) = (last_agreed(&self.claims), last_of_any(&self.claims));
        Three {
            lower: left(Band::Inner, any).minus(&unreported.pending()),
            counted: left(Band::Shown, agreed),
            upper: left(Band::OuterOrGap, agreed),
        }
    }

    fn figures(&self, watches: &[&Watch], three: &Three, unreported: &Unreported, shares: &Shares) -> Figures {
        let (agreed, any) = (last_agreed(&self.claims), last_of_any(&self.claims));
        let left = |band, last| self.left(watches, band, last).minus(&unreported.closed);
        let ms = |set: &IntervalSet| shares.ms(set);
        let not_over: IntervalSet = self.watched.iter().flat_map(|watched| watched.not_over.iter()).collect();
        let shown = &three.counted;
        let shown_claims_granted = left(Band::Shown, any);
        let shown_or_gap = left(Band::ShownOrGap, agreed);
        let settled_low = shown_claims_granted.minus(&unreported.pending()).minus(&not_over);
        let mut questions = vec![
            (Reason::MonitoringGap, ms(&shown_or_gap)),
            (Reason::DisputedExclusion, ms(&shown_claims_granted)),
            (Reason::ReportWindowOpen, ms(&shown.minus(&unreported.open))),
            (Reason::CalendarMissing, ms(&shown.minus(&unreported.calendar))),
            (Reason::OutageNotOver, ms(&shown.minus(&not_over))),
        ];
        let counted = ms(shown);
        questions.retain(|(_, downtime)| *downtime != counted);
        Figures {
            lower: ms(&three.lower),
            counted,
            upper: ms(&three.upper),
            open_low: ms(&settled_low),
            open_high: ms(&shown_or_gap),
            // An outage without an end is not a matter of the sampling.
            sampling: (
                ms(&left(Band::Inner, agreed).union(&shown.intersection(&not_over))),
                ms(&left(Band::Outer, agreed)),
            ),
            questions,
            pending: self.period.end().since(self.as_of.clamp(self.period.start(), self.period.end())),
        }
    }

    fn denominator_ms(&self, unreported: &Unreported) -> i64 {
        let policy = &self.contract.policy;
        let mut of: IntervalSet = self.period.into();
        if policy.gap_state() == GapState::RemoveFromPeriod {
            of = of.minus(&self.unwatched());
        }
        if policy.denominator() == Denominator::MinusExclusions {
            let agreed =
                self.claims.iter().filter(|claim| claim.stance == Stance::Agreed).map(|claim| claim.span).collect();
            of = of.minus(&agreed).minus(&unreported.closed);
        }
        of.ms()
    }

    /// Time of which it is not known whether enough targets were down.
    fn unwatched(&self) -> IntervalSet {
        let each = self.watched.iter().map(|own| {
            let (shown, gaps) = (own.watch.bands.shown.cut_to(self.elapsed), own.gaps.cut_to(self.elapsed));
            (shown.union(&gaps), shown.minus(&gaps))
        });
        let (possible, shown): (Vec<IntervalSet>, Vec<IntervalSet>) = each.unzip();
        self.at_least(&possible).minus(&self.at_least(&shown))
    }

    pub(super) fn known_ms(&self) -> i64 {
        self.elapsed.ms() - self.unwatched().ms()
    }

    /// Spans of every target, in order of time.
    fn spans(&self, of: impl Fn(&Watched) -> IntervalSet) -> Vec<Gap> {
        let mut spans = Vec::new();
        for watched in self.watched {
            let target = || watched.target.clone();
            spans.extend(of(watched).iter().map(|span| Gap { span, target: target() }));
        }
        spans.sort();
        spans
    }

    fn mismatches(&self) -> Vec<Mismatch> {
        let all: Set<Mismatch> = self.watched.iter().flat_map(|own| own.mismatches(self.elapsed)).collect();
        all.into_iter().collect()
    }

    /// Every excluded millisecond of the period under exactly one clause, in the order of attribution.
    fn attribution(&self, watches: &[&Watch], unreported: &Unreported) -> Vec<(Clause, Stance, IntervalSet)> {
        let mut out = Vec::new();
        let mut left = self.left(watches, Band::Shown, None);
        let mut report_due = true;
        for step in steps(&self.claims) {
            if step.claimed && std::mem::take(&mut report_due) {
                out.push((self.report_clause, Stance::Agreed, left.intersection(&unreported.closed)));
            }
            let next = self.left(watches, Band::Shown, Some(step));
            let part = left.minus(&next);
            let (stance, part) =
                if step.claimed { (Stance::Claimed, part.minus(&unreported.closed)) } else { (Stance::Agreed, part) };
            out.push((step.clause, stance, part));
            left = next;
        }
        if report_due {
            out.push((self.report_clause, Stance::Agreed, left.intersection(&unreported.closed)));
        }
        out.retain(|(_, _, set)| !set.is_empty());
        out
    }

    fn excluded(&self, attribution: &[(Clause, Stance, IntervalSet)]) -> Map<Clause, i64> {
        let mut out: Map<Clause, i64> = self.clauses.iter().map(|clause| (*clause, 0)).collect();
        for (clause, _, set) in attribution.iter().filter(|(_, stance, _)| *stance == Stance::Agreed) {
            *out.of(*clause) += set.ms();
        }
        out
    }

    fn outages(
        &self,
        together: &Watch,
        rulings: &[Option<Ruling>],
        shares: &Shares,
        attribution: &[(Clause, Stance, IntervalSet)],
        three: &Three,
    ) -> Vec<Outage> {
        let outage = |(i, spell): (usize, &Spell)| {
            let ruling = rulings.get(i).copied().flatten();
            let region = shares.regions.get(i)?;
            let share = |set: &IntervalSet| shares.rounded(set.cut_to(*region).ms());
            let downtime =
                Downtime { lower: share(&three.lower), counted: share(&three.counted), upper: share(&three.upper) };
            let excluded = excluded_parts(attribution, spell.shown);
            Some(Outage {
                id: spell.id(),
                targets: spell.targets.clone(),
                shown: spell.shown,
                possible: spell.possible,
                downtime,
                shown_ms: spell.shown.cut_to(self.period).map_or(0, Interval::ms),
                report_deadline: ruling.and_then(|ruling| ruling.deadline),
                reported_at: ruling.and_then(|ruling| ruling.reported_at),
                open_ended: spell.open_ended,
                flags: self.outage_flags(spell, ruling, downtime, &excluded),
                excluded,
            })
        };
        together
            .spells
            .iter()
            .enumerate()
            .filter(|(_, spell)| spell.possible.meets(self.period))
            .filter_map(outage)
            .collect()
    }

    fn outage_flags(
        &self,
        spell: &Spell,
        ruling: Option<Ruling>,
        downtime: Downtime,
        excluded: &[ExcludedPart],
    ) -> Set<Flag> {
        let mut flags = Set::new();
        flags.extend(excluded.iter().any(|part| part.stance == Stance::Claimed).then_some(Flag::DisputedExclusion));
        let Some(ruling) = ruling else { return flags };
        let counts = downtime.upper > 0;
        flags.extend((ruling.reported == Reported::Open && counts).then_some(Flag::ReportWindowOpen));
        flags.extend((ruling.reported == Reported::CalendarMissing && counts).then_some(Flag::CalendarMissing));
        let by_rule = excluded.iter().any(|part| part.clause == self.report_clause);
        flags.extend((ruling.anchor_matters && (by_rule || counts)).then_some(Flag::ReportAnchorMatters));
        flags.extend((ruling.roll_matters && (by_rule || counts)).then_some(Flag::HolidayRollMatters));
        let until = spell.possible.end().plus(i64::from(self.contract.terms.notice_minutes) * MINUTE_MS);
        let knew = self
            .notices
            .iter()
            .any(|notice| notice.at >= spell.possible.start() && notice.at <= until && notice.at <= self.as_of);
        flags.extend((by_rule && knew).then_some(Flag::ProviderKnew));
        flags
    }

    /// What failures too few in a row could add, and whether counting them would change the verdict.
    fn single_failures(
        &self,
        together: &Watch,
        unreported: &Unreported,
        upper: i64,
        decision: &Decision,
        limits: &Limits,
    ) -> (SingleFailures, bool) {
        let watches: Vec<&Watch> = self.with_singles.iter().collect();
        let all = Watch::at_least(self.quorum, &watches);
        let single = |spell: &&Spell| spell.shown.meets(self.period) && !together.bands.shown.meets(spell.shown);
        let at: Vec<Instant> = all.spells.iter().filter(single).map(|spell| spell.shown.start()).collect();
        if at.is_empty() {
            return (SingleFailures::default(), false);
        }
        let shares = Shares::new(&all.spells, self.contract.policy.rounding());
        let figures = self.figures(&watches, &self.three(&watches, unreported), unreported, &shares);
        let changed = decide(&figures, limits, self.contract.policy.verdict_basis()).verdict != decision.verdict;
        let could_add_ms = (figures.upper - upper).max(0);
        (SingleFailures { count: u32::try_from(at.len()).unwrap_or(u32::MAX), at, could_add_ms }, changed)
    }

    fn flags(&self, decision: &Decision, measured: &Measured, figures: &Figures) -> Set<Flag> {
        let mut flags = self.flags.clone();
        flags.extend(measured.outages.iter().flat_map(|outage| outage.flags.iter().copied()));
        let disputed = figures.questions.iter().any(|(reason, _)| *reason == Reason::DisputedExclusion);
        flags.extend(disputed.then_some(Flag::DisputedExclusion));
        let disagree = measured.rules.iter().any(|rule| rule.verdict == Verdict::Met)
            && measured.rules.iter().any(|rule| rule.verdict == Verdict::Breached);
        flags.extend(disagree.then_some(Flag::RuleDisagreement));
        let by_sampling = decision.certainty == super::Certainty::SamplingSensitive
            && (decision.verdict != Verdict::Undetermined || decision.reasons.contains(&Reason::Sampling));
        flags.extend(by_sampling.then_some(Flag::SamplingSensitive));
        flags.extend((!measured.gaps.is_empty()).then_some(Flag::MonitoringGap));
        let low = i128::from(measured.known_ms) * 100 < i128::from(measured.elapsed_ms) * 99;
        flags.extend(low.then_some(Flag::LowCoverage));
        flags.extend(self.watched.iter().any(|watched| watched.skew).then_some(Flag::ClockSkew));
        flags.extend((!measured.mismatches.is_empty()).then_some(Flag::ProbeMismatch));
        flags
    }

    fn timeline(&self, together: &Watch, excluded: Vec<(Clause, Stance, IntervalSet)>, three: &Three) -> Timeline {
        let shown = together.bands.shown.cut_to(self.period);
        let agreed: IntervalSet = excluded
            .iter()
            .filter(|(_, stance, _)| *stance == Stance::Agreed)
            .flat_map(|(_, _, set)| set.iter())
            .collect();
        Timeline {
            counted: shown.minus(&agreed),
            unknown: self.unwatched(),
            single: together.singles.iter().filter_map(|spell| spell.shown.cut_to(self.period)).collect(),
            excluded,
            lower: three.lower.clone(),
            upper: three.upper.clone(),
            targets: self.watched.iter().map(|own| self.of_target(own)).collect(),
        }
    }

    fn of_target(&self, own: &Watched) -> (String, IntervalSet, IntervalSet) {
        let unknown = own.gaps.cut_to(self.elapsed);
        (own.target.clone(), own.watch.bands.shown.cut_to(self.period).minus(&unknown), unknown)
    }
}

fn unreported(spells: &[Spell], rulings: &[Option<Ruling>]) -> Unreported {
    let of = |wanted: Reported, span: fn(&Spell) -> Interval| -> IntervalSet {
        let matching =
            spells.iter().zip(rulings).filter(|(_, ruling)| ruling.is_some_and(|ruling| ruling.reported == wanted));
        matching.map(|(spell, _)| span(spell)).collect()
    };
    let outer = |wanted| of(wanted, |spell| spell.outer);
    let (open, calendar) = (outer(Reported::Open), outer(Reported::CalendarMissing));
    // Two outages with one good sample between them share the time around it: what belongs to a reported one stays.
    let keep = outer(Reported::InTime).union(&open).union(&calendar);
    let closed = outer(Reported::No).minus(&keep).union(&of(Reported::No, |spell| spell.shown));
    Unreported { closed, open, calendar }
}

fn excluded_parts(attribution: &[(Clause, Stance, IntervalSet)], shown: Interval) -> Vec<ExcludedPart> {
    let part = |(clause, stance, set): &(Clause, Stance, IntervalSet)| {
        let ms = set.cut_to(shown).ms();
        (ms > 0).then_some(ExcludedPart { clause: *clause, ms, stance: *stance })
    };
    attribution.iter().filter_map(part).collect()
}

/// Which time belongs to which outage, so that rounding goes by outage and every millisecond by one of them.
pub(super) struct Shares {
    regions: Vec<Interval>,
    all: IntervalSet,
    rounding: Rounding,
}

impl Shares {
    /// Spells come in order of time and their shown times do not meet; possible times may.
    fn new(spells: &[Spell], rounding: Rounding) -> Self {
        let mut regions: Vec<Interval> = Vec::with_capacity(spells.len());
        for (i, spell) in spells.iter().enumerate() {
            let start = regions.last().map_or(spell.possible.start(), |last| last.end().max(spell.possible.start()));
            let end =
                spells.get(i + 1).map_or(spell.possible.end(), |next| next.shown.start().min(spell.possible.end()));
            regions.push(Interval::new(start, end).unwrap_or(spell.shown));
        }
        Self { all: regions.iter().copied().collect(), regions, rounding }
    }

    fn rounded(&self, ms: i64) -> i64 {
        match self.rounding {
            Rounding::Exact | Rounding::CeilMinuteTotal => ms,
            Rounding::CeilMinutePerOutage => ceil_minute(ms),
            Rounding::FloorMinutePerOutage => ms / MINUTE_MS * MINUTE_MS,
        }
    }

    /// The length of a set as the policy rounds it.
    fn ms(&self, set: &IntervalSet) -> i64 {
        match self.rounding {
            Rounding::Exact => set.ms(),
            Rounding::CeilMinuteTotal => ceil_minute(set.ms()),
            Rounding::CeilMinutePerOutage | Rounding::FloorMinutePerOutage => {
                let shares: i64 = self.regions.iter().map(|region| self.rounded(set.cut_to(*region).ms())).sum();
                shares + set.minus(&self.all).ms()
            }
        }
    }
}

fn ceil_minute(ms: i64) -> i64 {
    (ms + MINUTE_MS - 1) / MINUTE_MS * MINUTE_MS
}
