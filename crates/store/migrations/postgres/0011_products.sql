-- owner: catalog. Products of merchants, their pictures, imports of them and what undoing needs.
CREATE TABLE products (
    -- prd_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose product it is.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- The merchant's own article, unique in the catalogue.
    sku TEXT COLLATE "C" NOT NULL,
    -- Name; null when only the model is known.
    title TEXT COLLATE "C",
    -- Card of the marketplace; null when not known.
    master_code TEXT COLLATE "C",
    -- Code of the product inside the shop at the marketplace.
    code TEXT COLLATE "C",
    -- Brand.
    brand TEXT COLLATE "C",
    -- Model.
    model TEXT COLLATE "C",
    -- Colour as the merchant writes it.
    color TEXT COLLATE "C",
    -- Size as the merchant writes it.
    size TEXT COLLATE "C",
    -- For whom, as the merchant writes it.
    gender TEXT COLLATE "C",
    -- Season as the merchant writes it.
    season TEXT COLLATE "C",
    -- Type of product.
    category TEXT COLLATE "C",
    -- Type inside the type.
    subcategory TEXT COLLATE "C",
    -- Digits under the bars.
    barcode TEXT COLLATE "C",
    -- Address of a picture; null when there is none.
    photo_url TEXT COLLATE "C",
    -- The merchant's own word for a shop or warehouse.
    store TEXT COLLATE "C",
    -- Wished price, whole tenge; prices on sale are those of offers.
    price BIGINT,
    -- Pieces by the merchant's own count.
    stock BIGINT,
    -- Weight of one piece.
    weight_grams BIGINT,
    -- What one piece was bought for, tiyn.
    cost BIGINT,
    -- Folded name for order.
    name_fold TEXT COLLATE "C" NOT NULL,
    -- Folded words for searches.
    fold TEXT COLLATE "C" NOT NULL,
    -- Grows with each change, so that nobody overwrites what they have not seen.
    version BIGINT NOT NULL,
    -- When it was made.
    created_at BIGINT NOT NULL,
    -- When it was changed last.
    changed_at BIGINT NOT NULL,
    -- Who changed it last, by name.
    changed_by TEXT COLLATE "C" NOT NULL,
    -- When it was put away; null while it is sold.
    archived_at BIGINT,
    UNIQUE (merchant_id, sku)
);
CREATE INDEX products_by_name ON products (merchant_id, name_fold, id);
CREATE INDEX products_by_change ON products (merchant_id, changed_at, id);
CREATE TABLE product_photos (
    -- Which product.
    product_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Sort of picture, such as image/jpeg.
    kind TEXT COLLATE "C" NOT NULL,
    -- The picture, kept small.
    bytes BYTEA NOT NULL,
    -- When it was put here.
    put_at BIGINT NOT NULL
);
CREATE TABLE product_imports (
    -- imp_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- A file, or a change of many products by hand.
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('file', 'edit')),
    -- Name of the file as it was sent, or what was changed.
    title TEXT COLLATE "C" NOT NULL,
    -- The file, compressed with zstd; null once it was let go and for a change by hand.
    file BYTEA,
    -- Length of the file before compressing.
    file_bytes BIGINT NOT NULL,
    -- Chosen sheet of a workbook; null for the one whose columns are known.
    sheet TEXT COLLATE "C",
    -- Which column is which field; empty until enough is known.
    mapping TEXT COLLATE "C" NOT NULL,
    -- Where it is.
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('loaded', 'going', 'done', 'undoing', 'undone')),
    -- Rows that are to be written.
    total BIGINT NOT NULL,
    -- Products that were made.
    created BIGINT NOT NULL,
    -- Products that were changed.
    changed BIGINT NOT NULL,
    -- Rows that said what was known.
    unchanged BIGINT NOT NULL,
    -- Rows that were refused or repeated others.
    skipped BIGINT NOT NULL,
    -- Products that were put back.
    put_back BIGINT NOT NULL,
    -- Products that were not put back: somebody changed them since.
    kept BIGINT NOT NULL,
    -- Who, by name.
    made_by TEXT COLLATE "C" NOT NULL,
    -- When it was brought.
    made_at BIGINT NOT NULL,
    -- When it was through; null before.
    done_at BIGINT,
    -- When it was put back; null while it is not.
    undone_at BIGINT
);
CREATE INDEX product_imports_by_time ON product_imports (merchant_id, made_at);
CREATE TABLE product_import_rows (
    -- Which import.
    import_id TEXT COLLATE "C" NOT NULL,
    -- Which product.
    product_id TEXT COLLATE "C" NOT NULL,
    -- The product before, JSON of this room; null when the import made it.
    before TEXT COLLATE "C",
    -- Its version after the import.
    version BIGINT NOT NULL,
    -- Article of a product that was not put back, since somebody changed it; null otherwise.
    kept_sku TEXT COLLATE "C",
    PRIMARY KEY (import_id, product_id)
);
CREATE INDEX product_import_rows_kept ON product_import_rows (import_id, kept_sku) WHERE kept_sku IS NOT NULL;
CREATE TABLE product_import_shapes (
    -- Whose files.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Fingerprint of the column names.
    shape TEXT COLLATE "C" NOT NULL,
    -- The mapping that was chosen last for files of this shape.
    mapping TEXT COLLATE "C" NOT NULL,
    -- When it was chosen.
    chosen_at BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, shape)
);
-- The merchant's product that an offer sells; null when there is none.
ALTER TABLE offers ADD COLUMN product_id TEXT COLLATE "C";
-- Who joined them: the same article, or a person, whose choice the program leaves alone; null while nobody has.
ALTER TABLE offers ADD COLUMN product_link TEXT COLLATE "C" CHECK (product_link IN ('sku', 'hand'));
CREATE INDEX offers_by_product ON offers (product_id);
CREATE INDEX offers_by_sku ON offers (merchant_id, sku);
