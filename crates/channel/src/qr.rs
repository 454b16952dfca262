//! The QR that links a phone: how long it lives and which of them it is. Refuses to draw it.

use sauda_kernel::{Span, Timestamp};
use secrecy::{ExposeSecret, SecretString};

/// The text inside a QR. Whoever scans it owns the line, so it is kept like a password.
#[derive(Debug, Clone)]
pub struct Qr(pub SecretString);

/// The first QR lives longer than the ones that follow it.
const FIRST_LIVES: Span = Span::from_secs(60);
const NEXT_LIVES: Span = Span::from_secs(20);
/// After so many the line gives up and has to be started again.
const TURNS: u32 = 6;

/// What to show beside a QR.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QrTurn {
    /// 1 to 6.
    pub turn: u32,
    /// Time that this one may still be scanned; zero when it ought to have changed already.
    pub left: Span,
    /// No other will follow by itself.
    pub is_last: bool,
}

/// Counts a line's QRs by looking at each: the channel does not say when one was made.
#[derive(Debug, Clone)]
pub struct QrCountdown {
    value: SecretString,
    turn: u32,
    since: Timestamp,
}

impl QrCountdown {
    /// The first QR after a start.
    pub fn begin(qr: &Qr, now: Timestamp) -> Self {
        Self {
            value: qr.0.clone(),
            turn: 1,
            since: now,
        }
    }

    /// Looks at the QR that is there now.
    pub fn look(&mut self, qr: &Qr, now: Timestamp) -> QrTurn {
        if self.value.expose_secret() != qr.0.expose_secret() {
            self.value = qr.0.clone();
            self.turn = self.turn.saturating_add(1).min(TURNS);
            self.since = now;
        }
        self.at(now)
    }

    /// What to show now, without looking again.
    pub fn at(&self, now: Timestamp) -> QrTurn {
        let lives = if self.turn <= 1 { FIRST_LIVES } else { NEXT_LIVES };
        let passed = now.since(self.since).as_micros().max(0);
        QrTurn {
            turn: self.turn,
            left: Span::from_micros((lives.as_micros() - passed).max(0)),
            is_last: self.turn >= TURNS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn qr(text: &str) -> Qr {
        Qr(SecretString::from(text))
    }
    fn second(at: i64) -> Timestamp {
        Timestamp::from_secs(at)
    }

    #[test]
    fn the_first_lives_a_minute_and_each_next_one_twenty_seconds() {
        let mut countdown = QrCountdown::begin(&qr("a"), second(0));
        assert_eq!(countdown.look(&qr("a"), second(10)).left, Span::from_secs(50));
        assert_eq!(countdown.look(&qr("a"), second(61)).left, Span::from_secs(0));
        let second_turn = countdown.look(&qr("b"), second(62));
        assert_eq!(
            (second_turn.turn, second_turn.left, second_turn.is_last),
            (2, Span::from_secs(20), false)
        );
        for (at, value) in ["c", "d", "e", "f"].into_iter().enumerate() {
            countdown.look(&qr(value), second(80 + 20 * i64::try_from(at).unwrap()));
        }
        assert_eq!(
            countdown.at(second(145)),
            QrTurn {
                turn: 6,
                left: Span::from_secs(15),
                is_last: true
            }
        );
    }

    #[test]
    fn the_text_of_a_qr_is_not_in_logs() {
        assert!(!format!("{:?}", QrCountdown::begin(&qr("2@secret"), second(0))).contains("2@secret"));
    }
}
