//! What channels can do for us, one trait for each kind of channel. Implementations are stateless and ask no budget: the caller has.

use crate::{
    Bot, BotChat, BotCommand, BotKey, ChannelError, ChatId, Edited, Hook, Line, LineInfo, Mail, MailReceipt,
    MailServer, Media, Message, Outgoing, Phone, Post, Posted, Press, Qr, Sent, Server, Updates, Upload,
};
use sauda_kernel::{Span, Timestamp};

/// Talks with buyers over a linked phone.
#[async_trait::async_trait]
pub trait Messenger: Send + Sync {
    /// Short name for storage and metrics: `whatsapp`.
    fn name(&self) -> &'static str;

    /// What the server is. Also the cheapest proof that address and key are right.
    async fn server(&self, line: &Line) -> Result<Server, ChannelError>;
    /// Makes the line with this webhook when there is none, sets the webhook anew when it differs, and starts it.
    async fn open(&self, line: &Line, hook: &Hook) -> Result<LineInfo, ChannelError>;
    /// Where the line stands. `NotFound` when the server does not know it.
    async fn look(&self, line: &Line) -> Result<LineInfo, ChannelError>;
    async fn start(&self, line: &Line) -> Result<(), ChannelError>;
    async fn stop(&self, line: &Line) -> Result<(), ChannelError>;
    async fn restart(&self, line: &Line) -> Result<(), ChannelError>;
    /// Unlinks the phone; a new QR is needed after that.
    async fn log_out(&self, line: &Line) -> Result<(), ChannelError>;
    /// Takes the line away from the server, whatever its state.
    async fn remove(&self, line: &Line) -> Result<(), ChannelError>;
    /// The QR of now. None when the line does not ask for one (any more).
    async fn qr(&self, line: &Line) -> Result<Option<Qr>, ChannelError>;
    /// A code to type into the phone instead of the QR; may be refused, so the QR has to be there too.
    async fn pairing_code(&self, line: &Line, phone: &Phone) -> Result<String, ChannelError>;

    /// The talk with this number; none when it is not in the channel. Ask before the first message, one at a time.
    async fn find(&self, line: &Line, phone: &Phone) -> Result<Option<ChatId>, ChannelError>;
    /// The number behind a talk; none when the channel hides it.
    async fn phone_of(&self, line: &Line, chat: &ChatId) -> Result<Option<Phone>, ChannelError>;
    /// An id for a message to come; none when the server cannot.
    async fn reserve_id(&self, line: &Line) -> Result<Option<String>, ChannelError>;
    /// Sends. `Unconfirmed` means: look with [`Messenger::find_sent`] before anything else.
    async fn send(&self, line: &Line, message: &Outgoing) -> Result<Sent, ChannelError>;
    /// Looks for a message that we may have sent at `since` or later: by its reserved id, else by its words. None after the
    /// whole talk since then was read; a message may still be on its way for some seconds, so ask twice before sending anew.
    async fn find_sent(
        &self,
        line: &Line,
        message: &Outgoing,
        since: Timestamp,
    ) -> Result<Option<Sent>, ChannelError>;
    /// Messages of a talk, from both sides, oldest first: what webhooks missed.
    async fn history(
        &self,
        line: &Line,
        chat: &ChatId,
        since: Timestamp,
    ) -> Result<Vec<Message>, ChannelError>;
    /// Marks what they wrote as read.
    async fn mark_read(&self, line: &Line, chat: &ChatId) -> Result<(), ChannelError>;
    /// Shows "typing…", or no longer.
    async fn typing(&self, line: &Line, chat: &ChatId, on: bool) -> Result<(), ChannelError>;
    /// The bytes of a picture or file that came. Only from the line's own server, whatever host the address names.
    async fn fetch(&self, line: &Line, media: &Media) -> Result<Vec<u8>, ChannelError>;
}

/// Talks with the team through a bot.
#[async_trait::async_trait]
pub trait TeamBot: Send + Sync {
    fn name(&self) -> &'static str;

    /// Who the key is. Also the proof that it is right.
    async fn me(&self, key: &BotKey) -> Result<Bot, ChannelError>;
    /// The commands that people are offered; without a language, for all others.
    async fn set_commands(
        &self,
        key: &BotKey,
        commands: &[BotCommand],
        language: Option<&str>,
    ) -> Result<(), ChannelError>;
    /// Makes sure that updates can be asked for: takes a webhook away. What waits is kept.
    async fn take_updates(&self, key: &BotKey) -> Result<(), ChannelError>;
    /// Waits up to `wait` for what happened, from `next` on; asking with it confirms everything before.
    async fn updates(&self, key: &BotKey, next: Option<i64>, wait: Span) -> Result<Updates, ChannelError>;
    /// Sends a post. A bot cannot read its talks, so an `Unconfirmed` post stays unconfirmed: tell it, do not repeat it.
    async fn post(&self, key: &BotKey, chat: BotChat, post: &Post) -> Result<Posted, ChannelError>;
    async fn post_picture(
        &self,
        key: &BotKey,
        chat: BotChat,
        upload: &Upload,
    ) -> Result<Posted, ChannelError>;
    async fn post_document(
        &self,
        key: &BotKey,
        chat: BotChat,
        upload: &Upload,
    ) -> Result<Posted, ChannelError>;
    /// Puts another post in the place of one. May be repeated: the same edit again changes nothing.
    async fn edit(
        &self,
        key: &BotKey,
        chat: BotChat,
        message: i64,
        post: &Post,
    ) -> Result<Edited, ChannelError>;
    /// Ends the waiting of who pressed; with words, shown above the talk or, when `alert`, as a window to close.
    /// `NotFound` when it is too late.
    async fn answer(
        &self,
        key: &BotKey,
        press: &Press,
        words: Option<&str>,
        alert: bool,
    ) -> Result<(), ChannelError>;
    /// The link by which a person, or with `for_group` a group, comes to the bot with a code.
    ///
    /// # Errors
    /// `Invalid` for a code that does not fit into a link.
    fn link(&self, bot: &Bot, code: &str, for_group: bool) -> Result<String, ChannelError>;
}

/// Sends letters.
#[async_trait::async_trait]
pub trait Mailer: Send + Sync {
    fn name(&self) -> &'static str;

    /// Connects and signs in, and sends nothing.
    async fn check(&self, server: &MailServer) -> Result<(), ChannelError>;
    /// `Unconfirmed` when the server may have taken the letter; its Message-ID is the same in a repetition.
    async fn send(&self, server: &MailServer, mail: &Mail) -> Result<MailReceipt, ChannelError>;
}
