# Words of the pages. Texts of refusals of services are in files of their own.

## Даты
date-seconds = { $n } s
date-minutes = { $n } min
date-hours = { $n } h
date-days = { $n } { $n ->
        [one] day
       *[other] days
    }
date-yesterday = yesterday
date-tomorrow = tomorrow
date-month-1 = Jan
date-month-2 = Feb
date-month-3 = Mar
date-month-4 = Apr
date-month-5 = May
date-month-6 = Jun
date-month-7 = Jul
date-month-8 = Aug
date-month-9 = Sep
date-month-10 = Oct
date-month-11 = Nov
date-month-12 = Dec
date-month-of-1 = January
date-month-of-2 = February
date-month-of-3 = March
date-month-of-4 = April
date-month-of-5 = May
date-month-of-6 = June
date-month-of-7 = July
date-month-of-8 = August
date-month-of-9 = September
date-month-of-10 = October
date-month-of-11 = November
date-month-of-12 = December
date-weekday-1 = Monday
date-weekday-2 = Tuesday
date-weekday-3 = Wednesday
date-weekday-4 = Thursday
date-weekday-5 = Friday
date-weekday-6 = Saturday
date-weekday-7 = Sunday

## Общее
skip-to-content = Skip to content
title-error = Error: 
errors-title = { $n ->
        [one] Correct one thing
       *[other] Correct { $n } things
    }
back = Back
cancel = Cancel
close = Close
save = Save
show = Show
remove = Remove
revoke = Revoke
copy = Copy
copied = Copied
undo = Undo
more = More
more-for = More: { $what }
all = All
yes = yes
no = no
off = off
turn-on = Turn on
turn-off = Turn off
never = never
before = Before
after = After
from = From
to = Until
ms = { $n } ms
try-again = Try again
go-home = Go home
search = Search
find = Find
filters = Filters
filters-reset = Reset all
period = Period
city = City
sku = SKU
minimum = Minimum
maximum = Maximum
step = Step
cost = Cost
cost-from-stock = By the stock: { $sum }. Type your own to use another
cost-from-catalogue = From the catalogue: { $sum }. Type your own to use another
cost-assumed-commission = No known category: the shop’s usual commission was taken
cost-assumed-tax = The tax regime is not in force today: the shop’s usual tax was taken
cost-assumed-weight = No known weight: delivery is counted by the shop’s usual weight
set-it = set
no-cost = no cost
no-rival = nobody
no-limit = no limit
step-of = step { $step }
place-of = of { $of }
delta-up = up by
delta-down = down by
goods-count = { $n } { $n ->
        [one] product
       *[other] products
    }
unit-minutes = min
unit-days = days
unit-of = { $what }: unit
show-password = Show password
language = Language
language-ru = Русский
language-kk = Қазақша
language-en = English
theme = Theme
theme-system = As in the system
theme-light = Light
theme-dark = Dark
theme-switch = Switch theme
live-offline = No connection: changes are not saved for now
live-lost = connection lost
save-failed = We could not save. The value is still in the field, try again
conflict-keep-mine = Keep mine
conflict-take-theirs = Take theirs
pager-label = Pages
pager-range = { $from }–{ $to } of { $of }
pager-back = Back
pager-next = Next
export-csv = Download CSV
export-xlsx = Download Excel
export-json = Download JSON
export-history = Download history
step-state-done = done
step-state-now = running
step-state-todo = to come
step-state-fail = failed
step-state-warn = with a remark
due-until = by { $at }
due-left = { $left } left

## Меню
nav-label = Sections
nav-main = Main
nav-waiting = waiting:
nav-group-daily = Every day
nav-group-system = System
nav-today = Today
nav-prices = Prices
nav-automation = Automation
nav-settings = Settings
nav-more = More
nav-profile = Profile
nav-security = Security
shops-other = { $n ->
        [0] one shop
        [one] and { $n } more shop
       *[other] and { $n } more shops
    }
sign-out = Sign out
more-shop = Shop
palette-label = Search and commands
palette-placeholder = Product, SKU or command
palette-do = Do
palette-go = Go
palette-found = Found
keys-title = Keyboard shortcuts
key-search = Search and commands
key-find = Find on the page
key-next = Next row
key-previous = Previous row
key-mark = Mark the row
key-edit = Edit the minimum
key-open = Open
key-cancel = Cancel
key-undo = Undo the last change
key-help = This list

## Беда и пауза
trouble-silent = Kaspi stopped answering { $since }.
trouble-session = The cabinet session ended { $since }, prices are not being sent.
trouble-data-age = You see data of { $at }. Prices are held so that nothing goes wrong.
trouble-next-try = We try again in { $left }.
trouble-act-silent = What was checked
trouble-act-blocked = What to do
trouble-act-session = Sign in again
pause-banner = Prices are paused: { $by }, { $since }
pause-banner-until = Prices are paused until { $until }: { $by }
pause-all = Pause all prices
pause-all-short = Pause all
pause-resume = Turn prices on
pause-title = Pause all prices
pause-is-on = Prices are paused
pause-resume-lead = The bot will change prices by the rules again. The first changes follow within a minute.
pause-stops = The bot stops changing prices in this shop
pause-remains = Prices that were already sent stay as they are
pause-watches = The bot keeps watching rivals
pause-until = Until when
pause-until-hour = One hour
pause-until-morning = Until the morning, 8:00
pause-until-open = Until I turn it on
pause-act = Pause prices
pause-on-the-way = Already sent and waiting for confirmation: { $n } { $n ->
        [one] price
       *[other] prices
    }
pause-one = Pause
resume-one = Turn on

