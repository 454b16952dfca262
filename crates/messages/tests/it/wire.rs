//! The line between the postman and the pretend WhatsApp: the real client, whose sending can be cut.

use async_trait::async_trait;
use sauda_channel::*;
use sauda_channel_waha::Waha;
use sauda_kernel::Timestamp;
use std::sync::Mutex;

/// How the next sending goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// It never arrives, and nobody knows.
    Before,
    /// It arrives, the answer is lost.
    After,
    /// No connection at all: surely nothing left.
    Offline,
    /// The process is dead from here on: it never arrives.
    DeadBefore,
    /// It arrives, and the process is dead.
    DeadAfter,
}

pub struct Wire {
    waha: Waha,
    cuts: Mutex<Vec<Cut>>,
    /// Sendings that were tried.
    pub tries: Mutex<Vec<Outgoing>>,
    /// Numbers that were asked for.
    pub asked: Mutex<Vec<String>>,
}

impl Wire {
    pub fn new(waha: Waha) -> Self {
        Self {
            waha,
            cuts: Mutex::default(),
            tries: Mutex::default(),
            asked: Mutex::default(),
        }
    }

    /// The next sendings go wrong like this, the first first.
    pub fn cut(&self, cuts: &[Cut]) {
        *self.cuts.lock().unwrap() = cuts.iter().rev().copied().collect();
    }

    pub fn tried(&self) -> usize {
        self.tries.lock().unwrap().len()
    }
}

#[async_trait]
impl Messenger for Wire {
    fn name(&self) -> &'static str {
        self.waha.name()
    }
    async fn server(&self, line: &Line) -> Result<Server, ChannelError> {
        self.waha.server(line).await
    }
    async fn open(&self, line: &Line, hook: &Hook) -> Result<LineInfo, ChannelError> {
        self.waha.open(line, hook).await
    }
    async fn look(&self, line: &Line) -> Result<LineInfo, ChannelError> {
        self.waha.look(line).await
    }
    async fn start(&self, line: &Line) -> Result<(), ChannelError> {
        self.waha.start(line).await
    }
    async fn stop(&self, line: &Line) -> Result<(), ChannelError> {
        self.waha.stop(line).await
    }
    async fn restart(&self, line: &Line) -> Result<(), ChannelError> {
        self.waha.restart(line).await
    }
    async fn log_out(&self, line: &Line) -> Result<(), ChannelError> {
        self.waha.log_out(line).await
    }
    async fn remove(&self, line: &Line) -> Result<(), ChannelError> {
        self.waha.remove(line).await
    }
    async fn qr(&self, line: &Line) -> Result<Option<Qr>, ChannelError> {
        self.waha.qr(line).await
    }
    async fn pairing_code(&self, line: &Line, phone: &Phone) -> Result<String, ChannelError> {
        self.waha.pairing_code(line, phone).await
    }
    async fn find(&self, line: &Line, phone: &Phone) -> Result<Option<ChatId>, ChannelError> {
        self.asked.lock().unwrap().push(phone.digits().to_owned());
        self.waha.find(line, phone).await
    }
    async fn phone_of(&self, line: &Line, chat: &ChatId) -> Result<Option<Phone>, ChannelError> {
        self.waha.phone_of(line, chat).await
    }
    async fn reserve_id(&self, line: &Line) -> Result<Option<String>, ChannelError> {
        self.waha.reserve_id(line).await
    }
    async fn send(&self, line: &Line, message: &Outgoing) -> Result<Sent, ChannelError> {
        self.tries.lock().unwrap().push(message.clone());
        let cut = self.cuts.lock().unwrap().pop();
        match cut {
            None => self.waha.send(line, message).await,
            Some(Cut::Before) => Err(ChannelError::Unconfirmed("cut".to_owned())),
            Some(Cut::Offline) => Err(ChannelError::NoConnection("cut".to_owned())),
            Some(Cut::After) => {
                self.waha.send(line, message).await.unwrap();
                Err(ChannelError::Unconfirmed("cut".to_owned()))
            }
            Some(Cut::DeadBefore) => std::future::pending().await,
            Some(Cut::DeadAfter) => {
                self.waha.send(line, message).await.unwrap();
                std::future::pending().await
            }
        }
    }
    async fn find_sent(
        &self,
        line: &Line,
        message: &Outgoing,
        since: Timestamp,
    ) -> Result<Option<Sent>, ChannelError> {
        self.waha.find_sent(line, message, since).await
    }
    async fn history(
        &self,
        line: &Line,
        chat: &ChatId,
        since: Timestamp,
    ) -> Result<Vec<Message>, ChannelError> {
        self.waha.history(line, chat, since).await
    }
    async fn mark_read(&self, line: &Line, chat: &ChatId) -> Result<(), ChannelError> {
        self.waha.mark_read(line, chat).await
    }
    async fn typing(&self, line: &Line, chat: &ChatId, on: bool) -> Result<(), ChannelError> {
        self.waha.typing(line, chat, on).await
    }
    async fn fetch(&self, line: &Line, media: &Media) -> Result<Vec<u8>, ChannelError> {
        self.waha.fetch(line, media).await
    }
}
