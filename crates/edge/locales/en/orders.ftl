# Orders: lists, one order, acts, what happened.

nav-orders = Orders
orders-open = { $n } in work
orders-read-at = read { $ago }
orders-read-now = Refresh
orders-key = Shop key
orders-key-new = Enter a new key
orders-key-give = Give the key
orders-views = Views of the list
orders-view-open = In work
orders-view-new = New
orders-view-pack = To pack
orders-view-hand_over = To hand over
orders-view-on_way = On the way
orders-view-own = To hand out
orders-view-back = Returns
orders-view-done = Done
orders-view-cancelled = Cancelled
orders-view-all = All
orders-search = Number, buyer, product
orders-search-label = Find an order by number, buyer, product, SKU or city
orders-caption = Orders, those due first at the top
orders-selected = selected
orders-news = { $n ->
    [one] { $n } new order. Update the list
   *[other] { $n } new orders. Update the list
}
orders-history = A year of history: { $percent }%
orders-history-label = How much of the history is read
orders-trouble-bad_token = Kaspi does not accept the shop key ({ $since }). New orders cannot be seen: enter the key again
orders-trouble-timeout = Kaspi does not answer questions about orders ({ $since }). We try every two minutes. Outside Kazakhstan orders will not come
orders-trouble-no_connection = No connection to Kaspi ({ $since }). We try every two minutes
orders-trouble-down = Kaspi is down ({ $since }). We try every two minutes
orders-trouble-throttled = Kaspi asks us to wait ({ $since }). We go on by ourselves
orders-trouble-blocked = Kaspi does not let our address in ({ $since }). Check the network or the proxy
orders-trouble-other = Kaspi answered something we do not understand ({ $since }). We try every two minutes
orders-no-key-title = Orders cannot be seen yet
orders-no-key = Give the shop key: Kaspi cabinet, Settings, API token. Only the owner of the cabinet sees it. Orders come within a minute, a year of history a little later.
orders-reading-title = Reading orders
orders-reading = The first time takes up to a minute. The page updates itself.
orders-not-found-title = Nothing here for “{ $query }”
orders-not-found = The order may be done or cancelled already.
orders-search-all = Search all orders
orders-nothing-open = All orders are done
orders-nothing-new = No new orders
orders-nothing-pack = Nothing to pack
orders-nothing-hand_over = Nothing to hand over
orders-nothing-on_way = No orders on the way
orders-nothing-own = Nothing to hand out
orders-nothing-back = No returns
orders-nothing-done = No orders done yet
orders-nothing-cancelled = No cancellations
orders-nothing-all = No orders yet
orders-nothing-next = New ones appear here by themselves.
order-col-due = Due
order-col-buyer = Buyer
order-col-goods = Product
order-col-stage = State
order-col-total = Total
order-col-total-tenge = Total, ₸
order-col-act = Action
order-col-code = Number
order-col-created = Ordered
order-col-town = City
order-col-sku = SKU
order-col-quantity = Pieces
order-col-waybill = Waybill
due-passed = overdue
ordered-at = ordered { $at }
buyer-unknown = Name hidden
goods-unknown = Product not named yet
lines-more = { $n ->
    [one] and { $n } more line
   *[other] and { $n } more lines
}
way-kaspi = Kaspi Delivery
way-express = Express
way-postomat = Postomat
way-pickup = Pickup
way-own = Own delivery
stage-new = New
stage-sign = Being signed
stage-pack = To pack
stage-hand_over = To hand over
stage-on_way = On the way
stage-deliver = To deliver
stage-pickup = Waits for the buyer
stage-preorder = Pre-order
stage-coming_back = Coming back
stage-return_asked = Return asked for
stage-done = Done
stage-returned = Returned
stage-cancelled = Cancelled
stage-unknown = Unknown
stage-what-new = Accept the order in time, or Kaspi cancels it as out of stock and your share of cancellations grows.
stage-what-sign = The buyer is signing for a credit. Nothing to do yet.
stage-what-pack = Pack the order and declare it ready: Kaspi then issues the waybill.
stage-what-hand_over = Stick the waybill on and hand the order over in time.
stage-what-on_way = The order is with Kaspi's delivery. Nothing to do.
stage-what-deliver = Deliver the order yourself. On delivery send the buyer a code and enter it here.
stage-what-pickup = The buyer will come for it. When handing it out send the buyer a code and enter it here.
stage-what-preorder = The goods are not here yet. Say when they have come to the point.
stage-what-coming_back = The order was cancelled on its way. Say when the parcel is back.
stage-what-return_asked = The buyer wants to return it. Say when you have the parcel.
stage-what-done = The order is done.
stage-what-returned = The goods are back with you.
stage-what-cancelled = The order is cancelled.
stage-what-unknown = Kaspi named a state that we do not know. Look at the order in the cabinet.
act-accept = Accept
act-assemble = Ready to hand over
act-cancel = Cancel the order
act-send_code = Send the buyer a code
act-complete = Hand out
act-arrived = Goods have come
act-arrived_backward = Parcel is back
pending-recorded = { $act }: sending
pending-sending = { $act }: sending
pending-taken = { $act }: checking
pending-unclear = { $act }: asking Kaspi
pending-long-recorded = “{ $act }”: recorded and being sent to Kaspi. You may close the page.
pending-long-sending = “{ $act }”: being sent to Kaspi. You may close the page.
pending-long-taken = “{ $act }”: Kaspi took it, we check that the order has changed.
pending-long-unclear = “{ $act }”: Kaspi's answer is unclear. We read the order again and send nothing twice.
order-title = Order { $code }
order-waybill = Waybill
order-waybill-number = Waybill { $number }
order-waybill-stored = stored { $at }
order-waybill-waits = Waiting for the waybill: mostly it is there in 15 seconds, sometimes in three minutes.
order-next = What is next
order-parcels = Parcels
order-assemble-once = Sent once: a second time would make a second waybill.
order-code = Code from the buyer
order-goods = Products
order-goods-wait = Kaspi has not named the products yet. We ask at the next reading.
order-total = Total
order-history = What happened
order-buyer = Buyer and delivery
order-buyer-name = Name
order-phone = Phone
phone-hidden = hidden by Kaspi
order-address = Address
order-town = City
order-way = Delivery
order-origin = From
order-planned = Deliver by
order-reserved = Kept until
order-payment = Payment
payment-PREPAID = At once
payment-PAY_WITH_CREDIT = On credit
order-delivery-cost = Delivery for you
order-created = Ordered
sku-unknown = SKU not named
pieces = pcs
orders-bulk-print = Print labels
orders-bulk-cancel = Cancel…
orders-cancel-title = Cancel orders
orders-cancel-left = Cannot be cancelled now: { $n }
orders-cancel-go = { $n ->
    [one] Cancel { $n } order
   *[other] Cancel { $n } orders
}
orders-cancel-keep = Do not cancel
orders-cancel-none-title = Nothing to cancel
orders-cancel-none = The chosen orders are closed, or something is under way with them.
order-money = Money of the order
order-money-revenue = Revenue
order-money-purchase = Cost of goods
order-money-commission = Commission
order-money-delivery = Delivery
order-money-tax = Tax
order-money-vat = VAT
order-money-payment = Payment fee
order-money-packaging = Packaging
order-money-advertising = Advertising
order-money-profit = Profit
order-money-no-cost = The cost of goods is not known, so the profit is not either. Tell it in the catalogue.
order-cancel-open = Cancel the order…
order-cancel-share = Your cancellations in { $days } days: { $now }, will be { $after }; the threshold is { $threshold }. “Out of stock” counts as your fault.
order-cancel-reason = Reason
order-cancel-comment = Comment, if needed
cancel-reason-out_of_stock = Out of stock
cancel-reason-buyer_asked = The buyer asked for it
cancel-reason-buyer_not_reachable = The buyer cannot be reached
by-market = Kaspi
by-program = Sauda
cancelled-MERCHANT_OUT_OF_STOCK = out of stock
cancelled-BUYER_CANCELLATION_BY_MERCHANT = the buyer asked for it
cancelled-BUYER_CANCELLATION_HIMSELF = the buyer cancelled
cancelled-BUYER_NOT_REACHABLE = the buyer could not be reached
cancelled-TIMEOUT_BUYER_PICKUP = the buyer did not come
cancelled-TIMEOUT_BUYER_SIGNATURE = the buyer did not sign for the credit
cancelled-TIMEOUT_MERCHANT_DELIVERY = not delivered in time
order-event-ordered = The buyer ordered
order-event-stage = State: { $stage }
order-event-stage-why = State: { $stage }. Reason: { $cancelled }
order-event-total = The total changed
order-event-waybill-issued = Kaspi issued waybill { $number }
order-event-waybill-stored = Waybill { $number } stored
order-event-handed-over = Handed over to the delivery
order-event-asked-accept = Accept the order
order-event-asked-assemble = Declare the order ready
order-event-asked-cancel = Cancel the order
order-event-asked-send_code = Send the buyer a code
order-event-asked-complete = Hand the order out
order-event-asked-arrived = Say that the goods have come
order-event-asked-arrived_backward = Say that the parcel is back
order-event-done-accept = The order is accepted
order-event-done-assemble = The order is ready to be handed over
order-event-done-cancel = The cancellation is taken
order-event-done-send_code = The code was sent to the buyer
order-event-done-complete = The order is handed out
order-event-done-arrived = The goods are at the point
order-event-done-arrived_backward = The parcel is back
order-event-refused-accept = Kaspi refused to accept the order: { $text }
order-event-refused-assemble = Kaspi refused to take the order as ready: { $text }
order-event-refused-cancel = Kaspi refused the cancellation: { $text }
order-event-refused-send_code = Kaspi did not send the code: { $text }
order-event-refused-complete = Kaspi did not accept the code: { $text }
order-event-refused-arrived = Kaspi did not take the arrival of the goods: { $text }
order-event-refused-arrived_backward = Kaspi did not take the return: { $text }
order-event-unseen-accept = It cannot be seen that the order is accepted. Check it and accept again
order-event-unseen-assemble = It cannot be seen that the order is ready. Check it in the cabinet before you repeat
order-event-unseen-cancel = It cannot be seen that the order is cancelled. Check it in the cabinet
order-event-unseen-send_code = Whether the code went out is unknown. Ask the buyer or send it again
order-event-unseen-complete = It cannot be seen that the order is handed out. Check it in the cabinet
order-event-unseen-arrived = The arrival cannot be seen. Repeat it
order-event-unseen-arrived_backward = The return cannot be seen. Repeat it
did-act-accept = Accepting order { $code }
did-act-assemble = Declaring order { $code } ready
did-act-cancel = Cancelling order { $code }
did-act-send_code = Sending a code to the buyer of order { $code }
did-act-complete = Handing out order { $code }
did-act-arrived = Noting the goods of order { $code }
did-act-arrived_backward = Noting the return of order { $code }
did-bulk-none = Nothing is selected
did-bulk-act = { $n ->
    [one] Passing { $n } order to Kaspi
   *[other] Passing { $n } orders to Kaspi
}
did-bulk-act-some = Passing to Kaspi: { $n }. Not possible in their state: { $left }
did-orders-read = Reading orders
did-key-given = The key is saved; we check it and read the orders
did-key-forgotten = The key is gone, orders are not read any more
err-no-shop-key = The shop has no key. Enter it in the settings of the shop
err-bad-shop-key = This does not look like a key: { $count } characters. Copy it whole from the Kaspi cabinet
err-act-not-now = Not possible now: the order is in the state “{ $stage }”
err-act-asked = “{ $act }” is under way for this order ({ $by }): wait for it, nothing is sent twice
err-act-parcels = There must be 1 to 20 parcels, not { $value }
err-act-code = A code is four to eight digits
err-act-reason = Choose a reason
err-act-comment = The comment is longer than 1000 characters: { $count }
err-no-waybill = Order { $code } has no waybill yet
notice-key-refused = Kaspi does not accept the shop key: new orders cannot be seen. Enter the key again
notice-order-act-refused = Order { $code }: Kaspi refused. { $text }
notice-order-act-unseen = Order { $code }: it cannot be seen that “{ $act }” was done. Check the order
notice-waybill-late = Order { $code }: no waybill for more than ten minutes. Check it in the cabinet
shop-key = Key to the orders
shop-key-none = none
shop-key-new = being checked (…{ $end })
shop-key-works = works (…{ $end })
shop-key-refused = not accepted by Kaspi (…{ $end })
shop-key-field = Key from the Kaspi cabinet
shop-key-hint = Kaspi cabinet, Settings, API token, Generate. Stored encrypted; only its end is shown.
shop-key-save = Save the key
shop-key-forget = Delete the key
audit-order-asked = Acted on an order
audit-shop_key-given = Gave the shop key
audit-shop_key-forgotten = Deleted the shop key
todo-orders-new = { $n ->
    [one] Accept { $n } order
   *[other] Accept { $n } orders
}
todo-orders-pack = { $n ->
    [one] Pack { $n } order
   *[other] Pack { $n } orders
}
todo-orders-hand-over = { $n ->
    [one] Hand over { $n } order
   *[other] Hand over { $n } orders
}
todo-orders-own = { $n ->
    [one] Hand out { $n } order yourself
   *[other] Hand out { $n } orders yourself
}
todo-why-orders-new = Those not accepted in time are cancelled by Kaspi as out of stock
todo-why-orders-pack = Once declared ready, Kaspi issues the waybill
todo-why-orders-hand-over = The waybills are ready, only the way is left
todo-why-orders-own = Pickup and own delivery: handed out for a code
todo-act-orders-new = Accept
todo-act-orders-pack = Pack
todo-act-orders-hand-over = Show
todo-act-orders-own = Show
orders-key-gone = There is no key to the orders: below is what was read before. New orders cannot be seen
cancelled-BUYER_CANCELLATION_BY_COURIER = the buyer refused the courier
cancelled-RFO_REJECTED = the bank refused the credit
cancelled-TECHNICAL_PROBLEM_CANCELLATION = a technical problem
cancelled-MERCHANT_TIMEOUT = not accepted in time
order-event-wrong-code = The buyer told a wrong code
order-event-came-too-late = “{ $act }”: not needed, the order is in another state already
order-event-never-sent = “{ $act }”: could not be sent for half an hour and was not
notice-order-act-unsent = Order { $code }: “{ $act }” was not sent, Kaspi could not be reached for half an hour. Press again if it is still needed
notice-orders-unreadable = { $n ->
    [one] { $n } order could not be read
   *[other] { $n } orders could not be read
}: look at new orders in the Kaspi cabinet
act-cancel_line = Take out of the order
order-line-cut = Take out of the order…
order-line-left = Of { $of } stay
order-event-asked-cancel_line = Take part of the order out
order-event-done-cancel_line = Part of the order was taken out
order-event-refused-cancel_line = Kaspi refused to take part of the order out: { $text }
order-event-unseen-cancel_line = It cannot be seen that part of the order was taken out. Check it in the cabinet
did-act-cancel_line = Taking part of order { $code } out
err-act-line = So many cannot stay: { $value }. Give fewer than the order has now, or 0

