//! Measures over five parts by buyer: who is measured was not learned from. Refuses to hide the plain ways of doing it, which
//! are measured beside.

use crate::rows::{Row, mix};
use crate::score::{calibration, distance, line, real};
use crate::sums::classes;
use crate::teach::{by_item, seen, teach};
use sauda_sizes::learned::{ItemFacts, Model, Outlook, Params, Past};
use std::collections::HashMap;

const PARTS: u64 = 5;
type Told = Vec<([f64; 3], usize)>;

/// Everything told about the measured rows.
#[derive(Default)]
struct Book {
    prior: Told,
    item_share: Told,
    table: Told,
    new_buyer: Told,
    known_buyer: Told,
    known_only: Told,
    known_only_without: Told,
    new_item: Told,
    new_both: Told,
    few: Told,
    named: Told,
    seen_bands: Vec<(f64, f64, usize)>,
    chosen: HashMap<&'static str, [f64; 3]>,
}

pub fn measure(rows: &[Row]) {
    let mut book = Book::default();
    for part in 0..PARTS {
        let (held, rest): (Vec<&Row>, Vec<&Row>) =
            rows.iter().partition(|row| mix(row.user, 1) % PARTS == part);
        let params = teach(&rest);
        one_part(&mut book, &params, &held, &rest);
    }
    print(&book);
}

fn one_part(book: &mut Book, params: &Params, held: &[&Row], rest: &[&Row]) {
    let model = Model::new(params);
    let places = by_item(rest);
    let items: HashMap<u64, ItemFacts> = places
        .iter()
        .map(|(item, places)| {
            let all: Vec<_> = places.iter().map(|place| seen(&model, rest[*place])).collect();
            (*item, ItemFacts::of(&all))
        })
        .collect();
    let few: HashMap<u64, ItemFacts> = places
        .iter()
        .map(|(item, places)| {
            let some: Vec<_> = places
                .iter()
                .take(5)
                .map(|place| seen(&model, rest[*place]))
                .collect();
            (*item, ItemFacts::of(&some))
        })
        .collect();
    let mut users: HashMap<u64, Vec<&Row>> = HashMap::new();
    for row in held {
        users.entry(row.user).or_default().push(row);
    }
    let table = Table::of(rest, &model);
    let prior = [0, 1, 2].map(|class| share(rest, |row| row.class == class));
    let none = ItemFacts::default();
    for row in held {
        let item = items.get(&row.item).unwrap_or(&none);
        let past = past(&model, row, &users[&row.user]);
        let tell = |item: &ItemFacts, past: &Past| {
            let outlook = Outlook {
                body: &row.body,
                piece: row.piece,
                asked: model.asked(&row.body),
                item,
                past,
                taken: Some(row.size),
            };
            (
                model.chances_taken(&outlook, row.size).expect("a known size"),
                row.class,
            )
        };
        book.prior.push((prior, row.class));
        let small = (item.small + 10.0 * prior[0]) / (item.count + 10.0);
        let large = (item.large + 10.0 * prior[2]) / (item.count + 10.0);
        book.item_share
            .push(([small, 1.0 - small - large, large], row.class));
        book.table.push((table.chances(row, &model), row.class));
        let plain = tell(item, &Past::NONE);
        book.new_buyer.push(plain);
        book.known_buyer.push(tell(item, &past));
        if past.count() > 0.0 {
            book.known_only.push(tell(item, &past));
            book.known_only_without.push(plain);
        }
        if mix(row.item, 4).is_multiple_of(10) {
            book.new_item.push(tell(&none, &past));
            book.new_both.push(tell(&none, &Past::NONE));
        }
        book.few
            .push(tell(few.get(&row.item).unwrap_or(&none), &Past::NONE));
        book.seen_bands.push((
            row.body.height_cm.unwrap_or(0.0),
            row.body.weight_kg.unwrap_or(0.0),
            item_band(item),
        ));
        if let Some(chances) = named(&model, row, item, &past) {
            book.named.push((chances, row.class));
        }
        if row.class == 1 && item.count >= 5.0 {
            choose(book, &model, &table, row, item, &past);
        }
    }
}

