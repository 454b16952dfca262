//! Sessions, pending codes and breaks of everybody who signs in. Refuses to speak HTTP.

use crate::{
    locks::lock,
    random::Stream,
    world::accounts::{Account, digits},
};
use sauda_kernel::{Span, Timestamp};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Mutex,
};

/// A new code for the same account is refused for so long while the last one waits to be entered.
const RESEND: Span = Span::from_secs(30);
/// More codes than this in [`SEND_WINDOW`] and sending stops for the window.
const SENDS: usize = 5;
const SEND_WINDOW: Span = Span::from_mins(10);
/// Wrong codes until a code is dead.
const TRIES: u32 = 5;
const CODE_LIFE: Span = Span::from_mins(3);

/// Everything about signing in.
pub struct IdentityDesk(Mutex<Desk>);

struct Desk {
    luck: Stream,
    /// By `MS_AUTH_SSO` value.
    visits: HashMap<String, Visit>,
    /// Running authorisations by `mc_arr` value.
    requests: HashMap<String, AuthRequest>,
    /// One-time codes of the redirect back.
    grants: HashMap<String, (usize, String)>,
    /// By `mc-sid` value.
    sessions: HashMap<String, usize>,
    accounts: HashMap<usize, Sends>,
    log: Vec<SentCode>,
}

/// What the cabinet remembers between redirect out and back.
#[derive(Debug, Clone)]
pub struct AuthRequest {
    pub state: String,
    pub redirect_to: String,
}

#[derive(Debug, Clone, Default)]
struct Visit {
    account: Option<usize>,
    pending: Option<Pending>,
}

#[derive(Debug, Clone)]
struct Pending {
    account: usize,
    code: String,
    by_mail: bool,
    wrong: u32,
    sent: Timestamp,
}

#[derive(Debug, Clone, Default)]
struct Sends {
    at: Vec<Timestamp>,
    waiting: bool,
}

/// A code as its receiver sees it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct SentCode {
    /// Phone or mail address.
    pub to: String,
    pub code: String,
    pub at: String,
    pub by_mail: bool,
}

/// Why a step of sign-in is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    pub code: &'static str,
    /// Seconds until the next try makes sense.
    pub break_seconds: Option<i64>,
}

const WRONG: Refusal = Refusal {
    code: "CREDENTIALS_INVALID",
    break_seconds: None,
};
const FAILED: Refusal = Refusal {
    code: "FAILED",
    break_seconds: None,
};

