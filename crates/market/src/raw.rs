//! Answers of a marketplace as they came, for somebody who listens meanwhile. Keeps nothing, and nothing is noted while nobody listens.

use std::sync::{Arc, Mutex, PoisonError};

/// Most of one answer that is noted, bytes.
const MOST: usize = 2 * 1024 * 1024;
/// Answers that are noted for one listener.
const ANSWERS: usize = 8;

/// An answer as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawAnswer {
    /// Name of the call.
    pub call: &'static str,
    pub status: u16,
    /// Its beginning, 2 MiB at most; what came of an answer that was cut.
    pub body: Vec<u8>,
    /// Its length as it came.
    pub bytes: usize,
}

type Ear = Arc<Mutex<Vec<RawAnswer>>>;

tokio::task_local! {
    static EAR: Ear;
}

/// Does the work and gives what the marketplace answered meanwhile, in order. Public pages only: clients note no answer of a
/// cabinet, of a sign-in or of a call with a key.
pub async fn overhear<F: Future>(work: F) -> (F::Output, Vec<RawAnswer>) {
    let ear = Ear::default();
    let done = EAR.scope(Arc::clone(&ear), work).await;
    let heard = std::mem::take(&mut *ear.lock().unwrap_or_else(PoisonError::into_inner));
    (done, heard)
}

/// Notes an answer for whoever listens; the values of these members are blotted out before.
pub fn note(call: &'static str, status: u16, body: &[u8], blotted: &[&str]) {
    // An error means that nobody listens.
    let _ = EAR.try_with(|ear| {
        let mut heard = ear.lock().unwrap_or_else(PoisonError::into_inner);
        if heard.len() < ANSWERS {
            let shown = body.get(..MOST).unwrap_or(body);
            heard.push(RawAnswer {
                call,
                status,
                body: blot(shown, blotted),
                bytes: body.len(),
            });
        }
    });
}

/// Takes the text values of some members out of a JSON document, whole or cut.
fn blot(body: &[u8], names: &[&str]) -> Vec<u8> {
    if names.is_empty() {
        return body.to_vec();
    }
    let mut shown = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((&first, after)) = rest.split_first() {
        shown.push(first);
        rest = after;
        if first != b'"' {
            continue;
        }
        let (inside, after) = string(rest);
        let is_named = names.iter().any(|name| inside == name.as_bytes());
        shown.extend_from_slice(inside);
        rest = after;
        let Some(behind) = rest.strip_prefix(b"\"") else {
            break;
        };
        shown.push(b'"');
        rest = behind;
        if !is_named {
            continue;
        }
        let value = rest.trim_ascii_start();
        let Some(value) = value.strip_prefix(b":") else {
            continue;
        };
        let value = value.trim_ascii_start();
        let Some(value) = value.strip_prefix(b"\"") else {
            continue;
        };
        let (_, after) = string(value);
        shown.extend_from_slice(b":\"***");
        rest = after;
        if let Some(behind) = rest.strip_prefix(b"\"") {
            shown.push(b'"');
            rest = behind;
        }
    }
    shown
}

/// What stands up to the closing quote, and the rest with it.
fn string(body: &[u8]) -> (&[u8], &[u8]) {
    let mut escaped = false;
    let end = body.iter().position(|byte| {
        let is_end = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        is_end
    });
    body.split_at(end.unwrap_or(body.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_members_are_blotted_out_of_whole_and_cut_documents() {
        let shown =
            |text: &str| String::from_utf8(blot(text.as_bytes(), &["author", "orderNumber"])).unwrap();
        assert_eq!(
            shown(r#"{"author" : "As\"el","rating":5,"text":"author","orderNumber":"700"}"#),
            r#"{"author":"***","rating":5,"text":"author","orderNumber":"***"}"#
        );
        assert_eq!(
            shown(r#"{"rating":5,"author":"Ase"#),
            r#"{"rating":5,"author":"***"#
        );
        assert_eq!(shown("<html lang=\"ru\">"), "<html lang=\"ru\">");
    }

    #[tokio::test]
    async fn only_a_listener_hears() {
        note("before", 200, b"lost", &[]);
        let (done, heard) = overhear(async {
            note("listing", 429, b"<html>", &[]);
            7
        })
        .await;
        assert_eq!((done, heard.len()), (7, 1));
        assert_eq!(
            (heard[0].call, heard[0].status, heard[0].bytes),
            ("listing", 429, 6)
        );
    }
}
