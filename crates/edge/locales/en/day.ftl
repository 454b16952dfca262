# The day: start, steps, what is in the way.

day-start = Run the day
day-look = Look
day-running-title = The day is running
day-paused-title = The day is paused
day-stopped-title = The day stopped at step { $place }
day-done-title = { $n ->
    [0] The day is done
   *[other] The day is done, with remarks
}
day-ended-title = The day was ended early
day-place = step { $place } of { $of }
day-progress = { $percent } % done
day-steps = Steps of the day
day-step-fetch = Get the orders
day-step-check = Check each one
day-step-accept = Accept new ones
day-step-assemble = Mark as ready
day-step-waybills = Wait for waybills
day-step-papers = Check the waybills
day-step-stock = Look at stock
day-step-statuses = Read states again
day-step-report = Make the report
day-short-fetch = Orders
day-short-check = Check
day-short-accept = Accept
day-short-assemble = Ready
day-short-waybills = Waybills
day-short-papers = Papers
day-short-stock = Stock
day-short-statuses = States
day-short-report = Report
day-state-done = done
day-state-warn = done with a remark
day-state-fail = stopped
day-state-skipped = skipped
day-of = { $done } of { $total }.
day-trouble-count = { $n ->
    [one] { $n } order waits for you
   *[other] { $n } orders wait for you
}
day-now-fetch = Reading the open orders at Kaspi.
day-now-check = Looking at what can be done with each.
day-now-accept = No faster than four calls a second: that is Kaspi’s limit.
day-now-assemble = No faster than four calls a second. Each order is marked once.
day-now-waybills = Kaspi makes a waybill in 15 seconds, sometimes in three minutes.
day-now-papers = Opening each one: better to find a broken one now than at the printer.
day-now-stock = Looking at what runs low.
day-now-statuses = Reading the orders at Kaspi once more.
day-now-report = Counting what was done.
day-item-asked = being sent
day-item-done = done
day-item-left = left alone
day-item-trouble = did not work
day-why-unknown-stage = Kaspi names a state that we do not know
day-why-no-lines = Kaspi does not say what was bought
day-why-sign = the buyer still signs for the credit
day-why-preorder = a pre-order, the goods are not there yet
day-why-moved-on = stands elsewhere already
day-why-refused = Kaspi refused
day-why-unsent = could not be sent for half an hour
day-why-unseen = it cannot be seen that it was done
day-why-slow = Kaspi takes longer than two minutes
day-why-no-waybill = there is no waybill yet
day-why-waybill-broken = the waybill does not open
day-fix-unknown-stage = Look at the order in the Kaspi cabinet.
day-fix-no-lines = Goods usually show within a minute. Repeat the step “Check each one”.
day-fix-refused = Open the order: it may have been cancelled. Then repeat the step.
day-fix-unsent = Check the connection and repeat the step.
day-fix-unseen = Check the order in the cabinet before you repeat.
day-fix-slow = Sending goes on without the day. Repeat the step later: nothing is sent twice.
day-fix-no-waybill = We go on looking. If it is not there in ten minutes, look at the order in the cabinet.
day-fix-waybill-broken = Download the waybill from the Kaspi cabinet and print it from there.
day-trouble-no-key = The shop has no key to its orders. Enter it and go on.
day-trouble-bad-token = Kaspi does not accept the shop’s key. Enter it anew and go on.
day-trouble-silent = Kaspi does not answer. What was done is kept, nothing is sent twice. Go on when the connection is back.
day-pause = Pause
day-go-on = Go on from step { $place }
day-end = End
day-log = Log
day-log-none = Nothing has happened yet.
day-look-at = { $n ->
    [one] Settle { $n } thing
   *[other] Settle { $n } things
}
day-hint-running = You may close this page: the day goes on, and if the connection breaks it goes on from the same place.
day-hint-paused = What was sent to Kaspi will finish. Nothing new is sent.
day-hint-stopped = What was done is kept. You may close this page and come back.
day-hint-done = The waybills are with the orders. You may run the day again: nothing is done twice.
day-hint-ended = What was done stays done.
day-report = Accepted { $accepted }, ready { $assembled }, waybills { $waybills }.
day-report-sizes = Buyers asked about a size: { $asked }, confirmed: { $confirmed }.
day-ready = { $n ->
    [one] { $n } order is ready to run
   *[other] { $n } orders are ready to run
}
day-nothing = No new orders
day-first-due = First deadline { $at }.
day-last = Last run { $ago }, in { $took }.
day-last-troubled = { $n ->
    [one] One order was put aside.
   *[other] { $n } orders were put aside.
}
day-first-time = We accept new ones, mark them ready and wait for the waybills. You can stop at any moment.
day-by-itself = Starts by itself at { $at }.
day-run-title = Day { $at }
day-by-schedule = By schedule
day-troubles = For you to settle
day-low = Runs low
day-step-acts = Steps
day-idempotent = Repeating a step is safe: what was done is not done twice.
day-skip = Skip “{ $step }”
day-repeat = Repeat from a step
day-run-running = running
day-run-paused = paused
day-run-stopped = stopped
day-run-done = done
day-run-ended = ended early
days-title = Days
days-runs = Runs
days-none-title = The day has not been run yet
days-none = One press accepts new orders, marks them ready and collects the waybills.
days-settings = How the day goes
days-steps = What to do
days-by-itself = Start by itself
days-by-itself-hint = If the program is off at that time, the day starts when it is on again.
days-starts-at = At what time, Almaty
days-weekdays = On which days
days-low-stock = Low when there are
days-low-stock-hint = We name such goods in the report and on Today.
did-day-started = The day has started
did-day-paused = The day is paused
did-day-goes-on = The day goes on
did-day-ended = The day was ended
did-day-skipped = The step was skipped
did-day-repeats = Repeating, nothing is done twice
did-day-settings = Saved
err-day-not-now = That is not possible now: the day { $state ->
    [running] is running
    [paused] is paused
    [stopped] has stopped
    [done] is done already
   *[ended] was ended already
}
err-day-needed = Without this step the others have nothing to work on
err-day-time = Write the time like 08:30
err-day-weekdays = Choose at least one day of the week
err-day-low-stock = A number from 0 to 1000
notice-day-stopped = The day stopped: { $trouble ->
    [bad-token] Kaspi does not accept the shop’s key
    [no-key] the shop has no key
   *[silent] Kaspi does not answer
}. What was done is kept
notice-day-troubled = { $n ->
    [one] The day is done, { $n } order waits for you
   *[other] The day is done, { $n } orders wait for you
}
notice-stock-low = { $n ->
    [one] Runs low: { $names }
   *[other] { $n } products run low: { $names }
}
audit-day-started = Started the day
audit-day-turned = Held the day or let it go on
audit-day-skipped = Skipped a step of the day
audit-day-repeated = Repeated a step of the day
audit-day-settings = Changed how the day goes

