-- owner: research. Snapshots of categories, reviews of own cards, interest in searches.
-- How the market is read, one row a merchant.
CREATE TABLE research_settings (
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Minutes of the day when categories are read, as `480,840,1200`.
    times TEXT NOT NULL,
    -- Days after which rows go into an archive.
    keep_days INTEGER NOT NULL,
    -- Days after which an archive is deleted.
    archive_days INTEGER NOT NULL,
    -- How often a summary is told.
    report TEXT NOT NULL CHECK (report IN ('off', 'daily', 'weekly', 'biweekly', 'monthly')),
    -- Minute of the day of the summary.
    report_minute INTEGER NOT NULL,
    -- When the last summary was told.
    told_at INTEGER,
    -- Whether reviews of own cards are read.
    reviews INTEGER NOT NULL CHECK (reviews IN (0, 1)),
    PRIMARY KEY (merchant_id)
) STRICT;

-- Categories and queries that are read.
CREATE TABLE research_sources (
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Made of kind, word and city: the same is never read twice.
    id TEXT NOT NULL,
    -- Category or words of a search.
    kind TEXT NOT NULL CHECK (kind IN ('category', 'query')),
    -- Code of the category, or the words.
    word TEXT NOT NULL,
    -- Name for people.
    title TEXT NOT NULL,
    -- City of the marketplace.
    city_id TEXT NOT NULL,
    -- At most so many pages.
    pages INTEGER NOT NULL,
    -- At most so many cards.
    most INTEGER NOT NULL,
    -- Sellers are read on so many first cards.
    sellers_of INTEGER NOT NULL,
    -- A person switched it off.
    paused INTEGER NOT NULL CHECK (paused IN (0, 1)),
    -- Declared in the settings file.
    from_file INTEGER NOT NULL CHECK (from_file IN (0, 1)),
    -- Where its reading stands.
    state TEXT NOT NULL CHECK (state IN ('new', 'reading', 'done', 'failed')),
    -- Why the last reading failed; the code of an error.
    trouble TEXT,
    -- Which snapshot is being read; null when none is.
    begun_at INTEGER,
    -- Page to read next.
    next_page INTEGER NOT NULL,
    -- First card whose sellers are to be read next.
    next_card INTEGER NOT NULL,
    -- Cards that the marketplace promised.
    total INTEGER,
    -- When the last reading ended, however it did.
    tried_at INTEGER,
    -- Which snapshot is the newest whole one.
    read_at INTEGER,
    PRIMARY KEY (merchant_id, id)
) STRICT;

-- Cards of a snapshot, never changed; old days lie in research_archives.
CREATE TABLE research_rows (
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Of which source.
    source_id TEXT NOT NULL,
    -- First moment of the day in Almaty: days are archived and deleted whole.
    day INTEGER NOT NULL,
    -- Which snapshot.
    at INTEGER NOT NULL,
    -- Card of the marketplace.
    card TEXT NOT NULL,
    -- From 1, as buyers see it.
    place INTEGER NOT NULL,
    -- Whole tenge; null when nobody sells it.
    price INTEGER,
    -- 4.8 is 4800.
    rating_milli INTEGER,
    -- Reviews of the card.
    reviews INTEGER,
    PRIMARY KEY (merchant_id, source_id, day, at, card)
) STRICT;

-- Sellers on the first cards of a snapshot, never changed.
CREATE TABLE research_offers (
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Of which source.
    source_id TEXT NOT NULL,
    -- First moment of the day in Almaty.
    day INTEGER NOT NULL,
    -- Which snapshot.
    at INTEGER NOT NULL,
    -- Card of the marketplace.
    card TEXT NOT NULL,
    -- The marketplace's id of the seller.
    seller TEXT NOT NULL,
    -- As buyers see it.
    name TEXT NOT NULL,
    -- Whole tenge.
    price INTEGER NOT NULL,
    -- From 1 by price.
    place INTEGER NOT NULL,
    PRIMARY KEY (merchant_id, source_id, day, at, card, seller)
) STRICT;

-- Cards that were ever seen in a source.
CREATE TABLE research_cards (
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Of which source.
    source_id TEXT NOT NULL,
    -- Card of the marketplace.
    card TEXT NOT NULL,
    -- As on the shelf.
    title TEXT NOT NULL,
    -- As on the shelf.
    brand TEXT,
    -- Address of the card.
    url TEXT,
    -- Snapshot in which it was seen first.
    first_at INTEGER NOT NULL,
    -- Snapshot in which it was seen last.
    last_at INTEGER NOT NULL,
    PRIMARY KEY (merchant_id, source_id, card)
) STRICT;

