-- owner: orders. The day: a durable plan of steps over the open orders of a shop.
CREATE TABLE day_runs (
    -- day_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Which shop.
    shop_id TEXT COLLATE "C" NOT NULL,
    -- Lets one run of a shop be open: the word `open` while it is, its own id once it is over.
    guard TEXT COLLATE "C" NOT NULL,
    -- How it stands.
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('running', 'paused', 'stopped', 'done', 'ended')),
    -- Who started it, by name; empty for the schedule.
    started_by TEXT COLLATE "C" NOT NULL,
    -- When.
    started_at BIGINT NOT NULL,
    -- When it was over; null before.
    ended_at BIGINT,
    -- When to work on it again; null when it waits for people or is over.
    next_at BIGINT,
    -- Why it stopped, a word; null when it did not.
    trouble TEXT COLLATE "C",
    -- What came of it, JSON of this room; null before its report.
    report TEXT COLLATE "C",
    UNIQUE (shop_id, guard)
);
CREATE INDEX day_runs_due ON day_runs (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX day_runs_of ON day_runs (shop_id, started_at);

CREATE TABLE day_steps (
    -- Which run.
    run_id TEXT COLLATE "C" NOT NULL,
    -- Place among the steps, from 1.
    place BIGINT NOT NULL,
    -- Which step.
    step TEXT COLLATE "C" NOT NULL,
    -- How it stands.
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'skipped')),
    -- When it began last; null before.
    began_at BIGINT,
    -- When it ended; null before.
    ended_at BIGINT,
    -- When something moved in it last; null before.
    moved_at BIGINT,
    PRIMARY KEY (run_id, place)
);

CREATE TABLE day_items (
    -- Which run.
    run_id TEXT COLLATE "C" NOT NULL,
    -- Which step.
    step TEXT COLLATE "C" NOT NULL,
    -- Which order.
    order_id TEXT COLLATE "C" NOT NULL,
    -- How it stands: waiting, asked of the marketplace, done, in trouble, or left alone for a reason that is no trouble.
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'asked', 'done', 'trouble', 'left')),
    -- The command that was recorded for it; null when there is none.
    command_id TEXT COLLATE "C",
    -- Word of the trouble or of the reason; null when there is none.
    trouble TEXT COLLATE "C",
    -- The marketplace's own words of it; null when there are none.
    trouble_text TEXT COLLATE "C",
    -- When it came to stand so.
    at BIGINT NOT NULL,
    PRIMARY KEY (run_id, step, order_id)
);
CREATE INDEX day_items_by_state ON day_items (run_id, state, at);

CREATE TABLE day_settings (
    -- Which shop.
    shop_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Steps that are left out, words with commas between them.
    skips TEXT COLLATE "C" NOT NULL,
    -- Minute of the day in Almaty at which the day starts by itself; null when a person starts it.
    starts_at BIGINT,
    -- Days of the week on which it does, Monday is 1: such as 12345.
    weekdays TEXT COLLATE "C" NOT NULL,
    -- Day in Almaty on which it last started by itself, such as 2026-11-21; empty before.
    last_on TEXT COLLATE "C" NOT NULL,
    -- Pieces in stock from which on down an offer is said to run low.
    low_stock BIGINT NOT NULL
);
CREATE INDEX day_settings_by_time ON day_settings (starts_at) WHERE starts_at IS NOT NULL;
