# Сообщения: о чём пишет покупатель, ответы на вопрос о размере, шаблоны, когда можно писать.

messages-intent-availability = Есть ли в наличии
messages-intent-price = Цена и скидка
messages-intent-size_advice = Помочь с размером
messages-intent-size_complaint_small = Оказалось мало
messages-intent-size_complaint_large = Оказалось велико
messages-intent-delivery_time = Когда привезут
messages-intent-delivery_place = Куда доставляете
messages-intent-order_status = Где заказ
messages-intent-cancel = Отмена заказа
messages-intent-return = Возврат
messages-intent-exchange = Обмен
messages-intent-defect = Брак или недокомплект
messages-intent-wrong_item = Прислали не то
messages-intent-payment = Оплата и рассрочка
messages-intent-receipt_docs = Чек, документы, гарантия
messages-intent-product_question = Вопрос о товаре
messages-intent-photo_request = Просит фото или видео
messages-intent-address_hours = Адрес и часы работы
messages-intent-wholesale = Опт и сотрудничество
messages-intent-review_bonus = Отзыв и бонус
messages-intent-thanks_positive = Благодарит
messages-intent-complaint_angry = Жалуется
messages-intent-human_request = Просит позвать человека
messages-intent-greeting = Здоровается
messages-intent-spam = Реклама, спам
messages-intent-other = Другое

messages-reply-yes = Размер подтверждён
messages-reply-no = Размер не подходит
messages-reply-other_size = Просит другой размер
messages-reply-measurements = Прислал рост и вес
messages-reply-unclear = Непонятно: ответьте сами

messages-language-ru = Русский
messages-language-kk = Казахский
messages-language-mix = Русский и казахский
messages-language-en = Английский

messages-wait-gap = Пауза после прошлого сообщения
messages-wait-night = Сейчас тихие часы
messages-wait-quiet-day = Сегодня не пишем
messages-wait-day-full = На сегодня лимит исчерпан
messages-wait-warming-up = Новый номер разогревается

messages-danger-new-number = Номер подключён недавно
messages-danger-near-day-limit = Дневной лимит почти исчерпан
messages-danger-few-answers = Мало кто отвечает
messages-danger-many-opt-outs = Многие просят не писать

messages-risk-low = Риск блокировки низкий
messages-risk-medium = Риск блокировки средний
messages-risk-high = Риск блокировки высокий: сделайте паузу

messages-trigger-approved = Заказ принят
messages-trigger-size_confirmation = Уточнить размер
messages-trigger-shipped = Заказ отправлен
messages-trigger-delivered = Заказ ждёт покупателя
messages-trigger-pickup_reminder = Напомнить забрать
messages-trigger-completed = Заказ выдан
messages-trigger-review_request = Попросить отзыв

messages-variable-customer_name = имя покупателя
messages-variable-order_code = номер заказа
messages-variable-order_total = сумма заказа
messages-variable-items_list = список товаров
messages-variable-delivery_address = адрес доставки
messages-variable-store_name = название магазина
messages-variable-size = размер

messages-phone-mobile = Мобильный
messages-phone-fixed = Городской
messages-phone-toll_free = Бесплатный
messages-phone-masked = Часть цифр скрыта
messages-phone-unknown = Неизвестный номер

messages-phone-problem-masked = Часть цифр скрыта: позвонить нельзя
messages-phone-problem-too_short = Не хватает цифр
messages-phone-problem-too_long = Лишние цифры
messages-phone-problem-unknown_prefix = Такого кода нет
messages-phone-problem-unknown_country = Такого кода страны нет

err-template-empty = Шаблон пуст. Напишите, что получит покупатель.
err-template-too-long = В шаблоне { $length } знаков, а можно не больше { $limit }. Сократите текст.
err-template-unknown-variable = Переменной { $name } нет. Похожая: { $nearest }.
err-template-unclosed-bracket = Скобка на месте { $place } не закрыта. Закройте её или поставьте две, если нужна сама скобка.
err-template-unopened-bracket = Скобка на месте { $place } лишняя. Уберите её или поставьте две, если нужна сама скобка.
err-template-missing = Для этого заказа неизвестно: { $variables }. Добавьте данные или уберите переменную из шаблона.
err-template-message-too-long = Сообщение получится длиной { $length } знаков, отправить можно не больше { $limit }. Сократите шаблон.