print-title = Print
print-count = { $n ->
    [one] { $n } order
   *[other] { $n } orders
}, { $pieces } pieces
print-list = Pick list
print-of-run = Only the orders of this day.
print-all = Show all
print-more = Up to 500 orders are printed at once; there are { $of }. Choose which to print and pick.
print-parts = Parts of 500 orders
print-part = { $from }–{ $to }
print-chosen = Only the chosen orders.
print-left = Not printed: { $n }, they are closed.
pick-bought = bought { $size }
print-without = { $n ->
    [one] { $n } order has no waybill yet
   *[other] { $n } orders have no waybill yet
}: { $codes }
print-shelf = Shelf { $name }
print-no-shelf = No shelf
print-pieces = { $n } pcs
print-no-waybill = no waybill
print-waybills = Waybills
print-papers = What to print
print-paper = Paper
print-paper-75x120 = Label 75 × 120 mm
print-paper-58x40 = Label 58 × 40 mm
print-paper-100x150 = Label 100 × 150 mm
print-paper-a4 = Sheet of A4
print-layout = Waybills
print-layout-label = Cropped to the label
print-layout-side-by-side = Beside our label, A4
print-layout-two-up = Two on a sheet of A4
print-layout-after = Each after its label
print-choose = Apply
print-file-labels-pdf = Labels
print-file-pick-list-pdf = Pick list, A4
print-file-pick-list-80mm-pdf = Pick list, 80 mm roll
print-file-waybills-pdf = Waybills
print-file-labels-zpl = Labels for a thermal printer, ZPL
print-hint = Labels and waybills come in the order of the list: shelf, model, size. Printing again changes nothing.
print-empty-title = Nothing to print
print-empty = Orders that are to be packed or handed over will be here.
day-print = { $n ->
    [one] Print { $n } waybill
   *[other] Print { $n } waybills
}
pick-taken = Taken
pick-missing = Not on the shelf
pick-progress = { $taken } of { $of } taken
pick-missing-title = Not on the shelf
pick-missing-hint = Open the order: this can be taken out of it, or it can be cancelled.
order-event-picked = Taken from the shelf: { $name }
order-event-not-on-shelf = Not on the shelf: { $name }
order-event-put-back = The mark was taken back: { $name }

pick-title = One at a time
pick-place = { $place } of { $of }
pick-not-there = not on the shelf: { $n }
pick-back = Take the mark back
pick-before = Back
pick-after = Next
pick-scan = Barcode
pick-scan-go = Taken
pick-scan-hint = A scanner types here by itself. Barcodes, articles and numbers of orders fit.
pick-camera = Camera
pick-scan-unknown = “{ $value }” is not in the list. Look whether it is the right thing, or add its barcode to the catalogue.
pick-scan-again = “{ $value }” was taken as often as needed.
pick-done-title = Everything is picked
pick-done = { $missing ->
    [0] All is taken: { $taken }.
   *[other] Taken { $taken }, not on the shelf { $missing }.
}
day-fact-orders = Orders looked at
day-fact-accepted = Accepted
day-fact-assembled = Declared ready
day-fact-waybills = Waybills
day-fact-troubled = Wait for you
day-fact-asked = Asked about a size
day-fact-confirmed = Size confirmed
day-col-step = Step
day-col-done = Done
day-col-trouble = Failed
day-col-why = Why
day-col-left = Left
day-left-open = What stays open
day-page = Page { $n } of { $m }
day-report-pdf = Report, PDF
