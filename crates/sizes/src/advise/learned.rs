//! Advice on the learned scale of women's clothes. Refuses other scales; usual sizes of theirs are carried over.

use super::answer::{Advice, NoData, Problem, SizeChance, Verdict, Way};
use super::question::{Question, Sold};
use super::reason::{Reason, height_weight, of_source, outcomes as outcomes_reason};
use super::{Advisor, guess};
use crate::buyer::Buyer;
use crate::demand::{Area, Source, demand};
use crate::learned::{Body, ItemFacts, Model, Outlook, Past, Seen};
use crate::size::{Gender, Scale, System, dress, spot};
use crate::tables::grid;

/// What nobody's outcomes say.
static UNKNOWN: ItemFacts = ItemFacts::EMPTY;

/// Each size with its chances and how well it suits as the one to take.
type Scored = Vec<(usize, [f64; 3], f64)>;

pub(super) fn advise(advisor: &Advisor<'_>, question: &Question, system: System) -> Result<Advice, Problem> {
    let model = &advisor.model;
    let garment = &question.garment;
    let taken = garment
        .size
        .as_deref()
        .map(|label| read(system, label, "garment.size"))
        .transpose()?;
    let told = item_of(advisor, question, system)?;
    let item = told
        .as_ref()
        .or_else(|| {
            garment
                .item
                .as_deref()
                .and_then(|item| advisor.outcomes.item(item))
        })
        .unwrap_or(&UNKNOWN);
    let body = filled(&question.buyer);
    let usual = usual_place(model, &question.buyer);
    let known = body.height_cm.or(body.weight_kg).or(body.bust_num).is_some();
    let asked = if known {
        model.asked(&body)
    } else {
        usual
            .or_else(|| taken.and_then(|size| model.place(size)))
            .unwrap_or(0.0)
    };
    let past = past(advisor, question, asked, usual);
    let outlook = Outlook {
        body: &body,
        piece: garment.piece,
        asked,
        item,
        past: &past,
        taken,
    };
    let ladder = ladder(model, question, system, item)?;
    Ok(told_of(model, question, system, &outlook, &ladder))
}

fn told_of(
    model: &Model<'_>,
    question: &Question,
    system: System,
    outlook: &Outlook<'_>,
    ladder: &[usize],
) -> Advice {
    let sitting = model.sitting(outlook);
    let scored: Scored = ladder
        .iter()
        .filter_map(|size| {
            let chances = model.chances(&sitting, *size)?;
            Some((*size, chances, model.suits(outlook, *size, chances)))
        })
        .collect();
    let body = outlook.body;
    let known = body.height_cm.or(body.weight_kg).or(body.bust_num).is_some();
    // Height alone leads to no size.
    let speaks = body.weight_kg.or(body.bust_num).is_some() || outlook.past.count() > 0.0;
    let best = scored
        .iter()
        .max_by(|left, right| left.2.total_cmp(&right.2))
        .filter(|_| speaks);
    let label = |size: usize| label_of(question, system, size);
    let verdict = match best {
        None if known => Verdict::NoData(NoData::TooLittle),
        None => Verdict::NoData(NoData::NoBody),
        Some((size, [_, fit, _], _)) if too_far(model, outlook, *size) || *fit < 0.1 => {
            Verdict::NoData(NoData::NoSizeSuits)
        }
        Some((size, [_, fit, _], _)) => Verdict::Take {
            size: label(*size),
            confidence: *fit,
        },
    };
    let shown = outlook.taken.or_else(|| best.map(|(size, ..)| *size));
    let told = known || speaks || outlook.item.count > 0.0;
    let asked = shown.filter(|_| told).and_then(|size| {
        Some(SizeChance {
            size: label(size),
            chances: model.chances(&sitting, size)?,
        })
    });
    let sizes = question.garment.sizes.iter().filter(|_| told).filter_map(|text| {
        let size = dress(system, text)?;
        let (_, chances, _) = scored.iter().find(|(one, ..)| *one == size)?;
        Some(SizeChance {
            size: text.clone(),
            chances: *chances,
        })
    });
    Advice {
        verdict,
        way: Some(Way::Learned),
        asked,
        sizes: sizes.collect(),
        reasons: reasons(question, outlook, &scored, shown, &label, known),
    }
}

