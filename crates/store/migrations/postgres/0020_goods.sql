-- owner: catalog. Rows of a file mended before it is written; products that join a price list; prices fixed in cities.
-- Grows with each choice of columns and each mended row, so that nothing else is written than what was checked.
ALTER TABLE product_imports ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
CREATE TABLE product_import_mends (
    -- Which import.
    import_id TEXT COLLATE "C" NOT NULL,
    -- The row as the table program shows it.
    row_number BIGINT NOT NULL,
    -- The column from 0; -1 when the whole row is left out.
    column_number BIGINT NOT NULL,
    -- What the cell says instead; empty empties it.
    text TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (import_id, row_number, column_number)
);
-- Point at which products without an offer are listed; null while they are not.
ALTER TABLE feeds ADD COLUMN products_point TEXT COLLATE "C";
CREATE TABLE city_prices (
    -- Which offer.
    offer_id TEXT COLLATE "C" NOT NULL REFERENCES offers (id),
    -- In which city.
    city_id TEXT COLLATE "C" NOT NULL,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- In which shop.
    shop_id TEXT COLLATE "C" NOT NULL,
    -- The price that stands there, whole tenge.
    price BIGINT NOT NULL,
    -- Who fixed it, by name.
    set_by TEXT COLLATE "C" NOT NULL,
    -- When.
    set_at BIGINT NOT NULL,
    PRIMARY KEY (offer_id, city_id)
);
CREATE INDEX city_prices_by_shop ON city_prices (shop_id, city_id);