-- What came of each reading, kept after its rows are archived.
CREATE TABLE research_snapshots (
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Of which source.
    source_id TEXT NOT NULL,
    -- Which snapshot.
    at INTEGER NOT NULL,
    -- Cards read.
    cards INTEGER NOT NULL,
    -- Cards that the marketplace promised.
    total INTEGER,
    -- Nothing on the pages was unreadable.
    is_whole INTEGER NOT NULL CHECK (is_whole IN (0, 1)),
    -- Price under which a tenth of the cards lies, whole tenge.
    low INTEGER,
    -- Middle price.
    middle INTEGER,
    -- Price over which a tenth of the cards lies.
    high INTEGER,
    -- Cards that were never seen before; null at first.
    fresh INTEGER,
    -- Cards of the snapshot before that are not here; null at first.
    gone INTEGER,
    -- Reviews more than in the snapshot before, on cards in both; null at first.
    grown INTEGER,
    -- Sellers on the first cards; null when they were not read.
    sellers INTEGER,
    PRIMARY KEY (merchant_id, source_id, at)
) STRICT;

-- Rows of a day, compressed.
CREATE TABLE research_archives (
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Of which source.
    source_id TEXT NOT NULL,
    -- First moment of the day in Almaty.
    day INTEGER NOT NULL,
    -- How many rows.
    count INTEGER NOT NULL,
    -- CSV, compressed with zstd.
    body BLOB NOT NULL,
    PRIMARY KEY (merchant_id, source_id, day)
) STRICT;

-- Cards and sellers that a person wants to hear of.
CREATE TABLE research_tracked (
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- What it is.
    kind TEXT NOT NULL CHECK (kind IN ('card', 'seller')),
    -- Card or seller of the marketplace.
    word TEXT NOT NULL,
    -- Name for people.
    title TEXT NOT NULL,
    -- Since when.
    since INTEGER NOT NULL,
    -- Who wanted it.
    by_name TEXT NOT NULL,
    PRIMARY KEY (merchant_id, kind, word)
) STRICT;

-- Own cards whose reviews are read.
CREATE TABLE research_review_cards (
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Card of the marketplace.
    card TEXT NOT NULL,
    -- Name for people.
    title TEXT NOT NULL,
    -- 4.8 is 4800.
    rating_milli INTEGER,
    -- Reviews with words that the marketplace promised.
    total INTEGER,
    -- When it was read last.
    read_at INTEGER NOT NULL,
    PRIMARY KEY (merchant_id, card)
) STRICT;

-- Reviews of own cards, as judged when they were read.
CREATE TABLE research_reviews (
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Card of the marketplace.
    card TEXT NOT NULL,
    -- The marketplace's id.
    id TEXT NOT NULL,
    -- Day of the review.
    at INTEGER,
    -- 1 to 5, as the buyer gave.
    stars INTEGER NOT NULL,
    -- All its words.
    text TEXT NOT NULL,
    -- Seller it was bought from, when the marketplace tells.
    seller TEXT,
    -- What the words say.
    tone TEXT NOT NULL CHECK (tone IN ('positive', 'negative', 'mixed', 'neutral')),
    -- Thousandths: how likely it is praise.
    positive INTEGER NOT NULL,
    -- What is spoken about: JSON, aspect to tone.
    aspects TEXT NOT NULL,
    -- When it was read.
    read_at INTEGER NOT NULL,
    PRIMARY KEY (merchant_id, card, id)
) STRICT;
CREATE INDEX research_reviews_by_tone ON research_reviews (merchant_id, tone, at);

-- Interest in searches, from files of Google Trends.
CREATE TABLE research_trends (
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- The words searched for.
    query TEXT NOT NULL,
    -- First moment in Almaty of the day, week or month that the file gives.
    day INTEGER NOT NULL,
    -- 0 to 100 of the most in its file.
    value INTEGER NOT NULL,
    -- When the file came; values of two files are not comparable.
    file_at INTEGER NOT NULL,
    PRIMARY KEY (merchant_id, query, day)
) STRICT;
