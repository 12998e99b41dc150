//! The annexes: every outage, claim, gap, reading and file that the figures rest on, and how they are calculated.

use super::body::{Composer, article_title, clause_reference};
use super::document::{Cell, Column, Content, Form, Table, clean};
use super::result::ENGINE;
use super::warning::{Warning, WarningCode, warnings};
use super::{pages, reading, wording};
use crate::assess::{Article, Clause, Gap, Guarantee, Measured, Mismatch, Outage, SignatureStatus, SingleFailures};
use crate::chart::{Class, Figure, Medium, MonthStrip, budget_burn_down, latency_days, series_name};
use crate::contract::{CountOfDays, PolicyKey};
use crate::i18n::{StatementTexts, clock, fill, instant};
use crate::record::{
    Claimed, Digest, Exclusion, ForceMajeure, Maintenance, Role, SampleState, Series, SeriesKey, Source, Stance,
    TableMapping,
};
use crate::time::{Instant, Interval, TZDB_VERSION};

/// How many times without data are listed one by one for each guarantee; the longest ones are.
const LISTED_GAPS: usize = 200;

/// How many single failures are listed one by one for each guarantee; the chart and the sum show all.
const LISTED_SINGLES: usize = 100;

/// Of how many ports the round-trip times are drawn.
const DRAWN_LATENCIES: usize = 12;

/// Annexes A to H.
pub(super) fn compose(composer: &mut Composer<'_>) {
    composer.outages();
    composer.exclusions();
    composer.notices();
    composer.cases();
    composer.gaps();
    composer.cross_checks();
    composer.readings();
    composer.sources();
    composer.method();
}