## Вход
sign-up-title = The first owner
sign-up-lead = This installation is new and nobody is in it yet. You become the owner and can invite others.
sign-up-name = Your name
sign-up-act = Create the owner
sign-up-kept = Everything is kept on your server. Only requests to Kaspi leave it.
login-field = Phone or e-mail
login-hint = Either will do: you sign in with it
password = Password
password-hint = At least 10 characters. A phrase of several words is fine
password-new = New password
password-old = Current password
password-change = Password
password-change-act = Change the password
password-ends-sessions = Other devices will have to sign in again.
sign-in-title = Sign in
sign-in-act = Sign in
sign-in-locked-title = Sign-in is closed for a while
sign-in-locked = There were many wrong attempts. Try again after { $until }.
sign-in-locked-left = Left:
sign-in-forgot = Forgot the password?
sign-in-forgot-how = Ask the owner: “Settings → Team” makes a link for you. The owner can make a link on the server with the command sauda reset-link.
second-title = Second step
second-lead = Enter the code from the app. It changes every 30 seconds.
second-code = Code from the app
second-recovery-lead = Enter one of your recovery codes. It works once.
second-recovery-code = Recovery code
second-use-app = Use the code from the app
second-use-recovery = No phone at hand: use a recovery code
second-scan = Open your authenticator app, scan the picture and enter the code that it shows.
second-qr = Picture for the authenticator app
second-by-hand = Cannot scan? Type the key:
second-turn-on = Turn on the second step
second-turn-off = Turn off
second-is-on = On
second-why = Signing in will take a code from an app on your phone besides the password. A stranger with your password will not get in.
second-recovery-left = Recovery codes left: { $n }
second-new-codes = New recovery codes
second-codes-once = The second step is on. Keep the recovery codes: we will not show them again.
join-title = Team “{ $merchant }”
join-lead = { $by } invites you. Role: { $role }.
join-act = Join
join-dead-title = The link no longer works
join-dead = The invitation was used, withdrawn or is too old. Ask the owner for a new one.
reset-title = New password
reset-dead-title = The link no longer works
reset-dead = The link was used already or is older than a day. Ask for a new one.
bare-how-kept = How access is kept
bare-version = Sauda { $version }, runs on your server
kept-password = The Kaspi password is needed only while signing in. We do not keep it.
kept-session = The session is encrypted with a key that lies apart from the database.
kept-code = The SMS code goes to Kaspi and stays nowhere.
kept-end = Access can be closed in “Settings → Shops” or in the Kaspi cabinet.
kept-log = Every act of the bot and of people is written to a journal that cannot be edited.

## Подключение магазина
connect-shop = Connect a shop
connect-title = Connect a Kaspi shop
connect-renew-title = Sign in again: { $login }
connect-lead = The bot needs the seller's cabinet to see your products and change prices. Until the first rules Sauda only reads.
connect-steps = Steps
connect-step-way = Way
connect-step-login = Sign in
connect-step-code = Code
connect-step-check = Check
connect-phone = By phone and SMS code
connect-phone-gives = The number that you use for the cabinet. No password needed.
connect-phone-field = Phone
connect-mail = By e-mail and password
connect-mail-gives = For an employee whom the owner added to the cabinet. Kaspi sends a code by e-mail.
connect-mail-field = E-mail
connect-mail-password = Cabinet password
connect-mail-password-hint = Goes to Kaspi once and is not kept
connect-next = Continue
connect-kept = We keep only the session, encrypted on your server. You can close it at any time.
connect-blocked = Kaspi has closed sign-in until { $until }. Left:
connect-code-title-phone = SMS code
connect-code-title-mail = Code from the e-mail
connect-code-sent = Kaspi sent { $n } { $n ->
        [one] digit
       *[other] digits
    } to **{ $to }**.
connect-code-sent-mail = Kaspi sent a code to **{ $to }**.
connect-code-other-phone = Another number
connect-code-other-mail = Another e-mail
connect-code = Code
connect-act = Connect
connect-resend = Send again
connect-resend-in = Send again in
connect-code-kept-phone = The code goes to Kaspi and is not kept. If there is no SMS for two minutes, check that the number is the one in the seller's cabinet.
connect-code-kept-mail = The code goes to Kaspi and is not kept. If there is no e-mail for two minutes, look into Spam.
connect-code-last = After the last mistake Kaspi closes sign-in for 15 minutes: if in doubt, ask for a new code.
connect-check-title = Checking access
connect-check-lead = Reading the shop since { $since }. A minute is usually enough.
connect-may-leave = You may close the page: reading goes on.
connect-done-title = The shop is connected
connect-done-lead = Products are read. Prices stay as they are until you turn rules on.
connect-failed-title = We could not read the shop
connect-open = Open the shop
sync-session = Signing in to the cabinet
sync-shops = Shops and pick-up points
sync-offers = Products, prices and stock
sync-rivals = First look at rivals
sync-count = { $done } of { $total }
sync-reading = reading

## Сегодня
today-live = Heard from Kaspi: { $ago }
setup-title = { $n ->
        [one] One step left
       *[other] { $n } steps left
    }
setup-lead = Until the steps are done Sauda changes nothing in Kaspi: it only reads.
setup-connect = Connect a shop
setup-limits = Load costs and limits
setup-rule = Choose a rule
setup-on = Turn the bot on
setup-why-connect = Sign in to the seller's cabinet by phone and code.
setup-why-limits = So that nothing is sold at a loss. A table will do: SKU, minimum, maximum, cost.
setup-why-rule = How the bot behaves beside rivals. A rule can be tried on history.
setup-why-on = You can start with 10 % of products and look at the receipts.
setup-act-connect = Connect
setup-act-limits = Upload a file
setup-act-rule = Choose a rule
setup-act-on = Turn the bot on
setup-costs-act = Load price limits
setup-done-connect = { $shop }: { $offers } products read
setup-done-limits = { $n } products have limits
setup-done-rule = Rule “{ $name }”
setup-done-on = The bot is on
setup-minutes = { $n } min
todo-title = Waiting for you
todo-snoozed = Put off: { $n }
todo-none = All done for today.
todo-next = Next deadline { $at }.
todo-snooze-evening = Put off until the evening
todo-snooze-tomorrow = Put off until tomorrow
todo-hide = Do not show
todo-access-ended = Sign in to Kaspi again: { $shop }
todo-why-access-ended = The session ended, new prices are not being sent
todo-act-access-ended = Sign in
todo-asks = The bot asks about { $n } { $n ->
        [one] price
       *[other] prices
    }
