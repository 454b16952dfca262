//! What the merchant is told.

use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Done, Growing, Moment, Page, Shown, ToneWord, Word, text_of},
};
use axum::extract::State;
use sauda_catalog::Notice;
use sauda_edge::{Arg, Caller, JsonBody, Language, PathParams, QueryParams, Refusal, Words, format, need};
use sauda_kernel::{NoticeId, ShopId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// One open notice.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Notice)]
pub(crate) struct NoticeView {
    pub id: String,
    pub shop_id: Option<String>,
    /// For programs: does not change.
    #[schema(example = "session-ended")]
    pub word: String,
    /// What it is about.
    pub subject: String,
    pub args: BTreeMap<String, String>,
    /// For people, in the language of the request.
    pub text: String,
    pub tone: ToneWord,
    /// Page that helps, without the shop's part of the address.
    pub link: Option<String>,
    /// How often it was so since it was first told.
    pub times: i64,
    pub created_at: Moment,
    pub last_at: Moment,
}

impl NoticeView {
    fn of(notice: Notice, words: &Words, language: Language, now: Timestamp) -> Self {
        let args: Vec<(&str, Arg)> = notice
            .args
            .iter()
            .map(|(name, value)| (name.as_str(), argument(words, language, now, name, value)))
            .collect();
        let text = text_of(words, language, &format!("notice-{}", notice.word), &args);
        Self {
            id: notice.id.to_string(),
            shop_id: notice.shop.map(|shop| shop.to_string()),
            word: notice.word,
            subject: notice.subject,
            text,
            args: notice.args,
            tone: Word(notice.tone),
            link: notice.link,
            times: notice.times,
            created_at: notice.created_at.into(),
            last_at: notice.last_at.into(),
        }
    }
}

/// Times are kept as microseconds, troubles and failures as words.
fn argument(words: &Words, language: Language, now: Timestamp, name: &str, value: &str) -> Arg {
    match (name, value.parse::<i64>()) {
        ("until", Ok(micros)) => Arg::from(format::moment(Timestamp::from_micros(micros), now, language)),
        ("count" | "known" | "minutes", Ok(number)) => Arg::from(number),
        ("trouble" | "error", _) => {
            Arg::from(text_of(words, language, &format!("market-trouble-{value}"), &[]))
        }
        ("price", _) if !value.contains('₸') => Arg::from(format!("{value}\u{a0}₸")),
        _ => Arg::from(value),
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct NoticeQuery {
    /// Id of a shop: its notices and those of no shop.
    #[param(value_type = Option<String>)]
    pub shop: Option<ShopId>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// Items a page, 1 to 200; 50 without it.
    pub limit: Option<u32>,
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewToday>("list_notices", "Open notices, worst first")
        .query::<NoticeQuery>()
        .lists::<NoticeView>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewToday>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<NoticeQuery>,
) -> Result<Shown<Page<NoticeView>>, Refusal> {
    if let Some(shop) = &query.shop {
        state.catalog.shop(&caller.scope, shop).await?;
    }
    let mut growing = Growing::new(query.after.as_deref(), query.limit)?;
    let page = loop {
        let all = state
            .catalog
            .notices(&caller.scope, query.shop.as_ref(), growing.asked())
            .await?;
        if let Some(page) = growing.page(all, |notice| notice.id.to_string())? {
            break page;
        }
    };
    let (words, now) = (state.edge.words(), state.edge.now());
    let items = page
        .items
        .into_iter()
        .map(|notice| NoticeView::of(notice, words, caller.language, now))
        .collect();
    Ok(Shown(Page {
        items,
        next: page.next,
    }))
}

/// For how long to put a notice away.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PutAwayBody {
    /// Nothing: for good, until it happens anew.
    #[serde(default)]
    pub until: Option<Moment>,
}

impl Example for PutAwayBody {
    fn example() -> Value {
        json!({"until": "2026-11-21T04:00:00Z"})
    }
}

pub(crate) fn put_away_op() -> Op {
    op::<need::ManagePrices>("put_notice_away", "Put a notice away, for good or until a time")
        .body::<PutAwayBody>()
}

pub(crate) async fn put_away(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<NoticeId>,
    JsonBody(body): JsonBody<PutAwayBody>,
) -> Result<Done, Refusal> {
    state
        .catalog
        .put_away(&caller.scope, &id, body.until.map(|until| until.0))
        .await?;
    Ok(Done)
}
