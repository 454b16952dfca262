//! The demand of a question in any of its forms: a rate, past days, a forecast. Refuses two of them at once.

use super::fields::{Members, not_negative, share};
use super::note::Note;
use super::past;
use super::refusal::Refusal;
use crate::reorder::{Day, Demand, Estimate, Spread, Weighing, estimate, moments};
use serde_json::Value;

pub(super) const DEMAND: &[&str] = &["demand", "daily_demand", "demand_per_day"];
pub(super) const HISTORY: &[&str] = &["history", "sales", "sales_history", "demand_history"];
pub(super) const STEP: &[&str] = &["history_step", "step", "per", "period"];
pub(super) const MISSING: &[&str] = &["missing_days", "missing", "gaps"];
pub(super) const MEAN: &[&str] = &[
    "demand_mean",
    "mean_demand",
    "mean_daily_demand",
    "avg_daily_demand",
    "average_daily_demand",
];
pub(super) const SD: &[&str] = &[
    "demand_sd",
    "sd_demand",
    "demand_std",
    "demand_stdev",
    "sd_daily_demand",
    "std_daily_demand",
];
pub(super) const VARIANCE: &[&str] = &["demand_variance"];
pub(super) const YEARLY: &[&str] = &["annual_demand", "yearly_demand"];

const INNER_MEAN: &[&str] = &["mean", "average", "avg", "rate", "mean_per_day", "per_day"];
const INNER_SD: &[&str] = &["sd", "std", "stdev", "standard_deviation", "sd_per_day"];
const INNER_DAYS: &[&str] = &["over_days", "days"];
const SAMPLES: &[&str] = &["samples", "scenarios"];
const QUANTILES: &[&str] = &["quantiles"];

/// Demand and the days it came from, when it came from days.
pub(super) struct Asked {
    pub(super) demand: Demand,
    pub(super) past: Vec<Day>,
}

pub(super) fn demand(
    members: &Members<'_>,
    whole_days: f64,
    notes: &mut Vec<Note>,
) -> Result<Asked, Refusal> {
    let asked = read(members, whole_days, notes)?;
    let mean = match &asked.demand {
        Demand::Rate { mean, .. } => *mean,
        Demand::Estimated(estimate) => estimate.mean,
        Demand::Foreseen { spread, .. } => spread.mean(),
    };
    if mean > 1_000_000.0 {
        return Err(Refusal::new(
            "too-large",
            Some("demand"),
            format!("a demand of {mean:.0} pieces a day is beyond what is computed"),
            "check the unit: demand is counted in pieces a day",
        ));
    }
    Ok(asked)
}

fn read(members: &Members<'_>, whole_days: f64, notes: &mut Vec<Note>) -> Result<Asked, Refusal> {
    let step = step(members)?;
    let is_missing_zero = missing(members)?;
    let rate = |demand| Asked {
        demand,
        past: Vec::new(),
    };
    let history = members.get(HISTORY)?;
    let told = members.get(DEMAND)?;
    let flat_mean = members.number(MEAN)?;
    let yearly = members.number(YEARLY)?;
    let forms = [
        history.is_some(),
        told.is_some(),
        flat_mean.is_some(),
        yearly.is_some(),
    ];
    match forms.iter().filter(|is_given| **is_given).count() {
        0 => {
            return Err(Refusal::missing(
                "demand",
                "tell history (sales by day, oldest first) or demand: {\"mean\": 2.4, \"sd\": 1.9} a day",
            ));
        }
        1 => {}
        _ => {
            let names = ["history", "demand", "demand_mean", "annual_demand"];
            let mut given = names
                .iter()
                .zip(forms)
                .filter(|(_, is_given)| *is_given)
                .map(|(name, _)| *name);
            let first = given.next().unwrap_or("history");
            return Err(Refusal::both(first, given.next().unwrap_or("demand")));
        }
    }
    if let Some((path, value)) = history {
        return by_history(&path, value, step, is_missing_zero, notes);
    }
    let sd = members.number(SD)?;
    let variance = variance(members, sd, members.number(VARIANCE)?)?;
    if let Some(yearly) = yearly {
        return Ok(rate(of_rate(
            yearly,
            365.0,
            variance.map(|day| day * 365.0),
            notes,
        )));
    }
    if let Some(mean) = flat_mean {
        return Ok(rate(of_rate(mean, step_days(step), variance, notes)));
    }
    match told {
        Some((path, Value::Array(list))) => {
            by_history(&path, &Value::Array(list.clone()), step, is_missing_zero, notes)
        }
        Some((path, value @ Value::Object(_))) => {
            inner(&path, value, step, is_missing_zero, whole_days, notes)
        }
        Some((path, value)) => {
            let mean = not_negative(&path, value)?;
            Ok(rate(of_rate(mean, step_days(step), variance, notes)))
        }
        None => Err(Refusal::missing("demand", "tell history or demand")),
    }
}

