//! Scores forecasts of the products that nothing was learned from. Refuses to compare with others: `bench/` does.

use crate::sets::exams;
use sauda_forecast::forecast::forecast;
use sauda_forecast::prepare::History;
use std::path::Path;
use std::time::Instant;

const QUANTILES: [f64; 4] = [0.5, 0.8, 0.9, 0.95];

#[derive(Default)]
struct Sums {
    mase: f64,
    rmsse: f64,
    mase_median: f64,
    absolute: f64,
    absolute_median: f64,
    came: f64,
    told: f64,
    pinball: [f64; 4],
    covered: [f64; 4],
    inside: f64,
    steps: f64,
    series: f64,
}

pub fn measure(folder: &Path, learned: bool) {
    println!(
        "set        MASE   RMSSE  WAPE   | median MASE WAPE | bias  | pinball .5 .8 .9 .95 by mean | covered .8 .9 .95, 90% band | a second"
    );
    for exam in exams(folder, learned) {
        let mut sums = Sums::default();
        let begun = Instant::now();
        let told: Vec<_> = exam
            .series
            .iter()
            .map(|(before, after)| {
                let history = History {
                    values: before,
                    seen: &[],
                    frequency: exam.frequency,
                };
                let told = forecast(&history, after.len());
                let rows: Vec<[f64; 6]> = (0..after.len())
                    .map(|step| {
                        let at = |quantile| told.quantile(step, quantile);
                        [
                            told.steps[step].mean,
                            at(0.5),
                            at(0.8),
                            at(0.9),
                            at(0.95),
                            at(0.05),
                        ]
                    })
                    .collect();
                rows
            })
            .collect();
        let seconds = begun.elapsed().as_secs_f64();
        for ((before, after), rows) in exam.series.iter().zip(&told) {
            let apart: Vec<f64> = before
                .windows(exam.lag + 1)
                .map(|part| part[exam.lag] - part[0])
                .collect();
            let single = apart.iter().map(|value| value.abs()).sum::<f64>() / apart.len() as f64;
            let square = (apart.iter().map(|value| value * value).sum::<f64>() / apart.len() as f64).sqrt();
            let n = after.len() as f64;
            let (mut mean, mut median, mut squares) = (0.0, 0.0, 0.0);
            for (came, row) in after.iter().zip(rows) {
                mean += (came - row[0]).abs();
                median += (came - row[1]).abs();
                squares += (came - row[0]).powi(2);
                sums.came += came;
                sums.told += row[0];
                for (place, quantile) in QUANTILES.iter().enumerate() {
                    let off = came - row[place + 1];
                    sums.pinball[place] += if off > 0.0 {
                        quantile * off
                    } else {
                        (quantile - 1.0) * off
                    };
                    sums.covered[place] += f64::from(u8::from(*came <= row[place + 1]));
                }
                sums.inside += f64::from(u8::from(*came <= row[4] && *came >= row[5]));
                sums.steps += 1.0;
            }
            sums.absolute += mean;
            sums.absolute_median += median;
            if single > 0.0 {
                sums.mase += mean / n / single;
                sums.mase_median += median / n / single;
                sums.rmsse += (squares / n).sqrt() / square;
                sums.series += 1.0;
            }
        }
        let s = &sums;
        let pinball: Vec<String> = s
            .pinball
            .iter()
            .map(|sum| format!("{:.4}", sum / s.came))
            .collect();
        let covered: Vec<String> = s
            .covered
            .iter()
            .skip(1)
            .map(|sum| format!("{:.3}", sum / s.steps))
            .collect();
        println!(
            "{:9} {:.4} {:.4} {:.4} | {:.4} {:.4} | {:+.3} | {} | {} {:.3} | {:.0}",
            exam.name,
            s.mase / s.series,
            s.rmsse / s.series,
            s.absolute / s.came,
            s.mase_median / s.series,
            s.absolute_median / s.came,
            s.told / s.came - 1.0,
            pinball.join(" "),
            covered.join(" "),
            s.inside / s.steps,
            exam.series.len() as f64 / seconds
        );
    }
}
