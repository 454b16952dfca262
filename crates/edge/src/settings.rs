//! What an operator may set about HTTP, with safe defaults.

use crate::Network;
use sauda_kernel::Span;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EdgeSettings {
    /// How people reach the program, such as `https://sauda.example.kz`; decides whether cookies are bound to https.
    pub public_url: String,
    /// Proxies in front of the program: only these may say who the client is.
    pub trusted_proxies: Vec<Network>,
    /// Other origins whose pages may send forms here, such as `https://app.example.kz`.
    pub trusted_origins: Vec<String>,
    /// An answer must begin within this time; streams and downloads may go on.
    pub answer_within: Span,
    /// Paths that may take longer, such as uploads.
    pub patient_paths: Vec<String>,
    pub patient_within: Span,
    /// Largest body, unless a route says otherwise with axum's `DefaultBodyLimit`.
    pub body_bytes: usize,
    /// Paths without sessions and counts: files, health, metrics.
    pub plain_paths: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EdgeSettingsError {
    #[error("public_url {0:?} must begin with http:// or https:// and have no path")]
    PublicUrl(String),
    #[error("{0:?} is not a network like 10.0.0.0/8 or ::1")]
    Network(String),
}

impl Default for EdgeSettings {
    fn default() -> Self {
        Self {
            public_url: "http://localhost:8080".to_owned(),
            trusted_proxies: Vec::new(),
            trusted_origins: Vec::new(),
            answer_within: Span::from_secs(30),
            patient_paths: Vec::new(),
            patient_within: Span::from_mins(10),
            body_bytes: 1024 * 1024,
            plain_paths: vec![
                "/assets/".to_owned(),
                "/health/".to_owned(),
                "/metrics".to_owned(),
            ],
        }
    }
}

impl EdgeSettings {
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// # Errors
    /// When the address of the program makes no sense.
    pub fn check(&self) -> Result<(), EdgeSettingsError> {
        let rest = self
            .public_url
            .strip_prefix("https://")
            .or_else(|| self.public_url.strip_prefix("http://"));
        match rest.map(|rest| rest.strip_suffix('/').unwrap_or(rest)) {
            Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']) => Ok(()),
            _ => Err(EdgeSettingsError::PublicUrl(self.public_url.clone())),
        }
    }

    pub(crate) fn is_plain(&self, path: &str) -> bool {
        self.plain_paths
            .iter()
            .any(|plain| path.starts_with(plain.as_str()))
    }

    pub(crate) fn patience(&self, path: &str) -> Span {
        let patient = self
            .patient_paths
            .iter()
            .any(|long| path.starts_with(long.as_str()));
        if patient {
            self.patient_within
        } else {
            self.answer_within
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_address_is_checked() {
        let with = |url: &str| {
            EdgeSettings {
                public_url: url.to_owned(),
                ..EdgeSettings::default()
            }
            .check()
            .is_ok()
        };
        assert!(with("https://sauda.kz") && with("http://localhost:8080/"));
        assert!(
            !with("sauda.kz")
                && !with("https://")
                && !with("https://sauda.kz/app")
                && !with("ftp://sauda.kz")
        );
    }
}
