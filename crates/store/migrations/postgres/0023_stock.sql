-- owner: stock. What lies where, what moved and why, what is promised to buyers, what is ordered from suppliers.
CREATE TABLE stock_settings (
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Since when stock is kept here; null while it is not.
    kept_since BIGINT,
    -- A movement that would leave less than nothing is refused; else it is written and shown.
    refuses_negative BOOLEAN NOT NULL,
    -- What is free goes into the shops' price lists and cabinets.
    sends_stock BOOLEAN NOT NULL,
    -- Promised share of pieces that are there at once, basis points.
    fill_bp BIGINT NOT NULL,
    -- Days between looks at what to reorder.
    review_days BIGINT NOT NULL,
    -- Days from order to delivery where no supplier says.
    lead_days BIGINT NOT NULL
);

CREATE TABLE warehouses (
    -- whs_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Name.
    name TEXT COLLATE "C" NOT NULL,
    -- The first one, which orders take from when their point has none.
    is_main BOOLEAN NOT NULL,
    -- When it was made.
    created_at BIGINT NOT NULL,
    UNIQUE (merchant_id, name)
);

CREATE TABLE warehouse_points (
    -- In which shop.
    shop_id TEXT COLLATE "C" NOT NULL,
    -- Which point, full spelling.
    point_id TEXT COLLATE "C" NOT NULL,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Where its pieces come from.
    warehouse_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (shop_id, point_id)
);

CREATE TABLE stock_balances (
    -- Which product.
    product_id TEXT COLLATE "C" NOT NULL,
    -- In which warehouse.
    warehouse_id TEXT COLLATE "C" NOT NULL,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Pieces that lie there, the sum of movements.
    on_hand BIGINT NOT NULL,
    -- Pieces sold and not yet handed over.
    reserved BIGINT NOT NULL,
    -- Free pieces that the shops were told last; null before.
    told BIGINT,
    PRIMARY KEY (product_id, warehouse_id)
);
CREATE INDEX stock_balances_of ON stock_balances (merchant_id, product_id);

CREATE TABLE stock_movements (
    -- mov_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Which product.
    product_id TEXT COLLATE "C" NOT NULL,
    -- In which warehouse.
    warehouse_id TEXT COLLATE "C" NOT NULL,
    -- What happened.
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('receipt', 'sale', 'return', 'write_off', 'transfer', 'counting', 'correction')),
    -- Pieces that came, or went with a minus.
    quantity BIGINT NOT NULL,
    -- Pieces that lay there after it.
    balance BIGINT NOT NULL,
    -- What a piece cost, tiyn; null when nobody said.
    unit_cost BIGINT,
    -- When.
    at BIGINT NOT NULL,
    -- Who, by name; empty for the program.
    made_by TEXT COLLATE "C" NOT NULL,
    -- Why, in their words.
    reason TEXT COLLATE "C" NOT NULL,
    -- Number of the order, purchase or counting; empty when there is none.
    document TEXT COLLATE "C" NOT NULL,
    -- The same thing is written once.
    once_key TEXT COLLATE "C" NOT NULL,
    UNIQUE (merchant_id, once_key)
);
CREATE INDEX stock_movements_of ON stock_movements (merchant_id, product_id, at);

CREATE TABLE stock_order_lines (
    -- Which order.
    order_id TEXT COLLATE "C" NOT NULL,
    -- Which line of it.
    line BIGINT NOT NULL,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Which product.
    product_id TEXT COLLATE "C" NOT NULL,
    -- From where.
    warehouse_id TEXT COLLATE "C" NOT NULL,
    -- Pieces.
    quantity BIGINT NOT NULL,
    -- Day of the order in Almaty, days since 1970.
    day BIGINT NOT NULL,
    -- Number of the order.
    code TEXT COLLATE "C" NOT NULL,
    -- Seen only, promised, gone, given up, or back.
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('seen', 'held', 'shipped', 'freed', 'returned')),
    PRIMARY KEY (order_id, line)
);
CREATE INDEX stock_order_lines_of ON stock_order_lines (merchant_id, product_id, day);

