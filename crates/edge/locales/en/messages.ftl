# Messages: what buyers want, answers about sizes, templates, when to write.

messages-intent-availability = In stock?
messages-intent-price = Price and discount
messages-intent-size_advice = Help with the size
messages-intent-size_complaint_small = Too small
messages-intent-size_complaint_large = Too large
messages-intent-delivery_time = When it arrives
messages-intent-delivery_place = Where you deliver
messages-intent-order_status = Where the order is
messages-intent-cancel = Cancel the order
messages-intent-return = Return
messages-intent-exchange = Exchange
messages-intent-defect = Defect or missing part
messages-intent-wrong_item = Wrong item
messages-intent-payment = Payment and instalments
messages-intent-receipt_docs = Receipt, papers, warranty
messages-intent-product_question = Question about the product
messages-intent-photo_request = Wants a photo or video
messages-intent-address_hours = Address and hours
messages-intent-wholesale = Wholesale and partnership
messages-intent-review_bonus = Review and bonus
messages-intent-thanks_positive = Says thank you
messages-intent-complaint_angry = Complains
messages-intent-human_request = Wants a person
messages-intent-greeting = Greets
messages-intent-spam = Advert, spam
messages-intent-other = Something else

messages-reply-yes = Size confirmed
messages-reply-no = Size does not fit
messages-reply-other_size = Wants another size
messages-reply-measurements = Sent height and weight
messages-reply-unclear = Unclear: answer yourself

messages-language-ru = Russian
messages-language-kk = Kazakh
messages-language-mix = Russian and Kazakh
messages-language-en = English

messages-wait-gap = Pause after the last message
messages-wait-night = Quiet hours now
messages-wait-quiet-day = No messages today
messages-wait-day-full = Today’s limit is used up
messages-wait-warming-up = The new number starts slowly

messages-danger-new-number = The number was connected recently
messages-danger-near-day-limit = The day’s limit is almost used up
messages-danger-few-answers = Few people answer
messages-danger-many-opt-outs = Many ask not to be written to

messages-risk-low = Low risk of being blocked
messages-risk-medium = Medium risk of being blocked
messages-risk-high = High risk of being blocked: take a pause

messages-trigger-approved = Order accepted
messages-trigger-size_confirmation = Confirm the size
messages-trigger-shipped = Order sent
messages-trigger-delivered = Order waits for the buyer
messages-trigger-pickup_reminder = Remind to pick up
messages-trigger-completed = Order handed out
messages-trigger-review_request = Ask for a review

messages-variable-customer_name = customer name
messages-variable-order_code = order number
messages-variable-order_total = order total
messages-variable-items_list = list of items
messages-variable-delivery_address = delivery address
messages-variable-store_name = shop name
messages-variable-size = size

messages-phone-mobile = Mobile
messages-phone-fixed = Landline
messages-phone-toll_free = Toll-free
messages-phone-masked = Some digits are hidden
messages-phone-unknown = Unknown number

messages-phone-problem-masked = Some digits are hidden: it cannot be called
messages-phone-problem-too_short = Digits are missing
messages-phone-problem-too_long = Too many digits
messages-phone-problem-unknown_prefix = There is no such prefix
messages-phone-problem-unknown_country = There is no such country code

err-template-empty = The template is empty. Write what the buyer shall read.
err-template-too-long = The template has { $length } signs, at most { $limit } are allowed. Shorten it.
err-template-unknown-variable = There is no variable { $name }. The nearest is { $nearest }.
err-template-unclosed-bracket = The bracket at sign { $place } is not closed. Close it, or double it if you need the bracket itself.
err-template-unopened-bracket = The bracket at sign { $place } was not opened. Remove it, or double it if you need the bracket itself.
err-template-missing = Not known for this order: { $variables }. Add the data or take the variable out of the template.
err-template-message-too-long = The message would have { $length } signs, at most { $limit } can be sent. Shorten the template.
