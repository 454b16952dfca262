-- owner: reports. Reports that are made by themselves: what, when and for whom; and those that were made.
CREATE TABLE report_plans (
    -- rpl_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Name for people, one of its kind in a merchant.
    name TEXT COLLATE "C" NOT NULL,
    -- What it tells.
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('reorder', 'forecast', 'profit', 'market', 'errors')),
    -- Of one shop; null for all.
    shop_id TEXT COLLATE "C",
    -- How often.
    frequency TEXT COLLATE "C" NOT NULL CHECK (frequency IN ('daily', 'weekly', 'biweekly', 'monthly')),
    -- Day of the week from Monday, or of the month; 1 for every day.
    day BIGINT NOT NULL,
    -- Minute of the day in Almaty.
    minute BIGINT NOT NULL,
    -- First moment of a day it is due on: every other week is counted from there.
    anchor_at BIGINT NOT NULL,
    -- For whom: JSON, a list of words.
    recipients TEXT COLLATE "C" NOT NULL,
    -- In which language it is told.
    language TEXT COLLATE "C" NOT NULL CHECK (language IN ('ru', 'kk', 'en')),
    -- Whether its drawing goes along.
    pictures BOOLEAN NOT NULL,
    -- A person switched it off.
    paused BOOLEAN NOT NULL,
    -- Declared in the settings file.
    from_file BOOLEAN NOT NULL,
    -- When it is due next.
    next_at BIGINT NOT NULL,
    -- When it was due last, as it was made; null before the first.
    last_due_at BIGINT,
    -- Who made it, by name.
    by_name TEXT COLLATE "C" NOT NULL,
    -- When.
    created_at BIGINT NOT NULL,
    UNIQUE (merchant_id, name)
);
CREATE INDEX report_plans_due ON report_plans (next_at);

-- Reports that were made, or are being made.
CREATE TABLE report_made (
    -- rep_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- By which plan; it may be gone.
    plan_id TEXT COLLATE "C" NOT NULL,
    -- The period, or the minute somebody wanted it: one report for each.
    once_key TEXT COLLATE "C" NOT NULL,
    -- Name of the plan at that time.
    name TEXT COLLATE "C" NOT NULL,
    -- What it tells.
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('reorder', 'forecast', 'profit', 'market', 'errors')),
    -- How often it is told: spans of money follow it.
    frequency TEXT COLLATE "C" NOT NULL CHECK (frequency IN ('daily', 'weekly', 'biweekly', 'monthly')),
    -- Of one shop; null for all.
    shop_id TEXT COLLATE "C",
    -- For whom: JSON, a list of words.
    recipients TEXT COLLATE "C" NOT NULL,
    -- In which language it is told.
    language TEXT COLLATE "C" NOT NULL CHECK (language IN ('ru', 'kk', 'en')),
    -- Whether its drawing goes along.
    pictures BOOLEAN NOT NULL,
    -- How far it is.
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('making', 'made')),
    -- Who wanted it now, by name; empty when its time came.
    by_name TEXT COLLATE "C" NOT NULL,
    -- When it was due.
    due_at BIGINT NOT NULL,
    -- It tells what happened since then.
    from_at BIGINT NOT NULL,
    -- The job that makes it; null for a moment.
    job_id TEXT COLLATE "C",
    -- What it found, JSON without words of people; null while it is being made.
    findings TEXT COLLATE "C",
    -- Recipients that get nothing, and why: JSON.
    unsent TEXT COLLATE "C" NOT NULL,
    -- When it was asked for.
    created_at BIGINT NOT NULL,
    -- When it was made; null before.
    made_at BIGINT,
    UNIQUE (plan_id, once_key)
);
CREATE INDEX report_made_of ON report_made (merchant_id, created_at);
CREATE INDEX report_made_old ON report_made (created_at);
