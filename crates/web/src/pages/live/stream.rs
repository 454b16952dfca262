//! When to paint: on a signal, at most twice a second; every ten seconds for age and counters; and when to stop.

use super::{
    LivePage,
    paint::{Changes, Painted, Watched},
};
use crate::door::Desk;
use axum::response::sse::Event;
use futures::{FutureExt as _, Stream};
use sauda_accounts::Session;
use sauda_cluster::{Signal, Signals};
use std::{collections::VecDeque, sync::Arc, time::Duration};
use tokio::time::Instant;

/// Between two paints.
const PAUSE: Duration = Duration::from_millis(500);
/// The page says that the connection is lost after fifteen silent seconds.
const BEAT: Duration = Duration::from_secs(10);
/// Then the browser connects again, and rights and session are looked at again.
const LONGEST: Duration = Duration::from_secs(300);

struct Live {
    desk: Desk,
    session: Arc<Session>,
    watched: Watched,
    topic: String,
    signals: Signals,
    painted: Painted,
    queue: VecDeque<Event>,
    is_fresh: bool,
    next_beat: Instant,
    ends_at: Instant,
    last_paint: Instant,
}

/// Why the stream woke up.
enum Wake {
    Signal,
    Beat,
    End,
}

pub(super) fn events(
    desk: Desk,
    session: Arc<Session>,
    watched: Watched,
) -> impl Stream<Item = Event> + Send {
    let now = Instant::now();
    let live = Live {
        topic: match watched.page {
            LivePage::Messages => format!("messages:{}", watched.shop),
            LivePage::Prices | LivePage::Product | LivePage::Today => format!("prices:{}", watched.shop),
        },
        signals: desk.cluster.subscribe(),
        desk,
        session,
        watched,
        painted: Painted::default(),
        queue: VecDeque::new(),
        is_fresh: true,
        next_beat: now + BEAT,
        ends_at: now + LONGEST,
        last_paint: now,
    };
    futures::stream::unfold(live, async |mut live| {
        live.next().await.map(|event| (event, live))
    })
}

impl Live {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.queue.pop_front() {
                return Some(event);
            }
            let is_first = std::mem::take(&mut self.is_fresh);
            let around = if is_first {
                true
            } else {
                match self.wake().await {
                    Wake::End => return None,
                    Wake::Beat => true,
                    Wake::Signal => false,
                }
            };
            // Something was said, or may have been while nobody listened: the page asks for its list.
            if self.watched.page == LivePage::Messages && (is_first || !around) {
                self.queue.push_back(Event::default().event("talks").data("1"));
            }
            match self
                .painted
                .paint(&self.desk, &self.session, &self.watched, around)
                .await
            {
                Ok(changes) => self.send(changes, around),
                // The browser connects again after a pause and is told what is wrong.
                Err(refusal) => {
                    tracing::debug!(code = refusal.code(), "a page's stream ends");
                    return None;
                }
            }
            self.last_paint = Instant::now();
            if around {
                self.next_beat = self.last_paint + BEAT;
            }
        }
    }

    async fn wake(&mut self) -> Wake {
        loop {
            tokio::select! {
                () = self.desk.stop.cancelled() => return Wake::End,
                () = tokio::time::sleep_until(self.ends_at) => return Wake::End,
                () = tokio::time::sleep_until(self.next_beat) => return Wake::Beat,
                signal = self.signals.next() => match signal {
                    None => return Wake::End,
                    Some(signal) if self.is_ours(&signal) => break,
                    Some(_) => {}
                },
            }
        }
        // More signals usually follow: one paint shows them all.
        tokio::time::sleep_until(self.last_paint + PAUSE).await;
        while let Some(Some(_)) = self.signals.next().now_or_never() {}
        Wake::Signal
    }

    fn is_ours(&self, signal: &Signal) -> bool {
        signal.topic == self.topic || signal.topic == Signal::GAP
    }

    fn send(&mut self, changes: Changes, is_beat: bool) {
        let id = self.desk.now().as_micros().to_string();
        if !changes.parts.is_empty() {
            self.queue
                .push_back(Event::default().id(id).data(changes.parts.replace('\r', "")));
        } else if is_beat {
            // Named events swap nothing: this one only says that the stream lives.
            self.queue
                .push_back(Event::default().event("beat").id(id).data("1"));
        }
        if let Some(pill) = changes.pill {
            self.queue.push_back(Event::default().event("order").data(pill));
        }
    }
}
