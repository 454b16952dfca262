-- owner: stock. What lies where, what moved and why, what is promised to buyers, what is ordered from suppliers.
CREATE TABLE stock_settings (
    -- Whose.
    merchant_id TEXT NOT NULL PRIMARY KEY,
    -- Since when stock is kept here; null while it is not.
    kept_since INTEGER,
    -- A movement that would leave less than nothing is refused; else it is written and shown.
    refuses_negative INTEGER NOT NULL CHECK (refuses_negative IN (0, 1)),
    -- What is free goes into the shops' price lists and cabinets.
    sends_stock INTEGER NOT NULL CHECK (sends_stock IN (0, 1)),
    -- Promised share of pieces that are there at once, basis points.
    fill_bp INTEGER NOT NULL,
    -- Days between looks at what to reorder.
    review_days INTEGER NOT NULL,
    -- Days from order to delivery where no supplier says.
    lead_days INTEGER NOT NULL
) STRICT;

CREATE TABLE warehouses (
    -- whs_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Name.
    name TEXT NOT NULL,
    -- The first one, which orders take from when their point has none.
    is_main INTEGER NOT NULL CHECK (is_main IN (0, 1)),
    -- When it was made.
    created_at INTEGER NOT NULL,
    UNIQUE (merchant_id, name)
) STRICT;

CREATE TABLE warehouse_points (
    -- In which shop.
    shop_id TEXT NOT NULL,
    -- Which point, full spelling.
    point_id TEXT NOT NULL,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Where its pieces come from.
    warehouse_id TEXT NOT NULL,
    PRIMARY KEY (shop_id, point_id)
) STRICT;

CREATE TABLE stock_balances (
    -- Which product.
    product_id TEXT NOT NULL,
    -- In which warehouse.
    warehouse_id TEXT NOT NULL,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Pieces that lie there, the sum of movements.
    on_hand INTEGER NOT NULL,
    -- Pieces sold and not yet handed over.
    reserved INTEGER NOT NULL,
    -- Free pieces that the shops were told last; null before.
    told INTEGER,
    PRIMARY KEY (product_id, warehouse_id)
) STRICT;
CREATE INDEX stock_balances_of ON stock_balances (merchant_id, product_id);

CREATE TABLE stock_movements (
    -- mov_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Which product.
    product_id TEXT NOT NULL,
    -- In which warehouse.
    warehouse_id TEXT NOT NULL,
    -- What happened.
    kind TEXT NOT NULL CHECK (kind IN ('receipt', 'sale', 'return', 'write_off', 'transfer', 'counting', 'correction')),
    -- Pieces that came, or went with a minus.
    quantity INTEGER NOT NULL,
    -- Pieces that lay there after it.
    balance INTEGER NOT NULL,
    -- What a piece cost, tiyn; null when nobody said.
    unit_cost INTEGER,
    -- When.
    at INTEGER NOT NULL,
    -- Who, by name; empty for the program.
    made_by TEXT NOT NULL,
    -- Why, in their words.
    reason TEXT NOT NULL,
    -- Number of the order, purchase or counting; empty when there is none.
    document TEXT NOT NULL,
    -- The same thing is written once.
    once_key TEXT NOT NULL,
    UNIQUE (merchant_id, once_key)
) STRICT;
CREATE INDEX stock_movements_of ON stock_movements (merchant_id, product_id, at);

CREATE TABLE stock_order_lines (
    -- Which order.
    order_id TEXT NOT NULL,
    -- Which line of it.
    line INTEGER NOT NULL,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Which product.
    product_id TEXT NOT NULL,
    -- From where.
    warehouse_id TEXT NOT NULL,
    -- Pieces.
    quantity INTEGER NOT NULL,
    -- Day of the order in Almaty, days since 1970.
    day INTEGER NOT NULL,
    -- Number of the order.
    code TEXT NOT NULL,
    -- Seen only, promised, gone, given up, or back.
    state TEXT NOT NULL CHECK (state IN ('seen', 'held', 'shipped', 'freed', 'returned')),
    PRIMARY KEY (order_id, line)
) STRICT;
CREATE INDEX stock_order_lines_of ON stock_order_lines (merchant_id, product_id, day);

