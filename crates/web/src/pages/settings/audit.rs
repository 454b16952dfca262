//! The journal: who did what, when and from where; filters, older pages, CSV. Refuses to change it.

use crate::{
    door::{Desk, language},
    format::Moment,
    pages::system::urlencode,
    views::{
        parts::Form,
        settings::{Audit, AuditLine},
    },
    words::{Language, Words},
};
use axum::{
    body::Body,
    extract::State,
    http::{HeaderValue, header},
    response::Response,
};
use fluent_bundle::FluentArgs;
use sauda_accounts::{AuditFilter, AuditRow, AuditVerdict, Scope};
use sauda_edge::{Person, QueryParams, Refusal, need};
use sauda_kernel::{Kind, OfferId, Public, RuleId, ShopId, Span, Timestamp};
use serde::Deserialize;
use std::collections::HashMap;

const PATH: &str = "/settings/audit";
/// Rows of one page.
const ROWS: u32 = 100;
/// Rows that an export reads at once.
const EXPORT_ROWS: u32 = 1_000;
/// Most pages of an export: a million rows.
const EXPORT_PAGES: usize = 1_000;
/// How long a finding about the whole log is believed.
const VERDICT_KEPT: Span = Span::from_mins(5);
/// Longest shown text of a value before or after, in characters.
const SHOWN_LETTERS: usize = 160;

type Reader = Person<need::ViewAudit>;

#[derive(Deserialize)]
pub(super) struct AuditQuery {
    #[serde(default)]
    who: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    below: String,
}

impl AuditQuery {
    fn filter(&self) -> AuditFilter {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        AuditFilter {
            actor: some(&self.who),
            what: some(&self.kind),
            ..AuditFilter::default()
        }
    }
    fn words(&self) -> String {
        format!("who={}&kind={}", urlencode(&self.who), urlencode(&self.kind))
    }
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Reader,
    QueryParams(query): QueryParams<AuditQuery>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let below: Option<i64> = query.below.parse().ok();
    let mut rows = desk
        .accounts
        .audit_page(scope, &query.filter(), below, ROWS + 1)
        .await?;
    let more = rows.len() > usize::try_from(ROWS).unwrap_or(usize::MAX);
    rows.truncate(usize::try_from(ROWS).unwrap_or(usize::MAX));
    let older = rows
        .last()
        .filter(|_| more)
        .map(|last| format!("{PATH}?{}&below={}", query.words(), last.seq));
    let names = Names::load(&desk, scope, &rows).await?;
    let tongue = Tongue {
        words: desk.pages.words(),
        language: language(who.language),
        now: desk.now(),
    };
    let lines = rows.into_iter().map(|row| tongue.line(&names, row)).collect();
    let kinds = desk
        .accounts
        .audit_words(scope)
        .await?
        .into_iter()
        .map(|word| (word.clone(), tongue.act(&word)));
    let people = desk.accounts.audit_actors(scope).await?;
    let view = Audit {
        lines,
        filter: Form::of(&[("who", &query.who), ("kind", &query.kind)]),
        people,
        kinds: kinds.collect(),
        newest: below.map(|_| format!("{PATH}?{}", query.words())),
        older,
        query: query.words(),
        is_whole: is_whole(&desk, scope).await?,
    };
    let shell = desk.shell(&who.session, who.language, PATH, "settings").await?;
    desk.draw(&shell, &view)
}

/// Whether nobody changed the past; looked at now and then, because every row is read for it.
async fn is_whole(desk: &Desk, scope: &Scope) -> Result<bool, Refusal> {
    let key = format!("audit-whole:{}", scope.merchant());
    if let Some(known) = desk.cluster.cached(&key).await? {
        return Ok(*known == *b"1");
    }
    let whole = matches!(
        desk.accounts.audit_verify(scope).await?,
        AuditVerdict::Intact { .. }
    );
    desk.cluster
        .cache(&key, if whole { b"1" } else { b"0" }, VERDICT_KEPT)
        .await?;
    Ok(whole)
}

/// Names of what the rows are about: ids say nothing to people.
struct Names(HashMap<String, String>);

