# Price list by address, preorders, warehouses.
feed-page-title = Price list for Kaspi
feed-link = Price list
feed-check = Test now
feed-made = Address made by { $by }, { $at }
feed-held-since = Held since { $at }: Kaspi keeps the prices and stock it has.
feed-agree = This is right, send { $n } products
feed-see-out = What is wrong
feed-old = Kaspi has not fetched the list for long: last time { $at }. Check that automatic loading is on in the cabinet
feed-never = Nobody has fetched the list yet. Put the address into the Kaspi cabinet: Goods → Load price list → Automatic loading
feed-off = The list is off: prices leave through the cabinet, the address gives nothing
feed-checked = Test
feed-check-good = The list is in order: { $n } products, { $kb } KB
feed-rows = Products in the list
feed-show-all = All
feed-show-in = In the list
feed-show-out = Not in the list
feed-preview = How { $sku } is written
feed-in = in the list
feed-out = not in the list
feed-no-rows = No such products
feed-address = Address of the list
feed-where = Paste it in the Kaspi cabinet: Goods → Load price list → Automatic loading. Kaspi fetches the list once an hour when it changed
feed-rotate = Change the address
feed-rotate-ask = The old address stops working at once. The new one has to be pasted in the Kaspi cabinet; until then prices and stock stay as they are
feed-rotate-yes = Yes, change it
feed-address-hidden = There is an address. Those who may change the catalogue see it
feed-no-address = There is no address yet. Make one, and Kaspi fetches prices and stock by itself, without signing in to the cabinet
feed-make = Make the address
feed-way = How prices leave
feed-way-cabinet = Through the cabinet
feed-way-cabinet-hint = At once. The address gives nothing
feed-way-feed = By the list
feed-way-feed-hint = Once an hour, when Kaspi fetches it. No sign-in to the cabinet is needed
feed-way-both = Both
feed-way-both-hint = Through the cabinet at once; the list says the same
feed-fetches = Who fetched it
feed-good = Last time whole: { $n } products, { $at }.
feed-next = The next is expected by { $at }.
feed-no-fetches = Nobody so far
feed-fetch-whole = sent whole
feed-fetch-unchanged = unchanged
feed-fetch-broken = connection broke
feed-fetch-held = not sent
feed-fetch-rows = { $n } in, { $out } out
feed-row-off_sale = off sale
feed-row-gone = not in the cabinet
feed-row-no_price = no price
feed-row-bad_price = wrong price
feed-row-no_points = no points of sale
feed-row-bad_sku = wrong SKU
feed-row-sku_repeats = SKU repeats
feed-row-no_model = no name
feed-row-preorder = wrong preorder
feed-row-bad_stock = wrong stock
feed-row-product_no_price = new product without a price: fill it in in the catalogue
feed-row-product_below_floor = new product whose price loses money: raise the price or correct the cost in the catalogue
feed-row-product_no_stock = new product without stock: fill it in in the catalogue
feed-row-product_unfit = new product: check its name, article and price
feed-held-off = The list is off.
feed-held-never_read = The shop's products were not read whole yet.
feed-held-stale = The shop's products were last read long ago: { $read_at }. New products of the cabinet would go off sale.
feed-held-empty = Not one product is left in the list.
feed-held-drop = The list has { $rows } products, it had { $before }. Kaspi would take the others off sale.
feed-held-rows = { $count ->
        [one] One product cannot be written
       *[other] { $count } products cannot be written
    }: { $sku } — { $reason ->
        [no_price] no price
        [bad_price] wrong price
        [no_points] no points of sale
        [bad_sku] wrong SKU
        [sku_repeats] the SKU repeats
        [no_model] no name
        [preorder] preorder days not 1 to 30, or not the same within a city
       *[other] wrong stock
    }. Without them Kaspi would take them off sale.
feed-col-sku = SKU
feed-col-title = Name
feed-col-in = In the list
feed-col-reason = Why not
notice-feed-held = The price list is not given to Kaspi: { $why ->
        [empty] no product is left in it
        [drop] it has less than half of its products
        [never_read] the products were not read whole yet
        [stale] the products were not read for long
       *[other] some products cannot be written
    }. Prices and stock at Kaspi stay as they are
notice-feed-mended = The price list is in order again, Kaspi has fetched it
did-feed-made = Address made. Paste it in the Kaspi cabinet
did-feed-rotated = Address changed, the old one works no more
did-feed-agreed = Agreed: products in the list now { $n }
did-feed-way-cabinet = Prices leave through the cabinet
did-feed-way-feed = Prices leave by the list
did-feed-way-both = Prices leave through the cabinet and by the list
audit-feed-made = Made the address of the price list
audit-feed-rotated = Changed the address of the price list
audit-feed-way = Switched how prices leave
audit-feed-agreed = Agreed to a smaller price list
audit-preorder-set = Switched a preorder on
audit-preorder-ended = Ended a preorder
audit-point-said = Changed stock at a point
audit-point-noted = Changed facts of a warehouse
err-feed-list-changed = The list has { $now } products by now instead of { $seen }. Look at it again
err-preorder-days = { $value } days of preorder are not possible: 1 to 30
err-preorder-over = The end has passed already. Choose a later day
err-preorder-limit = A limit of { $value } is not possible: a whole number from 1
err-point-stock = Stock { $value } is not possible: a whole number from 0 to 1,000,000
err-point-note-long = Too long: { $value } letters. Up to 300
err-point-cut-off = The time { $value } is not possible. Write for example 15:00
what-preorder = preorder
what-point = point
sent-by_list = Kaspi fetches the list by { $at }
sent-by_list_next = Leaves with the list when Kaspi fetches it
sent-in_list = The list has been leaving since { $at }
preorders-title = Preorders
preorders-link = Preorders
preorders-none-title = No preorders
preorders-none = A product can be sold before it arrives: buyers see the days, the order comes marked as a preorder.
preorder-new = New preorder
preorder-which = Which product
preorder-find-first = Find the product first
preorder-days = Days until you hand it over
preorder-days-hint = 1 to 30
preorder-days-n = { $n ->
        [one] { $n } day
       *[other] { $n } days
    }
