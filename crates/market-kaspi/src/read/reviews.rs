//! Reviews of a card. Refuses to keep order numbers.

use super::document;
use crate::wire::{
    loose::Thing,
    storefront::{ReviewRow, ReviewsAnswer},
    time::day,
};
use sauda_market::{MarketError, Review, Reviews};

/// Reads the answer of `GET /yml/review-view/api/v1/reviews/product/{card}`; `total` is the one of the group asked for.
///
/// # Errors
/// `BadAnswer` when it is not that document or has no `data`.
pub fn reviews(bytes: &[u8], group: &str) -> Result<Reviews, MarketError> {
    let answer: ReviewsAnswer<'_> = document("reviews", bytes)?;
    let rows = answer.data.required("reviews: data")?;
    let groups = answer.group_summary.or_none();
    let total = groups
        .iter()
        .filter_map(Thing::get)
        .find(|row| row.id.get() == Some(group))
        .and_then(|row| row.total.whole());
    let mut page = Reviews {
        reviews: Vec::with_capacity(rows.len()),
        rating_milli: answer
            .summary
            .get()
            .and_then(|summary| summary.global.stars_milli()),
        distribution: Vec::new(),
        total: total.filter(|total| *total >= 0),
        refused: Vec::new(),
    };
    let stars = answer
        .summary
        .get()
        .map(|summary| summary.statistic.or_none())
        .unwrap_or_default();
    for row in stars.iter().filter_map(Thing::get) {
        if let (Some(rate), Some(count)) = (row.rate.whole(), row.count.whole()) {
            page.distribution.push((rate, count));
        }
    }
    for (place, row) in rows.iter().enumerate() {
        let read = match row {
            Thing::Is(row) => review(row),
            Thing::Absent | Thing::Odd => Err("not an object".to_owned()),
        };
        match read {
            Ok(review) => page.reviews.push(review),
            Err(why) => page.refused.push(format!("row {}: {why}", place + 1)),
        }
    }
    Ok(page)
}

fn review(row: &ReviewRow<'_>) -> Result<Review, String> {
    let id = row.id.owned().ok_or_else(|| "no id".to_owned())?;
    let stars = row
        .rating
        .whole()
        .filter(|stars| (1..=5).contains(stars))
        .ok_or_else(|| "no rating from 1 to 5".to_owned())?;
    let words = row.comment.get();
    let said = |text: Option<String>| text.unwrap_or_default();
    Ok(Review {
        id,
        author: said(row.author.owned()),
        at: row.date.get().and_then(day),
        stars,
        plus: said(words.and_then(|words| words.plus.owned())),
        minus: said(words.and_then(|words| words.minus.owned())),
        text: said(words.and_then(|words| words.text.owned())),
        merchant_uid: row.merchant.get().and_then(|merchant| merchant.code.owned()),
    })
}
