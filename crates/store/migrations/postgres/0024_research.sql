-- owner: research. Snapshots of categories, reviews of own cards, interest in searches.
-- How the market is read, one row a merchant.
CREATE TABLE research_settings (
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Minutes of the day when categories are read, as `480,840,1200`.
    times TEXT COLLATE "C" NOT NULL,
    -- Days after which rows go into an archive.
    keep_days BIGINT NOT NULL,
    -- Days after which an archive is deleted.
    archive_days BIGINT NOT NULL,
    -- How often a summary is told.
    report TEXT COLLATE "C" NOT NULL CHECK (report IN ('off', 'daily', 'weekly', 'biweekly', 'monthly')),
    -- Minute of the day of the summary.
    report_minute BIGINT NOT NULL,
    -- When the last summary was told.
    told_at BIGINT,
    -- Whether reviews of own cards are read.
    reviews BOOLEAN NOT NULL,
    PRIMARY KEY (merchant_id)
);

-- Categories and queries that are read.
CREATE TABLE research_sources (
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Made of kind, word and city: the same is never read twice.
    id TEXT COLLATE "C" NOT NULL,
    -- Category or words of a search.
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('category', 'query')),
    -- Code of the category, or the words.
    word TEXT COLLATE "C" NOT NULL,
    -- Name for people.
    title TEXT COLLATE "C" NOT NULL,
    -- City of the marketplace.
    city_id TEXT COLLATE "C" NOT NULL,
    -- At most so many pages.
    pages BIGINT NOT NULL,
    -- At most so many cards.
    most BIGINT NOT NULL,
    -- Sellers are read on so many first cards.
    sellers_of BIGINT NOT NULL,
    -- A person switched it off.
    paused BOOLEAN NOT NULL,
    -- Declared in the settings file.
    from_file BOOLEAN NOT NULL,
    -- Where its reading stands.
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('new', 'reading', 'done', 'failed')),
    -- Why the last reading failed; the code of an error.
    trouble TEXT COLLATE "C",
    -- Which snapshot is being read; null when none is.
    begun_at BIGINT,
    -- Page to read next.
    next_page BIGINT NOT NULL,
    -- First card whose sellers are to be read next.
    next_card BIGINT NOT NULL,
    -- Cards that the marketplace promised.
    total BIGINT,
    -- When the last reading ended, however it did.
    tried_at BIGINT,
    -- Which snapshot is the newest whole one.
    read_at BIGINT,
    PRIMARY KEY (merchant_id, id)
);

-- Cards of a snapshot, never changed; old days lie in research_archives.
CREATE TABLE research_rows (
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Of which source.
    source_id TEXT COLLATE "C" NOT NULL,
    -- First moment of the day in Almaty: days are archived and deleted whole.
    day BIGINT NOT NULL,
    -- Which snapshot.
    at BIGINT NOT NULL,
    -- Card of the marketplace.
    card TEXT COLLATE "C" NOT NULL,
    -- From 1, as buyers see it.
    place BIGINT NOT NULL,
    -- Whole tenge; null when nobody sells it.
    price BIGINT,
    -- 4.8 is 4800.
    rating_milli BIGINT,
    -- Reviews of the card.
    reviews BIGINT,
    PRIMARY KEY (merchant_id, source_id, day, at, card)
);

-- Sellers on the first cards of a snapshot, never changed.
CREATE TABLE research_offers (
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Of which source.
    source_id TEXT COLLATE "C" NOT NULL,
    -- First moment of the day in Almaty.
    day BIGINT NOT NULL,
    -- Which snapshot.
    at BIGINT NOT NULL,
    -- Card of the marketplace.
    card TEXT COLLATE "C" NOT NULL,
    -- The marketplace's id of the seller.
    seller TEXT COLLATE "C" NOT NULL,
    -- As buyers see it.
    name TEXT COLLATE "C" NOT NULL,
    -- Whole tenge.
    price BIGINT NOT NULL,
    -- From 1 by price.
    place BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, source_id, day, at, card, seller)
);

