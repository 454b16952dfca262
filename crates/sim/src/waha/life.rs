//! The life of lines: made, started, linked by a QR, unlinked, remembered. Refuses to know HTTP and messages.

use super::{
    desk::{Desk, Job, Linked, Session, Status},
    documents,
};
use crate::memory::KeptLine;
use sauda_kernel::Span;
use serde_json::Value;

const STARTS_IN: Span = Span::from_secs(1);
const FIRST_QR: Span = Span::from_secs(60);
const NEXT_QR: Span = Span::from_secs(20);
const QR_TURNS: u32 = 6;

impl Desk {
    pub fn make(&mut self, name: &str, config: Value) {
        let session = Session {
            name: name.to_owned(),
            status: Status::Stopped,
            config,
            linked: None,
            history: vec![(Status::Stopped, self.now)],
            qr: String::new(),
            qr_turn: 0,
            era: 0,
            is_banned: false,
            talks: std::collections::BTreeMap::new(),
        };
        self.sessions.insert(name.to_owned(), session);
    }

    pub fn enter(&mut self, name: &str, status: Status) {
        let now = self.now;
        let Some(session) = self.sessions.get_mut(name) else {
            return;
        };
        session.status = status;
        session.history.push((status, now));
        let payload = documents::state(session);
        self.emit(name, "session.status", &payload);
    }

    /// Lines as they are remembered over a restart of the world.
    pub(crate) fn kept(&self) -> Vec<KeptLine> {
        self.sessions
            .values()
            .map(|session| KeptLine {
                name: session.name.clone(),
                config: session.config.clone(),
                linked: session
                    .linked
                    .as_ref()
                    .map(|linked| (linked.number.clone(), linked.name.clone())),
                runs: session.status != Status::Stopped,
            })
            .collect()
    }

    pub(crate) fn remember(&mut self, lines: Vec<KeptLine>) {
        for line in lines {
            self.make(&line.name, line.config);
            if let Some(session) = self.sessions.get_mut(&line.name) {
                session.linked = line.linked.map(|(number, name)| Linked { number, name });
            }
            if line.runs {
                self.start(&line.name);
            }
        }
    }

    /// Starts a line that does not run.
    pub fn start(&mut self, name: &str) {
        let Some(session) = self.sessions.get_mut(name) else {
            return;
        };
        if matches!(
            session.status,
            Status::Starting | Status::ScanQrCode | Status::Working
        ) {
            return;
        }
        session.era += 1;
        let era = session.era;
        self.enter(name, Status::Starting);
        self.plan(
            STARTS_IN,
            Job::Started {
                session: name.to_owned(),
                era,
            },
        );
    }

    pub fn stop(&mut self, name: &str) {
        let Some(session) = self.sessions.get_mut(name) else {
            return;
        };
        if session.status != Status::Stopped {
            session.era += 1;
            self.enter(name, Status::Stopped);
        }
    }

    pub(super) fn started(&mut self, name: &str, era: u64) {
        let Some(session) = self.sessions.get_mut(name).filter(|session| session.era == era) else {
            return;
        };
        if session.linked.is_some() {
            self.enter(name, Status::Working);
        } else {
            session.qr_turn = 0;
            self.qr_turns(name, era);
        }
    }

    pub(super) fn qr_turns(&mut self, name: &str, era: u64) {
        let value = format!(
            "2@{},{},{}",
            self.luck.hex(40),
            self.luck.hex(22),
            self.luck.hex(22)
        );
        let Some(session) = self.sessions.get_mut(name).filter(|session| session.era == era) else {
            return;
        };
        if session.qr_turn >= QR_TURNS {
            self.enter(name, Status::Failed);
            return;
        }
        session.qr_turn += 1;
        session.qr = value;
        let lives = if session.qr_turn == 1 { FIRST_QR } else { NEXT_QR };
        self.enter(name, Status::ScanQrCode);
        self.plan(
            lives,
            Job::QrTurns {
                session: name.to_owned(),
                era,
            },
        );
    }

    /// A phone scans the QR. False when there is none to scan.
    pub fn scan(&mut self, name: &str, number: &str, display_name: &str) -> bool {
        let Some(session) = self
            .sessions
            .get_mut(name)
            .filter(|session| session.status == Status::ScanQrCode)
        else {
            return false;
        };
        session.era += 1;
        session.qr = String::new();
        session.is_banned = false;
        session.linked = Some(Linked {
            number: number.to_owned(),
            name: display_name.to_owned(),
        });
        self.enter(name, Status::Working);
        true
    }

    /// The phone unlinks the line, or WhatsApp does.
    pub fn unlink(&mut self, name: &str) {
        if let Some(session) = self.sessions.get_mut(name) {
            session.linked = None;
            session.era += 1;
            self.enter(name, Status::Failed);
        }
    }

    /// The line breaks; the phone stays linked.
    pub fn drop_line(&mut self, name: &str) {
        if let Some(session) = self.sessions.get_mut(name) {
            session.era += 1;
            self.enter(name, Status::Failed);
        }
    }
}
