//! What the cabinet says of changes: the job it took, and the protocol rows. Refuses to read "200" as "done".

use super::{document, text};
use crate::wire::{loose::Thing, own::JobAnswer};
use sauda_market::{AcceptedJob, JobRow, MarketError};

/// Reads the answer of `process` or of the batch. Without a job id it stays unclear whether the change was taken.
///
/// # Errors
/// `Unclear`.
pub fn accepted_job(bytes: &[u8]) -> Result<AcceptedJob, MarketError> {
    let unclear = |why: &str| MarketError::Unclear(format!("the change was sent, {why}"));
    let body = text("job", bytes).map_err(|_| unclear("the answer is not text"))?;
    let one = serde_json::from_str::<Thing<JobAnswer<'_>>>(body).unwrap_or_default();
    let id = match &one {
        Thing::Is(job) => job.id.owned(),
        Thing::Absent | Thing::Odd => None,
    };
    let id = match id {
        Some(id) => Some(id),
        // The batch's answer is not published: a list of one job is taken as well.
        None => serde_json::from_str::<Vec<Thing<JobAnswer<'_>>>>(body)
            .ok()
            .and_then(|jobs| {
                jobs.iter()
                    .find_map(|job| job.get().and_then(|job| job.id.owned()))
            }),
    };
    id.map(|job_id| AcceptedJob { job_id })
        .ok_or_else(|| unclear("the answer has no job id"))
}

/// Reads the rows of the change protocol. Members other than `sku` are not published and stay text.
///
/// # Errors
/// `BadAnswer` when it is not a list or a row has no `sku`.
pub fn job_rows(bytes: &[u8]) -> Result<Vec<JobRow>, MarketError> {
    let rows: serde_json::Value = document("protocol", bytes)?;
    let Some(rows) = rows.as_array() else {
        return Err(MarketError::BadAnswer("protocol: not a list".to_owned()));
    };
    let mut read = Vec::with_capacity(rows.len());
    for (place, row) in rows.iter().enumerate() {
        let sku = match row.get("sku") {
            Some(serde_json::Value::String(sku)) if !sku.is_empty() => sku.clone(),
            Some(serde_json::Value::Number(sku)) => sku.to_string(),
            _ => {
                return Err(MarketError::BadAnswer(format!(
                    "protocol: row {} has no sku",
                    place + 1
                )));
            }
        };
        read.push(JobRow {
            sku,
            raw: row.to_string(),
        });
    }
    Ok(read)
}
