//! The pretend mail server: takes letters by SMTP and shows them. Refuses to pass any on.

pub mod control;
mod letter;
mod session;

pub use letter::{Letter, Part};

use crate::{locks::lock, sim::Sim};
use anyhow::Context as _;
use sauda_kernel::Timestamp;
use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, OnceLock},
};
use tokio::{net::TcpListener, task::JoinHandle};

/// Remembered letters.
const REMEMBERED: usize = 1_000;

/// A letter that was taken.
#[derive(Debug, Clone)]
pub struct Taken {
    pub at: Timestamp,
    pub from: String,
    pub to: Vec<String>,
    /// Who signed in, if anybody did.
    pub login: Option<String>,
    pub raw: Vec<u8>,
}

#[derive(Default)]
pub struct MailSink {
    taken: Mutex<Vec<Taken>>,
    address: OnceLock<SocketAddr>,
}

impl MailSink {
    pub fn address(&self) -> Option<SocketAddr> {
        self.address.get().copied()
    }

    fn take(&self, letter: Taken) {
        let mut taken = lock(&self.taken);
        if taken.len() >= REMEMBERED {
            taken.remove(0);
        }
        taken.push(letter);
    }

    pub fn all(&self) -> Vec<Taken> {
        lock(&self.taken).clone()
    }

    pub fn clear(&self) {
        lock(&self.taken).clear();
    }
}

/// Opens the server where the options want one.
///
/// # Errors
/// When the address is taken.
pub async fn open(sim: &Arc<Sim>) -> anyhow::Result<Option<JoinHandle<()>>> {
    let Some(address) = sim.options.smtp else {
        return Ok(None);
    };
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen for mail on {address}"))?;
    let _ = sim.mail.address.set(listener.local_addr()?);
    Ok(Some(tokio::spawn(listen(Arc::clone(sim), listener))))
}

async fn listen(sim: Arc<Sim>, listener: TcpListener) {
    let mut ended = sim.ended.subscribe();
    loop {
        tokio::select! {
            _ = ended.wait_for(|ended| *ended) => return,
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    tokio::spawn(session::talk(Arc::clone(&sim), stream));
                }
            }
        }
    }
}

impl Sim {
    /// Where the pretend mail server listens; none unless the options say so.
    pub fn mail_address(&self) -> Option<SocketAddr> {
        self.mail.address()
    }

    /// Letters that were taken, oldest first.
    pub fn letters(&self) -> Vec<Letter> {
        self.mail.all().iter().map(Letter::of).collect()
    }
}
