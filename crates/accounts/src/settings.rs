//! What an operator may set about accounts, with safe defaults.

use sauda_kernel::Span;

/// Cost of one password check. The default takes about 20 ms and 19 MiB (OWASP password storage, Argon2id).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordCost {
    pub memory_kib: u32,
    pub passes: u32,
    /// Checks at the same moment; others wait.
    pub parallel: usize,
}

impl Default for PasswordCost {
    fn default() -> Self {
        Self {
            memory_kib: 19 * 1024,
            passes: 2,
            parallel: 2,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountsSettings {
    /// Whether strangers may make merchants of their own after the first owner.
    pub open_sign_up: bool,
    /// A session that is not used for this long ends.
    pub session_idle: Span,
    /// A session ends after this long whatever happens.
    pub session_longest: Span,
    /// How long an invitation works.
    pub invite_life: Span,
    /// How long a link that sets a new password works.
    pub reset_life: Span,
    pub password_cost: PasswordCost,
    /// Name in code apps.
    pub issuer: String,
}

impl Default for AccountsSettings {
    fn default() -> Self {
        Self {
            open_sign_up: false,
            session_idle: Span::from_days(7),
            session_longest: Span::from_days(30),
            invite_life: Span::from_days(7),
            reset_life: Span::from_hours(24),
            password_cost: PasswordCost::default(),
            issuer: "Sauda".to_owned(),
        }
    }
}