/// `{"mean": …, "sd": …}`, `{"history": […]}`, `{"samples": […], "over_days": 14}`, `{"quantiles": {…}, "over_days": 14}`.
fn inner(
    path: &str,
    value: &Value,
    step: i64,
    is_missing_zero: bool,
    whole_days: f64,
    notes: &mut Vec<Note>,
) -> Result<Asked, Refusal> {
    let known: &[&[&str]] = &[
        INNER_MEAN,
        INNER_SD,
        &["variance"],
        HISTORY,
        STEP,
        MISSING,
        SAMPLES,
        QUANTILES,
        INNER_DAYS,
    ];
    let inside = Members::read(path, value, known)?;
    let step = if inside.get(STEP)?.is_some() {
        self::step(&inside)?
    } else {
        step
    };
    let is_missing_zero = if inside.get(MISSING)?.is_some() {
        missing(&inside)?
    } else {
        is_missing_zero
    };
    if let Some((path, value)) = inside.get(HISTORY)? {
        return by_history(&path, value, step, is_missing_zero, notes);
    }
    let spread = if let Some((path, value)) = inside.get(SAMPLES)? {
        Some(samples(&path, value)?)
    } else if let Some((path, value)) = inside.get(QUANTILES)? {
        Some(quantiles(&path, value)?)
    } else {
        None
    };
    if let Some(spread) = spread {
        let days = inside.number(INNER_DAYS)?.unwrap_or(whole_days);
        if days <= 0.0 {
            return Err(Refusal::missing(
                &inside.at("over_days"),
                "tell over how many days the forecast goes",
            ));
        }
        if (days - whole_days).abs() > 1e-9 {
            notes.push(
                Note::new("forecast-stretched", &inside.at("over_days"))
                    .arg("over_days", days)
                    .arg("needed_days", whole_days),
            );
        }
        return Ok(Asked {
            demand: Demand::Foreseen { days, spread },
            past: Vec::new(),
        });
    }
    let Some(mean) = inside.number(INNER_MEAN)? else {
        return Err(Refusal::missing(
            &inside.at("mean"),
            "tell the mean demand of a day, or history",
        ));
    };
    let variance = variance(&inside, inside.number(INNER_SD)?, inside.number(&["variance"])?)?;
    Ok(Asked {
        demand: of_rate(mean, step_days(step), variance, notes),
        past: Vec::new(),
    })
}

fn variance(members: &Members<'_>, sd: Option<f64>, variance: Option<f64>) -> Result<Option<f64>, Refusal> {
    match (sd, variance) {
        (Some(_), Some(_)) => Err(Refusal::both(&members.at("sd"), &members.at("variance"))),
        (Some(sd), None) => Ok(Some(sd * sd)),
        (None, variance) => Ok(variance),
    }
}

/// A mean and a variance of so many days as those of one.
fn of_rate(mean: f64, days: f64, variance: Option<f64>, notes: &mut Vec<Note>) -> Demand {
    if variance.is_none() && mean > 0.0 {
        notes.push(Note::new("deviation-assumed", "demand.sd"));
    }
    Demand::Rate {
        mean: mean / days,
        variance: variance.unwrap_or(mean) / days,
    }
}

fn step(members: &Members<'_>) -> Result<i64, Refusal> {
    match members.word(STEP)? {
        None => Ok(1),
        Some((path, word)) => match word.as_str() {
            "day" | "days" | "daily" | "1" => Ok(1),
            "week" | "weeks" | "weekly" | "7" => Ok(7),
            "month" | "months" | "monthly" | "30" => Ok(30),
            _ => Err(Refusal::wrong(&path, &Value::String(word), "day, week or month")),
        },
    }
}

fn step_days(step: i64) -> f64 {
    // A month is a twelfth of a year.
    if step == 30 {
        365.0 / 12.0
    } else {
        crate::reorder::float(step)
    }
}

fn missing(members: &Members<'_>) -> Result<bool, Refusal> {
    match members.word(MISSING)? {
        None => Ok(false),
        Some((path, word)) => match word.as_str() {
            "zero" | "0" | "zeros" | "no_sales" => Ok(true),
            "unknown" | "skip" | "none" => Ok(false),
            _ => Err(Refusal::wrong(&path, &Value::String(word), "zero or unknown")),
        },
    }
}

