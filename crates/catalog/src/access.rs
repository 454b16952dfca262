//! Connecting a shop: sign in, enter the code, attach the shops that the login opens.

use crate::{
    CatalogError, NewNotice, Tone,
    model::{Access, AccessState, LoginKind},
    notices, store,
    store::{accesses::NewAccess, shops::NewShop},
    sync,
};
use sauda_accounts::Scope;
use sauda_kernel::{AccessId, Id, ShopId, Span};
use sauda_market::{Egress, Login, MarketError, PendingSignIn, Session, ShopSummary, SignIn};
use sauda_store::{Sealed, StoreError, Vault};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::Catalog;

/// What a step of connecting led to.
#[derive(Debug, Clone)]
pub struct Connected {
    pub access: Access,
    /// Shops attached by this step; empty while a code is awaited.
    pub shops: Vec<ShopId>,
}

/// Login and password as sealed.
#[derive(Serialize, Deserialize)]
struct LoginSecret {
    login: String,
    password: Option<String>,
}

/// A sign-in step may take the whole chain of redirects with slow answers.
const SIGN_IN_LEASE: Span = Span::from_secs(120);

impl Catalog {
    /// Begins to connect by phone (a code comes by SMS) or by mail and password.
    ///
    /// # Errors
    /// When the login is not one, another sign-in of it is under way, or the marketplace refuses.
    pub async fn connect(
        &self,
        scope: &Scope,
        kind: LoginKind,
        login: &str,
        password: Option<&str>,
    ) -> Result<Connected, CatalogError> {
        let login = clean_login(kind, login)?;
        let secret = LoginSecret {
            login: login.clone(),
            password: password.map(str::to_owned),
        };
        let id: AccessId = self.id();
        // The purpose names the merchant and the login, so a sealed text cannot be moved to another row.
        let sealed = self.seal(&purpose(scope, &login, "login"), &secret)?;
        let masked = mask(kind, &login);
        let id = store::accesses::upsert(
            &self.db,
            scope,
            &NewAccess {
                id: &id,
                marketplace: self.market.name(),
                kind,
                fold: &login,
                masked: &masked,
                sealed: &sealed.0,
                now: self.clock.now(),
            },
        )
        .await?;
        self.sign_in(scope, &id, kind, &secret).await
    }

    /// Signs in again with the kept login: after the session ended, or to get a new code.
    ///
    /// # Errors
    /// As `connect`.
    pub async fn renew(&self, scope: &Scope, id: &AccessId) -> Result<Connected, CatalogError> {
        let access = self.access(scope, id).await?;
        let secret = self.login_secret(scope, &access).await?;
        self.sign_in(scope, id, access.login_kind, &secret).await
    }

    /// Goes on with the code that came by SMS or mail.
    ///
    /// # Errors
    /// When no code is awaited or the marketplace does not accept it.
    pub async fn enter_code(
        &self,
        scope: &Scope,
        id: &AccessId,
        code: &str,
    ) -> Result<Connected, CatalogError> {
        let access = self.access(scope, id).await?;
        let secret = self.login_secret(scope, &access).await?;
        let secrets = self.secrets(scope, id).await?;
        let pending = secrets.pending.ok_or(CatalogError::NoPending)?;
        let pending = PendingSignIn(open_text(
            &self.vault,
            &purpose(scope, &secret.login, "pending"),
            pending,
        )?);
        let code: String = code.chars().filter(char::is_ascii_digit).collect();
        if code.is_empty() {
            return Err(CatalogError::Market(MarketError::WrongCode));
        }
        let lease = self.lease_sign_in(&secret.login).await?;
        let answer = self.market.enter_code(&Egress::DIRECT, &pending, &code).await;
        let done = self.after_sign_in(scope, id, &secret.login, answer).await;
        self.release(lease).await;
        done
    }

