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
