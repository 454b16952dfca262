//! Takes the file out of a form as it arrives. Refuses to hold more than the limit, and says so instead of hanging up.

use crate::door::Desk;
use axum::extract::Multipart;
use sauda_catalog::table::Intake;
use sauda_edge::Refusal;
use sauda_kernel::{Failure, Kind, Public};

/// The file with its name, or what to say at the field.
pub(super) async fn take(
    desk: &Desk,
    mut parts: Multipart,
) -> Result<Result<(String, Intake), Vec<Public>>, Refusal> {
    let cut = || Refusal::new(Kind::Invalid, Public::new("body-cut"));
    while let Some(mut part) = parts.next_field().await.map_err(|_| cut())? {
        if part.name() != Some("file") {
            continue;
        }
        let name = part.file_name().unwrap_or_default().to_owned();
        let mut intake = desk.pricing.begin_upload(None)?;
        let mut refused = None;
        // After a refusal the rest is read and dropped: a browser shows an answer only when it could send everything.
        while let Some(piece) = part.chunk().await.map_err(|_| cut())? {
            if refused.is_none()
                && let Err(error) = intake.push(&piece)
            {
                refused = Some(error.public());
            }
        }
        return Ok(match refused {
            Some(problems) => Err(problems),
            None if name.is_empty() && intake.received_bytes() == 0 => {
                Err(vec![Public::new("web-file-missing").field("file")])
            }
            None => Ok((name, intake)),
        });
    }
    Ok(Err(vec![Public::new("web-file-missing").field("file")]))
}
