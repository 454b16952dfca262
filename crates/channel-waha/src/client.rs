//! WAHA as a messenger. Refuses to hold anything but the connection pool.

use crate::{WahaSettings, http::Wire};
use sauda_channel::{
    ChannelError, ChatId, Hook, Line, LineInfo, Media, Message, Messenger, Outgoing, Phone, Qr, Sent, Server,
};
use sauda_kernel::Timestamp;

/// One for the whole process; every call names its line.
#[derive(Debug, Clone)]
pub struct Waha {
    pub(crate) wire: Wire,
}

impl Waha {
    /// # Errors
    /// `Invalid` for settings out of bounds; `NoConnection` when no client can be made.
    pub fn new(settings: WahaSettings) -> Result<Self, ChannelError> {
        settings.validate()?;
        Ok(Self {
            wire: Wire::new(settings)?,
        })
    }

    pub(crate) const fn settings(&self) -> &WahaSettings {
        self.wire.settings()
    }
}

#[async_trait::async_trait]
impl Messenger for Waha {
    fn name(&self) -> &'static str {
        "whatsapp"
    }
    async fn server(&self, line: &Line) -> Result<Server, ChannelError> {
        self.server_of(line).await
    }
    async fn open(&self, line: &Line, hook: &Hook) -> Result<LineInfo, ChannelError> {
        self.open_line(line, hook).await
    }
    async fn look(&self, line: &Line) -> Result<LineInfo, ChannelError> {
        self.look_at(line).await
    }
    async fn start(&self, line: &Line) -> Result<(), ChannelError> {
        self.session_act(line, "start").await
    }
    async fn stop(&self, line: &Line) -> Result<(), ChannelError> {
        self.session_act(line, "stop").await
    }
    async fn restart(&self, line: &Line) -> Result<(), ChannelError> {
        self.session_act(line, "restart").await
    }
    async fn log_out(&self, line: &Line) -> Result<(), ChannelError> {
        self.session_act(line, "logout").await
    }
    async fn remove(&self, line: &Line) -> Result<(), ChannelError> {
        self.remove_line(line).await
    }
    async fn qr(&self, line: &Line) -> Result<Option<Qr>, ChannelError> {
        self.current_qr(line).await
    }
    async fn pairing_code(&self, line: &Line, phone: &Phone) -> Result<String, ChannelError> {
        self.code_for(line, phone).await
    }
    async fn find(&self, line: &Line, phone: &Phone) -> Result<Option<ChatId>, ChannelError> {
        self.find_chat(line, phone).await
    }
    async fn phone_of(&self, line: &Line, chat: &ChatId) -> Result<Option<Phone>, ChannelError> {
        self.number_behind(line, chat).await
    }
    async fn reserve_id(&self, line: &Line) -> Result<Option<String>, ChannelError> {
        self.new_id(line).await
    }
    async fn send(&self, line: &Line, message: &Outgoing) -> Result<Sent, ChannelError> {
        self.send_message(line, message).await
    }
    async fn find_sent(
        &self,
        line: &Line,
        message: &Outgoing,
        since: Timestamp,
    ) -> Result<Option<Sent>, ChannelError> {
        self.look_for(line, message, since).await
    }
    async fn history(
        &self,
        line: &Line,
        chat: &ChatId,
        since: Timestamp,
    ) -> Result<Vec<Message>, ChannelError> {
        self.read_talk(line, chat, since, false).await
    }
    async fn mark_read(&self, line: &Line, chat: &ChatId) -> Result<(), ChannelError> {
        self.chat_act(line, chat, "sendSeen").await
    }
    async fn typing(&self, line: &Line, chat: &ChatId, on: bool) -> Result<(), ChannelError> {
        self.chat_act(line, chat, if on { "startTyping" } else { "stopTyping" })
            .await
    }
    async fn fetch(&self, line: &Line, media: &Media) -> Result<Vec<u8>, ChannelError> {
        self.fetch_media(line, media).await
    }
}
