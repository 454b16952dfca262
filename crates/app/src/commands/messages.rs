//! `sauda understand` and `sauda phone` as plain commands. Need no settings, no database.

use crate::logs;
use sauda_messages::command::{Asked, run_lines};
use std::process::ExitCode;

/// Reads standard input line by line and answers each on standard output.
pub fn run(asked: Asked) -> anyhow::Result<ExitCode> {
    match run_lines(asked, std::io::stdin().lock(), std::io::stdout().lock()) {
        Ok(summary) if summary.refused > 0 => {
            logs::complain(&format!(
                "{} of {} lines could not be read: see their \"error\"",
                summary.refused, summary.lines
            ));
            Ok(ExitCode::from(2))
        }
        Ok(_) => Ok(ExitCode::SUCCESS),
        Err(closed) if closed.kind() == std::io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(error) => Err(error.into()),
    }
}