CREATE TABLE suppliers (
    -- sup_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Name.
    name TEXT NOT NULL,
    -- Phone; empty when nobody said.
    phone TEXT NOT NULL,
    -- Days from order to delivery.
    lead_days INTEGER NOT NULL,
    -- Deviation of those days, tenths of a day.
    lead_spread_tenths INTEGER NOT NULL,
    -- Weekdays on which orders are taken, one bit for each from Monday; 127 is every day.
    weekdays INTEGER NOT NULL,
    -- Days off such as 2027-01-01, blanks between.
    days_off TEXT NOT NULL,
    -- When it was made.
    created_at INTEGER NOT NULL,
    UNIQUE (merchant_id, name)
) STRICT;

CREATE TABLE product_supply (
    -- Which product.
    product_id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- From whom; null when nobody said.
    supplier_id TEXT,
    -- Fewest pieces of an order.
    least INTEGER NOT NULL,
    -- Pieces of a pack.
    pack INTEGER NOT NULL,
    -- Pieces a thousand days sell, by somebody's word; null while sales say.
    rate_milli INTEGER,
    -- Not shown among what to reorder until then; null when it is.
    skip_until INTEGER
) STRICT;
CREATE INDEX product_supply_of ON product_supply (merchant_id);

CREATE TABLE stock_one_offs (
    -- Which product.
    product_id TEXT NOT NULL,
    -- Which day, days since 1970 in Almaty, does not speak for the coming ones.
    day INTEGER NOT NULL,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Who said so, by name.
    made_by TEXT NOT NULL,
    PRIMARY KEY (product_id, day)
) STRICT;

CREATE TABLE purchase_orders (
    -- pur_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Number that people see, from 1.
    number INTEGER NOT NULL,
    -- From whom; null when nobody said.
    supplier_id TEXT,
    -- To where.
    warehouse_id TEXT NOT NULL,
    -- Where it stands.
    state TEXT NOT NULL CHECK (state IN ('draft', 'sent', 'on_the_way', 'received', 'cancelled')),
    -- When it should come; null when unknown.
    expected_at INTEGER,
    -- Carriage and duties of the whole, tiyn.
    extra_cost INTEGER NOT NULL,
    -- Who made it, by name.
    made_by TEXT NOT NULL,
    -- When.
    created_at INTEGER NOT NULL,
    -- When it was sent; null before.
    sent_at INTEGER,
    -- When it came; null before.
    received_at INTEGER,
    UNIQUE (merchant_id, number)
) STRICT;

CREATE TABLE purchase_lines (
    -- Which order.
    purchase_id TEXT NOT NULL,
    -- Which product.
    product_id TEXT NOT NULL,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Pieces asked for.
    ordered INTEGER NOT NULL,
    -- Pieces that came; null before.
    received INTEGER,
    -- What a piece costs, tiyn; null when nobody said.
    unit_cost INTEGER,
    PRIMARY KEY (purchase_id, product_id)
) STRICT;
CREATE INDEX purchase_lines_of ON purchase_lines (merchant_id, product_id);

CREATE TABLE stock_counts (
    -- cnt_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Where it is counted.
    warehouse_id TEXT NOT NULL,
    -- Whether it still goes on.
    state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'cancelled')),
    -- Who began, by name.
    made_by TEXT NOT NULL,
    -- When.
    created_at INTEGER NOT NULL,
    -- When it was closed; null before.
    closed_at INTEGER
) STRICT;
CREATE INDEX stock_counts_of ON stock_counts (merchant_id, created_at);

CREATE TABLE stock_count_lines (
    -- Which counting.
    count_id TEXT NOT NULL,
    -- Which product.
    product_id TEXT NOT NULL,
    -- Pieces that should have been there when somebody counted.
    expected INTEGER NOT NULL,
    -- Pieces that were.
    counted INTEGER NOT NULL,
    -- Who counted, by name.
    counted_by TEXT NOT NULL,
    PRIMARY KEY (count_id, product_id)
) STRICT;