fn read(system: System, label: &str, field: &'static str) -> Result<usize, Problem> {
    dress(system, label).ok_or_else(|| Problem::UnknownSize {
        field,
        value: label.to_owned(),
        system: system.word(),
    })
}

/// The label as it was given, else the size's own number.
fn label_of(question: &Question, system: System, size: usize) -> String {
    let garment = &question.garment;
    let given = garment
        .sizes
        .iter()
        .chain(&garment.size)
        .find(|label| dress(system, label) == Some(size));
    match (given, system) {
        (Some(label), _) => label.clone(),
        (None, System::Us) if size == 1 => "0".to_owned(),
        (None, System::Us) => (size / 2).to_string(),
        (None, _) => size.to_string(),
    }
}

/// The sizes among which one is named: those offered, else those worn, else the common ones; always the one asked about.
fn ladder(
    model: &Model<'_>,
    question: &Question,
    system: System,
    item: &ItemFacts,
) -> Result<Vec<usize>, Problem> {
    let garment = &question.garment;
    let mut ladder = Vec::with_capacity(24);
    for label in &garment.sizes {
        ladder.push(read(system, label, "garment.sizes")?);
    }
    if ladder.is_empty() {
        if item.rungs().len() >= 3 {
            ladder.extend(item.rungs().iter().map(|rung| rung.size));
        } else {
            ladder.extend(model.common());
        }
        if let Some(label) = &garment.size {
            let size = read(system, label, "garment.size")?;
            if !ladder.contains(&size) {
                ladder.push(size);
            }
        }
    }
    Ok(ladder)
}

fn too_far(model: &Model<'_>, outlook: &Outlook<'_>, size: usize) -> bool {
    let place = model.place(size).unwrap_or(0.0);
    (place - outlook.asked - outlook.past.shift() - outlook.item.shift()).abs() > 1.1
}

/// The body with what girths say of it, where height or weight is not known.
fn filled(buyer: &Buyer) -> Body {
    let mut body = buyer.body;
    if body.weight_kg.is_none()
        && (buyer.chest_cm.is_some() || buyer.waist_cm.is_some() || buyer.hips_cm.is_some())
    {
        let girths = Buyer {
            body: Body {
                weight_kg: None,
                bust_num: None,
                ..body
            },
            usual: Vec::new(),
            history: Vec::new(),
            ..buyer.clone()
        };
        let told = demand(
            &girths,
            Scale::Women,
            System::Ru,
            Some(Gender::Women),
            Area::Whole,
        );
        body.weight_kg = told
            .and_then(|told| grid::woman_of((told.place - 0.25) / 1.5))
            .map(|(_, kg)| kg);
    }
    body
}

/// Where a usual size lies on the learned scale: its own number, or the usual body of a Russian or letter size.
fn usual_place(model: &Model<'_>, buyer: &Buyer) -> Option<f64> {
    let usual = buyer.usual.first()?;
    let system = usual.system.or_else(|| guess(&usual.size, Some(Gender::Women)))?;
    if system.scale(Some(Gender::Women)) == Scale::Dress {
        return model.place(dress(system, &usual.size)?);
    }
    let found = spot(system, Scale::Women, Some(Gender::Women), &usual.size)?;
    let (height, weight) = grid::woman_of((found.place - 0.25) / 1.5)?;
    Some(model.asked(&Body {
        height_cm: Some(height),
        weight_kg: Some(weight),
        ..Body::default()
    }))
}

