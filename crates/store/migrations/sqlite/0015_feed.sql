-- owner: catalog. Price list feeds, who fetched them, what people say about points and preorders, uploads of cards.
CREATE TABLE feeds (
    -- Which shop.
    shop_id TEXT NOT NULL PRIMARY KEY REFERENCES shops (id),
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- How prices leave: through the cabinet, by the list, or both.
    way TEXT NOT NULL CHECK (way IN ('cabinet', 'feed', 'both')),
    -- SHA-256 of the word in the address; null while there is no address.
    secret_hash TEXT UNIQUE,
    -- The word itself, sealed, to be shown to people.
    secret_sealed TEXT,
    -- When the address was made.
    rotated_at INTEGER,
    -- Who made it, by name.
    rotated_by TEXT,
    -- SHA-256 of the newest list that was whole.
    etag TEXT,
    -- When the list became so.
    changed_at INTEGER,
    -- Offers of the last list that left whole.
    good_rows INTEGER,
    -- When it left.
    good_at INTEGER,
    -- A smaller list that a person agreed to, offers.
    agreed_rows INTEGER,
    -- Why the list is held; null while it is not.
    held TEXT,
    -- Since when.
    held_at INTEGER,
    -- How often address or way were changed.
    version INTEGER NOT NULL
) STRICT;

CREATE TABLE feed_fetches (
    -- fet_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Which shop's list.
    shop_id TEXT NOT NULL,
    -- When.
    at INTEGER NOT NULL,
    -- From where.
    address TEXT NOT NULL,
    -- What the program calls itself.
    agent TEXT NOT NULL,
    -- Status that was answered.
    status INTEGER NOT NULL,
    -- Offers in the list.
    rows_in INTEGER NOT NULL,
    -- Offers left out.
    rows_out INTEGER NOT NULL,
    -- Whether the last byte was handed over.
    whole INTEGER NOT NULL CHECK (whole IN (0, 1)),
    -- Why it was held; null when it was not.
    held TEXT,
    -- How long building took, milliseconds.
    took_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX feed_fetches_by_shop ON feed_fetches (shop_id, at);

CREATE TABLE offer_points (
    -- Which offer.
    offer_id TEXT NOT NULL REFERENCES offers (id),
    -- At which point, full spelling.
    point_id TEXT NOT NULL,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Whether it is sold there; null for what the marketplace says.
    available INTEGER CHECK (available IN (0, 1)),
    -- Pieces there; null for what the marketplace says.
    stock INTEGER,
    -- Who said so, by name.
    set_by TEXT NOT NULL,
    -- When.
    set_at INTEGER NOT NULL,
    PRIMARY KEY (offer_id, point_id)
) STRICT;

CREATE TABLE preorders (
    -- Which offer.
    offer_id TEXT NOT NULL PRIMARY KEY REFERENCES offers (id),
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- In which shop.
    shop_id TEXT NOT NULL,
    -- Days until the goods are handed over, 1 to 30.
    days INTEGER NOT NULL,
    -- When it ends; null until a person ends it.
    ends_at INTEGER,
    -- Pieces that may be ordered at a point; null without a limit.
    most INTEGER,
    -- Who made it, by name.
    set_by TEXT NOT NULL,
    -- When.
    set_at INTEGER NOT NULL
) STRICT;
CREATE INDEX preorders_by_shop ON preorders (shop_id, offer_id);

CREATE TABLE point_notes (
    -- Whose warehouse it is.
    shop_id TEXT NOT NULL,
    -- Full spelling of the marketplace.
    point_id TEXT NOT NULL,
    -- Street and house, for people.
    address TEXT NOT NULL,
    -- When it is open, for people.
    hours TEXT NOT NULL,
    -- Orders after this minute of the day leave tomorrow; null when nobody said.
    cut_off_minute INTEGER,
    -- How its shelves are named, for people.
    shelves TEXT NOT NULL,
    -- Who said so, by name.
    set_by TEXT NOT NULL,
    -- When.
    set_at INTEGER NOT NULL,
    PRIMARY KEY (shop_id, point_id)
) STRICT;

CREATE TABLE card_uploads (
    -- cup_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- To which shop.
    shop_id TEXT NOT NULL,
    -- The document as it leaves, JSON compressed with zstd.
    document BLOB NOT NULL,
    -- Cards in it.
    cards INTEGER NOT NULL,
    -- How far it came.
    state TEXT NOT NULL CHECK (state IN ('recorded', 'sending', 'unclear', 'sent', 'done', 'refused')),
    -- The marketplace's code of the upload, once it took it.
    code TEXT,
    -- Word of the last trouble.
    trouble TEXT,
    -- What the marketplace said of the whole upload.
    told TEXT,
    -- How often it was asked for.
    polls INTEGER NOT NULL,
    -- When to ask next.
    look_at INTEGER,
    -- Who sent it, by name.
    made_by TEXT NOT NULL,
    -- When it was recorded.
    made_at INTEGER NOT NULL,
    -- When it left.
    sent_at INTEGER,
    -- When its results came.
    done_at INTEGER
) STRICT;
CREATE INDEX card_uploads_by_shop ON card_uploads (shop_id, made_at);
CREATE INDEX card_uploads_open ON card_uploads (state, look_at);

CREATE TABLE card_upload_rows (
    -- Which upload.
    upload_id TEXT NOT NULL,
    -- The merchant's SKU.
    sku TEXT NOT NULL,
    -- The product behind it.
    product_id TEXT NOT NULL,
    -- What the marketplace said of it; null before.
    state TEXT,
    -- What was wrong with it, for people; null when nothing was told.
    told TEXT,
    PRIMARY KEY (upload_id, sku)
) STRICT;
CREATE INDEX card_upload_rows_by_product ON card_upload_rows (product_id);
