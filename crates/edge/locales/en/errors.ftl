# Short titles of the kinds of refusals.
kind-invalid = Check the data
kind-unauthenticated = Sign in
kind-forbidden = No access
kind-not-found = Not found
kind-conflict = Changed meanwhile
kind-throttled = Too often
kind-unavailable = Not answering now
kind-bug = A fault in the program

# Requests and addresses.
err-bug = This is our fault: nothing was done. Try again in a minute; if it does not help, write to support and give the number.
err-no-page = There is no such page. Check the address or start from Today.
err-no-method = This address is not called that way. See the API description.
err-bad-request = The request could not be read. Compare it with the API description.
err-body-cut = The request did not arrive whole. Send it again.
err-too-large = The file or request is too large. Split it.
err-too-slow = The answer took too long. Reload the page: if it was done, you will see it; if not, do it again.
err-not-json = The request is { $value }; send application/json.
err-not-a-form = The request is { $value }; send a form.
err-broken-json = The JSON is broken at line { $line }, character { $column }. Check quotes and commas.
err-unknown-field = There is no field { $name } here. Check the name in the API description.
err-missing-field = The field { $name } is missing.
err-duplicate-field = The field { $name } is given twice. Leave one.
err-unknown-word = { $value } is not known here. Use one of: { $words }.
err-wrong-type = The value is of the wrong kind: check whether it is a number, a text or a list.
err-invalid-value = The value “{ $value }” does not fit. Correct it.
err-not-found = Not found: { $what } { $id }. It may have been removed, or another team is open.
err-foreign-site = The request came from another site, so it was not carried out. Open Sauda and do it here.
err-too-many = Too many requests. Try again in { $seconds } s.
err-idempotency-key = The Idempotency-Key is empty or longer than { $max } characters.
err-idempotency-running = The same request is still running. Wait and repeat it with the same key.
err-idempotency-differs = This Idempotency-Key belongs to another request. Use a new key.

# Sign-in, people, keys.
err-sign-in-first = Sign in to go on.
err-sign-in-again = The sign-in took too long. Enter login and password again.
err-code-awaited = Enter the code to finish signing in.
err-bad-key = The API key does not work: it was revoked, is too old or mistyped. Make a new one in Settings.
err-forbidden = You lack the right “{ $right }”. The owner of the team can give it.
err-person-only = Only a person who is signed in may do this. An API key will not do.
err-sign-up-closed = This installation has an owner already. Ask for an invitation.
err-wrong-pair = Login and password do not match. Check both.
err-locked = Too many attempts. The next one is possible from { $until } (wait { $minutes } min).
err-wrong-code = The code did not fit: it is wrong, old or used. Enter a new one.
err-wrong-password = The password is wrong. Enter the one you sign in with now.
err-bad-login = “{ $value }” is neither a mail address nor a phone. Example: aru@mail.kz or +7 701 000 12 34.
err-login-taken = This login exists. Sign in with it, then open the invitation again.
err-password-short = The password is too short: use at least { $min } characters.
err-password-long = The password is longer than { $max } characters. Take a shorter one.
err-password-plain = The password repeats the login or one letter. Think of another, such as three words.
err-bad-text = Write a text of at most { $max } characters.
err-second-factor-on = Two-step sign-in is on already.
err-second-factor-off = Two-step sign-in is off. Switch it on under Security.
err-link-dead = The link does not work: it was used, revoked or is too old. Ask for a new one.
err-member-already = This person is in the team already.
err-last-owner = A team needs at least one owner. Appoint another one first.
err-foreign-member = This person is also in another team: they set a new password themselves or ask the administrator of the program.
err-no-team = You are in no team. Ask an owner for an invitation.
err-key-right = You lack the right “{ $right }” yourself, so a key cannot get it.
err-key-rights = Choose at least one right.
err-date-past = The date is past. Choose a later one.

# Database and shared state.
err-database-unavailable = The database does not answer. Nothing was changed; we go on as soon as it does.
err-changed-meanwhile = This was changed meanwhile. Reload the page and do it again.
err-backup-refused = The backup does not fit: { $what }. The database is as it was.
err-cluster-unavailable = Redis does not answer. Prices stay as they are; we go on by ourselves.
err-redis-address = The Redis address cannot be read. Example: redis://localhost:6379/.

# Jobs.
err-job-not-found = There is no job { $job }: its record may have been removed by age.
err-job-state = The job { $job } is in another state now ({ $state }). Reload the page.
err-job-already-queued = The same job waits or runs already; a second one is not needed.
err-schedule-not-found = There is no schedule { $schedule }.

# The marketplace.
err-market-session-ended = Kaspi has ended the cabinet session. Sign in again: Settings → Shops.
err-market-wrong-credentials = Kaspi did not accept login and password. Check them in the seller cabinet.
err-market-wrong-code = Kaspi did not accept the code. Check the digits or ask for a new one.
err-market-sign-in-flood = Kaspi has closed sign-in for { $minutes } min after many attempts. We wait; do not ask for a new code yet.
err-market-throttled = Kaspi asks to wait { $minutes } min. The queue is kept; we go on by ourselves.
err-market-blocked = Kaspi turns this address away (answer { $status }). We check less often; if it goes on, add a proxy in Kazakhstan.
err-market-timeout = Kaspi did not answer in time. We try again; if it lasts all day, check that the server reaches the network from Kazakhstan.
err-market-no-connection = No connection to Kaspi. Check the network of the server; we try again.
err-market-down = Kaspi is down (answer { $status }). Prices stay as they are; we go on by ourselves.
err-market-refused = Kaspi refused: { $text } ({ $code }).
err-market-bad-answer = Kaspi answered in an unusual way, so we do not trust the data and change nothing. We try again.
err-market-unclear = It is unclear whether Kaspi took the change. We look in the cabinet and do not send it twice blindly.
err-market-not-found = Kaspi has no such thing: { $what }.
err-market-unsupported = This marketplace cannot do that: { $what }.
err-market-invalid = Kaspi would not take this: { $what }.
