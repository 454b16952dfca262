//! A PostgreSQL server for tests: no disk syncing, no sockets in the file system, on a free port of this machine.

use super::{find_program, free_port, shared::Started};
use anyhow::{Context as _, Result, anyhow, bail};
use std::{
    os::unix::{fs::MetadataExt as _, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};
use tempfile::TempDir;

const FOLDERS: [&str; 3] = ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/pgsql"];

/// A user that may run the server: it refuses to run as root.
#[derive(Debug, Clone, Copy)]
struct Runner {
    uid: u32,
    gid: u32,
}

/// Makes a cluster in `folder` and starts it.
pub(super) fn start(folder: &Path) -> Result<Started> {
    let server = Cluster::make(folder.join("data"))?;
    let port = server.start()?;
    Ok(Started {
        url: url(port),
        stop: server.stop_line(),
    })
}

fn url(port: u16) -> String {
    format!("postgres://postgres@127.0.0.1:{port}/postgres")
}

/// A server of one test, which may stop and start it.
#[derive(Debug)]
pub struct PrivatePostgres {
    cluster: Cluster,
    port: u16,
    _folder: TempDir,
}

impl PrivatePostgres {
    /// Starts a server of its own; `None` with a line on stderr when this machine has none.
    ///
    /// # Panics
    /// When there is none although `SAUDA_REQUIRE_ENGINES=1`.
    pub fn start() -> Option<Self> {
        match Self::try_start() {
            Ok(server) => Some(server),
            Err(error) => {
                crate::database::missing("PostgreSQL", &error);
                None
            }
        }
    }

    fn try_start() -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("sauda-pg-").tempdir()?;
        make_traversable(folder.path())?;
        let cluster = Cluster::make(folder.path().join("data"))?;
        let port = cluster.start()?;
        Ok(Self {
            cluster,
            port,
            _folder: folder,
        })
    }

    pub fn url(&self) -> String {
        url(self.port)
    }

    /// Ends the server: connections are cut, what was committed is kept.
    ///
    /// # Errors
    /// When it cannot be ended.
    pub fn stop(&self) -> Result<()> {
        self.cluster.stop()
    }

    /// Starts it again on the same port.
    ///
    /// # Errors
    /// When it does not start.
    pub fn restart(&self) -> Result<()> {
        self.cluster.start_on(self.port)
    }
}

impl Drop for PrivatePostgres {
    fn drop(&mut self) {
        let _ = self.cluster.stop();
    }
}

#[derive(Debug)]
struct Cluster {
    data: PathBuf,
    pg_ctl: PathBuf,
    runner: Option<Runner>,
}

impl Cluster {
    fn make(data: PathBuf) -> Result<Self> {
        let initdb = find_program("initdb", &FOLDERS).ok_or_else(|| {
            anyhow!("initdb was found neither in PATH nor under /usr/lib/postgresql: install postgresql")
        })?;
        let pg_ctl = find_program("pg_ctl", &FOLDERS)
            .ok_or_else(|| anyhow!("pg_ctl was not found: install postgresql"))?;
        std::fs::create_dir_all(&data)?;
        let runner = runner(&data)?;
        if let Some(Runner { uid, gid }) = runner {
            std::os::unix::fs::chown(&data, Some(uid), Some(gid))?;
        }
        let cluster = Self { data, pg_ctl, runner };
        let mut command = Command::new(initdb);
        command.arg("-D").arg(&cluster.data).args([
            "-U",
            "postgres",
            "--auth=trust",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ]);
        cluster.run(command).context("initdb")?;
        Ok(cluster)
    }

    fn start(&self) -> Result<u16> {
        let mut last = anyhow!("not tried");
        // The free port may be taken by somebody else before the server binds it.
        for _ in 0..3 {
            let port = free_port()?;
            match self.start_on(port) {
                Ok(()) => return Ok(port),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    fn start_on(&self, port: u16) -> Result<()> {
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c synchronous_commit=off \
             -c full_page_writes=off -c max_connections=300 -c shared_buffers=64MB -c timezone=UTC -c max_wal_size=256MB"
        );
        let mut command = Command::new(&self.pg_ctl);
        command
            .arg("-D")
            .arg(&self.data)
            .args(["-w", "-t", "60"])
            .arg("-l")
            .arg(self.data.join("log"))
            .arg("-o")
            .arg(options)
            .arg("start");
        self.run(command)
            .with_context(|| std::fs::read_to_string(self.data.join("log")).unwrap_or_default())
    }

    fn stop(&self) -> Result<()> {
        let mut command = Command::new(&self.pg_ctl);
        command
            .arg("-D")
            .arg(&self.data)
            .args(["-m", "fast", "-w", "stop"]);
        self.run(command)
    }

    /// The shell line that ends the server.
    fn stop_line(&self) -> String {
        // The first line of the pid file is the postmaster; QUIT is the immediate shutdown.
        format!(
            "kill -QUIT \"$(head -n 1 '{}')\"",
            self.data.join("postmaster.pid").display()
        )
    }

    fn run(&self, mut command: Command) -> Result<()> {
        // Output would be inherited by the server, and the test runner would wait for its end.
        command
            .current_dir(&self.data)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0);
        if let Some(Runner { uid, gid }) = self.runner {
            command.uid(uid).gid(gid);
        }
        let status = command.status()?;
        if !status.success() {
            bail!("{:?} ended with {status}", command.get_program());
        }
        Ok(())
    }
}

/// `None` when we may run the server ourselves; the user `postgres` or `nobody` when we are root.
fn runner(folder: &Path) -> Result<Option<Runner>> {
    if std::fs::metadata(folder)?.uid() != 0 {
        return Ok(None);
    }
    let users = std::fs::read_to_string("/etc/passwd")?;
    for wanted in ["postgres", "nobody"] {
        for line in users.lines() {
            let mut fields = line.split(':');
            if fields.next() == Some(wanted)
                && let (Some(uid), Some(gid)) = (
                    fields.nth(1).and_then(|text| text.parse().ok()),
                    fields.next().and_then(|text| text.parse().ok()),
                )
            {
                return Ok(Some(Runner { uid, gid }));
            }
        }
    }
    bail!("the server refuses to run as root and there is no user postgres or nobody")
}

/// Temporary folders are closed to other users; the server's user must pass through.
pub(super) fn make_traversable(folder: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755))?;
    Ok(())
}