# Переписка, номера WhatsApp, шаблоны и режим: страницы.
nav-messages = Сообщения
messages-parts = Разделы сообщений
messages-part-inbox = Переписка
messages-part-whatsapp = WhatsApp
messages-part-templates = Шаблоны
messages-part-limits = Режим и лимиты
messages-views = Какую переписку показать
messages-search = Имя, телефон или номер заказа
inbox-view-needs_person = Ждут человека
inbox-view-all = Все
inbox-view-silent = Просили не писать
messages-not-found-title = По запросу «{ $query }» ничего нет
messages-not-found = Проверьте написание или ищите по номеру заказа.
messages-none-title = Переписки пока нет
messages-none = Подключите WhatsApp: Sauda напишет покупателям о заказах и соберёт ответы здесь.
messages-empty-needs_person = Никто не ждёт ответа
messages-empty-all = Переписки пока нет
messages-empty-silent = Никто не просил не писать
messages-empty = Новые сообщения появятся здесь сами.
messages-way-none = У магазина нет WhatsApp: сообщения отправлять не с чего.
messages-way-look = Что случилось
messages-way-next = Ближайшее уйдёт { $at }.
messages-line-add = Подключить WhatsApp
talk-order = заказ { $code }
talk-order-word = Заказ
talk-silent = не писать
talk-needs = ждёт ответа
talk-ours = Вы:
talk-unread = непрочитанных
talk-title = Переписка: { $name }
talk-done = Разобрано
talk-said = Сообщения переписки
talk-nothing = Ещё ничего не написано.
talk-write = Сообщение покупателю
talk-write-hint = Уйдёт по очереди, в разрешённые часы.
talk-send = Отправить сообщение
talk-template = Вставить шаблон
talk-closed-silent = Покупатель просил не писать. Sauda больше ему не напишет; ответить можно с самого телефона.
talk-closed-no_line = Сначала подключите WhatsApp.
talk-closed-no_phone = Kaspi не показывает телефон этого покупателя, писать некуда.
talk-acts = Что ещё
talk-silence = Больше не писать
talk-lift = Снова писать
talk-erase = Стереть данные
talk-ask-silence = Sauda больше не напишет этому человеку ни из одного вашего магазина, пока вы не снимете отказ. Очередь для него снимется.
talk-ask-lift = Пишите снова, только если человек сам об этом попросил или отказ отмечен по ошибке: за ненужные сообщения WhatsApp блокирует номер. Снятая очередь не вернётся, в журнале останется, кто снял отказ.
talk-ask-erase = Имя, телефон и тексты будут стёрты без возврата. Просьба не писать останется.
message-no-words = без текста
message-cancel = Не отправлять
message-due = не раньше { $at }
message-state-queued = в очереди
message-state-sending = отправляется
message-state-sent = отправлено
message-state-delivered = доставлено
message-state-read = прочитано
message-state-failed = не отправлено
message-state-unclear = неясно, ушло ли
message-state-cancelled = снято
message-state-received = получено
message-trouble-no_recipient = этого номера нет в WhatsApp
message-trouble-silence = покупатель просил не писать
message-trouble-not_true = заказ изменился, сообщение устарело
message-trouble-switched_off = рассылка выключена
message-trouble-person = снято человеком
message-trouble-erased = данные стёрты
message-trouble-not_seen = в переписке не найдено
message-trouble-not_delivered = WhatsApp не доставил
message-trouble-logged_out = телефон отключён
message-trouble-closed = покупатель нас заблокировал
message-trouble-unconfirmed = сверяем с перепиской
message-trouble-no_connection = не было связи с сервером
message-trouble-other = код { $word }
line-ours = пишет этот магазин
line-number = Номер
line-no-number = телефон не подключён
line-server = Сервер WAHA
line-server-hint = Адрес, по которому его видит Sauda.
line-key = Ключ сервера
line-key-hint = Хранится зашифрованным, больше не показывается.
line-name = Имя сессии
line-name-hint = Латинские буквы, цифры, _ и -. Новая сессия создастся сама.
line-sent = Отправлено сегодня
line-sent-of = { $sent } из { $most }
line-waiting = В очереди
line-risk = Риск
line-trouble = Последняя ошибка
line-no-trouble = ошибок нет
line-trouble-logged-out = телефон отключён от WhatsApp
line-trouble-bad-key = сервер не принял ключ
line-trouble-no-connection = сервер недоступен
line-trouble-timeout = сервер не ответил вовремя
line-trouble-not-found = на сервере нет такой сессии
line-trouble-down = у сервера неполадки
line-trouble-throttled = сервер просит подождать
line-trouble-other = код { $word }
line-warm-up = Разогрев нового номера
line-warm-up-day = день { $day }: { $most }
line-warm-up-why = Новый номер, который сразу много пишет, WhatsApp блокирует. Лимит растёт сам.
line-link = Подключить телефон
line-restart = Перезапустить
line-use = Писать с него
line-leave = Не писать с него
line-logout = Отключить телефон
line-remove = Удалить
line-ask-logout = Телефон отвяжется, для новой отправки понадобится QR-код. Очередь сохранится: { $n }.
line-ask-remove = Номер исчезнет здесь и на сервере. Очередь будет ждать другого номера: { $n }.
line-new = Новый номер WhatsApp
line-new-what = Нужен ваш сервер WAHA (WhatsApp HTTP API). Sauda сама создаст на нём сессию и вебхук.
lines-none-title = WhatsApp не подключён
lines-none = Добавьте свой сервер WAHA и отсканируйте QR-код телефоном магазина.
link-works = Телефон подключён: { $number }
link-then = Выбрать, о чём писать
link-qr = QR-код для WhatsApp
link-step-1 = Откройте WhatsApp на телефоне магазина.
link-step-2 = Меню → Связанные устройства → Привязка устройства.
link-step-3 = Наведите камеру на этот код.
link-left = Код действует ещё { $seconds } с.
link-turn = Это { $turn }-й из 6.
link-last = Он последний: не успеете — запустите заново.
link-leave = Можно уйти со страницы: подключение не прервётся, но код придётся открыть снова.
link-again = Обновить
link-starting = Сессия запускается с { $since }. Обычно это минута, страница обновится сама.
link-off = Сессия стоит: код не показан.
link-open = Запустить и показать код
link-facts = О номере
templates-what = Включённое уходит само, один раз на заказ. О заказах, которые были до включения, Sauda не напишет.
template-new = Новый шаблон
template-edit = Изменить текст
template-look = Посмотреть текст
template-changed = Изменил { $by }, { $at }
template-title = Шаблон: { $name }
template-name = Название
template-text-ru = Текст по-русски
template-text-kk = Текст по-казахски
template-preview = Как это увидит покупатель
template-preview-order = На примере заказа { $code }.
template-preview-none = Без данных заказа: вместо них черта.
template-variables = Переменные
template-variables-what = Скопируйте в текст вместе со скобками.
template-unknown-here = В этом заказе неизвестно:
template-one-sided = Есть только в одном из двух текстов:
trigger-on = включено
trigger-off = выключено
trigger-send = Отправлять
trigger-when-approved = Когда заказ принят. Все способы: Kaspi Доставка, постомат, самовывоз, своя доставка.
trigger-when-size_confirmation = Когда заказ принят, а размер не подтверждён. Все способы; для самовывоза – пока товар не выдан.
trigger-when-shipped = Когда Kaspi забрал посылку. Kaspi Доставка, экспресс и постомат; про свою доставку Kaspi не сообщает.
trigger-when-delivered = Самовывоз из вашей точки: в обещанный день или когда пришёл предзаказ. Когда посылка легла в постомат, Kaspi не сообщает.
trigger-when-pickup_reminder = Самовывоз из вашей точки: через столько после того дня, если заказ не забрали.
trigger-when-completed = Когда заказ выдан. Все способы.
trigger-when-review_request = После выдачи, если отзыва ещё нет. Все способы.
trigger-after = через
trigger-minutes = мин
trigger-from = с
trigger-until = до
limits-title = Когда можно писать
limits-from = С
limits-until = До
limits-per-day = Не больше сообщений в день
limits-per-day-hint = Не больше 100 с одного номера.
limits-gap = Пауза между сообщениями
limits-gap-hint = Не меньше 30 секунд.
limits-jitter = Случайная добавка к паузе, до
limits-jitter-hint = Чтобы не писать ровно, как робот.
limits-seconds = с
limits-quiet = В эти дни не писать
limits-warm-up = Разогревать новый номер
limits-warm-up-hint = Выключайте, только если номером давно пользуются.
limits-risk = Чем это грозит
limits-risk-what = WhatsApp не объявляет своих порогов. По опыту владельцев номеров, хватает 5–10 жалоб на спам. Ночью, с 22:00 до 8:00, Sauda не пишет никогда.
did-message-queued = Сообщение в очереди
did-message-cancelled = Сообщение не уйдёт
did-talk-done = Переписка разобрана
did-talk-silenced = Больше не пишем
did-talk-lifted = Снова можно писать
did-talk-erased = Данные покупателя стёрты
did-line-added = Номер добавлен
did-line-opened = Сессия запускается
did-line-restarted = Сессия перезапущена
did-line-logged-out = Телефон отключён
did-line-removed = Номер удалён
did-line-chosen = Магазин пишет с этого номера
did-line-left = Магазин больше не пишет с этого номера
did-limits = Режим сохранён
did-template = Шаблон сохранён
did-trigger-on = Включено: пишем с этого момента
did-trigger-off = Выключено, очередь снята
notice-line-offline = WhatsApp отключён: сообщения ждут в очереди. Подключите телефон снова
audit-line-added = Добавил номер WhatsApp
audit-line-logged_out = Отключил телефон WhatsApp
audit-line-removed = Удалил номер WhatsApp
audit-messages-line = Выбрал номер WhatsApp для магазина
audit-messages-limits = Изменил режим сообщений
audit-messages-trigger = Включил или выключил рассылку
audit-talk-silenced = Отметил «больше не писать»
audit-talk-silence_lifted = Снял отказ от сообщений
audit-talk-erased = Стёр данные покупателя
audit-message-written = Написал покупателю
audit-template-written = Изменил шаблон
err-line-taken = Сессия { $name } на сервере { $server } уже подключена. Выберите другое имя сессии.
err-line-server-not-allowed = Сервер { $server } не разрешён администратором. Укажите разрешённый или попросите добавить этот.
err-message-no-line = Магазину не с чего писать. Подключите WhatsApp в разделе «Сообщения → WhatsApp».
err-message-no-phone = Kaspi не показывает телефон покупателя заказа { $code }. Написать ему нельзя.
err-message-silent = Покупатель просил не писать. Ответьте с самого телефона, если это нужно.
err-message-empty = Сообщение пустое. Напишите текст или вставьте шаблон.
err-message-too-long = В сообщении { $length } знаков, а можно не больше { $limit }. Сократите текст.
err-message-not-queued = Сообщение уже ушло или снято. Обновите страницу.
err-template-name = Название «{ $name }» не подходит: нужно от 1 до 60 знаков.
err-template-changed = Шаблон уже изменил кто-то другой. Откройте его заново и повторите правку.
err-limits-night = Часы { $from }–{ $until } захватывают ночь. Выберите время между 08:00 и 22:00.
err-limits-hours = Такого времени нет. Напишите часы как 09:00 и 21:00, начало раньше конца.
err-limits-gap = Пауза { $value } с слишком мала. Дайте хотя бы 30 секунд.
err-limits-jitter = Добавка { $value } с не подходит. Дайте от 0 до 600 секунд.
err-limits-per-day = { $value } сообщений в день не подходит. Дайте от 1 до 100.
err-limits-weekday = Дня недели { $value } нет. Понедельник — 1, воскресенье — 7.
err-limits-no-day = Все дни недели тихие. Оставьте хотя бы один.
err-trigger-delay = Задержка { $value } мин не подходит. Дайте от 0 до 43 200 минут (30 дней).
order-chat = Написать покупателю
messages-way-off = { $n ->
    [0] WhatsApp не работает. Очередь пуста
    [one] WhatsApp не работает. { $n } сообщение ждёт в очереди и уйдёт один раз, когда он вернётся
    [few] WhatsApp не работает. { $n } сообщения ждут в очереди и уйдут один раз, когда он вернётся
   *[other] WhatsApp не работает. { $n } сообщений ждут в очереди и уйдут один раз, когда он вернётся
 }