impl Composer<'_> {
    fn measured_guarantees(&self) -> Vec<(&Guarantee, &Measured)> {
        let guarantees = self.assessment.guarantees.iter();
        guarantees.filter_map(|guarantee| guarantee.measured().map(|measured| (guarantee, measured))).collect()
    }

    pub fn at(&self, at: Instant) -> String {
        instant(at, self.assessment.zone)
    }

    pub fn times_note(&mut self) {
        self.leading(fill(self.words().times_note, &[("zone", &self.assessment.zone)]));
    }

    fn outages(&mut self) {
        let words = self.words();
        self.heading(words.annex_a);
        if self.measured_guarantees().is_empty() {
            return self.paragraph(words.downtime_not_recorded);
        }
        self.times_note();
        let mut parts = Vec::new();
        for (guarantee, measured) in self.measured_guarantees() {
            let article = guarantee.article;
            parts.push((article, self.charts(guarantee), self.outage_table(measured), self.outage_notes(measured)));
        }
        for (article, charts, table, notes) in parts {
            self.subheading(article_title(article, self.locale));
            charts.into_iter().for_each(|chart| self.add(Content::Chart(Box::new(chart))));
            self.table_or(table, words.no_outages);
            notes.into_iter().for_each(|note| self.item(note));
            if article == Article::Network {
                self.round_trips();
            }
        }
    }

    /// The month's round-trip times of each port, as far as they are known and there is room for them.
    fn round_trips(&mut self) {
        let (record, month) = (self.record, self.assessment.period);
        let known = |series: &Series| series.latency().meets(month);
        let ports = record.series.iter().filter(|(key, own)| record.role(key) == Role::Network && known(own));
        let ports: Vec<(&SeriesKey, &Series)> = ports.collect();
        if !ports.is_empty() {
            self.leading(self.words().round_trips_note);
        }
        for (key, series) in ports.iter().take(DRAWN_LATENCIES) {
            let figure = latency_days(&series_name(record, key), series.latency(), month, self.locale);
            figure.into_iter().for_each(|figure| self.add(Content::Chart(Box::new(figure))));
        }
        let more = ports.len().saturating_sub(DRAWN_LATENCIES);
        if more > 0 {
            self.paragraph(fill(self.words().round_trips_more, &[("count", &more)]));
        }
    }

    /// The month day by day, and how it used up what was allowed.
    fn charts(&self, guarantee: &Guarantee) -> Vec<Figure> {
        let strip = MonthStrip::on_paper(self.assessment, guarantee, self.locale);
        let burn_down = budget_burn_down(self.assessment, guarantee, self.locale, &[Medium::Paper]);
        // Without data it would only say so once more.
        let told = guarantee.measured().is_some_and(|measured| measured.any_data);
        let mut charts: Vec<Figure> = strip.into_iter().chain(burn_down.filter(|_| told)).collect();
        for chart in &mut charts {
            chart.subtitle = pages::chart_subtitle(&chart.subtitle);
            // Lines of limits bear their names in the drawing.
            chart.legend.retain(|own| !matches!(own.class, Class::LimitMinutes | Class::LimitPercent));
        }
        charts
    }

    fn outage_table(&self, measured: &Measured) -> Table {
        let words = self.words();
        let columns = vec![
            Column::text(words.head_outage, 16),
            Column::text(words.head_span, 20),
            Column::figures(words.figure_lower, 9),
            Column::figures(words.figure_counted, 9),
            Column::figures(words.figure_upper, 9),
            Column::text(words.head_excluded, 17),
            Column::text(words.head_report, 20),
        ];
        let mut table = Table::new(Form::Fine, columns);
        for outage in &measured.outages {
            let downtime = outage.downtime;
            table.push([
                Cell(outage.own_id().map(clean).into_iter().chain([self.names(outage.targets.iter())]).collect()),
                self.outage_span(outage),
                clock(downtime.lower).into(),
                clock(downtime.counted).into(),
                clock(downtime.upper).into(),
                self.excluded_parts(outage),
                self.report(outage, measured.report_rule_applied),
            ]);
        }
        table
    }

    fn outage_span(&self, outage: &Outage) -> Cell {
        let end = if outage.open_ended { self.words().open_end.to_owned() } else { self.at(outage.shown.end()) };
        Cell(vec![self.at(outage.shown.start()), end])
    }

    fn excluded_parts(&self, outage: &Outage) -> Cell {
        if outage.excluded.is_empty() {
            return self.words().dash.into();
        }
        let parts = outage.excluded.iter().flat_map(|part| {
            let length = clock(part.ms);
            // The five-day rule is found, not claimed: nobody takes a position on it.
            let length = match part.clause {
                Clause::NetworkReport | Clause::PowerReport => length,
                _ => format!("{length} {}", wording::stance(part.stance, self.texts)),
            };
            [clause_reference(part.clause, self.locale), length]
        });
        Cell(parts.collect())
    }

    fn report(&self, outage: &Outage, applied: bool) -> Cell {
        let words = self.words();
        if !applied {
            return words.dash.into();
        }
        let zone = self.assessment.zone;
        let deadline = outage.report_deadline.map(|at| match self.contract.policy.report_count() {
            CountOfDays::CivilDays => wording::end_of_day(at, zone),
            CountOfDays::Exact120h => self.at(at),
        });
        let deadline = deadline.unwrap_or_else(|| words.dash.to_owned());
        let reported = outage.reported_at.map_or_else(|| words.not_reported.to_owned(), |at| self.at(at));
        Cell(vec![deadline, reported])
    }

    fn outage_notes(&self, measured: &Measured) -> Vec<String> {
        let flagged = measured.outages.iter().flat_map(|outage| outage.flags.iter().map(move |flag| (outage, *flag)));
        flagged
            .map(|(outage, flag)| {
                let note = wording::flag(flag, self.texts);
                fill(self.words().noted, &[("what", &self.outage_name(outage)), ("note", &note)])
            })
            .collect()
    }

    /// Its id, or where it has none of its own, its targets and its start.
    fn outage_name(&self, outage: &Outage) -> String {
        let made = || format!("{} {}", self.names(outage.targets.iter()), self.at(outage.shown.start()));
        outage.own_id().map_or_else(made, clean)
    }

    pub fn names<'n>(&self, names: impl Iterator<Item = &'n String>) -> String {
        let names: Vec<String> = names.map(|name| clean(name)).collect();
        if names.is_empty() { self.words().all_targets.to_owned() } else { names.join(self.separator()) }
    }

    fn exclusions(&mut self) {
        let words = self.words();
        self.heading(words.annex_b);
        if self.record.exclusions.is_none() && self.record.maintenance.is_none() {
            return self.paragraph(words.exclusions_not_recorded);
        }
        let columns = vec![
            Column::text(words.head_id, 9),
            Column::text(words.head_clause, 26),
            Column::text(words.head_span, 20),
            Column::text(words.head_target, 9),
            Column::text(words.head_evidence, 23),
            Column::text(words.head_stance, 13),
        ];
        let mut table = Table::new(Form::Fine, columns);
        let maintenance = self.record.maintenance.iter().flatten().filter(|work| self.assessment.concerns(work.span));
        let maintenance = maintenance.map(|work| (work.span, self.maintenance_row(work)));
        let exclusions = self.record.exclusions.iter().flatten().filter(|claim| self.assessment.concerns(claim.span));
        let exclusions = exclusions.map(|claim| (claim.span, self.exclusion_row(claim)));
        let mut rows: Vec<_> = maintenance.chain(exclusions).collect();
        rows.sort_by_key(|(span, _)| *span);
        rows.into_iter().for_each(|(_, row)| table.push(row));
        self.table_or(table, words.no_exclusions);
    }

    fn maintenance_row(&self, work: &Maintenance) -> [Cell; 6] {
        let words = self.words();
        let consent = work.consent.as_ref().map(|consent| {
            let (by, form, at) = (clean(&consent.by), self.form(&consent.form), self.at(consent.at));
            fill(words.consent, &[("by", &by), ("form", &form), ("at", &at)])
        });
        let clause = self.clause(Clause::NetworkMaintenance, None);
        let evidence = Cell(vec![self.evidence(&work.work), consent.unwrap_or_else(|| words.no_consent.to_owned())]);
        let stance = self.stance(&Claimed::Maintenance(work.id.clone()), work.stance);
        [clean(&work.id).into(), clause, self.span(work.span), self.names(work.targets.iter()).into(), evidence, stance]
    }

    /// The form of a consent: the usual names in the language of the document, others as recorded.
    fn form(&self, form: &str) -> String {
        let words = self.words();
        match form {
            "written" => words.form_written.to_owned(),
            "phone" | "telephone" => words.form_phone.to_owned(),
            "email" => words.form_email.to_owned(),
            other => clean(other),
        }
    }

    fn exclusion_row(&self, claim: &Exclusion) -> [Cell; 6] {
        let category = claim.ground.force_majeure();
        let clause = self.clause(claim.ground.into(), category);
        let evidence = self.evidence(&claim.evidence);
        let stance = self.stance(&Claimed::Exclusion(claim.id.clone()), claim.stance);
        let targets = self.names(claim.targets.iter());
        [clean(&claim.id).into(), clause, self.span(claim.span), targets.into(), evidence.into(), stance]
    }

    /// What the parties say of a claim, and who said so where it was settled after the export.
    fn stance(&self, claimed: &Claimed, stance: Stance) -> Cell {
        let stance = wording::stance(stance, self.texts).to_owned();
        let Some(own) = self.record.settlement.settled.get(claimed) else { return stance.into() };
        Cell(vec![stance, fill(self.words().settled, &[("by", &clean(&own.by))]), own.on.to_string()])
    }

    fn clause(&self, clause: Clause, category: Option<ForceMajeure>) -> Cell {
        let category = category.map(|category| wording::force_majeure(category, self.texts));
        let reference = clause_reference(clause, self.locale);
        let lines = [reference, wording::clause(clause, self.texts).to_owned()];
        Cell(lines.into_iter().chain(category.map(str::to_owned)).collect())
    }

    pub fn span(&self, span: Interval) -> Cell {
        Cell(vec![self.at(span.start()), self.at(span.end())])
    }

    pub fn evidence(&self, text: &str) -> String {
        let text = clean(text);
        if text.is_empty() { self.words().no_evidence.to_owned() } else { text }
    }

    fn gaps(&mut self) {
        let words = self.words();
        self.heading(words.annex_e);
        if self.measured_guarantees().is_empty() {
            return self.paragraph(words.downtime_not_recorded);
        }
        self.times_note();
        let mut parts = Vec::new();
        for (guarantee, measured) in self.measured_guarantees() {
            let title = article_title(guarantee.article, self.locale);
            let single = self.single_failures(&measured.single_failures);
            let more = more_gaps(&measured.gaps, words);
            let compared = (self.compared(measured), self.mismatches(&measured.mismatches));
            parts.push((title, self.gap_table(&measured.gaps), more, single, compared));
        }
        for (title, table, more, single, (compared, mismatches)) in parts {
            self.subheading(title);
            if !table.rows().is_empty() {
                self.table(table);
            } else if single.is_none() {
                self.paragraph(words.no_gaps);
            }
            more.into_iter().chain(single).for_each(|sentence| self.paragraph(sentence));
            if let Some(table) = compared {
                self.leading(words.compared_note);
                self.table(table);
            }
            mismatches.into_iter().for_each(|sentence| self.paragraph(sentence));
        }
    }

    /// Sums that other systems report, beside what the record tells.
    fn cross_checks(&mut self) {
        if self.assessment.cross_checks.is_empty() {
            return;
        }
        let words = self.words();
        let columns = vec![
            Column::text(words.head_target, 22),
            Column::text(words.head_monitoring, 22),
            Column::figures(words.head_reported, 14),
            Column::figures(words.head_three, 18),
            Column::text(words.head_comparison, 24),
        ];
        let mut table = Table::new(Form::Fine, columns);
        for own in &self.assessment.cross_checks {
            let time = own.reported.span.map_or_else(|| words.cross_no_time.into(), |span| self.span(span));
            let Cell(time) = time;
            table.push([
                clean(&own.reported.target).into(),
                Cell(std::iter::once(own.system.clone()).chain(time).collect()),
                Cell(wording::reported(&own.reported)),
                own.own.map_or_else(|| "–".to_owned(), wording::three).into(),
                wording::cross_check(own, self.texts).into(),
            ]);
        }
        self.subheading(words.cross_title.to_owned());
        self.leading(words.cross_note);
        self.table(table);
    }

    /// What each of several sources of a target tells.
    fn compared(&self, measured: &Measured) -> Option<Table> {
        let words = self.words();
        let columns = vec![
            Column::text(words.head_target, 22),
            Column::text(words.head_monitoring, 28),
            Column::figures(words.head_three, 24),
            Column::figures(words.head_known, 12),
            Column::figures(words.head_mismatch, 14),
        ];
        let mut table = Table::new(Form::Fine, columns);
        for own in &measured.compared {
            table.push([
                clean(&own.target).into(),
                wording::compared_monitoring(own, self.texts).into(),
                wording::three(own.downtime).into(),
                own.coverage_percent(measured.elapsed_ms).unwrap_or_default().into(),
                if own.decides { "–".to_owned() } else { clock(own.mismatch_ms) }.into(),
            ]);
        }
        (!table.rows().is_empty()).then_some(table)
    }

    /// Where another source contradicts the one that decides, and by how much.
    fn mismatches(&self, mismatches: &[Mismatch]) -> Option<String> {
        let total = clock(mismatches.iter().map(|own| own.span.ms()).sum());
        let mut times: Vec<String> = mismatches
            .iter()
            .take(LISTED_SINGLES)
            .map(|own| format!("{} {} – {}", clean(&own.target), self.at(own.span.start()), self.at(own.span.end())))
            .collect();
        if mismatches.len() > LISTED_SINGLES {
            times.push("…".to_owned());
        }
        let times = times.join(self.separator());
        let sentence = || fill(self.words().mismatch_sentence, &[("total", &total), ("times", &times)]);
        (!mismatches.is_empty()).then(sentence)
    }

    fn single_failures(&self, single: &SingleFailures) -> Option<String> {
        let words = self.words();
        let (count, time) = (single.count, clock(single.could_add_ms));
        let sentence = (count > 0).then(|| fill(words.single_sentence, &[("count", &count), ("time", &time)]))?;
        let mut times: Vec<String> = single.at.iter().take(LISTED_SINGLES).map(|at| self.at(*at)).collect();
        if single.at.len() > LISTED_SINGLES {
            times.push("…".to_owned());
        }
        let times = self.names(times.iter());
        Some(format!("{sentence} {}", fill(words.single_times, &[("times", &times)])))
    }

    fn gap_table(&self, gaps: &[Gap]) -> Table {
        let words = self.words();
        let columns = vec![
            Column::text(words.head_target, 34),
            Column::text(words.head_start, 24),
            Column::text(words.head_end, 24),
            Column::figures(words.head_duration, 18),
        ];
        let mut table = Table::new(Form::Fine, columns);
        for gap in longest_first(gaps).0 {
            let (start, end) = (self.at(gap.span.start()), self.at(gap.span.end()));
            table.push([clean(&gap.target).into(), start.into(), end.into(), clock(gap.span.ms()).into()]);
        }
        table
    }

    fn readings(&mut self) {
        let words = self.words();
        self.heading(words.annex_f);
        self.leading(words.policies_note);
        let columns = vec![
            Column::text(words.head_policy, 35),
            Column::text(words.head_key, 32),
            Column::text(words.head_value, 33),
        ];
        let mut table = Table::new(Form::Fine, columns);
        let policy = &self.contract.policy;
        for key in PolicyKey::ALL {
            let (name, value) = (wording::policy(*key, self.texts), reading::in_force(policy, *key, words));
            table.push([name.into(), key.as_str().into(), value.into()]);
        }
        self.table(table);
        self.terms();
    }

    fn terms(&mut self) {
        let words = self.words();
        let columns = vec![
            Column::text(words.head_term, 60),
            Column::figures(words.head_agreement_text, 20),
            Column::figures(words.head_agreed, 20),
        ];
        let mut table = Table::new(Form::Fine, columns);
        for term in reading::terms(&self.contract.terms, words).into_iter().filter(reading::Term::differs) {
            table.push([term.name.into(), term.usual.into(), term.agreed.into()]);
        }
        if table.rows().is_empty() {
            return self.paragraph(words.terms_default);
        }
        self.leading(words.terms_differ);
        self.table(table);
    }

    fn sources(&mut self) {
        let words = self.words();
        self.heading(words.annex_g);
        let columns = vec![
            Column::text(words.head_source, 40),
            Column::text(words.head_format, 16),
            Column::figures(words.head_bytes, 13),
            Column::figures(words.head_accepted, 14),
            Column::figures(words.head_rejected, 17),
        ];
        let mut table = Table::new(Form::Fine, columns);
        let mut notes = Vec::new();
        for (digest, source) in &self.record.sources {
            table.push([
                Cell(vec![clean(&source.name), digest.to_string()]),
                clean(&source.format).into(),
                source.bytes.to_string().into(),
                source.accepted.to_string().into(),
                source.rejected.to_string().into(),
            ]);
            notes.extend(self.source_notes(source));
            notes.extend(self.source_signature(*digest, source));
        }
        self.table_or(table, words.no_sources);
        notes.into_iter().for_each(|note| self.item(note));
        self.mapped_targets().into_iter().for_each(|note| self.item(note));
        // What a source says of itself stands above; these concern the case.
        let own = |warning: &Warning| {
            matches!(
                warning.code,
                WarningCode::ContradictingSamples
                    | WarningCode::OnlyCrossChecks
                    | WarningCode::OtherSource
                    | WarningCode::RebuiltSamples
                    | WarningCode::RepeatedSamples
                    | WarningCode::SampleIntervalDiffers
                    | WarningCode::SignatureInvalid
                    | WarningCode::SignatureUnknownKey
                    | WarningCode::SignatureWithoutFile
                    | WarningCode::SignatureWrongContract
                    | WarningCode::SignatureWrongMonth
                    | WarningCode::TargetIgnored
            )
        };
        let warnings = warnings(self.record, self.assessment);
        let sentences: Vec<String> = warnings
            .iter()
            .filter(|warning| own(warning))
            .map(|warning| wording::warning(warning, self.texts))
            .collect();
        sentences.into_iter().for_each(|sentence| self.item(sentence));
    }

    fn source_notes(&self, source: &Source) -> Vec<String> {
        let words = self.words();
        let name = clean(&source.name);
        let columns = |names: &[String]| self.names(names.iter());
        let ambiguous = (source.ambiguous_times > 0)
            .then(|| fill(words.source_ambiguous, &[("name", &name), ("count", &source.ambiguous_times)]));
        let zone = source.read_in_zone.as_ref();
        let zone = zone.map(|zone| fill(words.source_zone, &[("name", &name), ("zone", &clean(zone))]));
        let secrets = (!source.secrets_dropped.is_empty())
            .then(|| fill(words.source_secrets, &[("name", &name), ("columns", &columns(&source.secrets_dropped))]));
        let aside = (!source.columns_aside.is_empty())
            .then(|| fill(words.source_columns, &[("name", &name), ("columns", &columns(&source.columns_aside))]));
        let told = |columns: Vec<String>| columns.join(self.separator());
        let guessed =
            source.columns_guessed.iter().map(|(name, column)| format!("{column} = {}", clean(name))).collect();
        let guessed = (!source.columns_guessed.is_empty())
            .then(|| fill(words.source_guessed, &[("name", &name), ("columns", &told(guessed))]));
        let table = source.mapping.as_ref().and_then(|mapping| mapping.table.as_ref());
        let mapped = table.map(|table| told(mapped_columns(table, &source.columns)));
        let mapped = mapped.map(|columns| fill(words.source_mapped, &[("name", &name), ("columns", &columns)]));
        [mapped, guessed, zone, ambiguous, secrets, aside].into_iter().flatten().collect()
    }

    /// What a mapping says of targets; those that it leaves out are told by a warning.
    fn mapped_targets(&self) -> Vec<String> {
        let words = self.words();
        let mut notes = Vec::new();
        for (id, target) in &self.record.mapping.targets {
            let id = clean(id);
            let is = target.is().map(clean);
            notes.extend(is.as_ref().map(|is| fill(words.target_is, &[("target", &id), ("is", is)])));
            let role = target.role().map(|role| wording::role(role, self.texts));
            let name = is.as_ref().unwrap_or(&id);
            notes.extend(role.map(|role| fill(words.target_role, &[("target", name), ("role", &role)])));
        }
        notes.dedup();
        notes
    }

    /// Who signed the file, or that nobody did; nothing where no signature is expected.
    fn source_signature(&self, digest: Digest, source: &Source) -> Vec<String> {
        let words = self.words();
        let known = &self.assessment.provenance;
        let name = clean(&source.name);
        let itself = self.record.signatures.iter().any(|own| own.source == digest);
        let signed = known.signature(digest).filter(|own| own.status == SignatureStatus::Verified && !itself);
        let signed = signed.and_then(|own| own.key.zip(own.trusted_comment.as_ref())).map(|(key, comment)| {
            fill(words.source_signed, &[("name", &name), ("key", &key), ("comment", &clean(comment))])
        });
        let said = |of: &[Digest], text| of.contains(&digest).then(|| fill(text, &[("name", &name)]));
        let unsigned = said(&known.unsigned, words.source_not_signed);
        let mismatched = said(&known.mismatched, words.source_not_the_signed);
        [signed, unsigned, mismatched].into_iter().flatten().collect()
    }

    fn method(&mut self) {
        let words = self.words();
        self.heading(words.annex_h);
        let end = self.contract.policy.value(PolicyKey::InstallDayEnd);
        let end = end.as_str().unwrap_or_default();
        for text in [
            words.method_measure,
            words.method_bounds,
            words.method_verdict,
            words.method_exclusions,
            words.method_gaps,
            words.method_days,
            words.method_cases,
            words.method_money,
            words.method_check,
        ] {
            self.paragraph(fill(text, &[("end", &end)]));
        }
        self.paragraph(fill(words.engine, &[("engine", &ENGINE), ("tzdb", &TZDB_VERSION)]));
    }
}

