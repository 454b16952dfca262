//! The text of the unit and how it comes to the disk. Refuses to call anybody.

use anyhow::{Context as _, bail};
use std::path::{Path, PathBuf};

/// The first line of our units; what begins otherwise is somebody else's.
pub const HEAD: &str = "# Written by `sauda service install`, which writes it anew.";

/// What a unit says.
pub struct Unit {
    pub program: PathBuf,
    /// Folder with the settings and the data.
    pub folder: PathBuf,
    /// The settings file, when it was named.
    pub config: Option<PathBuf>,
    /// Whose rights the program has; with a unit for the whole machine.
    pub run_as: Option<String>,
    pub for_system: bool,
}

impl Unit {
    /// The unit, after systemd.unit(5) and systemd.service(5).
    ///
    /// # Errors
    /// When a path cannot be written there.
    pub fn text(&self) -> anyhow::Result<String> {
        let mut start = format!("{} serve", quoted(&self.program)?);
        if let Some(config) = &self.config {
            start = format!("{} --config {} serve", quoted(&self.program)?, quoted(config)?);
        }
        let folder = plain(&self.folder)?;
        let user = match &self.run_as {
            Some(person)
                if person
                    .chars()
                    .any(|letter| letter.is_whitespace() || letter.is_control()) =>
            {
                bail!("{person:?} cannot be the name of a person of this machine")
            }
            Some(person) => format!("User={person}\n"),
            None => String::new(),
        };
        let target = if self.for_system {
            "multi-user.target"
        } else {
            "default.target"
        };
        Ok(format!(
            "{HEAD}
[Unit]
Description=Sauda, operations desk for merchants on Kaspi.kz
After=network-online.target
Wants=network-online.target

[Service]
{user}WorkingDirectory={folder}
EnvironmentFile=-{folder}/sauda.env
ExecStart={start}
Restart=always
RestartSec=5
# The program ends by itself within ten seconds.
TimeoutStopSec=20
NoNewPrivileges=true
PrivateTmp=true
UMask=0077

[Install]
WantedBy={target}
"
        ))
    }
}

/// A path of its own line: systemd takes the rest of the line as it is, but for its specifiers.
fn plain(path: &Path) -> anyhow::Result<String> {
    let text = path
        .to_str()
        .filter(|text| !text.chars().any(char::is_control))
        .with_context(|| format!("{} cannot be written into a unit: move it", path.display()))?;
    Ok(text.replace('%', "%%"))
}

/// A path among other words.
fn quoted(path: &Path) -> anyhow::Result<String> {
    let text = plain(path)?
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('$', "$$");
    Ok(format!("\"{text}\""))
}

/// The program that a unit starts.
pub fn program_of(text: &str) -> Option<String> {
    let start = text.lines().find_map(|line| line.strip_prefix("ExecStart="))?;
    let Some(rest) = start.strip_prefix('"') else {
        return start.split_whitespace().next().map(str::to_owned);
    };
    let mut program = String::new();
    let mut letters = rest.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => return Some(program),
            '\\' => program.extend(letters.next()),
            '%' | '$' if letters.peek() == Some(&letter) => {
                letters.next();
                program.push(letter);
            }
            _ => program.push(letter),
        }
    }
    None
}

/// Puts the unit where it belongs, whole; says what has become of the file.
///
/// # Errors
/// When somebody else's file is there, or it cannot be written.
pub fn place(place: &Path, text: &str) -> anyhow::Result<&'static str> {
    let was = match std::fs::read_to_string(place) {
        Ok(old) if old == text => return Ok("is as it should be"),
        Ok(old) if !old.starts_with(HEAD) => bail!(
            "{} is there and was not written by this command: move it, or choose another --name",
            place.display()
        ),
        Ok(_) => "was written anew",
        Err(missing) if missing.kind() == std::io::ErrorKind::NotFound => "was written",
        Err(error) => return Err(error).with_context(|| place.display().to_string()),
    };
    let folder = place.parent().context("a folder for the unit")?;
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let part = place.with_extension("service.part");
    let put = std::fs::write(&part, text).and_then(|()| std::fs::rename(&part, place));
    if let Err(error) = put {
        // What is half there is of no use; that it cannot be removed either says nothing new.
        let _ = std::fs::remove_file(&part);
        return Err(error).with_context(|| format!("{} cannot be written", place.display()));
    }
    Ok(was)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(folder: &str) -> Unit {
        Unit {
            program: PathBuf::from("/opt/sau da/$bin/sauda"),
            folder: PathBuf::from(folder),
            config: None,
            run_as: None,
            for_system: false,
        }
    }

    #[test]
    fn a_unit_of_a_person_is_as_the_handbook_shows_it() {
        let text = Unit {
            program: PathBuf::from("/home/aru/sauda/sauda"),
            ..unit("/home/aru/sauda")
        }
        .text()
        .unwrap();
        assert!(
            include_str!("../../../../../docs/service.md").contains(&text),
            "{text}"
        );
    }

    #[test]
    fn a_unit_of_the_machine_has_a_person_and_its_settings() {
        let text = Unit {
            run_as: Some("sauda".to_owned()),
            for_system: true,
            config: Some(PathBuf::from("/etc/sauda 100%.toml")),
            ..unit("/var/lib/sauda 100%")
        }
        .text()
        .unwrap();
        for line in [
            "User=sauda",
            "WorkingDirectory=/var/lib/sauda 100%%",
            r#"ExecStart="/opt/sau da/$$bin/sauda" --config "/etc/sauda 100%%.toml" serve"#,
            "WantedBy=multi-user.target",
        ] {
            assert!(text.lines().any(|had| had == line), "{line}: {text}");
        }
        assert_eq!(program_of(&text).as_deref(), Some("/opt/sau da/$bin/sauda"));
    }

    #[test]
    fn names_and_paths_that_would_end_a_line_are_refused() {
        let person = Unit {
            run_as: Some("sauda\nExecStart=/bin/sh".to_owned()),
            ..unit("/srv")
        };
        assert!(person.text().is_err());
        assert!(unit("/srv/a\nb").text().is_err());
    }

    #[test]
    fn a_unit_is_written_whole_again_when_it_changed_and_never_over_somebody_elses() {
        let folder = tempfile::tempdir().unwrap();
        let place_at = folder.path().join("deep/sauda.service");
        let (one, two) = (unit("/one").text().unwrap(), unit("/two").text().unwrap());
        assert_eq!(place(&place_at, &one).unwrap(), "was written");
        assert_eq!(place(&place_at, &one).unwrap(), "is as it should be");
        assert_eq!(place(&place_at, &two).unwrap(), "was written anew");
        assert_eq!(std::fs::read_to_string(&place_at).unwrap(), two);
        std::fs::write(&place_at, "[Unit]\nDescription=mine\n").unwrap();
        let refused = place(&place_at, &one).unwrap_err().to_string();
        assert!(refused.contains("was not written by this command"), "{refused}");
        assert_eq!(
            std::fs::read_to_string(&place_at).unwrap(),
            "[Unit]\nDescription=mine\n"
        );
        assert_eq!(std::fs::read_dir(folder.path().join("deep")).unwrap().count(), 1);
    }
}
