use crate::sorted::{Map, Set};

use chrono::NaiveDate;

use super::{Clause, CrossCheck, Flag, Handling, Monitoring, Provenance, Reason, SingleCase, Trace, WouldChange};
use crate::contract::{Fen, percent_cut_off};
use crate::record::Stance;
use crate::time::{Instant, Interval, IntervalSet, LocalMonth, Zone};

/// One case, one month: what every article comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// The month.
    pub month: LocalMonth,
    /// The zone in which its days are counted.
    pub zone: Zone,
    /// What was known up to this instant; nothing later is taken for known.
    pub as_of: Instant,
    /// The month, cut to the term.
    pub period: Interval,
    /// Whether the figures may still change.
    pub status: Status,
    /// One of each measured article, in the order of the articles.
    pub guarantees: Vec<Guarantee>,
    /// What the provider owes.
    pub remedies: Remedies,
    /// Flags that concern the whole case.
    pub flags: Set<Flag>,
    /// Which files are the ones that the provider signed.
    pub provenance: Provenance,
    /// Sums that other systems report, beside what the record tells of the same targets.
    pub cross_checks: Vec<CrossCheck>,
}

impl Assessment {
    /// Whether a claim concerns the month: it meets the period or an outage that reaches into it.
    #[must_use]
    pub fn concerns(&self, span: Interval) -> bool {
        let mut outages = self.guarantees.iter().filter_map(Guarantee::measured).flat_map(|own| &own.outages);
        span.meets(self.period) || outages.any(|outage| span.meets(outage.possible))
    }
}

/// Whether the figures may still change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Something is open.
    Provisional,
    /// Nothing is.
    Final,
}

impl Status {
    /// The name in results.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Provisional => "provisional",
            Self::Final => "final",
        }
    }
}

/// The measured articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Article {
    /// Article 1, `network`.
    Network,
    /// Article 2, `power`.
    Power,
    /// Article 3, `installation`.
    Installation,
    /// Article 4, `emergency_notice`.
    EmergencyNotice,
    /// Article 5, `customer_service`.
    CustomerService,
    /// Article 6, `support`.
    Support,
    /// Article 7, `operations`.
    Operations,
    /// Article 8, `complaints`.
    Complaints,
    /// Article 9, `visits`.
    Visits,
}

impl Article {
    /// Every measured article in order.
    pub const ALL: [Self; 9] = [
        Self::Network,
        Self::Power,
        Self::Installation,
        Self::EmergencyNotice,
        Self::CustomerService,
        Self::Support,
        Self::Operations,
        Self::Complaints,
        Self::Visits,
    ];

    /// The number in the agreement, 1 to 9.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The name in results and in the page.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Power => "power",
            Self::Installation => "installation",
            Self::EmergencyNotice => "emergency_notice",
            Self::CustomerService => "customer_service",
            Self::Support => "support",
            Self::Operations => "operations",
            Self::Complaints => "complaints",
            Self::Visits => "visits",
        }
    }
}

/// Whether a promise was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It was kept.
    Met,
    /// It was not.
    Breached,
    /// It cannot be decided; the reasons say why.
    Undetermined,
    /// It does not concern this month.
    NotApplicable,
    /// Nothing was recorded about it.
    NotRecorded,
}

impl Verdict {
    /// The name in results and in the page.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Breached => "breached",
            Self::Undetermined => "undetermined",
            Self::NotApplicable => "not_applicable",
            Self::NotRecorded => "not_recorded",
        }
    }
}

/// How firmly the verdict stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// The lower and the upper figure give the same verdict.
    Certain,
    /// They do not: what happened between two samples could change it.
    SamplingSensitive,
}

impl Certainty {
    /// The name in results.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::SamplingSensitive => "sampling_sensitive",
        }
    }
}

/// One promise of the agreement in this month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guarantee {
    /// The article.
    pub article: Article,
    /// Whether it was kept.
    pub verdict: Verdict,
    /// Why it cannot be decided; empty unless undetermined.
    pub reasons: Set<Reason>,
    /// What a reader must know.
    pub flags: Set<Flag>,
    /// What the verdict rests on.
    pub conduct: Conduct,
}

