//! Reads the public sets and cuts them into lessons and examinations, product by product. Refuses to learn from the half that is
//! measured.

use sauda_forecast::Frequency;
use sauda_forecast::learned::Kind;
use sauda_forecast::prepare::History;
use std::collections::BTreeMap;
use std::path::Path;

pub struct Lesson {
    pub before: Vec<f64>,
    pub after: Vec<f64>,
    pub frequency: Frequency,
    pub weight: f64,
    /// Errors of large numbers count singly, those of counts squared.
    pub singly: bool,
}

pub struct Exam {
    pub name: &'static str,
    pub frequency: Frequency,
    pub lag: usize,
    pub series: Vec<(Vec<f64>, Vec<f64>)>,
}

/// FNV-1a of the id: the same half as in `bench/forecast_splits.py`.
pub fn is_learned_from(id: &str) -> bool {
    let mut value = 0xCBF2_9CE4_8422_2325_u64;
    for byte in id.bytes() {
        value = (value ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    }
    (value >> 20) & 1 == 0
}

type Rows = Vec<(String, Vec<f64>)>;

fn rows(
    folder: &Path,
    file: &str,
    read: impl Fn(&BTreeMap<String, String>) -> Option<(String, Vec<f64>)>,
) -> Rows {
    let mut reader = csv::Reader::from_path(folder.join(file)).unwrap();
    let names = reader.headers().unwrap().clone();
    let mut found = Vec::new();
    for record in reader.records() {
        let record = record.unwrap();
        let row = names
            .iter()
            .zip(&record)
            .map(|(name, cell)| (name.to_owned(), cell.to_owned()))
            .collect();
        found.extend(read(&row));
    }
    found
}

fn numbers(text: &str) -> Option<Vec<f64>> {
    text.split_whitespace().map(|word| word.parse().ok()).collect()
}

pub struct Sets {
    weekly: Rows,
    daily: Rows,
    parts: Rows,
    m3: Vec<(String, Vec<f64>, Vec<f64>)>,
}

pub fn read(folder: &Path) -> Sets {
    let mut weekly: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    rows(folder, "grocery_weekly_dev.csv", |row| {
        Some((
            format!("{} {}", row["product_id"], row["week"]),
            vec![row["units"].parse().ok()?],
        ))
    })
    .into_iter()
    .for_each(|(key, units)| {
        let (id, week) = key.split_once(' ').unwrap();
        weekly.entry(id.to_owned()).or_insert_with(|| vec![0.0; 53])[week.parse::<usize>().unwrap() - 1] +=
            units[0];
    });
    let daily = rows(folder, "grocery_daily_dev.csv", |row| {
        Some((row["product_id"].clone(), numbers(&row["units_by_day"])?))
    });
    let parts = rows(folder, "carparts_monthly_dev.csv", |row| {
        Some((row["part"].clone(), numbers(&row["units_by_month"])?))
    });
    let m3 = rows(folder, "m3_monthly_dev.csv", |row| {
        let (mut train, test) = (numbers(&row["train"])?, numbers(&row["test"])?);
        train.extend(test);
        Some((row["series"].clone(), train))
    });
    let m3 = m3.into_iter().map(|(id, mut all)| {
        let test = all.split_off(all.len() - 18);
        (id, all, test)
    });
    Sets {
        weekly: weekly.into_iter().collect(),
        daily,
        parts,
        m3: m3.collect(),
    }
}

fn cut(values: &[f64], from: usize, origin: usize, horizon: usize) -> Option<(Vec<f64>, Vec<f64>)> {
    let after = values.get(origin..origin + horizon)?;
    Some((values.get(from..origin)?.to_vec(), after.to_vec()))
}

/// Sums over parts of the rows: what fast movers look like.
fn sums(rows: &Rows, parts: usize) -> Vec<Vec<f64>> {
    let mut found: Vec<Vec<f64>> = Vec::new();
    for (place, (_, values)) in rows.iter().filter(|(id, _)| is_learned_from(id)).enumerate() {
        match found.get_mut(place % parts) {
            Some(sum) => sum.iter_mut().zip(values).for_each(|(sum, value)| *sum += value),
            None => found.push(values.clone()),
        }
    }
    found
}

/// Weeks of orange juice in cartons, by store and brand, where every week was counted.
fn juice(folder: &Path) -> Vec<Vec<f64>> {
    let mut found: BTreeMap<String, BTreeMap<usize, f64>> = BTreeMap::new();
    rows(folder, "orange_juice_dev.csv", |row| {
        let key = format!("{} {}", row["store"], row["brand"]);
        let units: f64 = row["units"].parse().ok()?;
        found_insert(&key, row["week"].parse().ok()?, units / 64.0)
    })
    .into_iter()
    .for_each(|(key, pair)| {
        found.entry(key).or_default().insert(pair[0] as usize, pair[1]);
    });
    found
        .into_iter()
        .filter(|(id, _)| is_learned_from(id))
        .map(|(_, weeks)| weeks.into_values().collect())
        .collect()
}

fn found_insert(key: &str, week: usize, units: f64) -> Option<(String, Vec<f64>)> {
    Some((key.to_owned(), vec![week as f64, units]))
}

struct Lessons {
    kind: Kind,
    found: Vec<Lesson>,
}

impl Lessons {
    fn add(&mut self, values: &[f64], places: &[(usize, usize, usize)], weight: f64, singly: bool) {
        let frequency = match self.kind {
            Kind::Daily => Frequency::Daily,
            Kind::Weekly => Frequency::Weekly,
            Kind::Monthly | Kind::Seldom => Frequency::Monthly,
        };
        for (from, origin, horizon) in places {
            if let Some((before, after)) = cut(values, *from, *origin, *horizon)
                && before.iter().sum::<f64>() > 0.0
                && Kind::of(&History {
                    values: &before,
                    seen: &[],
                    frequency,
                }) == self.kind
            {
                let weight = weight / after.len() as f64;
                self.found.push(Lesson {
                    before,
                    after,
                    frequency,
                    weight,
                    singly,
                });
            }
        }
    }
}

pub fn lessons(folder: &Path, kind: Kind) -> Vec<Lesson> {
    let sets = read(folder);
    let mut lessons = Lessons {
        kind,
        found: Vec::new(),
    };
    match kind {
        Kind::Daily => {
            let places = [
                (0, 309, 28),
                (0, 281, 28),
                (0, 240, 28),
                (0, 170, 28),
                (0, 120, 28),
                (0, 247, 90),
                (0, 200, 90),
                (220, 300, 28),
                (200, 235, 14),
                (100, 130, 14),
            ];
            for (_, values) in sets.daily.iter().filter(|(id, _)| is_learned_from(id)) {
                lessons.add(values, &places, 1.0, false);
            }
            for values in sums(&sets.daily, 60).iter().chain(&sums(&sets.daily, 9)) {
                lessons.add(values, &places, 1.0, false);
            }
        }
        Kind::Weekly => {
            let places = [
                (0, 37, 8),
                (0, 33, 8),
                (0, 29, 8),
                (0, 25, 8),
                (0, 32, 13),
                (0, 41, 4),
                (0, 20, 13),
                (18, 34, 8),
            ];
            for (_, values) in sets.weekly.iter().filter(|(id, _)| is_learned_from(id)) {
                lessons.add(values, &places, 1.0, false);
            }
            for values in sums(&sets.weekly, 90).iter().chain(&sums(&sets.weekly, 12)) {
                lessons.add(values, &places, 1.0, false);
            }
            for values in &juice(folder) {
                let n = values.len();
                lessons.add(
                    values,
                    &[(0, 45, 8), (0, n - 8, 8), (40, n - 20, 13), (60, n - 14, 8)],
                    0.7,
                    false,
                );
            }
        }
        Kind::Monthly | Kind::Seldom => {
            for (_, values) in sets.parts.iter().filter(|(id, _)| is_learned_from(id)) {
                lessons.add(
                    values,
                    &[(0, 39, 6), (0, 33, 6), (0, 27, 12), (0, 33, 12), (15, 35, 6)],
                    0.5,
                    false,
                );
            }
            for (_, before, after) in sets.m3.iter().filter(|(id, ..)| is_learned_from(id)) {
                let mut all = before.clone();
                all.extend(after);
                let n = before.len();
                let mut places = vec![(0, n, 18)];
                places.extend(
                    [9, 18, 27]
                        .iter()
                        .filter(|back| n - **back >= 36)
                        .map(|back| (0, n - back, 18)),
                );
                places.push((n - 30, n, 12));
                lessons.add(&all, &places, 1.0, true);
            }
        }
    }
    lessons.found
}

pub fn exams(folder: &Path, learned: bool) -> Vec<Exam> {
    let sets = read(folder);
    let of = |rows: &Rows, horizon: usize| -> Vec<(Vec<f64>, Vec<f64>)> {
        let kept = rows.iter().filter(|(id, _)| is_learned_from(id) == learned);
        kept.filter_map(|(_, values)| cut(values, 0, values.len() - horizon, horizon))
            .collect()
    };
    let m3 = sets.m3.iter().filter(|(id, ..)| is_learned_from(id) == learned);
    vec![
        Exam {
            name: "weekly",
            frequency: Frequency::Weekly,
            lag: 1,
            series: of(&sets.weekly, 8),
        },
        Exam {
            name: "daily",
            frequency: Frequency::Daily,
            lag: 1,
            series: of(&sets.daily, 28),
        },
        Exam {
            name: "daily90",
            frequency: Frequency::Daily,
            lag: 1,
            series: of(&sets.daily, 90),
        },
        Exam {
            name: "carparts",
            frequency: Frequency::Monthly,
            lag: 1,
            series: of(&sets.parts, 6),
        },
        Exam {
            name: "m3",
            frequency: Frequency::Monthly,
            lag: 12,
            series: m3
                .map(|(_, before, after)| (before.clone(), after.clone()))
                .collect(),
        },
    ]
}
