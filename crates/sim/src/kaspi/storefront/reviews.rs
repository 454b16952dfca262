//! Reviews of cards and of sellers, drawn anew from the seed at each question. Refuses to name real people.

use crate::{
    kaspi::{storefront::listing::shop_link, wire::json},
    numbers::{real, whole},
    random::Stream,
    sim::Sim,
    world::cards::CardInfo,
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use sauda_kernel::{Clock, Span, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Question {
    filter: Option<String>,
    sort: Option<String>,
    limit: Option<u32>,
    page: Option<u32>,
    with_agg: Option<bool>,
}

const AUTHORS: [&str; 12] = [
    "Асель",
    "Ержан",
    "Марина",
    "Динара",
    "Тимур",
    "Ольга",
    "Нурлан",
    "Светлана",
    "Айгерим",
    "Денис",
    "Жанна",
    "Руслан",
];
const GOOD: [&str; 8] = [
    "Отличный товар, пришел вовремя.",
    "Все соответствует описанию.",
    "Беру второй раз, рекомендую.",
    "Упаковано хорошо, продавец вежливый.",
    "Цена и качество на уровне.",
    "Пользуемся месяц, нареканий нет.",
    "Доставили на следующий день.",
    "Подошло идеально.",
];
const BAD: [&str; 4] = [
    "Не соответствует фото.",
    "Сломался через неделю.",
    "Долго ждала доставку.",
    "Пришел другой цвет.",
];

/// `GET /yml/review-view/api/v1/reviews/product/{id}`
pub async fn of_card(
    State(sim): State<Arc<Sim>>,
    Path(card): Path<String>,
    Query(question): Query<Question>,
) -> Response {
    let found = sim.world.card(&card);
    let Some((_, slot)) = found else {
        return json(StatusCode::OK, &json!({"data": []}));
    };
    let body = answer(
        &sim,
        &slot.info,
        slot.info.reviews_at(sim.world.born, sim.clock.now()),
        slot.info.rating,
        &question,
        None,
    );
    json(StatusCode::OK, &body)
}

/// `GET /yml/review-view/api/v1/reviews/merchant/{merchantId}`
pub async fn of_merchant(
    State(sim): State<Arc<Sim>>,
    Path(merchant): Path<String>,
    Query(question): Query<Question>,
) -> Response {
    let rival = sim
        .world
        .seller_by_id(&merchant)
        .and_then(|at| sim.world.seller(at));
    let (name, reviews, rating) = match (rival, sim.world.shop(&merchant)) {
        (Some(seller), _) => (seller.name.clone(), seller.reviews, seller.rating.unwrap_or(0)),
        (None, Some((_, shop))) => (shop.name.clone(), shop.reviews, shop.rating.unwrap_or(0)),
        (None, None) => return json(StatusCode::OK, &json!({"data": []})),
    };
    let Some(slot) = sim.world.cards.first() else {
        return json(StatusCode::OK, &json!({"data": []}));
    };
    let shown = json!({"name": name, "code": merchant});
    json(
        StatusCode::OK,
        &answer(&sim, &slot.info, reviews, rating, &question, Some(shown)),
    )
}

/// Counts of stars 5 to 1 that make this mean.
fn statistic(total: u32, rating: u8) -> [u32; 5] {
    let bad = (50.0 - f64::from(rating)) / 50.0;
    let share = |part: f64| whole(f64::from(total) * part);
    let (four, three, two, one) = (
        share(bad * 0.9),
        share(bad * 0.3),
        share(bad * 0.12),
        share(bad * 0.5),
    );
    [
        total.saturating_sub(four + three + two + one),
        four,
        three,
        two,
        one,
    ]
}

fn answer(
    sim: &Sim,
    info: &CardInfo,
    total: u32,
    rating: u8,
    question: &Question,
    merchant: Option<Value>,
) -> Value {
    let stars = statistic(total, rating);
    let positive: u32 = stars.iter().take(2).sum();
    let (commented, pictured) = (total / 2, total / 10);
    let matching = match question.filter.as_deref() {
        Some("COMMENT") => commented,
        Some("PICTURE") => pictured,
        Some("POSITIVE") => positive / 2,
        Some("NEGATIVE") => (total - positive) / 2,
        _ => total,
    };
    let limit = question.limit.unwrap_or(9).min(200);
    let from = question.page.unwrap_or(0).saturating_mul(limit);
    let negative_only = question.filter.as_deref() == Some("NEGATIVE");
    // Those of long ago have gathered the most votes; a review keeps its number for ever, the oldest has 0.
    let newest_first = question.sort.as_deref() == Some("DATE");
    let share = if total == 0 {
        1.0
    } else {
        f64::from(matching) / f64::from(total)
    };
    let told = Told {
        sim,
        info,
        rating,
        negative: negative_only,
        merchant: merchant.as_ref(),
        before: whole(f64::from(info.reviews) * share),
        share,
    };
    let data: Vec<Value> = (from..matching.min(from.saturating_add(limit)))
        .map(|at| if newest_first { matching - 1 - at } else { at })
        .map(|number| told.review(number))
        .collect();
    if question.with_agg != Some(true) {
        return json!({"data": data});
    }
    let counts: Vec<Value> = (1..=5)
        .rev()
        .zip(stars)
        .map(|(rate, count)| json!({"rate": rate, "count": count}))
        .collect();
    let group = |id: &str, total: u32| json!({"id": id, "total": total});
    json!({
        "data": data,
        "summary": {"global": f64::from(rating) / 10.0, "statistic": counts},
        "groupSummary": [group("ALL", total), group("COMMENT", commented), group("PICTURE", pictured), group("POSITIVE", positive / 2), group("NEGATIVE", (total - positive) / 2)],
        "imagesSummaryCount": pictured * 2,
    })
}

/// Reviews of one group of a card or a seller.
struct Told<'a> {
    sim: &'a Sim,
    info: &'a CardInfo,
    rating: u8,
    negative: bool,
    merchant: Option<&'a Value>,
    /// Those of the group that were there before the world.
    before: u32,
    /// The group's share of all reviews.
    share: f64,
}

impl Told<'_> {
    /// The day of a review: the older, the longer ago; never after now.
    fn day(&self, number: u32, luck: &mut Stream) -> Timestamp {
        let born = self.sim.world.born;
        let jitter = i64::try_from(luck.below(2)).unwrap_or(0);
        if let Some(age) = self.before.checked_sub(number.saturating_add(1)) {
            let days = (i64::from(age) * 2 + jitter).min(2_000);
            return born.minus(Span::from_days(days));
        }
        let count = whole(f64::from(number + 1) / self.share.max(0.01));
        let at = self.info.reviewed_at(born, count).unwrap_or(born);
        at.min(self.sim.clock.now())
    }

    fn review(&self, number: u32) -> Value {
        let (sim, info, rating, negative, merchant) =
            (self.sim, self.info, self.rating, self.negative, self.merchant);
        let mut luck = Stream::new(sim.world.seed, 60, u64::from(info.sku) << 20 | u64::from(number));
        let good = !negative && luck.unit() < f64::from(rating) / 50.0 + 0.04;
        let stars = if good {
            if luck.chance(0.93) { 5 } else { 4 }
        } else {
            luck.between(1, 3)
        };
        let words = if good { luck.pick(&GOOD) } else { luck.pick(&BAD) };
        let local = self.day(number, &mut luck).local();
        let order = 200_000_000 + luck.below(700_000_000);
        let family = sim.world.family(info.family);
        let pictures: Vec<Value> = if luck.chance(0.1) {
            let id = format!("{order}-{}/{}.jpg", info.sku, luck.hex(32));
            let url =
                |size: &str| format!("https://resources.cdn-kaspi.kz/img/p/r/{id}?format=review_{size}");
            vec![json!({"id": id, "small": url("small"), "medium": url("medium"), "large": url("large")})]
        } else {
            Vec::new()
        };
        json!({
            "id": luck.hex(32), "author": luck.pick(&AUTHORS), "date": format!("{:02}.{:02}.{}", local.day, local.month, local.year),
            "orderNumber": order.to_string(), "rating": stars, "comment": {"minus": "", "plus": "", "text": words},
            "feedback": {"positive": whole(luck.wait(3.0) * real(1)), "voted": false}, "galleryImages": pictures,
            "product": {
                "id": info.sku.to_string(), "name": info.title, "categoryCode": family.map(|f| f.code.as_str()), "categoryName": family.map(|f| f.title.as_str()),
                "link": format!("https://kaspi.kz/shop{}", shop_link(info)),
            },
            "merchant": merchant, "editable": false, "editedByCustomer": false,
        })
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn stars_add_up() {
        assert_eq!(super::statistic(1_000, 48).iter().sum::<u32>(), 1_000);
        assert_eq!(super::statistic(0, 48), [0; 5]);
    }
}
