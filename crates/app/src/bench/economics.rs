//! The formula of a sale on one core: every part, delivery steps, taxes of each kind. Refuses to touch a disk or a wire.

use super::figures::{Figures, count, number};
use sauda_economics::{
    CommissionVat, Delivery, DeliveryService, FloorParts, Formula, Vat, Wish, delivery_steps, floor,
};
use sauda_kernel::{BasisPoints, Money, Tenge, Timestamp};
use std::{
    hint::black_box,
    time::{Duration, Instant},
};

const PART: &str = "economics";
const GOODS: i32 = 256;
const LASTS: Duration = Duration::from_secs(2);

/// Measures evaluations and floors a second.
pub fn measure(now: Timestamp, figures: &mut Figures) -> anyhow::Result<()> {
    let steps = delivery_steps(DeliveryService::City, 1_200, now)?;
    let goods: Vec<FloorParts> = (0..GOODS)
        .map(|number| FloorParts {
            purchase: Tenge(i64::from(number) * 97 + 900).money(),
            packaging: Tenge(60).money(),
            commission_bp: BasisPoints(1_090),
            commission_vat: CommissionVat::Published,
            tax_bp: BasisPoints(if number % 2 == 0 { 400 } else { 0 }),
            profit_tax_bp: BasisPoints(if number % 2 == 0 { 0 } else { 2_000 }),
            advertising_bp: BasisPoints(300),
            delivery: Delivery::Steps(steps.clone()),
            vat: (number % 4 == 3).then_some(Vat {
                rate_bp: BasisPoints(1_600),
                input: Money::from_tiyn(10_000),
                delivery_credited: true,
            }),
            wish: Wish::Profit(Tenge(500).money()),
            ..FloorParts::default()
        })
        .collect();
    let (start, mut made) = (Instant::now(), 0_usize);
    while start.elapsed() < LASTS {
        for parts in &goods {
            let formula = Formula::new(parts)?;
            for rung in 1..33 {
                black_box(formula.at(black_box(Tenge(rung * 431)))?);
                made += 1;
            }
        }
    }
    let each = count(made) / start.elapsed().as_secs_f64();
    figures.at_least(
        PART,
        "evaluations a second on one core, every part",
        each,
        2_000_000.0,
        "",
    );
    let (start, mut made) = (Instant::now(), 0_usize);
    while start.elapsed() < LASTS {
        for parts in &goods {
            black_box(floor(black_box(parts))?);
            made += 1;
        }
    }
    let each = count(made) / start.elapsed().as_secs_f64();
    figures.note(
        PART,
        "exact floors a second over all delivery steps",
        number(each),
    );
    Ok(())
}
