//! Where the size lies that a buyer asks for, from every source that speaks: girths, height and weight, usual sizes, what was
//! worn. Refuses to answer when none does.

use crate::buyer::{Buyer, Fit};
use crate::chart::Chart;
use crate::size::{Gender, Scale, System, band_cm, bra_place, spot};
use crate::tables::adult::{Girths, MEN, WOMEN};
use crate::tables::{grid, kids, shoes};

/// Which part of the body a piece covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Area {
    Top,
    Bottom,
    #[default]
    Whole,
}

/// Where an answer comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    BrandTable,
    BodyTable,
    HeightWeight,
    UsualSize,
    UserHistory,
    Foot,
    ChildHeight,
    ChildAge,
    Waist,
    UnderBust,
    Bust,
}

/// What all sources say together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Demand {
    pub place: f64,
    /// Standard deviation, in steps.
    pub doubt: f64,
    /// The sources that weigh most, heaviest first.
    pub sources: [Option<Source>; 2],
}

#[derive(Debug, Clone, Copy)]
struct Voice {
    place: f64,
    doubt: f64,
    source: Source,
}

/// Collected voices; eight are enough for anybody.
#[derive(Debug, Default)]
struct Voices {
    all: Vec<Voice>,
}

impl Voices {
    fn add(&mut self, place: Option<f64>, doubt: f64, source: Source) {
        if let Some(place) = place.filter(|place| place.is_finite()) {
            self.all.push(Voice { place, doubt, source });
        }
    }

    fn demand(&self) -> Option<Demand> {
        let weigh = |voice: &Voice| 1.0 / voice.doubt.powi(2);
        let sum: f64 = self.all.iter().map(weigh).sum();
        if sum <= 0.0 {
            return None;
        }
        let place = self
            .all
            .iter()
            .map(|voice| weigh(voice) * voice.place)
            .sum::<f64>()
            / sum;
        let apart = self
            .all
            .iter()
            .map(|voice| weigh(voice) * (voice.place - place).powi(2))
            .sum::<f64>()
            / sum;
        let mut sources = [None; 2];
        let mut heaviest: Vec<(Source, f64)> = Vec::new();
        for voice in &self.all {
            match heaviest.iter_mut().find(|(source, _)| *source == voice.source) {
                Some((_, weight)) => *weight += weigh(voice),
                None => heaviest.push((voice.source, weigh(voice))),
            }
        }
        heaviest.sort_by(|left, right| right.1.total_cmp(&left.1));
        for (slot, (source, weight)) in sources.iter_mut().zip(heaviest) {
            if weight >= 0.15 * sum {
                *slot = Some(source);
            }
        }
        // Voices that agree are not as independent as they look: doubt never falls below two thirds of the surest.
        let surest = self
            .all
            .iter()
            .map(|voice| voice.doubt)
            .fold(f64::INFINITY, f64::min);
        let doubt = (1.0 / sum + apart).sqrt().max(0.67 * surest);
        Some(Demand {
            place,
            doubt,
            sources,
        })
    }
}

/// What a buyer asks for on a scale; none when nothing is known that speaks of it.
#[must_use]
pub fn demand(
    buyer: &Buyer,
    scale: Scale,
    system: System,
    gender: Option<Gender>,
    area: Area,
) -> Option<Demand> {
    let mut voices = Voices::default();
    match scale {
        Scale::Women => adult(&mut voices, buyer, &WOMEN, area),
        Scale::Men => adult(&mut voices, buyer, &MEN, area),
        Scale::Kids => child(&mut voices, buyer),
        Scale::Shoes => {
            // Between two numbers rather the larger.
            let next = 0.3;
            voices.add(
                buyer.foot_cm.and_then(shoes::number_of).map(|place| place + next),
                0.35,
                Source::Foot,
            );
        }
        Scale::Jeans => jeans(&mut voices, buyer, gender, area),
        Scale::Bra => bra(&mut voices, buyer),
        Scale::Dress | Scale::Chart => return None,
    }
    habits(&mut voices, buyer, scale, system, gender);
    voices.demand()
}

