//! When a number may send its next message: far enough from the last, not too many a day, not at night, slowly with a new number.
//! Refuses to send, and to let any limit be passed by a setting.

use crate::hours::Hours;
use sauda_kernel::{Span, Timestamp};
use serde::Serialize;

/// The least distance of two messages of one session; a shop may only choose more.
pub const LEAST_GAP: Span = Span::from_secs(30);
/// The most messages of a session in a local day; a shop may only choose fewer.
pub const MOST_A_DAY: u32 = 100;
/// How many a new number may send on its first days.
pub const WARM_UP: [u32; 14] = [5, 8, 12, 16, 20, 25, 30, 36, 42, 50, 58, 66, 76, 88];

/// What a shop allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    gap: Span,
    jitter: Span,
    per_day: u32,
    hours: Hours,
    quiet_days: Vec<u32>,
    warm_up: bool,
}

/// Limits that cannot be kept or would pass the house's own.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LimitsError {
    #[error("{0} seconds between messages are too few: give at least 30")]
    GapTooSmall(i64),
    #[error("{0} seconds of chance are not between 0 and 600")]
    Jitter(i64),
    #[error("{0} messages a day are not between 1 and 100")]
    PerDay(u32),
    #[error("weekday {0} is not between 1 (Monday) and 7 (Sunday)")]
    Weekday(u32),
    #[error("every day of the week is quiet: leave at least one")]
    NoDay,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            gap: LEAST_GAP,
            jitter: Span::from_secs(20),
            per_day: MOST_A_DAY,
            hours: Hours::DAYTIME,
            quiet_days: Vec::new(),
            warm_up: true,
        }
    }
}

/// What a shop wishes, before it is checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wishes {
    pub gap: Span,
    /// At most so much is added to the gap by chance, so that messages do not come like a machine's.
    pub jitter: Span,
    pub per_day: u32,
    pub hours: Hours,
    /// Weekdays without messages, Monday is 1.
    pub quiet_days: Vec<u32>,
    /// Off only for a number that has long been used.
    pub warm_up: bool,
}

impl Limits {
    /// Checks a shop's wishes.
    ///
    /// # Errors
    /// When a wish passes the limits of the house or leaves no time at all.
    pub fn new(wishes: Wishes) -> Result<Self, LimitsError> {
        let Wishes {
            gap,
            jitter,
            per_day,
            hours,
            mut quiet_days,
            warm_up,
        } = wishes;
        if gap < LEAST_GAP {
            return Err(LimitsError::GapTooSmall(gap.as_secs()));
        }
        if !(0..=600).contains(&jitter.as_secs()) {
            return Err(LimitsError::Jitter(jitter.as_secs()));
        }
        if !(1..=MOST_A_DAY).contains(&per_day) {
            return Err(LimitsError::PerDay(per_day));
        }
        if let Some(day) = quiet_days.iter().find(|day| !(1..=7).contains(*day)) {
            return Err(LimitsError::Weekday(*day));
        }
        quiet_days.sort_unstable();
        quiet_days.dedup();
        if quiet_days.len() == 7 {
            return Err(LimitsError::NoDay);
        }
        Ok(Self {
            gap,
            jitter,
            per_day,
            hours,
            quiet_days,
            warm_up,
        })
    }

    /// What was wished for.
    pub fn wishes(&self) -> Wishes {
        Wishes {
            gap: self.gap,
            jitter: self.jitter,
            per_day: self.per_day,
            hours: self.hours,
            quiet_days: self.quiet_days.clone(),
            warm_up: self.warm_up,
        }
    }

    /// The most messages on a local day for a number that was connected then.
    pub fn cap(&self, connected: Timestamp, day: Timestamp) -> u32 {
        let age = day.local_midnight().since(connected.local_midnight()).as_mins() / 1440;
        let warm = usize::try_from(age.max(0))
            .ok()
            .and_then(|age| WARM_UP.get(age))
            .copied();
        match warm {
            Some(most) if self.warm_up => most.min(self.per_day),
            _ => self.per_day,
        }
    }
}

/// What a session did before.
#[derive(Debug, Clone, Copy)]
pub struct Past<'a> {
    /// When the number was connected.
    pub connected: Timestamp,
    /// When it sent, of the last two days at least, in any order.
    pub sent: &'a [Timestamp],
    /// Of the last seven days: people written to, people who answered, people who asked for silence.
    pub written: u32,
    pub answered: u32,
    pub opted_out: u32,
}

