//! When a schedule is due, in words. Refuses to show a pattern of signs where words can say it.

use crate::views::parts::Told;

/// The line of text of a schedule's timing as words.
pub(super) fn timing(text: &str) -> Told {
    let (rhythm, hours) = text
        .split_once(" within ")
        .map_or((text, None), |(rhythm, hours)| (rhythm, Some(hours)));
    let seconds = rhythm
        .strip_prefix("every ")
        .and_then(|rest| rest.strip_suffix('s'))
        .and_then(|digits| digits.parse::<i64>().ok());
    if let Some(seconds) = seconds {
        return every(seconds, hours);
    }
    let pattern = rhythm.strip_prefix("cron ").unwrap_or(rhythm);
    at_times(pattern).unwrap_or_else(|| Told::new("cron").arg("cron", pattern))
}

fn every(seconds: i64, hours: Option<&str>) -> Told {
    let minutes = (seconds / 60).max(1);
    let span = hours.and_then(|hours| hours.split_whitespace().next()?.split_once('-'));
    match span {
        Some((from, to)) => Told::new("every-hours")
            .arg("minutes", minutes)
            .arg("from", from)
            .arg("to", to),
        None if seconds < 60 => Told::new("every-seconds").arg("n", seconds),
        None if seconds % 3_600 == 0 => Told::new("hourly").arg("n", seconds / 3_600),
        None => Told::new("every").arg("minutes", minutes),
    }
}

/// Five parts of a cron pattern: minute, hours, day of the month, month, days of the week. None for what no sentence here says.
fn at_times(pattern: &str) -> Option<Told> {
    if pattern.contains('|') {
        return each_day(pattern);
    }
    let parts: Vec<&str> = pattern.split_whitespace().collect();
    let [minute, hours, day, "*", weekdays] = parts.as_slice() else {
        return None;
    };
    let any_day = *day == "*" && *weekdays == "*";
    if let Some(step) = minute.strip_prefix("*/") {
        let step: i64 = step.parse().ok().filter(|step| (1..=59).contains(step))?;
        return (*hours == "*" && any_day).then(|| Told::new("every").arg("minutes", step));
    }
    let minute: u32 = minute.parse().ok().filter(|minute| *minute < 60)?;
    if *hours == "*" {
        return (any_day).then(|| Told::new("each-hour").arg("minute", format!("{minute:02}")));
    }
    let times: Vec<String> = numbers(hours, 0..=23)?
        .iter()
        .map(|hour| format!("{hour}:{minute:02}"))
        .collect();
    let all = times.join(", ");
    match (*day, *weekdays) {
        ("*", "*") => Some(daily(&times)),
        ("*", weekdays) => {
            // Sunday is 0 or 7.
            let mut days: Vec<u32> = numbers(weekdays, 0..=7)?
                .iter()
                .map(|day| if *day == 0 { 7 } else { *day })
                .collect();
            days.sort_unstable();
            days.dedup();
            match days.as_slice() {
                [one] => Some(Told::new("weekly").arg("weekday", i64::from(*one)).arg("at", all)),
                [1, 2, 3, 4, 5] => Some(Told::new("workdays").arg("at", all)),
                [6, 7] => Some(Told::new("weekends").arg("at", all)),
                _ => None,
            }
        }
        (day, "*") => {
            let day: i64 = day.parse().ok().filter(|day| (1..=31).contains(day))?;
            Some(Told::new("monthly").arg("day", day).arg("at", all))
        }
        _ => None,
    }
}

/// Several patterns that each say times of every day: all their times, in order.
fn each_day(patterns: &str) -> Option<Told> {
    let mut times: Vec<(u32, u32)> = Vec::new();
    for pattern in patterns.split('|') {
        let parts: Vec<&str> = pattern.split_whitespace().collect();
        let [minute, hours, "*", "*", "*"] = parts.as_slice() else {
            return None;
        };
        let minute: u32 = minute.parse().ok().filter(|minute| *minute < 60)?;
        times.extend(numbers(hours, 0..=23)?.iter().map(|hour| (*hour, minute)));
    }
    times.sort_unstable();
    let shown: Vec<String> = times
        .iter()
        .map(|(hour, minute)| format!("{hour}:{minute:02}"))
        .collect();
    Some(daily(&shown))
}

fn daily(times: &[String]) -> Told {
    match times.split_last() {
        Some((last, before)) if !before.is_empty() => Told::new("daily-many")
            .arg("times", before.join(", "))
            .arg("last", last.clone()),
        _ => Told::new("daily").arg("at", times.join(", ")),
    }
}

/// `8,14,20` or `1-5`, in order; none when a part is no number of the range.
fn numbers(text: &str, range: std::ops::RangeInclusive<u32>) -> Option<Vec<u32>> {
    let mut found = Vec::new();
    for part in text.split(',') {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let (from, to): (u32, u32) = (from.parse().ok()?, to.parse().ok()?);
        if from > to || !range.contains(&from) || !range.contains(&to) {
            return None;
        }
        found.extend(from..=to);
    }
    found.sort_unstable();
    found.dedup();
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timings_are_told_in_words() {
        let daily = |at: &str| Told::new("daily").arg("at", at);
        for (text, said) in [
            ("every 3600s", Told::new("hourly").arg("n", 1)),
            ("every 300s", Told::new("every").arg("minutes", 5)),
            ("every 20s", Told::new("every-seconds").arg("n", 20)),
            (
                "every 900s within 08:00-23:00 mon,tue",
                Told::new("every-hours")
                    .arg("minutes", 15)
                    .arg("from", "08:00")
                    .arg("to", "23:00"),
            ),
            ("cron 30 4 * * *", daily("4:30")),
            (
                "cron 0 8,14,20 * * *",
                Told::new("daily-many")
                    .arg("times", "8:00, 14:00")
                    .arg("last", "20:00"),
            ),
            (
                "cron 20 10,16 * * *",
                Told::new("daily-many").arg("times", "10:20").arg("last", "16:20"),
            ),
            (
                "cron 0 8,20 * * * | 30 14 * * *",
                Told::new("daily-many")
                    .arg("times", "8:00, 14:30")
                    .arg("last", "20:00"),
            ),
            ("cron */15 * * * *", Told::new("every").arg("minutes", 15)),
            ("cron 5 * * * *", Told::new("each-hour").arg("minute", "05")),
            (
                "cron 0 9 * * 1",
                Told::new("weekly").arg("weekday", 1).arg("at", "9:00"),
            ),
            (
                "cron 0 9 * * 0",
                Told::new("weekly").arg("weekday", 7).arg("at", "9:00"),
            ),
            ("cron 0 9 * * 1-5", Told::new("workdays").arg("at", "9:00")),
            ("cron 0 9 * * 6,0", Told::new("weekends").arg("at", "9:00")),
            (
                "cron 0 9 1 * *",
                Told::new("monthly").arg("day", 1).arg("at", "9:00"),
            ),
        ] {
            assert_eq!(timing(text), said, "{text}");
        }
    }

    #[test]
    fn what_no_sentence_says_is_shown_as_it_is_written() {
        for pattern in [
            "0 9 * 3 *",
            "0 9 1 * 1",
            "0 99 * * *",
            "0 9 * * 1,3",
            "x",
            "0 9-8 * * *",
            "0 8 * * * | 0 9 * * 1",
        ] {
            assert_eq!(
                timing(&format!("cron {pattern}")),
                Told::new("cron").arg("cron", pattern)
            );
        }
    }
}
