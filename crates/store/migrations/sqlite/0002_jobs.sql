-- owner: jobs. The durable queue, its runs and what they said, and the schedules.
CREATE TABLE jobs (
    -- job_…
    id TEXT NOT NULL PRIMARY KEY,
    -- What to do, such as catalog.sync.
    name TEXT NOT NULL,
    -- Version of the payload.
    version INTEGER NOT NULL,
    -- JSON for the handler; ids, not copied facts.
    payload TEXT NOT NULL,
    -- Whose work it is; null for the installation's own.
    merchant_id TEXT,
    -- One waiting or running job per key; null for none.
    dedupe TEXT,
    -- Where it stands.
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'parked', 'cancelled')),
    -- Higher goes first.
    priority INTEGER NOT NULL,
    -- Not before.
    run_at INTEGER NOT NULL,
    -- Times it was begun since it last went well.
    attempts INTEGER NOT NULL,
    -- After so many it is parked.
    max_attempts INTEGER NOT NULL,
    -- The worker that runs it; null when none does.
    lease_owner TEXT,
    -- Until when the worker is believed without a sign of life.
    lease_until INTEGER,
    -- The run that is going on or was last.
    run_id TEXT,
    -- Asked for again while it ran: when to run once more.
    again_at INTEGER,
    -- A person asked the run to stop.
    cancelling INTEGER NOT NULL CHECK (cancelling IN (0, 1)),
    -- Stable word of the last failure; null when there was none.
    error_code TEXT,
    -- The last failure in words, for operators.
    error_text TEXT,
    -- When it was asked for.
    created_at INTEGER NOT NULL,
    -- When this row last changed; a time in the future shows that the clock was put back.
    updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX jobs_dedupe ON jobs (dedupe) WHERE dedupe IS NOT NULL AND state IN ('waiting', 'running');
CREATE INDEX jobs_due ON jobs (priority DESC, run_at, id) WHERE state = 'waiting';
CREATE INDEX jobs_leases ON jobs (lease_until) WHERE state = 'running';
CREATE INDEX jobs_by_state ON jobs (state, id);
CREATE INDEX jobs_by_merchant ON jobs (merchant_id, id);

CREATE TABLE runs (
    -- run_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Of which job.
    job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    -- Name of the job, for statistics.
    name TEXT NOT NULL,
    -- Which attempt, from 1.
    attempt INTEGER NOT NULL,
    -- The worker.
    worker TEXT NOT NULL,
    -- How it ended; lost: the worker died; released: the worker stopped in good order.
    state TEXT NOT NULL CHECK (state IN ('running', 'done', 'again', 'failed', 'cancelled', 'lost', 'released')),
    -- Begin.
    started_at INTEGER NOT NULL,
    -- End; null while it runs.
    finished_at INTEGER,
    -- The step it is at or ended in.
    step TEXT,
    -- Progress: how many are done.
    progress_done INTEGER,
    -- Progress: of how many.
    progress_total INTEGER,
    -- Stable word of the failure.
    error_code TEXT,
    -- The failure in words, for operators.
    error_text TEXT
) STRICT;
CREATE INDEX runs_by_job ON runs (job_id, id);
CREATE INDEX runs_by_name ON runs (name, state, id);
CREATE INDEX runs_finished ON runs (finished_at) WHERE finished_at IS NOT NULL;

CREATE TABLE run_lines (
    -- Of which run.
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    -- Place, from 1.
    number INTEGER NOT NULL,
    -- When it was said.
    at INTEGER NOT NULL,
    -- A step begins one; the rest belongs to the step before.
    level TEXT NOT NULL CHECK (level IN ('step', 'debug', 'info', 'warn', 'error')),
    -- What was said.
    text TEXT NOT NULL,
    PRIMARY KEY (run_id, number)
) STRICT;

CREATE TABLE schedules (
    -- Name, followed by the merchant when there is one.
    id TEXT NOT NULL PRIMARY KEY,
    -- Name of the declaration, such as catalog.sync.hourly.
    name TEXT NOT NULL,
    -- Whose; null for the installation's own.
    merchant_id TEXT,
    -- Name of the job that it asks for.
    job TEXT NOT NULL,
    -- Version of the payload.
    version INTEGER NOT NULL,
    -- JSON for the handler.
    payload TEXT NOT NULL,
    -- When, in words: every 600s, or cron 0 9 * * *, with working hours behind it.
    timing TEXT NOT NULL,
    -- Priority of the job.
    priority INTEGER NOT NULL,
    -- Switched off by a person.
    paused INTEGER NOT NULL CHECK (paused IN (0, 1)),
    -- When it is due.
    next_at INTEGER NOT NULL,
    -- When it last asked for its job.
    last_at INTEGER,
    -- The job it last asked for.
    last_job_id TEXT,
    -- When this row last changed; a time in the future shows that the clock was put back.
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX schedules_due ON schedules (next_at) WHERE NOT paused;
CREATE INDEX schedules_by_merchant ON schedules (merchant_id, name);
