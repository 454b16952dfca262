//! The pretend Kaspi in a process of its own, as a benchmark needs it. Refuses to share anything with it but HTTP.

use anyhow::{Context as _, bail};
use serde_json::Value;
use std::{path::Path, process::Stdio, time::Duration};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
};

/// How long the world may take to be built.
const PATIENCE: Duration = Duration::from_secs(180);

/// A running market; dropping it ends it.
pub struct Market {
    // Kept for its drop.
    _child: Child,
    pub process: u32,
    pub address: String,
    client: reqwest::Client,
}

impl Market {
    /// Starts `program sim` with these flags on a free port and waits until it tells its address.
    pub async fn start(program: &Path, words: &[&str], flags: &[String]) -> anyhow::Result<Self> {
        let mut child = Command::new(program)
            .args(words)
            .args(["--listen", "127.0.0.1:0"])
            .args(flags)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| program.display().to_string())?;
        let process = child.id().context("the simulator ended at once")?;
        let out = child.stdout.take().context("the simulator's output")?;
        let mut lines = BufReader::new(out).lines();
        let found = tokio::time::timeout(PATIENCE, async {
            while let Some(line) = lines.next_line().await? {
                if let Some(address) = address_in(&line) {
                    return Ok(address);
                }
            }
            bail!("the simulator ended before it answered")
        });
        let address = found.await.context("the simulator took too long")??;
        // Its further lines must go somewhere, or it would stand still on a full pipe.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Ok(Self {
            _child: child,
            process,
            address,
            client: reqwest::Client::builder().no_proxy().build()?,
        })
    }

    /// The document behind one of the control doors, such as `counters`.
    pub async fn look(&self, door: &str) -> anyhow::Result<Value> {
        let answer = self
            .client
            .get(format!("{}/_sim/api/{door}", self.address))
            .send()
            .await?
            .error_for_status()?;
        Ok(serde_json::from_slice(&answer.bytes().await?)?)
    }

    /// Sends a document to a control door.
    pub async fn tell(&self, door: &str, body: &Value) -> anyhow::Result<Value> {
        let answer = self
            .client
            .post(format!("{}/_sim/api/{door}", self.address))
            .body(body.to_string())
            .send()
            .await?
            .error_for_status()?;
        Ok(serde_json::from_slice(&answer.bytes().await?)?)
    }

    /// One of the sums that the market keeps by itself.
    pub async fn counter(&self, name: &str) -> anyhow::Result<u64> {
        self.look("counters")
            .await?
            .get(name)
            .and_then(Value::as_u64)
            .with_context(|| format!("the simulator counts no {name}"))
    }

    /// Sums start anew.
    pub async fn forget_counters(&self) -> anyhow::Result<()> {
        self.client
            .delete(format!("{}/_sim/api/counters", self.address))
            .send()
            .await?
            .error_for_status()?;
        Ok(())
    }
}

/// The address in a line such as `pretend Kaspi at http://127.0.0.1:4711, its page …`.
fn address_in(line: &str) -> Option<String> {
    let (_, rest) = line.split_once("http://127.0.0.1:")?;
    let port: String = rest.chars().take_while(char::is_ascii_digit).collect();
    (!port.is_empty()).then(|| format!("http://127.0.0.1:{port}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_found_in_what_the_simulator_says() {
        assert_eq!(
            address_in("pretend Kaspi at http://127.0.0.1:4711, its page at http://127.0.0.1:4711/_sim/")
                .as_deref(),
            Some("http://127.0.0.1:4711")
        );
        assert_eq!(address_in("starting"), None);
    }
}
