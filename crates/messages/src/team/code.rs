//! The one-time code by which a chat becomes a person's: made on the page, used once, for a quarter of an hour. Kept only hashed.

use super::{Team, TeamError, service::person, store};
use data_encoding::{BASE32_NOPAD, HEXLOWER};
use sauda_accounts::Scope;
use sauda_channel::Bot;
use sauda_kernel::{Span, Timestamp};
use sha2::{Digest as _, Sha256};

/// How long a code may be used.
pub(crate) const LIVES: Span = Span::from_mins(15);

/// What a person needs to link a chat. Shown once.
#[derive(Debug, Clone)]
pub struct LinkCode {
    pub code: String,
    /// Opens the talk with the bot and hands the code over.
    pub url: String,
    /// The same for a group.
    pub group_url: String,
    pub expires_at: Timestamp,
    /// The link as a picture: SVG text, empty when it could not be drawn.
    pub picture: String,
}

/// A link as a picture that phones read.
fn picture(url: &str) -> String {
    use qrcode::render::svg;
    let Ok(code) = qrcode::QrCode::new(url.as_bytes()) else {
        return String::new();
    };
    let drawn = code
        .render()
        .min_dimensions(220, 220)
        .dark_color(svg::Color("#000000"))
        .light_color(svg::Color("#ffffff"))
        .build();
    // Inside a page there is no XML declaration.
    drawn
        .split_once("?>")
        .map_or(drawn.as_str(), |(_, picture)| picture)
        .to_owned()
}

pub(crate) fn hash(code: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(code.as_bytes()))
}

impl Team {
    /// A code for the person's own chat; codes that were made before no longer work.
    ///
    /// # Errors
    /// When the merchant has no bot, or no person asks.
    pub async fn link_code(&self, scope: &Scope) -> Result<LinkCode, TeamError> {
        let user = person(scope)?;
        let bot = store::bots::find(&self.rooms.db, scope.merchant())
            .await?
            .ok_or(TeamError::NoBot)?;
        let code = BASE32_NOPAD.encode(&self.rooms.ids.next());
        let expires_at = self.now().plus(LIVES);
        let known = Bot {
            id: bot.id,
            name: bot.name,
            user_name: bot.user_name,
        };
        let url = self.bot.link(&known, &code, false)?;
        let shown = LinkCode {
            picture: picture(&url),
            url,
            group_url: self.bot.link(&known, &code, true)?,
            code,
            expires_at,
        };
        let mut tx = self.rooms.db.write().await?;
        store::links::spoil_codes(&mut tx, scope.merchant(), user).await?;
        store::links::insert_code(&mut tx, &hash(&shown.code), scope.merchant(), user, expires_at).await?;
        tx.commit().await?;
        Ok(shown)
    }
}