    async fn sign_in(
        &self,
        scope: &Scope,
        id: &AccessId,
        kind: LoginKind,
        secret: &LoginSecret,
    ) -> Result<Connected, CatalogError> {
        let login = match kind {
            LoginKind::Phone => Login::Phone {
                phone: secret.login.clone(),
            },
            LoginKind::Mail => Login::Mail {
                mail: secret.login.clone(),
                password: SecretString::from(secret.password.clone().unwrap_or_default()),
            },
        };
        let lease = self.lease_sign_in(&secret.login).await?;
        let answer = self.market.sign_in(&Egress::DIRECT, &login).await;
        let done = self.after_sign_in(scope, id, &secret.login, answer).await;
        self.release(lease).await;
        done
    }

    /// Keeps what a step of signing in led to.
    async fn after_sign_in(
        &self,
        scope: &Scope,
        id: &AccessId,
        login: &str,
        answer: Result<SignIn, MarketError>,
    ) -> Result<Connected, CatalogError> {
        let now = self.clock.now();
        match answer {
            Ok(SignIn::CodeSent {
                pending,
                sent_to,
                digits,
                ..
            }) => {
                let sealed = self.vault.seal(
                    &purpose(scope, login, "pending"),
                    pending.0.expose_secret().as_bytes(),
                )?;
                let hint = digits.map_or_else(|| sent_to.clone(), |digits| format!("{sent_to}|{digits}"));
                store::accesses::set_pending(&self.db, scope, id, &sealed.0, &hint, now).await?;
                Ok(Connected {
                    access: self.access(scope, id).await?,
                    shops: Vec::new(),
                })
            }
            Ok(SignIn::Done(session)) => {
                let sealed = self.vault.seal(
                    &purpose(scope, login, "session"),
                    session.0.expose_secret().as_bytes(),
                )?;
                let mut tx = self.db.write().await?;
                store::accesses::set_session(&mut tx, scope, id, &sealed.0, now).await?;
                for word in [
                    notices::SESSION_ENDED,
                    notices::WRONG_PASSWORD,
                    notices::SIGN_IN_BLOCKED,
                ] {
                    self.settle(&mut tx, scope, word, id.as_str()).await?;
                }
                tx.commit().await?;
                let found = self.market.shops(&Egress::DIRECT, &session).await?;
                let shops = self.attach(scope, id, &session, &found).await?;
                Ok(Connected {
                    access: self.access(scope, id).await?,
                    shops,
                })
            }
            Err(error) => {
                self.report(scope, id, &error).await?;
                Err(error.into())
            }
        }
    }

    /// Keeps the shops that a login opens and asks for their first reading.
    async fn attach(
        &self,
        scope: &Scope,
        access: &AccessId,
        session: &Session,
        found: &[ShopSummary],
    ) -> Result<Vec<ShopId>, CatalogError> {
        let mut attached = Vec::with_capacity(found.len());
        for summary in found {
            let profile = self.market.shop(&Egress::DIRECT, session, &summary.uid).await?;
            let taken: Vec<String> = self
                .shops(scope)
                .await?
                .into_iter()
                .filter(|shop| shop.uid != summary.uid)
                .map(|shop| shop.slug)
                .collect();
            let slug = slug(&profile.name, &summary.uid, &taken);
            let id: ShopId = self.id();
            let mut tx = self.db.write().await?;
            let new = NewShop {
                id: &id,
                access: Some(access),
                marketplace: self.market.name(),
                uid: &summary.uid,
                slug: &slug,
                name: &profile.name,
                now: self.clock.now(),
            };
            let id = store::shops::upsert(&mut tx, scope, &new).await?;
            self.keep_profile(&mut tx, scope, &id, &profile, true).await?;
            self.jobs
                .enqueue(&mut tx, sync::job(scope.merchant(), &id, self.clock.now()))
                .await
                .map_err(sync::jobs_error)?;
            tx.commit().await?;
            attached.push(id);
        }
        Ok(attached)
    }

