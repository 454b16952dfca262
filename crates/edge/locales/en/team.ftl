# What the team's bot and letters say, and the pages about them.
team-what-urgent = Urgent orders
team-what-new_order = New orders
team-what-trouble = Trouble with orders
team-what-day = The day of a shop
team-what-low_stock = Running low
team-what-prices = Prices
team-what-access = Shops and access
team-what-report = Daily report
team-what-asked = Answer or test
team-hint-urgent = Four hours and one hour before the deadline
team-hint-new_order = Each order as a card of its own
team-hint-trouble = Kaspi refused, no waybill, the key does not work
team-hint-day = Started, stopped, done
team-hint-low_stock = Once a day, goods that sell
team-hint-prices = Kaspi did not take a price, changes are stopped, no contact for long
team-hint-access = The session ended; points, cities or offers are gone
team-hint-report = At the time you choose
team-hint-asked = Comes at once

team-linked = { $name }, this chat is connected. Urgent orders and reports will come here. Ask “what burns?” or open /help
team-linked-group = The group is connected by { $name }. Sums are not shown here
team-start-known = This chat is connected already. Ask “what burns?” or open /help
team-start-unknown = Hello, { $name }. This is the shop's work bot. To connect a chat, open Messages → Telegram in Sauda and follow the link there
team-code-wrong = The code does not fit: it works once and for 15 minutes. Take a new one in Sauda, Messages → Telegram
team-stopped = Nothing more will be written here. Connect the chat again in Sauda, Messages → Telegram
team-stop-not-yours = Only the person who connected this group can disconnect it
team-stranger = Your Telegram is not connected to this team. Take a link in Sauda, Messages → Telegram
team-button-old = This button is out of date. Ask “what burns?”
team-failed = That did not work. Look at the order in Sauda
team-accepting = Accepting order { $code }
team-assembling = Marking order { $code } as packed
team-waybill-comes = Sending the waybill of order { $code }
team-later = We will remind you at { $at }
team-later-already = There is a reminder for this card already
team-day-starts = The day is started
team-day-goes-already = The day goes on already, it is not started twice
team-button-accept = Accept
team-button-assemble = Packed
team-button-waybill = Show the label
team-button-later = Remind me in an hour
team-button-open = Open in Sauda
team-button-burning = What burns?
team-button-today = How is the day?
team-button-start-day = Run the day: { $shop }
team-order = Order
team-more = and { $n } more
team-order-sum = Sum: { $sum }
team-order-due = Deadline: { $until }
team-order-pending = { $act }: sending to Kaspi
team-order-refused = { $act }: Kaspi refused. { $text }
team-order-unseen = { $act }: the result cannot be seen, check the order
team-why-new = New order
team-why-four_hours = Less than 4 hours left
team-why-one_hour = Less than an hour left
team-why-later = You asked to be reminded
team-report = Report of { $day }
team-today = Today, { $day }
team-figure-came = New orders
team-figure-sum = Worth
team-figure-accepted = Accepted
team-figure-handed-over = Handed over
team-figure-late = Late
team-figure-burns = Burning now
team-figure-changed = Prices changed
team-figure-first = In first place
team-figure-of = { $n } of { $all }
team-value = { $value }
team-line-due = until { $until }, { $left } left
team-line-late = was due { $until }, { $left } late
team-burns = { $n ->
    [one] { $n } order burns
   *[other] { $n } orders burn
 }
team-nothing-burns = Nothing burns: no deadlines in the next 4 hours
team-open-orders = Open orders
team-open-count = { $view }: { $n }
team-help = Ask in words or by a command:
    “what burns?”, /burning: orders whose time runs out
    “how is today?”, /today: orders, prices, what was handed over
    “orders”, /orders: how many stand where
    /stop: write no more here
team-letter-foot = { $page ->
    [""] This letter was sent by Sauda. What is sent and when is set in Settings → Notifications.
   *[other] This letter was sent by Sauda. What is sent and when: { $page }
 }
team-waybill = Waybill { $number }, order { $code }
team-low = { $n ->
    [one] { $shop }: { $n } product runs low
   *[other] { $shop }: { $n } products run low
 }
team-low-line = { $name }: { $n } left
team-day-running = { $shop }: the day goes on
team-day-paused = { $shop }: the day is paused
team-day-stopped = { $shop }: the day has stopped
team-day-done = { $shop }: the day is done
team-day-ended = { $shop }: the day was ended early
team-day-step = Step { $place } of { $of }: { $step }
team-day-count = { $done } of { $all } done
team-day-troubles = In trouble: { $n }
team-day-report-orders = Orders looked at: { $n }
team-day-report-accepted = Accepted: { $n }
team-day-report-assembled = Packed: { $n }
team-day-report-waybills = Waybills ready: { $n }
team-day-report-troubled = In trouble: { $n }
team-day-report-low = Products running low: { $n }
team-test = A test: messages from Sauda arrive here
team-command-burning = What burns
team-command-today = How the day goes
team-command-orders = Open orders
team-command-help = What can be asked
team-command-stop = Write no more here

