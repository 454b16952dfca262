//! `sauda service`: the desk starts with the machine and comes back after a crash, kept by systemd. Where there is no systemd, the
//! unit is printed. Refuses to overwrite a unit that somebody else wrote. Told in docs/service.md.

mod unit;

use crate::{config::Config, logs};
use anyhow::{Context as _, bail};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use unit::{HEAD, Unit};

/// Where systemd says that it runs this machine.
const BOOTED: &str = "/run/systemd/system";
/// How long our own health is waited for.
const PATIENCE: Duration = Duration::from_secs(3);

#[derive(Debug, clap::Args)]
pub struct ServiceArgs {
    #[command(subcommand)]
    act: ServiceAct,
    /// For the whole machine instead of the person who calls; needs the rights of root.
    #[arg(long, global = true)]
    system: bool,
    /// Name of the unit.
    #[arg(long, global = true, default_value = "sauda")]
    name: String,
}

#[derive(Debug, clap::Subcommand)]
enum ServiceAct {
    /// Writes the unit and lets it start with the machine.
    Install {
        /// The person whose rights the program has; needed with `--system`.
        #[arg(long, value_name = "PERSON")]
        run_as: Option<String>,
        /// Folder with `sauda.toml` and the data; the current one without this.
        #[arg(long, value_name = "FOLDER")]
        folder: Option<PathBuf>,
        /// Writes the unit into this folder instead of systemd's own, and calls nothing.
        #[arg(long, value_name = "FOLDER")]
        into: Option<PathBuf>,
    },
    /// Takes the unit away; data and settings stay.
    Uninstall,
    /// Starts the program.
    Start,
    /// Stops it; what is under way ends or is given back.
    Stop,
    /// Says whether it runs and answers.
    Status,
    /// Looks whether it can run: settings, unit, program, address.
    Test,
}

/// 0: done, or all is well; 1: not.
pub async fn run(config: Config, file: Option<&Path>, args: ServiceArgs) -> anyhow::Result<ExitCode> {
    let keeper = Keeper::new(args.system, args.name)?;
    match args.act {
        ServiceAct::Install { run_as, folder, into } => keeper.install(run_as, folder, into, file),
        ServiceAct::Uninstall => keeper.uninstall(),
        ServiceAct::Start => keeper.turn("start"),
        ServiceAct::Stop => keeper.turn("stop"),
        ServiceAct::Status => keeper.status(&config).await,
        ServiceAct::Test => keeper.test(&config).await,
    }
}

/// Who keeps the unit: the system's systemd or the person's own.
struct Keeper {
    system: bool,
    name: String,
}

impl Keeper {
    fn new(system: bool, name: String) -> anyhow::Result<Self> {
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
        if name.is_empty() || name.starts_with('-') || !name.chars().all(is_plain) {
            bail!("{name:?} cannot be the name of a unit: Latin letters, digits, - and _");
        }
        Ok(Self { system, name })
    }

    fn place(&self) -> anyhow::Result<PathBuf> {
        let folder = if self.system {
            PathBuf::from("/etc/systemd/system")
        } else {
            std::env::home_dir()
                .context("who calls has no home folder: use --system, or --into FOLDER")?
                .join(".config/systemd/user")
        };
        Ok(folder.join(format!("{}.service", self.name)))
    }

    fn install(
        &self,
        run_as: Option<String>,
        folder: Option<PathBuf>,
        into: Option<PathBuf>,
        config: Option<&Path>,
    ) -> anyhow::Result<ExitCode> {
        if self.system && run_as.is_none() {
            bail!("a unit for the whole machine needs --run-as PERSON: nobody's shop is kept by root");
        }
        let folder = folder.unwrap_or_else(|| PathBuf::from("."));
        let whole = |path: &Path| {
            std::fs::canonicalize(path).with_context(|| format!("{} cannot be found", path.display()))
        };
        let text = Unit {
            program: whole(&std::env::current_exe().context("where this program lies")?)?,
            folder: whole(&folder)?,
            config: config.map(whole).transpose()?,
            run_as,
            for_system: self.system,
        }
        .text()?;
        if let Some(into) = into {
            return say_placed(&into.join(format!("{}.service", self.name)), &text);
        }
        if !Path::new(BOOTED).is_dir() {
            logs::say(&text);
            logs::complain(
                "systemd does not run this machine: the unit above was not installed. Give it to whatever starts programs here, or run `sauda serve` yourself.",
            );
            return Ok(ExitCode::SUCCESS);
        }
        say_placed(&self.place()?, &text)?;
        self.systemctl(&["daemon-reload"])?;
        self.systemctl(&["enable", &self.name])?;
        logs::say(&format!(
            "it starts with the machine; start it now: sauda service start{}",
            self.flags()
        ));
        if !self.system {
            logs::say("so that it also runs while you are not signed in: loginctl enable-linger");
        }
        Ok(ExitCode::SUCCESS)
    }

    fn uninstall(&self) -> anyhow::Result<ExitCode> {
        let place = self.place()?;
        match std::fs::read_to_string(&place) {
            Ok(text) if text.starts_with(HEAD) => {}
            Ok(_) => bail!(
                "{} was not written by `sauda service install`: it stays",
                place.display()
            ),
            Err(_) => bail!(
                "{} is not there: nothing is installed under this name",
                place.display()
            ),
        }
        if Path::new(BOOTED).is_dir() {
            self.systemctl(&["disable", "--now", &self.name])?;
        }
        std::fs::remove_file(&place).with_context(|| place.display().to_string())?;
        if Path::new(BOOTED).is_dir() {
            self.systemctl(&["daemon-reload"])?;
        }
        logs::say(&format!("{} is gone; data and settings stay", place.display()));
        Ok(ExitCode::SUCCESS)
    }

