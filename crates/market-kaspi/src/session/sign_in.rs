//! Signing in with a phone or a mail, the code that follows, and renewing an ended session. Refuses to try again by itself.

use super::{
    Record,
    chain::{Arrived, Walk, parsed},
    phone,
    record::{Pending, Step},
};
use crate::{
    KaspiSettings,
    http::{Answer, Call, Clients, Effect, Service, judge, retry_after},
    read,
    settings::join,
    wire::login::{LoginAnswer, MailBody, MailCodeBody, MailCodeWithPasswordBody, PhoneBody, SmsCodeBody},
};
use sauda_kernel::Span;
use sauda_market::{Egress, Login, MarketError, Session, SignIn};
use secrecy::ExposeSecret;

/// Length of the codes that Kaspi sends.
const CODE_DIGITS: u32 = 6;

/// What is being told to the sign-in server, for naming its refusals.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Telling {
    Who,
    Code,
}

/// What the sign-in server said.
#[derive(Debug, PartialEq, Eq)]
enum Said {
    /// `redirectUrl` is there: signed in.
    Done,
    /// A code was sent; the phone as it was understood.
    MoreWanted { phone: Option<String> },
}

/// Begins to sign in.
///
/// # Errors
/// `WrongCredentials`, `SignInFlood`, or how the line failed.
pub async fn sign_in(
    clients: &Clients,
    via: &Egress,
    settings: &KaspiSettings,
    login: &Login,
) -> Result<SignIn, MarketError> {
    // Checked before the first call: a typing mistake costs no attempt.
    let phone_text = match login {
        Login::Phone { phone } => phone::formatted(phone)?,
        Login::Mail { .. } => String::new(),
    };
    let mut walk = Walk {
        clients,
        via,
        settings,
        jar: super::Jar::default(),
    };
    walk.hello().await?;
    let authorize_url = match walk.walk().await? {
        Arrived::LoginPage { authorize_url } => authorize_url,
        Arrived::Cabinet => {
            return Err(MarketError::BadAnswer(
                "sign-in: signed in without being asked who".to_owned(),
            ));
        }
    };
    let (said, step, sent_to) = match login {
        Login::Phone { .. } => {
            let said = tell(&mut walk, Telling::Who, &PhoneBody { phone: &phone_text }).await?;
            let shown = match &said {
                Said::MoreWanted {
                    phone: Some(answered),
                } => phone::masked(answered),
                _ => phone::masked(&phone_text),
            };
            (said, Step::Sms { phone: phone_text }, shown)
        }
        Login::Mail { mail, password } => {
            let mail = mail.trim();
            let body = MailBody {
                mail,
                password: password.expose_secret(),
                remember_device: false,
            };
            let said = tell(&mut walk, Telling::Who, &body).await?;
            let step = Step::Mail {
                mail: mail.to_owned(),
                password: password.expose_secret().to_owned(),
            };
            (said, step, phone::masked_mail(mail))
        }
    };
    if said == Said::Done {
        return finish(walk, &authorize_url).await.map(SignIn::Done);
    }
    let pending = Pending::new(walk.jar, step, authorize_url).seal()?;
    Ok(SignIn::CodeSent {
        pending,
        sent_to,
        digits: Some(CODE_DIGITS),
        again_at: None,
    })
}