/// What a buyer asks for in the lines of a table.
#[must_use]
pub fn in_chart(buyer: &Buyer, chart: &Chart, gender: Option<Gender>, area: Area) -> Option<Demand> {
    let mut voices = Voices::default();
    let [chest, waist, hips] = weights(area);
    let measured = [
        (0, chest_of(buyer).map(|(cm, _)| cm), chest),
        (1, buyer.under_bust_cm, 0.5),
        (2, buyer.waist_cm, waist),
        (3, buyer.hips_cm, hips),
        (5, buyer.body.weight_kg, 0.7),
        (4, buyer.body.height_cm, 1.0),
        (6, buyer.foot_cm, 0.35),
    ];
    for (measure, value, doubt) in measured {
        let place = value.and_then(|value| chart.place(measure, value));
        voices.add(place, doubt, Source::BrandTable);
    }
    if !voices.all.iter().any(|voice| voice.doubt < 1.0) {
        // No measure of the table is known: a usual body of this height and weight is laid against it.
        let (scale, girths) = match gender {
            Some(Gender::Men) => (Scale::Men, &MEN),
            Some(Gender::Kids) => return voices.demand(),
            _ => (Scale::Women, &WOMEN),
        };
        let usual = demand(buyer, scale, System::Int, gender, area)?;
        let tables = [
            (0, Some(girths.chest), chest),
            (2, Some(girths.waist), waist),
            (3, girths.hips, hips),
        ];
        for (measure, girths, doubt) in tables {
            let cm = girths.and_then(|girths| crate::tables::value(girths, usual.place));
            let place = cm.and_then(|cm| chart.place(measure, cm));
            let source = usual.sources[0].unwrap_or(Source::HeightWeight);
            voices.add(place, doubt + usual.doubt, source);
        }
    }
    voices.demand()
}

/// How doubtful chest, waist and hips are for a piece of this part of the body.
fn weights(area: Area) -> [f64; 3] {
    match area {
        Area::Top => [0.45, 0.9, 1.2],
        Area::Bottom => [1.3, 0.5, 0.5],
        Area::Whole => [0.5, 0.7, 0.7],
    }
}

/// Chest, measured or by the brassiere, and how doubtful that is.
fn chest_of(buyer: &Buyer) -> Option<(f64, f64)> {
    if let Some(cm) = buyer.chest_cm {
        return Some((cm, 0.0));
    }
    let band = band_cm(buyer.body.bust_num?);
    let cup = buyer.body.cup.map_or(16.0, |cup| 11.0 + 2.0 * cup);
    Some((band + cup, 0.6))
}

fn adult(voices: &mut Voices, buyer: &Buyer, girths: &Girths, area: Area) {
    let [chest, waist, hips] = weights(area);
    if let Some((cm, doubt)) = chest_of(buyer) {
        let source = if doubt > 0.0 {
            Source::Bust
        } else {
            Source::BodyTable
        };
        voices.add(girths.by_chest(cm), chest + doubt, source);
    }
    voices.add(
        buyer.waist_cm.and_then(|cm| girths.by_waist(cm)),
        waist,
        Source::BodyTable,
    );
    voices.add(
        buyer.hips_cm.and_then(|cm| girths.by_hips(cm)),
        hips,
        Source::BodyTable,
    );
    let women = girths.hips.is_some();
    let letter = buyer
        .body
        .weight_kg
        .and_then(|kg| grid::letter_of(women, buyer.body.height_cm, kg));
    let place = letter.map(|letter| if women { 0.25 + 1.5 * letter } else { letter + 1.0 });
    let measured = voices.all.iter().any(|voice| voice.source == Source::BodyTable);
    let doubt = match (measured, buyer.body.height_cm) {
        (true, _) => 2.0,
        (false, Some(_)) => 0.95,
        (false, None) => 1.3,
    };
    voices.add(place, doubt, Source::HeightWeight);
}

fn child(voices: &mut Voices, buyer: &Buyer) {
    // Between two sizes the larger is taken: the demand lies a little above the body.
    let next = 0.4;
    let room = if buyer.growth { 1.0 } else { 0.0 };
    let by_height = buyer.body.height_cm.map(kids::place_of_height);
    voices.add(
        by_height.map(|place| place + next + room),
        0.4,
        Source::ChildHeight,
    );
    if by_height.is_none() {
        let by_age = buyer
            .body
            .age
            .and_then(|years| kids::place_of_months(years * 12.0));
        voices.add(by_age.map(|place| place + room), 0.9, Source::ChildAge);
        let by_weight = buyer.body.weight_kg.and_then(by_weight);
        voices.add(by_weight.map(|place| place + room), 1.1, Source::HeightWeight);
    } else if let (Some(height), Some(kg)) = (by_height, buyer.body.weight_kg)
        && let Some(weight) = by_weight(kg).filter(|weight| *weight > height + 1.5)
    {
        voices.add(Some(weight.min(height + 4.0) + room), 1.1, Source::HeightWeight);
    }
}

