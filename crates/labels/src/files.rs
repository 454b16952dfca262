//! Files that are whole or not there: a name of their own until everything is on the disk. Refuses to leave a half file.

use crate::LabelsError;
use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

/// Writes a file under its name only when all of it is on the disk.
///
/// # Errors
/// When the disk is full or the folder cannot be written; then nothing new is left there.
pub fn write_whole(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), LabelsError> {
    write_with(folder, name, |file| file.write_all(bytes))
}

fn write_with(
    folder: &Path,
    name: &str,
    fill: impl FnOnce(&mut File) -> io::Result<()>,
) -> Result<(), LabelsError> {
    let part = folder.join(format!(".{name}.part"));
    let written = fs::create_dir_all(folder)
        .and_then(|()| File::create(&part))
        .and_then(|mut file| {
            fill(&mut file)?;
            file.sync_all()
        })
        .and_then(|()| fs::rename(&part, folder.join(name)));
    if let Err(source) = written {
        // What cannot be removed was not there, or the folder is gone.
        let _ = fs::remove_file(&part);
        return Err(LabelsError::Write {
            file: name.to_owned(),
            folder: folder.to_owned(),
            source,
        });
    }
    // The name itself is on the disk after the folder is; where folders cannot be opened, the system does it by itself.
    if let Ok(opened) = File::open(folder) {
        let _ = opened.sync_all();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_disk_that_fills_up_leaves_the_old_file_and_nothing_half() {
        let folder = tempfile::tempdir().unwrap();
        write_whole(folder.path(), "labels.pdf", b"old").unwrap();
        let error = write_with(folder.path(), "labels.pdf", |file| {
            file.write_all(b"half of it")?;
            Err(io::Error::from(io::ErrorKind::StorageFull))
        })
        .unwrap_err();
        let told = format!(
            "labels.pdf cannot be written to {}: no storage space; nothing half-written was left, free space or correct the folder and run again",
            folder.path().display()
        );
        assert_eq!(error.to_string(), told);
        assert_eq!(names(folder.path()), ["labels.pdf"]);
        assert_eq!(fs::read(folder.path().join("labels.pdf")).unwrap(), b"old");
    }

    #[test]
    fn a_folder_that_is_a_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("out"), "").unwrap();
        let error = write_whole(&folder.path().join("out"), "labels.pdf", b"x").unwrap_err();
        assert!(
            error.to_string().starts_with("labels.pdf cannot be written to "),
            "{error}"
        );
    }
}
