//! Where the program speaks: logs on standard output, answers of commands on standard output, complaints on standard error.

use crate::config::Logs;
use std::io::Write as _;
use tracing_subscriber::{EnvFilter, fmt, prelude::*};

/// Starts logging. Called once.
pub fn start(settings: &Logs) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&settings.filter)?;
    let registry = tracing_subscriber::registry().with(filter);
    match settings.format.as_str() {
        "json" => registry
            .with(fmt::layer().json().flatten_event(true))
            .try_init()?,
        _ => registry.with(fmt::layer().compact()).try_init()?,
    }
    Ok(())
}

/// One line of a command's answer.
pub fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    // A closed pipe (`sauda … | head`) is no mistake.
    let _ = writeln!(out, "{text}");
}

/// A line for the person at the terminal when something went wrong.
pub fn complain(text: &str) {
    let mut out = std::io::stderr().lock();
    let _ = writeln!(out, "sauda: {text}");
}
