//! A shop's settings: its line, limits, and what buyers are written about. Refuses hours of the night.

use crate::{
    hours::{Hours, HoursError},
    limits::{Limits, LimitsError, Wishes},
    trigger::{Setting, Settings, Trigger},
};
use sauda_kernel::{MessageLineId, Span, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// No message of any shop goes before this minute of the local day.
pub const EARLIEST_MINUTE: u32 = 8 * 60;
/// Nor from this one on.
pub const LATEST_MINUTE: u32 = 22 * 60;
/// The longest wait from an event to its message.
const LONGEST_DELAY: Span = Span::from_days(30);

/// Settings that cannot be kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsWrong {
    #[error(transparent)]
    Limits(#[from] LimitsError),
    #[error(transparent)]
    Hours(#[from] HoursError),
    /// Minutes of the wished hours.
    #[error("{from} to {until} reaches into the night: choose hours between 08:00 and 22:00")]
    Night { from: u32, until: u32 },
    #[error("a wait of {0} minutes is not between 0 and 43 200")]
    Delay(i64),
}

/// One trigger of a shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TriggerSetting {
    pub setting: Setting,
    /// When it was switched on: what happened before is not told.
    pub since: Timestamp,
}

/// What a shop has set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopSettings {
    pub line: Option<MessageLineId>,
    pub limits: Limits,
    triggers: BTreeMap<Trigger, TriggerSetting>,
}

impl Default for ShopSettings {
    fn default() -> Self {
        let defaults = Settings::default();
        let triggers = Trigger::ALL
            .into_iter()
            .filter_map(|trigger| {
                let setting = defaults.of(trigger)?;
                let since = Timestamp::from_micros(i64::MAX);
                Some((trigger, TriggerSetting { setting, since }))
            })
            .collect();
        Self {
            line: None,
            limits: Limits::default(),
            triggers,
        }
    }
}

impl ShopSettings {
    /// The setting of a trigger.
    pub fn trigger(&self, trigger: Trigger) -> Option<TriggerSetting> {
        self.triggers.get(&trigger).copied()
    }

    /// Sets one trigger anew; switched on, it tells of what happens from now on.
    ///
    /// # Errors
    /// When its hours reach into the night or its wait makes no sense.
    pub fn set_trigger(
        &mut self,
        trigger: Trigger,
        setting: Setting,
        now: Timestamp,
    ) -> Result<(), SettingsWrong> {
        by_day(setting.hours)?;
        if setting.delay < Span::ZERO || setting.delay > LONGEST_DELAY {
            return Err(SettingsWrong::Delay(setting.delay.as_mins()));
        }
        let before = self.trigger(trigger);
        let since = before
            .filter(|before| before.setting.is_on && setting.is_on)
            .map_or(now, |before| before.since);
        self.triggers.insert(trigger, TriggerSetting { setting, since });
        Ok(())
    }

    /// Sets the limits.
    ///
    /// # Errors
    /// When they pass the house's own, or its hours reach into the night.
    pub fn set_limits(&mut self, wishes: Wishes) -> Result<(), SettingsWrong> {
        by_day(wishes.hours)?;
        self.limits = Limits::new(wishes)?;
        Ok(())
    }

    /// Whether anything is told by itself.
    pub fn tells(&self) -> bool {
        self.triggers.values().any(|trigger| trigger.setting.is_on)
    }

    /// As the rule that decides takes them.
    pub(crate) fn rules(&self) -> Settings {
        self.triggers
            .iter()
            .fold(Settings::default(), |settings, (trigger, one)| {
                settings.with(*trigger, one.setting)
            })
    }
}

fn by_day(hours: Hours) -> Result<(), SettingsWrong> {
    let (from, until) = (hours.from_minute(), hours.until_minute());
    if from < EARLIEST_MINUTE || until > LATEST_MINUTE || from >= until {
        return Err(SettingsWrong::Night { from, until });
    }
    Ok(())
}

#[derive(Serialize, Deserialize)]
struct LimitsDocument {
    gap_secs: i64,
    jitter_secs: i64,
    per_day: u32,
    from_minute: u32,
    until_minute: u32,
    quiet_days: Vec<u32>,
    warm_up: bool,
}

#[derive(Serialize, Deserialize)]
struct TriggerDocument {
    on: bool,
    delay_mins: i64,
    from_minute: u32,
    until_minute: u32,
    since: i64,
}

