## Today: the rows that wait for a person, and yesterday in money.
todo-reorder = Time to order { $n } { $n ->
    [one] product
   *[other] products
}
todo-why-reorder = { $left ->
    [0] Already gone: { $title }
   *[other] First to run out: { $title }, { $left } left, { $daily } sold a day
}
todo-act-reorder = Order
todo-talks = { $n ->
    [one] { $n } conversation waits for an answer
   *[other] { $n } conversations wait for an answer
}
todo-why-talks = { $who } has waited longest: “{ $text }”
todo-act-talks = Answer
todo-send-accept = Accept { $n }
todo-snooze-hour = Put off for an hour
todo-snoozed-close = Hide what is put off
todo-off-title = Put off
todo-off-until = Comes back { $at }
todo-off-hidden = Not shown
todo-back = Bring back
earned-title = Yesterday
earned-how = How it was counted
earned-week-ago = on the same day a week ago
earned-trend = Profit of 14 days
earned-orders = Net profit of { $n ->
    [one] { $n } order
   *[other] { $n } orders
} worth { $sum }.
earned-none = No order was handed over yesterday.
earned-without-cost = Another { $sum } was sold without a known cost.
quality-says = { $name }: { $now }, threshold { $most }
earned-no-cost = No cost known
earned-sold = { $n } { $n ->
    [one] order
   *[other] orders
} worth { $sum } handed over. Enter the costs and we count the profit.
