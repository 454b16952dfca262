-- owner: catalog. Access to marketplaces, shops, points, cities, offers, proxies and what people are told.
CREATE TABLE accesses (
    -- acs_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose login it is.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Which marketplace, such as kaspi.
    marketplace TEXT COLLATE "C" NOT NULL,
    -- How to sign in.
    login_kind TEXT NOT NULL CHECK (login_kind IN ('phone', 'mail')),
    -- Fold of the login, so that one login is one row.
    login_fold TEXT COLLATE "C" NOT NULL,
    -- The login as people see it, masked.
    login_masked TEXT NOT NULL,
    -- Login and password, sealed.
    login_sealed TEXT NOT NULL,
    -- The marketplace session, sealed; null when there is none.
    session_sealed TEXT,
    -- A sign-in that waits for a code, sealed.
    pending_sealed TEXT,
    -- Where the code went and how many digits it has, for the page.
    pending_hint TEXT,
    -- What the seller sees.
    state TEXT NOT NULL CHECK (state IN ('new', 'connected', 'needs_code', 'session_ended', 'wrong_password', 'blocked')),
    -- Since when.
    state_since BIGINT NOT NULL,
    -- For blocked: until when.
    state_until BIGINT,
    -- When the session last answered.
    contact_at BIGINT,
    -- When it was made.
    created_at BIGINT NOT NULL,
    UNIQUE (merchant_id, marketplace, login_fold)
);

CREATE TABLE shops (
    -- shp_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose shop it is.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- The login that opens it; null for a shop fed by files only.
    access_id TEXT COLLATE "C" REFERENCES accesses (id),
    -- Which marketplace.
    marketplace TEXT COLLATE "C" NOT NULL,
    -- The marketplace's own id of the shop.
    uid TEXT COLLATE "C" NOT NULL,
    -- Word in addresses, such as aru-home.
    slug TEXT COLLATE "C" NOT NULL,
    -- Name.
    name TEXT COLLATE "C" NOT NULL,
    -- City that lists show first.
    main_city TEXT COLLATE "C",
    -- When the offers were last read whole.
    synced_at BIGINT,
    -- Why the last reading failed; null when it did not.
    sync_error TEXT,
    -- How calls leave: direct, pool, or a proxy id.
    egress TEXT NOT NULL,
    -- When it was connected.
    created_at BIGINT NOT NULL,
    -- When it was removed; null while it is kept.
    removed_at BIGINT,
    UNIQUE (merchant_id, marketplace, uid),
    UNIQUE (merchant_id, slug)
);

CREATE TABLE points (
    -- Whose warehouse it is.
    shop_id TEXT COLLATE "C" NOT NULL REFERENCES shops (id),
    -- Full spelling of the marketplace, 30067228_PP1.
    id TEXT COLLATE "C" NOT NULL,
    -- Short spelling, PP1.
    code TEXT COLLATE "C" NOT NULL,
    -- Name.
    name TEXT COLLATE "C" NOT NULL,
    -- Whether it works.
    enabled BOOLEAN NOT NULL,
    -- Marketplace id of its city.
    city_id TEXT COLLATE "C",
    -- When it was first seen.
    seen_at BIGINT NOT NULL,
    -- When it disappeared; null while it is there.
    gone_at BIGINT,
    PRIMARY KEY (shop_id, id)
);

CREATE TABLE shop_cities (
    -- Whose city it is.
    shop_id TEXT COLLATE "C" NOT NULL REFERENCES shops (id),
    -- Marketplace id of the city.
    city_id TEXT COLLATE "C" NOT NULL,
    -- Name.
    name TEXT COLLATE "C" NOT NULL,
    -- Whether the price bot works there.
    watched BOOLEAN NOT NULL,
    -- When it was first seen.
    seen_at BIGINT NOT NULL,
    -- When the last point left it.
    gone_at BIGINT,
    PRIMARY KEY (shop_id, city_id)
);

