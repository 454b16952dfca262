-- owner: research. Raw answers kept for diagnosis, holes of a reading, all reviews of a card, interest asked for live.
-- Days for which raw answers of the storefront are kept; 0 keeps none.
ALTER TABLE research_settings ADD COLUMN raw_days BIGINT NOT NULL DEFAULT 0;
-- Reviews of a card that are read at most.
ALTER TABLE research_settings ADD COLUMN review_limit BIGINT NOT NULL DEFAULT 300;
-- Whether Google Trends is asked itself.
ALTER TABLE research_settings ADD COLUMN live_trends BOOLEAN NOT NULL DEFAULT FALSE;

-- How often the page that is next was refused in this reading.
ALTER TABLE research_sources ADD COLUMN tries BIGINT NOT NULL DEFAULT 0;
-- Pages of this reading that could not be read.
ALTER TABLE research_sources ADD COLUMN holes BIGINT NOT NULL DEFAULT 0;

-- Page of reviews to read next; null when all were read, up to the limit.
ALTER TABLE research_review_cards ADD COLUMN next_page BIGINT;
-- Whether the older reviews of the card were ever read through.
ALTER TABLE research_review_cards ADD COLUMN is_full BOOLEAN NOT NULL DEFAULT FALSE;

-- The words folded for searching; null until they are.
ALTER TABLE research_reviews ADD COLUMN fold TEXT COLLATE "C";
CREATE INDEX research_reviews_by_day ON research_reviews (merchant_id, at, id);

-- Where a point came from.
ALTER TABLE research_trends ADD COLUMN origin TEXT COLLATE "C" NOT NULL DEFAULT 'file' CHECK (origin IN ('file', 'google'));

-- Searches that Google Trends is asked for.
CREATE TABLE research_asks (
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- The words.
    query TEXT COLLATE "C" NOT NULL,
    -- When they were asked for last; null before the first time.
    asked_at BIGINT,
    -- Not to be asked before this.
    next_at BIGINT NOT NULL,
    -- Why the last question failed; null when it did not.
    trouble TEXT COLLATE "C",
    PRIMARY KEY (merchant_id, query)
);

-- Answers of the storefront as they came, for a few days, without who wrote them and what they ordered.
CREATE TABLE research_raws (
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Its own id.
    id TEXT COLLATE "C" NOT NULL,
    -- When it came.
    at BIGINT NOT NULL,
    -- Which question it answers: listing, offers, reviews.
    about TEXT COLLATE "C" NOT NULL,
    -- The category, query or card asked about.
    subject TEXT COLLATE "C" NOT NULL,
    -- Status of the answer; null when there was none.
    status BIGINT,
    -- Why it could not be used; null when it could.
    trouble TEXT COLLATE "C",
    -- Its length as it came.
    bytes BIGINT NOT NULL,
    -- How much of the table it takes.
    packed BIGINT NOT NULL,
    -- The answer, compressed with zstd.
    body BYTEA NOT NULL,
    PRIMARY KEY (merchant_id, id)
);
CREATE INDEX research_raws_by_time ON research_raws (merchant_id, at, id);