err-team-no-bot = No bot is connected yet. The owner or a manager connects it in Messages → Telegram
err-team-bot-elsewhere = The bot @{ $name } works for another merchant. Make your own with @BotFather
err-team-not-linked = Your chat is not connected yet. Take the link below and press Start in Telegram
err-team-time = “{ $value }”: write a time like 08:30
err-team-address = { $value ->
    [""] Give an e-mail address: your login is none
   *[other] “{ $value }”: write an e-mail like aru@example.kz
 }
err-team-no-mail = Mail is not set up. Whoever runs the server fills in the section mail of the settings
notice-telegram-bad-key = Telegram does not take the token of the bot @{ $name }. Get a new one from @BotFather and connect the bot again: the team is told nothing
notice-telegram-taken = Another program takes the messages of the bot @{ $name }. Stop it or revoke the token with @BotFather
notice-telegram-blocked = { $name } blocked the bot or deleted the chat: nothing is told there any more

team-trouble-crashed = The program stopped while sending. It may have arrived, it is not sent again
team-trouble-unclear = No answer came. It may have arrived, it is not sent again
team-trouble-blocked = The person blocked the bot
team-trouble-unlinked = The chat was disconnected
team-trouble-left = The person left the team
team-trouble-no-right = The person may not see this any more
team-trouble-no-bot = The bot was disconnected
team-trouble-no-mail = Mail is not set up
team-trouble-waits = Waits: no connection for now, we will try again
team-trouble-other = Not delivered

tg-title = Telegram
tg-intro = The bot sends urgent orders with buttons, answers “what burns?” and runs the day. One bot serves the whole team.
tg-none = No bot is connected
tg-none-text = Write to @BotFather in Telegram, send /newbot and copy the token here.
tg-none-ask = The owner or a manager can connect a bot.
tg-token = Token of the bot
tg-token-hint = Like 123456:ABC… We check it with Telegram and keep it encrypted; it cannot be shown later
tg-connect = Connect the bot
tg-bot = Bot
tg-works = works
tg-waits = not checked yet
tg-heard = last asked { $at }
tg-connected = Connected by { $by }, { $at }
tg-counts = Sent today: { $said }, waiting: { $waiting }
tg-renew = Change the token
tg-disconnect = Disconnect the bot
tg-disconnect-text = The token is forgotten and all chats are disconnected. The bot can be connected again at any time.
tg-people = Connected chats
tg-people-none = Nobody is connected yet. Begin with your own chat.
tg-own = yours
tg-group = group
tg-linked-at = since { $at }
tg-ended-stopped = stopped by the person, { $at }
tg-ended-blocked = blocked the bot, { $at }
tg-ended-replaced = replaced by another chat, { $at }
tg-ended-removed = disconnected, { $at }
tg-ended-left = left the team, { $at }
tg-unlink = Disconnect
tg-link = Connect my chat
tg-link-get = Get a link
tg-link-once = Open the link on your phone and press Start. The code works once, until { $until }.
tg-link-open = Open Telegram
tg-link-group = Connect a group
tg-link-qr = QR code with the link to the bot
tg-code = Code
tg-test = Send a test
tg-what = Who is told what
tg-what-text = Everybody chooses for themselves.
tg-what-go = My notifications
tg-troubles = Not delivered this week
tg-troubles-none = Everything was delivered.
tg-way-telegram = Telegram
tg-way-mail = E-mail
settings-notifications = Notifications
ntf-title = Notifications
ntf-caption = What is told and how
ntf-what = What
ntf-by-telegram = Telegram
ntf-by-mail = E-mail
ntf-by-screen = Screen
ntf-no-chat = Your chat is not connected: nothing will come by Telegram.
ntf-no-chat-go = Connect a chat
ntf-no-mail = This installation sends no e-mail.
ntf-mail-none = No address is given: no letters will come.
ntf-mail-goes = Letters go to { $mail }
ntf-quiet = Quiet hours
ntf-quiet-hint = What happens then is told in the morning; answers to your questions come at once. Leave empty for no quiet hours
ntf-quiet-from = From
ntf-quiet-until = Until
ntf-report-at = Daily report at
ntf-mail = Address for letters
ntf-mail-hint = Empty: the address you sign in with
ntf-test-mail = Send a test letter
did-bot-connected = The bot @{ $name } is connected
did-bot-removed = The bot is disconnected
did-unlinked = The chat is disconnected
did-test-sent = The test is on its way
did-wishes-saved = Notifications are saved
audit-team-bot_connected = Connected the Telegram bot
audit-team-bot_removed = Disconnected the Telegram bot
audit-team-linked = Connected a chat
audit-team-unlinked = Disconnected a chat
tg-details = Details
