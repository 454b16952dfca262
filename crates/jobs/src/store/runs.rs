//! Statements about runs and what they say.

use crate::{LogLevel, RunLine, RunState, RunView, context::Said};
use sauda_kernel::{JobId, RunId, Timestamp};
use sauda_store::{On, Row, SqlBuilder, StoreError, Tx, Value, insert_rows, sql, sql_part};

/// Lines that one statement inserts: five values each, far below the engines' bounds.
const LINES_AT_ONCE: usize = 500;

/// Writes lines, step and progress of a run.
pub(crate) async fn say(tx: &mut Tx, run: &RunId, said: &Said) -> Result<(), StoreError> {
    for part in said.lines.chunks(LINES_AT_ONCE) {
        let rows = part
            .iter()
            .map(|line| {
                vec![
                    Value::from(run),
                    line.number.into(),
                    line.at.into(),
                    line.level.word().into(),
                    Value::from(&line.text),
                ]
            })
            .collect();
        insert_rows(
            sql_part!("INSERT INTO run_lines (run_id, number, at, level, text) VALUES "),
            rows,
            sql_part!("ON CONFLICT (run_id, number) DO NOTHING"),
        )
        .run(&mut *tx)
        .await?;
    }
    if said.moved {
        let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        sql!("UPDATE runs SET step = $1, progress_done = $2, progress_total = $3 WHERE id = $4")
            .bind(said.step.clone())
            .bind(said.progress.map(|(done, _)| count(done)))
            .bind(said.progress.map(|(_, total)| count(total)))
            .bind(run)
            .run(tx)
            .await?;
    }
    Ok(())
}

/// Ends a run.
pub(crate) async fn finish(
    tx: &mut Tx,
    run: &RunId,
    state: RunState,
    error: Option<(&str, &str)>,
    now: Timestamp,
) -> Result<(), StoreError> {
    sql!("UPDATE runs SET state = $1, finished_at = $2, error_code = $3, error_text = $4 WHERE id = $5 AND state = 'running'")
        .bind(state.word())
        .bind(now)
        .bind(error.map(|(code, _)| code))
        .bind(error.map(|(_, text)| text))
        .bind(run)
        .run(tx)
        .await
        .map(|_| ())
}

fn read(row: &Row) -> Result<RunView, StoreError> {
    let word: String = row.get("state")?;
    let state = RunState::parse(&word).ok_or(StoreError::Meaning {
        column: "runs.state",
        value: word,
    })?;
    let (done, total): (Option<i64>, Option<i64>) = (row.get("progress_done")?, row.get("progress_total")?);
    let count = |number: i64| u64::try_from(number).unwrap_or(0);
    Ok(RunView {
        id: row.get("id")?,
        job: row.get("job_id")?,
        name: row.get("name")?,
        attempt: row.get("attempt")?,
        worker: row.get("worker")?,
        state,
        started_at: row.get("started_at")?,
        finished_at: row.get("finished_at")?,
        step: row.get("step")?,
        progress: done.zip(total).map(|(done, total)| (count(done), count(total))),
        error_code: row.get("error_code")?,
        error_text: row.get("error_text")?,
    })
}

/// Runs of a job, newest first.
pub(crate) async fn list(on: impl Into<On<'_>>, job: &JobId) -> Result<Vec<RunView>, StoreError> {
    sql!(
        "SELECT id, job_id, name, attempt, worker, state, started_at, finished_at, step, progress_done, progress_total, error_code, \
         error_text FROM runs WHERE job_id = $1 ORDER BY id DESC LIMIT 200"
    )
    .bind(job)
    .all(on)
    .await?
    .iter()
    .map(read)
    .collect()
}

pub(crate) async fn find(on: impl Into<On<'_>>, id: &RunId) -> Result<Option<RunView>, StoreError> {
    sql!(
        "SELECT id, job_id, name, attempt, worker, state, started_at, finished_at, step, progress_done, progress_total, error_code, \
         error_text FROM runs WHERE id = $1"
    )
    .bind(id)
    .optional(on)
    .await?
    .as_ref()
    .map(read)
    .transpose()
}

/// Everything that runs now, the longest first.
pub(crate) async fn running(on: impl Into<On<'_>>) -> Result<Vec<RunView>, StoreError> {
    sql!(
        "SELECT r.id, r.job_id, r.name, r.attempt, r.worker, r.state, r.started_at, r.finished_at, r.step, r.progress_done, \
         r.progress_total, r.error_code, r.error_text FROM runs r JOIN jobs j ON j.run_id = r.id \
         WHERE j.state = 'running' ORDER BY r.started_at, r.id LIMIT 500"
    )
    .all(on)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// How long the last runs of a job name took that went well, in micros.
pub(crate) async fn durations(on: impl Into<On<'_>>, name: &str) -> Result<Vec<i64>, StoreError> {
    let rows = sql!(
        "SELECT finished_at - started_at AS took FROM runs WHERE name = $1 AND state = 'done' AND finished_at IS NOT NULL \
         ORDER BY id DESC LIMIT 25"
    )
    .bind(name)
    .all(on)
    .await?;
    rows.iter().map(|row| row.get("took")).collect()
}

/// Lines of a run after a number, of a level or louder, holding a text.
pub(crate) async fn lines(
    on: impl Into<On<'_>>,
    run: &RunId,
    after: u32,
    levels: &[LogLevel],
    search: Option<&str>,
) -> Result<Vec<RunLine>, StoreError> {
    let mut text = SqlBuilder::new(sql_part!(
        "SELECT number, at, level, text FROM run_lines WHERE run_id = "
    ));
    text.push(
        sql_part!("? AND number > ? AND level IN "),
        [Value::from(run), after.into()],
    );
    text.push_list(levels.iter().map(|level| Value::from(level.word())));
    text.push(sql_part!(" ORDER BY number LIMIT 1000"), []);
    let mut all = Vec::new();
    // The engines fold letters differently: words are looked for here.
    let wanted = search.map(str::to_lowercase);
    for row in text.finish().all(on).await? {
        let word: String = row.get("level")?;
        let level = LogLevel::parse(&word).ok_or(StoreError::Meaning {
            column: "run_lines.level",
            value: word,
        })?;
        let line = RunLine {
            number: row.get("number")?,
            at: row.get("at")?,
            level,
            text: row.get("text")?,
        };
        if wanted
            .as_ref()
            .is_none_or(|wanted| line.text.to_lowercase().contains(wanted))
        {
            all.push(line);
        }
    }
    Ok(all)
}
