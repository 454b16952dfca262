//! Bytes and answers as the marketplace writes them. Refuses to know what they mean.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use sauda_kernel::Timestamp;
use serde_json::Value;

/// A JSON text under construction, written by hand where speed matters.
#[derive(Debug, Default)]
pub struct Text(pub Vec<u8>);

impl Text {
    pub fn with_room(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    pub fn text(&mut self, text: &str) -> &mut Self {
        self.0.extend_from_slice(text.as_bytes());
        self
    }

    /// Decimal digits without leading zeros.
    pub fn number(&mut self, value: u32) -> &mut Self {
        self.digits(value, 1)
    }

    /// Decimal digits, at least `width`.
    pub fn digits(&mut self, mut value: u32, width: usize) -> &mut Self {
        let mut reversed = [b'0'; 10];
        let mut used = 0;
        for slot in &mut reversed {
            *slot = b'0' + u8::try_from(value % 10).unwrap_or(0);
            value /= 10;
            used += 1;
            if value == 0 && used >= width {
                break;
            }
        }
        self.0.extend(reversed.iter().take(used).rev());
        self
    }

    /// `2026-09-21T18:00:00.000+00:00`, in quotes.
    pub fn time(&mut self, at: Timestamp) -> &mut Self {
        let millis = at.as_millis();
        let (days, in_day) = (millis.div_euclid(86_400_000), millis.rem_euclid(86_400_000));
        let (year, month, day) = civil(days);
        let small = |value: i64| u32::try_from(value).unwrap_or(0);
        self.text("\"")
            .digits(small(year), 4)
            .text("-")
            .digits(month, 2)
            .text("-")
            .digits(day, 2)
            .text("T");
        self.digits(small(in_day / 3_600_000), 2)
            .text(":")
            .digits(small(in_day / 60_000 % 60), 2)
            .text(":");
        self.digits(small(in_day / 1_000 % 60), 2)
            .text(".")
            .digits(small(in_day % 1_000), 3)
            .text("+00:00\"")
    }
}

/// Year, month, day of days since 1970-01-01 (Hinnant, "chrono-compatible low-level date algorithms").
fn civil(days: i64) -> (i64, u32, u32) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i64::from(month <= 2);
    (
        year,
        u32::try_from(month).unwrap_or(1),
        u32::try_from(doy - (153 * mp + 2) / 5 + 1).unwrap_or(1),
    )
}

/// A JSON answer.
pub fn json(status: StatusCode, value: &Value) -> Response {
    json_bytes(status, value.to_string().into_bytes())
}

/// A JSON answer already written.
pub fn json_bytes(status: StatusCode, body: impl Into<Body>) -> Response {
    with_type(status, "application/json", body)
}

/// An HTML answer.
pub fn html(status: StatusCode, body: impl Into<Body>) -> Response {
    with_type(status, "text/html; charset=utf-8", body)
}

pub fn with_type(status: StatusCode, kind: &'static str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// A redirect with 302, as the sign-in chain uses it.
pub fn found(location: &str) -> Response {
    let mut response = StatusCode::FOUND.into_response();
    if let Ok(value) = HeaderValue::from_str(location) {
        response.headers_mut().insert(header::LOCATION, value);
    }
    response
}

/// Adds a cookie to an answer.
pub fn set_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// The value of a cookie of a request.
pub fn cookie<'a>(headers: &'a axum::http::HeaderMap, name: &str) -> Option<&'a str> {
    for line in headers.get_all(header::COOKIE) {
        for pair in line.to_str().unwrap_or("").split(';') {
            if let Some((key, value)) = pair.trim().split_once('=')
                && key == name
            {
                return Some(value);
            }
        }
    }
    None
}

/// The error body of the storefront's services.
pub fn service_error(status: StatusCode, path: &str, at: Timestamp) -> Response {
    let mut time = Text::default();
    time.time(at);
    let time = String::from_utf8(time.0).unwrap_or_default();
    let reason = status.canonical_reason().unwrap_or("");
    let body = format!(
        r#"{{"timestamp":{time},"status":{},"error":"{reason}","path":{}}}"#,
        status.as_u16(),
        Value::from(path)
    );
    json_bytes(status, body)
}

/// The page a blocked reader gets.
pub const BLOCKED_PAGE: &str = "<!doctype html><html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1></body></html>";
/// The page of a throttled reader.
pub const THROTTLED_PAGE: &str = "<!doctype html><html><head><title>429 Too Many Requests</title></head><body><h1>429 Too Many Requests</h1></body></html>";
/// The anti-bot page that comes with status 200.
pub const CHALLENGE_PAGE: &str = "<!doctype html><html><head><title>Kaspi Магазин</title></head><body><noscript>Включите JavaScript</noscript><div id=\"challenge\"></div></body></html>";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_numbers_are_written_as_recorded() {
        let mut text = Text::default();
        text.time(Timestamp::parse("2026-09-18T17:52:23.745+00:00").unwrap())
            .text(" ")
            .number(0)
            .text(" ")
            .number(361_788);
        assert_eq!(
            String::from_utf8(text.0).unwrap(),
            "\"2026-09-18T17:52:23.745+00:00\" 0 361788"
        );
        let mut text = Text::default();
        text.time(Timestamp::parse("2024-02-29T00:00:00Z").unwrap())
            .time(Timestamp::parse("2026-12-31T23:59:59.001Z").unwrap());
        assert_eq!(
            String::from_utf8(text.0).unwrap(),
            "\"2024-02-29T00:00:00.000+00:00\"\"2026-12-31T23:59:59.001+00:00\""
        );
    }
}
