# Sizes in orders and in the day.

size-mark = Size { $size }
size-asked-asked = asked about the size
size-asked-later = to be asked about the size
size-asked-kept = size confirmed
size-asked-changed = size changed
size-asked-measured = sent measures
size-asked-silent = no answer about the size
size-asked-odd = unclear answer about the size
size-asked-refused = size does not suit
size-asked-other = asks for another size
order-size-refused = The buyer answered that the size does not suit. Ask which one would and correct the size below, or cancel the order: the day does not accept it until you decide.
order-size-other = The buyer asks for a larger or smaller size. Correct the size below: the day does not accept the order until you decide.
order-size-odd = The answer about the size does not say whether it is right. Read the talk and correct the size below if needed.
size-sure-high = sure
size-sure-middle = likely
size-sure-low = not sure
size-sure-person = chosen by a person
size-new = No advice yet: the day gives it, or press “Advise”.
size-none = These goods have no size. If they do, put it in the Catalogue.
size-bought = bought { $size }
size-chances-of = The bought { $size }: small { $small }%, fits { $fit }%, large { $large }%
size-corrected = { $by }: rather { $to }, { $at }
size-outcome = How { $size } sat: { $fit }.
size-say = Correct, or say how it sat
size-to = Better size
size-because = Why
size-how = How it sat
size-had = Size the buyer has
size-fit-small = too small
size-fit-fit = fits
size-fit-large = too large
size-fit-returned = came back, nobody said why
size-source-kept = not returned in two weeks
size-source-return = by the return
size-source-person = said by a person
size-act-advise = Advise
size-act-correct = Choose this size
size-act-outcome = Save
size-act-measures = Save measurements
size-act-forget = Forget the buyer’s measurements
size-act-save = Save the table
size-measures = The buyer’s measurements
size-measures-why = Height and weight or the usual size are enough. This is personal: only those who may see buyers see it.
size-measures-by = Written down by { $by }, { $at }.
size-body-height_cm = Height, cm
size-body-weight_kg = Weight, kg
size-body-chest_cm = Chest, cm
size-body-waist_cm = Waist, cm
size-body-hips_cm = Hips, cm
size-body-foot_cm = Foot, cm
size-body-usual_size = Usual size
size-measure-chest = Chest
size-measure-waist = Waist
size-measure-hips = Hips
size-measure-underbust = Under bust
size-measure-height = Height
size-measure-weight = Weight
size-measure-foot = Foot
size-gender-women = women
size-gender-men = men
size-gender-kids = kids
size-gender-unisex = unisex
size-col-size = Size
size-col-brand = Brand
size-col-item = Model or SKU
size-col-category = Category
size-col-gender = For whom
size-col-bought = Bought
size-col-advised = Advised
size-col-percent = Confidence, %
size-col-at = When
size-col-had = Buyer had
size-col-sat = How it sat
size-col-source = Known from
size-table-of = Size table { $name }
size-edit = Edit the table
size-edit-hint = Centimetres and kilograms: 92 or 88-92. Lines from the smallest size to the largest. With all lines empty the table goes.
size-from-to = { $from } → { $to }
size-reason-corrected = { $by } says { $to } is better
size-reason-buyer-chose = The buyer chose { $to }
size-why-unknown-size = The system has no such size. Check the size of the product
size-tables-loaded = looked at, not in use
size-tables-current = in use
size-tables-past = replaced
size-tables-undone = taken back
size-table-missing-field = “{ $column }” is empty. A line needs a brand or a model, and a size
size-table-twice = Size { $value } stands twice in this table
size-table-wrong-value = “{ $column }”: { $value } is no measurement. Write 92 or 88-92
size-table-no-measures = Size { $value } has no measurements
size-table-too-short = { $value }: two sizes at least
size-table-not-rising = { $value }: “{ $column }” does not grow from size to size. Check the order of lines and the numbers
size-table-unknown-field = Column “{ $column }” is unknown. Remove it or give it a plainer name
size-table-column-twice = Column “{ $column }” repeats another one. Leave one
size-table-no-column = There is no column of sizes. The first line names the columns
size-table-gender = “{ $column }”: { $value } is not clear. Write women, men or kids
sizes-title = Sizes
sizes-quality = How advised sizes sat
sizes-nothing = No advice in half a year. Put sizes into the Catalogue and write measurements down in an order.
sizes-told = Mean confidence { $percent }%.
sizes-unjudged = How they sat is not known yet: say so in the order; the rest shows two weeks after handing out.
sizes-followed = Fits where the size was as advised
sizes-other = Fits where it was another one
sizes-tables = Size tables
sizes-no-tables = No tables of your own: common ones are used. A brand’s or a model’s own table is closer.
sizes-tables-export = Download the tables
sizes-import = File of tables
sizes-import-hint = CSV or Excel: brand or model, size and measurements. Replaces all tables of the shop; can be undone.
sizes-import-look = Look at it
sizes-new-table = Add a table by hand
sizes-history = Changes of the tables
sizes-corrections = Corrections
sizes-no-corrections = Nobody corrected an advice.
sizes-check-row = row { $row }
sizes-check-back = Mend the file and bring it again
sizes-check-hold = Replace the tables
did-size-advised = A size is advised
did-size-no-data = No data for advice
did-size-measures = Measurements saved
did-size-corrected = { $size } from now on for this buyer and model
did-size-outcome = Saved; the next advice knows it
did-size-forgotten = The buyer’s measurements are forgotten
did-sizes-undone = The former tables are back
did-sizes-saved = The table is saved
part-size-small = Too small
part-size-fit = Fits
part-size-large = Too large
part-size-returned = Returned, no reason
order-event-size-measures = The buyer’s measurements were written down
order-event-size-corrected = Size: rather { $to } than { $from }
order-event-size-forgotten = The buyer’s measurements were forgotten
audit-size-forgotten = Forgot a buyer’s measurements
audit-size_tables-held = Replaced size tables
audit-size_tables-taken_back = Took size tables back
err-fit-line = Line { $value } of this order has no size. Put it in the Catalogue
err-fit-nothing = Fill in one measurement at least
err-fit-impossible = Nobody has such a measurement. Check the number: centimetres and kilograms
err-fit-unknown = There is no measurement { $field }
err-fit-measure = This is no measurement. Write a number such as 164
err-fit-size = “{ $value }” is no size of this product
err-fit-why = The reason is longer than 500 letters: { $count }
err-fit-word = “{ $value }” does not say how it sat. Choose small, fit, large or returned
err-fit-tables-changed = The tables were changed meanwhile. Reload the page and repeat
err-fit-tables-many = More than 5,000 lines. Leave the sizes that are needed
err-fit-tables-problems = The file has mistakes and cannot be taken whole. Mend it and bring it again
day-step-sizes = Advise sizes
day-step-confirm = Ask buyers about sizes
day-short-sizes = Sizes
day-short-confirm = Questions
day-now-sizes = Looking whether the bought size will fit.
day-now-confirm = Waiting for answers; the orders of other buyers go on meanwhile. An urgent order does not wait.
day-why-size-differs = another size is advised
day-why-size-no-data = no data for size advice
day-why-no-product = the SKU is not in the catalogue, the size is unknown
day-why-no-size = the product has no size
day-why-size-kept = the buyer keeps the size
day-why-size-changed = the buyer wants another size
day-why-size-measured = the buyer sent measurements
day-why-buyer-refused = the buyer refused this size
day-why-buyer-steps = the buyer asks for a larger or smaller size and did not say which
day-why-buyer-unclear = the buyer answered without saying whether the size is right
day-why-size-decided = a person chose the size
day-why-answer-odd = the buyer’s answer makes no sense
day-why-no-line = the shop has no WhatsApp line
day-why-no-phone = the buyer’s phone is hidden
day-why-silent-buyer = the buyer asked for silence
day-why-asked-later = buyers are not written to now, the question about the size leaves later; the order does not wait
day-why-no-answer = the buyer did not answer in time
day-fix-buyer-refused = The order was not accepted. Ask the buyer which size is wanted and choose it in the order, then repeat “Accept”. If you do not have it, cancel the order.
day-fix-buyer-steps = The order was not accepted. Ask the buyer which size it is and choose it in the order, then repeat “Accept”.
day-fix-buyer-unclear = The order was not accepted. Read the talk, answer the buyer and choose the size in the order, then repeat “Accept”.
day-fix-answer-odd = Read the answer and choose the size in the order.
day-remarks = Worth a look
order-event-size-outcome = Size { $size }: { $fit ->
    [small] too small
    [fit] fits
    [large] too large
   *[returned] came back
}
sizes-advised = { $n ->
    [one] { $n } size advised in half a year.
   *[other] { $n } sizes advised in half a year.
}
sizes-no-data = { $n ->
    [0] There was data for all.
    [one] For { $n } purchase there was no data.
   *[other] For { $n } purchases there was no data.
}
sizes-judged = { $n ->
    [one] Known of { $n } purchase.
   *[other] Known of { $n } purchases.
}
sizes-check-bad = { $n ->
    [one] { $n } mistake. The tables are as they were: a file is taken whole or not at all.
   *[other] { $n } mistakes. The tables are as they were: a file is taken whole or not at all.
}
sizes-check-good = Tables: { $tables }, sizes: { $lines }. No mistakes. The shop’s former tables will be replaced.
did-sizes-held = { $n ->
    [one] { $n } table is in use
   *[other] { $n } tables are in use
}
order-event-size-answered = { $what ->
    [take] The buyer answered: size { $size }, please
    [measures] The buyer sent measures
    [refuse] The buyer answered: the size does not fit
    [steps] The buyer asks for a larger or smaller size and did not say which
    [unclear] The buyer answered without saying whether the size is right
   *[keep] The buyer answered: the size is right
}
notice-size-answer = { $what ->
    [packed] Order { $code } is packed already, and the buyer asks for size { $size }. Decide what to send
    [refuse] Order { $code }: the buyer refused the size. Ask which one is wanted
    [steps] Order { $code }: the buyer asks for a larger or smaller size. Find out which
    [unclear] Order { $code }: the buyer did not say whether the size is right. Read the talk
    [odd] Order { $code }: the buyer's answer about the size is unclear. Read the talk
   *[open] Order { $code }: the buyer asks for size { $size }. Check before packing
}
