//! Functions and filters of templates: texts, icons, numbers, times. Refuses to reach beyond the page that is drawn.

use super::{DRAWING, Drawing};
use crate::format::{self, Moment};
use fluent_bundle::{FluentArgs, FluentValue};
use minijinja::{
    Environment, Error, ErrorKind, HtmlEscape, State, Value,
    value::{Kwargs, ValueKind},
};
use sauda_kernel::{Span, Timestamp};
use std::sync::Arc;

pub(super) fn register(env: &mut Environment<'static>) {
    env.add_function("t", t);
    env.add_function("rich", rich);
    env.add_function("told", told);
    env.add_function("icon", icon);
    env.add_function("asset", asset);
    env.add_filter("num", format::group);
    env.add_filter("money", format::money);
    env.add_filter("signed", format::signed);
    env.add_filter("pct", format::percent);
    env.add_filter("pct0", format::percent_whole);
    env.add_filter("milli", format::milli);
    env.add_filter("tenge", format::tiyn_to_tenge);
    env.add_filter("exact", format::exact);
    env.add_filter("ago", |state: &State<'_, '_>, at: i64| {
        moment(state, at, |now, at| now.ago(at))
    });
    env.add_filter("past", |state: &State<'_, '_>, at: i64| {
        moment(state, at, |now, at| now.past(at))
    });
    env.add_filter("when", |state: &State<'_, '_>, at: i64| {
        moment(state, at, |now, at| now.when(at))
    });
    env.add_filter("clock", |state: &State<'_, '_>, at: i64| {
        moment(state, at, |now, at| now.clock(at))
    });
    env.add_filter("seconds", |state: &State<'_, '_>, at: i64| {
        moment(state, at, |now, at| now.seconds(at))
    });
    env.add_filter("day", |state: &State<'_, '_>, at: i64| {
        moment(state, at, |now, at| now.day(at))
    });
    env.add_filter("long_day", |state: &State<'_, '_>, at: i64| {
        moment(state, at, |now, at| now.long_day(at))
    });
    env.add_filter("full", |state: &State<'_, '_>, at: i64| {
        moment(state, at, |now, at| now.full(at))
    });
    env.add_filter("day_number", |at: i64| Timestamp::from_micros(at).local().day);
    env.add_filter("iso", |at: i64| Timestamp::from_micros(at).rfc3339_almaty());
    env.add_filter("span", span);
    env.add_filter("until", until);
    env.add_filter("query", |text: &str| crate::pages::system::urlencode(text));
    env.add_filter("json", |value: Value| {
        serde_json::to_string(&value).unwrap_or_default()
    });
}

fn drawing(state: &State<'_, '_>) -> Result<Arc<Drawing>, Error> {
    let found = state
        .lookup(DRAWING)
        .and_then(|value| value.downcast_object::<Drawing>());
    found.ok_or_else(|| {
        Error::new(
            ErrorKind::InvalidOperation,
            "templates are drawn through Pages only",
        )
    })
}

