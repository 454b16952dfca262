//! The files of the project as text, by path. Refuses to read what git ignores.

use crate::tidy::tokens::Source;
use anyhow::Context as _;
use std::{collections::BTreeMap, path::Path, process::Command, sync::mpsc, thread};

/// Every file that is, or could be, committed.
#[derive(Debug, Default)]
pub struct Tree {
    /// Text by path with forward slashes; none for what is not UTF-8.
    pub files: BTreeMap<String, Option<String>>,
    /// Tokens of every Rust file that can be read as Rust.
    pub rust: BTreeMap<String, Source>,
    /// Rust files that cannot.
    pub unreadable: Vec<String>,
}

impl Tree {
    /// Reads the work tree: what git tracks, and what it would.
    ///
    /// # Errors
    /// When git does not answer.
    pub fn read(root: &Path) -> anyhow::Result<Self> {
        let listed = Command::new("git")
            .args([
                "ls-files",
                "-z",
                "--cached",
                "--others",
                "--exclude-standard",
                "--deduplicate",
            ])
            .current_dir(root)
            .output()
            .context("git cannot be started: install git")?;
        anyhow::ensure!(
            listed.status.success(),
            "git cannot list the files of {}",
            root.display()
        );
        let names = String::from_utf8(listed.stdout).context("a file name is not UTF-8")?;
        let mut files = BTreeMap::new();
        for name in names.split('\0').filter(|name| !name.is_empty()) {
            // A file that was deleted but not committed so is still listed.
            if let Ok(bytes) = std::fs::read(root.join(name)) {
                files.insert(name.to_owned(), String::from_utf8(bytes).ok());
            }
        }
        Ok(Self::new(files))
    }

    /// A tree of these files.
    pub fn new(files: BTreeMap<String, Option<String>>) -> Self {
        let sources: Vec<(&String, &String)> = files
            .iter()
            .filter(|(path, _)| path.ends_with(".rs"))
            .filter_map(|(path, text)| text.as_ref().map(|text| (path, text)))
            .collect();
        let (give, take) = mpsc::channel();
        let half = sources
            .len()
            .div_ceil(thread::available_parallelism().map_or(1, usize::from))
            .max(1);
        thread::scope(|scope| {
            for part in sources.chunks(half) {
                let give = give.clone();
                scope.spawn(move || {
                    for (path, text) in part {
                        // The receiver outlives the scope, so that sending cannot fail.
                        let _ = give.send(((*path).clone(), Source::read(path, text)));
                    }
                });
            }
        });
        drop(give);
        let mut rust = BTreeMap::new();
        let mut unreadable = Vec::new();
        for (path, source) in take {
            match source {
                Some(source) => drop(rust.insert(path, source)),
                None => unreadable.push(path),
            }
        }
        unreadable.sort();
        Self {
            files,
            rust,
            unreadable,
        }
    }

    /// Text of one file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path)?.as_deref()
    }

    /// Text files under a folder, such as `crates/`.
    pub fn under<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files
            .range(folder.to_owned()..)
            .take_while(move |(path, _)| path.starts_with(folder))
            .filter_map(|(path, text)| text.as_ref().map(|text| (path.as_str(), text.as_str())))
    }

    /// Whether there is such a file or folder.
    pub fn has(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        path.is_empty()
            || self.files.contains_key(path)
            || self
                .files
                .range(folder.clone()..)
                .next()
                .is_some_and(|(found, _)| found.starts_with(&folder))
    }
}

#[cfg(test)]
impl Tree {
    /// A small tree for a test.
    pub fn of(files: &[(&str, &str)]) -> Self {
        Self::new(
            files
                .iter()
                .map(|(path, text)| ((*path).to_owned(), Some((*text).to_owned())))
                .collect(),
        )
    }
}