-- Cards that were ever seen in a source.
CREATE TABLE research_cards (
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Of which source.
    source_id TEXT COLLATE "C" NOT NULL,
    -- Card of the marketplace.
    card TEXT COLLATE "C" NOT NULL,
    -- As on the shelf.
    title TEXT COLLATE "C" NOT NULL,
    -- As on the shelf.
    brand TEXT COLLATE "C",
    -- Address of the card.
    url TEXT COLLATE "C",
    -- Snapshot in which it was seen first.
    first_at BIGINT NOT NULL,
    -- Snapshot in which it was seen last.
    last_at BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, source_id, card)
);

-- What came of each reading, kept after its rows are archived.
CREATE TABLE research_snapshots (
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Of which source.
    source_id TEXT COLLATE "C" NOT NULL,
    -- Which snapshot.
    at BIGINT NOT NULL,
    -- Cards read.
    cards BIGINT NOT NULL,
    -- Cards that the marketplace promised.
    total BIGINT,
    -- Nothing on the pages was unreadable.
    is_whole BOOLEAN NOT NULL,
    -- Price under which a tenth of the cards lies, whole tenge.
    low BIGINT,
    -- Middle price.
    middle BIGINT,
    -- Price over which a tenth of the cards lies.
    high BIGINT,
    -- Cards that were never seen before; null at first.
    fresh BIGINT,
    -- Cards of the snapshot before that are not here; null at first.
    gone BIGINT,
    -- Reviews more than in the snapshot before, on cards in both; null at first.
    grown BIGINT,
    -- Sellers on the first cards; null when they were not read.
    sellers BIGINT,
    PRIMARY KEY (merchant_id, source_id, at)
);

-- Rows of a day, compressed.
CREATE TABLE research_archives (
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Of which source.
    source_id TEXT COLLATE "C" NOT NULL,
    -- First moment of the day in Almaty.
    day BIGINT NOT NULL,
    -- How many rows.
    count BIGINT NOT NULL,
    -- CSV, compressed with zstd.
    body BYTEA NOT NULL,
    PRIMARY KEY (merchant_id, source_id, day)
);

-- Cards and sellers that a person wants to hear of.
CREATE TABLE research_tracked (
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- What it is.
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('card', 'seller')),
    -- Card or seller of the marketplace.
    word TEXT COLLATE "C" NOT NULL,
    -- Name for people.
    title TEXT COLLATE "C" NOT NULL,
    -- Since when.
    since BIGINT NOT NULL,
    -- Who wanted it.
    by_name TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (merchant_id, kind, word)
);

-- Own cards whose reviews are read.
CREATE TABLE research_review_cards (
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Card of the marketplace.
    card TEXT COLLATE "C" NOT NULL,
    -- Name for people.
    title TEXT COLLATE "C" NOT NULL,
    -- 4.8 is 4800.
    rating_milli BIGINT,
    -- Reviews with words that the marketplace promised.
    total BIGINT,
    -- When it was read last.
    read_at BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, card)
);

-- Reviews of own cards, as judged when they were read.
CREATE TABLE research_reviews (
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Card of the marketplace.
    card TEXT COLLATE "C" NOT NULL,
    -- The marketplace's id.
    id TEXT COLLATE "C" NOT NULL,
    -- Day of the review.
    at BIGINT,
    -- 1 to 5, as the buyer gave.
    stars BIGINT NOT NULL,
    -- All its words.
    text TEXT COLLATE "C" NOT NULL,
    -- Seller it was bought from, when the marketplace tells.
    seller TEXT COLLATE "C",
    -- What the words say.
    tone TEXT COLLATE "C" NOT NULL CHECK (tone IN ('positive', 'negative', 'mixed', 'neutral')),
    -- Thousandths: how likely it is praise.
    positive BIGINT NOT NULL,
    -- What is spoken about: JSON, aspect to tone.
    aspects TEXT COLLATE "C" NOT NULL,
    -- When it was read.
    read_at BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, card, id)
);
CREATE INDEX research_reviews_by_tone ON research_reviews (merchant_id, tone, at);

-- Interest in searches, from files of Google Trends.
CREATE TABLE research_trends (
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- The words searched for.
    query TEXT COLLATE "C" NOT NULL,
    -- First moment in Almaty of the day, week or month that the file gives.
    day BIGINT NOT NULL,
    -- 0 to 100 of the most in its file.
    value BIGINT NOT NULL,
    -- When the file came; values of two files are not comparable.
    file_at BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, query, day)
);