fn by_weight(kg: f64) -> Option<f64> {
    let at = kids::WEIGHT_TO.partition_point(|most| *most < kg);
    (at < kids::WEIGHT_TO.len()).then(|| crate::tables::real(at))
}

fn jeans(voices: &mut Voices, buyer: &Buyer, gender: Option<Gender>, area: Area) {
    voices.add(buyer.waist_cm.map(|cm| cm / 2.54), 0.5, Source::Waist);
    if buyer.waist_cm.is_some() {
        return;
    }
    let (scale, girths) = match gender {
        Some(Gender::Men) => (Scale::Men, &MEN),
        _ => (Scale::Women, &WOMEN),
    };
    if let Some(usual) = demand(buyer, scale, System::Int, gender, area) {
        let waist = crate::tables::value(girths.waist, usual.place).map(|cm| cm / 2.54);
        let source = usual.sources[0].unwrap_or(Source::HeightWeight);
        voices.add(waist, 0.6 + 1.4 * usual.doubt, source);
    }
}

fn bra(voices: &mut Voices, buyer: &Buyer) {
    if let (Some(under), Some(chest)) = (buyer.under_bust_cm, buyer.chest_cm) {
        let (band, cup) = bra_of(under, chest);
        voices.add(Some(bra_place(band, cup)), 0.4, Source::UnderBust);
    } else if let (Some(inches), Some(cup)) = (buyer.body.bust_num, buyer.body.cup) {
        voices.add(
            Some(bra_place(band_cm(inches), cup_steps(cup))),
            0.5,
            Source::UsualSize,
        );
    }
}

/// Places of the learned list of cups (aa, a, b, c, d, dd, e, …) as steps from A.
#[must_use]
pub fn cup_steps(place: f64) -> f64 {
    if place >= 6.0 { place - 2.0 } else { place - 1.0 }
}

/// Band and cup steps from A: the band is the girth under the bust to the nearest 5, a cup is every 2 cm from 13.
#[must_use]
pub fn bra_of(under_cm: f64, chest_cm: f64) -> (f64, f64) {
    let band = (under_cm / 5.0).round() * 5.0;
    (band, ((chest_cm - band - 13.0) / 2.0).round().clamp(-1.0, 6.0))
}

/// Usual sizes and what was worn, where they can be placed on this scale.
fn habits(voices: &mut Voices, buyer: &Buyer, scale: Scale, system: System, gender: Option<Gender>) {
    for usual in &buyer.usual {
        let own = usual
            .system
            .or_else(|| crate::advise::guess(&usual.size, gender))
            .unwrap_or(system);
        if own.scale(gender) == scale || scale == Scale::Shoes {
            let own = if scale == Scale::Shoes { system } else { own };
            let found = spot(own, scale, gender, &usual.size);
            voices.add(
                found.map(|found| found.place),
                0.6 + 0.1 * found.map_or(0.0, |found| found.step),
                Source::UsualSize,
            );
        }
    }
    for worn in &buyer.history {
        let gender = worn.gender.or(gender);
        let own = worn
            .system
            .or_else(|| crate::advise::guess(&worn.size, gender))
            .unwrap_or(system);
        if own.scale(gender) != scale {
            continue;
        }
        let Some(found) = spot(own, scale, gender, &worn.size) else {
            continue;
        };
        let missed = match worn.fit {
            Fit::Small => found.step,
            Fit::Fit => 0.0,
            Fit::Large => -found.step,
        };
        voices.add(Some(found.place + missed), 0.9, Source::UserHistory);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bra_follows_the_rule_of_the_facts() {
        assert_eq!(bra_of(74.0, 90.0), (75.0, 1.0));
        assert_eq!(bra_of(71.0, 83.0), (70.0, 0.0));
        assert_eq!(bra_of(80.0, 99.0), (80.0, 3.0));
    }

    #[test]
    fn agreeing_voices_are_surer_and_quarrelling_ones_less() {
        let mut buyer = Buyer {
            chest_cm: Some(92.0),
            ..Buyer::default()
        };
        let told = |buyer: &Buyer| {
            demand(buyer, Scale::Women, System::Ru, Some(Gender::Women), Area::Whole).unwrap()
        };
        let one = told(&buyer);
        assert!((one.place - 3.0).abs() < 1e-9);
        (buyer.waist_cm, buyer.hips_cm) = (Some(74.0), Some(98.0));
        assert!(told(&buyer).doubt < one.doubt);
        buyer.hips_cm = Some(118.0);
        assert!(told(&buyer).doubt > one.doubt);
    }
}