/// Limits and triggers as they are stored.
pub(crate) fn write(settings: &ShopSettings) -> (String, String) {
    let wishes = settings.limits.wishes();
    let limits = LimitsDocument {
        gap_secs: wishes.gap.as_secs(),
        jitter_secs: wishes.jitter.as_secs(),
        per_day: wishes.per_day,
        from_minute: wishes.hours.from_minute(),
        until_minute: wishes.hours.until_minute(),
        quiet_days: wishes.quiet_days,
        warm_up: wishes.warm_up,
    };
    let triggers: BTreeMap<&str, TriggerDocument> = settings
        .triggers
        .iter()
        .map(|(trigger, one)| {
            let document = TriggerDocument {
                on: one.setting.is_on,
                delay_mins: one.setting.delay.as_mins(),
                from_minute: one.setting.hours.from_minute(),
                until_minute: one.setting.hours.until_minute(),
                since: one.since.as_micros(),
            };
            (trigger.word(), document)
        })
        .collect();
    (
        serde_json::to_string(&limits).unwrap_or_default(),
        serde_json::to_string(&triggers).unwrap_or_default(),
    )
}

/// Reads what was stored; nothing for what this program cannot read.
pub(crate) fn read(line: Option<MessageLineId>, limits: &str, triggers: &str) -> Option<ShopSettings> {
    let limits: LimitsDocument = serde_json::from_str(limits).ok()?;
    let documents: BTreeMap<String, TriggerDocument> = serde_json::from_str(triggers).ok()?;
    let limits = Limits::new(Wishes {
        gap: Span::from_secs(limits.gap_secs),
        jitter: Span::from_secs(limits.jitter_secs),
        per_day: limits.per_day,
        hours: Hours::new(limits.from_minute, limits.until_minute).ok()?,
        quiet_days: limits.quiet_days,
        warm_up: limits.warm_up,
    })
    .ok()?;
    let mut settings = ShopSettings {
        line,
        limits,
        ..ShopSettings::default()
    };
    for (word, document) in documents {
        let setting = Setting {
            is_on: document.on,
            delay: Span::from_mins(document.delay_mins),
            hours: Hours::new(document.from_minute, document.until_minute).ok()?,
        };
        let since = Timestamp::from_micros(document.since);
        settings
            .triggers
            .insert(Trigger::parse(&word)?, TriggerSetting { setting, since });
    }
    Some(settings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        Timestamp::from_almaty(2026, 11, 20, 12, 0, 0).unwrap()
    }

    fn on() -> Setting {
        Setting {
            is_on: true,
            delay: Span::from_mins(5),
            hours: Hours::DAYTIME,
        }
    }

    #[test]
    fn what_was_stored_is_read_back() {
        let mut settings = ShopSettings::default();
        settings.set_trigger(Trigger::Shipped, on(), now()).unwrap();
        let wishes = Wishes {
            per_day: 40,
            quiet_days: vec![7],
            ..Limits::default().wishes()
        };
        settings.set_limits(wishes).unwrap();
        let (limits, triggers) = write(&settings);
        assert_eq!(read(None, &limits, &triggers), Some(settings));
        assert_eq!(read(None, "{}", &triggers), None);
    }

    #[test]
    fn a_trigger_tells_from_the_moment_it_was_switched_on() {
        let mut settings = ShopSettings::default();
        settings.set_trigger(Trigger::Shipped, on(), now()).unwrap();
        let later = now().plus(Span::from_days(1));
        let slower = Setting {
            delay: Span::from_mins(60),
            ..on()
        };
        settings.set_trigger(Trigger::Shipped, slower, later).unwrap();
        assert_eq!(settings.trigger(Trigger::Shipped).unwrap().since, now());
        let off = Setting { is_on: false, ..on() };
        settings.set_trigger(Trigger::Shipped, off, later).unwrap();
        settings.set_trigger(Trigger::Shipped, on(), later).unwrap();
        assert_eq!(settings.trigger(Trigger::Shipped).unwrap().since, later);
    }

    #[test]
    fn hours_of_the_night_are_refused_with_their_minutes() {
        let mut settings = ShopSettings::default();
        for (from, until) in [(7 * 60, 20 * 60), (9 * 60, 23 * 60), (20 * 60, 2 * 60)] {
            let wishes = Wishes {
                hours: Hours::new(from, until).unwrap(),
                ..Limits::default().wishes()
            };
            assert_eq!(
                settings.set_limits(wishes),
                Err(SettingsWrong::Night { from, until })
            );
        }
        assert_eq!(settings, ShopSettings::default());
    }
}
