//! The `sauda` program: reads the command line and hands over; refuses to hold any rule of its own.

mod bench;
mod cli;
mod commands;
mod config;
mod http;
mod logs;
mod market;
mod papers;
mod report;
mod rooms;
mod serve;
mod speech;
mod trends;
mod whatsapp;

use clap::Parser as _;
use std::process::ExitCode;

/// A check makes and drops thousands of small things: this allocator does it for a tenth less of a processor than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Pages of 4 KB, not of 2 MB: with large ones the same program holds half as much memory again, and is no faster for it
/// (`sauda bench`, parts `checks` and `memory`). A system that knows none is as good.
#[cfg(target_os = "linux")]
fn small_pages() {
    let _ = rustix::thread::disable_transparent_huge_pages(true);
}

#[cfg(not(target_os = "linux"))]
const fn small_pages() {}

fn main() -> ExitCode {
    small_pages();
    // Everything that speaks TLS needs the provider before the first call.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let cli = cli::Cli::parse();
    match cli.run() {
        Ok(code) => code,
        Err(error) => {
            logs::complain(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}
