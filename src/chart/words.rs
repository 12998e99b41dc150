use super::{Class, LegendEntry};
use crate::assess::{Article, Assessment, Clause, Downtime, Guarantee, Measured, Rule, RuleKind};
use crate::i18n::{self, ChartTexts, Locale, Texts, fill};

/// The words around the drawing of a guarantee.
pub(super) struct Words<'a> {
    pub texts: &'static ChartTexts,
    pub locale: Locale,
    pub assessment: &'a Assessment,
    pub article: Article,
    pub measured: &'a Measured,
}

impl<'a> Words<'a> {
    /// For a guarantee that is measured.
    pub fn new(assessment: &'a Assessment, guarantee: &'a Guarantee, locale: Locale) -> Option<Self> {
        let (article, measured) = (guarantee.article, guarantee.measured()?);
        Some(Self { texts: &locale.texts().chart, locale, assessment, article, measured })
    }

    pub fn month(&self) -> String {
        i18n::month(self.assessment.month, self.locale)
    }

    fn targets(&self) -> String {
        i18n::visible(&self.measured.targets.join(self.texts.list_comma))
    }

    /// A text with the month, the article, the targets and the zone.
    pub fn about(&self, text: &str) -> String {
        let (month, targets, zone) = (self.month(), self.targets(), self.assessment.zone);
        let article = article(self.article, self.locale.texts());
        fill(text, &[("month", &month), ("article", &article), ("targets", &targets), ("zone", &zone)])
    }

    /// What a title has to add where time that is not certain could turn a promise that the counted time keeps.
    pub fn open(&self) -> String {
        let Downtime { counted, upper, .. } = self.measured.downtime;
        let turns = |rule: Rule| keeps(rule, counted) && !keeps(rule, upper);
        match deciding(self.measured).filter(|rule| turns(*rule)) {
            Some(_) => fill(self.texts.title_open, &[("upper", &minutes(self.texts, upper))]),
            None => String::new(),
        }
    }

    /// What a rule promises, in minutes.
    pub fn limit(&self, rule: Rule) -> String {
        let text = match rule.kind {
            RuleKind::Minutes => self.texts.limit_below,
            RuleKind::Percent => self.texts.limit_at_most,
        };
        fill(text, &[("limit", &minutes(self.texts, rule.limit_ms))])
    }

    pub fn legend_entry(&self, class: Class) -> LegendEntry {
        let text = match class {
            Class::Excluded(clause) => fill(self.texts.legend_excluded, &[("clause", &self.clause(clause))]),
            Class::Claimed(clause) => fill(self.texts.legend_claimed, &[("clause", &self.clause(clause))]),
            Class::Unknown => self.texts.legend_unknown.to_owned(),
            Class::Single => self.texts.legend_single.to_owned(),
            _ => self.texts.legend_down.to_owned(),
        };
        LegendEntry { class, mark: mark(class), text }
    }

    /// The cause in a few words; the number of the clause stands in statements.
    const fn clause(&self, clause: Clause) -> &'static str {
        match clause {
            Clause::NetworkMaintenance => self.texts.cause_maintenance,
            Clause::NetworkCustomerEquipment | Clause::PowerCustomerEquipment => self.texts.cause_customer_equipment,
            Clause::NetworkCustomerInstallation | Clause::PowerCustomerInstallation => {
                self.texts.cause_customer_installation
            }
            Clause::NetworkCustomerNegligence | Clause::PowerCustomerNegligence => self.texts.cause_customer_negligence,
            Clause::NetworkForceMajeure | Clause::PowerForceMajeure => self.texts.cause_force_majeure,
            Clause::NetworkOtherCustomerCause => self.texts.cause_other_customer,
            Clause::NetworkReport | Clause::PowerReport => self.texts.cause_not_reported,
        }
    }
}

/// The name of an article whose downtime is measured.
pub(super) const fn article(article: Article, texts: &'static Texts) -> &'static str {
    match article {
        Article::Power => texts.agreement.article_power,
        _ => texts.agreement.article_network,
    }
}

/// The stricter of the rules that decide.
pub(super) fn deciding(measured: &Measured) -> Option<Rule> {
    measured.rules.iter().filter(|rule| rule.decides).min_by_key(|rule| rule.limit_ms).copied()
}

/// Whether downtime of that length keeps a rule.
pub(super) const fn keeps(rule: Rule, ms: i64) -> bool {
    match rule.kind {
        RuleKind::Minutes => ms < rule.limit_ms,
        RuleKind::Percent => ms <= rule.limit_ms,
    }
}

/// However long, in minutes: that is what the agreement counts in.
pub(super) fn minutes(texts: &ChartTexts, ms: i64) -> String {
    let clock = i18n::clock(ms);
    let (minutes, seconds) = clock.split_once(':').unwrap_or((&clock, "00"));
    match seconds.strip_prefix('0').unwrap_or(seconds) {
        "0" => fill(texts.whole_minutes, &[("minutes", &minutes)]),
        seconds => fill(texts.minutes_and_seconds, &[("minutes", &minutes), ("seconds", &seconds)]),
    }
}

/// A length in a table; nothing is a dash.
pub(super) fn length(ms: i64) -> String {
    if ms == 0 { "–".to_owned() } else { i18n::clock(ms) }
}

/// What stands in the drawing for the clause: the last part of its number.
pub(super) const fn mark(class: Class) -> Option<&'static str> {
    let (Class::Excluded(clause) | Class::Claimed(clause)) = class else { return None };
    Some(match clause {
        Clause::NetworkMaintenance => "a",
        Clause::NetworkCustomerEquipment => "b",
        Clause::NetworkCustomerInstallation => "c",
        Clause::NetworkCustomerNegligence => "d",
        Clause::NetworkForceMajeure => "e",
        Clause::NetworkOtherCustomerCause => "f",
        Clause::PowerCustomerEquipment => "1",
        Clause::PowerCustomerInstallation => "2",
        Clause::PowerCustomerNegligence => "3",
        Clause::PowerForceMajeure => "4",
        Clause::NetworkReport | Clause::PowerReport => "R",
    })
}
