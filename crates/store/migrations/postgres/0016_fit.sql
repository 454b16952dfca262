-- owner: orders. Size advice: tables of brands and pieces, what buyers said of themselves, what was advised, corrected and how it sat.
CREATE TABLE fit_shops (
    -- Which shop.
    shop_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Number of the last outcome; grows with each.
    seq BIGINT NOT NULL,
    -- The number at which an outcome was last changed or erased: whoever learned before begins anew.
    rebuilt BIGINT NOT NULL,
    -- The size tables that hold now; null when there are none.
    tables_id TEXT COLLATE "C"
);

CREATE TABLE fit_tables (
    -- fit_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- In which shop.
    shop_id TEXT COLLATE "C" NOT NULL,
    -- Name of the file as it was sent, or what was changed by hand.
    title TEXT COLLATE "C" NOT NULL,
    -- Looked at, holding now, replaced by others, or taken back.
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('loaded', 'current', 'past', 'undone')),
    -- All lines, JSON of this room.
    lines TEXT COLLATE "C" NOT NULL,
    -- What is wrong with the file, JSON of this room; an empty list when nothing is.
    problems TEXT COLLATE "C" NOT NULL,
    -- Tables in it.
    tables BIGINT NOT NULL,
    -- Lines in them.
    sizes BIGINT NOT NULL,
    -- The tables that held before; null when there were none.
    before_id TEXT COLLATE "C",
    -- Who, by name.
    made_by TEXT COLLATE "C" NOT NULL,
    -- When.
    made_at BIGINT NOT NULL,
    -- Since when they hold; null while they are only looked at.
    held_at BIGINT
);
CREATE INDEX fit_tables_of ON fit_tables (shop_id, made_at);

CREATE TABLE fit_measures (
    -- In which shop.
    shop_id TEXT COLLATE "C" NOT NULL,
    -- The buyer: a fingerprint of the phone, or of the order when the phone is hidden.
    buyer TEXT COLLATE "C" NOT NULL,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- With which order it was said last.
    order_id TEXT COLLATE "C" NOT NULL,
    -- Height, weight, girths, usual sizes: JSON as the size advice reads it. Personal.
    body TEXT COLLATE "C" NOT NULL,
    -- Who wrote it down, by name.
    by_name TEXT COLLATE "C" NOT NULL,
    -- When.
    at BIGINT NOT NULL,
    PRIMARY KEY (shop_id, buyer)
);

CREATE TABLE fit_advices (
    -- adv_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- In which shop.
    shop_id TEXT COLLATE "C" NOT NULL,
    -- Which order.
    order_id TEXT COLLATE "C" NOT NULL,
    -- Which of its lines, from 0.
    line BIGINT NOT NULL,
    -- The buyer, as in fit_measures; empty once erased.
    buyer TEXT COLLATE "C" NOT NULL,
    -- The piece in all its sizes: model, or article.
    item TEXT COLLATE "C" NOT NULL,
    -- The size that was bought.
    asked TEXT COLLATE "C" NOT NULL,
    -- The size that was advised; null without data.
    size TEXT COLLATE "C",
    -- The chance that it fits, percent; null without data and where a person said it.
    percent BIGINT,
    -- The whole advice, JSON of the size advice; without measures once erased.
    advice TEXT COLLATE "C" NOT NULL,
    -- What was known of piece and buyer, JSON of this room; empty once erased.
    question TEXT COLLATE "C" NOT NULL,
    -- What advised: the version of the sums.
    model TEXT COLLATE "C" NOT NULL,
    -- How many outcomes of the shop were known.
    lessons BIGINT NOT NULL,
    -- When.
    at BIGINT NOT NULL
);
CREATE INDEX fit_advices_of ON fit_advices (order_id, line, at);
CREATE INDEX fit_advices_by_time ON fit_advices (shop_id, at);
CREATE INDEX fit_advices_by_buyer ON fit_advices (shop_id, buyer);

CREATE TABLE fit_corrections (
    -- fco_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- In which shop.
    shop_id TEXT COLLATE "C" NOT NULL,
    -- Which order.
    order_id TEXT COLLATE "C" NOT NULL,
    -- Which of its lines, from 0.
    line BIGINT NOT NULL,
    -- The buyer, as in fit_measures; empty once erased.
    buyer TEXT COLLATE "C" NOT NULL,
    -- The piece, as in fit_advices.
    item TEXT COLLATE "C" NOT NULL,
    -- The size that was advised before; empty without data.
    from_size TEXT COLLATE "C" NOT NULL,
    -- The size that a person chose.
    to_size TEXT COLLATE "C" NOT NULL,
    -- Why; may be empty.
    why TEXT COLLATE "C" NOT NULL,
    -- Who, by name.
    by_name TEXT COLLATE "C" NOT NULL,
    -- When.
    at BIGINT NOT NULL
);
CREATE INDEX fit_corrections_of ON fit_corrections (order_id, line, at);
CREATE INDEX fit_corrections_by_buyer ON fit_corrections (shop_id, buyer, at);

CREATE TABLE fit_outcomes (
    -- Which order.
    order_id TEXT COLLATE "C" NOT NULL,
    -- Which of its lines, from 0.
    line BIGINT NOT NULL,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- In which shop.
    shop_id TEXT COLLATE "C" NOT NULL,
    -- The buyer, as in fit_measures; empty once erased.
    buyer TEXT COLLATE "C" NOT NULL,
    -- The piece, as in fit_advices.
    item TEXT COLLATE "C" NOT NULL,
    -- Its brand; null when not known.
    brand TEXT COLLATE "C",
    -- Its category; null when not known.
    category TEXT COLLATE "C",
    -- For whom, a word of the size advice; null when not known.
    gender TEXT COLLATE "C",
    -- How its sizes are written, a word of the size advice; null when not known.
    system TEXT COLLATE "C",
    -- The size that the buyer had.
    size TEXT COLLATE "C" NOT NULL,
    -- How it sat; returned while nobody said why.
    fit TEXT COLLATE "C" NOT NULL CHECK (fit IN ('small', 'fit', 'large', 'returned')),
    -- From where it is known: nobody returned it in time, it came back, a person said so.
    source TEXT COLLATE "C" NOT NULL CHECK (source IN ('kept', 'return', 'person')),
    -- What was known of the body, JSON as in fit_measures; null when nothing was, or once erased.
    body TEXT COLLATE "C",
    -- Who said so, by name; empty for the program.
    by_name TEXT COLLATE "C" NOT NULL,
    -- When.
    at BIGINT NOT NULL,
    -- Its number in the shop, new with each change.
    seq BIGINT NOT NULL,
    PRIMARY KEY (order_id, line)
);
CREATE INDEX fit_outcomes_by_seq ON fit_outcomes (shop_id, seq);
CREATE INDEX fit_outcomes_by_buyer ON fit_outcomes (shop_id, buyer);
