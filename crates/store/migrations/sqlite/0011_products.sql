-- owner: catalog. Products of merchants, their pictures, imports of them and what undoing needs.
CREATE TABLE products (
    -- prd_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Whose product it is.
    merchant_id TEXT NOT NULL,
    -- The merchant's own article, unique in the catalogue.
    sku TEXT NOT NULL,
    -- Name; null when only the model is known.
    title TEXT,
    -- Card of the marketplace; null when not known.
    master_code TEXT,
    -- Code of the product inside the shop at the marketplace.
    code TEXT,
    -- Brand.
    brand TEXT,
    -- Model.
    model TEXT,
    -- Colour as the merchant writes it.
    color TEXT,
    -- Size as the merchant writes it.
    size TEXT,
    -- For whom, as the merchant writes it.
    gender TEXT,
    -- Season as the merchant writes it.
    season TEXT,
    -- Type of product.
    category TEXT,
    -- Type inside the type.
    subcategory TEXT,
    -- Digits under the bars.
    barcode TEXT,
    -- Address of a picture; null when there is none.
    photo_url TEXT,
    -- The merchant's own word for a shop or warehouse.
    store TEXT,
    -- Wished price, whole tenge; prices on sale are those of offers.
    price INTEGER,
    -- Pieces by the merchant's own count.
    stock INTEGER,
    -- Weight of one piece.
    weight_grams INTEGER,
    -- What one piece was bought for, tiyn.
    cost INTEGER,
    -- Folded name for order.
    name_fold TEXT NOT NULL,
    -- Folded words for searches.
    fold TEXT NOT NULL,
    -- Grows with each change, so that nobody overwrites what they have not seen.
    version INTEGER NOT NULL,
    -- When it was made.
    created_at INTEGER NOT NULL,
    -- When it was changed last.
    changed_at INTEGER NOT NULL,
    -- Who changed it last, by name.
    changed_by TEXT NOT NULL,
    -- When it was put away; null while it is sold.
    archived_at INTEGER,
    UNIQUE (merchant_id, sku)
) STRICT;
CREATE INDEX products_by_name ON products (merchant_id, name_fold, id);
CREATE INDEX products_by_change ON products (merchant_id, changed_at, id);
CREATE TABLE product_photos (
    -- Which product.
    product_id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Sort of picture, such as image/jpeg.
    kind TEXT NOT NULL,
    -- The picture, kept small.
    bytes BLOB NOT NULL,
    -- When it was put here.
    put_at INTEGER NOT NULL
) STRICT;
CREATE TABLE product_imports (
    -- imp_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- A file, or a change of many products by hand.
    kind TEXT NOT NULL CHECK (kind IN ('file', 'edit')),
    -- Name of the file as it was sent, or what was changed.
    title TEXT NOT NULL,
    -- The file, compressed with zstd; null once it was let go and for a change by hand.
    file BLOB,
    -- Length of the file before compressing.
    file_bytes INTEGER NOT NULL,
    -- Chosen sheet of a workbook; null for the one whose columns are known.
    sheet TEXT,
    -- Which column is which field; empty until enough is known.
    mapping TEXT NOT NULL,
    -- Where it is.
    state TEXT NOT NULL CHECK (state IN ('loaded', 'going', 'done', 'undoing', 'undone')),
    -- Rows that are to be written.
    total INTEGER NOT NULL,
    -- Products that were made.
    created INTEGER NOT NULL,
    -- Products that were changed.
    changed INTEGER NOT NULL,
    -- Rows that said what was known.
    unchanged INTEGER NOT NULL,
    -- Rows that were refused or repeated others.
    skipped INTEGER NOT NULL,
    -- Products that were put back.
    put_back INTEGER NOT NULL,
    -- Products that were not put back: somebody changed them since.
    kept INTEGER NOT NULL,
    -- Who, by name.
    made_by TEXT NOT NULL,
    -- When it was brought.
    made_at INTEGER NOT NULL,
    -- When it was through; null before.
    done_at INTEGER,
    -- When it was put back; null while it is not.
    undone_at INTEGER
) STRICT;
CREATE INDEX product_imports_by_time ON product_imports (merchant_id, made_at);
CREATE TABLE product_import_rows (
    -- Which import.
    import_id TEXT NOT NULL,
    -- Which product.
    product_id TEXT NOT NULL,
    -- The product before, JSON of this room; null when the import made it.
    before TEXT,
    -- Its version after the import.
    version INTEGER NOT NULL,
    -- Article of a product that was not put back, since somebody changed it; null otherwise.
    kept_sku TEXT,
    PRIMARY KEY (import_id, product_id)
) STRICT;
CREATE INDEX product_import_rows_kept ON product_import_rows (import_id, kept_sku) WHERE kept_sku IS NOT NULL;
CREATE TABLE product_import_shapes (
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
-- The merchant's product that an offer sells; null when there is none.
ALTER TABLE offers ADD COLUMN product_id TEXT;
-- Who joined them: the same article, or a person, whose choice the program leaves alone; null while nobody has.
ALTER TABLE offers ADD COLUMN product_link TEXT CHECK (product_link IN ('sku', 'hand'));
CREATE INDEX offers_by_product ON offers (product_id);
CREATE INDEX offers_by_sku ON offers (merchant_id, sku);