preorder-ends = Last day
preorder-ends-hint = Empty: until you end it
preorder-limit = How many may be ordered
preorder-limit-hint = At each point. Empty: by stock
preorder-save = Switch the preorder on
preorder-until = until { $at }
preorder-endless = no end
preorder-most = up to { $n } pcs
preorder-works = on
preorder-over = over
preorder-end = End
preorder-remove = Remove
preorder-set = by { $by }, { $at }
preorder-note = A preorder reaches Kaspi with the price list and with every new price. Do not edit such a product in the cabinet by hand: that removes the preorder.
err-preorder-offer = Choose a product
did-preorder-set = Preorder on. Kaspi learns of it with the list or the next price
did-preorder-ended = Preorder ended
warehouses-title = Warehouses and points
warehouses-link = Warehouses
warehouses-none-title = No points yet
warehouses-none = They appear when the shop was read from the cabinet.
warehouse-stock = Stock at the point
warehouse-stock-of = Stock
warehouse-available = Sold here
warehouse-pieces = { $n } pcs
warehouse-sold = available
warehouse-not-sold = not sold
warehouse-say-kaspi = as in Kaspi
warehouse-say-yes = we sell
warehouse-say-no = we do not sell
warehouse-note = Your stock reaches Kaspi with the price list and with every new price. An empty field means the stock of the cabinet.
warehouse-works = works
warehouse-closed = closed
warehouse-facts = About the warehouse
warehouse-address = Address
warehouse-hours = Hours
warehouse-cut_off = Orders until, such as 15:00
warehouse-shelves = Shelves
did-point-noted = Facts of the warehouse kept
cards-link = New cards
newcards-title = New cards
newcards-no-key-title = An API key is needed
newcards-no-key = Cards are sent with the shop's key. Add it in the settings.
newcards-category = Category
newcards-category-hint = For example notebooks
newcards-begin = Find a category, choose products without a card, fill in the attributes and send them to Kaspi.
newcards-no-category = No such category. Try another word
newcards-other = Another category
newcards-products = Products without a card
newcards-no-products = No products without a card
newcards-attributes = Attributes
newcards-mandatory = required
newcards-many = Several values: separate them with semicolons
newcards-yes = Yes
newcards-no = No
newcards-lacks-title = no name
newcards-lacks-brand = no brand
newcards-lacks-photo = no photo by link
newcards-differs = Each product has its own
newcards-table = Fill in by product
newcards-own = What differs
newcards-own-hint = An empty field leaves the common value.
err-cards-nothing-differs = Mark at least one attribute as “Each product has its own”.
newcards-send = Check and send
newcards-note = Kaspi looks through new cards for up to 3 working days. Prices and stock stay as they are.
newcards-uploads = What was sent
newcards-none = Nothing was sent yet
newcards-of = Cards: { $n }, sent by { $by }
newcards-waits = waiting
newcards-unclear = It is not clear whether Kaspi has it. Look in the cabinet before you send again.
newcards-state-recorded = recorded
newcards-state-sending = being sent
newcards-state-unclear = unclear
newcards-state-sent = Kaspi looks through it
newcards-state-done = done
newcards-state-refused = Kaspi refused
notice-cards-unclear = It is not clear whether Kaspi has the new cards ({ $count }). Look in the cabinet before you send again
did-cards-sent = Cards recorded and on their way to Kaspi: { $n }
audit-cards-sent = Sent new cards
job-catalog-cards = Sending new cards
what-upload = upload
err-cards-no-products = Choose at least one product
err-card-refused = Kaspi will not take it: { $sku }, { $member } — { $code ->
        [missing] not filled in
        [long] too long
        [many] too many values
        [twice] repeats
        [pattern] wrong code
        [address] not the address of a picture
        [number] not a number
       *[other] does not fit
    }. Findings in all: { $count }
feed-products = Products without an offer
feed-products-point = The point they lie at
feed-products-no = Leave them out of the list
feed-products-hint = Products of the catalogue that the shop does not sell yet join the list with their price and stock. Kaspi finds a card for them or asks for one.
feed-products-out = What is left out and why
did-feed-products-in = New products join the price list
did-feed-products-out = New products stay out of the price list
audit-feed-products = Changed which new products join the price list
cities-link = Cities and prices
cities-title = Cities and prices
cities-no-points = no points
cities-bot-on = the bot works
cities-bot-off = the bot does not work
cities-end = Let go
cities-same = No prices of its own.
cities-none-title = No cities yet
cities-none = A city appears when the Kaspi cabinet has a point in it.
cities-new = A price of its own in a city
cities-city = City
cities-price = Price in this city
cities-price-hint = The bot sets it here only and never under the minimum. Other cities stay as they are.
cities-save = Fix the price
cities-delivery = Kaspi itself counts the time and cost of delivery to a city, by the address of the point and its tariffs; they cannot be set. Days can be added by a preorder.
cities-where-bot = Where the bot works
err-city-price = “{ $value }” is no price. Type whole tenge.
did-city-price = The price in the city is fixed
did-city-price-ended = The price of its own is gone
audit-offer-city_price = Fixed a price in a city
