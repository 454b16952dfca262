//! The list of talks: those that wait for a person first.

use super::show::{talk_line, way_out};
use crate::{
    door::Desk,
    pages::{
        live::{self, LivePage},
        prices::path_of,
        system::urlencode,
    },
    views::{messages::InboxPage, parts::Tab},
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use sauda_edge::{PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{TalkId, Timestamp};
use sauda_messages::{InboxFilter, model::InboxView};
use serde::Deserialize;

const ROWS: i64 = 50;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct InboxQuery {
    view: String,
    q: String,
    /// `time.id` of the last talk before.
    after: String,
}

impl InboxQuery {
    fn before(&self) -> Option<(Timestamp, TalkId)> {
        let (at, id) = self.after.split_once('.')?;
        Some((Timestamp::from_micros(at.parse().ok()?), TalkId::parse(id).ok()?))
    }
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewMessages>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<InboxQuery>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let mut at = desk
        .at_shop(
            &who.session,
            who.language,
            &path_of(&uri),
            "messages",
            &slug,
            None,
        )
        .await?;
    let scope = who.scope();
    let base = format!("{}/messages", at.shell.base);
    let search = Some(query.q.trim().to_owned()).filter(|search| !search.is_empty());
    let default = if search.is_some() {
        InboxView::All
    } else {
        InboxView::NeedsPerson
    };
    let view = InboxView::parse(&query.view).unwrap_or(default);
    let filter = InboxFilter {
        view,
        search,
        before: query.before(),
        limit: ROWS,
    };
    let inbox = desk.messages.inbox(scope, &at.shop.id, &filter).await?;
    at.shell.live = Some(live::address(
        &at.shell.base,
        LivePage::Messages,
        &at.city,
        "",
        &[],
    ));
    let address = |view: InboxView| format!("{base}?view={}", view.word());
    let page = InboxPage {
        tabs: inbox
            .counts
            .iter()
            .map(|(known, count)| Tab {
                word: known.word().to_owned(),
                href: address(*known),
                count: Some(*count),
                tone: if *known == InboxView::NeedsPerson {
                    "bad"
                } else {
                    ""
                },
                is_on: *known == view,
            })
            .collect(),
        view: view.word(),
        talks: inbox
            .talks
            .iter()
            .map(|talk| talk_line(talk, &base, scope))
            .collect(),
        next: inbox.next.map(|(at, id)| {
            format!(
                "{}&q={}&after={}.{id}",
                address(view),
                urlencode(query.q.trim()),
                at.as_micros()
            )
        }),
        hidden: desk.orders.hidden_phones(scope, &at.shop.id).await?,
        way: way_out(&desk, scope, &at.shop).await?,
        query: query.q.trim().to_owned(),
        base,
    };
    desk.draw(&at.shell, &page)
}