/// Chances of the size we name, where it is the one that was taken.
fn named(model: &Model<'_>, row: &Row, item: &ItemFacts, past: &Past) -> Option<[f64; 3]> {
    let outlook = Outlook {
        body: &row.body,
        piece: row.piece,
        asked: model.asked(&row.body),
        item,
        past,
        taken: None,
    };
    let sitting = model.sitting(&outlook);
    let scored = item.rungs().iter().filter_map(|rung| {
        let chances = model.chances(&sitting, rung.size)?;
        Some((rung.size, chances, model.suits(&outlook, rung.size, chances)))
    });
    let best = scored.max_by(|left, right| left.2.total_cmp(&right.2))?;
    (best.0 == row.size).then_some(best.1)
}

fn item_band(item: &ItemFacts) -> usize {
    [1.0, 4.0, 16.0, 64.0]
        .iter()
        .filter(|from| item.count >= **from)
        .count()
}

fn share(rows: &[&Row], keep: impl Fn(&Row) -> bool) -> f64 {
    real(rows.iter().filter(|row| keep(row)).count()) / real(rows.len())
}

/// What the buyer wore in earlier months, other pieces only.
fn past(model: &Model<'_>, row: &Row, own: &[&Row]) -> Past {
    let mut past = Past::default();
    for other in own {
        if other.item != row.item && other.month < row.month {
            past.add(seen(model, other).over, other.class);
        }
    }
    past
}

/// The nearest size of a table of heights and weights, made of what the learned rows wore when it fitted.
struct Table {
    cells: HashMap<(i32, i32), f64>,
    weights: [[f64; 4]; 2],
}

impl Table {
    fn of(rows: &[&Row], model: &Model<'_>) -> Self {
        let mut sums: HashMap<(i32, i32), (f64, f64)> = HashMap::new();
        for row in rows.iter().filter(|row| row.class == 1) {
            for key in keys(row) {
                let cell = sums.entry(key).or_default();
                cell.0 += model.place(row.size).expect("a known size");
                cell.1 += 1.0;
            }
        }
        let cells = sums
            .into_iter()
            .filter(|(_, (_, count))| *count >= 5.0)
            .map(|(key, (sum, count))| (key, sum / count))
            .collect();
        let mut table = Self {
            cells,
            weights: [[0.0; 4]; 2],
        };
        let numbers: Vec<[f64; 4]> = rows.iter().map(|row| table.numbers(row, model)).collect();
        let told: Vec<usize> = rows.iter().map(|row| row.class).collect();
        table.weights = classes::<4, 8>(&numbers, &told);
        table
    }

    fn place(&self, row: &Row) -> f64 {
        keys(row)
            .iter()
            .find_map(|key| self.cells.get(key))
            .copied()
            .unwrap_or(0.0)
    }

    fn numbers(&self, row: &Row, model: &Model<'_>) -> [f64; 4] {
        let over = model.place(row.size).expect("a known size") - self.place(row);
        [1.0, over, over * over, over.max(0.0).powi(2)]
    }

    fn chances(&self, row: &Row, model: &Model<'_>) -> [f64; 3] {
        use sauda_sizes::learned::{features::dot, solve::chances};
        let numbers = self.numbers(row, model);
        chances(dot(&self.weights[0], &numbers), dot(&self.weights[1], &numbers))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::as_conversions,
    reason = "whole cells of a table"
)]
fn keys(row: &Row) -> [(i32, i32); 3] {
    let height = row.body.height_cm.unwrap_or(166.0);
    let cell = |value: f64, step: f64| (value / step).floor() as i32;
    match row.body.weight_kg {
        Some(kg) => [
            (cell(height, 5.0), cell(kg, 4.0)),
            (-1, cell(kg, 4.0)),
            (cell(height, 5.0), -1),
        ],
        None => [(cell(height, 5.0), -1), (-1, -1), (-1, -1)],
    }
}

