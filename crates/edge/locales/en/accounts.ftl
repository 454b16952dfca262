# Rights: the table "who may what".
right-view_today = See Today
right-view_prices = See prices and rivals
right-manage_prices = Change limits, rules and pauses
right-view_money = See costs and profit
right-view_orders = See orders
right-manage_orders = Accept, pack, cancel and hand out orders
right-view_buyers = See phones and addresses of buyers
right-view_messages = See talks with buyers
right-manage_messages = Answer buyers
right-view_catalog = See the catalogue
right-manage_catalog = Change the catalogue and import products
right-view_shops = See shops and their access
right-manage_shops = Connect and disconnect shops
right-view_automation = See jobs and limits
right-manage_automation = Run and stop jobs
right-manage_proxies = Set up proxies
right-manage_team = Invite people and change roles
right-manage_keys = Make and revoke API keys
right-view_audit = Read the log

# Things that refusals name.
what-shop = shop
what-session = session
what-user = person
what-login = login
what-merchant = team
what-invite = invitation
what-key = API key
what-offer = product
what-rule = rule
what-access = cabinet sign-in
what-proxy = proxy
what-row = row of the file
what-import = import
what-job = job
what-run = run
what-change = price change
what-decision = bot decision
what-notice = notice

# What the journal says was done. Dots of the word become dashes.
audit-accounts-sign_up = Team created
audit-accounts-sign_in = Sign-in
audit-accounts-sign_in_recovery_code = Sign-in with a recovery code
audit-accounts-password_changed = Password changed
audit-accounts-password_reset = Password set anew by link
audit-accounts-reset_link_made = Link for a new password made
audit-accounts-second_factor_on = Two-step sign-in switched on
audit-accounts-second_factor_off = Two-step sign-in switched off
audit-accounts-recovery_codes_made = New recovery codes made
audit-accounts-session_ended = Session ended
audit-accounts-sessions_ended = Other sessions ended
audit-accounts-name_changed = Name changed
audit-accounts-role_changed = Role changed
audit-accounts-member_removed = Person removed from the team
audit-accounts-merchant_renamed = Team renamed
audit-accounts-invite_made = Invitation made
audit-accounts-invite_revoked = Invitation revoked
audit-accounts-invite_accepted = Invitation accepted
audit-accounts-key_made = API key made
audit-accounts-key_revoked = API key revoked

actor-system = Sauda
audit-log-intact = The log is intact: { $rows ->
    [one] { $rows } entry
   *[other] { $rows } entries
 } checked, none changed afterwards.
audit-log-broken = The log was changed outside the program from entry No. { $seq } on. Save a copy of the database and find out who had access to it.
