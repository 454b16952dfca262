# Size advice: reasons, and why there is none. The key is the code of the reason. Measures are centimetres and kilograms.

size-advice = Size advice
size-confidence = confidence { $percent }%
size-no-data = No data for advice
size-chances = small { $small }%, fits { $fit }%, large { $large }%

size-reason-brand-table = By the size table of the product or brand
size-reason-body-table = By measurements and the size table
size-reason-height-weight = By height { $height_cm } cm and weight { $weight_kg } kg
size-reason-weight = By weight { $weight_kg } kg
size-reason-height = By height { $height_cm } cm
size-reason-usual-size = Usually takes { $size }
size-reason-user-history = { $count ->
    [one] By { $count } earlier purchase
   *[other] By { $count } earlier purchases
 }
size-reason-outcomes-small = Too small, said { $small } of { $count }
size-reason-outcomes-large = Too large, said { $large } of { $count }
size-reason-outcomes-fit = { $count ->
    [one] Usually true to size: { $count } answer
   *[other] Usually true to size: { $count } answers
 }
size-reason-runs-small = Runs small
size-reason-runs-large = Runs large or is cut wide
size-reason-between-sizes = Between { $first } and { $second }
size-reason-growth = One size more, to grow into
size-reason-foot-length = By a foot of { $foot_cm } cm
size-reason-child-height = By the child’s height of { $height_cm } cm
size-reason-child-age = By the child’s age: { $age }
size-reason-waist = By a waist of { $waist_cm } cm
size-reason-under-bust = By { $underbust_cm } cm under the bust and { $chest_cm } cm around it
size-reason-bust = By the bra size { $bust_num }
size-reason-gender-assumed = Taken as women’s sizes: nobody said whose

size-why-no-body = Nothing is known of the buyer. Ask for height and weight, or the usual size
size-why-too-little = What is known does not lead to such a size. Ask for the measure it goes by
size-why-outside-tables = The measurements lie outside of the tables. Ask to compare with the piece itself
size-why-unknown-system = The kind of sizes is not clear. Tell the system, the kind of goods or the gender
size-why-no-size-suits = None of the sizes on offer comes near
