# Заказы: списки, один заказ, действия, что случилось.

nav-orders = Заказы
orders-open = { $n } в работе
orders-read-at = прочитаны { $ago }
orders-read-now = Обновить
orders-key = Ключ магазина
orders-key-new = Ввести новый ключ
orders-key-give = Дать ключ
orders-views = Виды списка
orders-view-open = В работе
orders-view-new = Новые
orders-view-pack = Собрать
orders-view-hand_over = Сдать
orders-view-on_way = В пути
orders-view-own = Выдать самим
orders-view-back = Возвраты
orders-view-done = Выданы
orders-view-cancelled = Отмены
orders-view-all = Все
orders-search = Номер, покупатель, товар
orders-search-label = Искать заказ по номеру, покупателю, товару, артикулу или городу
orders-caption = Заказы, сначала те, что ждут первыми
orders-selected = выбрано
orders-news = { $n ->
    [one] Появился { $n } заказ. Обновить список
    [few] Появились { $n } заказа. Обновить список
   *[other] Появилось { $n } заказов. Обновить список
}
orders-history = История за год: { $percent } %
orders-history-label = Сколько истории прочитано
orders-trouble-bad_token = Kaspi не принимает ключ магазина ({ $since }). Новых заказов не видно: введите ключ заново
orders-trouble-timeout = Kaspi не отвечает на запросы заказов ({ $since }). Пробуем каждые две минуты. Если сервер не в Казахстане, заказы не придут
orders-trouble-no_connection = Нет связи с Kaspi ({ $since }). Пробуем каждые две минуты
orders-trouble-down = Kaspi временно не работает ({ $since }). Пробуем каждые две минуты
orders-trouble-throttled = Kaspi просит подождать ({ $since }). Продолжим сами
orders-trouble-blocked = Kaspi не пускает наш адрес ({ $since }). Проверьте сеть или прокси
orders-trouble-other = Kaspi ответил непонятно ({ $since }). Пробуем каждые две минуты
orders-no-key-title = Заказы пока не видны
orders-no-key = Дайте ключ магазина: кабинет Kaspi, «Настройки», «Токен API». Его видит только владелец кабинета. Заказы придут за минуту, история за год чуть позже.
orders-reading-title = Читаем заказы
orders-reading = Первый раз это занимает до минуты. Страница обновится сама.
orders-not-found-title = По запросу «{ $query }» здесь ничего нет
orders-not-found = Возможно, заказ уже выдан или отменён.
orders-search-all = Искать среди всех заказов
orders-nothing-open = Все заказы сделаны
orders-nothing-new = Новых заказов нет
orders-nothing-pack = Собирать нечего
orders-nothing-hand_over = Сдавать нечего
orders-nothing-on_way = В пути заказов нет
orders-nothing-own = Выдавать самим нечего
orders-nothing-back = Возвратов нет
orders-nothing-done = Выданных заказов пока нет
orders-nothing-cancelled = Отмен нет
orders-nothing-all = Заказов пока нет
orders-nothing-next = Новые появятся здесь сами.
order-col-due = Срок
order-col-buyer = Покупатель
order-col-goods = Товар
order-col-stage = Состояние
order-col-total = Сумма
order-col-total-tenge = Сумма, ₸
order-col-act = Действие
order-col-code = Номер
order-col-created = Заказан
order-col-town = Город
order-col-sku = Артикул
order-col-quantity = Штук
order-col-waybill = Накладная
due-passed = срок прошёл
ordered-at = заказан { $at }
buyer-unknown = Имя скрыто
goods-unknown = Товар ещё не назван
lines-more = { $n ->
    [one] и ещё { $n } позиция
    [few] и ещё { $n } позиции
   *[other] и ещё { $n } позиций
}
way-kaspi = Kaspi Доставка
way-express = Экспресс
way-postomat = Постомат
way-pickup = Самовывоз
way-own = Своя доставка
stage-new = Новый
stage-sign = На подписании
stage-pack = Собрать
stage-hand_over = Сдать
stage-on_way = В пути
stage-deliver = Доставить
stage-pickup = Ждёт покупателя
stage-preorder = Предзаказ
stage-coming_back = Едет назад
stage-return_asked = Просят вернуть
stage-done = Выдан
stage-returned = Возвращён
stage-cancelled = Отменён
stage-unknown = Неизвестно
stage-what-new = Примите заказ до срока, иначе Kaspi отменит его как «нет в наличии», и это испортит долю отмен.
stage-what-sign = Покупатель подписывает кредит. Пока делать нечего.
stage-what-pack = Соберите заказ и отметьте, что он готов: Kaspi выдаст накладную.
stage-what-hand_over = Наклейте накладную и сдайте заказ до срока.
stage-what-on_way = Заказ у службы доставки Kaspi. Делать ничего не нужно.
stage-what-deliver = Доставьте заказ сами. При вручении отправьте покупателю код и введите его здесь.
stage-what-pickup = Покупатель придёт за заказом. При выдаче отправьте ему код и введите его здесь.
stage-what-preorder = Товара ещё нет. Отметьте, когда он придёт на точку.
stage-what-coming_back = Заказ отменили в пути. Отметьте, когда посылка вернётся к вам.
stage-what-return_asked = Покупатель просит вернуть товар. Отметьте, когда посылка будет у вас.
stage-what-done = Заказ выдан.
stage-what-returned = Товар вернулся к вам.
stage-what-cancelled = Заказ отменён.
stage-what-unknown = Kaspi назвал состояние, которого мы не знаем. Посмотрите заказ в кабинете.
act-accept = Принять
act-assemble = Готов к передаче
act-cancel = Отменить заказ
act-send_code = Отправить код покупателю
act-complete = Выдать
act-arrived = Товар пришёл
act-arrived_backward = Посылка вернулась
pending-recorded = { $act }: отправляем
pending-sending = { $act }: отправляем
pending-taken = { $act }: проверяем
pending-unclear = { $act }: уточняем у Kaspi
pending-long-recorded = «{ $act }»: записали и отправляем в Kaspi. Страницу можно закрыть.
pending-long-sending = «{ $act }»: отправляем в Kaspi. Страницу можно закрыть.
pending-long-taken = «{ $act }»: Kaspi принял, проверяем, что заказ изменился.
pending-long-unclear = «{ $act }»: ответ Kaspi неясен. Перечитываем заказ, второй раз ничего не отправляем.
order-title = Заказ { $code }
order-waybill = Накладная
order-waybill-number = Накладная { $number }
order-waybill-stored = сохранена { $at }
order-waybill-waits = Ждём накладную: обычно она появляется за 15 секунд, иногда за три минуты.
order-next = Что дальше
order-parcels = Мест
order-assemble-once = Отправляем один раз: повторная отметка сделала бы вторую накладную.
order-code = Код от покупателя
order-goods = Товары
order-goods-wait = Kaspi ещё не назвал товары. Спросим при следующем чтении.
order-total = Итого
order-history = Что происходило
order-buyer = Покупатель и доставка
order-buyer-name = Имя
order-phone = Телефон
phone-hidden = Kaspi скрыл
order-address = Адрес
order-town = Город
order-way = Доставка
order-origin = Откуда
order-planned = Доставить
order-reserved = Хранится до
order-payment = Оплата
payment-PREPAID = Сразу
payment-PAY_WITH_CREDIT = В кредит
order-delivery-cost = Доставка для вас
order-created = Заказан
sku-unknown = артикул не назван
pieces = шт.
orders-bulk-print = Печать этикеток
orders-bulk-cancel = Отменить…
orders-cancel-title = Отменить заказы
orders-cancel-left = Не отменяются по состоянию: { $n }
orders-cancel-go = { $n ->
    [one] Отменить { $n } заказ
    [few] Отменить { $n } заказа
   *[other] Отменить { $n } заказов
}
orders-cancel-keep = Не отменять
orders-cancel-none-title = Отменять нечего
orders-cancel-none = Выбранные заказы уже закрыты, или с ними что-то делается.
order-money = Деньги заказа
order-money-revenue = Выручка
order-money-purchase = Себестоимость
order-money-commission = Комиссия
order-money-delivery = Доставка
order-money-tax = Налог
order-money-vat = НДС
order-money-payment = Приём оплаты
order-money-packaging = Упаковка
order-money-advertising = Реклама
order-money-profit = Прибыль
order-money-no-cost = Себестоимость не указана, прибыль не посчитать. Укажите её в каталоге.
order-cancel-open = Отменить заказ…
order-cancel-share = Ваши отмены за { $days } дней: { $now }, станет { $after } при пороге { $threshold }. Отмены «нет в наличии» считаются вашей виной.
order-cancel-reason = Причина
order-cancel-comment = Комментарий, если нужен
cancel-reason-out_of_stock = Нет в наличии
cancel-reason-buyer_asked = Покупатель попросил
cancel-reason-buyer_not_reachable = До покупателя не дозвониться
by-market = Kaspi
by-program = Sauda
cancelled-MERCHANT_OUT_OF_STOCK = нет в наличии
cancelled-BUYER_CANCELLATION_BY_MERCHANT = покупатель попросил
cancelled-BUYER_CANCELLATION_HIMSELF = покупатель отменил сам
cancelled-BUYER_NOT_REACHABLE = до покупателя не дозвонились
cancelled-TIMEOUT_BUYER_PICKUP = покупатель не пришёл
cancelled-TIMEOUT_BUYER_SIGNATURE = покупатель не подписал кредит
cancelled-TIMEOUT_MERCHANT_DELIVERY = не доставили в срок
order-event-ordered = Покупатель оформил заказ
order-event-stage = Состояние: { $stage }
order-event-stage-why = Состояние: { $stage }. Причина: { $cancelled }
order-event-total = Сумма заказа изменилась
order-event-waybill-issued = Kaspi выдал накладную { $number }
order-event-waybill-stored = Накладная { $number } сохранена
order-event-handed-over = Передан службе доставки
order-event-asked-accept = Принять заказ
order-event-asked-assemble = Отметить, что заказ готов
order-event-asked-cancel = Отменить заказ
order-event-asked-send_code = Отправить покупателю код
order-event-asked-complete = Выдать заказ
order-event-asked-arrived = Отметить, что товар пришёл
order-event-asked-arrived_backward = Отметить, что посылка вернулась
order-event-done-accept = Заказ принят
order-event-done-assemble = Заказ готов к передаче
order-event-done-cancel = Отмена принята
order-event-done-send_code = Код отправлен покупателю
order-event-done-complete = Заказ выдан
order-event-done-arrived = Товар на точке
order-event-done-arrived_backward = Посылка получена
order-event-refused-accept = Kaspi отказал принять заказ: { $text }
order-event-refused-assemble = Kaspi отказал отметить заказ готовым: { $text }
order-event-refused-cancel = Kaspi отказал в отмене: { $text }
order-event-refused-send_code = Kaspi не отправил код: { $text }
order-event-refused-complete = Kaspi не принял код: { $text }
order-event-refused-arrived = Kaspi не принял отметку о товаре: { $text }
order-event-refused-arrived_backward = Kaspi не принял отметку о возврате: { $text }
order-event-unseen-accept = Не видно, что заказ принят. Проверьте и примите ещё раз
order-event-unseen-assemble = Не видно, что заказ отмечен готовым. Проверьте его в кабинете, прежде чем повторять
order-event-unseen-cancel = Не видно, что заказ отменён. Проверьте его в кабинете
order-event-unseen-send_code = Неизвестно, ушёл ли код. Спросите покупателя или отправьте ещё раз
order-event-unseen-complete = Не видно, что заказ выдан. Проверьте его в кабинете
order-event-unseen-arrived = Не видно отметки о товаре. Повторите
order-event-unseen-arrived_backward = Не видно отметки о возврате. Повторите
did-act-accept = Принимаем заказ { $code }
did-act-assemble = Отмечаем заказ { $code } готовым
did-act-cancel = Отменяем заказ { $code }
did-act-send_code = Отправляем код покупателю заказа { $code }
did-act-complete = Выдаём заказ { $code }
did-act-arrived = Отмечаем товар заказа { $code }
did-act-arrived_backward = Отмечаем возврат заказа { $code }
did-bulk-none = Ничего не выбрано
did-bulk-act = { $n ->
    [one] Передаём в Kaspi { $n } заказ
    [few] Передаём в Kaspi { $n } заказа
   *[other] Передаём в Kaspi { $n } заказов
}
did-bulk-act-some = Передаём в Kaspi: { $n }. Не подошли по состоянию: { $left }
did-orders-read = Читаем заказы
did-key-given = Ключ сохранён, проверяем его и читаем заказы
did-key-forgotten = Ключ удалён, заказы больше не читаем
err-no-shop-key = У магазина нет ключа. Введите его в настройках магазина
err-bad-shop-key = Это не похоже на ключ: { $count } символов. Скопируйте его из кабинета Kaspi целиком
err-act-not-now = Сейчас это невозможно: заказ в состоянии «{ $stage }»
err-act-asked = С этим заказом уже идёт «{ $act }» ({ $by }): дождитесь, второй раз не отправляем
err-act-parcels = Мест должно быть от 1 до 20, а не { $value }
err-act-code = Код состоит из цифр, от четырёх до восьми
err-act-reason = Выберите причину
err-act-comment = Комментарий длиннее 1000 знаков: { $count }
err-no-waybill = У заказа { $code } ещё нет накладной
notice-key-refused = Kaspi не принимает ключ магазина: новых заказов не видно. Введите ключ заново
notice-order-act-refused = Заказ { $code }: Kaspi отказал. { $text }
notice-order-act-unseen = Заказ { $code }: не видно, что «{ $act }» сделано. Проверьте заказ
notice-waybill-late = Заказ { $code }: накладной нет дольше десяти минут. Проверьте его в кабинете
shop-key = Ключ к заказам
shop-key-none = нет
shop-key-new = проверяем (…{ $end })
shop-key-works = работает (…{ $end })
shop-key-refused = Kaspi не принимает (…{ $end })
shop-key-field = Ключ из кабинета Kaspi
shop-key-hint = Кабинет Kaspi, «Настройки», «Токен API», «Сформировать». Храним зашифрованным, показываем только конец.
shop-key-save = Сохранить ключ
shop-key-forget = Удалить ключ
audit-order-asked = Действие с заказом
audit-shop_key-given = Дал ключ магазина
audit-shop_key-forgotten = Удалил ключ магазина
todo-orders-new = { $n ->
    [one] Примите { $n } заказ
    [few] Примите { $n } заказа
   *[other] Примите { $n } заказов
}
todo-orders-pack = { $n ->
    [one] Соберите { $n } заказ
    [few] Соберите { $n } заказа
   *[other] Соберите { $n } заказов
}
todo-orders-hand-over = { $n ->
    [one] Сдайте { $n } заказ
    [few] Сдайте { $n } заказа
   *[other] Сдайте { $n } заказов
}
todo-orders-own = { $n ->
    [one] Выдайте { $n } заказ сами
    [few] Выдайте { $n } заказа сами
   *[other] Выдайте { $n } заказов сами
}
todo-why-orders-new = Не принятые в срок Kaspi отменит как «нет в наличии»
todo-why-orders-pack = После отметки «готов» Kaspi выдаст накладную
todo-why-orders-hand-over = Накладные готовы, осталось отвезти
todo-why-orders-own = Самовывоз и своя доставка: выдача по коду
todo-act-orders-new = Принять
todo-act-orders-pack = Собрать
todo-act-orders-hand-over = Показать
todo-act-orders-own = Показать
orders-key-gone = Ключа к заказам нет: ниже то, что было прочитано раньше. Новых заказов не видно
cancelled-BUYER_CANCELLATION_BY_COURIER = покупатель отказался при курьере
cancelled-RFO_REJECTED = банк отказал в кредите
cancelled-TECHNICAL_PROBLEM_CANCELLATION = технический сбой
cancelled-MERCHANT_TIMEOUT = не приняли в срок
order-event-wrong-code = Покупатель назвал неверный код
order-event-came-too-late = «{ $act }»: не понадобилось, заказ уже в другом состоянии
order-event-never-sent = «{ $act }»: полчаса не удавалось отправить, не отправлено
notice-order-act-unsent = Заказ { $code }: «{ $act }» не отправлено, связи с Kaspi не было полчаса. Нажмите ещё раз, если ещё нужно
notice-orders-unreadable = { $n ->
    [one] { $n } заказ мы не смогли прочитать
    [few] { $n } заказа мы не смогли прочитать
   *[other] { $n } заказов мы не смогли прочитать
}: посмотрите новые заказы в кабинете Kaspi
act-cancel_line = Убрать из заказа
order-line-cut = Убрать из заказа…
order-line-left = Останется из { $of }
order-event-asked-cancel_line = Убрать часть заказа
order-event-done-cancel_line = Часть заказа убрана
order-event-refused-cancel_line = Kaspi отказал убрать часть заказа: { $text }
order-event-unseen-cancel_line = Не видно, что часть заказа убрана. Проверьте его в кабинете
did-act-cancel_line = Убираем часть заказа { $code }
err-act-line = Столько остаться не может: { $value }. Укажите меньше, чем сейчас в заказе, или 0