todo-why-asks = The change is larger than the threshold you set
todo-act-asks = Decide
todo-at-floor = { $n } { $n ->
        [one] product is
       *[other] products are
    } at the minimum
todo-why-at-floor = Rivals are cheaper than your limit
todo-act-at-floor = Look
todo-joined = { $n } { $n ->
        [one] seller
       *[other] sellers
    } joined your cards
todo-why-joined = Check whether they have the right to
todo-act-joined = Look
todo-no-limits = { $n } { $n ->
        [one] product has
       *[other] products have
    } no limits
todo-why-no-limits = Without limits the bot leaves these prices alone
todo-act-no-limits = Set limits
todo-parked = { $n ->
        [one] One job
       *[other] { $n } jobs
    } cannot go on without you
todo-why-parked = Attempts are used up
todo-act-parked = Retry
today-first = In first place
today-not-first = Not first
today-week-ago = against last week
today-kept = The bot keeps { $n } { $n ->
        [one] price
       *[other] prices
    }
today-places = First: { $first }, second and third: { $three }, lower: { $lower }
today-place-first = First place
today-place-three = Second and third
today-place-lower = Lower
today-health = How it is going
today-confirmed = Kaspi confirmed a price
today-checked = Rivals were checked
today-answer = Answer to a rival's move
today-dead-man = If there is no contact
today-dead-man-after = acts after { $left }
today-dead-man-acted = prices are held
today-changes = Price changes
today-changes-today = { $n } today
today-changes-label = Price changes by day, { $n } today
feed-title = What prices did
feed-since-midnight = { $n } { $n ->
        [one] change
       *[other] changes
    } since midnight
feed-none = No price has changed today yet.
feed-first-again = first place again
feed-place = place { $place }
feed-on-floor = at the minimum, place { $place }
feed-rival-left = a rival left, the price is up
feed-refused = Kaspi refused, we retry in { $minutes } min
feed-set = new price
feed-step-back = waiting out a price war, place { $place }

## Цены
view-all = All
view-not_first = Not first
view-floor = At the minimum
view-no_limits = No limits
view-errors = Errors
view-paused = Paused
view-asks = Asks
view-gone = Gone
prices-views = Views
prices-checked = checked { $ago }
prices-search = Name, SKU, link
prices-search-label = Find a product
prices-caption = Products and price rules
prices-none-title = No products yet
prices-none = Connect a shop: products arrive within a minute and the bot starts watching rivals.
prices-done-title = Nothing here, and that is good
prices-done = No product in this view needs you.
prices-show-all = Show all products
prices-not-found-title = Nothing for “{ $query }”
prices-not-found-filter = Nothing with these filters
prices-not-found = Searched among { $n } { $n ->
        [one] product
       *[other] products
    }.
prices-not-found-drop = Without the filter “{ $filter }” there would be { $n }.
prices-show-n = Show { $n } { $n ->
        [one] product
       *[other] products
    }
filter-city = City
filter-strategy = Strategy
filter-category = Category
filter-margin = Margin
filter-stock = Stock
filter-rule = Rule
filter-drop = Drop the filter
columns = Columns
columns-title = Which columns to show
column-place = Place
column-price = My price
column-rival = Best rival
column-limits = Minimum and maximum
column-strategy = Strategy
column-profit = Profit and margin
column-stock = Stock
column-state = State
col-goods = Product
col-place = Place
col-my-price = My price
col-rival = Rival
col-limits = Minimum and maximum
col-strategy = Strategy
col-profit = Profit
col-stock = Stock
col-state = State
col-when = When
col-job = Job
col-schedule = Schedule
col-next = Next
col-last = Last time
col-usual = Usually
col-acts = Actions
select-page = Select all on the page
select-row = Select
best-rival = Best rival
goal-standard = A step under the rival
goal-always_first = Hold first place
goal-stay_top_n = Stay in the top…
goal-match = Level with the cheapest
goal-hold_margin = Margin not under…
goal-profit = Most profit
goal-manual = Kept by hand
goal-none = Not set
strategy-short-standard = A step under
strategy-short-always_first = Hold first place
strategy-short-stay_top_n = Stay in the top
strategy-short-match = Level
strategy-short-hold_margin = Keep the margin
strategy-short-profit = Most profit
strategy-short-manual = Manual price
strategy-short-none = Not set
strategy-why-standard = Stands just under the cheapest. Leaves the price when you are cheaper anyway.
strategy-why-always_first = As “a step under”, and climbs towards the second when you are first with room.
strategy-why-stay_top_n = Does not fight for first: keeps a place in the top N and gives nothing away.
strategy-why-match = The same price as the cheapest. Delivery and rating decide the rest.
strategy-why-hold_margin = The best place that leaves the margin you want.
strategy-why-profit = The price with the highest profit by your own sales history.
bulk-label = What to do with the selected
bulk-selected = selected
bulk-all = All { $n }
bulk-clear = Clear the selection
bulk-min = Minimum…
bulk-max = Maximum…
bulk-step = Step…
bulk-strategy = Strategy…
bulk-pause = Pause
bulk-title-min = Minimum: { $n } { $n ->
        [one] product
       *[other] products
    }
bulk-title-max = Maximum: { $n } { $n ->
        [one] product
       *[other] products
    }
bulk-title-step = Step: { $n } { $n ->
        [one] product
       *[other] products
    }
bulk-title-strategy = Strategy: { $n } { $n ->
        [one] product
       *[other] products
    }
bulk-title-pause = Pause: { $n } { $n ->
        [one] product
       *[other] products
    }
bulk-title-resume = Turn on: { $n } { $n ->
        [one] product
       *[other] products
    }
