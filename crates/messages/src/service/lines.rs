//! Lines for people: added, linked by QR, restarted, unlinked, taken away. Keys come in and never go out.

use crate::{
    Messages, MessagesError,
    limits::{self, Limits, Past, Turn},
    model::Line,
    store::{lines, queue, shops},
};
use sauda_accounts::{Right, Scope};
use sauda_channel::{ChannelError, Hook, LineInfo, LineState, QrCountdown, Retry};
use sauda_kernel::{MessageLineId, ShopId, Span, Timestamp};
use sauda_store::Sealed;
use secrecy::{ExposeSecret, SecretString};

/// How often a working line is asked how it stands.
pub(crate) const LOOK: Span = Span::from_mins(2);
/// How often one is that does not work.
pub(crate) const LOOK_CLOSELY: Span = Span::from_secs(20);

/// A line to be added.
#[derive(Debug, Clone)]
pub struct NewLine {
    /// `http://whatsapp:3000`
    pub server: String,
    pub key: SecretString,
    /// Name of the line at the server.
    pub name: String,
}

/// A line with what stands around it.
#[derive(Debug, Clone)]
pub struct LineView {
    pub line: Line,
    /// Shops that write by it.
    pub shops: Vec<ShopId>,
    pub sent_today: u32,
    /// The most that may be sent today.
    pub most_today: u32,
    /// Messages that wait for their turn.
    pub waiting: i64,
    /// When the next may go, what it waits for, and how dangerous it is.
    pub turn: Turn,
}

/// The QR of now.
#[derive(Debug, Clone)]
pub struct QrView {
    /// What the picture says. Whoever scans it owns the line.
    pub text: SecretString,
    /// The same as a picture: SVG text.
    pub picture: SecretString,
    /// 1 to 6.
    pub turn: u32,
    /// Time it can still be scanned.
    pub left: Span,
    /// No other follows by itself.
    pub is_last: bool,
}