order-line-grams = { $grams } г
order-line-weigh = Вес меньше
order-line-weighs = Сколько грамм осталось
weigh-reason-underweight = Недовес
weigh-reason-out_of_stock = Нет в наличии
act-weigh = Изменить вес
order-line-imei = Номера IMEI
act-imei = Передать IMEI
order-event-asked-weigh = Изменить вес
order-event-done-weigh = Вес изменён
order-event-refused-weigh = Kaspi отказал изменить вес: { $text }
order-event-unseen-weigh = Не видно, что вес изменён. Проверьте его в кабинете
did-act-weigh = Меняем вес в заказе { $code }
order-event-asked-imei = Передать номера IMEI
order-event-done-imei = Номера IMEI приняты
order-event-refused-imei = Kaspi не принял номера IMEI: { $text }
order-event-unseen-imei = Не видно, что номера IMEI приняты. Проверьте их в кабинете
did-act-imei = Передаём номера IMEI заказа { $code }
err-act-grams = Вес { $value } г не подходит: нужен меньше заказанного, 0 убирает товар из заказа
err-act-imei = Номера не подходят: нужен хотя бы один IMEI из 15 цифр на каждую вещь, каждая вещь с новой строки
err-imei-off = Передача IMEI выключена. Её включает владелец программы: kaspi.imei = true в sauda.toml
order-line-imei-hint = { $n ->
    [one] 15 цифр, второй номер через пробел
    [few] { $n } вещи, каждая с новой строки: 15 цифр, второй номер через пробел
   *[other] { $n } вещей, каждая с новой строки: 15 цифр, второй номер через пробел
}
filter-way = Доставка
filter-due = Срок
filter-days = Период
orders-due-late = Просрочены
orders-due-soon = Ближайшие 4 часа
orders-due-today = До конца дня
orders-due-tomorrow = До конца завтра
orders-days-7 = За 7 дней
orders-days-30 = За 30 дней
orders-days-90 = За 90 дней
orders-as-board = Доской
orders-as-list = Списком
orders-not-found-filter = С такими фильтрами заказов нет
orders-column-more = { $n ->
    [one] И ещё { $n } заказ
    [few] И ещё { $n } заказа
   *[other] И ещё { $n } заказов
}
order-line-by-weight = На вес: в остатках склада не учитываем
