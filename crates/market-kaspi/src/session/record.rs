//! What is remembered of a sign-in between calls, as versioned JSON inside a secret. Refuses to be printed.

use super::Jar;
use sauda_market::{MarketError, PendingSignIn, Session};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

const VERSION: u32 = 1;

/// A signed-in cabinet session.
#[derive(Serialize, Deserialize)]
pub struct Record {
    v: u32,
    pub jar: Jar,
}

/// A sign-in that waits for its code.
#[derive(Serialize, Deserialize)]
pub struct Pending {
    v: u32,
    pub jar: Jar,
    pub step: Step,
    /// The authorisation address that led to the login page, for services that want it again with `continue`.
    pub authorize_url: String,
}

/// What the code answers.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Sms {
        phone: String,
    },
    /// Mail and password are needed again by one of two spellings of this step.
    Mail {
        mail: String,
        password: String,
    },
    /// A second code, sent by mail after the one by SMS.
    Second {
        phone: String,
    },
}

impl Record {
    pub const fn new(jar: Jar) -> Self {
        Self { v: VERSION, jar }
    }

    pub fn seal(&self) -> Result<Session, MarketError> {
        written(self).map(Session)
    }

    /// # Errors
    /// `SessionEnded`: what cannot be read cannot be used, and signing in anew is the way out.
    pub fn open(session: &Session) -> Result<Self, MarketError> {
        let record: Self =
            serde_json::from_str(session.0.expose_secret()).map_err(|_| MarketError::SessionEnded)?;
        if record.v == VERSION {
            Ok(record)
        } else {
            Err(MarketError::SessionEnded)
        }
    }
}

impl Pending {
    pub const fn new(jar: Jar, step: Step, authorize_url: String) -> Self {
        Self {
            v: VERSION,
            jar,
            step,
            authorize_url,
        }
    }

    pub fn seal(&self) -> Result<PendingSignIn, MarketError> {
        written(self).map(PendingSignIn)
    }

    /// # Errors
    /// `WrongCode`: a code cannot belong to a sign-in that cannot be read; beginning anew is the way out.
    pub fn open(pending: &PendingSignIn) -> Result<Self, MarketError> {
        let pending: Self =
            serde_json::from_str(pending.0.expose_secret()).map_err(|_| MarketError::WrongCode)?;
        if pending.v == VERSION {
            Ok(pending)
        } else {
            Err(MarketError::WrongCode)
        }
    }
}

fn written(what: &impl Serialize) -> Result<SecretString, MarketError> {
    // The error of writing would quote nothing, but secrets deserve the doubt.
    serde_json::to_string(what)
        .map(SecretString::from)
        .map_err(|_| MarketError::Invalid("the session cannot be written down".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_of_another_version_or_shape_has_ended() {
        let kept = Record::new(Jar::default()).seal().unwrap();
        assert_eq!(kept.0.expose_secret(), r#"{"v":1,"jar":[]}"#);
        assert!(Record::open(&kept).is_ok());
        for text in ["", "{}", r#"{"v":2,"jar":[]}"#, r#"{"v":1}"#, "мусор"] {
            let error = Record::open(&Session(SecretString::from(text.to_owned()))).err();
            assert_eq!(error, Some(MarketError::SessionEnded), "{text}");
        }
        assert!(!format!("{kept:?}").contains("jar"));
    }
}