impl Names {
    async fn load(desk: &Desk, scope: &Scope, rows: &[AuditRow]) -> Result<Self, Refusal> {
        let mut names = HashMap::new();
        let offers: Vec<OfferId> = rows
            .iter()
            .filter_map(|row| OfferId::parse(&row.subject).ok())
            .collect();
        for offer in desk.catalog.offers_by_ids(&offers).await? {
            if offer.merchant == *scope.merchant() {
                names.insert(offer.id.to_string(), offer.title);
            }
        }
        if rows.iter().any(|row| ShopId::parse(&row.subject).is_ok()) {
            names.extend(
                desk.catalog
                    .shops(scope)
                    .await?
                    .into_iter()
                    .map(|shop| (shop.id.to_string(), shop.name)),
            );
        }
        if rows.iter().any(|row| RuleId::parse(&row.subject).is_ok()) {
            names.extend(
                desk.pricing
                    .rules(scope)
                    .await?
                    .into_iter()
                    .map(|rule| (rule.id.to_string(), rule.name)),
            );
        }
        Ok(Self(names))
    }

    /// The name; other ids are left out, other texts stay.
    fn of(&self, subject: &str) -> String {
        match self.0.get(subject) {
            Some(name) => name.clone(),
            None if is_id(subject) => String::new(),
            None => subject.to_owned(),
        }
    }
}

/// `usr_01…`: a prefix of three letters and a body.
fn is_id(text: &str) -> bool {
    matches!(text.split_once('_'), Some((kind, body)) if kind.len() == 3 && body.len() == 26 && body.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// What the journal's words are called in a language.
struct Tongue<'a> {
    words: &'a Words,
    language: Language,
    now: Timestamp,
}

impl Tongue<'_> {
    fn text(&self, key: &str) -> String {
        self.words.text(self.language, key, &FluentArgs::new())
    }

    fn act(&self, word: &str) -> String {
        let key = format!("audit-{}", word.replace('.', "-"));
        if self.words.has(self.language, &key) {
            self.text(&key)
        } else {
            word.to_owned()
        }
    }

    fn line(&self, names: &Names, row: AuditRow) -> AuditLine {
        let (before, after) = self.change(&row);
        AuditLine {
            at: row.at,
            act: self.act(&row.what),
            who: row.actor_name,
            kind: row.actor_kind,
            subject: names.of(&row.subject),
            before: before.map(cut),
            after: after.map(cut),
            address: row.address,
        }
    }

    fn change(&self, row: &AuditRow) -> (Option<String>, Option<String>) {
        let (before, after) = (row.before.as_deref(), row.after.as_deref());
        let each = |say: &dyn Fn(&str) -> String| (before.map(say), after.map(say));
        match row.what.as_str() {
            "accounts.role_changed"
            | "accounts.invite_made"
            | "accounts.invite_accepted"
            | "accounts.member_removed" => each(&|word| self.text(&format!("role-{word}"))),
            "accounts.key_made" => each(&|words| {
                let names: Vec<String> = words
                    .split_whitespace()
                    .map(|right| self.text(&format!("right-{right}")))
                    .collect();
                names.join(", ")
            }),
            "shop.mode" => each(&|word| self.text(&format!("bot-{word}"))),
            "question.answered" => each(&|word| self.text(word)),
            "pause.on" => {
                each(&|until| Timestamp::parse(until).map_or_else(|_| until.to_owned(), |at| self.moment(at)))
            }
            "offer.changed" => self.offer(before.unwrap_or_default(), after.unwrap_or_default()),
            "offers.bulk" => (None, after.map(|text| self.bulk(text))),
            "offers.bulk_undone" => (None, after.map(|text| self.counted("bulk-was-changed-n", text))),
            // Whole settings are for programs: the export has them.
            "rule.changed" | "shop.settings" => (None, None),
            _ => each(&str::to_owned),
        }
    }

    fn moment(&self, at: Timestamp) -> String {
        Moment {
            words: self.words,
            language: self.language,
            now: self.now,
        }
        .when(at)
    }

    /// A change of many offers, such as `{"min":{"fixed":100}}: 40 changed`.
    fn bulk(&self, text: &str) -> String {
        let (act, count) = text.rsplit_once(": ").unwrap_or(("", text));
        let act: serde_json::Value = serde_json::from_str(act).unwrap_or_default();
        let word = match act.as_object().and_then(|act| act.iter().next()) {
            Some((word, value)) if word == "paused" && value == false => "resume",
            Some((word, _)) if word == "paused" => "pause",
            Some((word, _)) => word.as_str(),
            None => "",
        };
        let key = format!("bulk-title-{word}");
        if self.words.has(self.language, &key) {
            self.counted(&key, count)
        } else {
            self.counted("bulk-was-changed-n", count)
        }
    }

    /// A sentence about the number that a text begins with.
    fn counted(&self, key: &str, text: &str) -> String {
        let n: i64 = text.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0);
        let mut args = FluentArgs::new();
        args.set("n", n);
        self.words.text(self.language, key, &args)
    }

    /// Only what differs between two summaries of an offer's settings, such as `min 100, max –, step 10, always_first`.
    fn offer(&self, before: &str, after: &str) -> (Option<String>, Option<String>) {
        let (old, new): (Vec<&str>, Vec<&str>) = (before.split(", ").collect(), after.split(", ").collect());
        let said = |parts: &[&str], others: &[&str]| {
            let changed = parts
                .iter()
                .filter(|part| !part.is_empty() && !others.contains(part));
            let text = changed
                .map(|part| self.setting(part))
                .collect::<Vec<_>>()
                .join(", ");
            (!text.is_empty()).then_some(text)
        };
        (said(&old, &new), said(&new, &old))
    }

    fn setting(&self, part: &str) -> String {
        let (word, value) = part.split_once(' ').unwrap_or((part, ""));
        match word {
            "min" | "max" | "step" | "cost" | "pinned" => {
                format!("{} {value}", self.text(&format!("audit-part-{word}")))
            }
            "manual" => self.text("audit-part-manual"),
            strategy => {
                let key = format!("strategy-short-{strategy}");
                if self.words.has(self.language, &key) {
                    self.text(&key)
                } else {
                    part.to_owned()
                }
            }
        }
    }
}

