# Words of the price bot. Values come ready for reading: sums as `38 740 ₸`, shares as `10,9 %`, `cell` and `action` by their own texts.

## Refusals of pricing and of the floor
err-changed-by = Changed meanwhile by { $by }. Reload and make the change again. { $now }
err-min-below-cost = The minimum { $min } is below the no-loss price { $floor }. Raise it or confirm that you sell at a loss
err-price-below-floor = The price { $price } is below the floor { $floor }. Give at least { $floor } or lower the minimum
err-price-range = “{ $value }” does not fit: give a whole price from 1 to 1 000 000 000 ₸
err-name-length = The name must have 1 to 80 characters
err-time-passed = The time { $value } has passed. Choose one in the future
err-answered-already = This question was answered or is out of date. The bot checks the price and asks again if needed
err-undo-passed = This can no longer be undone: a day has passed or it was undone before
err-rule-in-use = { $count } products use this rule. Move them to another rule and try again
err-no-current-limit = The product has no limit to count from. Give a number
err-no-own-price = The product's price is not known yet. Wait for the products to be read or give a number
err-no-cost = The product has no cost. Enter it or give a number
err-rule-out-of-range = Setting { $field }: { $value } does not fit, give { $low } to { $high }
err-rule-min-above-max = The minimum { $min } is above the maximum { $max }. Change one of them
err-rule-pace-reversed = The shortest interval between checks ({ $shortest } min) is above the longest ({ $longest } min). Swap them
err-rule-better-in-nothing = Say in what you are better than the rival: rating or delivery
err-floor-negative = { $part }: { $value } is below zero. Give 0 or more
err-floor-no-weight = The parcel weighs { $value } g: give more than 0
err-floor-too-large = { $part }: { $value } is too much, at most { $largest }
err-floor-shares-too-large = Commission, tax, shares and the wished margin take the whole price. Lower one of them
err-floor-out-of-reach = No price up to { $largest } ₸ earns the wish. Check the cost and the shares
err-floor-steps-out-of-order = The delivery steps are not in ascending order from { $from } ₸. Sort them
err-floor-no-tariff = There is no tariff for { $service ->
    [city] delivery in the city
    [kazakhstan] delivery across Kazakhstan
   *[express] express delivery
} on { $day } at { $grams } g. Give the delivery as a sum
err-floor-table = The table of tariffs is damaged at line { $line }. Tell the support
what-question = question
what-bulk = bulk change
what-pause = pause

## Why the bot acted or did not
reason-undercut = The cheapest rival sells at { $rival }: we stand { $step } lower
reason-climb = We are first and the next sells at { $rival }: up to { $step } below it
reason-top-place = Keeping place { $wished }: { $step } below the rival at { $rival }
reason-match-cheapest = Level with the cheapest: { $rival }
reason-match-better = Our rating or delivery is better, so level with { $rival } instead of lower
reason-truce-match = Truce after a price war: not below the rival at { $rival }
reason-margin-place = The best place that leaves a margin of { $margin_bp }: { $step } below { $rival }
reason-margin-floor = No place leaves a margin of { $margin_bp }: the lowest price that does is { $price }
reason-profit = By your own history this price earns most: { $profit_per_day } a day, place { $place }
reason-on-floor = The rival sells at { $rival }, below our floor. We stand on the floor { $floor }
reason-next-reachable = The cheapest are below our floor { $floor }: { $step } below the next one at { $rival }
reason-cell-price = { $cell }: the setting says { $action }, { $price }
reason-raise-to-floor = The price was below the floor: raised to { $floor }
reason-lower-to-ceiling = The price was above the ceiling: lowered to { $ceiling }
reason-step-back = Price war: { $undercuts } undercuts with the rival at { $rival }. We step back and wait { $wait_minutes } min
reason-sleep-lift = Overnight climb: { $steps } steps of { $step }
reason-pinned = The price is pinned by hand: { $price }
reason-safe-price = Kaspi has been silent for { $silent_minutes } min: up to the safe price { $price }
reason-already-there = The price { $price } is already right
reason-already-cheapest = We are already cheaper than the rival at { $rival }
reason-rise-too-small = A rise of { $rise } is less than the step { $step }: not worth a change
reason-cell-hold = { $cell }: the setting says hold
reason-paused = Paused: the price stays
reason-no-observation = The market has not been read yet: waiting for the first check
reason-stale-observation = The market was read { $age_minutes } min ago, at most { $max_minutes } are allowed
reason-partial-observation = Only a part of the sellers was read: { $seen } of { $total }. Waiting for the whole list
reason-empty-observation = The list of sellers came empty. It does not mean that nobody sells: the price stays
reason-future-observation = The read is dated { $ahead_minutes } min ahead. Check the clock of the server
reason-seen-before-own-change = The market was read before our last change: waiting for the next read
reason-cool-down = A rest after our own change: { $left_minutes } min more
reason-outside-hours = Outside the bot's hours
reason-war-wait = Waiting after a price war: { $left_minutes } min more
reason-silent = Kaspi has been silent for { $minutes } min: the price stays
reason-sister-ahead = Your own shop stands ahead at { $sister }: never undercut
reason-day-limit = The limit of the day is spent: { $limit }
reason-floor-above-ceiling = The floor { $floor } is above the ceiling { $ceiling }. Correct the limits
reason-no-floor = There is neither a minimum nor a cost: the bot does not know where to stop
reason-move-needs-approval = A change of { $by } is above { $threshold }: it needs your yes
reason-margin-needs-cost = The strategy holds a margin, but there is no cost. Enter it
reason-silent-alarm = Kaspi has been silent for { $minutes } min. Decide what to do with the price
reason-rule-broken = The settings contradict each other. Open the rule and correct what is marked