impl Messages {
    /// Lines of the merchant.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn lines(&self, scope: &Scope) -> Result<Vec<LineView>, MessagesError> {
        let mut views = Vec::new();
        for whole in lines::list(&self.db, scope).await? {
            views.push(self.view_line(whole.line).await?);
        }
        Ok(views)
    }

    /// # Errors
    /// When the merchant has no such line.
    pub async fn line(&self, scope: &Scope, id: &MessageLineId) -> Result<LineView, MessagesError> {
        let whole = self.whole_line(scope, id).await?;
        self.view_line(whole.line).await
    }

    async fn view_line(&self, line: Line) -> Result<LineView, MessagesError> {
        let now = self.clock.now();
        let shops = shops::of_line(&self.db, &line.id).await?;
        let limits = match shops.first() {
            Some(shop) => self.settings_of(shop).await?.limits,
            None => Limits::default(),
        };
        let sent = queue::sent_since(&self.db, &line.id, now.local_midnight()).await?;
        let since = line.new_since.unwrap_or(line.added_at);
        Ok(LineView {
            sent_today: u32::try_from(sent.len()).unwrap_or(u32::MAX),
            most_today: limits.cap(since, now),
            waiting: queue::waiting(&self.db, &line.id).await?,
            turn: self.turn_of(&line, &limits, now).await?,
            shops,
            line,
        })
    }

    /// When the next message may leave by a line.
    pub(crate) async fn turn_of(
        &self,
        line: &Line,
        limits: &Limits,
        now: Timestamp,
    ) -> Result<Turn, MessagesError> {
        let sent = queue::sent_since(&self.db, &line.id, now.minus(Span::from_days(2))).await?;
        let (written, answered, opted_out) =
            queue::answered_since(&self.db, &line.id, now.minus(Span::from_days(7))).await?;
        let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
        let past = Past {
            connected: line.new_since.unwrap_or(line.added_at),
            sent: &sent,
            written: count(written),
            answered: count(answered),
            opted_out: count(opted_out),
        };
        let seed = line
            .number
            .as_deref()
            .and_then(|number| number.parse().ok())
            .unwrap_or(0);
        Ok(limits::next(limits, &past, now, seed))
    }

    /// Adds a line and opens it at its server; a shop without a line writes by it from now on. What the server says of it is told by
    /// the line, also when it does not answer: the line is kept and can be opened again.
    ///
    /// # Errors
    /// When address or name make no sense, the server may not be named, or the line is there already.
    pub async fn add_line(
        &self,
        scope: &Scope,
        shop: &ShopId,
        new: &NewLine,
    ) -> Result<MessageLineId, MessagesError> {
        scope
            .require(Right::ManageShops)
            .map_err(MessagesError::Accounts)?;
        self.catalog.shop(scope, shop).await?;
        let checked = sauda_channel::Line::new(&new.server, new.key.clone(), &new.name)?;
        let allowed = self.servers.is_empty()
            || self
                .servers
                .iter()
                .any(|server| checked.server == server.trim_end_matches('/'));
        if !allowed {
            return Err(MessagesError::ServerNotAllowed(checked.server));
        }
        let now = self.clock.now();
        let whole = self.fresh_line(scope, &checked, now)?;
        let id = whole.line.id.clone();
        let mut settings = self.settings_of(shop).await?;
        let mut tx = self.db.write().await?;
        if lines::insert(&mut tx, &whole).await? == 0 {
            return Err(MessagesError::LineTaken {
                server: checked.server,
                name: checked.name,
            });
        }
        if settings.line.is_none() {
            settings.line = Some(id.clone());
            shops::put(&mut tx, scope.merchant(), shop, &settings, now).await?;
        }
        self.audit(
            &mut tx,
            scope,
            "line.added",
            id.as_str(),
            Some(whole.line.name.clone()),
        )
        .await?;
        tx.commit().await?;
        self.open_line(scope, &id).await?;
        Ok(id)
    }

    /// A line that nobody has linked yet, with its keys sealed.
    fn fresh_line(
        &self,
        scope: &Scope,
        checked: &sauda_channel::Line,
        now: Timestamp,
    ) -> Result<lines::Whole, MessagesError> {
        let id: MessageLineId = self.id();
        let hook_key = self.secret_word();
        Ok(lines::Whole {
            server_key: self.vault.seal(
                &server_purpose(scope, &id),
                checked.key.expose_secret().as_bytes(),
            )?,
            hook_key: self.vault.seal(&hook_purpose(scope, &id), hook_key.as_bytes())?,
            hook_word: self.secret_word(),
            line: Line {
                id: id.clone(),
                merchant: scope.merchant().clone(),
                server: checked.server.clone(),
                name: checked.name.clone(),
                state: LineState::Stopped,
                state_at: now,
                number: None,
                display_name: None,
                added_at: now,
                new_since: None,
                trouble: None,
                send_at: None,
            },
        })
    }

    /// Opens a line at its server: makes it when it is not there, starts it when it stands still, sets where events come to.
    ///
    /// # Errors
    /// When the merchant has no such line. What the server says is told by the line.
    pub async fn open_line(&self, scope: &Scope, id: &MessageLineId) -> Result<(), MessagesError> {
        scope
            .require(Right::ManageShops)
            .map_err(MessagesError::Accounts)?;
        let whole = self.whole_line(scope, id).await?;
        let line = self.dial(scope, &whole)?;
        let hook = Hook {
            url: format!("{}{}", self.hook_base, whole.hook_word),
            key: self.hook_key(scope, &whole)?,
            retry: Retry {
                delay_secs: 2,
                attempts: 15,
            },
        };
        let answer = self.messenger.open(&line, &hook).await;
        self.note_line(id, answer.as_ref()).await
    }

    /// Starts a line anew.
    ///
    /// # Errors
    /// When the merchant has no such line.
    pub async fn restart_line(&self, scope: &Scope, id: &MessageLineId) -> Result<(), MessagesError> {
        scope
            .require(Right::ManageShops)
            .map_err(MessagesError::Accounts)?;
        let whole = self.whole_line(scope, id).await?;
        let line = self.dial(scope, &whole)?;
        self.forget_qr(id);
        if let Err(error) = self.messenger.restart(&line).await {
            return self.note_line(id, Err(&error)).await;
        }
        let answer = self.messenger.look(&line).await;
        self.note_line(id, answer.as_ref()).await
    }

    /// Unlinks the phone; it takes a new QR to link it again.
    ///
    /// # Errors
    /// When the merchant has no such line.
    pub async fn log_out_line(&self, scope: &Scope, id: &MessageLineId) -> Result<(), MessagesError> {
        scope
            .require(Right::ManageShops)
            .map_err(MessagesError::Accounts)?;
        let whole = self.whole_line(scope, id).await?;
        let line = self.dial(scope, &whole)?;
        self.forget_qr(id);
        let mut tx = self.db.write().await?;
        self.audit(&mut tx, scope, "line.logged_out", id.as_str(), None)
            .await?;
        tx.commit().await?;
        if let Err(error) = self.messenger.log_out(&line).await {
            return self.note_line(id, Err(&error)).await;
        }
        let answer = self.messenger.look(&line).await;
        self.note_line(id, answer.as_ref()).await
    }

    /// Takes a line away, here and, when it answers, at its server. What waits for it waits for another.
    ///
    /// # Errors
    /// When the merchant has no such line.
    pub async fn remove_line(&self, scope: &Scope, id: &MessageLineId) -> Result<(), MessagesError> {
        scope
            .require(Right::ManageShops)
            .map_err(MessagesError::Accounts)?;
        let whole = self.whole_line(scope, id).await?;
        let line = self.dial(scope, &whole)?;
        let mut tx = self.db.write().await?;
        lines::remove(&mut tx, id, self.clock.now()).await?;
        shops::forget_line(&mut tx, id).await?;
        self.audit(
            &mut tx,
            scope,
            "line.removed",
            id.as_str(),
            Some(whole.line.name.clone()),
        )
        .await?;
        tx.commit().await?;
        if let Err(error) = self.messenger.remove(&line).await {
            tracing::info!(line.id = %id, error = %error, "the server did not take the line away");
        }
        Ok(())
    }

    /// The QR of now; none when the line does not ask for one.
    ///
    /// # Errors
    /// When the merchant has no such line, or its server does not answer.
    pub async fn line_qr(&self, scope: &Scope, id: &MessageLineId) -> Result<Option<QrView>, MessagesError> {
        scope
            .require(Right::ManageShops)
            .map_err(MessagesError::Accounts)?;
        let whole = self.whole_line(scope, id).await?;
        let line = self.dial(scope, &whole)?;
        let info = self.messenger.look(&line).await;
        self.note_line(id, info.as_ref()).await?;
        let Some(qr) = self.messenger.qr(&line).await? else {
            self.forget_qr(id);
            return Ok(None);
        };
        let now = self.clock.now();
        let turn = {
            let mut known = self.qrs.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            known
                .entry(id.clone())
                .or_insert_with(|| QrCountdown::begin(&qr, now))
                .look(&qr, now)
        };
        Ok(Some(QrView {
            picture: picture(&qr.0)?,
            text: qr.0,
            turn: turn.turn,
            left: turn.left,
            is_last: turn.is_last,
        }))
    }

    fn forget_qr(&self, id: &MessageLineId) {
        let mut known = self.qrs.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        known.remove(id);
    }

    /// Notes what a server says of a line, or that it does not.
    pub(crate) async fn note_line(
        &self,
        id: &MessageLineId,
        answer: Result<&LineInfo, &ChannelError>,
    ) -> Result<(), MessagesError> {
        let now = self.clock.now();
        match answer {
            Ok(info) => {
                let heard = lines::Heard {
                    state: &info.state,
                    number: info.number.as_deref(),
                    display_name: info.display_name.as_deref(),
                };
                let look = if info.state.can_send() { LOOK } else { LOOK_CLOSELY };
                lines::heard(&self.db, id, &heard, now, now.plus(look)).await?;
            }
            Err(error) => {
                let text = error.to_string();
                lines::failed(&self.db, id, (error.word(), &text), now, now.plus(LOOK_CLOSELY)).await?;
            }
        }
        Ok(())
    }

    pub(crate) async fn whole_line(
        &self,
        scope: &Scope,
        id: &MessageLineId,
    ) -> Result<lines::Whole, MessagesError> {
        lines::find(&self.db, id)
            .await?
            .filter(|whole| whole.line.merchant == *scope.merchant())
            .ok_or_else(|| MessagesError::NotFound {
                what: "line",
                id: id.to_string(),
            })
    }

    /// A line as the messenger takes it.
    pub(crate) fn dial(
        &self,
        scope: &Scope,
        whole: &lines::Whole,
    ) -> Result<sauda_channel::Line, MessagesError> {
        let key = self.open_secret(&server_purpose(scope, &whole.line.id), &whole.server_key)?;
        Ok(sauda_channel::Line::new(
            &whole.line.server,
            key,
            &whole.line.name,
        )?)
    }

    pub(crate) fn hook_key(
        &self,
        scope: &Scope,
        whole: &lines::Whole,
    ) -> Result<SecretString, MessagesError> {
        self.open_secret(&hook_purpose(scope, &whole.line.id), &whole.hook_key)
    }

    fn open_secret(&self, purpose: &str, sealed: &Sealed) -> Result<SecretString, MessagesError> {
        let bytes = self.vault.open(purpose, sealed)?;
        Ok(SecretString::from(String::from_utf8_lossy(&bytes).into_owned()))
    }
}

/// The QR drawn; black on white, as cameras read it.
fn picture(text: &SecretString) -> Result<SecretString, MessagesError> {
    use qrcode::render::svg;
    let code = qrcode::QrCode::new(text.expose_secret().as_bytes())
        .map_err(|error| ChannelError::BadAnswer(format!("qr: {error}")))?;
    let drawn = code
        .render()
        .min_dimensions(220, 220)
        .dark_color(svg::Color("#000000"))
        .light_color(svg::Color("#ffffff"))
        .build();
    // Inside a page there is no XML declaration.
    let picture = drawn
        .split_once("?>")
        .map_or(drawn.as_str(), |(_, picture)| picture);
    Ok(SecretString::from(picture.to_owned()))
}

fn server_purpose(scope: &Scope, line: &MessageLineId) -> String {
    format!("merchant:{}:line:{line}:server", scope.merchant())
}

fn hook_purpose(scope: &Scope, line: &MessageLineId) -> String {
    format!("merchant:{}:line:{line}:hook", scope.merchant())
}