/// Which column a mapping takes for which, and what it says of words and dates.
fn mapped_columns(table: &TableMapping, columns: &[String]) -> Vec<String> {
    let named = |(column, index): (&str, Option<usize>)| {
        let name = columns.get(index?).map(|name| clean(name)).unwrap_or_default();
        Some(format!("{column} = {name}"))
    };
    let places = [
        ("time", Some(table.time)),
        ("date", table.date),
        ("status", Some(table.status)),
        ("target", table.target),
        ("latency_ms", table.latency),
        ("vantage", table.vantage),
        ("check", table.check),
    ];
    let word = |(word, state): (&String, &SampleState)| {
        let state = match state {
            SampleState::Up => "up",
            SampleState::Down => "down",
            SampleState::Unknown => "unknown",
        };
        format!("“{}” = {state}", clean(word))
    };
    let order = table.date_order.map(|order| format!("date_order = {}", order.as_str()));
    let target = table.target_name.as_ref().map(|name| format!("target_name = {}", clean(name)));
    places.into_iter().filter_map(named).chain(table.words.iter().map(word)).chain(order).chain(target).collect()
}

/// The longest gaps in order of time, and the rest.
fn longest_first(gaps: &[Gap]) -> (Vec<&Gap>, Vec<&Gap>) {
    let mut longest: Vec<&Gap> = gaps.iter().collect();
    longest.sort_by_key(|gap| (-gap.span.ms(), *gap));
    let rest = longest.split_off(longest.len().min(LISTED_GAPS));
    longest.sort();
    (longest, rest)
}

fn more_gaps(gaps: &[Gap], words: &StatementTexts) -> Option<String> {
    let (_, rest) = longest_first(gaps);
    let total = clock(rest.iter().map(|gap| gap.span.ms()).sum());
    (!rest.is_empty()).then(|| fill(words.gaps_more, &[("count", &rest.len()), ("total", &total)]))
}
