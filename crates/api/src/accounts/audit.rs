//! The audit log: what people, keys and the program did.

use crate::{
    ApiState,
    describe::{Op, op},
    shape::{Moment, Page, Shown, limit_of, text_of},
};
use axum::extract::State;
use sauda_accounts::{AuditFilter, AuditRow, AuditVerdict};
use sauda_edge::{Caller, Language, QueryParams, Refusal, Words, need};
use sauda_kernel::{Kind, Public};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// One entry of the log.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditEntry)]
pub(crate) struct AuditView {
    pub id: String,
    /// Number in the log, from 1 without gaps.
    pub seq: i64,
    pub at: Moment,
    /// `person`, `key` or `system`.
    pub actor_kind: String,
    pub actor_id: String,
    pub actor_name: String,
    /// Such as `rule.changed`.
    pub what: String,
    /// The act in the language of the request.
    pub text: String,
    pub subject: String,
    pub before: Option<String>,
    pub after: Option<String>,
    pub address: Option<String>,
    /// Links the entry to the one before; see `audit_verification`.
    pub seal: String,
}

impl AuditView {
    fn of(row: AuditRow, words: &Words, language: Language) -> Self {
        Self {
            text: text_of(
                words,
                language,
                &format!("audit-{}", row.what.replace('.', "-")),
                &[],
            ),
            id: row.id.to_string(),
            seq: row.seq,
            at: row.at.into(),
            actor_kind: row.actor_kind,
            actor_id: row.actor_id,
            actor_name: row.actor_name,
            what: row.what,
            subject: row.subject,
            before: row.before,
            after: row.after,
            address: row.address,
            seal: row.seal,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AuditQuery {
    /// Id of a person or key.
    pub actor: Option<String>,
    /// One act, such as `rule.changed`.
    pub what: Option<String>,
    /// Exact subject.
    pub subject: Option<String>,
    /// From this moment.
    #[param(value_type = Option<String>)]
    pub from: Option<Moment>,
    /// Before this moment.
    #[param(value_type = Option<String>)]
    pub until: Option<Moment>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// Items a page, 1 to 200; 50 without it.
    pub limit: Option<u32>,
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewAudit>("list_audit_entries", "What was done, newest first")
        .query::<AuditQuery>()
        .lists::<AuditView>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewAudit>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<AuditQuery>,
) -> Result<Shown<Page<AuditView>>, Refusal> {
    let limit = limit_of(query.limit)?;
    let below = match &query.after {
        None => None,
        Some(text) => Some(text.parse::<i64>().map_err(|_| {
            Refusal::new(
                Kind::Invalid,
                Public::new("bad-cursor")
                    .field("after")
                    .arg("value", text.chars().take(80).collect::<String>()),
            )
        })?),
    };
    let filter = AuditFilter {
        actor: query.actor,
        what: query.what,
        subject: query.subject,
        from: query.from.map(|at| at.0),
        until: query.until.map(|at| at.0),
    };
    let asked = u32::try_from(limit).unwrap_or(50).saturating_add(1);
    let mut rows = state
        .accounts
        .audit_page(&caller.scope, &filter, below, asked)
        .await?;
    let is_more = rows.len() > limit;
    rows.truncate(limit);
    let next = if is_more {
        rows.last().map(|row| row.seq.to_string())
    } else {
        None
    };
    Ok(Shown(Page {
        items: rows
            .into_iter()
            .map(|row| AuditView::of(row, state.edge.words(), caller.language))
            .collect(),
        next,
    }))
}

/// Whether the log is as it was written.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AuditVerification {
    pub intact: bool,
    /// Entries that were checked, when intact.
    pub entries: Option<u64>,
    /// Note it elsewhere: an older copy of the log would have another one.
    pub last_seal: Option<String>,
    /// The first entry that does not fit.
    pub broken_at: Option<i64>,
}

pub(crate) fn verify_op() -> Op {
    op::<need::ViewAudit>("verify_audit", "Check the whole log against its seals")
        .shows::<AuditVerification>()
}

pub(crate) async fn verify(
    caller: Caller<need::ViewAudit>,
    State(state): State<ApiState>,
) -> Result<Shown<AuditVerification>, Refusal> {
    let shown = match state.accounts.audit_verify(&caller.scope).await? {
        AuditVerdict::Intact { rows, last_seal } => AuditVerification {
            intact: true,
            entries: Some(rows),
            last_seal: Some(last_seal),
            broken_at: None,
        },
        AuditVerdict::Broken { seq } => AuditVerification {
            intact: false,
            entries: None,
            last_seal: None,
            broken_at: Some(seq),
        },
    };
    Ok(Shown(shown))
}
