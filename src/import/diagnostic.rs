use serde::{Deserialize, Serialize};

use crate::i18n::{DiagnosticTexts, is_visible};

/// Declares the codes: the name in data, and the text in the catalogue.
macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident = $name:literal, $text:ident;)+) => {
        /// What is wrong. The text is made where it is shown, in the reader's language.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code { $($(#[$doc])* $code),+ }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$code),+];

            /// The name in data, such as `ZONE_NEEDED`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$code => $name),+ }
            }

            /// The sentence of a language, with places for `{found}` and `{expected}`.
            pub(super) const fn template(self, texts: &DiagnosticTexts) -> &'static str {
                match self { $(Self::$code => texts.$text),+ }
            }
        }
    };
}

codes! {
    /// The file holds nothing.
    Empty = "EMPTY", empty;
    /// No format of the registry; `found` is how the file begins.
    UnknownFormat = "UNKNOWN_FORMAT", unknown_format;
    /// A workbook of a spreadsheet program.
    Spreadsheet = "SPREADSHEET", spreadsheet;
    /// A document of a word processor, or slides.
    OfficeDocument = "OFFICE_DOCUMENT", office_document;
    /// Pages to be printed.
    Pdf = "PDF", pdf;
    /// A picture.
    Picture = "PICTURE", picture;
    /// A web page, often the one that asks for a password, saved in place of what was to be downloaded.
    WebPage = "WEB_PAGE", web_page;
    /// XML of no format that is read.
    Xml = "XML", xml;
    /// A database as the statements that make it.
    SqlDump = "SQL_DUMP", sql_dump;
    /// A program.
    Executable = "EXECUTABLE", executable;
    /// A table stored by columns, such as Parquet.
    ColumnFile = "COLUMN_FILE", column_file;
    /// An archive of a kind that is not unpacked.
    OtherArchive = "OTHER_ARCHIVE", other_archive;
    /// The file beside a database to which it writes first, without the database.
    WriteAheadAlone = "WRITE_AHEAD_ALONE", write_ahead_alone;
    /// A text that is longer than any name is.
    FieldTooLong = "FIELD_TOO_LONG", field_too_long;
    /// A document with lists in lists, deeper than any export has them.
    TooDeep = "TOO_DEEP", too_deep;
    /// Data over more years than a contract lasts.
    SpanTooLong = "SPAN_TOO_LONG", span_too_long;
    /// An encoding that is not read; `found` names it.
    Encoding = "ENCODING", encoding;
    /// The compressed data is damaged or cut off.
    GzipBroken = "GZIP_BROKEN", gzip_broken;
    /// More bytes than are read of one file.
    TooLarge = "TOO_LARGE", too_large;
    /// The file unpacks to many times its size, as no honest one does.
    UnpacksTooFar = "UNPACKS_TOO_FAR", unpacks_too_far;
    /// More rows than are read of one file.
    TooManyRows = "TOO_MANY_ROWS", too_many_rows;
    /// More series than are read of one file.
    TooManySeries = "TOO_MANY_SERIES", too_many_series;
    /// A row that does not end within the limit.
    RowTooLong = "ROW_TOO_LONG", row_too_long;
    /// A quoted cell that is still open at the end of the file.
    QuoteOpen = "QUOTE_OPEN", quote_open;
    /// A column that is needed.
    ColumnMissing = "COLUMN_MISSING", column_missing;
    /// A column that the format always has is not there.
    ColumnAbsent = "COLUMN_ABSENT", column_absent;
    /// Two columns of one name.
    ColumnTwice = "COLUMN_TWICE", column_twice;
    /// Times carry no offset, and no zone was chosen.
    ZoneNeeded = "ZONE_NEEDED", zone_needed;
    /// There is a header, but no row.
    NoRows = "NO_ROWS", no_rows;
    /// There are rows, but none could be taken.
    NoRowTaken = "NO_ROW_TAKEN", no_row_taken;
    /// A row that has too few or too many cells.
    CellCount = "CELL_COUNT", cell_count;
    /// Bytes that are no text.
    NotText = "NOT_TEXT", not_text;
    /// Not a time.
    TimeMalformed = "TIME_MALFORMED", time_malformed;
    /// A date that begins with day or month, and nobody said with which.
    DateOrderNeeded = "DATE_ORDER_NEEDED", date_order_needed;
    /// A time outside the years that this program takes.
    TimeOutOfRange = "TIME_OUT_OF_RANGE", time_out_of_range;
    /// A number that no epoch time of monitoring can be.
    EpochImplausible = "EPOCH_IMPLAUSIBLE", epoch_implausible;
    /// A local time that the clocks skipped.
    TimeNever = "TIME_NEVER", time_never;
    /// A word that is no status.
    StatusUnknown = "STATUS_UNKNOWN", status_unknown;
    /// A row that does not name its target.
    TargetEmpty = "TARGET_EMPTY", target_empty;
    /// A word that is no check.
    CheckUnknown = "CHECK_UNKNOWN", check_unknown;
    /// Note: a column that another system calls otherwise was taken for one of the specification's.
    ColumnTaken = "COLUMN_TAKEN", column_taken;
    /// Columns of which it cannot be told without doubt which is the one that is needed.
    ColumnsUnclear = "COLUMNS_UNCLEAR", columns_unclear;
    /// Note: a column whose name does not tell was taken for one of the specification's because of its cells.
    ColumnGuessed = "COLUMN_GUESSED", column_guessed;
    /// Note: a column that this program has no use for.
    ColumnAside = "COLUMN_ASIDE", column_aside;
    /// Note: what could hold a password was dropped unread.
    SecretDropped = "SECRET_DROPPED", secret_dropped;
    /// Note: a latency that is no number was left out; the row was taken.
    LatencyNotNumber = "LATENCY_NOT_NUMBER", latency_not_number;
    /// Note: a local time that happened twice; the earlier was taken.
    AmbiguousLocalTime = "AMBIGUOUS_LOCAL_TIME", ambiguous_local_time;
    /// The document breaks the rules of JSON.
    JsonSyntax = "JSON_SYNTAX", json_syntax;
    /// The document ends before it is complete.
    JsonCutOff = "JSON_CUT_OFF", json_cut_off;
    /// A JSON document that does not name its format.
    SchemaMissing = "SCHEMA_MISSING", schema_missing;
    /// A JSON document of another format or version.
    SchemaUnknown = "SCHEMA_UNKNOWN", schema_unknown;
    /// A key that the format does not know.
    KeyUnknown = "KEY_UNKNOWN", key_unknown;
    /// A key that stands twice in one object.
    KeyTwice = "KEY_TWICE", key_twice;
    /// A key that is needed.
    KeyMissing = "KEY_MISSING", key_missing;
    /// A key that does not belong here, given what stands beside it.
    KeyMisplaced = "KEY_MISPLACED", key_misplaced;
    /// A key that cannot stand beside another.
    KeyBeside = "KEY_BESIDE", key_beside;
    /// A column that a mapping names for two things.
    ColumnForTwo = "COLUMN_FOR_TWO", column_for_two;
    /// A value of another JSON type.
    WrongType = "WRONG_TYPE", wrong_type;
    /// Not an RFC 3339 time with an offset.
    InstantMalformed = "INSTANT_MALFORMED", instant_malformed;
    /// Not a day.
    DayMalformed = "DAY_MALFORMED", day_malformed;
    /// Not an amount.
    MoneyMalformed = "MONEY_MALFORMED", money_malformed;
    /// Not a percentage.
    PercentMalformed = "PERCENT_MALFORMED", percent_malformed;
    /// A number outside its limits.
    NumberOutOfRange = "NUMBER_OUT_OF_RANGE", number_out_of_range;
    /// A word that is not among those that can stand here.
    NotOneOf = "NOT_ONE_OF", not_one_of;
    /// Text that must not be empty.
    TextEmpty = "TEXT_EMPTY", text_empty;
    /// Not a zone of the IANA database.
    ZoneUnknown = "ZONE_UNKNOWN", zone_unknown;
    /// An end that is not after its start.
    EndNotAfterStart = "END_NOT_AFTER_START", end_not_after_start;
    /// A last day before the first.
    TermReversed = "TERM_REVERSED", term_reversed;
    /// A rent that changes within a month.
    RentChangeDay = "RENT_CHANGE_DAY", rent_change_day;
    /// An id that stands twice in its section.
    IdTwice = "ID_TWICE", id_twice;
    /// A target that is neither declared nor watched.
    TargetUnknown = "TARGET_UNKNOWN", target_unknown;
    /// A source of power under a clause of article 1.
    PowerTargetInNetworkClause = "POWER_TARGET_IN_NETWORK_CLAUSE", power_target_in_network_clause;
    /// Something else than a source of power under a clause of article 2.
    OtherTargetInPowerClause = "OTHER_TARGET_IN_POWER_CLAUSE", other_target_in_power_clause;
    /// Maintenance of a source of power: article 2 does not exclude it.
    MaintenanceOfPower = "MAINTENANCE_OF_POWER", maintenance_of_power;
    /// A clause of force majeure without its category of article 10.
    ForceMajeureMissing = "FORCE_MAJEURE_MISSING", force_majeure_missing;
    /// A category of force majeure under another clause.
    ForceMajeureMisplaced = "FORCE_MAJEURE_MISPLACED", force_majeure_misplaced;
    /// An operation under an authorisation that is not listed.
    AuthorisationUnknown = "AUTHORISATION_UNKNOWN", authorisation_unknown;
    /// A notice to somebody who is not a designated contact.
    ContactUnknown = "CONTACT_UNKNOWN", contact_unknown;
    /// What is settled stands nowhere.
    SettledUnknown = "SETTLED_UNKNOWN", settled_unknown;
    /// A settlement of another contract.
    SettlementOfOther = "SETTLEMENT_OF_OTHER", settlement_of_other;
    /// Not a policy key.
    PolicyKeyUnknown = "POLICY_KEY_UNKNOWN", policy_key_unknown;
    /// A value that a policy key does not take.
    PolicyValue = "POLICY_VALUE", policy_value;
    /// A day that a calendar's year does not have.
    CalendarDay = "CALENDAR_DAY", calendar_day;
    /// Samples must stand in one of two forms.
    SamplesForm = "SAMPLES_FORM", samples_form;
    /// An archive that is damaged or cut off; `found` is the file in it.
    ArchiveBroken = "ARCHIVE_BROKEN", archive_broken;
    /// An archive whose files need a password.
    ArchiveEncrypted = "ARCHIVE_ENCRYPTED", archive_encrypted;
    /// An archive that is packed in another way.
    ArchiveMethod = "ARCHIVE_METHOD", archive_method;
    /// An archive inside an archive.
    ArchiveNested = "ARCHIVE_NESTED", archive_nested;
    /// Files of one archive that cannot be of one case.
    ArchiveContradicts = "ARCHIVE_CONTRADICTS", archive_contradicts;
    /// More files in an archive than are read.
    TooManyFiles = "TOO_MANY_FILES", too_many_files;
    /// A line of a log that is not of its form.
    LineMalformed = "LINE_MALFORMED", line_malformed;
    /// The system says that it could not answer; `found` is what it says.
    SystemError = "SYSTEM_ERROR", system_error;
    /// A percentage of a report that is none.
    ShareMalformed = "SHARE_MALFORMED", share_malformed;
    /// Sums and percentages, from which no outage can be told.
    AggregateOnly = "AGGREGATE_ONLY", aggregate_only;
    /// Traffic, which shows no outage.
    TrafficOnly = "TRAFFIC_ONLY", traffic_only;
    /// A place in an export as XML where something else is expected.
    XmlMalformed = "XML_MALFORMED", xml_malformed;
    /// No legend says what its column holds.
    LegendUnknown = "LEGEND_UNKNOWN", legend_unknown;
    /// Rows that are averages over longer than the rhythm of the probes.
    RowsConsolidated = "ROWS_CONSOLIDATED", rows_consolidated;
    /// The times that a file names do not fit its rows.
    RowTimes = "ROW_TIMES", row_times;
    /// Note: rounds of which some pings were answered were taken as up.
    RowsLossy = "ROWS_LOSSY", rows_lossy;
    /// Note: averages of which up or down cannot be told were taken as unknown.
    RowsMixed = "ROWS_MIXED", rows_mixed;
    /// Note: the state before a change is not the one that the change before it left.
    HistoryContradicts = "HISTORY_CONTRADICTS", history_contradicts;
    /// Note: only states that retries confirmed, so that the first failures of an outage are missing.
    HardStatesOnly = "HARD_STATES_ONLY", hard_states_only;
    /// Note: the encoding of the text, told from its bytes.
    EncodingTaken = "ENCODING_TAKEN", encoding_taken;
    /// Settings of a monitoring system without what it found.
    NoMonitoringData = "NO_MONITORING_DATA", no_monitoring_data;
    /// Note: a service that the agreement knows nothing of was set aside.
    ServiceAside = "SERVICE_ASIDE", service_aside;
    /// A database larger than can be held here.
    DatabaseTooLarge = "DATABASE_TOO_LARGE", database_too_large;
    /// A database that is shorter than it says.
    DatabaseCutOff = "DATABASE_CUT_OFF", database_cut_off;
    /// A database that breaks the rules of SQLite at a byte.
    DatabaseDamaged = "DATABASE_DAMAGED", database_damaged;
    /// A table that is stored in a way that is not read.
    DatabaseTable = "DATABASE_TABLE", database_table;
    /// A database of another program.
    DatabaseForeign = "DATABASE_FOREIGN", database_foreign;
    /// Note: rows may still be in the file to which the database writes first.
    DatabaseWriteAhead = "DATABASE_WRITE_AHEAD", database_write_ahead;
    /// Note: the system deleted single beats, which were put back from the changes of state.
    BeatsPruned = "BEATS_PRUNED", beats_pruned;
    /// A character that is no state.
    StateUnknown = "STATE_UNKNOWN", state_unknown;
    /// Not a public key of minisign.
    SigningKeyMalformed = "SIGNING_KEY_MALFORMED", signing_key_malformed;
    /// A file of minisign that is no signature; what it holds is not shown, it could be a secret key.
    SignatureMalformed = "SIGNATURE_MALFORMED", signature_malformed;
    /// There are more problems than are listed.
    MoreProblems = "MORE_PROBLEMS", more_problems;
}

