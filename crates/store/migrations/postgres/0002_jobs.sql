-- owner: jobs. The durable queue, its runs and what they said, and the schedules.
CREATE TABLE jobs (
    -- job_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- What to do, such as catalog.sync.
    name TEXT COLLATE "C" NOT NULL,
    -- Version of the payload.
    version BIGINT NOT NULL,
    -- JSON for the handler; ids, not copied facts.
    payload TEXT NOT NULL,
    -- Whose work it is; null for the installation's own.
    merchant_id TEXT COLLATE "C",
    -- One waiting or running job per key; null for none.
    dedupe TEXT COLLATE "C",
    -- Where it stands.
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'parked', 'cancelled')),
    -- Higher goes first.
    priority BIGINT NOT NULL,
    -- Not before.
    run_at BIGINT NOT NULL,
    -- Times it was begun since it last went well.
    attempts BIGINT NOT NULL,
    -- After so many it is parked.
    max_attempts BIGINT NOT NULL,
    -- The worker that runs it; null when none does.
    lease_owner TEXT COLLATE "C",
    -- Until when the worker is believed without a sign of life.
    lease_until BIGINT,
    -- The run that is going on or was last.
    run_id TEXT COLLATE "C",
    -- Asked for again while it ran: when to run once more.
    again_at BIGINT,
    -- A person asked the run to stop.
    cancelling BOOLEAN NOT NULL,
    -- Stable word of the last failure; null when there was none.
    error_code TEXT,
    -- The last failure in words, for operators.
    error_text TEXT,
    -- When it was asked for.
    created_at BIGINT NOT NULL,
    -- When this row last changed; a time in the future shows that the clock was put back.
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX jobs_dedupe ON jobs (dedupe) WHERE dedupe IS NOT NULL AND state IN ('waiting', 'running');
CREATE INDEX jobs_due ON jobs (priority DESC, run_at, id) WHERE state = 'waiting';
CREATE INDEX jobs_leases ON jobs (lease_until) WHERE state = 'running';
CREATE INDEX jobs_by_state ON jobs (state, id);
CREATE INDEX jobs_by_merchant ON jobs (merchant_id, id);

CREATE TABLE runs (
    -- run_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Of which job.
    job_id TEXT COLLATE "C" NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    -- Name of the job, for statistics.
    name TEXT COLLATE "C" NOT NULL,
    -- Which attempt, from 1.
    attempt BIGINT NOT NULL,
    -- The worker.
    worker TEXT NOT NULL,
    -- How it ended; lost: the worker died; released: the worker stopped in good order.
    state TEXT NOT NULL CHECK (state IN ('running', 'done', 'again', 'failed', 'cancelled', 'lost', 'released')),
    -- Begin.
    started_at BIGINT NOT NULL,
    -- End; null while it runs.
    finished_at BIGINT,
    -- The step it is at or ended in.
    step TEXT,
    -- Progress: how many are done.
    progress_done BIGINT,
    -- Progress: of how many.
    progress_total BIGINT,
    -- Stable word of the failure.
    error_code TEXT,
    -- The failure in words, for operators.
    error_text TEXT
);
CREATE INDEX runs_by_job ON runs (job_id, id);
CREATE INDEX runs_by_name ON runs (name, state, id);
CREATE INDEX runs_finished ON runs (finished_at) WHERE finished_at IS NOT NULL;

CREATE TABLE run_lines (
    -- Of which run.
    run_id TEXT COLLATE "C" NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    -- Place, from 1.
    number BIGINT NOT NULL,
    -- When it was said.
    at BIGINT NOT NULL,
    -- A step begins one; the rest belongs to the step before.
    level TEXT NOT NULL CHECK (level IN ('step', 'debug', 'info', 'warn', 'error')),
    -- What was said.
    text TEXT NOT NULL,
    PRIMARY KEY (run_id, number)
);

CREATE TABLE schedules (
    -- Name, followed by the merchant when there is one.
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Name of the declaration, such as catalog.sync.hourly.
    name TEXT COLLATE "C" NOT NULL,
    -- Whose; null for the installation's own.
    merchant_id TEXT COLLATE "C",
    -- Name of the job that it asks for.
    job TEXT COLLATE "C" NOT NULL,
    -- Version of the payload.
    version BIGINT NOT NULL,
    -- JSON for the handler.
    payload TEXT NOT NULL,
    -- When, in words: every 600s, or cron 0 9 * * *, with working hours behind it.
    timing TEXT NOT NULL,
    -- Priority of the job.
    priority BIGINT NOT NULL,
    -- Switched off by a person.
    paused BOOLEAN NOT NULL,
    -- When it is due.
    next_at BIGINT NOT NULL,
    -- When it last asked for its job.
    last_at BIGINT,
    -- The job it last asked for.
    last_job_id TEXT COLLATE "C",
    -- When this row last changed; a time in the future shows that the clock was put back.
    updated_at BIGINT NOT NULL
);
CREATE INDEX schedules_due ON schedules (next_at) WHERE NOT paused;
CREATE INDEX schedules_by_merchant ON schedules (merchant_id, name);
