//! When the market is due, and when its summary is told: times of the day in Almaty, missed ones once. Refuses to read a clock.

use crate::model::{Report, Settings, Source, SourceState};
use sauda_kernel::{Span, Timestamp};
use std::collections::BTreeMap;

/// The last time that reading was due, at or before a moment.
pub fn last_due(times: &[u32], now: Timestamp) -> Option<Timestamp> {
    let today = now.local_midnight();
    [today, today.minus(Span::from_hours(1)).local_midnight()]
        .into_iter()
        .flat_map(|day| {
            times
                .iter()
                .map(move |minute| day.plus(Span::from_mins(i64::from(*minute))))
        })
        .filter(|due| *due <= now)
        .max()
}

/// Whether a source is to be read now: it is under way, or nobody tried since it was due. However much was missed, it is read once.
pub fn is_due(source: &Source, times: &[u32], now: Timestamp) -> bool {
    if source.paused {
        return false;
    }
    if source.state == SourceState::Reading {
        return true;
    }
    match (source.tried_at, last_due(times, now)) {
        (None, _) => true,
        (Some(tried), Some(due)) => tried < due,
        (Some(_), None) => false,
    }
}

/// Cron patterns for times of the day, one for the hours of each minute: `0 8,20 * * * | 30 14 * * *`.
pub fn cron(times: &[u32]) -> String {
    let mut hours: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for time in times {
        let hour = (time / 60 % 24).to_string();
        hours.entry(time % 60).or_default().push(hour);
    }
    if hours.is_empty() {
        return "0 8 * * *".to_owned();
    }
    let patterns: Vec<String> = hours
        .into_iter()
        .map(|(minute, hours)| format!("{minute} {} * * *", hours.join(",")))
        .collect();
    patterns.join(" | ")
}

/// Reads `08:00, 14:30, 20:00` with any of the usual signs between; nothing when one is no time.
pub fn read_times(text: &str) -> Option<Vec<u32>> {
    let mut times = Vec::new();
    for part in text
        .split([',', ';', ' ', '\n'])
        .filter(|part| !part.trim().is_empty())
    {
        let (hour, minute) = part.trim().split_once([':', '.']).unwrap_or((part.trim(), "0"));
        let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
        if hour > 23 || minute > 59 {
            return None;
        }
        times.push(hour * 60 + minute);
    }
    times.sort_unstable();
    times.dedup();
    (!times.is_empty() && times.len() <= 24).then_some(times)
}

/// `08:00, 14:00`.
pub fn show_times(times: &[u32]) -> String {
    let shown: Vec<String> = times
        .iter()
        .map(|time| format!("{:02}:{:02}", time / 60, time % 60))
        .collect();
    shown.join(", ")
}

/// Whether the summary is to be told now.
pub fn report_due(settings: &Settings, now: Timestamp) -> bool {
    let local = now.local();
    let today = now.local_midnight();
    let at = today.plus(Span::from_mins(i64::from(settings.report_minute)));
    if now < at || settings.told_at.is_some_and(|told| told >= today) {
        return false;
    }
    let since = settings.told_at.map(|told| today.since(told.local_midnight()));
    match settings.report {
        Report::Off => false,
        Report::Daily => true,
        Report::Weekly => local.weekday == 1 || since.is_some_and(|since| since > Span::from_days(7)),
        Report::Biweekly => {
            local.weekday == 1 && since.is_none_or(|since| since >= Span::from_days(14))
                || since.is_some_and(|since| since > Span::from_days(14))
        }
        Report::Monthly => local.day == 1 || since.is_some_and(|since| since > Span::from_days(31)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::NewSource;

    fn almaty(day: u32, hour: u32, minute: u32) -> Timestamp {
        Timestamp::from_almaty(2026, 11, day, hour, minute, 0).unwrap()
    }

    fn source(tried_at: Option<Timestamp>) -> Source {
        let wish = NewSource::category("Rims");
        Source {
            id: wish.id(),
            wish,
            paused: false,
            from_file: false,
            state: SourceState::Done,
            trouble: None,
            begun_at: None,
            next_page: 0,
            next_card: 0,
            total: None,
            tries: 0,
            holes: 0,
            tried_at,
            read_at: tried_at,
        }
    }

    const TIMES: [u32; 3] = [480, 840, 1_200];

    #[test]
    fn what_was_missed_for_days_is_read_once() {
        let now = almaty(22, 9, 0);
        assert_eq!(last_due(&TIMES, now), Some(almaty(22, 8, 0)));
        assert_eq!(last_due(&TIMES, almaty(22, 7, 59)), Some(almaty(21, 20, 0)));
        assert!(is_due(&source(Some(almaty(18, 8, 1))), &TIMES, now));
        assert!(!is_due(&source(Some(now)), &TIMES, now.plus(Span::from_hours(4))));
        assert!(is_due(&source(Some(now)), &TIMES, almaty(22, 14, 0)));
        assert!(is_due(&source(None), &TIMES, now));
    }

    #[test]
    fn a_paused_source_is_never_due_and_one_under_way_always() {
        let now = almaty(22, 9, 0);
        let paused = Source {
            paused: true,
            ..source(None)
        };
        assert!(!is_due(&paused, &TIMES, now));
        let reading = Source {
            state: SourceState::Reading,
            ..source(Some(now))
        };
        assert!(is_due(&reading, &TIMES, now));
    }

    #[test]
    fn times_are_read_as_people_type_them() {
        assert_eq!(read_times("8:00; 14.00 20"), Some(TIMES.to_vec()));
        assert_eq!(read_times("20:30, 8:30"), Some(vec![510, 1_230]));
        assert_eq!(cron(&TIMES), "0 8,14,20 * * *");
        assert_eq!(show_times(&TIMES), "08:00, 14:00, 20:00");
        let uneven = read_times("20:00, 08:00, 14:30, 8:00").unwrap();
        assert_eq!(uneven, [480, 870, 1_200]);
        assert_eq!(cron(&uneven), "0 8,20 * * * | 30 14 * * *");
        assert_eq!(show_times(&uneven), "08:00, 14:30, 20:00");
        assert_eq!(cron(&[]), "0 8 * * *");
        for wrong in ["", "25:00", "8:60", "noon", "8:00, 9:3x"] {
            assert_eq!(read_times(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn summaries_keep_their_rhythm_and_a_missed_one_is_told_once() {
        let told = |report, told_at, now| {
            let settings = Settings {
                report,
                told_at,
                ..Settings::default()
            };
            report_due(&settings, now)
        };
        // 2026-11-23 is a Monday.
        let monday = almaty(23, 9, 0);
        assert!(told(Report::Daily, Some(almaty(22, 9, 0)), monday));
        assert!(!told(Report::Daily, Some(almaty(23, 9, 0)), almaty(23, 12, 0)));
        assert!(!told(Report::Daily, None, almaty(23, 8, 59)));
        assert!(told(Report::Weekly, None, monday));
        assert!(!told(Report::Weekly, None, almaty(24, 9, 0)));
        assert!(
            told(Report::Weekly, Some(almaty(9, 9, 0)), almaty(24, 9, 0)),
            "missed on the 23rd"
        );
        assert!(!told(Report::Biweekly, Some(almaty(16, 9, 0)), monday));
        assert!(told(Report::Biweekly, Some(almaty(9, 9, 0)), monday));
        assert!(!told(Report::Monthly, Some(almaty(1, 9, 0)), monday));
        assert!(!told(Report::Off, None, monday));
    }
}
