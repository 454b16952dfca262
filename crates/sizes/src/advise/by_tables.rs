//! Advice by tables: of a brand or piece, else of bodies, shifted by outcomes and by what the seller says. Refuses bodies far
//! outside of the tables.

use super::Advisor;
use super::answer::{Advice, NoData, Problem, SizeChance, Verdict, Way};
use super::question::{Garment, Question};
use super::reason::{Reason, of_source, outcomes as outcomes_reason};
use crate::chart::Chart;
use crate::demand::{Area, Demand, Source, bra_of, demand, in_chart};
use crate::outcomes::Lean;
use crate::shape::{Signal, chances};
use crate::size::{Gender, Scale, Spot, System, bra, plain, spot};
use crate::words::{in_title, meaning};
use std::borrow::Cow;

const LETTERS: [&str; 9] = ["XS", "S", "M", "L", "XL", "XXL", "3XL", "4XL", "5XL"];
/// A size with a smaller chance to fit is not named.
const LEAST_FIT: f64 = 0.2;

/// A size on offer.
struct Offered {
    label: String,
    spot: Spot,
    chances: [f64; 3],
}

/// A piece and all that speaks of its sizes.
struct Case<'a> {
    question: &'a Question,
    demand: Demand,
    way: Way,
    lean: Cow<'a, Lean>,
    /// How many steps smaller than written, by what the seller and the words of the title say.
    written: f64,
    doubt: f64,
}