/// What a verdict rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conduct {
    /// Downtime was measured: articles 1 and 2.
    Measured(Box<Measured>),
    /// Emergencies whose notice fell due this month, in order of time: article 4.
    Emergencies(Vec<Emergency>),
    /// Persons and single cases: articles 3 and 5 to 9.
    Handled(Handling),
    /// Nothing was recorded.
    NotRecorded,
}

impl Guarantee {
    /// The measured downtime, for articles 1 and 2.
    #[must_use]
    pub fn measured(&self) -> Option<&Measured> {
        match &self.conduct {
            Conduct::Measured(measured) => Some(measured),
            _ => None,
        }
    }

    /// The emergencies of the month, for article 4.
    #[must_use]
    pub fn emergencies(&self) -> Option<&[Emergency]> {
        match &self.conduct {
            Conduct::Emergencies(emergencies) => Some(emergencies),
            _ => None,
        }
    }

    /// The persons and single cases, for articles 3 and 5 to 9.
    #[must_use]
    pub fn handling(&self) -> Option<&Handling> {
        match &self.conduct {
            Conduct::Handled(handling) => Some(handling),
            _ => None,
        }
    }

    /// The single cases of the month, for articles 3 and 6 to 9; none where none are recorded.
    #[must_use]
    pub fn cases(&self) -> &[SingleCase] {
        self.handling().and_then(|handling| handling.cases.as_deref()).unwrap_or_default()
    }
}

/// Article 4.1: two probes in a row failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emergency {
    /// The targets that failed.
    pub targets: Vec<String>,
    /// The first failed probe.
    pub first_failed_at: Instant,
    /// The second failed probe in a row: the provider knows.
    pub determined_at: Instant,
    /// The last instant for the notice.
    pub deadline: Instant,
    /// The first notice that reached a designated contact; `None`: none did.
    pub notified_at: Option<Instant>,
    /// Whether the customer was told in time.
    pub outcome: NoticeOutcome,
    /// The local day that a lapse belongs to.
    pub day: NaiveDate,
    /// What a reader must know of it.
    pub flags: Set<Flag>,
}

/// Whether the customer was told of an emergency in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoticeOutcome {
    /// It was.
    InTime,
    /// It was told too late.
    Late,
    /// It was not told.
    Missed,
    /// Article 4.7 frees the provider.
    Exempt,
    /// Force majeure is claimed and not agreed.
    Disputed,
    /// The time is not over.
    Pending,
}

impl NoticeOutcome {
    /// The name in results; what is disputed is pending there.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InTime => "in_time",
            Self::Late => "late",
            Self::Missed => "missed",
            Self::Exempt => "exempt",
            Self::Disputed | Self::Pending => "pending",
        }
    }
}

/// Three figures in milliseconds; always lower ≤ counted ≤ upper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Downtime {
    /// Certainly down, and nobody claims that it is excluded.
    pub lower: i64,
    /// Down as the record shows it, without what both parties exclude.
    pub counted: i64,
    /// Possibly down, without what both parties exclude.
    pub upper: i64,
}

