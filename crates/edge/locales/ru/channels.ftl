# WhatsApp, Telegram, e-mail: how sending fails and what to do.
err-channel-logged-out = { $state ->
    [starting] WhatsApp ещё запускается. Подождите минуту: очередь сохранена
   *[other] Телефон не подключён к WhatsApp. Откройте «Сообщения → WhatsApp» и отсканируйте QR-код: очередь сохранена
 }
err-channel-bad-key = Ключ не подошёл. Проверьте ключ, токен или пароль канала в настройках
err-channel-no-recipient = Сообщение некому доставить: { $who }. Проверьте номер или адрес
err-channel-closed = Получатель не принимает наши сообщения: он заблокировал нас или ещё не начал диалог
err-channel-moved = Группа переехала, её новый номер { $to }. Укажите его в настройках
err-channel-throttled = Канал просит подождать { $seconds } с. Очередь сохранена
err-channel-taken = Сообщения этого бота забирает другая программа. Остановите её или создайте для Sauda отдельного бота
err-channel-timeout = Канал не ответил вовремя. Мы повторим сами
err-channel-no-connection = До сервера канала не удаётся достучаться. Проверьте адрес и сеть; ничего не отправлено
err-channel-down = У канала неполадки (код { $status }). Мы повторим сами
err-channel-refused = Канал отказал: { $text } (код { $code })
err-channel-bad-answer = Канал ответил непонятно. Проверьте, тот ли это сервер и не устарел ли он
err-channel-unconfirmed = Неясно, ушло ли сообщение. Сверяем с перепиской и не отправляем дважды
err-channel-not-found = В канале этого больше нет. Обновите страницу
err-channel-forged = Подпись входящего вызова неверна, он отброшен. Проверьте ключ вебхука
err-channel-unsupported = Этот канал или его версия этого не умеет. Обновите сервер или выберите другой канал
err-channel-invalid = Канал это не примет: { $what }

# Where a WhatsApp line stands.
channel-state-stopped = остановлена
channel-state-starting = запускается
channel-state-awaits_scan = ждёт QR-код
channel-state-awaits_passkey = ждёт подтверждения на телефоне
channel-state-working = работает
channel-state-failed = оборвалась

# How far a message got.
channel-delivery-pending = отправляется
channel-delivery-server = отправлено
channel-delivery-device = доставлено
channel-delivery-read = прочитано
channel-delivery-played = прослушано
channel-delivery-failed = не доставлено
channel-delivery-unknown = неизвестно