/// Why a message does not go at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wait {
    Gap,
    Night,
    QuietDay,
    DayFull,
    WarmingUp,
}

/// Why the number may be blocked by its network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Danger {
    /// The number is young.
    NewNumber,
    /// Four fifths of what a day allows are used.
    NearDayLimit,
    /// Fewer than one in ten answers.
    FewAnswers,
    /// More than one in fifty asks for silence.
    ManyOptOuts,
}

/// How dangerous it is to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Risk {
    Low,
    Medium,
    High,
}

/// When the next message may go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    pub at: Timestamp,
    /// Every rule that moved it, in the order in which they spoke, each once.
    pub waits: Vec<Wait>,
    pub dangers: Vec<Danger>,
    pub risk: Risk,
}

/// When the next message of a session may go. `seed` makes the chance repeatable: give the session's number.
pub fn next(limits: &Limits, past: &Past<'_>, now: Timestamp, seed: u64) -> Turn {
    let mut waits = Vec::new();
    let mut wait = |why: Wait| {
        if !waits.contains(&why) {
            waits.push(why);
        }
    };
    let mut at = now;
    if let Some(last) = past.sent.iter().max() {
        let free = last.plus(limits.gap).plus(chance(limits.jitter, *last, seed));
        if free > at {
            wait(Wait::Gap);
            at = free;
        }
    }
    // Each turn goes to a later day at least, and one of seven days is open: it ends within a week or so.
    for _ in 0..16 {
        let moved = limits.hours.earliest(at);
        if moved > at {
            wait(Wait::Night);
            at = moved;
        }
        let quiet = limits.quiet_days.contains(&at.local().weekday);
        let sent = past
            .sent
            .iter()
            .filter(|sent| sent.local_midnight() == at.local_midnight())
            .count();
        let cap = limits.cap(past.connected, at);
        let full = u32::try_from(sent).unwrap_or(u32::MAX) >= cap;
        if !quiet && !full {
            break;
        }
        wait(match (quiet, cap < limits.per_day) {
            (true, _) => Wait::QuietDay,
            (false, true) => Wait::WarmingUp,
            (false, false) => Wait::DayFull,
        });
        at = at.local_midnight().plus(Span::from_days(1));
    }
    let dangers = dangers(limits, past, at);
    let risk = match dangers.as_slice() {
        [] => Risk::Low,
        found if found.contains(&Danger::ManyOptOuts) || found.len() > 2 => Risk::High,
        _ => Risk::Medium,
    };
    Turn {
        at,
        waits,
        dangers,
        risk,
    }
}

fn dangers(limits: &Limits, past: &Past<'_>, at: Timestamp) -> Vec<Danger> {
    let cap = limits.cap(past.connected, at);
    let sent = past
        .sent
        .iter()
        .filter(|sent| sent.local_midnight() == at.local_midnight())
        .count();
    let sent = u32::try_from(sent).unwrap_or(u32::MAX);
    let enough = past.written >= 20;
    let checks = [
        (limits.warm_up && cap < limits.per_day, Danger::NewNumber),
        (
            sent.saturating_mul(5) >= cap.saturating_mul(4),
            Danger::NearDayLimit,
        ),
        (
            enough && past.answered.saturating_mul(10) < past.written,
            Danger::FewAnswers,
        ),
        (
            enough && past.opted_out.saturating_mul(50) > past.written,
            Danger::ManyOptOuts,
        ),
    ];
    checks
        .into_iter()
        .filter(|(there, _)| *there)
        .map(|(_, danger)| danger)
        .collect()
}

/// Between nothing and the whole jitter, the same for the same last message and seed.
fn chance(jitter: Span, last: Timestamp, seed: u64) -> Span {
    let mut mixed = seed ^ last.as_micros().unsigned_abs();
    for _ in 0..2 {
        mixed = (mixed ^ (mixed >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    let most = u64::try_from(jitter.as_millis()).unwrap_or(0);
    let part = (mixed >> 16) % (most + 1);
    Span::from_millis(i64::try_from(part).unwrap_or(0))
}