pub(super) fn by_chart(
    advisor: &Advisor<'_>,
    question: &Question,
    chart: &Chart,
    gender: Option<Gender>,
) -> Result<Advice, Problem> {
    let labels: Vec<(String, Spot)> = {
        let garment = &question.garment;
        let known = || {
            chart
                .lines
                .iter()
                .map(|line| line.size.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        };
        let one = |label: &str, field| match chart.line_of(label) {
            Some(at) => Ok((
                label.to_owned(),
                Spot {
                    place: crate::tables::real(at),
                    step: 1.0,
                },
            )),
            None => Err(Problem::NotInTable {
                field,
                value: label.to_owned(),
                known: known(),
            }),
        };
        let mut labels = Vec::new();
        for label in once_each(garment) {
            labels.push(one(label, "garment.sizes")?);
        }
        if let Some(label) = &garment.size {
            let found = one(label, "garment.size")?;
            if labels.is_empty() {
                for line in &chart.lines {
                    labels.push(one(&line.size, "garment.table")?);
                }
            }
            if !labels.iter().any(|(known, _)| known == label) {
                labels.push(found);
            }
        } else if labels.is_empty() {
            for line in &chart.lines {
                labels.push(one(&line.size, "garment.table")?);
            }
        }
        labels
    };
    if question.buyer.is_blank() {
        return Ok(Advice::nothing(NoData::NoBody));
    }
    let Some(demand) = in_chart(&question.buyer, chart, gender, area(question)) else {
        return Ok(Advice::nothing(NoData::TooLittle));
    };
    let last = crate::tables::real(chart.lines.len()) - 1.0;
    let case = case(advisor, question, demand, Way::BrandTable);
    Ok(finish(&case, labels, (-1.0, last + 1.0), None))
}

pub(super) fn advise(
    advisor: &Advisor<'_>,
    question: &Question,
    system: System,
    scale: Scale,
    gender: Option<Gender>,
) -> Result<Advice, Problem> {
    let labels = labels(question, system, scale, gender)?;
    if question.buyer.is_blank() {
        return Ok(Advice::nothing(NoData::NoBody));
    }
    let Some(mut demand) = demand(&question.buyer, scale, system, gender, area(question)) else {
        return Ok(Advice::nothing(NoData::TooLittle));
    };
    let assumed = gender.is_none()
        && matches!(scale, Scale::Women | Scale::Jeans)
        && !matches!(
            demand.sources[0],
            Some(Source::UsualSize | Source::UserHistory | Source::Waist)
        );
    if assumed {
        demand.doubt += 0.6;
    }
    let ends = match scale {
        Scale::Women => (-1.6, 13.6),
        Scale::Men => (-1.6, 10.6),
        Scale::Kids => (-1.0, 23.0),
        Scale::Shoes => (18.8, 47.9),
        Scale::Jeans => (21.0, 52.0),
        Scale::Bra | Scale::Chart | Scale::Dress => (f64::NEG_INFINITY, f64::INFINITY),
    };
    let case = case(advisor, question, demand, Way::BodyTables);
    let exact = (scale == Scale::Bra).then(|| exact_bra(question)).flatten();
    let mut advice = finish(&case, labels, ends, exact.as_deref());
    if assumed && matches!(advice.verdict, Verdict::Take { .. }) {
        advice.reasons.truncate(2);
        advice.reasons.push(Reason::new("gender-assumed"));
    }
    Ok(advice)
}

fn case<'a>(advisor: &Advisor<'a>, question: &'a Question, demand: Demand, way: Way) -> Case<'a> {
    let garment = &question.garment;
    let mut lean = advisor.outcomes.lean(
        garment.item.as_deref(),
        garment.brand.as_deref(),
        garment.category.as_deref(),
    );
    for sold in &garment.sold {
        let signal = Signal {
            over: 0.0,
            step: 1.0,
            doubt: 1.0,
            class: sold.fit.class(),
        };
        for _ in 0..sold.count.min(1_000) {
            lean.to_mut().add(&sold.size, signal);
        }
    }
    if !garment.sold.is_empty() {
        lean.to_mut().settle(0.0);
    }
    let mut written = garment.runs_small;
    for word in garment.title.as_deref().into_iter().flat_map(in_title) {
        written += match word {
            "small" => 0.6,
            "large" => -0.6,
            _ => -0.4,
        };
    }
    if garment.chinese {
        written += 1.0;
    }
    let doubt = if written == 0.0 {
        demand.doubt
    } else {
        demand.doubt + 0.3
    };
    Case {
        question,
        demand,
        way,
        lean,
        written: written.clamp(-2.0, 2.0),
        doubt,
    }
}

/// Sizes of a piece without those that are another one in other letters; the spelling that is asked about stays.
fn once_each(garment: &Garment) -> Vec<&String> {
    let mut once: Vec<&String> = Vec::with_capacity(garment.sizes.len());
    for label in &garment.sizes {
        let folded = plain(label);
        match once.iter_mut().find(|known| plain(known.as_str()) == folded) {
            None => once.push(label),
            Some(known) if garment.size.as_ref() == Some(label) => *known = label,
            Some(_) => {}
        }
    }
    once
}

/// The sizes among which one is named, each with its place.
fn labels(
    question: &Question,
    system: System,
    scale: Scale,
    gender: Option<Gender>,
) -> Result<Vec<(String, Spot)>, Problem> {
    let garment = &question.garment;
    let one = |label: &str, field| match spot(system, scale, gender, label) {
        Some(spot) => Ok((label.to_owned(), spot)),
        None => Err(Problem::UnknownSize {
            field,
            value: label.to_owned(),
            system: system.word(),
        }),
    };
    let mut labels = Vec::with_capacity(16);
    for label in once_each(garment) {
        labels.push(one(label, "garment.sizes")?);
    }
    if labels.is_empty() {
        for label in usual_ladder(system, scale) {
            labels.push(one(&label, "garment.system")?);
        }
    }
    if let Some(label) = &garment.size {
        let found = one(label, "garment.size")?;
        let same = |spot: Spot| (spot.place - found.1.place).abs() < 1e-9 && scale != Scale::Bra;
        match labels
            .iter_mut()
            .find(|(known, spot)| known == label || (garment.sizes.is_empty() && same(*spot)))
        {
            Some(known) => *known = found,
            None if garment.sizes.is_empty() => labels.push(found),
            None => labels.push(found),
        }
    }
    Ok(labels)
}

/// All sizes of a system, when the piece does not say which it has.
fn usual_ladder(system: System, scale: Scale) -> Vec<String> {
    let steps =
        |from: u32, to: u32, by: usize| (from..=to).step_by(by).map(|size| size.to_string()).collect();
    match (scale, system) {
        (Scale::Women | Scale::Men, System::Int) => LETTERS.map(str::to_owned).to_vec(),
        (Scale::Women, System::Eu) => steps(34, 58, 2),
        (Scale::Women, _) => steps(40, 64, 2),
        (Scale::Men, _) => steps(44, 62, 2),
        (Scale::Kids, System::Ru) => [18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38]
            .map(|size: u32| size.to_string())
            .to_vec(),
        (Scale::Kids, System::Age) => (1..=13).map(|age: u32| format!("{age}Y")).collect(),
        (Scale::Kids, _) => steps(50, 188, 6),
        (Scale::Shoes, System::ShoesUs) => Vec::new(),
        (Scale::Shoes, _) => steps(20, 47, 1),
        (Scale::Jeans, _) => (22..=50).map(|waist: u32| format!("W{waist}")).collect(),
        (Scale::Bra, _) => bras(),
        (Scale::Dress | Scale::Chart, _) => Vec::new(),
    }
}

fn bras() -> Vec<String> {
    let mut all = Vec::new();
    for band in (65..=105).step_by(5) {
        for cup in ["A", "B", "C", "D", "E", "F"] {
            all.push(format!("{band}{cup}"));
        }
    }
    all
}

/// The very band and cup the girths ask for, as a label of ours.
fn exact_bra(question: &Question) -> Option<String> {
    let buyer = &question.buyer;
    let (band, cup) = match (buyer.under_bust_cm, buyer.chest_cm) {
        (Some(under), Some(chest)) => bra_of(under, chest),
        _ => (
            crate::size::band_cm(buyer.body.bust_num?),
            crate::demand::cup_steps(buyer.body.cup?),
        ),
    };
    let letters = ["AA", "A", "B", "C", "D", "E", "F", "G"];
    let letter = letters
        .iter()
        .enumerate()
        .find(|(at, _)| (crate::tables::real(*at) - 1.0 - cup).abs() < 0.5)
        .map(|(_, letter)| *letter)?;
    Some(format!("{band}{letter}"))
}

fn area(question: &Question) -> Area {
    let garment = &question.garment;
    let words = garment.category.iter().chain(&garment.title);
    let found = words
        .flat_map(|text| text.split([' ', ',', '/']).chain(std::iter::once(text.as_str())))
        .find_map(|word| meaning("area", word));
    match (found, garment.kind) {
        (Some("top"), _) => Area::Top,
        (Some("bottom"), _) | (None, Some(System::Jeans)) => Area::Bottom,
        _ => Area::Whole,
    }
}

fn finish(case: &Case<'_>, labels: Vec<(String, Spot)>, ends: (f64, f64), exact: Option<&str>) -> Advice {
    let garment = &case.question.garment;
    let offered: Vec<Offered> = labels
        .into_iter()
        .map(|(label, spot)| {
            let shift = case.lean.shift_of(&label) + case.written * spot.step;
            let chances = chances(spot.place - case.demand.place - shift, spot.step, case.doubt);
            Offered { label, spot, chances }
        })
        .collect();
    let fit = |one: &Offered| one.chances.get(1).copied().unwrap_or(0.0);
    let mut order: Vec<&Offered> = offered
        .iter()
        .filter(|one| garment.sizes.is_empty() || garment.sizes.contains(&one.label))
        .collect();
    order.sort_by(|left, right| {
        let exactly = |one: &Offered| exact.is_some_and(|exact| bra(exact) == bra(&one.label.to_uppercase()));
        exactly(right)
            .cmp(&exactly(left))
            .then(fit(right).total_cmp(&fit(left)))
            .then(left.spot.place.total_cmp(&right.spot.place))
    });
    let best = order.first();
    let outside = !(ends.0..=ends.1).contains(&case.demand.place);
    let verdict = match best {
        _ if outside => Verdict::NoData(NoData::OutsideTables),
        Some(best) if fit(best) >= LEAST_FIT => Verdict::Take {
            size: best.label.clone(),
            confidence: fit(best),
        },
        _ => Verdict::NoData(NoData::NoSizeSuits),
    };
    let shown = garment.size.as_ref().or(best.map(|best| &best.label));
    let asked = shown
        .and_then(|label| offered.iter().find(|one| one.label == *label))
        .map(chance);
    let taken = matches!(verdict, Verdict::Take { .. });
    let reasons = with_between(reasons(case), order.as_slice(), taken && exact.is_none());
    let sizes = garment
        .sizes
        .iter()
        .filter_map(|label| offered.iter().find(|one| one.label == *label))
        .map(chance);
    let sizes = if outside { Vec::new() } else { sizes.collect() };
    let asked = asked.filter(|_| !outside);
    Advice {
        verdict,
        way: Some(case.way),
        asked,
        sizes,
        reasons,
    }
}

/// Adds that two sizes are nearly as good, where there is room for it.
fn with_between(mut reasons: Vec<Reason>, order: &[&Offered], told: bool) -> Vec<Reason> {
    let fit = |one: &Offered| one.chances.get(1).copied().unwrap_or(0.0);
    if let [first, second, ..] = order
        && told
        && reasons.len() < 3
        && fit(first) - fit(second) < 0.06
    {
        let reason = Reason::new("between-sizes");
        reasons.push(reason.word("first", &first.label).word("second", &second.label));
    }
    reasons
}

fn chance(one: &Offered) -> SizeChance {
    SizeChance {
        size: one.label.clone(),
        chances: one.chances,
    }
}

fn reasons(case: &Case<'_>) -> Vec<Reason> {
    let garment = &case.question.garment;
    let mut reasons = Vec::with_capacity(4);
    let mut sources = case.demand.sources.iter().flatten();
    if let Some(source) = sources.next() {
        reasons.push(of_source(*source, &case.question.buyer));
    }
    if let Some((small, large, count, shift)) = case.lean.told() {
        let code = match shift {
            shift if shift > 0.25 => "outcomes-small",
            shift if shift < -0.25 => "outcomes-large",
            _ => "outcomes-fit",
        };
        if count >= 3.0 || code != "outcomes-fit" {
            reasons.push(outcomes_reason(small, large, count, code));
        }
    }
    if garment.chinese || case.written > 0.0 {
        let reason = Reason::new("runs-small").number("steps", Some(case.written));
        reasons.push(reason);
    } else if case.written < 0.0 {
        reasons.push(Reason::new("runs-large").number("steps", Some(-case.written)));
    }
    if case.question.buyer.growth
        && matches!(
            case.demand.sources[0],
            Some(Source::ChildHeight | Source::ChildAge)
        )
    {
        reasons.push(Reason::new("growth"));
    }
    if let Some(source) = sources.next() {
        reasons.push(of_source(*source, &case.question.buyer));
    }
    reasons.truncate(3);
    reasons
}
