//! A proxy: for the country of exit and for sharing load within the budgets, nothing else.

use sauda_kernel::{ProxyId, Timestamp};

#[derive(Debug, Clone)]
pub struct Proxy {
    pub id: ProxyId,
    /// Host and port; credentials are sealed and never shown.
    pub name: String,
    pub enabled: bool,
    pub successes: i64,
    pub failures: i64,
    pub streak: i64,
    pub benched_until: Option<Timestamp>,
    pub last_error: Option<String>,
    pub latency_ms: Option<i64>,
    pub used_at: Option<Timestamp>,
}
