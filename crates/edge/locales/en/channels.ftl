# WhatsApp, Telegram, e-mail: how sending fails and what to do.
err-channel-logged-out = { $state ->
    [starting] WhatsApp is still starting. Wait a minute: the queue is kept
   *[other] The phone is not linked to WhatsApp. Open Messages → WhatsApp and scan the QR code: the queue is kept
 }
err-channel-bad-key = The key does not fit. Check the key, token or password of the channel in the settings
err-channel-no-recipient = There is nobody to deliver this to: { $who }. Check the number or address
err-channel-closed = The recipient does not take our messages: we are blocked, or the person has not begun the talk yet
err-channel-moved = The group has moved, its new number is { $to }. Put it into the settings
err-channel-throttled = The channel asks to wait { $seconds } s. The queue is kept
err-channel-taken = Another program takes the messages of this bot. Stop it, or make a bot of its own for Sauda
err-channel-timeout = The channel did not answer in time. We will repeat it ourselves
err-channel-no-connection = The server of the channel cannot be reached. Check the address and the network; nothing was sent
err-channel-down = The channel is in trouble (code { $status }). We will repeat it ourselves
err-channel-refused = The channel refused: { $text } (code { $code })
err-channel-bad-answer = The answer of the channel cannot be understood. Check that this is the right server and that it is not too old
err-channel-unconfirmed = It is unclear whether the message left. We are checking the conversation and do not send it twice
err-channel-not-found = The channel does not have this any more. Reload the page
err-channel-forged = The signature of the incoming call is wrong, it was dropped. Check the key of the webhook
err-channel-unsupported = This channel, or its version, cannot do this. Update the server or choose another channel
err-channel-invalid = The channel will not take this: { $what }

# Where a WhatsApp line stands.
channel-state-stopped = stopped
channel-state-starting = starting
channel-state-awaits_scan = waits for the QR code
channel-state-awaits_passkey = waits for a confirmation on the phone
channel-state-working = working
channel-state-failed = broken off

# How far a message got.
channel-delivery-pending = being sent
channel-delivery-server = sent
channel-delivery-device = delivered
channel-delivery-read = read
channel-delivery-played = listened to
channel-delivery-failed = not delivered
channel-delivery-unknown = unknown