/// Goes on with a code. The cookies rotate even when the code is wrong: the sign-in to go on with comes back in `left`.
///
/// # Errors
/// `WrongCode`, `SignInFlood`, or how the line failed.
pub async fn enter_code(
    clients: &Clients,
    via: &Egress,
    settings: &KaspiSettings,
    pending: Pending,
    code: &str,
    left: &mut Option<Pending>,
) -> Result<SignIn, MarketError> {
    let digits: String = code
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .collect();
    if !(4..=8).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        *left = Some(pending);
        return Err(MarketError::WrongCode);
    }
    let Pending {
        jar,
        step,
        authorize_url,
        ..
    } = pending;
    let mut walk = Walk {
        clients,
        via,
        settings,
        jar,
    };
    let said = match &step {
        Step::Sms { .. } => tell(&mut walk, Telling::Code, &SmsCodeBody { code: &digits })
            .await
            .map_err(code_was_wrong),
        Step::Second { phone } => tell_second_code(&mut walk, phone, &digits).await,
        Step::Mail { mail, password } => tell_mail_code(&mut walk, mail, password, &digits).await,
    };
    match said {
        Ok(Said::Done) => finish(walk, &authorize_url).await.map(SignIn::Done),
        // Taken, and one more code is wanted: it goes to the mail of the account, which we do not know.
        Ok(Said::MoreWanted { .. }) => {
            let step = match step {
                Step::Sms { phone } => Step::Second { phone },
                known @ (Step::Mail { .. } | Step::Second { .. }) => known,
            };
            let pending = Pending::new(walk.jar, step, authorize_url).seal()?;
            Ok(SignIn::CodeSent {
                pending,
                sent_to: "•••@•••".to_owned(),
                digits: Some(CODE_DIGITS),
                again_at: None,
            })
        }
        Err(error) => {
            *left = Some(Pending::new(walk.jar, step, authorize_url));
            Err(error)
        }
    }
}

/// Two spellings of the mail code are in use. The second is tried only when the first was not understood as a code at all.
async fn tell_mail_code(
    walk: &mut Walk<'_>,
    mail: &str,
    password: &str,
    code: &str,
) -> Result<Said, MarketError> {
    let first = tell(
        walk,
        Telling::Code,
        &MailCodeBody {
            mail,
            code,
            remember_device: true,
        },
    )
    .await;
    if is_understood(&first) {
        return first;
    }
    tell(
        walk,
        Telling::Code,
        &MailCodeWithPasswordBody { mail, password, code },
    )
    .await
    .map_err(code_was_wrong)
}

/// No source shows this step of a phone sign-in: the phone stands where a mail sign-in has the mail, then the bare code is tried.
async fn tell_second_code(walk: &mut Walk<'_>, phone: &str, code: &str) -> Result<Said, MarketError> {
    let first = tell(
        walk,
        Telling::Code,
        &MailCodeBody {
            mail: phone,
            code,
            remember_device: true,
        },
    )
    .await;
    if is_understood(&first) {
        return first;
    }
    tell(walk, Telling::Code, &SmsCodeBody { code })
        .await
        .map_err(code_was_wrong)
}

/// Whether the server took what it was told for a code, right or wrong.
fn is_understood(answer: &Result<Said, MarketError>) -> bool {
    match answer {
        Ok(said) => *said == Said::Done,
        Err(MarketError::WrongCredentials | MarketError::Refused { .. }) => false,
        Err(_) => true,
    }
}

fn code_was_wrong(error: MarketError) -> MarketError {
    match error {
        MarketError::WrongCredentials => MarketError::WrongCode,
        other => other,
    }
}

/// Steps 5 to 7: through the chain as somebody known, and a look at the shops as proof.
async fn finish(mut walk: Walk<'_>, authorize_url: &str) -> Result<Session, MarketError> {
    let arrived = match walk.walk().await? {
        Arrived::LoginPage { .. } if !authorize_url.is_empty() => walk.go_on(authorize_url).await?,
        arrived => arrived,
    };
    match arrived {
        Arrived::Cabinet => {}
        Arrived::LoginPage { .. } => {
            return Err(MarketError::BadAnswer(
                "sign-in: accepted, and yet sent back to the login page".to_owned(),
            ));
        }
    }
    prove(walk).await
}

async fn prove(mut walk: Walk<'_>) -> Result<Session, MarketError> {
    let url = parsed(&join(&walk.settings.cabinet_url, "/s/m"))?;
    let mut call = Call::get(Service::Cabinet, "shops", url.to_string(), walk.settings);
    crate::cabinet::put_headers(&mut call, walk.settings)?;
    let answer = walk.send(call, &url).await?;
    let answer = judge(answer, Service::Cabinet, Effect::Read, walk.settings)?;
    read::shops(&answer.body)?;
    Record::new(walk.jar).seal()
}

