//! Returns of a shop. Refuses to call a missing list empty.

use super::document;
use crate::wire::{
    loose::Thing,
    refunds::{RefundAnswer, RefundRow, RefundsAnswer},
    text::Text,
    time::moment,
};
use sauda_kernel::{Money, Timestamp};
use sauda_market::{MarketError, Refund, RefundDetails, RefundPage, RefundStep};

/// Reads the answer of `GET /refund/api/v1/merchant-cabinet/load-refunds-by-tab`.
///
/// # Errors
/// `BadAnswer` when it is not that document or has no `data`.
pub fn refunds(bytes: &[u8]) -> Result<RefundPage, MarketError> {
    let answer: RefundsAnswer<'_> = document("returns", bytes)?;
    let rows = answer.data.required("returns: data")?;
    let mut page = RefundPage {
        total: answer.total.whole().filter(|total| *total >= 0),
        ..RefundPage::default()
    };
    for (place, row) in rows.iter().enumerate() {
        match row.get().map_or_else(|| Err("not an object"), refund_of) {
            Ok(refund) => page.refunds.push(refund),
            Err(why) => page.refused.push(format!("row {}: {why}", place + 1)),
        }
    }
    Ok(page)
}

fn refund_of(row: &RefundRow<'_>) -> Result<Refund, &'static str> {
    let id = row.refund_id.owned().ok_or("no refundId")?;
    Ok(Refund {
        number: row.application_number.owned().unwrap_or_else(|| id.clone()),
        id,
        order_code: row.order.owned(),
        sku: row.product_sku.owned(),
        customer: row.customer.owned(),
        sum: row
            .sum
            .whole()
            .and_then(|tenge| tenge.checked_mul(100))
            .map(Money::from_tiyn),
        quantity: row.quantity.whole().filter(|pieces| *pieces > 0),
        reason: row
            .refund_reason
            .get()
            .and_then(|reason| reason.reason_description.owned()),
        state: row.description.owned(),
    })
}

/// Reads the answer of `GET /refund/api/v1/merchant-cabinet/load-refund-details`.
///
/// # Errors
/// `BadAnswer` when it is not that document.
pub fn refund(bytes: &[u8]) -> Result<RefundDetails, MarketError> {
    let answer: RefundAnswer<'_> = document("return", bytes)?;
    if answer.refund_id.get().is_none() {
        return Err(MarketError::BadAnswer("return: refundId is missing".to_owned()));
    }
    let steps = answer.state_steps.or_none().iter().filter_map(Thing::get);
    Ok(RefundDetails {
        comment: answer.comment.owned(),
        reason: answer
            .refund_reason
            .get()
            .and_then(|reason| reason.reason_description.owned()),
        step: answer.step_description.owned(),
        steps: steps
            .filter_map(|step| {
                Some(RefundStep {
                    title: step.title.owned()?,
                    result: step.result.owned(),
                    expires_at: step.expiration_time.get().and_then(until),
                })
            })
            .collect(),
        track_url: answer.kl_track_url.owned(),
        pictures: answer
            .image_urls
            .or_none()
            .iter()
            .filter_map(Text::owned)
            .collect(),
    })
}

/// Milliseconds since 1970, or a written moment.
fn until(text: &str) -> Option<Timestamp> {
    match text.parse::<i64>() {
        Ok(millis) => millis
            .checked_mul(1_000)
            .filter(|micros| *micros > 0)
            .map(Timestamp::from_micros),
        Err(_) => moment(text),
    }
}