/// Downtime of one guarantee and how it was come by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// How firmly the verdict stands.
    pub certainty: Certainty,
    /// The three figures.
    pub downtime: Downtime,
    /// Downtime as shown that is not counted, by clause, in milliseconds; every clause of the article stands here.
    pub excluded: Map<Clause, i64>,
    /// What percentages are taken of, in milliseconds.
    pub denominator_ms: i64,
    /// Time of the period (up to `as_of`) of which the record tells, in milliseconds.
    pub known_ms: i64,
    /// Time of the period up to `as_of`, in milliseconds: what coverage is taken of.
    pub elapsed_ms: i64,
    /// Whether anything at all is known.
    pub any_data: bool,
    /// The rules that decide, in the order of the agreement.
    pub rules: Vec<Rule>,
    /// Outages that touch the period, in order of time.
    pub outages: Vec<Outage>,
    /// Failures too few in a row to be an outage.
    pub single_failures: SingleFailures,
    /// Time of the period without data, by target, in order of time.
    pub gaps: Vec<Gap>,
    /// Where another source of a target contradicts the one that decides, by target, in order of time.
    pub mismatches: Vec<Mismatch>,
    /// What each source tells of every target that has several, the one that decides first.
    pub compared: Vec<Compared>,
    /// Whether the five-day rule was applied: outage reports are recorded.
    pub report_rule_applied: bool,
    /// Ids of the targets that make the guarantee.
    pub targets: Vec<String>,
    /// What the month looked like.
    pub timeline: Timeline,
    /// How the three figures came about.
    pub trace: Trace,
    /// Which single fact would turn the verdict.
    pub would_change: Vec<WouldChange>,
}

impl Measured {
    /// Availability in percent, cut off after four decimals; `None` where nothing is known.
    #[must_use]
    pub fn availability_percent(&self) -> Option<String> {
        let available = (self.denominator_ms - self.downtime.counted).max(0);
        self.any_data.then(|| percent_cut_off(available, self.denominator_ms)).flatten()
    }

    /// The lowest availability that the record leaves possible, in percent, cut off after four decimals; `None` where it is
    /// no other than [`Measured::availability_percent`].
    #[must_use]
    pub fn lowest_availability_percent(&self) -> Option<String> {
        let lowest = percent_cut_off((self.denominator_ms - self.downtime.upper).max(0), self.denominator_ms);
        lowest.filter(|lowest| self.any_data && Some(lowest) != self.availability_percent().as_ref())
    }

    /// Watched share of the period in percent, cut off after four decimals.
    #[must_use]
    pub fn coverage_percent(&self) -> Option<String> {
        percent_cut_off(self.known_ms, self.elapsed_ms)
    }
}

/// Which figure a rule sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleKind {
    /// Article 1.2: fewer than 44 minutes.
    Minutes,
    /// Articles 1.2 and 2.2: 99.9 %.
    Percent,
}

impl RuleKind {
    /// The name in results.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Minutes => "minutes",
            Self::Percent => "percent",
        }
    }
}

/// One rule, and what it says of this month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Which.
    pub kind: RuleKind,
    /// The limit in milliseconds, cut down to a whole one. Minutes: downtime stays below it; percent: downtime may reach it.
    pub limit_ms: i64,
    /// Met or breached by the counted figure, or undetermined as the guarantee is.
    pub verdict: Verdict,
    /// Whether the policy lets this rule decide.
    pub decides: bool,
}

/// One maximal time of unreachability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outage {
    /// Its recorded id, else the first target and the start.
    pub id: String,
    /// The targets that were down.
    pub targets: Vec<String>,
    /// As the record shows it, whole, not cut to the month.
    pub shown: Interval,
    /// The earliest possible start and the latest possible end.
    pub possible: Interval,
    /// Its share of the three figures of the month.
    pub downtime: Downtime,
    /// The part of it, as shown, that lies in the period, in milliseconds.
    pub shown_ms: i64,
    /// What of that is excluded or claimed to be.
    pub excluded: Vec<ExcludedPart>,
    /// The last instant for its report (civil days: the first instant after); `None` where the rule is not applied or the calendar is missing.
    pub report_deadline: Option<Instant>,
    /// The customer's first report.
    pub reported_at: Option<Instant>,
    /// Recorded without an end.
    pub open_ended: bool,
    /// What a reader must know of it.
    pub flags: Set<Flag>,
}

impl Outage {
    /// The id that the record gives it; `None` where it was made of target and start, and says nothing new.
    #[must_use]
    pub fn own_id(&self) -> Option<&str> {
        let made = |target: &String| self.id.strip_prefix(target).is_some_and(|rest| rest.starts_with('@'));
        (!self.targets.iter().any(made)).then_some(&self.id)
    }
}

