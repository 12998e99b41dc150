//! The statement up to the signatures: who, which month, article by article, and what is owed.

use super::annex;
use super::basis::numeral;
use super::document::{Block, Cell, Column, Content, Form, Line, Side, Signatures, Table, clean};
use super::paper::{Extent, Paper, Signing};
use super::single_case::{case_summary, named};
use super::{amount, basis, pages, reading, wording};
use crate::assess::{
    self, Article, Assessment, Certainty, Clause, Conduct, Guarantee, LineKind, LineState, Measured, Rule, RuleKind,
    Status, Verdict, odd_last_day,
};
use crate::contract::{Contract, Fen, Party, Policy, PolicyKey, VerdictBasis};
use crate::i18n::{Locale, StatementTexts, Texts, clock, date, duration, fill, instant, month};
use crate::record::Record;

/// What the document is made from, and the document so far.
pub(super) struct Composer<'a> {
    pub record: &'a Record,
    pub assessment: &'a Assessment,
    pub contract: Contract,
    pub locale: Locale,
    pub texts: &'static Texts,
    pub paper: Paper,
    pub blocks: Vec<Block>,
}

/// The whole document, in the order of reading.
pub(super) fn blocks(
    record: &Record,
    assessment: &Assessment,
    agreed: Option<&Policy>,
    digest: &str,
    (locale, paper): (Locale, Paper),
) -> Vec<Block> {
    let contract = record.contract.clone().unwrap_or_default();
    let texts = locale.texts();
    let mut composer = Composer { record, assessment, contract, locale, texts, paper, blocks: Vec::new() };
    composer.opening();
    if let Some(agreed) = agreed {
        composer.proposal(agreed);
    }
    match paper.extent {
        Extent::Full => {
            composer.articles();
            composer.remedies(digest);
            composer.closing();
            composer.add(Content::NewSheet);
            annex::compose(&mut composer);
            composer.heading(composer.words().check_title);
            composer.check(digest);
        }
        Extent::Summary => {
            composer.articles_in_brief();
            composer.check(digest);
            composer.remedies(digest);
            composer.closing();
        }
    }
    composer.blocks
}

/// 第一條, Article 1.
pub(super) fn article_reference(article: Article, locale: Locale) -> String {
    fill(locale.texts().statement.article_reference, &[("number", &numeral(article.number(), locale))])
}

/// 第一條 網絡聯通性保證.
pub(super) fn article_title(article: Article, locale: Locale) -> String {
    numbered(article.number(), wording::article(article, locale.texts()), locale)
}

/// The same for any article, by its number.
pub(super) fn numbered(number: u8, name: &str, locale: Locale) -> String {
    fill(locale.texts().statement.article_numbered, &[("number", &numeral(number, locale)), ("name", &name)])
}

/// 第一條第5點: where the agreement says it.
pub(super) fn clause_reference(clause: Clause, locale: Locale) -> String {
    basis::reference(basis::clause(clause), locale)
}

fn excluded_clauses(measured: &Measured) -> impl Iterator<Item = (Clause, i64)> {
    measured.excluded.iter().filter(|(_, ms)| **ms > 0).map(|(clause, ms)| (*clause, *ms))
}

