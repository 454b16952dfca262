### The command sauda reorder.

reorder-order = Order { $order }: with what is coming and reserved there are { $position }, the reorder point is { $rop } ({ $daily } a day × { $days } days + safety stock { $safety }).
reorder-enough = Too early to order: with what is coming and reserved there are { $position }, the reorder point is { $rop } ({ $daily } a day × { $days } days + safety stock { $safety }); that lasts { $cover } days.
reorder-no-demand = Nothing to order: not one piece was sold on the days that are known.
reorder-budget-cut = { $wanted } are needed, the budget gives { $order }: the rest of the money saves more on other products.
reorder-budget-none = { $wanted } are needed, but the budget does not reach this product.
reorder-budget-no-price = { $wanted } are needed, but the purchase price is not known: tell price.
reorder-gap = Days without a figure: { $days }. They were not taken for days without sales; if nothing was sold, tell "missing_days": "zero".
reorder-gap-zero = Days without a figure: { $days }. As you asked, they were taken for days without sales.
reorder-sold-out = Days when there was nothing to sell: { $days }. What was asked for then is not known, they were left out.
reorder-one-off = One-off days: { $days }. They were left out.
reorder-short-history = Only { $days } days are known. The figures can be relied on after 28.
reorder-deviation-assumed = The deviation of demand is not told: taken as of independent purchases (variance equals mean). Tell sd or the history of sales.
reorder-service-assumed = No promise is told: { $percent } % of cycles without a shortage are taken. Tell service_level or fill_rate.
reorder-oversold = More is sold than lies there: { $short } are missing.
reorder-no-eoq = The cheapest batch is not computed: tell { $field }.
reorder-batch-week = What an order costs is not known: the batch is a week's sales, { $batch }.
reorder-batch-long = The order and what is there last { $cover } days: the supplier sells no fewer, or fewer do not pay.
reorder-dead-stock = Dead stock: { $units } lie there, and nothing was sold for { $days } days.
reorder-slow-stock = Slow stock: { $units } last { $days } days.
reorder-worth-by-price = The profit of a piece is not known: worth is counted by price. Tell profit or sale_price.
reorder-forecast-stretched = The forecast covers { $over_days } days, { $needed_days } are needed: mean and deviation are carried over to them.
reorder-budget-left = { $spent } ₸ of { $budget } ₸ are spent; { $wanted } ₸ are needed in all.