/// A part of an outage under a clause. Parts of one outage do not overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExcludedPart {
    /// The clause.
    pub clause: Clause,
    /// Its length as shown, in milliseconds.
    pub ms: i64,
    /// Agreed parts are not counted, claimed ones are.
    pub stance: Stance,
}

/// Failures too few in a row to be an outage.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SingleFailures {
    /// How many.
    pub count: u32,
    /// When each began, in order of time.
    pub at: Vec<Instant>,
    /// What they could add to the upper figure at most, in milliseconds.
    pub could_add_ms: i64,
}

/// Time of one target of which another source says what cannot be, if the one that decides is right.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mismatch {
    /// The time, cut to the period.
    pub span: Interval,
    /// The target's id.
    pub target: String,
    /// The other source.
    pub source: Monitoring,
}

/// What one of several sources tells of a target: before exclusions, and for comparison only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// The target's id.
    pub target: String,
    /// The source.
    pub source: Monitoring,
    /// Whether it is the one that decides.
    pub decides: bool,
    /// Downtime of this target by this source, cut to the period.
    pub downtime: Downtime,
    /// Time of the period (up to `as_of`) of which it tells, in milliseconds.
    pub known_ms: i64,
    /// Time for which it contradicts the source that decides, in milliseconds.
    pub mismatch_ms: i64,
}

impl Compared {
    /// The share of the period (up to `as_of`) of which it tells in percent, cut off after four decimals.
    #[must_use]
    pub fn coverage_percent(&self, elapsed_ms: i64) -> Option<String> {
        percent_cut_off(self.known_ms, elapsed_ms)
    }
}

/// Time of one target of which nothing is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gap {
    /// The time, cut to the period.
    pub span: Interval,
    /// The target's id.
    pub target: String,
}

/// What the month looked like, cut to the period: for charts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Timeline {
    /// Downtime that counts.
    pub counted: IntervalSet,
    /// Downtime that is excluded or claimed to be, each instant under one clause.
    pub excluded: Vec<(Clause, Stance, IntervalSet)>,
    /// Time without data.
    pub unknown: IntervalSet,
    /// Single lost probes.
    pub single: IntervalSet,
    /// What the lower figure is the length of, before rounding.
    pub lower: IntervalSet,
    /// What the upper figure is the length of, before rounding.
    pub upper: IntervalSet,
    /// Each target by itself, in order: the time for which it is shown down, and that of which nothing is known.
    pub targets: Vec<(String, IntervalSet, IntervalSet)>,
}

/// What the provider owes for the month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remedies {
    /// Every remedy that the month gives rise to, in the order of the articles.
    pub lines: Vec<Line>,
    /// Certain; `None` where the contract does not state what it is taken of.
    pub payable: Option<Fen>,
    /// What may come on top, depending on what is open.
    pub contingent: Option<Fen>,
}

/// One remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The article that grants it.
    pub article: Article,
    /// What it is.
    pub kind: LineKind,
    /// The id of the case that it is for; `None`: it is for the month or a day.
    pub case: Option<String>,
    /// The amount; `None` where the contract does not state what it is taken of.
    pub amount: Option<Fen>,
    /// Whether it is owed.
    pub state: LineState,
}

/// The remedies of the agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// Articles 1.3 and 2.3: the month's rent.
    RentWaiver,
    /// Article 4.8: a day's rent, for this local day.
    DayCredit(NaiveDate),
    /// Article 3.2: the setup fee of an installation.
    SetupFeeRefund,
}

impl LineKind {
    /// The name in results.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RentWaiver => "rent_waiver",
            Self::DayCredit(_) => "day_credit",
            Self::SetupFeeRefund => "setup_fee_refund",
        }
    }
}

/// Whether a remedy is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineState {
    /// It is.
    Due,
    /// It would be if the customer asked for it.
    Eligible,
    /// Another remedy of the month already gives as much.
    Absorbed,
    /// It depends on what is open.
    Contingent,
}

impl LineState {
    /// The name in results.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Eligible => "eligible",
            Self::Absorbed => "absorbed",
            Self::Contingent => "contingent",
        }
    }
}