bulk-how = How
bulk-how-set = Set a number, ₸
bulk-how-price = My price plus or minus, %
bulk-how-percent = Its present value plus or minus, %
bulk-how-tenge = Its present value plus or minus, ₸
bulk-how-cost = Cost × number
bulk-value-min = Value
bulk-value-max = Value
bulk-value-step = Step, ₸
bulk-preview = Show what will happen
bulk-will = What will change
bulk-changed = Changed
bulk-unchanged = Unchanged
bulk-refused = Refused
bulk-first-rows = First products, before and after
bulk-first-of = The first { $n } of { $of } are shown
bulk-refused-why = Why not: { $n }
bulk-apply-min = Change the minimum of { $n }
bulk-apply-max = Change the maximum of { $n }
bulk-apply-step = Change the step of { $n }
bulk-apply-strategy = Change the strategy of { $n }
bulk-apply-pause = Pause { $n }
bulk-apply-resume = Turn on { $n }
bulk-act-min = Minimum
bulk-act-max = Maximum
bulk-act-step = Step
bulk-act-strategy = Strategy
bulk-act-pause = Pause
bulk-act-resume = Turning on
bulk-done-title = Changed
bulk-undone-title = Put back as it was
bulk-done-by = { $action }: { $by }, { $at }
bulk-undo = Put { $n } back
bulk-undo-until = Can be undone until { $until }
bulk-going-title = Changing
bulk-undoing-title = Putting back
bulk-progress = { $done } of { $total } done
bulk-may-leave = You may close this page: the work goes on without it.
back-to-prices = To prices

## Товар
product-now = Now
product-profit = Profit a sale
product-asks = The bot proposes **{ $price }**: the change is over the threshold and needs your decision.
product-pinned = The price { $price } is pinned. The bot leaves it alone.
product-pinned-until = The price { $price } is pinned until { $until }. The bot leaves it alone.
never-first-floor = Not first for { $days } days: the rival stands at { $rival }, your minimum is { $floor }.
never-first-delivery = Not first for { $days } days: the rival delivers faster.
never-first-rating = Not first for { $days } days: the rival's rating is higher.
history-title = Price history
history-none = History appears after the first check.
period-days = { $n ->
        [1] Day
        [one] { $n } day
       *[other] { $n } days
    }
chart-floor = Minimum
chart-no-data = no data
chart-gap = no data { $from }–{ $to }
chart-as-table = Show as a table
chart-conclusion = In { $days } { $days ->
        [one] day
       *[other] days
    } the price changed { $changes } { $changes ->
        [one] time
       *[other] times
    }, from { $low } to { $high }, now { $now }
changes-in = { $n } { $n ->
        [one] change
       *[other] changes
    } in the period
on-market = On Kaspi
check-now = Check now
pin-price = Pin the price
unpin = Unpin the price
undo-to = Go back to { $price }
ask-yes = Set { $price }
ask-no = Leave it
ladder-title = Rivals
ladder-floor = your minimum { $floor }
ladder-you = you
ladder-sister = your shop, not a rival
ladder-ignored = looked past
ladder-alone = Nobody but you sells this card.
ladder-none = We have not yet looked who sells this card.
delivery-in = { $n ->
        [0] today
        [one] in { $n } day
       *[other] in { $n } days
    }
delivery-unknown = delivery unknown
rule-title = Rule
rule-managed = Keep the price
rule-named = Rule
rule-own = Own settings
as-in-rule = as in the rule
rule-save = Save the rule
rule-save-for = Save for { $n } { $n ->
        [one] product
       *[other] products
    }
parts-title = What the price consists of
parts-floor = not under { $floor }
parts-none = Enter the cost and the profit appears here.
part-purchase = Purchase and freight
part-commission = Kaspi commission { $rate_bp }
part-delivery = Delivery to the buyer
part-tax = Tax { $rate_bp }
part-packaging = Packaging
part-advertising = Advertising
part-returns = Returns
part-profit = Profit

## Чек изменения
receipt = Receipt
receipt-title = Why the price changed
receipt-none = The bot has not changed this price yet.
receipt-label = Change at { $at }
receipt-asks = Proposes { $price }
receipt-held = The price stayed { $price }
receipt-first-again = first place again
receipt-place = place { $place } of { $of }
receipt-saw = What we saw
receipt-saw-rival = { $name } sells for **{ $price }**.
receipt-saw-place = We stood { $place } of { $of }.
receipt-saw-nobody = There were no other sellers.
receipt-seen-at = Seen at { $at }
receipt-why = Why
receipt-rule = Rule
receipt-rule-name = Rule “{ $name }”.
receipt-set-by = Set by { $by }, { $at }
receipt-sum = Arithmetic
receipt-checks = Checks
receipt-result = Result
receipt-profit = Profit a sale { $after }
receipt-profit-was = instead of { $before }.
receipt-cost = { $by } ₸ a sale
receipt-sending = Sending
receipt-answer = · { $took } after the rival's move
receipt-number = Receipt { $number }
sent-desired = Waiting for its turn
sent-accepted = Kaspi accepted at { $at }
sent-lost = Kaspi did not confirm, we will send again
sent-refused = Kaspi refused at { $at }
sent-dry = Dry run: nothing was sent
sent-none = Nothing to send
sent-waits = Waiting for your decision
sent-feed = Kaspi fetches the price list by { $at }
arithmetic-cover = short stock
arithmetic-ageing = aged stock
arithmetic-stop-level = stop level
arithmetic-safe = safe price
arithmetic-result = result

## Правила
rules-title = Rules
rules-new = New rule
rules-lead = A rule acts on all products that it is tied to. Limits can be set for a product by itself.
rules-shop-defaults = For the whole shop
rules-changed = { $by }, { $at }
rules-without = Without limits and rules: { $n } { $n ->
        [one] product
       *[other] products
    }. The bot leaves their prices alone.
