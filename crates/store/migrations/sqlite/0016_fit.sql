-- owner: orders. Size advice: tables of brands and pieces, what buyers said of themselves, what was advised, corrected and how it sat.
CREATE TABLE fit_shops (
    -- Which shop.
    shop_id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Number of the last outcome; grows with each.
    seq INTEGER NOT NULL,
    -- The number at which an outcome was last changed or erased: whoever learned before begins anew.
    rebuilt INTEGER NOT NULL,
    -- The size tables that hold now; null when there are none.
    tables_id TEXT
) STRICT;

CREATE TABLE fit_tables (
    -- fit_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- In which shop.
    shop_id TEXT NOT NULL,
    -- Name of the file as it was sent, or what was changed by hand.
    title TEXT NOT NULL,
    -- Looked at, holding now, replaced by others, or taken back.
    state TEXT NOT NULL CHECK (state IN ('loaded', 'current', 'past', 'undone')),
    -- All lines, JSON of this room.
    lines TEXT NOT NULL,
    -- What is wrong with the file, JSON of this room; an empty list when nothing is.
    problems TEXT NOT NULL,
    -- Tables in it.
    tables INTEGER NOT NULL,
    -- Lines in them.
    sizes INTEGER NOT NULL,
    -- The tables that held before; null when there were none.
    before_id TEXT,
    -- Who, by name.
    made_by TEXT NOT NULL,
    -- When.
    made_at INTEGER NOT NULL,
    -- Since when they hold; null while they are only looked at.
    held_at INTEGER
) STRICT;
CREATE INDEX fit_tables_of ON fit_tables (shop_id, made_at);

CREATE TABLE fit_measures (
    -- In which shop.
    shop_id TEXT NOT NULL,
    -- The buyer: a fingerprint of the phone, or of the order when the phone is hidden.
    buyer TEXT NOT NULL,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- With which order it was said last.
    order_id TEXT NOT NULL,
    -- Height, weight, girths, usual sizes: JSON as the size advice reads it. Personal.
    body TEXT NOT NULL,
    -- Who wrote it down, by name.
    by_name TEXT NOT NULL,
    -- When.
    at INTEGER NOT NULL,
    PRIMARY KEY (shop_id, buyer)
) STRICT;

CREATE TABLE fit_advices (
    -- adv_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- In which shop.
    shop_id TEXT NOT NULL,
    -- Which order.
    order_id TEXT NOT NULL,
    -- Which of its lines, from 0.
    line INTEGER NOT NULL,
    -- The buyer, as in fit_measures; empty once erased.
    buyer TEXT NOT NULL,
    -- The piece in all its sizes: model, or article.
    item TEXT NOT NULL,
    -- The size that was bought.
    asked TEXT NOT NULL,
    -- The size that was advised; null without data.
    size TEXT,
    -- The chance that it fits, percent; null without data and where a person said it.
    percent INTEGER,
    -- The whole advice, JSON of the size advice; without measures once erased.
    advice TEXT NOT NULL,
    -- What was known of piece and buyer, JSON of this room; empty once erased.
    question TEXT NOT NULL,
    -- What advised: the version of the sums.
    model TEXT NOT NULL,
    -- How many outcomes of the shop were known.
    lessons INTEGER NOT NULL,
    -- When.
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX fit_advices_of ON fit_advices (order_id, line, at);
CREATE INDEX fit_advices_by_time ON fit_advices (shop_id, at);
CREATE INDEX fit_advices_by_buyer ON fit_advices (shop_id, buyer);

CREATE TABLE fit_corrections (
    -- fco_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- In which shop.
    shop_id TEXT NOT NULL,
    -- Which order.
    order_id TEXT NOT NULL,
    -- Which of its lines, from 0.
    line INTEGER NOT NULL,
    -- The buyer, as in fit_measures; empty once erased.
    buyer TEXT NOT NULL,
    -- The piece, as in fit_advices.
    item TEXT NOT NULL,
    -- The size that was advised before; empty without data.
    from_size TEXT NOT NULL,
    -- The size that a person chose.
    to_size TEXT NOT NULL,
    -- Why; may be empty.
    why TEXT NOT NULL,
    -- Who, by name.
    by_name TEXT NOT NULL,
    -- When.
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX fit_corrections_of ON fit_corrections (order_id, line, at);
CREATE INDEX fit_corrections_by_buyer ON fit_corrections (shop_id, buyer, at);

CREATE TABLE fit_outcomes (
    -- Which order.
    order_id TEXT NOT NULL,
    -- Which of its lines, from 0.
    line INTEGER NOT NULL,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- In which shop.
    shop_id TEXT NOT NULL,
    -- The buyer, as in fit_measures; empty once erased.
    buyer TEXT NOT NULL,
    -- The piece, as in fit_advices.
    item TEXT NOT NULL,
    -- Its brand; null when not known.
    brand TEXT,
    -- Its category; null when not known.
    category TEXT,
    -- For whom, a word of the size advice; null when not known.
    gender TEXT,
    -- How its sizes are written, a word of the size advice; null when not known.
    system TEXT,
    -- The size that the buyer had.
    size TEXT NOT NULL,
    -- How it sat; returned while nobody said why.
    fit TEXT NOT NULL CHECK (fit IN ('small', 'fit', 'large', 'returned')),
    -- From where it is known: nobody returned it in time, it came back, a person said so.
    source TEXT NOT NULL CHECK (source IN ('kept', 'return', 'person')),
    -- What was known of the body, JSON as in fit_measures; null when nothing was, or once erased.
    body TEXT,
    -- Who said so, by name; empty for the program.
    by_name TEXT NOT NULL,
    -- When.
    at INTEGER NOT NULL,
    -- Its number in the shop, new with each change.
    seq INTEGER NOT NULL,
    PRIMARY KEY (order_id, line)
) STRICT;
CREATE INDEX fit_outcomes_by_seq ON fit_outcomes (shop_id, seq);
CREATE INDEX fit_outcomes_by_buyer ON fit_outcomes (shop_id, buyer);
