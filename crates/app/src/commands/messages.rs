//! `sauda understand`, `sauda phone` and `sauda sentiment` as plain commands. Need no settings, no database.

use crate::logs;
use sauda_messages::command::{Asked, Summary, run_lines};
use std::{io, process::ExitCode};

/// Reads standard input line by line and answers each on standard output.
pub fn run(asked: Asked) -> anyhow::Result<ExitCode> {
    finish(run_lines(asked, io::stdin().lock(), io::stdout().lock()))
}

/// The same for reviews.
pub fn sentiment() -> anyhow::Result<ExitCode> {
    finish(sauda_research::command::run_lines(
        io::stdin().lock(),
        io::stdout().lock(),
    ))
}

fn finish(ended: io::Result<Summary>) -> anyhow::Result<ExitCode> {
    match ended {
        Ok(summary) if summary.refused > 0 => {
            logs::complain(&format!(
                "{} of {} lines could not be read: see their \"error\"",
                summary.refused, summary.lines
            ));
            Ok(ExitCode::from(2))
        }
        Ok(_) => Ok(ExitCode::SUCCESS),
        Err(closed) if closed.kind() == io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(error) => Err(error.into()),
    }
}