    /// Notes what a marketplace failure means for a login, and tells the merchant when it is news.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn report(
        &self,
        scope: &Scope,
        id: &AccessId,
        error: &MarketError,
    ) -> Result<(), CatalogError> {
        let now = self.clock.now();
        let (state, until, word) = match error {
            MarketError::SessionEnded => (AccessState::SessionEnded, None, notices::SESSION_ENDED),
            MarketError::WrongCredentials => (AccessState::WrongPassword, None, notices::WRONG_PASSWORD),
            MarketError::SignInFlood { wait } => (
                AccessState::Blocked,
                Some(now.plus(*wait)),
                notices::SIGN_IN_BLOCKED,
            ),
            _ => return Ok(()),
        };
        let access = self.access(scope, id).await?;
        let mut tx = self.db.write().await?;
        if store::accesses::set_state(&mut tx, scope, id, state, until, now).await? > 0 {
            let mut notice = NewNotice::new(word, id.as_str(), Tone::Bad)
                .arg("login", &access.login_masked)
                .link("/settings/stores");
            if let Some(until) = until {
                notice = notice.arg("until", until.as_micros());
            }
            self.tell(&mut tx, scope, &notice).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Forgets the session of a login: signed out here.
    ///
    /// # Errors
    /// When there is no such login.
    pub async fn disconnect(&self, scope: &Scope, id: &AccessId) -> Result<(), CatalogError> {
        self.access(scope, id).await?;
        store::accesses::forget(&self.db, scope, id, self.clock.now()).await?;
        Ok(())
    }

    /// The open session of a login.
    pub(crate) async fn session(&self, scope: &Scope, id: &AccessId) -> Result<Session, CatalogError> {
        let access = self.access(scope, id).await?;
        if access.state == AccessState::SessionEnded {
            return Err(MarketError::SessionEnded.into());
        }
        let secret = self.login_secret(scope, &access).await?;
        let secrets = self.secrets(scope, id).await?;
        let sealed = secrets
            .session
            .ok_or(CatalogError::Market(MarketError::SessionEnded))?;
        Ok(Session(open_text(
            &self.vault,
            &purpose(scope, &secret.login, "session"),
            sealed,
        )?))
    }

    async fn secrets(&self, scope: &Scope, id: &AccessId) -> Result<store::accesses::Secrets, CatalogError> {
        store::accesses::secrets(&self.db, scope, id)
            .await?
            .ok_or_else(|| CatalogError::NotFound {
                what: "access",
                id: id.to_string(),
            })
    }

    async fn login_secret(&self, scope: &Scope, access: &Access) -> Result<LoginSecret, CatalogError> {
        let secrets = self.secrets(scope, &access.id).await?;
        let fold = store::accesses::login_fold(&self.db, scope, &access.id)
            .await?
            .unwrap_or_default();
        let text = open_text(&self.vault, &purpose(scope, &fold, "login"), secrets.login)?;
        serde_json::from_str(text.expose_secret())
            .map_err(|_| StoreError::Sealed("the login is damaged").into())
    }

    fn seal(&self, purpose: &str, secret: &LoginSecret) -> Result<Sealed, CatalogError> {
        let text =
            serde_json::to_vec(secret).map_err(|_| StoreError::Sealed("the login cannot be written"))?;
        Ok(self.vault.seal(purpose, &text)?)
    }

    async fn lease_sign_in(&self, login: &str) -> Result<sauda_cluster::Lease, CatalogError> {
        let owner = Id::<sauda_kernel::kinds::Call>::new(&*self.clock, &*self.ids);
        self.cluster
            .lease(
                &format!("sign-in:{}:{login}", self.market.name()),
                owner.as_str(),
                SIGN_IN_LEASE,
            )
            .await
            .map_err(|error| CatalogError::Cluster(error.to_string()))?
            .ok_or(CatalogError::SignInBusy)
    }

    async fn release(&self, lease: sauda_cluster::Lease) {
        if let Err(error) = self.cluster.release(&lease).await {
            tracing::warn!(%error, "a sign-in lease will end by itself");
        }
    }
}

fn purpose(scope: &Scope, login: &str, what: &str) -> String {
    format!("merchant:{}:{login}:{what}", scope.merchant())
}

fn open_text(vault: &Vault, purpose: &str, sealed: String) -> Result<SecretString, CatalogError> {
    let bytes = vault.open(purpose, &Sealed(sealed))?;
    let text = std::str::from_utf8(&bytes).map_err(|_| StoreError::Sealed("the text is damaged"))?;
    Ok(SecretString::from(text.to_owned()))
}

/// A phone as `+7XXXXXXXXXX`, a mail in lower case.
fn clean_login(kind: LoginKind, login: &str) -> Result<String, CatalogError> {
    match kind {
        LoginKind::Phone => {
            let digits: String = login.chars().filter(char::is_ascii_digit).collect();
            let ten = match digits.len() {
                10 => digits.as_str(),
                11 if digits.starts_with(['7', '8']) => digits.get(1..).unwrap_or_default(),
                _ => return Err(CatalogError::Phone(login.to_owned())),
            };
            if !ten.starts_with('7') {
                return Err(CatalogError::Phone(login.to_owned()));
            }
            Ok(format!("+7{ten}"))
        }
        LoginKind::Mail => {
            let mail = login.trim().to_lowercase();
            let good = mail
                .split_once('@')
                .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !mail.contains(' '));
            if good {
                Ok(mail)
            } else {
                Err(CatalogError::Mail(login.to_owned()))
            }
        }
    }
}

