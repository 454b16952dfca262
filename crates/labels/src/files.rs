//! Files that are whole or not there: names of their own until all of a run are on the disk. Refuses to leave a half file, and
//! half of a run beside another.

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
    write_together(folder, &[(name, bytes)], &mut |_| {})
}

/// Writes several files; they get their names when all of them are on the disk. Told how many are.
///
/// # Errors
/// When one cannot be written: it is named, and nothing new is left there.
pub(crate) fn write_together(
    folder: &Path,
    files: &[(&str, &[u8])],
    done: &mut dyn FnMut(usize),
) -> Result<(), LabelsError> {
    let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    stage(folder, &names, |nth, file| {
        let (_, bytes) = files.get(nth).copied().unwrap_or_default();
        file.write_all(bytes)?;
        done(nth);
        Ok(())
    })
}

fn stage(
    folder: &Path,
    names: &[&str],
    mut fill: impl FnMut(usize, &mut File) -> io::Result<()>,
) -> Result<(), LabelsError> {
    let part = |name: &str| folder.join(format!(".{name}.part"));
    let mut failed = None;
    for (nth, name) in names.iter().enumerate() {
        let written = fs::create_dir_all(folder)
            .and_then(|()| File::create(part(name)))
            .and_then(|mut file| {
                fill(nth, &mut file)?;
                file.sync_all()
            });
        if let Err(source) = written {
            failed = Some((*name, source));
            break;
        }
    }
    for name in names {
        if failed.is_none()
            && let Err(source) = fs::rename(part(name), folder.join(name))
        {
            failed = Some((*name, source));
        }
    }
    if let Some((name, source)) = failed {
        for name in names {
            // What cannot be removed was not there, or the folder is gone.
            let _ = fs::remove_file(part(name));
        }
        return Err(LabelsError::Write {
            file: name.to_owned(),
            folder: folder.to_owned(),
            source,
        });
    }
    // The names themselves are on the disk after the folder is; where folders cannot be opened, the system does it by itself.
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
    fn a_disk_that_fills_up_leaves_the_old_files_and_nothing_half() {
        let folder = tempfile::tempdir().unwrap();
        write_whole(folder.path(), "labels.pdf", b"old").unwrap();
        let error = stage(folder.path(), &["labels.pdf", "waybills.pdf"], |nth, file| {
            file.write_all(b"half of it")?;
            if nth == 0 {
                Ok(())
            } else {
                Err(io::Error::from(io::ErrorKind::StorageFull))
            }
        })
        .unwrap_err();
        let told = format!(
            "waybills.pdf cannot be written to {}; nothing half-written was left, free space or correct the folder and run again",
            folder.path().display()
        );
        assert_eq!(error.to_string(), told);
        assert_eq!(sauda_kernel::chain(&error), format!("{told}: no storage space"));
        assert_eq!(names(folder.path()), ["labels.pdf"]);
        assert_eq!(fs::read(folder.path().join("labels.pdf")).unwrap(), b"old");
    }

    #[test]
    fn several_files_appear_together() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("new/out");
        write_together(&out, &[("a.pdf", b"1"), ("b.pdf", b"2")], &mut |_| {}).unwrap();
        assert_eq!(names(&out), ["a.pdf", "b.pdf"]);
        assert_eq!(fs::read(out.join("b.pdf")).unwrap(), b"2");
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
