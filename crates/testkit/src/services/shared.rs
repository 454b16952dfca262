//! Servers that several test processes share: started under a file lock, ended by a watcher, or by `sauda-services down`.

use super::{postgres, redis, state_folder};
use anyhow::{Context as _, Result};
use std::{
    fs::File,
    net::{TcpStream, ToSocketAddrs as _},
    os::unix::process::CommandExt as _,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

/// A server that runs: its address, and the shell line that ends it.
pub(super) struct Started {
    pub url: String,
    pub stop: String,
}

/// Starts one with its files in the folder.
type Start = fn(&Path) -> Result<Started>;

/// Minutes without use after which a shared server ends.
const IDLE_MINUTES: u32 = 5;

/// The shared server of this user; started when it does not run.
pub(super) fn lasting(name: &str, start: Start) -> Result<String> {
    let state = state_folder()?;
    let _lock = lock(&state, name)?;
    let address = state.join(format!("{name}.url"));
    let used = state.join(format!("{name}.used"));
    std::fs::write(&used, "")?;
    if let Ok(url) = std::fs::read_to_string(&address)
        && alive(&url)
    {
        return Ok(url);
    }
    let folder = tempfile::Builder::new()
        .prefix(&format!("{name}-"))
        .tempdir_in(&state)?;
    postgres::make_traversable(&state)?;
    postgres::make_traversable(folder.path())?;
    let Started { url, stop } = start(folder.path())?;
    std::fs::write(&address, &url)?;
    watch(&folder.keep(), &address, &used, &stop)?;
    Ok(url)
}

/// A shell that ends the server when nobody used it for a while. The address goes first, so that no new test takes it.
fn watch(folder: &Path, address: &Path, used: &Path, stop: &str) -> Result<()> {
    let (removal, address, used) = (removal(folder), address.display(), used.display());
    let script = format!(
        "while [ -e '{address}' ] && [ -z \"$(find '{used}' -mmin +{IDLE_MINUTES} 2>/dev/null)\" ]; do sleep 5; done\n\
         rm -f '{address}'; sleep 1; {stop}; sleep 1; {removal}"
    );
    Command::new("sh")
        .arg("-c")
        .arg(script)
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .context("the shell that ends the server")?;
    Ok(())
}

fn lock(state: &Path, name: &str) -> Result<File> {
    let file = File::create(state.join(format!("{name}.lock")))?;
    file.lock()?;
    Ok(file)
}

fn alive(url: &str) -> bool {
    let host = url.split("://").nth(1).unwrap_or_default();
    let host = host
        .rsplit('@')
        .next()
        .unwrap_or_default()
        .split('/')
        .next()
        .unwrap_or_default();
    let Some(address) = host.to_socket_addrs().ok().and_then(|mut all| all.next()) else {
        return false;
    };
    TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_ok()
}

/// Starts PostgreSQL and Redis for a whole test run; the lines to put into the environment. `folder` only remembers how
/// to end them: their own files lie where the server's user may go.
///
/// # Errors
/// When one of them does not start.
pub fn up(folder: &Path) -> Result<String> {
    std::fs::create_dir_all(folder)?;
    let folder = folder.canonicalize()?;
    let stop_file = folder.join("stop.sh");
    if stop_file.exists() {
        down(&folder)?;
    }
    let mut lines = String::new();
    let mut stop = String::new();
    let services: [(&str, &str, Start); 2] = [
        ("postgres", "SAUDA_TEST_POSTGRES", postgres::start),
        ("redis", "SAUDA_TEST_REDIS", redis::start),
    ];
    for (name, variable, start) in services {
        let own = tempfile::Builder::new()
            .prefix(&format!("sauda-{name}-"))
            .tempdir()?;
        postgres::make_traversable(own.path())?;
        let started = start(own.path()).with_context(|| format!("starting {name}"))?;
        lines.push_str(&format!("{variable}={}\n", started.url));
        stop.push_str(&format!("{}\n{}\n", started.stop, removal(&own.keep())));
        // Written after each start: what runs can be ended even when the next one fails.
        std::fs::write(&stop_file, &stop)?;
    }
    Ok(lines)
}

/// Ends what `up` started in `folder` and removes the files.
///
/// # Errors
/// When the folder holds no such servers.
pub fn down(folder: &Path) -> Result<()> {
    let stop_file = folder.join("stop.sh");
    let script = std::fs::read_to_string(&stop_file)
        .with_context(|| format!("{} holds no started servers", folder.display()))?;
    Command::new("sh")
        .arg("-c")
        .arg(script)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    std::fs::remove_file(&stop_file)?;
    Ok(())
}

/// The shell line that removes the files of a server which is just ending: it may still write its last one.
fn removal(folder: &Path) -> String {
    let folder = folder.display();
    format!("for _ in 1 2 3 4 5 6 7 8 9 10; do rm -rf '{folder}' && break; sleep 0.1; done")
}
