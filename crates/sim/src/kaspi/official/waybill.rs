//! Waybills: one page of A4 with the label in its top left quarter. Refuses to show one before it is made and after the hand-over.

use super::{refusal, shop_of, unauthorized};
use crate::{kaspi::wire::with_type, locks::lock, sim::Sim};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use sauda_kernel::Clock as _;
use std::sync::Arc;

/// `GET /shop/api/waybill/{number}`
pub async fn pdf(State(sim): State<Arc<Sim>>, headers: HeaderMap, Path(number): Path<String>) -> Response {
    let Some(shop) = shop_of(&sim, &headers) else {
        return unauthorized();
    };
    let now = sim.clock.now();
    let orders = lock(&sim.orders);
    let found = orders.all.iter().find_map(|order| {
        let made = order.assembled.as_ref()?;
        let is_it = order.shop == shop && made.waybill.to_string() == number;
        (is_it && made.waybill_at <= now && order.handed_over_at.is_none()).then_some((order, made))
    });
    let Some((order, made)) = found else {
        return refusal(StatusCode::NOT_FOUND, "Some error occurred");
    };
    let page = written(&[
        &format!("KASPI {number}"),
        &format!("Order {}", order.code),
        &format!("Parcels {}", made.parcels),
    ]);
    with_type(StatusCode::OK, "application/pdf", page)
}

/// One page of A4, 595.275 x 841.875 points, with lines in its top left quarter (ISO 32000-1, 7.5).
fn written(lines: &[&str]) -> Vec<u8> {
    let mut content = String::from("0.5 w 14 436 270 392 re S BT /F1 18 Tf 28 796 Td 24 TL\n");
    for line in lines {
        let line: String = line
            .chars()
            .filter(|letter| letter.is_ascii_alphanumeric() || *letter == ' ')
            .collect();
        content.push_str(&format!("({line}) Tj T*\n"));
    }
    content.push_str("ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595.275 841.875] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", at + 1));
    }
    let table = file.len();
    file.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for place in places {
        file.push_str(&format!("{place:010} 00000 n \n"));
    }
    file.push_str(&format!(
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    ));
    file.into_bytes()
}