CREATE TABLE suppliers (
    -- sup_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Name.
    name TEXT COLLATE "C" NOT NULL,
    -- Phone; empty when nobody said.
    phone TEXT COLLATE "C" NOT NULL,
    -- Days from order to delivery.
    lead_days BIGINT NOT NULL,
    -- Deviation of those days, tenths of a day.
    lead_spread_tenths BIGINT NOT NULL,
    -- Weekdays on which orders are taken, one bit for each from Monday; 127 is every day.
    weekdays BIGINT NOT NULL,
    -- Days off such as 2027-01-01, blanks between.
    days_off TEXT COLLATE "C" NOT NULL,
    -- When it was made.
    created_at BIGINT NOT NULL,
    UNIQUE (merchant_id, name)
);

CREATE TABLE product_supply (
    -- Which product.
    product_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- From whom; null when nobody said.
    supplier_id TEXT COLLATE "C",
    -- Fewest pieces of an order.
    least BIGINT NOT NULL,
    -- Pieces of a pack.
    pack BIGINT NOT NULL,
    -- Pieces a thousand days sell, by somebody's word; null while sales say.
    rate_milli BIGINT,
    -- Not shown among what to reorder until then; null when it is.
    skip_until BIGINT
);
CREATE INDEX product_supply_of ON product_supply (merchant_id);

CREATE TABLE stock_one_offs (
    -- Which product.
    product_id TEXT COLLATE "C" NOT NULL,
    -- Which day, days since 1970 in Almaty, does not speak for the coming ones.
    day BIGINT NOT NULL,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Who said so, by name.
    made_by TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (product_id, day)
);

CREATE TABLE purchase_orders (
    -- pur_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Number that people see, from 1.
    number BIGINT NOT NULL,
    -- From whom; null when nobody said.
    supplier_id TEXT COLLATE "C",
    -- To where.
    warehouse_id TEXT COLLATE "C" NOT NULL,
    -- Where it stands.
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('draft', 'sent', 'on_the_way', 'received', 'cancelled')),
    -- When it should come; null when unknown.
    expected_at BIGINT,
    -- Carriage and duties of the whole, tiyn.
    extra_cost BIGINT NOT NULL,
    -- Who made it, by name.
    made_by TEXT COLLATE "C" NOT NULL,
    -- When.
    created_at BIGINT NOT NULL,
    -- When it was sent; null before.
    sent_at BIGINT,
    -- When it came; null before.
    received_at BIGINT,
    UNIQUE (merchant_id, number)
);

CREATE TABLE purchase_lines (
    -- Which order.
    purchase_id TEXT COLLATE "C" NOT NULL,
    -- Which product.
    product_id TEXT COLLATE "C" NOT NULL,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Pieces asked for.
    ordered BIGINT NOT NULL,
    -- Pieces that came; null before.
    received BIGINT,
    -- What a piece costs, tiyn; null when nobody said.
    unit_cost BIGINT,
    PRIMARY KEY (purchase_id, product_id)
);
CREATE INDEX purchase_lines_of ON purchase_lines (merchant_id, product_id);

CREATE TABLE stock_counts (
    -- cnt_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Where it is counted.
    warehouse_id TEXT COLLATE "C" NOT NULL,
    -- Whether it still goes on.
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('open', 'closed', 'cancelled')),
    -- Who began, by name.
    made_by TEXT COLLATE "C" NOT NULL,
    -- When.
    created_at BIGINT NOT NULL,
    -- When it was closed; null before.
    closed_at BIGINT
);
CREATE INDEX stock_counts_of ON stock_counts (merchant_id, created_at);

CREATE TABLE stock_count_lines (
    -- Which counting.
    count_id TEXT COLLATE "C" NOT NULL,
    -- Which product.
    product_id TEXT COLLATE "C" NOT NULL,
    -- Pieces that should have been there when somebody counted.
    expected BIGINT NOT NULL,
    -- Pieces that were.
    counted BIGINT NOT NULL,
    -- Who counted, by name.
    counted_by TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (count_id, product_id)
);