CREATE TABLE offers (
    -- off_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose offer it is.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- In which shop.
    shop_id TEXT COLLATE "C" NOT NULL REFERENCES shops (id),
    -- The merchant's SKU.
    sku TEXT COLLATE "C" NOT NULL,
    -- The marketplace card; null when not linked.
    card TEXT COLLATE "C",
    -- Title.
    title TEXT COLLATE "C" NOT NULL,
    -- Brand.
    brand TEXT,
    -- Category word of the marketplace.
    category TEXT,
    -- Picture.
    image_url TEXT,
    -- Page on the storefront.
    card_url TEXT,
    -- Folded title, SKU, card and brand for search.
    fold TEXT COLLATE "C" NOT NULL,
    -- Whether it is on sale.
    on_sale BOOLEAN NOT NULL,
    -- One price everywhere, when the marketplace gives one; whole tenge.
    price BIGINT,
    -- Pieces over all points; null when not told.
    stock BIGINT,
    -- Error words of the marketplace, comma between.
    errors TEXT NOT NULL,
    -- The marketplace is applying a change until then.
    settling_until BIGINT,
    -- Points with availability as JSON, sent whole with each price change.
    availabilities TEXT NOT NULL,
    -- First seen.
    created_at BIGINT NOT NULL,
    -- Last seen in the cabinet.
    seen_at BIGINT NOT NULL,
    -- When it left the cabinet; null while it is there.
    gone_at BIGINT,
    -- When a person hid it here; null while shown.
    hidden_at BIGINT,
    UNIQUE (shop_id, sku)
);
CREATE INDEX offers_by_card ON offers (card);
CREATE INDEX offers_by_merchant ON offers (merchant_id, shop_id, gone_at);

CREATE TABLE offer_cities (
    -- Which offer.
    offer_id TEXT COLLATE "C" NOT NULL REFERENCES offers (id),
    -- In which city.
    city_id TEXT COLLATE "C" NOT NULL,
    -- Own price there as the cabinet shows it, whole tenge.
    price BIGINT NOT NULL,
    -- When the cabinet showed it.
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (offer_id, city_id)
);

CREATE TABLE proxies (
    -- prx_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose proxy it is.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Whole address with credentials, sealed.
    url_sealed TEXT NOT NULL,
    -- Host and port for people.
    name TEXT COLLATE "C" NOT NULL,
    -- Whether it is used.
    enabled BOOLEAN NOT NULL,
    -- Answers since it was added.
    successes BIGINT NOT NULL,
    -- Failures since it was added.
    failures BIGINT NOT NULL,
    -- Failures in a row.
    streak BIGINT NOT NULL,
    -- Not used until then.
    benched_until BIGINT,
    -- Word of the last failure.
    last_error TEXT,
    -- Mean answer time in milliseconds, exponentially forgotten.
    latency_ms BIGINT,
    -- Last use.
    used_at BIGINT,
    -- When it was added.
    created_at BIGINT NOT NULL,
    UNIQUE (merchant_id, name)
);

CREATE TABLE notices (
    -- ntc_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Who is told.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- About which shop.
    shop_id TEXT COLLATE "C",
    -- Key of the text notice-<word>.
    word TEXT COLLATE "C" NOT NULL,
    -- What it is about, so that one thing is told once.
    subject TEXT COLLATE "C" NOT NULL,
    -- Values for the text, JSON object of texts.
    args TEXT NOT NULL,
    -- How urgent.
    tone TEXT NOT NULL CHECK (tone IN ('info', 'warn', 'bad')),
    -- Where to go, address without the shop.
    link TEXT,
    -- How often it happened.
    times BIGINT NOT NULL,
    -- First time.
    created_at BIGINT NOT NULL,
    -- Last time.
    last_at BIGINT NOT NULL,
    -- Put off by a person until then.
    snoozed_until BIGINT,
    -- When it stopped being true or was put away.
    resolved_at BIGINT
);
CREATE INDEX notices_open ON notices (merchant_id, resolved_at, last_at);
CREATE UNIQUE INDEX notices_once ON notices (merchant_id, word, subject) WHERE resolved_at IS NULL;
