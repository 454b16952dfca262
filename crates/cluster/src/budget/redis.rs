//! Budgets that processes share: one Lua script a call, so that each take is one step for everybody.

use super::{Answer, BudgetKey, BudgetUsage, Limit, WindowUsage};
use crate::{ClusterError, remote::Remote};
use sauda_kernel::{Span, Timestamp};
use std::fmt::Write as _;

/// Three keys of one budget, and its name in the index.
struct Keys {
    log: String,
    facts: String,
    index: String,
    name: String,
}

impl Keys {
    fn of(remote: &Remote, key: &BudgetKey) -> Self {
        let name = format!("{}\u{1f}{}", key.name, key.scope);
        let prefix = remote.prefix();
        Self {
            log: format!("{prefix}spent:{name}"),
            facts: format!("{prefix}facts:{name}"),
            index: format!("{prefix}budgets"),
            name,
        }
    }
}

pub(crate) async fn take(
    remote: &Remote,
    key: &BudgetKey,
    limit: &Limit,
    want: u32,
    whole: bool,
    now: i64,
) -> Result<Answer, ClusterError> {
    let keys = Keys::of(remote, key);
    let mut call = remote.scripts().take.prepare_invoke();
    call.key(keys.log).key(keys.facts).key(keys.index);
    call.arg(now)
        .arg(want)
        .arg(i32::from(whole))
        .arg(keys.name)
        .arg(windows_text(limit));
    for window in limit.windows() {
        call.arg(window.max).arg(window.per.as_micros());
    }
    let (granted, wait): (u32, i64) = remote.invoke(&call).await?;
    Ok(Answer {
        granted,
        wait: (wait >= 0).then(|| Span::from_micros(wait)),
    })
}

pub(crate) async fn block(
    remote: &Remote,
    key: &BudgetKey,
    closed: Span,
    now: i64,
) -> Result<(), ClusterError> {
    let keys = Keys::of(remote, key);
    let mut call = remote.scripts().block.prepare_invoke();
    call.key(keys.log).key(keys.facts).key(keys.index);
    call.arg(now).arg(closed.as_micros()).arg(keys.name);
    let _: i64 = remote.invoke(&call).await?;
    Ok(())
}

/// How long the budget stays closed.
pub(crate) async fn blocked_for(
    remote: &Remote,
    key: &BudgetKey,
    now: i64,
) -> Result<Option<Span>, ClusterError> {
    let keys = Keys::of(remote, key);
    let mut call = remote.scripts().closed.prepare_invoke();
    call.key(keys.facts).arg(now);
    let left: i64 = remote.invoke(&call).await?;
    Ok((left > 0).then(|| Span::from_micros(left)))
}

pub(crate) async fn seed(
    remote: &Remote,
    key: &BudgetKey,
    spent: &[(Timestamp, u32)],
    clock: Timestamp,
    now: i64,
) -> Result<(), ClusterError> {
    let keys = Keys::of(remote, key);
    let mut call = remote.scripts().seed.prepare_invoke();
    call.key(keys.log).key(keys.facts).key(keys.index);
    call.arg(now).arg(keys.name);
    for (at, cost) in spent {
        call.arg(clock.since(*at).as_micros()).arg(*cost);
    }
    let _: i64 = remote.invoke(&call).await?;
    Ok(())
}

pub(crate) async fn usage(
    remote: &Remote,
    clock: Timestamp,
    now: i64,
) -> Result<Vec<BudgetUsage>, ClusterError> {
    let mut call = remote.scripts().usage.prepare_invoke();
    call.key(format!("{}budgets", remote.prefix()));
    call.arg(now).arg(remote.prefix());
    let rows: Vec<(String, String, i64, String)> = remote.invoke(&call).await?;
    let mut all = Vec::with_capacity(rows.len());
    for (index, windows, closed, used) in rows {
        let Some((name, scope)) = index.split_once('\u{1f}') else {
            return Err(ClusterError::Answer(index));
        };
        all.push(BudgetUsage {
            name: name.to_owned(),
            scope: scope.to_owned(),
            windows: windows_of(&windows, &used).ok_or(ClusterError::Answer(windows))?,
            blocked_until: (closed > 0).then(|| clock.plus(Span::from_micros(closed))),
        });
    }
    all.sort_by(|one, other| (&one.name, &one.scope).cmp(&(&other.name, &other.scope)));
    Ok(all)
}

/// `max/micros,max/micros`.
fn windows_text(limit: &Limit) -> String {
    let mut text = String::new();
    for window in limit.windows() {
        let comma = if text.is_empty() { "" } else { "," };
        let _ = write!(text, "{comma}{}/{}", window.max, window.per.as_micros());
    }
    text
}

fn windows_of(windows: &str, used: &str) -> Option<Vec<WindowUsage>> {
    if windows.is_empty() {
        return Some(Vec::new());
    }
    let mut all = Vec::new();
    for (window, used) in windows.split(',').zip(used.split(',')) {
        let (max, per) = window.split_once('/')?;
        all.push(WindowUsage {
            used: used.parse().ok()?,
            max: max.parse().ok()?,
            per: Span::from_micros(per.parse().ok()?),
        });
    }
    Some(all)
}
