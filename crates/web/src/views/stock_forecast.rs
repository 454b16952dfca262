//! The forecast of a product and how far the counting of all of them is. Refuses to compute.

use super::parts::sample;
use crate::foresight::{DayAhead, ForesightPlot, PastDay, plot};
use sauda_kernel::{Span, Timestamp};
use serde::Serialize;

/// How good the forecast would have been on the newest days.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct TestedRow {
    pub days: i64,
    pub inside: i64,
    pub sold: i64,
    pub told: i64,
    pub plain: i64,
}

/// A forecast as people read it.
#[derive(Debug, Clone, Serialize)]
pub struct Foresight {
    pub made_at: Timestamp,
    /// It is old and does not speak any more.
    pub is_old: bool,
    /// Families of models with their part in percent, heaviest first.
    pub models: Vec<(&'static str, i64)>,
    pub counted: i64,
    pub sold_out: i64,
    pub neighbours: Option<i64>,
    pub tested: Option<TestedRow>,
    /// Special days ahead: word, and by how many percent demand moves.
    pub special: Vec<(String, i64)>,
    /// By how many percent a promotion moves demand.
    pub promotion: Option<i64>,
    /// By how many percent standing first in the card does, and on what part of the newest week it stood there, percent.
    pub first_place: Option<(i64, i64)>,
}

/// How far the counting is.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Counting {
    pub is_going: bool,
    pub done: i64,
    pub total: i64,
    pub finished_at: Option<Timestamp>,
}

pub(super) fn counting(is_going: bool) -> Counting {
    Counting {
        is_going,
        done: if is_going { 120 } else { 418 },
        total: 418,
        finished_at: (!is_going).then_some(sample::NOW),
    }
}

pub(super) fn foresight() -> Foresight {
    Foresight {
        made_at: sample::NOW,
        is_old: false,
        models: vec![("season", 46), ("mean", 31)],
        counted: 182,
        sold_out: 6,
        neighbours: None,
        tested: Some(TestedRow {
            days: 28,
            inside: 23,
            sold: 71,
            told: 66,
            plain: 84,
        }),
        special: vec![("black-friday".to_owned(), 62)],
        promotion: Some(35),
        first_place: Some((48, 80)),
    }
}

pub(super) fn sample_plot() -> Option<ForesightPlot> {
    let at = |day: i64| sample::NOW.plus(Span::from_days(day));
    let past: Vec<PastDay> = (-60..0)
        .map(|day| PastDay {
            at: at(day),
            units: (day + 64) % 7,
            is_out: (-20..-15).contains(&day),
            is_one_off: day == -9,
        })
        .collect();
    let ahead: Vec<DayAhead> = (0..30)
        .map(|day| DayAhead {
            at: at(day),
            mean_milli: 2_400 + day % 7 * 200,
            low: 0,
            high: 6,
        })
        .collect();
    plot(&past, &ahead, &[(66, 7, "black-friday".to_owned())])
}
