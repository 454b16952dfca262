//! What can go wrong with people, sessions and keys.

use sauda_kernel::{Failure, Kind, Public, Span, Timestamp};
use sauda_store::StoreError;

#[derive(Debug, thiserror::Error)]
pub enum AccountsError {
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A password could not be hashed or checked, or the system gives no randomness.
    #[error("a secret could not be made or checked: {0}")]
    Secret(String),
    #[error("this installation has an owner already: ask for an invitation")]
    SignUpClosed,
    /// One answer for an unknown login and for a wrong password.
    #[error("login and password do not match")]
    WrongPair,
    #[error("too many attempts, closed until {until}")]
    Locked { until: Timestamp, wait: Span },
    #[error("the code is wrong or was used already")]
    WrongCode,
    #[error("the password is wrong")]
    WrongPassword,
    #[error("no sign-in waits for a code")]
    NoCodeAwaited,
    #[error("{0:?} is neither a mail address nor a phone number")]
    BadLogin(String),
    #[error("the login is taken: sign in with it, then open the invitation again")]
    LoginTaken,
    #[error("the password is shorter than {min} characters")]
    PasswordShort { min: usize },
    #[error("the password is longer than {max} characters")]
    PasswordLong { max: usize },
    #[error("the password repeats the login or one letter")]
    PasswordPlain,
    #[error("{field} is empty or longer than {max} characters")]
    BadText { field: &'static str, max: usize },
    #[error("two-step sign-in is on already")]
    SecondFactorOn,
    #[error("two-step sign-in is not being set up")]
    SecondFactorOff,
    #[error("there is no {what} {id}")]
    NotFound { what: &'static str, id: String },
    #[error("the link is unknown, used, revoked or too old")]
    LinkDead,
    #[error("the person is in this team already")]
    MemberAlready,
    #[error("a team cannot be left without an owner")]
    LastOwner,
    #[error("the person is also in another team: only the person or the program's administrator may do this")]
    ForeignMember,
    #[error("the person is in no team")]
    NoTeam,
    #[error("this needs the right {0}")]
    Forbidden(&'static str),
    #[error("only a person who is signed in may do this")]
    PersonOnly,
    #[error("a key may not be given the right {0}, which its maker lacks")]
    KeyRight(String),
    #[error("a key needs at least one right")]
    KeyRights,
    #[error("the date is past")]
    Past,
    #[error("too many requests, wait {} s", wait.as_secs())]
    TooMany { wait: Span },
}

impl Failure for AccountsError {
    fn kind(&self) -> Kind {
        match self {
            Self::Store(error) => error.kind(),
            Self::Secret(_) => Kind::Bug,
            Self::Locked { wait, .. } | Self::TooMany { wait } => Kind::Throttled(*wait),
            Self::WrongPair
            | Self::WrongCode
            | Self::WrongPassword
            | Self::BadLogin(_)
            | Self::LoginTaken
            | Self::PasswordShort { .. }
            | Self::PasswordLong { .. }
            | Self::PasswordPlain
            | Self::BadText { .. }
            | Self::KeyRight(_)
            | Self::KeyRights
            | Self::Past => Kind::Invalid,
            Self::NoCodeAwaited => Kind::Unauthenticated,
            Self::SignUpClosed
            | Self::SecondFactorOn
            | Self::SecondFactorOff
            | Self::MemberAlready
            | Self::LastOwner
            | Self::ForeignMember
            | Self::NoTeam => Kind::Conflict,
            Self::NotFound { .. } | Self::LinkDead => Kind::NotFound,
            Self::Forbidden(_) | Self::PersonOnly => Kind::Forbidden,
        }
    }

    fn public(&self) -> Vec<Public> {
        let public = match self {
            Self::Store(error) => return error.public(),
            Self::Secret(_) => Public::new("bug"),
            Self::SignUpClosed => Public::new("sign-up-closed"),
            Self::WrongPair => Public::new("wrong-pair"),
            Self::Locked { until, wait } => Public::new("locked")
                .arg("until", until)
                .arg("minutes", (wait.as_secs() + 59) / 60),
            Self::WrongCode => Public::new("wrong-code").field("code"),
            Self::WrongPassword => Public::new("wrong-password").field("current_password"),
            Self::NoCodeAwaited => Public::new("sign-in-again"),
            Self::BadLogin(value) => Public::new("bad-login").field("login").arg("value", value),
            Self::LoginTaken => Public::new("login-taken").field("login"),
            Self::PasswordShort { min } => Public::new("password-short").field("password").arg("min", min),
            Self::PasswordLong { max } => Public::new("password-long").field("password").arg("max", max),
            Self::PasswordPlain => Public::new("password-plain").field("password"),
            Self::BadText { field, max } => Public::new("bad-text").field(*field).arg("max", max),
            Self::SecondFactorOn => Public::new("second-factor-on"),
            Self::SecondFactorOff => Public::new("second-factor-off"),
            Self::NotFound { what, id } => Public::new("not-found").arg("what", what).arg("id", id),
            Self::LinkDead => Public::new("link-dead"),
            Self::MemberAlready => Public::new("member-already"),
            Self::LastOwner => Public::new("last-owner"),
            Self::ForeignMember => Public::new("foreign-member"),
            Self::NoTeam => Public::new("no-team"),
            Self::Forbidden(right) => Public::new("forbidden").arg("right", right),
            Self::PersonOnly => Public::new("person-only"),
            Self::KeyRight(right) => Public::new("key-right").field("rights").arg("right", right),
            Self::KeyRights => Public::new("key-rights").field("rights"),
            Self::Past => Public::new("date-past").field("expires_at"),
            Self::TooMany { wait } => Public::new("too-many").arg("seconds", (wait.as_millis() + 999) / 1000),
        };
        vec![public]
    }
}
