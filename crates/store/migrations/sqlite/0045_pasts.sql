-- owner: stock. What follows from the past days of each product: counted once a day, not with every page.
CREATE TABLE stock_pasts (
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Of which product.
    product_id TEXT NOT NULL,
    -- How often something changed past days: what was counted before that holds no more.
    stamp INTEGER NOT NULL,
    -- The day before which all days were looked at, counted from 1970; null while nothing is counted.
    day INTEGER,
    -- The first day of which any order of the merchant was known then.
    first_day INTEGER,
    -- What follows, words with blanks between; null while nothing is counted.
    said TEXT,
    PRIMARY KEY (merchant_id, product_id)
) STRICT;
INSERT INTO stock_pasts (merchant_id, product_id, stamp) SELECT DISTINCT merchant_id, product_id, 0 FROM stock_order_lines;
