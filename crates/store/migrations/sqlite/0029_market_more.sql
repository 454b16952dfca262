-- owner: research. Raw answers kept for diagnosis, holes of a reading, all reviews of a card, interest asked for live.
-- Days for which raw answers of the storefront are kept; 0 keeps none.
ALTER TABLE research_settings ADD COLUMN raw_days INTEGER NOT NULL DEFAULT 0;
-- Reviews of a card that are read at most.
ALTER TABLE research_settings ADD COLUMN review_limit INTEGER NOT NULL DEFAULT 300;
-- Whether Google Trends is asked itself.
ALTER TABLE research_settings ADD COLUMN live_trends INTEGER NOT NULL DEFAULT 0 CHECK (live_trends IN (0, 1));

-- How often the page that is next was refused in this reading.
ALTER TABLE research_sources ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
-- Pages of this reading that could not be read.
ALTER TABLE research_sources ADD COLUMN holes INTEGER NOT NULL DEFAULT 0;

-- Page of reviews to read next; null when all were read, up to the limit.
ALTER TABLE research_review_cards ADD COLUMN next_page INTEGER;
-- Whether the older reviews of the card were ever read through.
ALTER TABLE research_review_cards ADD COLUMN is_full INTEGER NOT NULL DEFAULT 0 CHECK (is_full IN (0, 1));

-- The words folded for searching; null until they are.
ALTER TABLE research_reviews ADD COLUMN fold TEXT;
CREATE INDEX research_reviews_by_day ON research_reviews (merchant_id, at, id);

-- Where a point came from.
ALTER TABLE research_trends ADD COLUMN origin TEXT NOT NULL DEFAULT 'file' CHECK (origin IN ('file', 'google'));

-- Searches that Google Trends is asked for.
CREATE TABLE research_asks (
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- The words.
    query TEXT NOT NULL,
    -- When they were asked for last; null before the first time.
    asked_at INTEGER,
    -- Not to be asked before this.
    next_at INTEGER NOT NULL,
    -- Why the last question failed; null when it did not.
    trouble TEXT,
    PRIMARY KEY (merchant_id, query)
) STRICT;

-- Answers of the storefront as they came, for a few days, without who wrote them and what they ordered.
CREATE TABLE research_raws (
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Its own id.
    id TEXT NOT NULL,
    -- When it came.
    at INTEGER NOT NULL,
    -- Which question it answers: listing, offers, reviews.
    about TEXT NOT NULL,
    -- The category, query or card asked about.
    subject TEXT NOT NULL,
    -- Status of the answer; null when there was none.
    status INTEGER,
    -- Why it could not be used; null when it could.
    trouble TEXT,
    -- Its length as it came.
    bytes INTEGER NOT NULL,
    -- How much of the table it takes.
    packed INTEGER NOT NULL,
    -- The answer, compressed with zstd.
    body BLOB NOT NULL,
    PRIMARY KEY (merchant_id, id)
) STRICT;
CREATE INDEX research_raws_by_time ON research_raws (merchant_id, at, id);