/// Where something stands in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Place {
    /// The file as a whole.
    File,
    /// A line, counted from 1, and the column of the table by name where it is one column.
    Line {
        /// Counted from 1.
        line: u64,
        /// The column's number counted from 1, and its name.
        column: Option<(u32, String)>,
    },
    /// A character of a line, both counted from 1.
    Character {
        /// The line.
        line: u64,
        /// The character in it.
        character: u64,
    },
    /// A byte, counted from 0.
    Byte(u64),
    /// A place in a JSON document, such as `contract.term.first_day`, with its line where it is known.
    Path {
        /// The path.
        path: String,
        /// The line, counted from 1.
        line: Option<u64>,
    },
}

/// One thing that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// What.
    pub code: Code,
    /// The file's name.
    pub file: String,
    /// Where.
    pub place: Place,
    /// The text at that place, shortened, control characters escaped.
    pub found: String,
    /// What would have been right, in the file's own terms (names, not prose).
    pub expected: String,
}

/// A diagnostic before the name of the file is put to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub code: Code,
    pub place: Place,
    pub found: String,
    pub expected: String,
    /// The file inside the one that is read.
    pub within: Option<Box<str>>,
}

impl From<Diagnostic> for Finding {
    fn from(own: Diagnostic) -> Self {
        let Diagnostic { code, file, place, found, expected } = own;
        Self { code, place, found, expected, within: Some(file.into()) }
    }
}

