//! The file of a message. Handed over as it was kept; refuses to be shown.

use crate::{
    ApiState,
    describe::{Op, op},
    shape::Download,
};
use axum::extract::State;
use sauda_edge::{Caller, PathParams, Refusal, need};
use sauda_kernel::{MessageId, ShopId};
use sauda_messages::model::file_kind;

pub(crate) fn show_op() -> Op {
    op::<need::ViewMessages>("get_message_file", "The file that a buyer sent with a message")
        .about("404 while it is being fetched, when it was refused or lost, and after its time.")
        .gives_file(&["image/jpeg", "image/png", "audio/ogg", "application/pdf"])
}

pub(crate) async fn show(
    caller: Caller<need::ViewMessages>,
    State(state): State<ApiState>,
    PathParams((shop, id)): PathParams<(ShopId, MessageId)>,
) -> Result<Download, Refusal> {
    let (file, bytes) = state.messages.file(&caller.scope, &shop, &id).await?;
    let content_type = file_kind(&file.mime).map_or("application/octet-stream", |(_, mime)| mime);
    let ending = content_type.rsplit('/').next().unwrap_or("bin");
    let ending: String = ending
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(8)
        .collect();
    Ok(Download {
        name: format!("{id}.{ending}"),
        content_type,
        bytes,
    })
}