fn with_moment<T>(state: &State<'_, '_>, act: impl FnOnce(&Moment<'_>) -> T) -> Result<T, Error> {
    let drawing = drawing(state)?;
    Ok(act(&Moment {
        words: &drawing.words,
        language: drawing.language,
        now: drawing.now,
    }))
}

fn moment(
    state: &State<'_, '_>,
    at: i64,
    say: impl FnOnce(&Moment<'_>, Timestamp) -> String,
) -> Result<String, Error> {
    with_moment(state, |moment| say(moment, Timestamp::from_micros(at)))
}

fn span(state: &State<'_, '_>, micros: i64) -> Result<String, Error> {
    with_moment(state, |moment| moment.span(Span::from_micros(micros)))
}

/// How long until a moment, or since it when it is past.
fn until(state: &State<'_, '_>, at: i64) -> Result<String, Error> {
    with_moment(state, |moment| {
        moment.span(Timestamp::from_micros(at).since(moment.now))
    })
}

/// `t('key', count=3)`: the text of a key.
fn t(state: &State<'_, '_>, key: &str, args: Kwargs) -> Result<String, Error> {
    let drawing = drawing(state)?;
    let mut filled = FluentArgs::new();
    for name in args.args() {
        let value: Value = args.get(name)?;
        filled.set(name.to_owned(), fluent(&value));
    }
    Ok(drawing.words.text(drawing.language, key, &filled))
}

/// As `t`, and `**words**` of the text become bold. Everything is escaped first.
fn rich(state: &State<'_, '_>, key: &str, args: Kwargs) -> Result<Value, Error> {
    let text = t(state, key, args)?;
    let mut html = String::with_capacity(text.len() + 32);
    for (place, part) in text.split("**").enumerate() {
        let escaped = HtmlEscape(part).to_string();
        if place % 2 == 1 {
            html.push_str("<b class=\"med\">");
            html.push_str(&escaped);
            html.push_str("</b>");
        } else {
            html.push_str(&escaped);
        }
    }
    Ok(Value::from_safe_string(html))
}

/// `told('reason', {word, args})`: the text `reason-<word>` with its numbers, each in its unit.
fn told(state: &State<'_, '_>, prefix: &str, said: Value) -> Result<String, Error> {
    let drawing = drawing(state)?;
    let word = said.get_attr("word")?.to_string();
    let args = said.get_attr("args")?;
    let moment = Moment {
        words: &drawing.words,
        language: drawing.language,
        now: drawing.now,
    };
    let mut filled = FluentArgs::new();
    for name in args.try_iter()? {
        let value = args.get_item(&name)?;
        let name = name.to_string();
        filled.set(name.clone(), unit(&moment, prefix, &name, &value));
    }
    Ok(drawing
        .words
        .text(drawing.language, &format!("{prefix}-{word}"), &filled))
}

/// Prices among the values of reasons and guards; the rest are counts, minutes, days.
const PRICES: [&str; 18] = [
    "rival",
    "step",
    "price",
    "floor",
    "ceiling",
    "wanted",
    "by",
    "threshold",
    "sister",
    "limit",
    "day_start",
    "level",
    "from",
    "to",
    "rise",
    "shown",
    "ours",
    "cost",
];

/// Shares, ratings and sums say so in their names: `…_bp`, `…_milli`, `…_per_day` (tiyn); `cell` and `action` are words
/// with texts of their own; prices of decisions are whole tenge.
pub(crate) fn unit(moment: &Moment<'_>, prefix: &str, name: &str, value: &Value) -> FluentValue<'static> {
    let (words, language) = (moment.words, moment.language);
    let number = value.as_i64();
    match (name, number) {
        (_, Some(price))
            if matches!(prefix, "reason" | "guard" | "never-first" | "warn") && PRICES.contains(&name) =>
        {
            format::money(price).into()
        }
        ("cell" | "action", _) => {
            let key = format!("{name}-{value}");
            words.text(language, &key, &FluentArgs::new()).into()
        }
        (_, Some(number)) if name.ends_with("_bp") => format::percent(number).into(),
        (_, Some(number)) if name.ends_with("_milli") => format::milli(number).into(),
        (_, Some(number)) if name.ends_with("_per_day") => {
            format::money(format::tiyn_to_tenge(number)).into()
        }
        ("right" | "what" | "act" | "stage" | "cancelled", _) => {
            let key = format!("{name}-{value}");
            if words.has(language, &key) {
                words.text(language, &key, &FluentArgs::new()).into()
            } else {
                fluent(value)
            }
        }
        ("until", None) => match value.as_str().and_then(|text| Timestamp::parse(text).ok()) {
            Some(at) => moment.when(at).into(),
            None => fluent(value),
        },
        _ => fluent(value),
    }
}

fn fluent(value: &Value) -> FluentValue<'static> {
    match (value.kind(), value.as_i64()) {
        (ValueKind::Number, Some(number)) => number.into(),
        _ => value.to_string().into(),
    }
}

/// An icon of the sprite; decoration for readers, words stand beside it.
fn icon(state: &State<'_, '_>, name: &str, class: Option<&str>) -> Result<Value, Error> {
    let drawing = drawing(state)?;
    let (url, class) = (drawing.manifest.url("icons.svg"), class.unwrap_or_default());
    let gap = if class.is_empty() { "" } else { " " };
    Ok(Value::from_safe_string(format!(
        "<svg class=\"icon{gap}{}\" aria-hidden=\"true\"><use href=\"{url}#i-{}\"/></svg>",
        HtmlEscape(class),
        HtmlEscape(name)
    )))
}

fn asset(state: &State<'_, '_>, name: &str) -> Result<String, Error> {
    Ok(drawing(state)?.manifest.url(name))
}