impl Finding {
    pub fn new(code: Code, place: Place) -> Self {
        Self { code, place, found: String::new(), expected: String::new(), within: None }
    }

    /// The same, of a file inside the one that is read.
    pub fn within(self, name: &str) -> Self {
        Self { within: Some(name.into()), ..self }
    }

    pub fn found(self, found: impl Into<String>) -> Self {
        Self { found: found.into(), ..self }
    }

    pub fn expected(self, expected: impl Into<String>) -> Self {
        Self { expected: expected.into(), ..self }
    }

    pub fn in_file(self, file: &str) -> Diagnostic {
        let Self { code, place, found, expected, within } = self;
        let file = within.map_or_else(|| file.to_owned(), |within| format!("{file}/{within}"));
        Diagnostic { code, file, place, found, expected }
    }
}

/// Reading stops here: what makes the file unusable, the first thing first. Never empty.
pub(super) type Stop = Vec<Finding>;

/// How many characters of a file a diagnostic shows.
const SHOWN_CHARACTERS: usize = 80;

/// Text of a file as a diagnostic shows it: shortened, and nothing in it that a reader could not see or that could
/// turn the sentence around it.
pub(super) fn shown(text: &str) -> String {
    let mut out = String::new();
    for (count, character) in text.chars().enumerate() {
        if count == SHOWN_CHARACTERS {
            out.push('…');
            break;
        }
        if is_visible(character) { out.push(character) } else { out.extend(character.escape_default()) }
    }
    out
}

/// The same for bytes that need not be text.
pub(super) fn shown_bytes(bytes: &[u8]) -> String {
    let start = bytes.get(..4 * SHOWN_CHARACTERS + 4).unwrap_or(bytes);
    let mut text = String::new();
    for chunk in start.utf8_chunks() {
        text.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| text.push_str(&format!("\\x{byte:02x}")));
    }
    shown(&text)
}

/// Names in the way that diagnostics list what can stand at a place: `a`, `b`, `c`; a dash where there are none.
pub(super) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{}`", shown(name))).collect();
    if names.is_empty() { "–".to_owned() } else { names.join(", ") }
}

/// Whether something of this name could hold a password; article 6.6 makes it the customer's secret.
pub(super) fn may_hold_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["password", "密碼", "密码", "口令"].iter().any(|word| name.contains(word))
}
