use super::KEPT_DIAGNOSTICS;
use super::Limits;
use super::decoding::OpenDecoder;
use super::diagnostic::{Code, Finding, Place, Stop, shown_bytes};
#[cfg(feature = "cli")]
use super::gathering::OpenGathering;
use super::gathering::{AtOnce, Gathering};
use super::timestamp::{self, Reading};
use crate::record::Source;
use crate::time::{Instant, Zone};

/// What happened to the rows of a file while it was read.
#[derive(Debug, Default)]
pub(super) struct Log {
    /// What the record will say of the file.
    pub source: Source,
    /// Whether the limits of the page hold.
    pub limits: Limits,
    pub rejected: Vec<Finding>,
    pub notes: Vec<Finding>,
    pub notes_beyond: u64,
    /// What was read are files inside this one, which is no source itself.
    pub holds_files: bool,
    /// Rejected rows of files inside, beyond those that were kept.
    pub beyond_inside: u64,
    /// What opens decoders, for files inside.
    pub decoder: Option<OpenDecoder>,
    /// What puts samples into their series, where somebody does that beside the reader.
    #[cfg(feature = "cli")]
    pub gathering: Option<OpenGathering>,
}

impl Log {
    /// Counts a row that was not taken, and keeps why.
    pub fn reject(&mut self, why: impl FnOnce() -> Finding) {
        self.source.rejected += 1;
        if self.rejected.len() < KEPT_DIAGNOSTICS {
            self.rejected.push(why());
        }
    }

    /// Counts something that took nothing away, and keeps what it was.
    pub fn note(&mut self, what: impl FnOnce() -> Finding) {
        if self.notes.len() < KEPT_DIAGNOSTICS { self.notes.push(what()) } else { self.notes_beyond += 1 }
    }

    /// A file of which nothing was taken cannot be used; what was rejected says why. `rows`: how many there were.
    pub fn anything_taken(&mut self, rows: u64) -> Result<(), Stop> {
        if self.source.accepted > 0 {
            return Ok(());
        }
        let code = if rows == 0 { Code::NoRows } else { Code::NoRowTaken };
        let first = Finding::new(code, Place::File).found(rows.to_string());
        Err(std::iter::once(first).chain(std::mem::take(&mut self.rejected)).collect())
    }

    /// The time of a row, a local one in `zone`; `None` where the row was rejected for it. A local time without a zone to
    /// read it in makes the file unusable until the user names one.
    pub fn time(
        &mut self,
        text: &[u8],
        zone: Option<Zone>,
        place: impl Fn() -> Place,
    ) -> Result<Option<Instant>, Stop> {
        let finding = |code| Finding::new(code, place()).found(shown_bytes(text));
        match timestamp::read(text, zone) {
            Reading::At(at) => Ok(Some(at)),
            Reading::Local { at, twice } => {
                self.source.read_in_zone = zone.map(|zone| zone.name().to_owned());
                if twice {
                    self.source.ambiguous_times += 1;
                    self.note(|| finding(Code::AmbiguousLocalTime).expected(at.to_string()));
                }
                Ok(Some(at))
            }
            Reading::ZoneNeeded => Err(vec![finding(Code::ZoneNeeded).expected("--time-zone")]),
            _ => {
                self.reject(|| finding(Code::TimeMalformed).expected(timestamp::FORMS));
                Ok(None)
            }
        }
    }

    /// Begins to put samples into their series.
    pub fn gather(&self) -> Box<dyn Gathering> {
        #[cfg(feature = "cli")]
        if let Some(open) = self.gathering {
            return open();
        }
        Box::new(AtOnce::default())
    }

    /// A column or key was dropped because it could hold a password.
    pub fn drop_secret(&mut self, name: &str, place: Place) {
        self.note(|| Finding::new(Code::SecretDropped, place).found(name));
        if !self.source.secrets_dropped.iter().any(|known| known == name) {
            self.source.secrets_dropped.push(name.to_owned());
        }
    }

    /// Rejected rows beyond those that were kept.
    pub fn rejected_beyond(&self) -> u64 {
        let kept = u64::try_from(self.rejected.len()).unwrap_or(u64::MAX);
        self.beyond_inside + self.source.rejected.saturating_sub(kept)
    }
}
