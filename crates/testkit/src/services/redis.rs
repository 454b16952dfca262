//! A Redis server for tests: nothing on disk, on a free port of this machine.

use super::{find_program, free_port, shared::Started};
use anyhow::{Context as _, Result, anyhow, bail};
use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    os::unix::process::CommandExt as _,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// Starts a server that outlives this process.
pub(super) fn start(folder: &Path) -> Result<Started> {
    let port = free_port()?;
    let child = launch(folder, port)?;
    Ok(Started {
        url: url(port),
        stop: format!("kill {}", child.id()),
    })
}

fn url(port: u16) -> String {
    format!("redis://127.0.0.1:{port}/")
}

fn launch(folder: &Path, port: u16) -> Result<Child> {
    let program = find_program("redis-server", &[])
        .or_else(|| find_program("valkey-server", &[]))
        .ok_or_else(|| anyhow!("redis-server was not found in PATH: install redis-server"))?;
    let mut child = Command::new(program)
        .args([
            "--port",
            &port.to_string(),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
        ])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .context("redis-server")?;
    let start = Instant::now();
    while !answers(port) {
        if let Some(status) = child.try_wait()? {
            bail!("redis-server ended with {status}");
        }
        if start.elapsed() > Duration::from_secs(20) {
            let _ = child.kill();
            bail!("redis-server did not answer within 20 s");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    Ok(child)
}

fn answers(port: u16) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        stream.write_all(b"PING\r\n")?;
        let mut answer = [0_u8; 5];
        stream.read_exact(&mut answer)?;
        Ok(&answer == b"+PONG")
    };
    ask().unwrap_or(false)
}

/// A server of one test, which may kill and start it.
#[derive(Debug)]
pub struct PrivateRedis {
    port: u16,
    child: Option<Child>,
    folder: tempfile::TempDir,
}

impl PrivateRedis {
    /// Starts a server of its own; `None` with a line on stderr when this machine has none.
    ///
    /// # Panics
    /// When there is none although `SAUDA_REQUIRE_ENGINES=1`.
    pub fn start() -> Option<Self> {
        let launched = || -> Result<Self> {
            let folder = tempfile::tempdir()?;
            let port = free_port()?;
            let child = launch(folder.path(), port)?;
            Ok(Self {
                port,
                child: Some(child),
                folder,
            })
        };
        match launched() {
            Ok(server) => Some(server),
            Err(error) => {
                crate::database::missing("Redis", &error);
                None
            }
        }
    }

    pub fn url(&self) -> String {
        url(self.port)
    }

    /// Kills the server (SIGKILL) and waits for its end.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Starts an empty server on the same port.
    ///
    /// # Errors
    /// When it does not start.
    pub fn restart(&mut self) -> Result<()> {
        self.kill();
        self.child = Some(launch(self.folder.path(), self.port)?);
        Ok(())
    }

    /// Freezes the server (SIGSTOP): connections stay open and nothing is answered. `thaw` ends it.
    ///
    /// # Errors
    /// When the signal cannot be sent.
    pub fn freeze(&self) -> Result<()> {
        self.signal("-STOP")
    }

    /// Lets a frozen server go on.
    ///
    /// # Errors
    /// When the signal cannot be sent.
    pub fn thaw(&self) -> Result<()> {
        self.signal("-CONT")
    }

    fn signal(&self, name: &str) -> Result<()> {
        let Some(child) = &self.child else {
            bail!("the server does not run")
        };
        let status = Command::new("kill")
            .args([name, &child.id().to_string()])
            .status()?;
        if !status.success() {
            bail!("kill {name} ended with {status}");
        }
        Ok(())
    }
}

impl Drop for PrivateRedis {
    fn drop(&mut self) {
        self.kill();
    }
}
