# Words of shops, access to the marketplace, proxies and what sellers are told.

## Refusals of the catalogue
err-bad-phone = “{ $value }” is not a number of Kazakhstan. Write it like +7 701 000 12 34
err-bad-mail = “{ $value }” is not a mail address. Write it like name@mail.kz
err-no-code-awaited = No code is awaited now. Begin the sign-in again
err-sign-in-busy = Somebody is signing in to this cabinet. Wait two minutes and try again
err-no-access = The shop has no access to the cabinet. Connect it again
err-budget-spent = The limit of calls to Kaspi is spent. Try again in a few seconds
err-bad-proxy = “{ $value }” is not a proxy address. Write it like http://name:password@host:port
err-invalid-value = “{ $value }” does not fit here. Choose one of those offered
what-city = city

## Refusals of the marketplace
err-market-session-ended = Kaspi ended the session. Sign in again: until then prices do not change
err-market-bad-token = Kaspi did not accept the token. Make a new one in the Kaspi cabinet: Settings → API token
err-market-wrong-credentials = Kaspi did not accept the login and password. Check them and sign in again
err-market-wrong-code = The code does not fit. Check the digits or ask for a new one
err-market-sign-in-flood = Kaspi closed the sign-in after too many attempts. Try again in { $minutes } min
err-market-throttled = Kaspi asks to wait { $minutes } min: the limit is spent. The queue is kept
err-market-blocked = Kaspi blocks our address (status { $status }). Lower the pace or change the proxy
err-market-timeout = Kaspi did not answer in time. We try again by ourselves
err-market-no-connection = Kaspi cannot be reached. Check the network or the proxy
err-market-down = Kaspi has trouble (status { $status }). We try again by ourselves
err-market-refused = Kaspi refused: { $text } (code { $code })
err-market-bad-answer = Kaspi answered in a way we do not understand. It is noted and tried again
err-market-unclear = It is unclear whether Kaspi took the change. We read it back and do not send it twice
err-market-not-found = Kaspi has no such thing: { $what }
err-market-unsupported = The marketplace cannot do this: { $what }
err-market-invalid = Kaspi would not take this value: { $what }
market-trouble-session_ended = session ended
market-trouble-bad_token = the token is not accepted
market-trouble-wrong_credentials = wrong login or password
market-trouble-wrong_code = wrong code
market-trouble-sign_in_flood = sign-in closed for a while
market-trouble-throttled = limit spent
market-trouble-blocked = address blocked
market-trouble-timeout = no answer in time
market-trouble-no_connection = no connection
market-trouble-down = trouble at Kaspi
market-trouble-refused = refused
market-trouble-bad_answer = answer not understood
market-trouble-too_large = answer too large
market-trouble-unclear = unclear
market-trouble-not-applied = the shop window shows the old price
market-trouble-offer-gone = the goods are no longer in the cabinet
market-trouble-not_found = not found
market-trouble-unsupported = not supported
market-trouble-invalid = value does not fit

## What sellers are told
notice-session-ended = Kaspi ended the session of { $login }. Sign in again: until then prices do not change
notice-wrong-password = Kaspi did not accept the password of { $login }. Enter it again
notice-sign-in-blocked = Kaspi closed the sign-in of { $login } until { $until }
notice-point-gone = Point { $point } disappeared from the cabinet. Check stock and prices in its city
notice-city-new = The shop has a new city, { $city }. Switch it on to let the bot keep prices there
notice-city-gone = No point is left in { $city }: the bot no longer works there
notice-offers-gone = { $count } products disappeared from the cabinet. The bot no longer keeps them
notice-sync-failed = The products could not be read whole, the { $known } known ones stay as they were
notice-rows-refused = { $count } rows of the product list were not understood. The first: { $first }
notice-proxy-down = Proxy { $proxy } does not answer: { $error }. We go on without it
notice-change-lost = Kaspi took the price { $price } but never applied it ({ $trouble }). The bot checks and decides anew
notice-no-availabilities = { $title } ({ $sku }) has no point of sale: its price cannot be sent. Add a point in the cabinet
notice-price-refused = Kaspi refused the price: { $text } (code { $code })
notice-price-changes-stopped = Kaspi stopped price changes until { $until }. The queue is kept
notice-silence = Shop { $shop }: Kaspi has confirmed nothing for { $minutes } min. Prices are held
access-state-new = sign-in not finished
access-state-connected = connected
access-state-needs_code = needs a code
access-state-session_ended = sign in again
access-state-wrong_password = wrong password
access-state-blocked = blocked for a while
