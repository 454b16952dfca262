//! Signals: short notes to everybody who listens now. They may be lost; whoever needs certainty reads the database.

use crate::remote::Remote;
use futures::StreamExt as _;
use std::{
    sync::{
        Arc, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::sync::broadcast;

/// One note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    pub topic: String,
    pub text: String,
}

impl Signal {
    /// Topic of the note which says that others were lost: look at everything again.
    pub const GAP: &'static str = "gap";

    fn gap() -> Self {
        Self {
            topic: Self::GAP.to_owned(),
            text: String::new(),
        }
    }
}

/// What one listener hears.
#[derive(Debug)]
pub struct Signals {
    receiver: broadcast::Receiver<Signal>,
}

impl Signals {
    /// The next note; `None` when the cluster is gone. After a loss the note `Signal::GAP` comes in place of the lost ones.
    /// May be dropped and called again without losing anything.
    pub async fn next(&mut self) -> Option<Signal> {
        match self.receiver.recv().await {
            Ok(signal) => Some(signal),
            Err(broadcast::error::RecvError::Lagged(_)) => Some(Signal::gap()),
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }

    /// The same as a stream.
    pub fn into_stream(self) -> impl futures::Stream<Item = Signal> + Send {
        futures::stream::unfold(self, async |mut signals| {
            signals.next().await.map(|signal| (signal, signals))
        })
    }
}

/// Hands notes to the listeners of this process.
#[derive(Debug)]
pub(crate) struct Hub {
    sender: broadcast::Sender<Signal>,
    listening: AtomicBool,
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            sender: broadcast::channel(1_024).0,
            listening: AtomicBool::new(false),
        }
    }
}

impl Hub {
    pub fn deliver(&self, topic: &str, text: &str) {
        // Nobody listening is no mistake.
        let _ = self.sender.send(Signal {
            topic: topic.to_owned(),
            text: text.to_owned(),
        });
    }

    pub fn listen(&self) -> Signals {
        Signals {
            receiver: self.sender.subscribe(),
        }
    }

    /// Whether the caller is the first and must start the task that hears Redis.
    pub fn first(&self) -> bool {
        !self.listening.swap(true, Ordering::AcqRel)
    }
}

pub(crate) fn channel(remote: &Remote) -> String {
    format!("{}signals", remote.prefix())
}

/// Hears Redis until the cluster is dropped; after each break it connects again and tells of the gap.
pub(crate) async fn hear(remote: Arc<Remote>, hub: Weak<Hub>) {
    let mut pause = Duration::from_millis(50);
    let mut broken = false;
    while hub.strong_count() > 0 {
        if let Ok(Ok(mut heard)) =
            tokio::time::timeout(Duration::from_secs(5), remote.client().get_async_pubsub()).await
            && heard.subscribe(&channel(&remote)).await.is_ok()
        {
            pause = Duration::from_millis(50);
            if broken && let Some(hub) = hub.upgrade() {
                hub.deliver(Signal::GAP, "");
            }
            forward(&hub, &mut heard).await;
        }
        broken = true;
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(Duration::from_secs(2));
    }
}

async fn forward(hub: &Weak<Hub>, heard: &mut redis::aio::PubSub) {
    let mut messages = heard.on_message();
    loop {
        // Woken now and then to see whether anybody still holds the cluster.
        match tokio::time::timeout(Duration::from_secs(5), messages.next()).await {
            Ok(None) => return,
            Ok(Some(message)) => {
                let Some(hub) = hub.upgrade() else { return };
                let Ok(payload) = message.get_payload::<String>() else {
                    continue;
                };
                let (topic, text) = payload.split_once('\n').unwrap_or((payload.as_str(), ""));
                hub.deliver(topic, text);
            }
            Err(_) if hub.strong_count() == 0 => return,
            Err(_) => {}
        }
    }
}
