//! A line: one phone linked to a server that speaks for it. Refuses to hold its secret in the open.

use crate::ChannelError;
use secrecy::SecretString;

/// Which server, with which key, and which of its lines.
#[derive(Debug, Clone)]
pub struct Line {
    /// `http://whatsapp:3000`
    pub server: String,
    pub key: SecretString,
    /// Name of the line at the server.
    pub name: String,
}

impl Line {
    /// # Errors
    /// `Invalid` for a name or an address that the server would not take.
    pub fn new(server: &str, key: SecretString, name: &str) -> Result<Self, ChannelError> {
        let server = server.trim().trim_end_matches('/');
        let host = server
            .strip_prefix("http://")
            .or_else(|| server.strip_prefix("https://"));
        if host.is_none_or(|host| host.is_empty() || host.contains('@') || host.contains(char::is_whitespace))
        {
            return Err(ChannelError::Invalid(
                "address of the WhatsApp server: write it like http://whatsapp:3000, without a password"
                    .to_owned(),
            ));
        }
        let named = (1..=54).contains(&name.len())
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        if !named {
            let shown: String = name.chars().take(40).collect();
            return Err(ChannelError::Invalid(format!(
                "line {shown:?}: up to 54 Latin letters, digits, _ and -"
            )));
        }
        Ok(Self {
            server: server.to_owned(),
            key,
            name: name.to_owned(),
        })
    }
}

/// Where a line stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum LineState {
    Stopped,
    Starting,
    /// A phone has to scan the QR.
    AwaitsScan,
    /// The phone asks for a passkey, or shows a code to compare.
    AwaitsPasskey,
    Working,
    /// Ended by itself: start it again; when that leads to a QR, the phone was unlinked.
    Failed,
    Other(String),
}

impl LineState {
    /// A stable word for storage.
    pub fn word(&self) -> &str {
        match self {
            Self::Stopped => "stopped",
            Self::Starting => "starting",
            Self::AwaitsScan => "awaits_scan",
            Self::AwaitsPasskey => "awaits_passkey",
            Self::Working => "working",
            Self::Failed => "failed",
            Self::Other(word) => word,
        }
    }

    /// Whether a message can leave now.
    pub fn can_send(&self) -> bool {
        matches!(self, Self::Working)
    }
}

/// A line as its server tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineInfo {
    pub name: String,
    pub state: LineState,
    /// The linked phone, digits only, once known.
    pub number: Option<String>,
    /// How it calls itself to buyers.
    pub display_name: Option<String>,
    /// Addresses of the webhooks that are set.
    pub hooks: Vec<String>,
}

/// How a webhook that failed is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    pub delay_secs: u32,
    pub attempts: u32,
}

/// Where the server tells us what happens on a line.
#[derive(Debug, Clone)]
pub struct Hook {
    pub url: String,
    /// The key that calls are signed with.
    pub key: SecretString,
    pub retry: Retry,
}

/// What a server is: old ones can less.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    pub version: String,
    pub engine: String,
    /// Whether pictures and files can be sent, and lines may have names of their own.
    pub is_whole: bool,
}