## What each guard said
guard-paused = Pause
guard-pin = Pinned price { $price }
guard-floor = Floor { $floor }, wanted { $wanted }
guard-ceiling = Ceiling { $ceiling }, wanted { $wanted }
guard-limits = Limits from { $floor } to { $ceiling }
guard-no-floor = Neither a minimum nor a cost
guard-loss-gap = From { $from } to { $to } delivery eats the profit: { $wanted } leaves that range
guard-max-move = At most { $limit } at once, wanted { $wanted }
guard-max-day = At most { $limit } a day from { $day_start }, wanted { $wanted }
guard-sister = Your own shop at { $sister }: never undercut, wanted { $wanted }
guard-war-brake = { $undercuts } undercuts of { $allowed } allowed
guard-truce = Truce of { $hours } h
guard-stop-level = In a price war not below { $level }, wanted { $wanted }
guard-war-wait = Waiting after a price war: { $left_minutes } min more
guard-cool-down = { $left_minutes ->
    [0] The pause after our own change is over
   *[other] After our own change: { $left_minutes } min more
}
guard-hours = Working hours
guard-age = { $age_minutes ->
    [0] Data less than a minute old, up to { $max_minutes } allowed
   *[other] Data { $age_minutes } min old, up to { $max_minutes } allowed
}
guard-whole = { $seen } of { $total } sellers were read
guard-clock = Clock: the read is { $ahead_minutes } min ahead
guard-seen-before-own-change = Read before our last change
guard-silent = Kaspi silent for { $minutes } min, { $allowed } allowed
guard-small-rise = A rise of { $rise } with a step of { $step }
guard-approval = A change of { $by }, approval above { $threshold }
guard-better = We are better: rating by { $rating_by_milli }, delivery by { $faster_by_days } d
guard-cover = Stock for { $days } d: dearer by { $raise_bp }
guard-ageing = In stock for { $days } d: cheaper by { $ease_bp }
guard-sleep-lift = Overnight climb, step { $steps }
guard-profit-not-learned = Too little history to count profit: works as Standard
guard-own-hidden = Our offer is not in the list of sellers
guard-own-differs = The storefront shows { $shown }, ours is { $ours }
guard-rule-broken = The settings contradict each other
verdict-passed = passed
verdict-noted = noted
verdict-changed = changed the price
verdict-stopped = stopped
verdict-asked = asks you
ignored-named = excluded by you
ignored-preorder = pre-order
ignored-slower = slower delivery
ignored-rating = low rating
ignored-reviews = few reviews
ignored-other-city = warehouse in another city
ignored-absurd = price is not believable
cell-no-rival = No rivals
cell-rival-under-floor = Rival under our floor
cell-rival-equal = Rival at our price
cell-out-of-stock = We are out of stock
cell-preorder-only = All rivals sell by pre-order
action-hold = hold the price
action-floor = go to the floor
action-ceiling = go to the ceiling
action-match = match
action-computed = as the strategy decides
arithmetic-rival = Rival's price
arithmetic-before = Our price
arithmetic-step = Step
arithmetic-floor = Floor
arithmetic-ceiling = Ceiling
arithmetic-step-back = Stepping out of a price war
arithmetic-sleep-lift = Overnight climb
arithmetic-margin = Wished margin
arithmetic-profit = Profit estimate
arithmetic-pin = Pinned price
arithmetic-truce = Truce
arithmetic-safe-price = Safe price
arithmetic-strategy = Strategy
arithmetic-limits = Limits
arithmetic-loss-gap = Range of loss
arithmetic-max-move = Limit at once
arithmetic-max-day = Limit of the day
arithmetic-sister = Your own shop

## States and names
state-waiting = Waits for a check
state-works = Works
state-at_floor = At the floor
state-holds_margin = Holds the margin
state-at_ceiling = At the ceiling
state-no_limits = No limits
state-paused = Paused
state-pinned = Pinned
state-manual = By hand
state-asks = Asks you
state-refused = Refused by Kaspi
state-error = Check failed
state-off_sale = Off sale
state-alone = Alone
change-state-desired = waits to be sent
change-state-sending = being sent
change-state-accepted = accepted by Kaspi
change-state-unclear = unclear, being read back
change-state-in_cabinet = seen in the cabinet
change-state-on_storefront = seen by buyers
change-state-lost = accepted but never applied
change-state-refused = refused by Kaspi
change-state-superseded = replaced by a newer decision
outcome-set = set the price
outcome-hold = hold
outcome-ask = ask you
strategy-standard = Standard
strategy-always_first = Always first
strategy-stay_top_n = Stay in the top
strategy-match = Match the cheapest
strategy-hold_margin = Hold the margin
strategy-profit = By profit
level-built_in = built in
level-shop = from the shop
level-rule = from the rule
level-offer = set for the product
rule-state-draft = draft
rule-state-share = on a tenth
rule-state-on = on
shop-mode-off = off
shop-mode-dry_run = dry run
shop-mode-on = on

## What the audit log says
