//! Cases built by hand: what a test says of a month in a few words.
#![allow(dead_code, reason = "each test binary uses its own part")]

pub mod examples;
pub mod single_cases;

use sla_statement::sorted::Set;

use sla_statement::assess::{Article, Assessment, Guarantee, Measured, Question, assess};
use sla_statement::contract::{Channel, Contact, Contract, Policy, Term};
use sla_statement::record::{
    Consent, CreditRequest, Exclusion, Ground, Maintenance, Notice, Origin, OutageEvent, OutageReport, PowerSource,
    Record, Role, Sample, SampleState, SeriesKey, Stance, Target,
};
use sla_statement::time::{Instant, Interval, LocalMonth, Zone};

/// A time in Shanghai, `2026-03-03 10:00` or with seconds.
pub fn at(local: &str) -> Instant {
    let seconds = if local.len() == 16 { ":00" } else { "" };
    Instant::parse_rfc3339(&format!("{}{seconds}+08:00", local.replace(' ', "T"))).expect(local)
}

/// The same the other way round: an instant as a local time in Shanghai.
pub fn local(at: Instant) -> String {
    at.plus(8 * 3_600_000).to_string().replace('T', " ").replace('Z', "")
}

pub fn span(start: &str, end: &str) -> Interval {
    Interval::new(at(start), at(end)).expect("start before end")
}

pub fn month(text: &str) -> LocalMonth {
    text.parse().expect(text)
}

/// `43:12`, `44:38.4` and `5:00` in milliseconds.
pub fn clock(text: &str) -> i64 {
    let (minutes, seconds) = text.split_once(':').expect(text);
    let (seconds, tenths) = seconds.split_once('.').unwrap_or((seconds, "0"));
    let number = |part: &str| part.parse::<i64>().expect(text);
    number(minutes) * 60_000 + number(seconds) * 1_000 + number(&format!("{tenths:0<3}"))
}

/// A case under construction.
#[derive(Debug, Clone, Default)]
pub struct Case {
    pub record: Record,
    pub rows: u64,
}

impl Case {
    pub fn new() -> Self {
        Self { record: Record { contract: Some(Contract::default()), ..Record::default() }, rows: 0 }
    }

    fn origin(&mut self) -> Origin {
        self.rows += 1;
        Origin { row: self.rows, ..Origin::default() }
    }

    pub fn contract(&mut self) -> &mut Contract {
        self.record.contract.get_or_insert_default()
    }

    pub fn zone(mut self, name: &str) -> Self {
        self.contract().time_zone = name.parse::<Zone>().expect(name);
        self
    }

    pub fn rent(mut self, amount: &str) -> Self {
        self.contract().monthly_rent = Some(amount.parse().expect(amount));
        self
    }

    pub fn term(mut self, first: &str, last: &str) -> Self {
        self.contract().term =
            Some(Term { first_day: first.parse().expect(first), last_day: last.parse().expect(last) });
        self
    }

    pub fn policy(mut self, key: &str, value: &str) -> Self {
        let value = serde_json::from_str(value).unwrap_or_else(|_| value.into());
        self.contract().policy.set(key, &value).expect(key);
        self
    }

    pub fn with_policy(mut self, policy: Policy) -> Self {
        self.contract().policy = policy;
        self
    }

    pub fn network(mut self, id: &str) -> Self {
        self.record.targets.insert(id.into(), Target { role: Role::Network, label: String::new() });
        self
    }

    pub fn power(mut self, id: &str, source: PowerSource) -> Self {
        self.record.targets.insert(id.into(), Target { role: Role::Power(source), label: String::new() });
        self
    }

    /// An exact outage; its target is a network port unless declared otherwise.
    pub fn outage(mut self, target: &str, start: &str, end: &str) -> Self {
        let origin = self.origin();
        let event = OutageEvent {
            start: at(start),
            end: Some(at(end)),
            target: target.into(),
            id: format!("o{}", origin.row),
            precision_ms: 0,
            origin,
        };
        self.record.outages.get_or_insert_default().insert(event);
        self
    }

    /// One sample.
    pub fn sample(self, target: &str, local: &str, up: bool) -> Self {
        self.sample_at(target, "", at(local), if up { SampleState::Up } else { SampleState::Down })
    }

    pub fn sample_at(mut self, target: &str, vantage: &str, at: Instant, state: SampleState) -> Self {
        let key = SeriesKey { target: target.into(), vantage: vantage.into(), ..SeriesKey::default() };
        let series = self.record.series.of(key);
        series.push(Sample { at, state });
        series.settle();
        self
    }

    /// A month of samples every five minutes (from its first to its last instant), down in the spans given as start and number of failures.
    pub fn pings(self, target: &str, month: &str, failures: &[(&str, u32)]) -> Self {
        self.pings_from(target, "", month, failures)
    }

