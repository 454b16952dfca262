//! The few places where the engines differ in words. No other file may ask which engine it is.

use crate::Engine;

/// Added to a `SELECT` that claims rows for this process: other claimers skip them.
pub(crate) const fn skip_locked(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "",
        Engine::Postgres => " FOR UPDATE SKIP LOCKED",
    }
}

/// Replaces the marker `/*skip locked*/` in a statement.
pub(crate) fn text(engine: Engine, text: std::borrow::Cow<'static, str>) -> std::borrow::Cow<'static, str> {
    if text.contains("/*skip locked*/") {
        text.replace("/*skip locked*/", skip_locked(engine)).into()
    } else {
        text
    }
}
