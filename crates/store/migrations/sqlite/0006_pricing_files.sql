-- owner: pricing. Files of limits and costs that people bring, and which newcomers on cards they have seen.
CREATE TABLE imports (
    -- imp_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- For which shop.
    shop_id TEXT NOT NULL,
    -- Name of the file as it was sent.
    file_name TEXT NOT NULL,
    -- The file, compressed with zstd; null once it was let go.
    file BLOB,
    -- Length of the file before compressing.
    file_bytes INTEGER NOT NULL,
    -- Which column is which field, as sku=0,min=2; empty until enough is known.
    mapping TEXT NOT NULL,
    -- Whether rows whose minimum loses money were wanted so.
    confirmed INTEGER NOT NULL CHECK (confirmed IN (0, 1)),
    -- Rows that were not applied.
    skipped INTEGER NOT NULL,
    -- Who, by name.
    made_by TEXT NOT NULL,
    -- When.
    made_at INTEGER NOT NULL,
    -- The bulk change that came of it; null until it was applied.
    bulk_id TEXT
) STRICT;
CREATE INDEX imports_by_shop ON imports (shop_id, made_at);
CREATE INDEX imports_by_merchant ON imports (merchant_id, made_at);

CREATE TABLE import_shapes (
    -- Whose files.
    merchant_id TEXT NOT NULL,
    -- Fingerprint of the column names.
    shape TEXT NOT NULL,
    -- The mapping that was chosen last for files of this shape.
    mapping TEXT NOT NULL,
    -- When it was chosen.
    chosen_at INTEGER NOT NULL,
    PRIMARY KEY (merchant_id, shape)
) STRICT;

CREATE TABLE seen_sellers (
    -- Which offer's card.
    offer_id TEXT NOT NULL,
    -- The marketplace's id of the seller.
    merchant_uid TEXT NOT NULL,
    -- Whose offer it is.
    merchant_id TEXT NOT NULL,
    -- Who has seen the newcomer, by name.
    seen_by TEXT NOT NULL,
    -- When it was seen.
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (offer_id, merchant_uid)
) STRICT;
