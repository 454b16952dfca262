//! The state of the pretend WAHA: lines, talks, what was sent, what is to come. Refuses to know HTTP.

use super::{buyers, documents, hooks};
use crate::random::Stream;
use sauda_kernel::{Span, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// States of a line, as the wire spells them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    Stopped,
    Starting,
    ScanQrCode,
    Working,
    Failed,
}

impl Status {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Stopped => "STOPPED",
            Self::Starting => "STARTING",
            Self::ScanQrCode => "SCAN_QR_CODE",
            Self::Working => "WORKING",
            Self::Failed => "FAILED",
        }
    }
}

/// A linked phone.
#[derive(Debug, Clone)]
pub struct Linked {
    pub number: String,
    pub name: String,
}

/// One line.
#[derive(Debug, Clone)]
pub struct Session {
    pub name: String,
    pub status: Status,
    pub config: Value,
    pub linked: Option<Linked>,
    /// The last states with their times.
    pub history: Vec<(Status, Timestamp)>,
    pub qr: String,
    pub qr_turn: u32,
    /// Grows with every start; plans of earlier ones are dropped.
    pub era: u64,
    pub is_banned: bool,
    pub talks: BTreeMap<String, Talk>,
}

/// All messages with one person, by number.
#[derive(Debug, Clone, Default)]
pub struct Talk {
    pub messages: Vec<Message>,
    /// How many of ours the person has read.
    pub turns: u64,
    pub is_read: bool,
}

/// A place on the map, as the wire writes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    pub latitude: String,
    pub longitude: String,
    pub title: String,
}

#[derive(Debug, Clone)]
pub struct Media {
    pub mime: String,
    pub file_name: Option<String>,
    /// Name under `/api/files/`; none when the server has no bytes.
    pub file: Option<String>,
}

/// One message of a talk.
#[derive(Debug, Clone)]
pub struct Message {
    /// The last part of its id.
    pub bare: String,
    /// The talk's id in its id: `…@c.us` or `…@lid`.
    pub chat: String,
    pub at: Timestamp,
    pub is_ours: bool,
    pub by_program: bool,
    pub text: String,
    pub media: Option<Media>,
    pub place: Option<Place>,
    pub ack: i8,
    pub reply_to: Option<String>,
}

impl Message {
    pub fn id(&self) -> String {
        format!("{}_{}_{}", self.is_ours, self.chat, self.bare)
    }
}

/// A message of ours, with what became of it.
#[derive(Debug, Clone)]
pub struct SentRow {
    pub at: Timestamp,
    pub session: String,
    pub number: String,
    pub chat: String,
    /// `text image file location`
    pub kind: &'static str,
    pub text: String,
    pub id: String,
    /// The person had not written before, and we had not either.
    pub is_first: bool,
    /// The latest row of the last day that says the same to the same person.
    pub same_as: Option<usize>,
    pub acks: Vec<(i8, Timestamp)>,
}

/// What a person said, with what was meant.
#[derive(Debug, Clone)]
pub struct Heard {
    pub at: Timestamp,
    pub session: String,
    pub number: String,
    pub id: String,
    pub text: String,
    pub meant: String,
}

/// What a hand may fix about a person; the rest follows from the number.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PersonChange {
    pub exists: Option<bool>,
    /// Our messages reach the server and no further.
    pub blocks: Option<bool>,
    pub shows_reading: Option<bool>,
    /// Writes from a hidden number.
    pub hidden: Option<bool>,
    pub temper: Option<buyers::Temper>,
    pub tongue: Option<buyers::Tongue>,
    /// Types without slips.
    pub careful: Option<bool>,
}

/// Switches of the pretend WhatsApp.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WhatsappSettings {
    /// Buyers answer by themselves.
    pub replies: bool,
    /// After so many first messages within a day the line is banned (nobody knows WhatsApp's own number).
    pub first_messages_a_day: u32,
    /// Of a hundred people, so many write from a hidden number.
    pub hidden_percent: u64,
}

impl Default for WhatsappSettings {
    fn default() -> Self {
        Self {
            replies: true,
            first_messages_a_day: 250,
            hidden_percent: 8,
        }
    }
}

/// What is to come.
#[derive(Debug, Clone)]
pub enum Job {
    Started {
        session: String,
        era: u64,
    },
    QrTurns {
        session: String,
        era: u64,
    },
    Ack {
        session: String,
        number: String,
        bare: String,
        ack: i8,
    },
    Says {
        session: String,
        number: String,
        reply: buyers::Reply,
    },
    Retry(Box<hooks::Call>),
}

/// Bytes of a medium for a short while.
#[derive(Debug, Clone)]
pub struct Kept {
    pub mime: String,
    pub bytes: Vec<u8>,
    pub until: Timestamp,
}

pub struct Desk {
    pub now: Timestamp,
    pub plans: Vec<(Timestamp, u64)>,
    pub calls: Vec<hooks::Call>,
    pub sessions: BTreeMap<String, Session>,
    pub settings: WhatsappSettings,
    pub sent: Vec<SentRow>,
    pub heard: Vec<Heard>,
    pub people: BTreeMap<String, PersonChange>,
    pub files: BTreeMap<String, Kept>,
    pub seed: u64,
    pub luck: Stream,
    jobs: HashMap<u64, Job>,
    next_job: u64,
    /// Address of the server as it knows itself, for links to files.
    pub base: String,
}