/// A new cabinet session while the sign-in server still remembers the person.
///
/// # Errors
/// `SessionEnded` when it does not.
pub async fn renew(
    clients: &Clients,
    via: &Egress,
    settings: &KaspiSettings,
    session: &Session,
) -> Result<Session, MarketError> {
    let mut jar = Record::open(session)?.jar;
    jar.forget("mc-sid");
    let mut walk = Walk {
        clients,
        via,
        settings,
        jar,
    };
    match walk.walk().await? {
        Arrived::Cabinet => prove(walk).await,
        Arrived::LoginPage { .. } => Err(MarketError::SessionEnded),
    }
}

async fn tell(
    walk: &mut Walk<'_>,
    telling: Telling,
    body: &impl serde::Serialize,
) -> Result<Said, MarketError> {
    let settings = walk.settings;
    let url = parsed(&join(&settings.identity_url, "/api/p/login"))?;
    let mut call = Call::post(Service::Identity, "sign-in step", url.to_string(), body, settings)?;
    call.header("accept", "application/json, text/plain, */*")?;
    call.header("accept-language", &settings.accept_language)?;
    call.header("origin", &url.origin().ascii_serialization())?;
    call.header("referer", &join(&settings.identity_url, "/login"))?;
    let answer = walk.send(call, &url).await?;
    understand(answer, telling, settings)
}

fn understand(answer: Answer, telling: Telling, settings: &KaspiSettings) -> Result<Said, MarketError> {
    let words: Option<LoginAnswer<'_>> = read::document("sign-in", &answer.body).ok();
    let Some(words) = words else {
        if answer.status == 401 {
            return Err(refused(telling));
        }
        return Err(match judge(answer, Service::Identity, Effect::Read, settings) {
            Ok(answer) => crate::http::expect_json(answer, Effect::Read)
                .err()
                .unwrap_or_else(|| {
                    MarketError::BadAnswer("sign-in: the answer is not a document".to_owned())
                }),
            Err(MarketError::Throttled { .. }) => MarketError::SignInFlood {
                wait: default_wait(settings),
            },
            Err(other) => other,
        });
    };
    let told_wait = words
        .error_data
        .get()
        .and_then(|data| data.break_time_seconds.whole())
        .filter(|seconds| *seconds >= 0);
    if let Some(code) = words.error_code.get() {
        return Err(error_of(code, told_wait, telling, settings));
    }
    if answer.is_success() {
        if words.redirect_url.get().is_some() {
            return Ok(Said::Done);
        }
        return Ok(Said::MoreWanted {
            phone: words.phone.owned(),
        });
    }
    Err(match answer.status {
        401 | 403 => refused(telling),
        429 => MarketError::SignInFlood {
            wait: retry_after(&answer.headers).unwrap_or_else(|| default_wait(settings)),
        },
        _ => match judge(answer, Service::Identity, Effect::Read, settings) {
            Ok(_) => MarketError::BadAnswer("sign-in: an answer without meaning".to_owned()),
            Err(error) => error,
        },
    })
}

/// `CREDENTIALS_INVALID` and `FAILED` judge the login even while a code is told: the caller knows which spelling it used.
fn error_of(code: &str, told_wait: Option<i64>, telling: Telling, settings: &KaspiSettings) -> MarketError {
    let is_flood = code.contains("FLOOD") || code.contains("TOO_MANY_SEND");
    match code {
        _ if is_flood || told_wait.is_some() => MarketError::SignInFlood {
            wait: told_wait.map_or_else(|| default_wait(settings), Span::from_secs),
        },
        "CREDENTIALS_INVALID" | "FAILED" => MarketError::WrongCredentials,
        code if code.starts_with("MFA_") && telling == Telling::Code => MarketError::WrongCode,
        code => MarketError::Refused {
            code: code.chars().take(60).collect(),
            text: "sign-in was refused".to_owned(),
        },
    }
}

const fn refused(telling: Telling) -> MarketError {
    match telling {
        Telling::Who => MarketError::WrongCredentials,
        Telling::Code => MarketError::WrongCode,
    }
}

fn default_wait(settings: &KaspiSettings) -> Span {
    Span::from_secs(i64::try_from(settings.sign_in_wait_secs).unwrap_or(i64::MAX))
}