fn by_history(
    path: &str,
    value: &Value,
    step: i64,
    is_missing_zero: bool,
    notes: &mut Vec<Note>,
) -> Result<Asked, Refusal> {
    let past = past::read(path, value, step, is_missing_zero, notes)?;
    let known: Vec<f64> = past
        .days
        .iter()
        .filter_map(|day| match day {
            Day::Units(units) => Some(crate::reorder::float(*units)),
            Day::Unknown | Day::SoldOut(_) | Day::OneOff(_) => None,
        })
        .collect();
    let Some((mean, variance)) = moments(&known) else {
        return Err(Refusal::new(
            "too-few",
            Some(path),
            format!("{path} has {} usable days, at least 2 are needed", known.len()),
            "give more days, or demand with mean and sd by your own judgement",
        ));
    };
    if past.step_days > 1 {
        let days = step_days(past.step_days);
        let length = crate::reorder::float(i64::try_from(known.len()).unwrap_or(1));
        return Ok(Asked {
            demand: Demand::Estimated(Estimate {
                mean: mean / days,
                variance: variance / days,
                days: known.len(),
                doubt: variance / days / days / length,
                drift: 0.0,
                caution: 0.0,
            }),
            past: Vec::new(),
        });
    }
    if known.len() < 28 {
        notes.push(Note::new("short-history", path).arg("days", known.len()));
    }
    let Some(estimate) = estimate(&past.days, Weighing::LEARNED) else {
        return Err(Refusal::missing(path, "give at least 2 days"));
    };
    Ok(Asked {
        demand: Demand::Estimated(estimate),
        past: past.days,
    })
}

fn samples(path: &str, value: &Value) -> Result<Spread, Refusal> {
    let Value::Array(list) = value else {
        return Err(Refusal::wrong(path, value, "a list of totals over the days"));
    };
    let values: Result<Vec<f64>, Refusal> = list
        .iter()
        .enumerate()
        .map(|(place, one)| not_negative(&format!("{path}[{place}]"), one))
        .collect();
    let values = values?;
    if values.len() < 2 {
        return Err(Refusal::new(
            "too-few",
            Some(path),
            format!("{path} has {} totals, at least 2 are needed", values.len()),
            "give more totals, or mean and sd",
        ));
    }
    Ok(Spread::seen(&values))
}

/// `{"0.1": 5, "0.5": 12, "0.9": 25}`: points between which chances are spread evenly.
fn quantiles(path: &str, value: &Value) -> Result<Spread, Refusal> {
    let Value::Object(members) = value else {
        return Err(Refusal::wrong(
            path,
            value,
            "an object such as {\"0.5\": 12, \"0.9\": 25}",
        ));
    };
    let mut points = Vec::with_capacity(members.len());
    for (name, one) in members {
        let at = format!("{path}.{name}");
        let name = Value::String(name.trim_start_matches(['p', 'P', 'q']).to_owned());
        points.push((share(&at, &name)?, not_negative(&at, one)?));
    }
    points.sort_by(|one, other| one.0.total_cmp(&other.0));
    if points.len() < 2 {
        return Err(Refusal::wrong(path, value, "two quantiles or more"));
    }
    if let Some(pair) = points
        .windows(2)
        .find(|pair| matches!(pair, [low, high] if low.1 > high.1))
    {
        let chance = pair.first().map_or(0.0, |one| one.0);
        return Err(Refusal::new(
            "crossing-quantiles",
            Some(path),
            format!("the quantile {chance} of {path} is above the next one"),
            "larger chances need larger demands",
        ));
    }
    // A hundred equally likely demands; outside of the points the ends hold, with the last slope above.
    let values: Vec<f64> = (0..100_i64)
        .map(|at| between(&points, (crate::reorder::float(at) + 0.5) / 100.0))
        .collect();
    Ok(Spread::seen(&values))
}

fn between(points: &[(f64, f64)], chance: f64) -> f64 {
    let after = points.iter().position(|(at, _)| *at >= chance);
    let pair = match after {
        Some(0) => return points.first().map_or(0.0, |point| point.1),
        Some(place) => points.get(place - 1).zip(points.get(place)),
        None => points.get(points.len().saturating_sub(2)).zip(points.last()),
    };
    pair.map_or(0.0, |(low, high)| {
        let slope = (high.1 - low.1) / (high.0 - low.0).max(1e-9);
        low.1 + slope * (chance - low.0)
    })
}