/// A value as a line.
fn cut(text: String) -> String {
    if text.chars().count() <= SHOWN_LETTERS {
        text
    } else {
        text.chars().take(SHOWN_LETTERS).chain(['…']).collect()
    }
}

pub(super) async fn export(
    State(desk): State<Desk>,
    who: Reader,
    QueryParams(query): QueryParams<AuditQuery>,
) -> Result<Response, Refusal> {
    let broken = |error: csv::Error| {
        tracing::error!(%error, "the journal cannot be written as CSV");
        Refusal::new(Kind::Bug, Public::new("bug"))
    };
    // The mark at the beginning lets spreadsheets see UTF-8.
    let mut table = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    table
        .write_record([
            "number", "at", "actor", "act", "subject", "before", "after", "address",
        ])
        .map_err(broken)?;
    let (filter, mut below) = (query.filter(), None);
    for _ in 0..EXPORT_PAGES {
        let rows = desk
            .accounts
            .audit_page(who.scope(), &filter, below, EXPORT_ROWS)
            .await?;
        let Some(last) = rows.last() else { break };
        below = Some(last.seq);
        for row in &rows {
            let (number, at) = (row.seq.to_string(), row.at.rfc3339_almaty());
            let (before, after) = (
                row.before.as_deref().unwrap_or_default(),
                row.after.as_deref().unwrap_or_default(),
            );
            let fields = [
                &number,
                &at,
                &row.actor_name,
                &row.what,
                &row.subject,
                before,
                after,
                row.address.as_deref().unwrap_or_default(),
            ];
            table.write_record(fields.map(unformula)).map_err(broken)?;
        }
    }
    let bytes = table
        .into_inner()
        .map_err(|error| broken(csv::Error::from(error.into_error())))?;
    let mut file = Response::new(Body::from(bytes));
    let name = format!(
        "attachment; filename=\"journal-{}.csv\"",
        desk.now().rfc3339_almaty().get(..10).unwrap_or_default()
    );
    file.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/csv; charset=utf-8"),
    );
    if let Ok(name) = HeaderValue::from_str(&name) {
        file.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(file)
}

/// Spreadsheets run what begins like a formula; names come from people.
fn unformula(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_defused_and_ids_are_seen() {
        assert_eq!(unformula("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(unformula("Айгерим"), "Айгерим");
        let id = OfferId::from_parts(sauda_kernel::Timestamp::from_secs(1), [1; 10]).to_string();
        assert!(is_id(&id), "{id}");
        assert!(!is_id("my_shop") && !is_id("Chrome, Windows"));
    }
}