fn choose(book: &mut Book, model: &Model<'_>, table: &Table, row: &Row, item: &ItemFacts, past: &Past) {
    let mut ladder: Vec<usize> = item.rungs().iter().map(|rung| rung.size).collect();
    if !ladder.contains(&row.size) {
        ladder.push(row.size);
        ladder.sort_unstable();
    }
    let worn = |size: usize| {
        item.rungs()
            .iter()
            .find(|rung| rung.size == size)
            .map_or(0.0, |rung| rung.count)
    };
    let place = |size: usize| model.place(size).expect("a known size");
    let asked = model.asked(&row.body);
    let suits = |size: usize, past: &Past| {
        let outlook = Outlook {
            body: &row.body,
            piece: row.piece,
            asked,
            item,
            past,
            taken: None,
        };
        let chances = model
            .chances(&model.sitting(&outlook), size)
            .expect("a known size");
        model.suits(&outlook, size, chances)
    };
    let mut note = |name: &'static str, score: &dyn Fn(usize) -> f64| {
        let best = (0..ladder.len())
            .max_by(|left, right| score(ladder[*left]).total_cmp(&score(ladder[*right])))
            .expect("a size");
        let truth = ladder
            .iter()
            .position(|size| *size == row.size)
            .expect("its size");
        let line = book.chosen.entry(name).or_default();
        line[0] += 1.0;
        line[1] += f64::from(u8::from(best == truth));
        line[2] += f64::from(u8::from(best.abs_diff(truth) <= 1));
    };
    note("1 the size most worn in this piece", &worn);
    note("2 nearest size of a height and weight table", &|size| {
        -(place(size) - table.place(row)).abs()
    });
    note("3 ours, new buyer", &|size| suits(size, &Past::NONE));
    note(
        "4 ours, earlier outcomes of the buyer where there are any",
        &|size| suits(size, past),
    );
    if past.count() > 0.0 {
        note("5 of these: buyers with earlier outcomes", &|size| {
            suits(size, past)
        });
        note("6 of these: table", &|size| {
            -(place(size) - table.place(row)).abs()
        });
    }
}

fn print(book: &Book) {
    println!(
        "\n| way | rows | AUC small | AUC fit | AUC large | macro AUC | log loss |\n| --- | --- | --- | --- | --- | --- | --- |"
    );
    line("shares of the classes", &book.prior);
    line("nearest size of a height and weight table", &book.table);
    line("shares of the piece", &book.item_share);
    line("ours, new buyer", &book.new_buyer);
    line("ours, with the buyer's earlier outcomes", &book.known_buyer);
    line("of these: buyers with earlier outcomes", &book.known_only);
    line("the same buyers, as if new", &book.known_only_without);
    line("new piece (no outcomes)", &book.new_item);
    line("new piece, new buyer", &book.new_both);
    line("five outcomes of the piece", &book.few);
    line("where the size we name is the one taken", &book.named);
    for (band, name) in ["0", "1 to 3", "4 to 15", "16 to 63", "64 and more"]
        .iter()
        .enumerate()
    {
        let some: Told = pick(book, |one| one.2 == band);
        line(&format!("outcomes of the piece: {name}"), &some);
    }
    println!(
        "\n| band | rows | small told | small happened | large told | large happened |\n| --- | --- | --- | --- | --- | --- |"
    );
    for (from, to) in [
        (0.0, 155.0),
        (155.0, 160.0),
        (160.0, 165.0),
        (165.0, 170.0),
        (170.0, 175.0),
        (175.0, 180.0),
        (180.0, 230.0),
    ] {
        calibration(
            &format!("height {from} to {to}"),
            &pick(book, |one| one.0 >= from && one.0 < to),
        );
    }
    for (from, to) in [
        (0.0, 1.0),
        (1.0, 50.0),
        (50.0, 55.0),
        (55.0, 60.0),
        (60.0, 65.0),
        (65.0, 70.0),
        (70.0, 80.0),
        (80.0, 95.0),
        (95.0, 250.0),
    ] {
        calibration(
            &format!("weight {from} to {to}"),
            &pick(book, |one| one.1 >= from && one.1 < to),
        );
    }
    calibration("where the size we name is the one taken", &book.named);
    println!(
        "\nmean distance of ten groups: small {:.4}, large {:.4}",
        distance(&book.new_buyer, 0),
        distance(&book.new_buyer, 2)
    );
    println!("\n| way | rows | exact | within one step |\n| --- | --- | --- | --- |");
    let mut lines: Vec<_> = book.chosen.iter().collect();
    lines.sort_unstable_by_key(|(name, _)| **name);
    for (name, [rows, exact, near]) in lines {
        println!("| {name} | {rows} | {:.3} | {:.3} |", exact / rows, near / rows);
    }
}

fn pick(book: &Book, keep: impl Fn(&(f64, f64, usize)) -> bool) -> Told {
    book.seen_bands
        .iter()
        .zip(&book.new_buyer)
        .filter(|(band, _)| keep(band))
        .map(|(_, told)| *told)
        .collect()
}