impl IdentityDesk {
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(Desk {
            luck: Stream::new(seed, 70, 0),
            visits: HashMap::new(),
            requests: HashMap::new(),
            grants: HashMap::new(),
            sessions: HashMap::new(),
            accounts: HashMap::new(),
            log: Vec::new(),
        }))
    }

    /// A fresh opaque value for a cookie or a state.
    pub fn token(&self, digits: usize) -> String {
        lock(&self.0).luck.hex(digits)
    }

    pub fn open_request(&self, request: AuthRequest) -> String {
        let mut desk = lock(&self.0);
        let key = desk.luck.hex(32);
        desk.requests.insert(key.clone(), request);
        key
    }

    /// Opens a visit at the authorisation server, or keeps a known one. Returns the cookie and who is signed in.
    pub fn visit(&self, cookie: Option<&str>) -> (String, Option<usize>) {
        let mut desk = lock(&self.0);
        if let Some(known) = cookie
            && let Some(visit) = desk.visits.get(known)
        {
            return (known.to_owned(), visit.account);
        }
        let key = desk.luck.hex(48);
        desk.visits.insert(key.clone(), Visit::default());
        (key, None)
    }

    /// Gives a visit a new cookie value.
    pub fn rotate(&self, cookie: &str) -> Option<String> {
        let mut desk = lock(&self.0);
        let visit = desk.visits.remove(cookie)?;
        let key = desk.luck.hex(48);
        desk.visits.insert(key.clone(), visit);
        Some(key)
    }

    pub fn grant(&self, account: usize, state: &str) -> String {
        let mut desk = lock(&self.0);
        let code = desk.luck.hex(40);
        desk.grants.insert(code.clone(), (account, state.to_owned()));
        code
    }

    /// Turns the code of the redirect back into a session: `mc-sid` and where to go.
    pub fn redeem(&self, arr: &str, code: &str, state: &str) -> Option<(String, String)> {
        let mut desk = lock(&self.0);
        let request = desk.requests.remove(arr)?;
        let (account, granted_for) = desk.grants.remove(code)?;
        if request.state != state || granted_for != state {
            return None;
        }
        let sid = desk.luck.hex(48);
        desk.sessions.insert(sid.clone(), account);
        Some((sid, request.redirect_to))
    }

    /// Whose session this is.
    pub fn session(&self, sid: &str) -> Option<usize> {
        lock(&self.0).sessions.get(sid).copied()
    }

    /// Open sessions: accounts by their cookie.
    pub fn sessions(&self) -> BTreeMap<String, usize> {
        let desk = lock(&self.0);
        desk.sessions
            .iter()
            .map(|(sid, account)| (sid.clone(), *account))
            .collect()
    }

    /// Opens sessions of an earlier run again. `salt` keeps chance from drawing their cookies once more.
    pub fn reopen(&self, sessions: BTreeMap<String, usize>, seed: u64, salt: u64) {
        let mut desk = lock(&self.0);
        desk.luck = Stream::new(seed, 70, salt);
        desk.sessions.extend(sessions);
    }

    /// Ends sessions: one by its cookie.
    pub fn end_session(&self, sid: &str) {
        lock(&self.0).sessions.remove(sid);
    }

    /// Ends sessions (and visits, so that sign-in starts anew) of one account, or of all. Returns how many sessions ended.
    pub fn end_sessions(&self, account: Option<usize>) -> usize {
        let mut desk = lock(&self.0);
        let before = desk.sessions.len();
        desk.sessions
            .retain(|_, of| account.is_some_and(|one| one != *of));
        desk.visits.retain(|_, visit| {
            visit.account.is_some() && account.is_some_and(|one| visit.account != Some(one))
        });
        before - desk.sessions.len()
    }

    pub fn open_sessions(&self) -> usize {
        lock(&self.0).sessions.len()
    }

    /// Codes sent, newest last, to one receiver or to all.
    pub fn codes(&self, to: Option<&str>) -> Vec<SentCode> {
        let same = |sent: &str| {
            to.is_none_or(|to| to == sent || (digits(to).is_some() && digits(to) == digits(sent)))
        };
        lock(&self.0)
            .log
            .iter()
            .filter(|sent| same(&sent.to))
            .cloned()
            .collect()
    }

    /// Sends an SMS code. Returns the phone as it was sent in.
    ///
    /// # Errors
    /// For a phone nobody has, and when codes are asked for too fast.
    pub fn send_sms(
        &self,
        visit: &str,
        phone: &str,
        accounts: &[Account],
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let wanted = digits(phone).ok_or(WRONG)?;
        let account = accounts
            .iter()
            .position(|one| digits(&one.phone).as_ref() == Some(&wanted))
            .ok_or(WRONG)?;
        lock(&self.0).send(visit, account, phone, false, now)
    }

    /// Checks mail and password. `Ok(true)` = signed in; `Ok(false)` = a code was mailed.
    ///
    /// # Errors
    /// For wrong credentials, and when codes are asked for too fast.
    pub fn password(
        &self,
        visit: &str,
        mail: &str,
        password: &str,
        accounts: &[Account],
        code_needed: bool,
        now: Timestamp,
    ) -> Result<bool, Refusal> {
        let found = accounts
            .iter()
            .position(|one| one.mail.eq_ignore_ascii_case(mail) && one.password == password);
        let account = found.ok_or(WRONG)?;
        let mut desk = lock(&self.0);
        if code_needed {
            desk.send(visit, account, mail, true, now)?;
            return Ok(false);
        }
        desk.visits.entry(visit.to_owned()).or_default().account = Some(account);
        Ok(true)
    }

    /// Takes a code. With `then_mail` a right SMS code leads to a mail code: `Ok(false)`.
    ///
    /// # Errors
    /// For wrong, dead and missing codes.
    pub fn enter(
        &self,
        visit: &str,
        code: &str,
        by_mail: bool,
        then_mail: Option<&[Account]>,
        now: Timestamp,
    ) -> Result<bool, Refusal> {
        let mut desk = lock(&self.0);
        let pending = desk
            .visits
            .get(visit)
            .and_then(|one| one.pending.clone())
            .filter(|one| one.by_mail == by_mail)
            .ok_or(FAILED)?;
        if now.since(pending.sent) > CODE_LIFE {
            return Err(Refusal {
                code: "MFA_CODE_EXPIRED",
                break_seconds: None,
            });
        }
        if pending.wrong >= TRIES {
            return Err(Refusal {
                code: "MFA_CODE_TOO_MANY_TRY",
                break_seconds: Some(SEND_WINDOW.as_secs()),
            });
        }
        if pending.code != code {
            if let Some(waiting) = desk.visits.get_mut(visit).and_then(|one| one.pending.as_mut()) {
                waiting.wrong += 1;
            }
            return Err(Refusal {
                code: "MFA_CODE_INVALID",
                break_seconds: None,
            });
        }
        desk.accounts.entry(pending.account).or_default().waiting = false;
        if let Some(one) = desk.visits.get_mut(visit) {
            one.pending = None;
        }
        if let Some(account) = then_mail.and_then(|all| all.get(pending.account)) {
            let mail = account.mail.clone();
            desk.send(visit, pending.account, &mail, true, now)?;
            return Ok(false);
        }
        desk.visits.entry(visit.to_owned()).or_default().account = Some(pending.account);
        Ok(true)
    }
}

impl Desk {
    fn send(
        &mut self,
        visit: &str,
        account: usize,
        to: &str,
        by_mail: bool,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let sends = self.accounts.entry(account).or_default();
        sends.at.retain(|at| now.since(*at) < SEND_WINDOW);
        if let Some(last) = sends
            .at
            .last()
            .filter(|last| sends.waiting && now.since(**last) < RESEND)
        {
            let left = RESEND.as_secs() - now.since(*last).as_secs();
            return Err(Refusal {
                code: "MFA_SEND_FLOOD",
                break_seconds: Some(left.max(1)),
            });
        }
        if sends.waiting && sends.at.len() >= SENDS {
            return Err(Refusal {
                code: "MFA_CODE_TOO_MANY_SEND",
                break_seconds: Some(SEND_WINDOW.as_secs()),
            });
        }
        sends.at.push(now);
        sends.waiting = true;
        let code = self.luck.code();
        self.visits.entry(visit.to_owned()).or_default().pending = Some(Pending {
            account,
            code: code.clone(),
            by_mail,
            wrong: 0,
            sent: now,
        });
        self.log.push(SentCode {
            to: to.to_owned(),
            code,
            at: now.rfc3339(),
            by_mail,
        });
        Ok(())
    }
}