impl Desk {
    pub fn new(seed: u64) -> Self {
        Self {
            now: Timestamp::from_secs(0),
            plans: Vec::new(),
            calls: Vec::new(),
            sessions: BTreeMap::new(),
            settings: WhatsappSettings::default(),
            sent: Vec::new(),
            heard: Vec::new(),
            people: BTreeMap::new(),
            files: BTreeMap::new(),
            seed,
            luck: Stream::new(seed, 71, 0),
            jobs: HashMap::new(),
            next_job: 0,
            base: "http://localhost:3000".to_owned(),
        }
    }

    pub fn plan(&mut self, after: Span, job: Job) {
        self.plan_at(self.now.plus(after), job);
    }

    pub fn plan_at(&mut self, at: Timestamp, job: Job) {
        self.next_job += 1;
        self.jobs.insert(self.next_job, job);
        self.plans.push((at, self.next_job));
    }

    /// A planned job's time has come; `now` is set.
    pub fn due(&mut self, job: u64) {
        match self.jobs.remove(&job) {
            None => {}
            Some(Job::Started { session, era }) => self.started(&session, era),
            Some(Job::QrTurns { session, era }) => self.qr_turns(&session, era),
            Some(Job::Ack {
                session,
                number,
                bare,
                ack,
            }) => self.ack(&session, &number, &bare, ack),
            Some(Job::Says {
                session,
                number,
                reply,
            }) => self.says(&session, &number, &reply),
            Some(Job::Retry(call)) => self.calls.push(*call),
        }
    }

    /// The person behind a number, as far as a hand has changed it.
    pub fn person(&self, number: &str) -> buyers::Buyer {
        let mut buyer = buyers::person(self.seed, number);
        if let Some(change) = self.people.get(number) {
            buyer.temper = change.temper.unwrap_or(buyer.temper);
            if let Some(tongue) = change.tongue {
                buyer.tongue = tongue;
                buyer.latin = false;
            }
            if change.careful == Some(true) {
                buyer.haste = 0;
                buyer.latin = false;
            }
        }
        buyer
    }

    pub fn exists(&self, number: &str) -> bool {
        let told = self.people.get(number).and_then(|change| change.exists);
        number.len() >= 8 && told.unwrap_or_else(|| buyers::exists(self.seed, number))
    }

    pub fn blocks(&self, number: &str) -> bool {
        self.people.get(number).and_then(|change| change.blocks) == Some(true)
    }

    pub fn shows_reading(&self, number: &str) -> bool {
        let told = self.people.get(number).and_then(|change| change.shows_reading);
        told.unwrap_or_else(|| buyers::shows_reading(self.seed, number))
    }

    fn hash(&self, number: &str) -> u64 {
        let folded = number.bytes().fold(3_u64, |sum, byte| {
            sum.wrapping_mul(137).wrapping_add(u64::from(byte))
        });
        Stream::new(self.seed, 72, folded).next()
    }

    /// The id that hides a number.
    pub fn lid_of(&self, number: &str) -> String {
        format!("46{:011}@lid", self.hash(number) % 100_000_000_000)
    }

    /// Whether a person writes from the hidden id.
    pub fn is_hidden(&self, number: &str) -> bool {
        let told = self.people.get(number).and_then(|change| change.hidden);
        told.unwrap_or_else(|| self.hash(number) / 7 % 100 < self.settings.hidden_percent)
    }

    /// The number behind any id of a person.
    pub fn number_of(&self, chat: &str) -> Option<String> {
        let (head, host) = chat.split_once('@')?;
        let known = || {
            let talks = self.sessions.values().flat_map(|session| session.talks.keys());
            talks
                .chain(self.people.keys())
                .find(|number| self.lid_of(number) == chat)
                .cloned()
        };
        match host {
            "c.us" | "s.whatsapp.net" if head.bytes().all(|byte| byte.is_ascii_digit()) => {
                Some(head.to_owned())
            }
            "lid" => known(),
            _ => None,
        }
    }

    /// 32 upper-case hexadecimal digits.
    pub fn new_bare(&mut self) -> String {
        format!("3EB0{}", self.luck.hex(18).to_uppercase())
    }

    /// Tells every webhook of a line that asked for this event.
    pub fn emit(&mut self, session: &str, event: &str, payload: &Value) {
        let Some(line) = self.sessions.get(session) else {
            return;
        };
        let hooks: Vec<Value> = line
            .config
            .get("webhooks")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        let wanted = |hook: &Value| {
            let events = hook.get("events").and_then(Value::as_array);
            events
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .any(|name| name == event || name == "*")
        };
        let id = format!("evt_01{}", self.luck.hex(24));
        let body = documents::envelope(line, &id, event, payload, self.now).to_string();
        let request = self.luck.hex(32);
        for hook in hooks.iter().filter(|hook| wanted(hook)) {
            if let Some(call) = hooks::Call::to(hook, event, &id, &request, body.clone().into_bytes()) {
                self.calls.push(call);
            }
        }
    }
}
