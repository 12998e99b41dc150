//! What the two parties agreed: parties, term, figures, policy, money, keys of the provider.

mod capitals;
mod money;
mod parties;
mod policy;
mod signing_key;
mod terms;

pub use capitals::{CapitalsError, Script, capitals, fen_of_capitals};
pub use money::{Fen, MoneyError};
pub use parties::{Channel, Contact, Contract, Party, RentChange, ServiceClass, Signer, Term};
pub use policy::{
    Anchor, BlackoutReading, Cap, CountOfDays, DailyBasis, DayAttribution, Denominator, GapState, InstallDayEnd,
    PartialMinutes, Policy, PolicyError, PolicyKey, Quorum, Rounding, TargetAggregate, ThresholdRule, VerdictBasis,
};
pub use signing_key::{KeyId, SigningKey, SigningKeyError};
pub use terms::{Percent, PercentError, Terms, percent_cut_off};