/// What the buyer wore: told with the question, known from the shop's outcomes, and the usual size.
fn past(advisor: &Advisor<'_>, question: &Question, asked: f64, usual: Option<f64>) -> Past {
    let mut past = Past::default();
    let item = question.garment.item.as_deref();
    for worn in &question.buyer.history {
        if worn.item.is_some() && worn.item.as_deref() == item {
            continue;
        }
        let system = worn.system.unwrap_or(System::Dress);
        let place = if system.scale(Some(Gender::Women)) == Scale::Dress {
            dress(system, &worn.size).and_then(|size| advisor.model.place(size))
        } else {
            None
        };
        if let Some(place) = place {
            past.add((place - asked).clamp(-1.5, 1.5), worn.fit.class());
        }
    }
    // What the question tells of the past may be the same pieces that the outcomes know.
    if let Some(user) = question
        .user
        .as_deref()
        .filter(|_| question.buyer.history.is_empty())
    {
        for (other, over, class) in advisor.outcomes.user(user) {
            if item != Some(other.as_str()) {
                past.add(*over, *class);
            }
        }
    }
    if let Some(usual) = usual {
        past.add((usual - asked).clamp(-1.5, 1.5), 1);
    }
    past
}

/// The outcomes told with the piece, weighed; none when none were.
fn item_of(advisor: &Advisor<'_>, question: &Question, system: System) -> Result<Option<ItemFacts>, Problem> {
    let garment = &question.garment;
    if garment.sold.is_empty() {
        return Ok(None);
    }
    let mut seen: Vec<Seen> = Vec::new();
    for Sold {
        size,
        fit,
        buyer,
        count,
    } in &garment.sold
    {
        let size = read(system, size, "garment.outcomes.size")?;
        let one = advisor
            .model
            .seen(&filled(buyer), garment.piece, size, fit.class());
        for _ in 0..*count {
            seen.extend(one);
        }
    }
    Ok(Some(ItemFacts::of(&seen)))
}

fn reasons(
    question: &Question,
    outlook: &Outlook<'_>,
    scored: &[(usize, [f64; 3], f64)],
    shown: Option<usize>,
    label: &impl Fn(usize) -> String,
    known: bool,
) -> Vec<Reason> {
    let mut reasons = Vec::with_capacity(3);
    let item = outlook.item;
    if item.count >= 3.0 {
        let lean = (item.small - item.large) / item.count;
        let code = match lean {
            lean if lean > 0.1 => "outcomes-small",
            lean if lean < -0.1 => "outcomes-large",
            _ => "outcomes-fit",
        };
        reasons.push(outcomes_reason(item.small, item.large, item.count, code));
    }
    if known {
        let buyer = &question.buyer;
        let measured = buyer.chest_cm.or(buyer.waist_cm).or(buyer.hips_cm).is_some();
        reasons.push(match (buyer.body.weight_kg, measured) {
            (None, true) => of_source(Source::BodyTable, buyer),
            (None, false) if buyer.body.bust_num.is_some() => of_source(Source::Bust, buyer),
            _ => height_weight(buyer),
        });
    }
    match question.buyer.usual.first() {
        Some(usual) => reasons.push(Reason::new("usual-size").word("size", &usual.size)),
        None if outlook.past.count() > 0.0 => {
            reasons.push(Reason::new("user-history").number("count", Some(outlook.past.count())));
        }
        None => {}
    }
    if shown.is_some() && reasons.len() < 3 {
        let mut order: Vec<_> = scored.iter().collect();
        order.sort_by(|left, right| right.2.total_cmp(&left.2));
        if let [first, second, ..] = order.as_slice()
            && first.2 - second.2 < 0.4
        {
            let reason = Reason::new("between-sizes");
            reasons.push(
                reason
                    .word("first", &label(first.0))
                    .word("second", &label(second.0)),
            );
        }
    }
    reasons.truncate(3);
    reasons
}
