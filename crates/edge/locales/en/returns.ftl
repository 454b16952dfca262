### Returns.

returns-title = Returns
returns-views = Which returns to show
return-view-todo = To decide
return-view-coming = On the way
return-view-closed = Closed
return-view-all = All
returns-search = Number, order, article, reason
returns-trouble = We could not read the returns: Kaspi’s cabinet did not let us in. You see what was read before. Sign in to the cabinet again.
returns-no-access-title = Returns are seen in the cabinet only
returns-no-access = The key for orders does not show them. Connect the shop by signing in to Kaspi’s cabinet.
returns-shops = Shops
returns-reading-title = Reading returns
returns-reading = It takes less than a minute. You may close the page.
returns-not-found = We search numbers of returns and orders, articles, buyers and reasons.
returns-nothing-todo = Nothing to decide
returns-nothing-coming = Nothing is coming back
returns-nothing-closed = No closed returns
returns-nothing-all = There were no returns
returns-nothing = We read returns every half hour and tell you when there is a new one.
returns-hint = Accepting or refusing a return is possible in Kaspi’s cabinet only. Returns that are not collected block handing over new orders.
return-number = Return { $number }
return-tab-new = Asked for
return-tab-on_delivery = On its way to you
return-tab-waiting_decision = Waits for a decision
return-tab-dispute = In dispute
return-tab-closed = Closed
return-until = until { $at }
return-goods-unknown = The product was not named
return-order = Order { $code }
return-track = Where the parcel is
return-mark-none = Not marked
return-mark-collected = Collected
return-mark-stocked = Back in stock
return-mark-written_off = Written off
return-mark-disputed = We dispute it
return-act-none = Take the mark back
return-act-collected = Collected
return-act-stocked = Back to stock
return-act-written_off = Write off
return-act-disputed = Dispute
return-act-undo = Undo
return-condition = Condition:
return-goods-intact = as new
return-goods-opened = opened
return-goods-worn = used
return-goods-damaged = damaged
return-picture = Photo { $n }
return-col-number = Return
return-col-order = Order
return-col-sku = Article
return-col-goods = Product
return-col-quantity = Quantity
return-col-sum = Sum, ₸
return-col-reason = Reason
return-col-state = State
return-col-until = Until
return-col-mark = Mark
return-col-condition = Condition
did-return-marked = Marked
did-returns-read = Reading returns
order-event-return-collected = Return { $number } was collected
order-event-return-stocked = Return { $number } went back to stock
order-event-return-written_off = Return { $number } was written off
order-event-return-disputed = Return { $number } is disputed
order-event-return-none = The mark of return { $number } was taken back
order-event-return-goods = Return { $number } was looked at: { $condition ->
    [intact] as new
    [opened] the packing was opened
    [worn] it was used
   *[damaged] damaged
}
err-return-not-now = It cannot be marked so: the return is { $mark ->
    [collected] collected
    [stocked] back in stock
    [written_off] written off
    [disputed] in dispute
   *[other] not marked yet, collect it first
}. Refresh the page.
notice-returns-waiting = { $n ->
    [one] { $n } return waits for you
   *[other] { $n } returns wait for you
}
audit-return-looked_at = Looked at a return
audit-return-marked = Marked a return

quality-title = Quality for Kaspi
quality-cancelled = Cancelled by your fault
quality-late = Handed over late
quality-returned = Returned because of quality
quality-of = { $count } of { $of }
quality-most = at most { $share }
quality-hint = The last 30 days, from your own orders. Above the threshold Kaspi restricts the shop. The cabinet may differ a little.