impl Composer<'_> {
    pub fn add(&mut self, content: Content) {
        self.blocks.push(Block::new(content));
    }

    pub fn heading(&mut self, text: impl Into<String>) {
        self.add(Content::Heading(text.into()));
    }

    pub fn subheading(&mut self, text: impl Into<String>) {
        self.add(Content::Subheading(text.into()));
    }

    pub fn paragraph(&mut self, text: impl Into<String>) {
        self.add(Content::Paragraph(text.into()));
    }

    /// A paragraph that stays with what follows.
    pub fn leading(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::new(Content::Paragraph(text.into())).keeping_next());
    }

    pub fn item(&mut self, text: impl Into<String>) {
        self.add(Content::Item(text.into()));
    }

    pub fn table(&mut self, table: Table) {
        self.add(Content::Table(table));
    }

    /// The table, or the sentence where it has no rows.
    pub fn table_or(&mut self, table: Table, empty: &str) {
        if table.rows().is_empty() { self.paragraph(empty) } else { self.table(table) }
    }

    pub const fn words(&self) -> &'static StatementTexts {
        &self.texts.statement
    }

    pub fn or_not_stated(&self, text: &str) -> String {
        let text = clean(text);
        if text.is_empty() { self.words().not_stated.to_owned() } else { text }
    }

    /// The readings that deviate from the contract, before anything that follows from them.
    fn proposal(&mut self, agreed: &Policy) {
        let words = self.words();
        self.subheading(words.proposal_title);
        self.leading(words.proposal_note);
        let columns = vec![
            Column::text(words.head_policy, 40),
            Column::text(words.head_contract_value, 30),
            Column::text(words.head_proposed_value, 30),
        ];
        let mut table = Table::new(Form::Ruled, columns);
        let proposed = &self.contract.policy;
        for key in PolicyKey::ALL.iter().copied().filter(|key| proposed.value(*key) != agreed.value(*key)) {
            let name = Cell(vec![wording::policy(key, self.texts).to_owned(), key.as_str().to_owned()]);
            let [old, new] = [agreed, proposed].map(|own| reading::meaning(own, key, words));
            table.push([name, old.into(), new.into()]);
        }
        self.table(table);
    }

    /// Article by article.
    fn articles(&mut self) {
        for guarantee in &self.assessment.guarantees {
            match &guarantee.conduct {
                Conduct::Measured(measured) => self.measured(guarantee, measured),
                Conduct::Emergencies(emergencies) => self.emergencies(guarantee, emergencies),
                Conduct::Handled(_) => self.handled(guarantee),
                Conduct::NotRecorded => self.not_recorded(guarantee),
            }
        }
        self.force_majeure();
        self.term();
    }

    /// A line for each article, and what a reader must know of it.
    fn articles_in_brief(&mut self) {
        let words = self.words();
        let columns = vec![
            Column::text(words.head_article, 31),
            Column::text(words.head_verdict, 14),
            Column::text(words.head_finding, 55),
        ];
        let mut table = Table::new(Form::Ruled, columns);
        for guarantee in &self.assessment.guarantees {
            let verdict = wording::verdict(guarantee.verdict, self.texts);
            let verdict = format!("{} {verdict}", wording::symbol(guarantee.verdict));
            let reasons = guarantee.reasons.iter().map(|reason| wording::reason(*reason, self.texts).to_owned());
            let finding = self.finding(guarantee).into_iter().chain(reasons).collect();
            table.push([article_title(guarantee.article, self.locale).into(), verdict.into(), Cell(finding)]);
        }
        self.table(table);
        self.leading(words.summary_note);
    }

    fn finding(&self, guarantee: &Guarantee) -> Option<String> {
        match &guarantee.conduct {
            Conduct::Measured(measured) => Some(self.summary(guarantee, measured)),
            Conduct::Emergencies(emergencies) => Some(wording::emergencies(emergencies, self.texts)),
            Conduct::Handled(_) => {
                let named = named(guarantee, self.texts).map(|(office, person)| {
                    fill(self.texts.agreement.case_detail, &[("name", &office), ("value", &person)])
                });
                case_summary(guarantee, self.texts).or(named)
            }
            Conduct::NotRecorded => Some(self.words().summary_not_recorded.to_owned()),
        }
    }

    fn opening(&mut self) {
        let words = self.words();
        let title = match self.paper.extent {
            Extent::Full => words.title,
            Extent::Summary => words.title_summary,
        };
        self.add(Content::Title(title.to_owned()));
        self.paragraph(words.preamble);
        let mut facts = Table::facts();
        let contract = &self.contract;
        facts.fact(words.fact_contract, self.or_not_stated(contract.id.as_deref().unwrap_or_default()));
        facts.fact(words.fact_customer, self.or_not_stated(&contract.customer.name));
        facts.fact(words.fact_provider, self.or_not_stated(&contract.provider.name));
        facts.fact(words.fact_term, self.term_value());
        if let Some(last) = self.contract.term.and_then(odd_last_day) {
            facts.fact(words.fact_last_day, wording::last_day(last, self.locale));
        }
        facts.fact(words.fact_service_class, self.service_class());
        facts.fact(words.fact_rent, self.rent());
        facts.fact(words.fact_month, month(self.assessment.month, self.locale));
        facts.fact(words.fact_period, self.period());
        facts.fact(words.fact_as_of, instant(self.assessment.as_of, self.assessment.zone));
        let status = match self.assessment.status {
            Status::Final => words.status_final_note,
            Status::Provisional => words.status_provisional_note,
        };
        facts.fact(words.fact_status, status);
        self.table(facts);
        let flags: Vec<_> = self.assessment.flags.iter().map(|flag| wording::flag(*flag, self.texts)).collect();
        self.list(words.flags_title, flags);
    }

    fn service_class(&self) -> String {
        let class = self.contract.service_class.map(|class| wording::service_class(class, self.texts));
        class.unwrap_or(self.words().not_stated).to_owned()
    }

    fn rent(&self) -> String {
        let rent = self.contract.rent_of(self.assessment.month);
        rent.map_or_else(|| self.words().not_stated.to_owned(), |rent| amount::in_words(rent, self.locale))
    }

    fn period(&self) -> String {
        let Assessment { period, zone, .. } = self.assessment;
        let offset = zone.offset_minutes(period.start());
        let sign = if offset < 0 { '−' } else { '+' };
        let zone_text = format!("{zone} (UTC{sign}{:02}:{:02})", offset.abs() / 60, offset.abs() % 60);
        let (start, end) = (instant(period.start(), *zone), instant(period.end(), *zone));
        let length = duration(period.ms(), self.locale);
        fill(self.words().period_value, &[("start", &start), ("end", &end), ("length", &length), ("zone", &zone_text)])
    }

    /// A list under its heading; nothing where it is empty.
    pub fn list(&mut self, title: &str, entries: Vec<&str>) {
        if entries.is_empty() {
            return;
        }
        self.subheading(title);
        for entry in entries {
            self.item(entry);
        }
    }

    /// What an article comes to, and what it promises.
    pub fn verdict(&mut self, guarantee: &Guarantee) {
        self.verdict_line(guarantee);
        self.leading(self.promise(guarantee.article));
    }

    /// The promise of an article in the agreement's words, with the figures that the parties agreed on.
    fn promise(&self, article: Article) -> String {
        let (words, terms) = (self.words(), &self.contract.terms);
        match article {
            Article::Network => fill(
                words.promise_network,
                &[("percent", &terms.network_availability), ("minutes", &terms.network_minutes)],
            ),
            Article::Power => fill(words.promise_power, &[("percent", &terms.power_availability)]),
            Article::Installation => fill(words.promise_installation, &[("days", &terms.install_business_days)]),
            Article::EmergencyNotice => fill(words.promise_emergency_notice, &[("minutes", &terms.notice_minutes)]),
            Article::CustomerService => words.promise_customer_service.to_owned(),
            Article::Support => words.promise_support.to_owned(),
            Article::Operations => fill(words.promise_operations, &[("minutes", &terms.first_feedback_minutes)]),
            Article::Complaints => fill(words.promise_complaints, &[("hours", &terms.complaint_hours)]),
            Article::Visits => words.promise_visits.to_owned(),
        }
    }

    /// An article of which nothing was recorded, in one line.
    fn not_recorded(&mut self, guarantee: &Guarantee) {
        self.verdict_line(guarantee);
        self.paragraph(self.words().summary_not_recorded);
    }

    fn verdict_line(&mut self, guarantee: &Guarantee) {
        let article = article_title(guarantee.article, self.locale);
        let verdict = wording::verdict(guarantee.verdict, self.texts);
        let sentence = fill(self.words().verdict_sentence, &[("article", &article), ("verdict", &verdict)]);
        self.add(Content::Verdict(guarantee.verdict, sentence));
    }

    fn measured(&mut self, guarantee: &Guarantee, measured: &Measured) {
        self.verdict(guarantee);
        self.leading(self.summary(guarantee, measured));
        self.figures(measured);
        self.rules(guarantee, measured);
        self.measured_facts(guarantee, measured);
        self.excluded(measured);
        self.reasons_and_flags(guarantee);
    }

    /// Why a guarantee is undecided, then what a reader must know.
    pub fn reasons_and_flags(&mut self, guarantee: &Guarantee) {
        let words = self.words();
        let reasons = guarantee.reasons.iter().map(|reason| wording::reason(*reason, self.texts)).collect();
        self.list(words.reasons_title, reasons);
        let others = guarantee.measured().into_iter().flat_map(|own| wording::other_verdicts(own, self.texts));
        let others: Vec<String> = others.collect();
        let flags = guarantee.flags.iter().map(|flag| wording::flag(*flag, self.texts));
        self.list(words.flags_title, flags.chain(others.iter().map(String::as_str)).collect());
    }

    fn summary(&self, guarantee: &Guarantee, measured: &Measured) -> String {
        let words = self.words();
        let text = match guarantee.verdict {
            _ if !measured.any_data => words.summary_no_data,
            Verdict::Met => words.summary_met,
            Verdict::Breached => words.summary_breached,
            Verdict::Undetermined => words.summary_undetermined,
            Verdict::NotApplicable | Verdict::NotRecorded => words.summary_not_recorded,
        };
        let downtime = match guarantee.article {
            Article::Power => words.downtime_power,
            _ => words.downtime_network,
        };
        let counted = duration(measured.downtime.counted, self.locale);
        fill(text, &[("downtime", &downtime), ("counted", &counted)])
    }

    fn figures(&mut self, measured: &Measured) {
        let words = self.words();
        let columns = vec![
            Column::text(words.head_figure, 10),
            Column::text(words.head_meaning, 72),
            Column::figures(words.head_duration, 18),
        ];
        let mut table = Table::new(Form::Ruled, columns);
        let counted = match self.contract.policy.verdict_basis() {
            VerdictBasis::Counted => words.meaning_counted,
            VerdictBasis::Bounds => words.meaning_counted_bounds,
        };
        let downtime = measured.downtime;
        for (name, meaning, length) in [
            (words.figure_lower, words.meaning_lower, clock(downtime.lower)),
            (words.figure_counted, counted, self.counted(measured)),
            (words.figure_upper, words.meaning_upper, clock(downtime.upper)),
        ] {
            table.push([name.into(), meaning.into(), length.into()]);
        }
        self.table(table);
    }

    /// The counted figure; none where nothing was recorded that could be counted.
    fn counted(&self, measured: &Measured) -> String {
        if measured.any_data { clock(measured.downtime.counted) } else { self.words().dash.to_owned() }
    }

    fn rules(&mut self, guarantee: &Guarantee, measured: &Measured) {
        let words = self.words();
        let mut verdicts = measured.rules.iter().map(|rule| rule.verdict);
        let first = verdicts.next();
        let disagree = verdicts.any(|verdict| Some(verdict) != first);
        let mut columns = vec![
            Column::text(words.head_rule, 17),
            Column::text(words.head_limit, if disagree { 25 } else { 34 }),
            Column::figures(words.head_counted, if disagree { 11 } else { 13 }),
            Column::figures(words.head_margin, 15),
            Column::text(words.head_verdict, if disagree { 18 } else { 21 }),
        ];
        if disagree {
            columns.push(Column::figures(words.head_alone, 14));
        }
        let mut table = Table::new(Form::Ruled, columns);
        for rule in &measured.rules {
            let mut row = self.rule(guarantee.article, rule, measured);
            if disagree {
                row.push(self.amount_alone(rule).into());
            }
            table.push(row);
        }
        self.table(table);
    }

    fn rule(&self, article: Article, rule: &Rule, measured: &Measured) -> Vec<Cell> {
        let words = self.words();
        let mut name = Cell::from(wording::rule(rule.kind, self.texts));
        if !rule.decides {
            name.0.push(words.rule_not_deciding.to_owned());
        }
        let verdict = format!("{} {}", wording::symbol(rule.verdict), wording::verdict(rule.verdict, self.texts));
        let margin =
            if measured.any_data { self.margin(rule, measured.downtime.counted) } else { words.dash.to_owned() };
        vec![name, self.limit(article, rule).into(), self.counted(measured).into(), margin.into(), verdict.into()]
    }

    fn limit(&self, article: Article, rule: &Rule) -> String {
        let words = self.words();
        let limit = clock(rule.limit_ms);
        match rule.kind {
            RuleKind::Minutes => fill(words.limit_minutes, &[("limit", &limit)]),
            RuleKind::Percent => {
                let terms = &self.contract.terms;
                let percent =
                    if article == Article::Power { terms.power_availability } else { terms.network_availability };
                fill(words.limit_percent, &[("limit", &limit), ("percent", &percent)])
            }
        }
    }

    /// What is left up to the limit. Downtime that reaches the minutes limit is over it by nothing, and still too long.
    fn margin(&self, rule: &Rule, counted: i64) -> String {
        let words = self.words();
        let left = rule.limit_ms - counted;
        let passes = match rule.kind {
            RuleKind::Minutes => left > 0,
            RuleKind::Percent => left >= 0,
        };
        let text = if passes { words.margin_left } else { words.margin_over };
        fill(text, &[("time", &clock(left.abs()))])
    }

    /// What would be waived if the rule applied alone.
    fn amount_alone(&self, rule: &Rule) -> String {
        let words = self.words();
        match (rule.verdict, self.waiver()) {
            (Verdict::Breached, Some(rent)) => format!("¥{rent}"),
            (Verdict::Breached, None) => words.not_stated.to_owned(),
            (Verdict::Met, _) => words.none_amount.to_owned(),
            _ => words.dash.to_owned(),
        }
    }

    fn waiver(&self) -> Option<Fen> {
        let lines = &self.assessment.remedies.lines;
        let waived = lines.iter().find(|line| line.kind == LineKind::RentWaiver && line.state != LineState::Absorbed);
        waived.and_then(|line| line.amount).or(self.contract.rent_of(self.assessment.month))
    }

    fn measured_facts(&mut self, guarantee: &Guarantee, measured: &Measured) {
        let words = self.words();
        let percent_of = |percent: Option<String>, base: i64| {
            let base = duration(base, self.locale);
            percent.map(|percent| fill(words.percent_of, &[("percent", &percent), ("base", &base)]))
        };
        let availability = percent_of(measured.availability_percent(), measured.denominator_ms);
        let coverage = percent_of(measured.coverage_percent(), measured.elapsed_ms);
        let mut facts = Table::facts();
        facts.fact(words.fact_availability, availability.unwrap_or_else(|| words.no_availability.to_owned()));
        if let Some(percent) = measured.lowest_availability_percent() {
            facts.fact(words.fact_lowest_availability, fill(words.lowest_availability, &[("percent", &percent)]));
        }
        facts.fact(words.fact_coverage, coverage.unwrap_or_else(|| words.dash.to_owned()));
        facts.fact(words.fact_certainty, self.certainty(guarantee, measured.certainty));
        if measured.single_failures.count > 0 {
            let (count, time) = (measured.single_failures.count, clock(measured.single_failures.could_add_ms));
            facts.fact(words.fact_single, fill(words.single_value, &[("count", &count), ("time", &time)]));
        }
        facts.fact(words.fact_targets, self.targets(&measured.targets));
        facts.fact(words.fact_report_rule, self.report_rule(guarantee.article, measured.report_rule_applied));
        if excluded_clauses(measured).next().is_none() {
            facts.fact(words.excluded_title, words.none_excluded);
        }
        self.table(facts);
    }

    fn certainty(&self, guarantee: &Guarantee, certainty: Certainty) -> String {
        if guarantee.verdict == Verdict::Undetermined {
            return self.words().dash.to_owned();
        }
        wording::certainty(certainty, self.texts).to_owned()
    }

    /// Targets by id, with the names that were declared for people.
    fn targets(&self, ids: &[String]) -> String {
        if ids.is_empty() {
            return self.words().not_stated.to_owned();
        }
        let named = ids.iter().map(|id| {
            let label =
                self.record.targets.get(id).map(|target| clean(&target.label)).filter(|label| !label.is_empty());
            label.map_or_else(|| clean(id), |label| format!("{} ({label})", clean(id)))
        });
        named.collect::<Vec<_>>().join(self.separator())
    }

    pub const fn separator(&self) -> &'static str {
        match self.locale {
            Locale::En => ", ",
            Locale::ZhHant | Locale::ZhHans => "、",
        }
    }

    fn report_rule(&self, article: Article, applied: bool) -> String {
        let words = self.words();
        let text = if applied { words.report_rule_applied } else { words.report_rule_not_applied };
        let number = numeral(article.number(), self.locale);
        fill(text, &[("days", &self.contract.terms.report_days), ("article", &number)])
    }

    /// What is not counted, by clause; the facts above say so where there is nothing.
    fn excluded(&mut self, measured: &Measured) {
        let words = self.words();
        let columns = vec![
            Column::text(words.excluded_title, 24),
            Column::text(words.head_words, 56),
            Column::figures(words.head_duration, 20),
        ];
        let mut table = Table::new(Form::Ruled, columns);
        for (clause, ms) in excluded_clauses(measured) {
            let reference = clause_reference(clause, self.locale);
            table.push([reference.into(), wording::clause(clause, self.texts).into(), clock(ms).into()]);
        }
        if !table.rows().is_empty() {
            self.table(table);
        }
    }

    fn remedies(&mut self, digest: &str) {
        let words = self.words();
        self.heading(words.remedies_title);
        let columns = vec![
            Column::text(words.head_basis, 12),
            Column::text(words.head_remedy, 46),
            Column::figures(words.head_amount, 14),
            Column::text(words.head_state, 28),
        ];
        let mut table = Table::new(Form::Ruled, columns);
        for line in &self.assessment.remedies.lines {
            let amount = line.amount.map_or_else(|| words.not_stated.to_owned(), |amount| format!("¥{amount}"));
            table.push([
                article_reference(line.article, self.locale).into(),
                self.remedy(line).into(),
                amount.into(),
                wording::line_state(line.state, self.texts).into(),
            ]);
        }
        self.table_or(table, words.no_remedies);
        let mut totals = Table::facts();
        let remedies = &self.assessment.remedies;
        totals.fact(words.amount_payable, self.total(remedies.payable));
        if let Some(refunded) = self.refunded() {
            totals.fact(words.amount_refund, amount::in_words(refunded, self.locale));
        }
        totals.fact(words.amount_contingent, self.total(remedies.contingent));
        totals.fact(words.digest_label, digest);
        self.blocks.push(Block::new(Content::Table(totals)).keeping_next());
    }

    /// What a remedy is, with the day or the case that it is for.
    fn remedy(&self, line: &assess::Line) -> String {
        let remedy = wording::remedy(line.kind, self.texts);
        let of = match line.kind {
            LineKind::DayCredit(day) => Some(date(day, self.locale)),
            LineKind::RentWaiver | LineKind::SetupFeeRefund => line.case.as_deref().map(clean),
        };
        let of = of.map(|of| fill(self.words().remedy_of, &[("remedy", &remedy), ("of", &of)]));
        of.unwrap_or_else(|| remedy.to_owned())
    }

    /// What of the certain amount is a refund of setup fees: no rent, and outside its cap.
    fn refunded(&self) -> Option<Fen> {
        let due = |line: &&assess::Line| line.kind == LineKind::SetupFeeRefund && line.state == LineState::Due;
        let lines = self.assessment.remedies.lines.iter().filter(due);
        let refunded: Option<Fen> = lines.map(|line| line.amount).sum();
        refunded.filter(|refunded| *refunded > Fen::ZERO)
    }

    fn total(&self, total: Option<Fen>) -> String {
        total.map_or_else(|| self.words().amount_unknown.to_owned(), |total| amount::in_words(total, self.locale))
    }

    /// The last sentences stay on one sheet with the amounts above and the signatures below.
    fn closing(&mut self) {
        let words = self.words();
        let provisional = (self.assessment.status == Status::Provisional).then_some(words.closing_provisional);
        let copies = match self.paper.extent {
            Extent::Full => words.closing,
            Extent::Summary => words.closing_summary,
        };
        let sentences = [Some(words.closing_digest), provisional, Some(copies)];
        for sentence in sentences.into_iter().flatten() {
            self.leading(sentence);
        }
        if self.paper.signing == Signing::OwnPage {
            let month = month(self.assessment.month, self.locale);
            self.add(Content::NewSheet);
            self.leading(fill(words.signing_page, &[("month", &month)]));
        }
        let sides = [
            self.side(words.sign_customer, &self.contract.customer),
            self.side(words.sign_provider, &self.contract.provider),
        ];
        self.add(Content::Signatures(Box::new(Signatures { sides })));
    }

    fn side(&self, seal: &'static str, party: &Party) -> Side {
        let words = self.words();
        let line = |label: &'static str, value: &str| Line { label, value: pages::side_value(label, &clean(value)) };
        Side {
            seal: line(seal, &party.name),
            lines: vec![
                line(words.sign_representative, &party.representative),
                line(words.sign_address, &party.address),
                line(words.sign_postal_code, &party.postal_code),
                line(words.sign_telephone, &party.telephone),
                line(words.sign_email, &party.email),
            ],
            date: [words.sign_year, words.sign_month, words.sign_day],
            place: line(words.sign_place, self.contract.place_of_signing.as_deref().unwrap_or_default()),
        }
    }
}
