### Reports on a schedule, and everything that runs by itself.

automation-reports = Reports
autos-title = What runs by itself
auto-orders = Reading orders
auto-day = The shop's day on schedule
auto-prices = Price bot
auto-feed = Price list for Kaspi
auto-market = Collecting the market
auto-reviews = Reviews of my goods
auto-reports = Reports
auto-last = last
auto-never = not yet
auto-next = next
auto-until = until
auto-open = Open
auto-state-on = Running
auto-state-off = Not set up
auto-state-paused = Paused
auto-state-trouble = Has a problem
auto-state-by-hand = By hand
auto-state-watching = Only watching
auto-state-dry = Dry run
reports-title = Reports
reports-plans = Reports on a schedule
reports-made = Reports that were made
reports-none-title = No reports on a schedule
reports-none = Sauda can send by itself what to order, the profit of the week or the errors of the day: to Telegram, by mail and here.
reports-made-none = Reports appear here after the first one was made.
reports-made-not-found = There are no such reports.
report-new = New report
report-change = Change
report-name = Name
report-name-hint = The heading in Telegram and in the letter
report-what = About
report-shop = Shop
report-shop-hint = For profit and errors. The other reports are about all shops at once
report-all-shops = All shops
report-often = How often
report-weekday = Day of the week
report-weekday-hint = For weekly and every other week
report-month-day = Day of the month
report-month-day-hint = For monthly. A shorter month ends with its last day
report-at-time = Time
report-at-time-hint = In Almaty, such as 9:00
report-to = To
report-language = Language of the report
report-pictures = With the chart and a PDF
report-no-mail = No letters are sent here: the settings file names no mail server.
report-goes-to = To:
report-send-now = Send now
report-kind-reorder = What to order
report-kind-forecast = Sales forecast
report-kind-profit = Profit
report-kind-market = Market
report-kind-errors = Errors
report-filter-all = All
report-filter-reorder = What to order
report-filter-forecast = Forecast
report-filter-profit = Profit
report-filter-market = Market
report-filter-errors = Errors
report-freq-daily = Every day
report-freq-weekly = Every week
report-freq-biweekly = Every other week
report-freq-monthly = Every month
report-weekday-1 = Monday
report-weekday-2 = Tuesday
report-weekday-3 = Wednesday
report-weekday-4 = Thursday
report-weekday-5 = Friday
report-weekday-6 = Saturday
report-weekday-7 = Sunday
report-when-daily = every day at { $at }
report-when-weekly = { $weekday ->
    [d1] Mondays
    [d2] Tuesdays
    [d3] Wednesdays
    [d4] Thursdays
    [d5] Fridays
    [d6] Saturdays
   *[d7] Sundays
} at { $at }
report-when-biweekly = every other { $weekday ->
    [d1] Monday
    [d2] Tuesday
    [d3] Wednesday
    [d4] Thursday
    [d5] Friday
    [d6] Saturday
   *[d7] Sunday
} at { $at }
report-when-monthly = on day { $day } of the month at { $at }
report-to-screen = screen
report-to-telegram = Telegram: everybody who may see it
report-to-mail = mail: everybody who may see it
report-to-chat = Telegram: { $who }
report-to-group = Telegram group: { $who }
report-to-address = mail: { $who }
report-to-not-confirmed = the address is not confirmed
report-state-making = Being made
report-state-made = Made
report-state-failed = Failed
report-unsent = not sent: { $n }
report-making = The report is being made. You may close the page; it will be in the list.
report-failed = The report failed: a part of the program did not answer. The log says why, and it can be repeated there.
report-log = Log
report-picture = Picture
report-was = was
report-sent-title = Where it went
report-sent-queued = Waiting
report-sent-sending = Sending
report-sent-sent = Delivered
report-sent-failed = Not delivered
report-sent-unclear = Unclear
report-unsent-unconfirmed = The address is not confirmed. Open the link from the letter: Settings → Notifications
report-unsent-no-right = This person may not see it. The owner can grant that: Settings → Team
report-unsent-group = Profit is not sent to a group: every member would see it
report-unsent-unlinked = The chat is not linked. Link it: Messages → Telegram
report-unsent-unknown = Nobody of the team has this address
report-unsent-nobody = Nobody has both a way to be told and the right to see it
report-more = and { $n } more
report-span = { $from } – { $to }
report-at = { $at }
report-letter-foot = Sauda sent this letter on schedule. Change it or switch it off: Automation → Reports.
report-letter-foot-page = Sauda sent this letter on schedule. The whole report: { $page }
report-head-reorder = { $n ->
    [one] { $n } product to order
   *[other] { $n } products to order
} for { $sum }
report-head-reorder-bare = { $n ->
    [one] { $n } product to order
   *[other] { $n } products to order
}
report-head-reorder-none = Nothing has to be ordered yet
report-head-forecast = { $n ->
    [one] { $n } product runs out before new goods can be here
   *[other] { $n } products run out before new goods can be here
}
report-head-forecast-calm = Goods last until the next delivery: { $known } with a forecast
report-head-forecast-none = No forecast: too few sales so far
report-head-profit = Net { $profit } of { $revenue } in sales; { $before } before
report-head-profit-none = No orders were handed out in these days
report-head-market = { $fresh } new cards, { $gone } gone, { $grown } new reviews
report-head-market-none = The market was not read yet
report-head-errors = { $n ->
    [one] { $n } problem in this time
   *[other] { $n } problems in this time
}
report-head-errors-none = There were no problems
report-say-without-cost = { $n ->
    [one] { $n } product has no cost and is not in the sum
   *[other] { $n } products have no cost and are not in the sum
}
report-say-unknown-demand = { $n ->
    [one] The demand of { $n } product is unknown: say how many sell a day
   *[other] The demand of { $n } products is unknown: say how many sell a day
}
report-say-market-failing = Not read: { $n }. The market page says why
report-fact-revenue = Sales
report-fact-profit = Profit
report-fact-margin = Margin, %
report-fact-orders = Orders
report-fact-commission = Commission
report-fact-delivery = Delivery
report-fact-tax = Tax
report-fact-returned = Returned for
report-part-reorder = What to order
report-part-cover = Days that goods last
report-part-runs-out = Runs out before delivery
report-part-expected = Expected in 14 days, and sold in the last 14
report-part-profit-days = Profit by day
report-part-best = Earned most
report-part-worst = Earned least
report-part-missing = Without a cost
report-part-market = What changed
report-part-market-grown = New reviews
report-part-errors = How many, and where
report-part-notices = Notices
report-part-jobs = Jobs that gave up
report-part-days = Days that stopped
report-part-unsent = Messages to your team that did not arrive
report-col-product = Product
report-col-order = Order
report-col-free = In stock
report-col-days = Days
report-col-supplier = Supplier
report-col-cost = Sum
report-col-daily = A day
report-col-lead = Delivery, days
report-col-expected = Expected
report-col-range = From–to
report-col-sold = Sold
report-col-change = Change
report-col-pieces = Pieces
report-col-revenue = Sales
report-col-profit = Profit
report-col-margin = Margin, %
report-col-source = Category
report-col-cards = Cards
report-col-middle = Middle price, ₸
report-col-fresh = New
report-col-gone = Gone
report-col-grown = Reviews
report-col-sellers = Sellers
report-col-what = What
report-col-why = Why
report-col-times = Times
report-col-last = When
report-col-shop = Shop
job-reports-make = Report
notice-report-made = Report “{ $name }” is ready
audit-reports-plan_added = Added a report on a schedule
audit-reports-plan_changed = Changed a report on a schedule
audit-reports-plan_paused = Paused or resumed a report
audit-reports-plan_removed = Removed a report on a schedule
audit-reports-plan_sent = Sent a report now
did-report-saved = Report “{ $name }” is saved
did-report-sent = The report is being made and goes out now
did-report-paused = The report is paused
did-report-resumed = The report is on. What was missed in the pause is not sent
did-report-removed = The report is removed; those that were made stay
err-report-name = “{ $value }” will not do: a name of up to 60 characters is needed
err-report-name-taken = There is a report “{ $name }” already: choose another name
err-report-shop = This report is about all shops at once: choose All shops
err-report-day = “{ $value }” will not do: days of the week are 1 to 7, of the month 1 to 31
err-report-time = “{ $value }” is not a time: write it as 9:00
err-report-recipients = Choose who gets it: at least the screen
err-report-to-unconfirmed = The address { $who } is not confirmed: open the link from the letter that Settings → Notifications sends
err-report-to-no-right = { $who } may not see such a report. The owner can grant that under Settings → Team
err-report-to-group = Profit cannot go to a group: every member would see it. Choose a personal chat
err-report-to-unlinked = The chat { $who } is not linked: link it under Messages → Telegram
err-report-to-unknown = { $who }: nobody of the team has this address. Invite them or choose another one
err-report-many = There are { $most } reports, which is the most: remove one
err-report-file = Report “{ $name }” is declared in the settings file: change it there. It can be paused here
report-part-commands = Acts on orders that did not go through
report-part-untold = Messages to buyers that did not arrive
report-col-number = Order
report-command-unseen = Kaspi took it, but the order does not show it
report-fact-without_cost = Without a known cost
report-fact-purchase = Purchase
report-fact-own = Packaging and advertising
