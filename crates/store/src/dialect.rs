//! The few places where the engines differ in words. No other file may ask which engine it is.

use crate::Engine;
use std::borrow::Cow;

/// Added to a `SELECT` that claims rows for this process: other claimers skip them.
pub(crate) const fn skip_locked(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "",
        Engine::Postgres => " FOR UPDATE SKIP LOCKED",
    }
}

/// Added to a `SELECT` whose rows this transaction holds until its end: others that hold them wait. SQLite has one writer anyway.
pub(crate) const fn held(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "",
        Engine::Postgres => " FOR UPDATE",
    }
}

/// The text as an engine gets it: the markers `/*skip locked*/` and `/*held*/` replaced, bare `?` numbered where the engine wants numbers.
pub(crate) fn text(engine: Engine, text: Cow<'static, str>, bare: bool) -> Cow<'static, str> {
    let text = if text.contains("/*") {
        text.replace("/*skip locked*/", skip_locked(engine))
            .replace("/*held*/", held(engine))
            .into()
    } else {
        text
    };
    match engine {
        Engine::Postgres if bare => numbered(&text).into(),
        _ => text,
    }
}

/// A statement whose one value is all rows of another as text, where handing rows over one by one is dear.
pub(crate) fn together(engine: Engine, text: &str, columns: &[&str]) -> Option<String> {
    match engine {
        Engine::Sqlite => {
            let columns = columns.join(", ");
            Some(format!(
                "SELECT json_group_array(json_array({columns})) AS all_rows FROM ({text})"
            ))
        }
        Engine::Postgres => None,
    }
}

fn numbered(text: &str) -> String {
    let mut parts = text.split('?');
    let mut whole = String::with_capacity(text.len() * 2);
    whole.push_str(parts.next().unwrap_or_default());
    for (place, part) in parts.enumerate() {
        whole.push('$');
        whole.push_str(&(place + 1).to_string());
        whole.push_str(part);
    }
    whole
}