rules-without-act = Show them
rules-none-title = No rules of your own yet
rules-none = Start with one: it can be tried on history and turned on for some products.
rule-summary-step = step { $step } ₸
rule-summary-margin = from { $margin_bp }
rule-summary-top = top { $n }
rule-state-dry = Dry run
rule-name = Name
rule-goal = Goal
rule-top-n = Place not under
rule-margin = Margin not under
rule-limits = Limits
rule-step-hint = How far under a rival to stand
rule-store-minimum = Lowest price of the shop
rule-store-minimum-hint = No product goes under it
rule-max-move = One change at most
rule-max-day = In a day at most
rule-ask-above = Ask when more than
rule-ask-above-hint = Such a change waits for your decision
rule-pace = Pace
rule-check = How often to look at rivals
rule-check-learned = More often where prices move
rule-check-fixed = At equal intervals
rule-check-hint = Reads are limited, so they go where being late costs most
rule-check-shortest = Not more often than
rule-check-longest = At least every
rule-check-every = Every
rule-cool-down = Pause after a change
rule-max-age = A read is good for
rule-max-age-hint = An older read changes nothing
rule-hours = Only in working hours
rule-hours-hint = Prices stand still the rest of the day
rule-ignore = Whom to look past
rule-ignore-preorder = Preorders
rule-ignore-city = Warehouse in another city
rule-ignore-slower = Delivery slower than ours by more than
rule-ignore-absurd = Price under this share of ours
rule-ignore-rating = Rating under
rule-ignore-reviews = Fewer reviews than
rule-ignore-sellers = Sellers to look past
rule-ignore-sellers-hint = Shop numbers separated by commas
rule-what-if = What to do when
what-if-no_rival = There are no rivals
what-if-rival_under_floor = A rival is under your minimum
what-if-rival_equal = The price equals yours
what-if-out_of_stock = You are out of stock
what-if-preorder_only = Everybody sells by preorder
what-if-act-computed = By the strategy
what-if-act-hold = Hold
what-if-act-floor = Go to the minimum
what-if-act-ceiling = Go to the maximum
what-if-act-match = Match the price
rule-better-rating = Our rating is higher by
rule-better-days = Our delivery is faster by
rule-better-hint = Then we match instead of undercutting
rule-war = Price war
rule-war-on = Price-war brake
rule-war-hint = When two undercut each other the bot steps back and waits
rule-war-times = Moves in a row
rule-war-window = Within
rule-war-back = Step back by
rule-war-wait = And wait
rule-war-stop = In a war not under
rule-lift = Overnight climb
rule-lift-on = Raise prices at night
rule-lift-hint = While few people buy, prices climb in steps and the morning starts higher
rule-lift-step = Step of the climb
rule-lift-every = Every
rule-stock = Stock
rule-cover-days = Stock for less than
rule-cover-raise = Then dearer by
rule-ageing-days = In stock longer than
rule-ageing-ease = Then cheaper by
rule-dead-man = If there is no contact
rule-dead-man-on = Watch the contact with Kaspi
rule-dead-man-hint = When nothing was confirmed for longer than this
rule-dead-man-minutes = After
rule-dead-man-then = Then
rule-dead-man-price = Safe price
dead-man-hold = Hold prices
dead-man-lift_to = Lift to the safe price
dead-man-alarm = Call me
rule-sisters = Own shops on one card
rule-sisters-hint = Own shops never undercut each other
sisters-auto = In turn
sisters-lead = This one leads
sisters-follow = This one follows
rule-priority = Check and change before others
rule-dry-run = Dry run: decide, but send nothing
rule-trial = Turn on for { $n } { $n ->
        [one] product
       *[other] products
    }
rule-draft = Save as a draft
rule-trial-hint = 10 % of products are drawn at random. The others stay on the old rule.
profit-lack-days = Needs { $need } days of history, there are { $have }
profit-lack-sales = Needs { $need } sales, there are { $have }
profit-lack-places = Needs { $need } places held, so far { $have }
backtest-title = Trial on history
backtest-act = Try on history
backtest-lead = There are { $days } days of history. See how the rule would have behaved.
backtest-no-history = No history yet: a trial is possible after a week.
backtest-short = There { $days ->
        [one] is
       *[other] are
    } only { $days } { $days ->
        [one] day
       *[other] days
    } of history, 7 are needed. Nothing to show.
backtest-result = In { $days } days: **{ $changes } { $changes ->
        [one] change
       *[other] changes
    }**, first place **{ $first }** of the time.
backtest-profit = Profit **≈ { $by } ₸** against the present rule.
backtest-estimate = An estimate, not a promise.
backtest-changes = Changes
backtest-first = First place
backtest-now = now { $value }
backtest-margin = Mean margin
backtest-worst = Worst day
backtest-floor = Would hit the minimum

## Загрузка границ
import-title = Upload limits and costs
import-act = Upload a price list
import-lead = A table with SKUs: minimum, maximum, cost, strategy, step. Nothing changes until you have seen the check.
import-steps = Steps
import-step-file = File
import-step-columns = Columns
import-step-check = Check
import-step-done = Done
import-file = File
import-file-hint = Excel, CSV, ODS or a Kaspi export. Up to { $mib } MB and { $rows } rows
import-check-act = Check the file
import-template = Example with your products
import-recent = Earlier uploads
import-changed = { $n } changed
import-check-title = Checking the file
import-columns = What is in the columns
import-col-file = Column of the file
import-col-means = Means
import-col-examples = Examples
import-skip = not needed
import-field-sku = SKU
import-field-min = Minimum
import-field-max = Maximum
import-field-cost = Cost
import-field-strategy = Strategy
import-field-step = Step
import-missing = The column “{ $field }” was not found. Choose it in the table below.
import-recheck = Check with these columns
import-checking = Checking rows
import-result = Result
import-ready = Ready
import-warned = With a warning
import-refused = With an error
import-refusals = Rows with an error
import-warnings = Rows with a warning
import-bad-rows = Download only the bad rows
import-row = Row
import-column = Column
import-value = Value
import-reason = Reason
import-confirm = Load the { $n } { $n ->
        [one] row
       *[other] rows
    } with a warning too
import-apply = Load { $n } { $n ->
        [one] row
       *[other] rows
    }
import-other-file = Another file
import-done-title = Limits are loaded
import-done-by = { $by }, { $at }
import-skipped = Skipped

## Охрана карточек
cards-title = Card guard
cards-watched = { $n } watched
cards-views = Views
cards-new = New
cards-now = Now
cards-left = Left
cards-joined = joined { $at }
cards-apart = { $by } to yours
cards-seen = Seen
cards-ignore = Look past
cards-count = Count again
cards-ignored = looked past
cards-none-title = No strangers
cards-none = Watching { $n } { $n ->
        [one] card
       *[other] cards
    }. We tell you as soon as somebody joins.

