//! Addresses of letters: confirmed by a link that only their owner gets, before anything else is sent there. Refuses to write to an address that
//! somebody merely typed.

use super::{
    Team, TeamError, code,
    letter::Letter,
    model::{Content, NewPost, Way, What},
    render::{Drawn, Reader},
    service::{Recipient, person},
    speak::Said,
    store::{self, mails::MailRow, posts::PostRow},
};
use data_encoding::HEXLOWER;
use sauda_accounts::Scope;
use sauda_cluster::{BudgetKey, Limit, Permit};
use sauda_kernel::{MerchantId, Span, UserId};

/// How long a link may be used.
const LIVES: Span = Span::from_hours(24);
/// Links for one person: nobody's box is filled by pressing a button.
const LINKS: Limit = Limit::per(1, Span::from_mins(1)).and(8, Span::from_days(1));

/// The same address in small letters: how it is known.
fn known(address: &str) -> String {
    address.trim().to_lowercase()
}

/// Whether a person's address was confirmed.
pub(super) fn is_confirmed(rows: &[MailRow], user: &UserId, address: &str) -> bool {
    let address = known(address);
    rows.iter()
        .any(|row| row.user == *user && row.address == address && row.confirmed_at.is_some())
}

impl Team {
    pub(super) async fn is_mail_confirmed(
        &self,
        merchant: &MerchantId,
        user: &UserId,
        address: &str,
    ) -> Result<bool, TeamError> {
        let rows = store::mails::of(&self.rooms.db, merchant).await?;
        Ok(is_confirmed(&rows, user, address))
    }

    /// Sends the asking person a link that confirms the address; the address.
    ///
    /// # Errors
    /// When no letters are sent here, no address is known, or a link was sent a moment ago.
    pub async fn ask_to_confirm(&self, scope: &Scope) -> Result<String, TeamError> {
        let user = person(scope)?;
        let own = self.recipient(scope).await?;
        let address = self.own_mail(&own)?;
        let budget = BudgetKey::new("mail-confirm", user.to_string());
        if let Permit::Refused { retry_at } = self.rooms.cluster.take(&budget, &LINKS, 1).await? {
            return Err(TeamError::TooOften {
                wait: retry_at.since(self.now()),
            });
        }
        let now = self.now();
        let post = NewPost {
            merchant: scope.merchant().clone(),
            user: Some(user.clone()),
            way: Way::Mail,
            once: format!("confirm:{user}:{}", now.as_micros()),
            address: address.clone(),
            what: What::Asked,
            content: Content::ConfirmMail,
            at: now,
        };
        let mut tx = self.rooms.db.write().await?;
        self.record(&mut tx, &[post]).await?;
        tx.commit().await?;
        Ok(address)
    }

    /// Uses the word of a link that was sent to the asking person; the address that gets letters from now on.
    ///
    /// # Errors
    /// When the word is not of a link of this person, was used before, or is too old.
    pub async fn confirm_mail(&self, scope: &Scope, word: &str) -> Result<String, TeamError> {
        let user = person(scope)?;
        let mut tx = self.rooms.db.write().await?;
        let hash = code::hash(word);
        let found = store::mails::confirm(&mut tx, scope.merchant(), user, &hash, self.now()).await?;
        let Some(address) = found else {
            return Err(TeamError::LinkWorthless);
        };
        let entry = sauda_accounts::AuditEntry::new("team.mail_confirmed", &address);
        self.rooms.accounts.audit(&mut tx, scope, entry).await?;
        tx.commit().await?;
        Ok(address)
    }

    /// The letter with the link. Its word is made when it leaves and kept only hashed, so no table holds a link that works.
    pub(super) async fn confirm_letter(
        &self,
        reader: &Reader<'_>,
        post: &PostRow,
    ) -> Result<Drawn, TeamError> {
        let Some(user) = &post.user else {
            return Ok(Drawn::Nothing("nobody"));
        };
        if self
            .is_mail_confirmed(&post.merchant, user, &post.address)
            .await?
        {
            return Ok(Drawn::Nothing("outdated"));
        }
        let ids = &self.rooms.ids;
        let bytes: Vec<u8> = ids.next().into_iter().chain(ids.next()).collect();
        let word = HEXLOWER.encode(&bytes);
        let now = self.now();
        let address = known(&post.address);
        let hash = code::hash(&word);
        store::mails::ask(
            &self.rooms.db,
            &post.merchant,
            user,
            &address,
            &hash,
            (now, now.plus(LIVES)),
        )
        .await?;
        let base = self.settings.public_url.trim_end_matches('/');
        let page = format!("{base}/settings/notifications/confirm/{word}");
        let words = reader.to.say(
            "team-confirm-mail",
            &[
                ("name", Said::from(&reader.member.name)),
                ("page", Said::Text(page)),
            ],
        );
        let foot = reader.to.say("team-confirm-foot", &[]);
        Ok(Drawn::Letter(Letter::of_words(
            &words,
            reader.to.language.word(),
            &foot,
        )))
    }

    /// Where letters for a person go, when letters are sent at all.
    pub(super) fn own_mail(&self, own: &Recipient) -> Result<String, TeamError> {
        if self.mail.is_none() {
            return Err(TeamError::NoMail);
        }
        Self::mail_of(own).ok_or_else(|| TeamError::Address(String::new()))
    }
}
