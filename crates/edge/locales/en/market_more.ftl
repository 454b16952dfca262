### The market: comparison, files of snapshots, answers of the storefront, weeks and months.

market-tab-compare = My products
market-holes = Kaspi did not give some of the pages. Cards of those pages are not counted as gone, nor the next ones as new.
market-review-limit = Reviews of a card
market-review-limit-hint = The newest are read, up to 5000. 50 reviews are one read of the storefront.
market-raw-days = Keep answers of Kaspi
market-raw-days-hint = To look into trouble: answers of the storefront as they came, up to 30 days. 0 keeps none.
market-files = Download snapshots
market-files-how = Each line is a card of a snapshot: time, place, price, rating, reviews. Archived days are included. Parquet is read by pandas, DuckDB, Power BI.
market-file-from = From
market-file-to = To
market-file-kind = File
market-file-all = Everything
market-file-get = Download
reviews-search = Words in the review
reviews-stars = Stars
reviews-stars-any = Any
reviews-card = Product
reviews-card-any = All products
reviews-show = Show
reviews-drop = Clear
reviews-growth = Reviews by week
reviews-growth-sum = { $n } in half a year, { $bad } of them with one or two stars
reviews-week = Week from
reviews-next = Older
reviews-cards = How many are read of each product
reviews-kept = Read
reviews-reading = older ones are being read
compare-none-title = Nothing to compare with yet
compare-none = Add the category of your products. After the first snapshot you will see where your price lies on the shelf.
compare-seen = Found on the shelf
compare-dear = Dearer than the middle
compare-cheap = Cheaper than the middle
compare-unseen = Not on the pages read
compare-search = Name or card
compare-view = Show
compare-view-all = All
compare-view-dear = Dearer than the middle
compare-view-cheap = Cheaper than the middle
compare-range = Prices of the shelf
compare-against = Against the middle
compare-cheaper = Cheaper than mine
compare-rival = Cheapest other
compare-rating = Rating
compare-place = place { $place } of { $cards }
compare-not-found = Nothing fits the filter
compare-not-found-how = Change the words or choose another category.
compare-all = All products
compare-more = { $shown } of { $found } are shown. The file has all.
compare-how = The line runs from the lowest 10% to the highest 10% of the shelf: the dot is yours, the mark is the middle. “Cheapest other” is the best price of another seller on the same card, when its sellers were read. Below rating and reviews stands the middle of the shelf.
raws-title = Answers of Kaspi
raws-kept = { $n } kept, { $mb } MB
raws-how = Answers of the storefront as they came, without names of buyers and numbers of orders. The oldest go when their days are over and when 200 MB are full.
raws-off = Answers are not kept now. Their days are set under “When and how”.
raws-all = All
raws-bad = With trouble
raws-none-title = No answers
raws-none = They appear after the next reading.
raws-what = What was asked
raws-state = What came of it
raws-good = read
raws-size = Size, KB
raws-get = Download
raws-next = Older
raw-about-listing = Page of the shelf
raw-about-counted-listing = Page with the number of cards
raw-about-card-offers = Sellers of a card
raw-about-reviews = Reviews
trends-from-weeks =
    { $n ->
        [one] from { $n } week of snapshots
       *[other] from { $n } weeks of snapshots
    }
trends-early = too early: days known — { $n }, shown after { $at }
trends-early-none = too early: two weeks of snapshots are needed
trends-months = Months of categories
trends-from-months =
    { $n ->
        [one] From { $n } month of snapshots.
       *[other] From { $n } months of snapshots.
    }
trends-year-early = The seasons are shown after a year.
trends-months-how = New reviews a day, the mean of the month.
trends-year = Seasons
trends-year-how = 100% is the average month. Categories come from our snapshots, queries from loaded files.
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
team-what-market = The market
err-market-days-wrong = The last day { $to } comes before the first one { $from }. Swap them
err-market-day-wrong = “{ $value }” is no date. Write it like 2026-11-20