## Автоматизация
automation-parts = Parts of automation
automation-jobs = Jobs
automation-parked = Parked
automation-budgets = Limits
automation-proxies = Proxies
automation-health = Health
queue-waiting = { $n } in the queue
queue-oldest = oldest { $age }
jobs-none-title = No jobs yet
jobs-none = They appear when a shop is connected.
jobs-parked = Cannot go on without you: { $n } { $n ->
        [one] job
       *[other] jobs
    }
jobs-parked-act = Look
schedules-title = Schedule
schedule-every-hours = every { $minutes } min, { $from }–{ $to }
schedule-every = every { $minutes } min
schedule-daily = every day at { $at }
schedule-always = all the time
schedule-cron = by the rule { $cron }
job-catalog-sync = Reading products
job-catalog-access = Checking access
job-pricing-check = Checking rivals
job-pricing-push = Sending prices
job-pricing-confirm = Confirming prices
job-pricing-learn = Learning the schedule
job-pricing-guard = Card guard
job-pricing-bulk = Bulk change
job-pricing-import = Loading limits
job-pricing-backtest = Trial on history
job-store-retention = Clearing old history
job-jobs-retention = Clearing the job log
run-done = Done
run-running = Running
run-stuck = Longer than usual
run-failed = Failed
run-waiting = Waiting
run-parked = Parked
run-cancelled = Cancelled
run-paused = Off
run-now = Run now
runs-title = Latest runs
run-steps = Steps
run-input = Input
run-started = Started
run-took = Took
run-attempt = Attempt
run-attempt-of = attempt { $n } of { $of }
run-done-label = Done
replay = Retry
parked-lead = The attempts are used up. Mend the cause and retry: the job goes on from the same place.
parked-drop = Cancel the job
parked-none-title = Nothing is parked
parked-none = All jobs run by themselves.
log-title = Log
log-find = Find in the log
log-level = Detail
log-debug = all
log-info = info
log-warn = warning
log-error = error
log-none = No lines for “{ $query }”.
log-empty = No lines yet.
budgets-lead = How much is allowed in a time. These are Kaspi's limits and ours: more is never sent.
budget-storefront = Storefront reads
budget-price-changes = Price changes
budget-price-changes-burst = Price changes, in a row
budget-sign-in = Sign-in
budget-cabinet = Cabinet reads
budget-api = API requests
budget-per = per { $per }
budget-used = { $used } of { $max }
budget-window = { $used } of { $max } per { $per }
budget-blocked = closed until { $until }
budgets-none-title = Nothing is spent yet
budgets-none = Limits appear after the first request to Kaspi.
proxies-lead = Proxies are for leaving from Kazakhstan and sharing the load. They do not get around Kaspi's limits.
proxies-none = No proxies: requests leave from the server's address.
proxy-address = Address
proxy-address-hint = http, https or socks5. The password is encrypted and never shown again
proxy-new = New proxy
proxy-add = Add the proxy
proxy-speed = Speed
proxy-failures = Failures
proxy-of = of { $n }
proxy-used-by = Used by
proxy-pool = the pool
proxy-works = Works
proxy-benched = Resting until { $until }
proxy-test = Test
health-storefront = Kaspi storefront
health-cabinet = Kaspi cabinet
health-database = Database
health-disk = Disk
health-queue = Queue
health-clock = Clock
health-redis = Redis
health-said-answers = answers in { $ms } ms
health-said-silent = silent for { $minutes } min
health-said-blocked = refuses our reads: wait or change the address
health-said-session = the session ended: sign in again
health-said-country = lets in only from Kazakhstan: a proxy is needed
health-said-free = { $gib } GB free
health-said-queue = { $n } waiting, oldest { $seconds } s
health-said-clock = { $ms } ms apart
health-said-off = not used

## Настройки
settings-shops = Shops
settings-team = Team
settings-keys = API keys
settings-security = Security
settings-audit = Journal
settings-profile = Profile
shops-none-title = No shops yet
shops-none = Connect the first: you need the phone that opens your Kaspi cabinet.
shop-facts = { $n } { $n ->
        [one] product
       *[other] products
    }, number { $uid }
shop-login = Login
shop-contact = Last contact
shop-synced = Products were read
shop-egress = Leaves from
egress-direct = the server's address
egress-pool = the pool of proxies
shop-kept = What is kept
shop-kept-how = the session, encrypted; no password
shop-sync = Read products
shop-renew = Sign in again
shop-remove = Disconnect
shop-remove-title = Disconnect “{ $name }”?
shop-remove-what = The bot stops keeping { $n } { $n ->
        [one] price
       *[other] prices
    } and the session is deleted. Prices at Kaspi stay as they are. Only a new connection brings it back.
shop-remove-act = Disconnect “{ $name }”
access-new = Sign-in not finished
access-connected = Connected
access-needs_code = Needs a code
access-session_ended = Session ended
access-wrong_password = Wrong password
access-blocked = Blocked
access-why-new = Sign-in was started and not finished.
access-why-needs_code = Kaspi waits for the code sent to { $login }.
access-why-session_ended = Kaspi ended the session. New prices are not sent, those already sent stay.
access-why-wrong_password = Kaspi refused the password of { $login }. Check it in the cabinet.
access-why-blocked = Kaspi closed sign-in until { $until }. We try again by ourselves when it opens.
access-act-new = Finish signing in
access-act-needs_code = Enter the code
access-act-session_ended = Sign in again
access-act-wrong_password = Enter the password
role = Role
role-owner = Owner
role-manager = Manager
role-packer = Packer
role-marketer = Marketer
role-of = Role of { $name }
right = Right
team-people = People
team-you = you
team-seen = seen { $at }
team-no-second = no second step
team-remove = Remove { $name } from the team
team-recovery = Link for a new password
team-invite = Invite
team-invite-act = Make a link
team-invited = Invitation: { $role }, { $by }
team-invite-until = until { $until }
team-link-once = Send the link to the person. It works once and we will not show it again.
team-recovery-once = Send the link to the person to set a new password. We will not show it again.
team-who-may = Who may what
keys-docs = API reference
keys-once = The key is made. Copy it now: we will not show it again.
keys-made = { $by }, { $at }
keys-used = used { $at }
keys-never-used = not used yet
keys-none = No keys yet. They let another program read and change prices.
keys-new = New key
keys-name = Name
keys-name-hint = To recognise it later: “1C, stock export”
keys-rights = What it may do
keys-make = Make the key
sessions-title = Where you are signed in
sessions-this = this device
sessions-end = Sign out
sessions-end-others = Sign out elsewhere
audit-who = Who
audit-what = What
audit-change = Before → after
audit-from = From
audit-everyone = Everyone
audit-everything = Everything
audit-system = Sauda
audit-state-whole = Entries are whole
audit-state-broken = Entries were changed behind the program
audit-none-title = No entries
audit-none = Nothing was found with these filters.
profile-keys = Single-letter shortcuts
profile-keys-hint = J, K, X, E and others. The full list is under “?”
profile-merchants = My companies
profile-here = you are here
profile-go = Switch

