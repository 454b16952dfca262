//! Whose cookie or key it is, and ending sessions. The one place where a scope of a request is made.

use super::Accounts;
use crate::{
    AccountsError, AuditEntry, KeyCaller, Membership, Scope, Session, SessionFound, SessionRow, SignedIn,
    Visitor,
    store::{keys, sessions, team},
    token,
};
use sauda_kernel::{MerchantId, SessionId, Span};

/// How often the last use of a session is written.
const SESSION_SEEN_EVERY: Span = Span::from_mins(1);
/// How often the last use of a key is written.
const KEY_USED_EVERY: Span = Span::from_hours(1);
/// Longest cookie or key that is looked at.
const LONGEST_WORD: usize = 100;

impl Accounts {
    /// Whose cookie it is. Ended, unknown and foreign cookies are all `Nobody`.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn session(&self, cookie: &str, visitor: &Visitor) -> Result<SessionFound, AccountsError> {
        if cookie.is_empty() || cookie.len() > LONGEST_WORD {
            return Ok(SessionFound::Nobody);
        }
        let now = self.now();
        let found = sessions::find(&self.db, &token::fingerprint(cookie), now, self.idle_since()).await?;
        let full = match found {
            None => return Ok(SessionFound::Nobody),
            Some(sessions::Found::Awaiting { awaiting, .. }) => {
                return Ok(SessionFound::AwaitsCode(awaiting));
            }
            Some(sessions::Found::Full(full)) => full,
        };
        if now.since(full.seen_at) >= SESSION_SEEN_EVERY {
            let mut tx = self.db.write().await?;
            sessions::touch(&mut tx, &full.id, now, &visitor.address).await?;
            team::touch(&mut tx, &full.merchant, &full.user, now).await?;
            tx.commit().await?;
        }
        let scope = Scope::person(
            full.merchant,
            full.user.clone(),
            full.name.clone(),
            full.role,
            &visitor.address,
        );
        Ok(SessionFound::Person(Box::new(Session {
            id: full.id,
            user: full.user,
            name: full.name,
            login: full.login,
            role: full.role,
            merchant_name: full.merchant_name,
            scope,
            preferences: full.preferences,
            created_at: full.created_at,
            expires_at: full.expires_at,
        })))
    }

    /// Whose key it is: nothing for an unknown, revoked or too old one, or one whose maker left the team.
    /// The key may what it was given and its maker still may.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn key(&self, key: &str, visitor: &Visitor) -> Result<Option<KeyCaller>, AccountsError> {
        if !key.starts_with(super::keys::PREFIX) || key.len() > LONGEST_WORD {
            return Ok(None);
        }
        let now = self.now();
        let Some(found) = keys::find(&self.db, &token::fingerprint(key), now).await? else {
            return Ok(None);
        };
        if found.used_at.is_none_or(|used| now.since(used) >= KEY_USED_EVERY) {
            keys::touch(&self.db, &found.id, now).await?;
        }
        let rights = found
            .rights
            .into_iter()
            .filter(|right| found.maker_role.may(*right))
            .collect();
        let scope = Scope::key(
            found.merchant,
            found.id.clone(),
            found.name.clone(),
            rights,
            &visitor.address,
        );
        Ok(Some(KeyCaller {
            key: found.id,
            name: found.name,
            scope,
        }))
    }

    /// Ends the session of a cookie. An unknown cookie is no mistake.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sign_out(&self, cookie: &str) -> Result<(), AccountsError> {
        sessions::delete_by_token(&self.db, &token::fingerprint(cookie)).await?;
        Ok(())
    }

    /// The person's sessions, the one used last first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sessions(&self, session: &Session) -> Result<Vec<SessionRow>, AccountsError> {
        Ok(sessions::list(
            &self.db,
            &session.user,
            &session.id,
            self.now(),
            self.idle_since(),
        )
        .await?)
    }

    /// Ends one of the person's sessions.
    ///
    /// # Errors
    /// When the person has no such session.
    pub async fn end_session(&self, session: &Session, id: &SessionId) -> Result<(), AccountsError> {
        let mut tx = self.db.write().await?;
        if sessions::delete(&mut tx, &session.user, id).await? == 0 {
            return Err(AccountsError::NotFound {
                what: "session",
                id: id.to_string(),
            });
        }
        self.audit
            .record_in(
                &mut tx,
                &session.scope,
                AuditEntry::new("accounts.session_ended", id),
            )
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Ends all sessions of the person but the asking one; how many there were.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn end_other_sessions(&self, session: &Session) -> Result<u64, AccountsError> {
        let mut tx = self.db.write().await?;
        let ended = sessions::delete_others(&mut tx, &session.user, &session.id).await?;
        if ended > 0 {
            let entry = AuditEntry::new("accounts.sessions_ended", &session.name).after(ended);
            self.audit.record_in(&mut tx, &session.scope, entry).await?;
        }
        tx.commit().await?;
        Ok(ended)
    }

    /// The person's teams, the one used last first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn memberships(&self, session: &Session) -> Result<Vec<Membership>, AccountsError> {
        Ok(team::memberships(&self.db, &session.user).await?)
    }

    /// Opens another team of the person in this session, with a new cookie.
    ///
    /// # Errors
    /// When the person does not belong to it.
    pub async fn switch_merchant(
        &self,
        session: &Session,
        merchant: &MerchantId,
    ) -> Result<SignedIn, AccountsError> {
        let mut tx = self.db.write().await?;
        let memberships = team::memberships(&mut tx, &session.user).await?;
        if !memberships.iter().any(|home| home.merchant == *merchant) {
            return Err(AccountsError::NotFound {
                what: "merchant",
                id: merchant.to_string(),
            });
        }
        sessions::update_merchant(&mut tx, &session.id, merchant).await?;
        team::touch(&mut tx, merchant, &session.user, self.now()).await?;
        let signed_in = self.rotate(&mut tx, session).await?;
        tx.commit().await?;
        Ok(signed_in)
    }
}
