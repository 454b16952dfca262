-- owner: catalog. Price list feeds, who fetched them, what people say about points and preorders, uploads of cards.
CREATE TABLE feeds (
    -- Which shop.
    shop_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES shops (id),
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- How prices leave: through the cabinet, by the list, or both.
    way TEXT COLLATE "C" NOT NULL CHECK (way IN ('cabinet', 'feed', 'both')),
    -- SHA-256 of the word in the address; null while there is no address.
    secret_hash TEXT COLLATE "C" UNIQUE,
    -- The word itself, sealed, to be shown to people.
    secret_sealed TEXT COLLATE "C",
    -- When the address was made.
    rotated_at BIGINT,
    -- Who made it, by name.
    rotated_by TEXT COLLATE "C",
    -- SHA-256 of the newest list that was whole.
    etag TEXT COLLATE "C",
    -- When the list became so.
    changed_at BIGINT,
    -- Offers of the last list that left whole.
    good_rows BIGINT,
    -- When it left.
    good_at BIGINT,
    -- A smaller list that a person agreed to, offers.
    agreed_rows BIGINT,
    -- Why the list is held; null while it is not.
    held TEXT COLLATE "C",
    -- Since when.
    held_at BIGINT,
    -- How often address or way were changed.
    version BIGINT NOT NULL
);

CREATE TABLE feed_fetches (
    -- fet_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Which shop's list.
    shop_id TEXT COLLATE "C" NOT NULL,
    -- When.
    at BIGINT NOT NULL,
    -- From where.
    address TEXT COLLATE "C" NOT NULL,
    -- What the program calls itself.
    agent TEXT COLLATE "C" NOT NULL,
    -- Status that was answered.
    status BIGINT NOT NULL,
    -- Offers in the list.
    rows_in BIGINT NOT NULL,
    -- Offers left out.
    rows_out BIGINT NOT NULL,
    -- Whether the last byte was handed over.
    whole BOOLEAN NOT NULL,
    -- Why it was held; null when it was not.
    held TEXT COLLATE "C",
    -- How long building took, milliseconds.
    took_ms BIGINT NOT NULL
);
CREATE INDEX feed_fetches_by_shop ON feed_fetches (shop_id, at);

CREATE TABLE offer_points (
    -- Which offer.
    offer_id TEXT COLLATE "C" NOT NULL REFERENCES offers (id),
    -- At which point, full spelling.
    point_id TEXT COLLATE "C" NOT NULL,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Whether it is sold there; null for what the marketplace says.
    available BOOLEAN,
    -- Pieces there; null for what the marketplace says.
    stock BIGINT,
    -- Who said so, by name.
    set_by TEXT COLLATE "C" NOT NULL,
    -- When.
    set_at BIGINT NOT NULL,
    PRIMARY KEY (offer_id, point_id)
);

CREATE TABLE preorders (
    -- Which offer.
    offer_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES offers (id),
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- In which shop.
    shop_id TEXT COLLATE "C" NOT NULL,
    -- Days until the goods are handed over, 1 to 30.
    days BIGINT NOT NULL,
    -- When it ends; null until a person ends it.
    ends_at BIGINT,
    -- Pieces that may be ordered at a point; null without a limit.
    most BIGINT,
    -- Who made it, by name.
    set_by TEXT COLLATE "C" NOT NULL,
    -- When.
    set_at BIGINT NOT NULL
);
CREATE INDEX preorders_by_shop ON preorders (shop_id, offer_id);

CREATE TABLE point_notes (
    -- Whose warehouse it is.
    shop_id TEXT COLLATE "C" NOT NULL,
    -- Full spelling of the marketplace.
    point_id TEXT COLLATE "C" NOT NULL,
    -- Street and house, for people.
    address TEXT COLLATE "C" NOT NULL,
    -- When it is open, for people.
    hours TEXT COLLATE "C" NOT NULL,
    -- Orders after this minute of the day leave tomorrow; null when nobody said.
    cut_off_minute BIGINT,
    -- How its shelves are named, for people.
    shelves TEXT COLLATE "C" NOT NULL,
    -- Who said so, by name.
    set_by TEXT COLLATE "C" NOT NULL,
    -- When.
    set_at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, point_id)
);

CREATE TABLE card_uploads (
    -- cup_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- To which shop.
    shop_id TEXT COLLATE "C" NOT NULL,
    -- The document as it leaves, JSON compressed with zstd.
    document BYTEA NOT NULL,
    -- Cards in it.
    cards BIGINT NOT NULL,
    -- How far it came.
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('recorded', 'sending', 'unclear', 'sent', 'done', 'refused')),
    -- The marketplace's code of the upload, once it took it.
    code TEXT COLLATE "C",
    -- Word of the last trouble.
    trouble TEXT COLLATE "C",
    -- What the marketplace said of the whole upload.
    told TEXT COLLATE "C",
    -- How often it was asked for.
    polls BIGINT NOT NULL,
    -- When to ask next.
    look_at BIGINT,
    -- Who sent it, by name.
    made_by TEXT COLLATE "C" NOT NULL,
    -- When it was recorded.
    made_at BIGINT NOT NULL,
    -- When it left.
    sent_at BIGINT,
    -- When its results came.
    done_at BIGINT
);
CREATE INDEX card_uploads_by_shop ON card_uploads (shop_id, made_at);
CREATE INDEX card_uploads_open ON card_uploads (state, look_at);

CREATE TABLE card_upload_rows (
    -- Which upload.
    upload_id TEXT COLLATE "C" NOT NULL,
    -- The merchant's SKU.
    sku TEXT COLLATE "C" NOT NULL,
    -- The product behind it.
    product_id TEXT COLLATE "C" NOT NULL,
    -- What the marketplace said of it; null before.
    state TEXT COLLATE "C",
    -- What was wrong with it, for people; null when nothing was told.
    told TEXT COLLATE "C",
    PRIMARY KEY (upload_id, sku)
);
CREATE INDEX card_upload_rows_by_product ON card_upload_rows (product_id);