## Отказы
refusal-number = Number for support: { $request }
gallery-title = Components
err-web-login-form = “{ $value }” is neither a phone nor an e-mail. Example: +7 701 000 12 34
err-web-password-short = The password is shorter than { $min } characters. Add a word or two
err-web-wrong-pair = The login or the password is wrong. Check both fields
err-web-code-wrong = The code is wrong. Wait for the next one in the app
err-web-phone-form = “{ $value }” is not a phone number. Example: +7 701 000 12 34
err-web-market-wrong-password = Kaspi refused the password. Check it in the seller's cabinet
err-web-market-silent = Kaspi did not answer in time. You are signed in, try to read again
err-web-sms-wrong = Kaspi refused the code { $code }. { $left } { $left ->
        [one] attempt
       *[other] attempts
    } left
err-web-max-below-min = The maximum { $max } is under the minimum { $min }. Raise the one or lower the other
err-web-number-form = “{ $value }” is not a number. Write digits: 38 740
err-web-file-too-large = The file is { $size } MB, up to { $max } MB is allowed. Split it
err-web-cell-formula = The cell holds the formula { $value }. Put the value instead
err-web-sku-unknown = There is no SKU { $sku } in the shop
err-web-proxy-form = “{ $value }” is not a proxy address. Example: socks5://user:password@host:1080
err-web-name-empty = Give it a name so that you recognise it

ladder-looked-past = { $why }, looked past
ladder-looked-past-preorder = preorder of { $days } days, looked past
sent-sending = Sent at { $at }, waiting for an answer
sent-unclear = The answer is unclear, checking with the cabinet
sent-in_cabinet = Kaspi confirmed at { $at }
sent-on_storefront = Visible to buyers since { $at }
sent-superseded = Replaced by a newer decision

cards-left-at = left { $at }
prices-reorder = Update the order
prices-tail = Show the other { $n }

date-ago = { $span } ago
date-just-now = just now
date-at = at { $clock }
cards-new-one = new
trouble-blocked = Kaspi closed reading to us { $since }.
todo-look = Look

bot-title = Price bot
bot-limits = { $with } of { $goods } products have limits. The bot leaves the other prices alone.
bot-no-limits = No product has limits yet, so there is nothing for the bot to keep.
bot-off = Off
bot-why-off = Sauda only watches rivals and changes nothing.
bot-dry_run = Dry run
bot-why-dry_run = The bot decides and writes receipts, but sends nothing to Kaspi.
bot-on = On
bot-why-on = The bot changes prices at Kaspi within your limits. Each change has a receipt.
bot-save = Save
todo-bot-off = The price bot is off
todo-why-bot-off = Prices do not change while the bot is off
todo-act-bot-off = Switch on
feed-refused-now = Kaspi did not take it, will decide anew

sign-up-merchant = Team name
sign-up-merchant-hint = People you invite will see it. Usually the name of the shop
join-as = You are signed in as { $name }. No new login is needed.
join-known = Already use Sauda?
reset-save = Save the password
team-note = For whom, such as a name
team-name = Team
audit-by-key = by API key
audit-newest = To the latest
audit-older = Earlier
audit-part-min = minimum
audit-part-max = maximum
audit-part-step = step
audit-part-cost = cost
audit-part-pinned = pinned
audit-part-manual = by hand
audit-offer-changed = Product settings changed:
audit-offers-bulk = Bulk change
audit-offers-bulk_undone = Bulk change undone
audit-pause-on = Prices paused
audit-pause-off = Pause lifted
audit-question-answered = Bot question answered
audit-rule-created = Rule created
audit-rule-changed = Rule changed:
audit-rule-archived = Rule put away
audit-shop-mode = Bot mode:
audit-shop-settings = Shop settings changed:
did-saved = Saved
did-joined = You are now in the team “{ $merchant }”
did-password-set = The new password is saved. Sign in with it
did-password-changed = Password changed, other devices are signed out
did-sign-in-again = Signing in took too long. Enter login and password again
did-switched = Team switched
did-invite-revoked = Invitation withdrawn
did-role = { $name }: role changed
did-member-removed = { $name } is no longer in the team
did-key-revoked = The key “{ $name }” no longer works
did-second-off = The second step is off
did-session-ended = The device is signed out
did-sessions-ended = Devices signed out: { $n }
refusal-title-forbidden = You may not go here
refusal-forbidden = The owner gives rights in “Settings → Team”.
refusal-title-not-found = There is no such page
refusal-not-found = The address has changed, or what was here is gone.
refusal-title-conflict = Not possible right now
refusal-conflict = Nothing has changed. Go back and look how things stand now.
refusal-title-invalid = The request does not fit
refusal-invalid = Nothing has changed. Go back to the page before and try again.
refusal-title-throttled = Too often
refusal-throttled = Nothing is lost: the bot works apart from the pages.
refusal-title-unavailable = Not answering right now
refusal-unavailable = Try again in a minute.
refusal-title-bug = A failure on our side
refusal-bug = We have recorded what happened. Prices are looked after: the bot works apart from this page.
product-new-receipt = There is a new decision. Show
today-changed = Something is new. Refresh
live-reorder = Refresh the order ({ $n })

### Prices: edits, exports, import