    pub fn pings_from(mut self, target: &str, vantage: &str, of: &str, failures: &[(&str, u32)]) -> Self {
        let zone = self.contract().time_zone;
        let span = month(of).span(zone);
        let down: Vec<(Instant, Instant)> =
            failures.iter().map(|(start, count)| (at(start), at(start).plus(i64::from(*count) * 300_000))).collect();
        let key = SeriesKey { target: target.into(), vantage: vantage.into(), ..SeriesKey::default() };
        let series = self.record.series.of(key);
        let mut now = span.start();
        while now <= span.end() {
            let failed = down.iter().any(|(start, end)| *start <= now && now < *end);
            series.push(Sample { at: now, state: if failed { SampleState::Down } else { SampleState::Up } });
            now = now.plus(300_000);
        }
        self
    }

    /// Removes samples, as if the monitor had stood still.
    pub fn without_samples(mut self, target: &str, gap: Interval) -> Self {
        for (_, series) in self.record.series.iter_mut().filter(|(key, _)| key.target == target) {
            let kept: Vec<Sample> =
                series.samples().filter(|sample| sample.at <= gap.start() || sample.at >= gap.end()).collect();
            *series = sla_statement::record::Series::default();
            kept.into_iter().for_each(|sample| series.push(sample));
        }
        self
    }

    pub fn exclusion(mut self, ground: Ground, span: Interval, stance: Stance) -> Self {
        let origin = self.origin();
        let id = format!("x{}", origin.row);
        let exclusion = Exclusion { span, id, ground, targets: Set::new(), evidence: "log".into(), stance, origin };
        self.record.exclusions.get_or_insert_default().insert(exclusion);
        self
    }

    pub fn maintenance(mut self, span: Interval, consent_at: Option<&str>, stance: Stance) -> Self {
        let origin = self.origin();
        let id = format!("m{}", origin.row);
        let consent = consent_at.map(|local| Consent { at: at(local), by: "Li".into(), form: "written".into() });
        let entry = Maintenance { span, id, targets: Set::new(), work: "switch".into(), consent, stance, origin };
        self.record.maintenance.get_or_insert_default().insert(entry);
        self
    }

    /// Reports are recorded, and there are none yet.
    pub fn reports(mut self) -> Self {
        self.record.outage_reports.get_or_insert_default();
        self
    }

    /// Notices are recorded, and there are none yet.
    pub fn notices(mut self) -> Self {
        self.record.notices.get_or_insert_default();
        self
    }

    pub fn notice(mut self, local: &str, delivered: bool) -> Self {
        let origin = self.origin();
        let notice = Notice { at: at(local), contact: "Li".into(), channel: Channel::Email, delivered, origin };
        self.record.notices.get_or_insert_default().insert(notice);
        self
    }

    pub fn credit_request(mut self, day: &str, local: &str) -> Self {
        let origin = self.origin();
        let request = CreditRequest { day: day.parse().expect(day), at: at(local), origin };
        self.record.credit_requests.get_or_insert_default().insert(request);
        self
    }

    /// A contact reached by e-mail.
    pub fn contact(mut self, valid_from: Option<&str>, valid_to: Option<&str>, faulty: bool) -> Self {
        let contact = Contact {
            name: "Li".into(),
            channel: Channel::Email,
            address: "li@example".into(),
            valid_from: valid_from.map(at),
            valid_to: valid_to.map(at),
            faulty,
        };
        self.contract().contacts.get_or_insert_default().push(contact);
        self
    }

    pub fn report(mut self, local: &str) -> Self {
        let origin = self.origin();
        let report = OutageReport {
            at: at(local),
            id: format!("r{}", origin.row),
            by: "Li".into(),
            channel: "telephone".into(),
            outage: None,
            span: None,
            origin,
        };
        self.record.outage_reports.get_or_insert_default().insert(report);
        self
    }

    pub fn assess_as_of(&self, of: &str, as_of: &str) -> Assessment {
        assess(&self.record, Question { month: month(of), as_of: at(as_of) }).expect("a month that can be assessed")
    }

    /// Long after the month.
    pub fn assess(&self, of: &str) -> Assessment {
        self.assess_as_of(of, "2029-01-01 00:00")
    }

    pub fn network_of(&self, of: &str) -> Guarantee {
        guarantee(&self.assess(of), Article::Network)
    }
}

pub fn guarantee(assessment: &Assessment, article: Article) -> Guarantee {
    assessment.guarantees.iter().find(|own| own.article == article).expect("every article is there").clone()
}

pub fn measured(guarantee: &Guarantee) -> &Measured {
    guarantee.measured().expect("a measured guarantee")
}
