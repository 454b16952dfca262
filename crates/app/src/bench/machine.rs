//! What the system says of this machine and of processes on it: name, processor time, memory. Refuses to guess: what cannot be read is an error.

use anyhow::{Context as _, bail};
use std::time::Duration;

/// Processor time is counted in hundredths of a second on every Linux that we know (`USER_HZ`).
const TICK: Duration = Duration::from_millis(10);

/// Memory of a process in kilobytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Memory {
    /// All of it that is in memory now, shared files included.
    pub resident: u64,
    /// The part that is its own: heap and stacks.
    pub anonymous: u64,
    /// Pages of files, the database's among them; the system takes them back when it needs them.
    pub files: u64,
    /// The most that was ever resident.
    pub peak: u64,
}

/// Processor time that a process used so far, its own and the system's on its behalf. `None` is this process.
pub fn cpu(process: Option<u32>) -> anyhow::Result<Duration> {
    let path = format!("/proc/{}/stat", name(process));
    let text = std::fs::read_to_string(&path).with_context(|| path.clone())?;
    // The name of the program may hold spaces: fields are counted after its closing bracket.
    let fields: Vec<&str> = text
        .rsplit_once(')')
        .map_or("", |(_, rest)| rest)
        .split_whitespace()
        .collect();
    let field = |at: usize| fields.get(at).and_then(|text| text.parse::<u32>().ok());
    let (Some(user), Some(system)) = (field(11), field(12)) else {
        bail!("{path} has another shape than expected")
    };
    Ok(TICK * user.saturating_add(system))
}

/// Memory of a process. `None` is this process.
pub fn memory(process: Option<u32>) -> anyhow::Result<Memory> {
    let path = format!("/proc/{}/status", name(process));
    let text = std::fs::read_to_string(&path).with_context(|| path.clone())?;
    let value = |key: &str| {
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix(key)?.strip_prefix(':'))?;
        line.split_whitespace().next()?.parse::<u64>().ok()
    };
    let (Some(resident), Some(peak)) = (value("VmRSS"), value("VmHWM")) else {
        bail!("{path} has another shape than expected")
    };
    Ok(Memory {
        resident,
        anonymous: value("RssAnon").unwrap_or(0),
        files: value("RssFile").unwrap_or(0),
        peak,
    })
}

fn name(process: Option<u32>) -> String {
    process.map_or_else(|| "self".to_owned(), |id| id.to_string())
}

/// Processor, cores, memory and system in one line.
pub fn describe() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let after = |text: &str, key: &str| {
        text.lines()
            .find_map(|line| line.strip_prefix(key))
            .map(|rest| rest.trim_start_matches([' ', '\t', ':']).trim().to_owned())
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let model = after(&read("/proc/cpuinfo"), "model name").unwrap_or_else(|| "unknown processor".to_owned());
    let kilobytes = after(&read("/proc/meminfo"), "MemTotal")
        .and_then(|text| text.split_whitespace().next()?.parse::<u64>().ok());
    let memory = kilobytes.map_or_else(
        || "unknown memory".to_owned(),
        |kilobytes| format!("{} GB", kilobytes / 1_000_000),
    );
    let kernel = read("/proc/sys/kernel/osrelease");
    format!("{model}, {cores} cores, {memory}, Linux {}", kernel.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_has_memory_and_used_time() {
        let before = cpu(None).unwrap();
        let start = std::time::Instant::now();
        while cpu(None).unwrap() == before && start.elapsed() < Duration::from_secs(10) {
            std::hint::spin_loop();
        }
        assert!(cpu(None).unwrap() > before);
        let memory = memory(Some(std::process::id())).unwrap();
        assert!(
            memory.resident > 0 && memory.peak >= memory.resident / 2,
            "{memory:?}"
        );
    }
}