err-web-cell-changed = While you were editing it became { $value }: { $by }, { $ago }
err-web-places-form = “{ $value }” is not a place. Give a number from 1 to 100
err-web-share-form = “{ $value }” is not a share. Give a percentage from 0.01 to 95
err-web-file-missing = Choose a file: Excel, CSV or ODS
err-import-file-gone = The file is not kept any more: we keep it for a day. Send it again
err-offers-all-known = All articles of the cabinet are in the catalogue already
err-import-applied-already = This file was imported already. Open its result among the earlier imports
filter-margin-below = Margin below { $n } %
filter-stock-below = Stock below { $n } pcs
did-cell = { $field }: { $value } ₸
did-cell-cleared = { $field }: as in the rule
did-guest-seen = Not new any more
did-guest-ignored = The bot looks past this seller
did-guest-counted = The bot counts this seller again
did-bulk-nothing = Nothing is marked. Mark products in the list
did-bulk-undone = { $n ->
        [one] Put back { $n } product
       *[other] Put back { $n } products
    }
did-rule-saved = The rule is saved, the bot will check the price by it
did-pinned = The price { $price } ₸ is pinned
did-unpinned = The price is unpinned, the bot keeps it again
did-price-back = Bringing back { $price } ₸ and holding it for a day
did-paused = The bot does not change the price of this product
did-resumed = The bot keeps the price again
did-checked = Checked just now
did-check-asked = The check is in the queue, its answer comes to this page
did-answered-yes = Sending the price
did-answered-no = The price stays as it is
did-file-gone = The file is not kept any more. Send it again
bulk-refused-file = Download all reasons
bulk-act-import = File import
bulk-act-rule = Rule
bulk-act-managed = Who keeps the price
rule-confirm-below-cost = Yes, sell below the break-even price too
export-sellers = Sellers
export-rival-name = Seller
export-strategy = How the price is kept
export-changed = Changed
export-checked = Checked
export-changes = Changes
export-by = Who

## Rules, automation, shops
unit-hours = h
unit-kg = kg
did-rule-draft = Draft of rule “{ $name }” saved
did-rule-share = Rule “{ $name }” is on for a share of products
did-rule-on = Rule “{ $name }” is saved and on
did-rule-archived = Rule “{ $name }” removed
did-schedule-run = The job is queued
did-schedule-paused = The schedule is off
did-schedule-resumed = The schedule is on
did-job-replayed = The job is queued again
did-job-dropped = The job is cancelled
did-proxy-added = Proxy added
did-proxy-on = The proxy is on
did-proxy-off = The proxy is off
did-proxy-removed = Proxy removed
did-proxy-works = The proxy works: the storefront answered in { $ms } ms
did-shop-sync = “{ $name }”: reading products
did-shop-renewed = “{ $name }”: signed in again
did-shop-cities = “{ $name }”: cities saved
did-shop-egress = “{ $name }”: way out saved
did-shop-removed = Shop “{ $name }” disconnected
err-web-number-empty = Enter a number
err-web-clock-form = “{ $value }” is not a time. Example: 08:30
err-web-days-empty = Choose at least one day of the week
err-web-range = { $value } does not fit: give { $low } to { $high }
rule-min = Minimum
rule-min-hint = For every product of the rule. A product’s own limits win
rule-max = Maximum
rule-hours-days = Days of the week
rule-war-truce = Truce
rule-war-truce-hint = For this long after a war that rival is matched, not undercut
rule-lift-target = Raise no higher than
rule-archive = Remove the rule
eco-title = Costs of the shop
eco-lead = Shared by all products. With the purchase cost they give the price below which a sale loses money.
eco-commission = Kaspi commission
eco-vat = VAT on the commission
eco-vat-published = as Kaspi publishes it
eco-vat-times116 = exactly 16 %
eco-vat-none = do not add
eco-tax = Turnover tax
eco-tax-hint = Simplified declaration: 4 % unless your region lowered it
eco-delivery-tariff = by Kaspi’s tariff
eco-delivery-fixed = one sum an order
eco-delivery-none = we do not pay
eco-service = Where to
eco-service-city = within the city
eco-service-kazakhstan = across Kazakhstan
eco-service-express = express
eco-weight = Weight of a parcel
eco-fee = Delivery an order
eco-wish = How much to earn
eco-wish-hint = The bot will not go below the price that leaves this
eco-wish-profit = a sum in each sale
eco-wish-margin = a share of the price
eco-past = Count past sales anew too
eco-past-hint = Without the tick the profit of past days stays as it was counted
eco-profit = Profit of a sale
eco-margin = Margin
jobs-find = Find jobs
jobs-all = All states
jobs-none-found = No such jobs.
jobs-newest = To the newest
job-catalog-sync_all = Reading all shops
job-catalog-shop_synced = Updating the price list
job-accounts-sweep = Clearing old sign-ins
job-pricing-forget = Clearing price history
job-pricing-silence = Watching contact with Kaspi
job-pricing-restate = Restating prices after a change
run-again = Will run again
run-lost = Lost
run-released = Back in the queue
run-none = Not run yet
run-others = Other attempts
budget-storefront-reads = Storefront reads
budget-cabinet-reads = Cabinet reads
health-stuck = Jobs
health-said-stuck = { $job }: has run for { $minutes } min, longer than usual
health-said-heard = answers
health-said-never = not asked yet
health-said-silent-now = does not answer
health-said-sign-in-blocked = sign-in is closed: wait, we will try ourselves
access-code = Code from the SMS
shop-more = Cities and way out
shop-cities = Where the bot keeps prices
shop-defaults = Defaults of the shop
err-web-decimal-form = “{ $value }” is not a number. Enter digits, at most two after the comma: 15,5
bulk-was-changed-n = { $n } { $n ->
        [one] product
       *[other] products
    }
bulk-was-changed = Changed
bulk-was-refused = Refused
bulk-put-back = Put back
bulk-resume = Go on
bulk-whole-min = Minimum for all: { $n }…
bulk-whole-max = Maximum for all: { $n }…
bulk-whole-pause = Pause all: { $n }
bulk-whole-resume = Go on with all: { $n }
cards-before = was on the card before us
