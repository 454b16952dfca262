//! Passwords: what is good enough, and hashing (Argon2id, RFC 9106) away from the async threads, a few at a time.

use crate::{AccountsError, PasswordCost, token};
use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::{Error as HashError, phc::PasswordHash},
};
use secrecy::{ExposeSecret as _, SecretString};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use tokio::sync::{OnceCell, Semaphore};

/// Shortest password, in characters.
pub(crate) const SHORTEST: usize = 10;
/// Longest password, in characters: hashing an essay is a way to keep us busy.
pub(crate) const LONGEST: usize = 200;

/// Whether a new password is good enough for this login.
pub(crate) fn judge(password: &str, login: &str) -> Result<(), AccountsError> {
    let letters = password.chars().count();
    if letters < SHORTEST {
        return Err(AccountsError::PasswordShort { min: SHORTEST });
    }
    if letters > LONGEST {
        return Err(AccountsError::PasswordLong { max: LONGEST });
    }
    let fold = |text: &str| {
        text.chars()
            .filter(|letter| letter.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    let (word, name) = (fold(password), fold(login));
    let same_number = name.len() >= SHORTEST
        && name.chars().all(|digit| digit.is_ascii_digit())
        && word.ends_with(name.get(1..).unwrap_or(&name));
    let one_letter = password.chars().all(|letter| password.starts_with(letter));
    if word == name || one_letter || (same_number && word.len() <= name.len() + 1) {
        return Err(AccountsError::PasswordPlain);
    }
    Ok(())
}

/// What a check found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub matches: bool,
    /// The hash was made with other costs: make a new one while the password is at hand.
    pub outdated: bool,
}

/// Hashes and checks passwords. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Passwords {
    argon: Argon2<'static>,
    gate: Arc<Semaphore>,
    /// Checked when nobody has the login, so that the answer takes as long.
    decoy: Arc<OnceCell<String>>,
    checks: Arc<AtomicU64>,
}

impl Passwords {
    pub(crate) fn new(cost: PasswordCost) -> Result<Self, AccountsError> {
        let params = Params::new(cost.memory_kib, cost.passes, 1, None)
            .map_err(|error| AccountsError::Secret(error.to_string()))?;
        Ok(Self {
            argon: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            gate: Arc::new(Semaphore::new(cost.parallel.max(1))),
            decoy: Arc::new(OnceCell::new()),
            checks: Arc::new(AtomicU64::new(0)),
        })
    }

    /// Slow checks made so far; tests see by it that an unknown login costs the same.
    pub(crate) fn checks(&self) -> u64 {
        self.checks.load(Ordering::Relaxed)
    }

    pub(crate) async fn hash(&self, password: SecretString) -> Result<String, AccountsError> {
        let argon = self.argon.clone();
        self.slowly(move || {
            let mut salt = [0_u8; 16];
            token::fill(&mut salt)?;
            argon
                .hash_password_with_salt(password.expose_secret().as_bytes(), &salt)
                .map(|hash| hash.to_string())
                .map_err(|error| AccountsError::Secret(error.to_string()))
        })
        .await
    }

    /// Checks a password against a stored hash, or against a decoy that nothing matches: the same work either way.
    pub(crate) async fn check(
        &self,
        stored: Option<&str>,
        password: SecretString,
    ) -> Result<Verdict, AccountsError> {
        let decoy = self
            .decoy
            .get_or_try_init(|| async { self.hash(token::random_word("")?).await })
            .await?;
        let hash = stored.unwrap_or(decoy).to_owned();
        let known = stored.is_some();
        let argon = self.argon.clone();
        self.checks.fetch_add(1, Ordering::Relaxed);
        self.slowly(move || {
            let parsed =
                PasswordHash::new(&hash).map_err(|error| AccountsError::Secret(error.to_string()))?;
            let matches = match argon.verify_password(password.expose_secret().as_bytes(), &parsed) {
                Ok(()) => known,
                Err(HashError::PasswordInvalid) => false,
                Err(error) => return Err(AccountsError::Secret(error.to_string())),
            };
            let wanted = argon.params();
            let outdated = Params::try_from(&parsed).map_or(true, |made| {
                (made.m_cost(), made.t_cost(), made.p_cost())
                    != (wanted.m_cost(), wanted.t_cost(), wanted.p_cost())
            });
            Ok(Verdict { matches, outdated })
        })
        .await
    }

    async fn slowly<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, AccountsError> + Send + 'static,
    ) -> Result<T, AccountsError> {
        let _place = self
            .gate
            .acquire()
            .await
            .map_err(|error| AccountsError::Secret(error.to_string()))?;
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|error| AccountsError::Secret(error.to_string()))?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cheap(passes: u32) -> Passwords {
        Passwords::new(PasswordCost {
            memory_kib: 8,
            passes,
            parallel: 2,
        })
        .unwrap()
    }

    #[test]
    fn a_password_must_be_long_enough_and_not_the_login() {
        assert!(matches!(
            judge("123456789", "aru@mail.kz"),
            Err(AccountsError::PasswordShort { min: 10 })
        ));
        assert!(matches!(
            judge("Aru@Mail.kz", "aru@mail.kz"),
            Err(AccountsError::PasswordPlain)
        ));
        assert!(matches!(
            judge("8 701 000 12 34", "+77010001234"),
            Err(AccountsError::PasswordPlain)
        ));
        assert!(matches!(
            judge("яяяяяяяяяяяя", "aru@mail.kz"),
            Err(AccountsError::PasswordPlain)
        ));
        assert!(matches!(
            judge(&"ab".repeat(101), "aru@mail.kz"),
            Err(AccountsError::PasswordLong { max: 200 })
        ));
        assert!(judge("чайник на полке", "aru@mail.kz").is_ok());
    }

    #[tokio::test]
    async fn an_unknown_login_costs_the_same_check_and_never_matches() {
        let passwords = cheap(1);
        let hash = passwords.hash("чайник на полке".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{hash}");
        let right = passwords
            .check(Some(&hash), "чайник на полке".into())
            .await
            .unwrap();
        assert_eq!(
            right,
            Verdict {
                matches: true,
                outdated: false
            }
        );
        let wrong = passwords
            .check(Some(&hash), "чайник на окне".into())
            .await
            .unwrap();
        let unknown = passwords.check(None, "чайник на полке".into()).await.unwrap();
        assert!(!wrong.matches && !unknown.matches);
        assert_eq!(passwords.checks(), 3);
    }

    #[tokio::test]
    async fn a_hash_of_other_costs_is_outdated() {
        let hash = cheap(1).hash("чайник на полке".into()).await.unwrap();
        let verdict = cheap(2)
            .check(Some(&hash), "чайник на полке".into())
            .await
            .unwrap();
        assert_eq!(
            verdict,
            Verdict {
                matches: true,
                outdated: true
            }
        );
    }
}