messages-way-waits = { $n ->
    [one] { $n } сообщение ждёт своей очереди.
    [few] { $n } сообщения ждут своей очереди.
   *[other] { $n } сообщений ждут своей очереди.
 }
line-waiting-n = { $n ->
    [one] { $n } сообщение
    [few] { $n } сообщения
   *[other] { $n } сообщений
 }
line-off = { $n ->
    [0] Не работает { $since }. Очередь пуста
    [one] Не работает { $since }. { $n } сообщение ждёт, ничего не уйдёт дважды
    [few] Не работает { $since }. { $n } сообщения ждут, ничего не уйдёт дважды
   *[other] Не работает { $since }. { $n } сообщений ждут, ничего не уйдёт дважды
 }
messages-part-telegram = Telegram
messages-hidden = { $n ->
    [one] У { $n } открытого заказа номер скрыт: написать нельзя.
    [few] У { $n } открытых заказов номер скрыт: написать нельзя.
   *[other] У { $n } открытых заказов номер скрыт: написать нельзя.
}
message-file-picture = Фото
message-file-voice = Голосовое сообщение
message-file-video = Видео
message-file-document = Документ
message-file-state-waiting = загружаем
message-file-state-refused = не приняли:
message-file-state-lost = получить не удалось:
message-file-state-expired = удалён по сроку, храним 90 дней
message-file-why-kind = такие файлы не принимаем
message-file-why-large = больше 16 МБ
message-file-why-other = внутри не то, что написано в названии
message-file-why-gone = на сервере его уже нет, попросите прислать ещё раз
message-file-why-silent = сервер не ответил, попросите прислать ещё раз
