### What to reorder and why: words of the list and of a product's page.

stock-take = Order
stock-col-left = Lasts
stock-col-demand = Demand
stock-col-there = There
stock-col-arrives = Arrives
stock-col-order = Order
stock-days = { $days } days
stock-days-none = sold out
stock-days-long = over a year
stock-daily = { $daily } a day
stock-every = { $days ->
    [1] 1 a day
   *[other] 1 in { $days } days
}
stock-rate-none = not bought
stock-range = { $low } to { $high }
stock-range-ahead = { $high ->
    [0] usually none in { $days } days
   *[other] { $low }–{ $high } in { $days } days
}
stock-coming = { $n } coming
stock-reserved = { $n } reserved
stock-arrives-coming = on the way
stock-arrives-new = in { $days } days
stock-sum = { $expected ->
    [0] safety { $safety }
   *[other] demand { $expected } + safety { $safety }
}{ $position ->
    [0] { "" }
   *[other] { " " }− there { $position }
}{ $owed ->
    [0] { "" }
   *[other] { " " }+ promised beyond { $owed }
}
stock-sum-batch = , rounded up to the batch
stock-enough = enough: { $rop } needed
stock-not-kept-here = better not kept
stock-picked = Picked
stock-why-none = Nothing was sold: nothing to order.
stock-why-order = Order { $n }: { $rop } are needed, there are { $position } with what is coming and reserved.
stock-why-enough = Too early: { $rop } are needed, there are { $position } with what is coming and reserved.
stock-why-level = The promised service would take { $wanted }, but some would lie longer than { $most } days.
stock-why-rare = Demand is { $rate }: a piece lies longer than { $most } days, so we advise against keeping it. If it must be on the shelf, tell the demand by hand.
stock-why-batch = Demand is { $rate }, and a batch begins at { $batch }: its pieces lie longer than { $most } days on the average, so we advise against ordering. If it must be on the shelf, tell the demand by hand.
stock-why-title = Why { $n }
stock-why-title-none = Why nothing is ordered
stock-why-title-unknown = What to order
stock-part-demand = Demand over { $days } days
stock-part-demand-sum = { $daily } × { $days } ≈ { $expected }
stock-part-less = less than 1
stock-part-safety = Safety stock
stock-part-level = Needed until the next delivery
stock-part-there = There, with coming and reserved
stock-part-owed = Promised beyond what is there
stock-part-lacks = Missing
stock-part-batch = By the supplier's batch
stock-part-order = Order
stock-fact-there = In stock
stock-fact-demand = Demand
stock-fact-lead = Delivery takes
stock-fact-spread = ± { $days }
stock-fill = { $fill } of purchases are served at once.
stock-batch-lasts = A batch of { $sum } sells in about { $days } days.
stock-act-order = Order { $n }
stock-act-rules = Order rules
stock-gap-sure = { $days ->
    [0] It will almost certainly run out before the delivery.
    [one] { $days } day without goods is almost certain.
   *[other] { $days } days without goods are almost certain.
}
stock-gap-likely = { $days ->
    [0] It may run out before the delivery.
    [one] { $days } day without goods is likely.
   *[other] { $days } days without goods are likely.
}
stock-gap-lost = { $lost ->
    [one] About { $lost } sale is lost
   *[other] About { $lost } sales are lost
}
stock-gap-profit = , { $sum } of profit
stock-gap-raise = Raise the price until then
stock-lies = { $reserved } reserved, { $coming } on the way
stock-set-most = Days that goods may lie
stock-set-most-hint = More is not suggested: what is bought less often is not kept. 0 for no limit.
stock-points = Kaspi points
purchases-col = Purchase
stock-part-cheapest = Cheapest batch
stock-cycle = { $share } of deliveries pass without a shortage.
stock-why-cheapest = A year with this batch costs less than with any other: { $sum } for goods, orders and keeping.
stock-promise = What buyers are promised
stock-promise-fill = Share of purchases served from stock at once
stock-promise-cycle = Share of deliveries before which nothing runs out
stock-set-order-cost = One order to a supplier costs, ₸
stock-set-order-cost-hint = Delivery, calls, receiving. Together with keeping it tells the cheapest batch.
stock-set-holding = Keeping for a year, % of the purchase price
stock-set-holding-hint = Money in goods, room, losses. Usually 15–30 %.
stock-breaks = Price by quantity
stock-breaks-hint = One price in a line: 10 — 1400. Below the first line the catalogue’s cost is taken.
stock-budget = Budget, ₸
stock-budget-act = Share out
stock-budget-spent = Ordering for { $spent } of the { $due } that is due.
stock-budget-how = The money went where a tenge saves most profit. The rest waits.
stock-budget-enough = The budget is enough for everything.
stock-budget-off = Remove the budget
stock-budget-due = { $n } are due
err-stock-break = “{ $value }” cannot be read. Write one in a line: 10 — 1400.
err-stock-break-from = The price “from { $value } pieces” will not do: quantities are 1 to a million.
err-stock-break-price = A price of { $value } ₸ will not do: above zero and up to a billion.
err-stock-break-order = The price “from { $value } pieces” is out of order: quantities must rise.
err-stock-breaks-many = { $value } steps, and 20 are the most.
err-stock-batch-costs = The cheapest batch needs two numbers: give both the cost of an order and of keeping, or neither.
err-stock-order-cost = { $value } ₸ for an order will not do: a sum above zero and up to a billion.
err-stock-holding = Keeping of { $value } % will not do: above 0 and up to 1000 %.
