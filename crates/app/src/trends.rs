//! Asks Google Trends as its own page does: three calls, ten seconds apart. An experiment behind two switches: nobody promised that it
//! answers. Refuses to ask faster, to go on after a refusal, and to take a page for data.

use async_trait::async_trait;
use reqwest::{
    Client, StatusCode,
    header::{ACCEPT_LANGUAGE, COOKIE, SET_COOKIE},
};
use sauda_kernel::Timestamp;
use sauda_research::interest::{AskInterest, InterestError};
use serde_json::{Value, json};
use std::time::Duration;

/// Largest answer that is read, bytes.
const MOST_BYTES: usize = 2 * 1024 * 1024;

/// Google Trends at an address.
pub struct GoogleTrends {
    client: Client,
    base: String,
    /// Between two calls.
    pause: Duration,
}

impl GoogleTrends {
    /// # Errors
    /// When no client can be made.
    pub fn new(base: &str, pause: Duration) -> anyhow::Result<Self> {
        let client = Client::builder()
            .timeout(Duration::from_secs(30))
            .user_agent("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
            .build()?;
        Ok(Self {
            client,
            base: base.trim_end_matches('/').to_owned(),
            pause,
        })
    }

    /// The cookie that the next calls must bring, from a page that may well be a 404.
    async fn cookie(&self) -> Result<String, InterestError> {
        let url = format!("{}/trends/explore/?geo=KZ", self.base);
        let answer = self.client.get(url).send().await.map_err(no_answer)?;
        if answer.status() == StatusCode::TOO_MANY_REQUESTS {
            return Err(InterestError::Refused { status: 429 });
        }
        answer
            .headers()
            .get_all(SET_COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok()?.split(';').next())
            .find(|pair| pair.starts_with("NID="))
            .map(str::to_owned)
            .ok_or_else(|| InterestError::Unreadable("no cookie".to_owned()))
    }

    async fn call(&self, path: &str, query: &[(&str, String)], cookie: &str) -> Result<Value, InterestError> {
        tokio::time::sleep(self.pause).await;
        let asked = self
            .client
            .get(format!("{}{path}", self.base))
            .query(query)
            .header(COOKIE, cookie)
            .header(ACCEPT_LANGUAGE, "ru,kk;q=0.9");
        let mut answer = asked.send().await.map_err(no_answer)?;
        let status = answer.status();
        if !status.is_success() {
            return Err(InterestError::Refused {
                status: status.as_u16(),
            });
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(no_answer)? {
            body.extend_from_slice(&chunk);
            if body.len() > MOST_BYTES {
                return Err(InterestError::Unreadable("more than 2 MiB".to_owned()));
            }
        }
        document(&body)
    }
}

fn no_answer(error: reqwest::Error) -> InterestError {
    InterestError::NoAnswer(error.without_url().to_string())
}

/// What follows the signs that keep the answer from being run as a script.
fn document(body: &[u8]) -> Result<Value, InterestError> {
    let page = || InterestError::Unreadable("a page instead of data".to_owned());
    if !body.starts_with(b")]}'") {
        return Err(page());
    }
    let start = body.iter().position(|byte| *byte == b'{').ok_or_else(page)?;
    serde_json::from_slice(body.get(start..).unwrap_or_default())
        .map_err(|error| InterestError::Unreadable(error.to_string()))
}

/// Request and token of the line over time.
fn line_widget(answer: &Value) -> Option<(String, String)> {
    let widget = answer
        .get("widgets")?
        .as_array()?
        .iter()
        .find(|widget| widget.get("id").and_then(Value::as_str) == Some("TIMESERIES"))?;
    Some((
        widget.get("request")?.to_string(),
        widget.get("token")?.as_str()?.to_owned(),
    ))
}

/// Weeks and their values; the week that runs is left out.
fn points(answer: &Value) -> Option<Vec<(Timestamp, i64)>> {
    let rows = answer.get("default")?.get("timelineData")?.as_array()?;
    rows.iter()
        .filter(|row| row.get("isPartial").and_then(Value::as_bool) != Some(true))
        .map(|row| {
            let at: i64 = row.get("time")?.as_str()?.parse().ok()?;
            let value = row
                .get("value")?
                .get(0)?
                .as_i64()
                .filter(|value| (0..=100).contains(value))?;
            Some((Timestamp::from_secs(at), value))
        })
        .collect()
}

#[async_trait]
impl AskInterest for GoogleTrends {
    async fn interest(&self, query: &str) -> Result<Vec<(Timestamp, i64)>, InterestError> {
        let cookie = self.cookie().await?;
        let wish = json!({
            "comparisonItem": [{"keyword": query, "time": "today 5-y", "geo": "KZ"}], "category": 0, "property": "",
        });
        // Minutes with the sign turned: Almaty is five hours ahead.
        let place = |req: String| vec![("hl", "ru".to_owned()), ("tz", "-300".to_owned()), ("req", req)];
        let told = self
            .call("/trends/api/explore", &place(wish.to_string()), &cookie)
            .await?;
        let unlike = |what: &str| InterestError::Unreadable(what.to_owned());
        let (request, token) = line_widget(&told).ok_or_else(|| unlike("no line over time"))?;
        let mut query = place(request);
        query.push(("token", token));
        let told = self
            .call("/trends/api/widgetdata/multiline", &query, &cookie)
            .await?;
        points(&told).ok_or_else(|| unlike("no points"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_as_they_were_recorded_and_pages_are_refused() {
        let told = document(b")]}'\n{\"widgets\":[{\"id\":\"GEO_MAP\",\"request\":{},\"token\":\"b\"},{\"id\":\"TIMESERIES\",\"request\":{\"time\":\"x\"},\"token\":\"a\"}]}").unwrap();
        assert_eq!(
            line_widget(&told),
            Some(("{\"time\":\"x\"}".to_owned(), "a".to_owned()))
        );
        let told = document(b")]}',\n{\"default\":{\"timelineData\":[{\"time\":\"1522540800\",\"value\":[81,1],\"hasData\":[true]},{\"time\":\"1523145600\",\"value\":[72],\"isPartial\":true}]}}").unwrap();
        assert_eq!(
            points(&told),
            Some(vec![(Timestamp::from_secs(1_522_540_800), 81)])
        );
        assert!(matches!(
            document(b"<html>429</html>"),
            Err(InterestError::Unreadable(_))
        ));
        let odd =
            document(b")]}',\n{\"default\":{\"timelineData\":[{\"time\":\"1\",\"value\":[101]}]}}").unwrap();
        assert_eq!(points(&odd), None);
    }

    #[tokio::test]
    async fn the_pretend_google_answers_each_token_once_and_then_refuses() {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let world = sauda_sim::start(sauda_sim::Options::for_tests()).await.unwrap();
        let asked = GoogleTrends::new(&world.base_url(), Duration::ZERO).unwrap();
        let told = asked.interest("пуховик").await.unwrap();
        assert!(
            told.len() > 200 && told.iter().any(|(_, value)| *value == 100),
            "{}",
            told.len()
        );
        assert!(told.windows(2).all(|pair| pair[0].0 < pair[1].0));
        let mut refused = None;
        for _ in 0..40 {
            if let Err(error) = asked.interest("куртка").await {
                refused = Some(error);
                break;
            }
        }
        assert_eq!(refused, Some(InterestError::Refused { status: 429 }));
    }
}