    fn turn(&self, act: &str) -> anyhow::Result<ExitCode> {
        self.needs_systemd()?;
        self.systemctl(&[act, &self.name])?;
        logs::say(&format!(
            "{} {}",
            self.name,
            if act == "start" { "started" } else { "stopped" }
        ));
        Ok(ExitCode::SUCCESS)
    }

    async fn status(&self, config: &Config) -> anyhow::Result<ExitCode> {
        if Path::new(BOOTED).is_dir() {
            for word in ["is-enabled", "is-active"] {
                logs::say(&format!("{word}: {}", self.ask(word)?));
            }
        } else {
            logs::say("systemd: does not run this machine");
        }
        let address = &config.server.listen;
        let answer = answers(address).await;
        match &answer {
            Ok(()) => logs::say(&format!("answers: yes, at {address}")),
            Err(why) => logs::say(&format!("answers: no, at {address}: {why}")),
        }
        Ok(if answer.is_ok() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }

    /// The settings were read before this: a wrong one has ended the command already.
    async fn test(&self, config: &Config) -> anyhow::Result<ExitCode> {
        logs::say("ok   settings: can be used");
        let mut is_well = true;
        let place = self.place()?;
        match std::fs::read_to_string(&place) {
            Ok(text) => match unit::program_of(&text) {
                Some(program) if Path::new(&program).is_file() => {
                    logs::say(&format!("ok   unit: {} starts {program}", place.display()));
                }
                Some(program) => {
                    is_well = false;
                    logs::say(&format!(
                        "BAD  unit: {program} is gone; install anew: sauda service install{}",
                        self.flags()
                    ));
                }
                None => {
                    is_well = false;
                    logs::say(&format!("BAD  unit: {} starts no program", place.display()));
                }
            },
            Err(_) => {
                is_well = false;
                logs::say(&format!(
                    "BAD  unit: {} is not there; sauda service install{}",
                    place.display(),
                    self.flags()
                ));
            }
        }
        if !Path::new(BOOTED).is_dir() {
            is_well = false;
            logs::say(
                "BAD  systemd: does not run this machine; give the unit to whatever starts programs here",
            );
        }
        let address = &config.server.listen;
        match (answers(address).await, std::net::TcpListener::bind(address)) {
            (Ok(()), _) => logs::say(&format!("ok   address: {address} answers")),
            (Err(_), Ok(_)) => logs::say(&format!("ok   address: {address} is free")),
            (Err(why), Err(taken)) => {
                is_well = false;
                logs::say(&format!(
                    "BAD  address: {address} is taken ({taken}) and is not us ({why}); stop the other program, or change server.listen"
                ));
            }
        }
        Ok(if is_well {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }

    fn flags(&self) -> String {
        let system = if self.system { " --system" } else { "" };
        let name = if self.name == "sauda" {
            String::new()
        } else {
            format!(" --name {}", self.name)
        };
        format!("{system}{name}")
    }

    fn needs_systemd(&self) -> anyhow::Result<()> {
        if Path::new(BOOTED).is_dir() {
            return Ok(());
        }
        bail!(
            "systemd does not run this machine: start the program with `sauda serve`; `sauda service install` prints a unit to go by"
        )
    }

    fn command(&self) -> std::process::Command {
        let mut command = std::process::Command::new("systemctl");
        if !self.system {
            command.arg("--user");
        }
        command
    }

    fn systemctl(&self, words: &[&str]) -> anyhow::Result<()> {
        let status = self
            .command()
            .args(words)
            .status()
            .context("systemctl cannot be called")?;
        if !status.success() {
            bail!("systemctl {} failed; its own words stand above", words.join(" "));
        }
        Ok(())
    }

    fn ask(&self, word: &str) -> anyhow::Result<String> {
        let output = self
            .command()
            .args([word, &self.name])
            .output()
            .context("systemctl cannot be called")?;
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }
}

fn say_placed(place: &Path, text: &str) -> anyhow::Result<ExitCode> {
    let was = unit::place(place, text)?;
    logs::say(&format!("{} {was}", place.display()));
    Ok(ExitCode::SUCCESS)
}

/// Whether our own health answers there.
async fn answers(address: &str) -> Result<(), String> {
    match tokio::time::timeout(PATIENCE, status_of(address)).await {
        Ok(Ok(status)) if status == "200" => Ok(()),
        Ok(Ok(status)) => Err(format!("status {status}")),
        Ok(Err(error)) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
            Err("nothing listens".to_owned())
        }
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err(format!("silent for {} s", PATIENCE.as_secs())),
    }
}

/// The status of our health page, as it stands in the first line of the answer.
async fn status_of(address: &str) -> std::io::Result<String> {
    let mut line = tokio::net::TcpStream::connect(address).await?;
    line.write_all(b"GET /health/ready HTTP/1.0\r\n\r\n").await?;
    let mut head = [0; 64];
    let read = line.read(&mut head).await?;
    let text = String::from_utf8_lossy(head.get(..read).unwrap_or_default()).into_owned();
    Ok(text.split(' ').nth(1).unwrap_or("none").to_owned())
}