/// `+7 701 ••• 12 34`, `a•••@example.kz`.
fn mask(kind: LoginKind, login: &str) -> String {
    match kind {
        LoginKind::Phone => {
            let digits: Vec<char> = login.chars().filter(char::is_ascii_digit).collect();
            let part = |range: std::ops::Range<usize>| {
                digits
                    .get(range)
                    .map(|some| some.iter().collect::<String>())
                    .unwrap_or_default()
            };
            format!("+7 {} ••• {} {}", part(1..4), part(7..9), part(9..11))
        }
        LoginKind::Mail => match login.split_once('@') {
            Some((name, host)) => format!("{}•••@{host}", name.chars().next().unwrap_or('•')),
            None => "•••".to_owned(),
        },
    }
}

/// A word for addresses from the shop's name; the marketplace id when the name gives none or is taken.
fn slug(name: &str, uid: &str, taken: &[String]) -> String {
    let mut word = String::new();
    for letter in name.to_lowercase().chars() {
        if let Some(latin) = latin(letter) {
            word.push_str(latin);
        } else if letter.is_ascii_alphanumeric() {
            word.push(letter);
        } else if !word.is_empty() && !word.ends_with('-') {
            word.push('-');
        }
    }
    let word: String = word.trim_matches('-').chars().take(40).collect();
    let uid: String = uid
        .to_lowercase()
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric())
        .collect();
    if word.len() < 2 {
        return format!("shop-{uid}");
    }
    if taken.contains(&word) {
        format!("{word}-{uid}")
    } else {
        word
    }
}

/// Russian and Kazakh letters in Latin, as Kazakhstan's shop names are usually spelt.
const fn latin(letter: char) -> Option<&'static str> {
    Some(match letter {
        'а' | 'ә' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ғ' => "g",
        'д' => "d",
        'е' | 'ё' | 'э' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' | 'і' => "i",
        'й' => "i",
        'к' | 'қ' => "k",
        'л' => "l",
        'м' => "m",
        'н' | 'ң' => "n",
        'о' | 'ө' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ұ' | 'ү' => "u",
        'ф' => "f",
        'х' | 'һ' => "h",
        'ц' => "c",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "sch",
        'ы' => "y",
        'ю' => "yu",
        'я' => "ya",
        'ъ' | 'ь' => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_is_read_in_any_spelling_and_masked() {
        for spelling in [
            "+7 701 000 12 34",
            "8 (701) 000-12-34",
            "7010001234",
            "77010001234",
        ] {
            assert_eq!(clean_login(LoginKind::Phone, spelling).unwrap(), "+77010001234");
        }
        assert!(clean_login(LoginKind::Phone, "+1 212 555 0100").is_err());
        assert_eq!(mask(LoginKind::Phone, "+77010001234"), "+7 701 ••• 12 34");
    }

    #[test]
    fn a_shop_gets_a_word_for_its_address() {
        assert_eq!(slug("Aru Home", "30000001", &[]), "aru-home");
        assert_eq!(slug("Шаңырақ Текстиль", "30000001", &[]), "shanyrak-tekstil");
        assert_eq!(
            slug("Aru Home", "30000002", &["aru-home".to_owned()]),
            "aru-home-30000002"
        );
        assert_eq!(slug("!!!", "30000003", &[]), "shop-30000003");
    }
}
