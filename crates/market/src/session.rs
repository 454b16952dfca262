//! How a person's access to the marketplace is carried around: as text that only the client understands.

use sauda_kernel::Timestamp;
use secrecy::SecretString;

/// A signed-in cabinet session, as the client wrote it down. Sealed at rest, never logged.
#[derive(Debug, Clone)]
pub struct Session(pub SecretString);

/// A sign-in that waits for a code. Sealed at rest, never logged.
#[derive(Debug, Clone)]
pub struct PendingSignIn(pub SecretString);

/// How to sign in.
#[derive(Debug, Clone)]
pub enum Login {
    /// A code comes by SMS. The phone in any spelling with ten digits after +7.
    Phone { phone: String },
    /// A password, and perhaps a code by mail.
    Mail { mail: String, password: SecretString },
}

/// What a step of signing in led to.
#[derive(Debug)]
pub enum SignIn {
    /// Signed in.
    Done(Session),
    /// A code was sent; enter it to go on.
    CodeSent {
        pending: PendingSignIn,
        /// Where the code went, masked by the marketplace or by us: `+7 (7••) •••-00-01`.
        sent_to: String,
        /// Number of digits when known.
        digits: Option<u32>,
        /// When a new code may be asked for, if the marketplace said so.
        again_at: Option<Timestamp>,
    },
}

/// Which way out of this machine a call takes: directly, or through one proxy.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Egress {
    /// `http://user:password@host:port` or `socks5://…`; none = directly. Never logged whole.
    pub proxy: Option<String>,
}

impl Egress {
    pub const DIRECT: Self = Self { proxy: None };

    /// Name of the address for budgets and for people: credentials left out.
    pub fn name(&self) -> String {
        match &self.proxy {
            None => "direct".to_owned(),
            Some(proxy) => proxy
                .rsplit_once('@')
                .map_or_else(|| proxy.clone(), |(_, host)| host.to_owned()),
        }
    }
}