order-line-grams = { $grams } g
order-line-weigh = It weighs less
order-line-weighs = Grams that stay
weigh-reason-underweight = Underweight
weigh-reason-out_of_stock = Not in stock
act-weigh = Change the weight
order-line-imei = IMEI numbers
act-imei = Send IMEI
order-event-asked-weigh = Change the weight
order-event-done-weigh = The weight was changed
order-event-refused-weigh = Kaspi refused to change the weight: { $text }
order-event-unseen-weigh = Nobody can see that the weight was changed. Look in the cabinet
did-act-weigh = Changing the weight in order { $code }
order-event-asked-imei = Send IMEI numbers
order-event-done-imei = IMEI numbers were taken
order-event-refused-imei = Kaspi did not take the IMEI numbers: { $text }
order-event-unseen-imei = Nobody can see that the IMEI numbers were taken. Look in the cabinet
did-act-imei = Sending IMEI numbers of order { $code }
err-act-grams = { $value } g does not fit: give less than was ordered, 0 takes the line out
err-act-imei = The numbers do not fit: each piece needs at least one IMEI of 15 digits, a line for each piece
err-imei-off = Sending IMEI is switched off. Whoever runs the program switches it on: kaspi.imei = true in sauda.toml
order-line-imei-hint = { $n ->
    [one] 15 digits, a second number after a blank
   *[other] { $n } pieces, a line each: 15 digits, a second number after a blank
}
filter-way = Delivery
filter-due = Due
filter-days = Period
orders-due-late = Overdue
orders-due-soon = Next 4 hours
orders-due-today = By the end of today
orders-due-tomorrow = By the end of tomorrow
orders-days-7 = Last 7 days
orders-days-30 = Last 30 days
orders-days-90 = Last 90 days
orders-as-board = As a board
orders-as-list = As a list
orders-not-found-filter = No orders match these filters
orders-column-more = { $n ->
    [one] And { $n } more order
   *[other] And { $n } more orders
}
order-line-by-weight = By weight: not followed in the stock
