### Отчёты по расписанию и всё, что работает само.

automation-reports = Отчёты
autos-title = Что работает само
auto-orders = Чтение заказов
auto-day = День магазина по расписанию
auto-prices = Бот цен
auto-feed = Прайс-лист для Kaspi
auto-market = Сбор рынка
auto-reviews = Отзывы на мои товары
auto-reports = Отчёты
auto-last = последний раз
auto-never = ещё не было
auto-next = дальше
auto-until = до
auto-open = Открыть
auto-state-on = Работает
auto-state-off = Не настроено
auto-state-paused = На паузе
auto-state-trouble = Есть проблема
auto-state-by-hand = Вручную
auto-state-watching = Только смотрит
auto-state-dry = Пробный режим
reports-title = Отчёты
reports-plans = Отчёты по расписанию
reports-made = Готовые отчёты
reports-none-title = Отчётов по расписанию нет
reports-none = Sauda может сама присылать список на заказ, прибыль за неделю или ошибки за день: в Telegram, на почту и сюда.
reports-made-none = Здесь появятся отчёты после первой отправки.
reports-made-not-found = Таких отчётов нет.
report-new = Новый отчёт
report-change = Изменить
report-name = Название
report-name-hint = Так отчёт подписан в Telegram и в письме
report-what = О чём
report-shop = Магазин
report-shop-hint = Для прибыли и ошибок. Остальные отчёты считаются по всем магазинам сразу
report-all-shops = Все магазины
report-often = Как часто
report-weekday = День недели
report-weekday-hint = Если раз в неделю или раз в две недели
report-month-day = Число
report-month-day-hint = Если раз в месяц. В коротком месяце — последнее число
report-at-time = Время
report-at-time-hint = По Алматы, например 9:00
report-to = Кому
report-language = Язык отчёта
report-pictures = С графиком и PDF
report-no-mail = Письма здесь не отправляются: почтовый сервер не указан в файле настроек.
report-goes-to = Кому:
report-send-now = Отправить сейчас
report-kind-reorder = Что заказать
report-kind-forecast = Прогноз продаж
report-kind-profit = Прибыль
report-kind-market = Рынок
report-kind-errors = Ошибки
report-filter-all = Все
report-filter-reorder = Что заказать
report-filter-forecast = Прогноз
report-filter-profit = Прибыль
report-filter-market = Рынок
report-filter-errors = Ошибки
report-freq-daily = Каждый день
report-freq-weekly = Раз в неделю
report-freq-biweekly = Раз в две недели
report-freq-monthly = Раз в месяц
report-weekday-1 = Понедельник
report-weekday-2 = Вторник
report-weekday-3 = Среда
report-weekday-4 = Четверг
report-weekday-5 = Пятница
report-weekday-6 = Суббота
report-weekday-7 = Воскресенье
report-when-daily = каждый день в { $at }
report-when-weekly = { $weekday ->
    [d1] по понедельникам
    [d2] по вторникам
    [d3] по средам
    [d4] по четвергам
    [d5] по пятницам
    [d6] по субботам
   *[d7] по воскресеньям
} в { $at }
report-when-biweekly = раз в две недели, { $weekday ->
    [d1] в понедельник
    [d2] во вторник
    [d3] в среду
    [d4] в четверг
    [d5] в пятницу
    [d6] в субботу
   *[d7] в воскресенье
}, в { $at }
report-when-monthly = { $day }-го числа в { $at }
report-to-screen = экран
report-to-telegram = Telegram: все, кому можно
report-to-mail = почта: все, кому можно
report-to-chat = Telegram: { $who }
report-to-group = группа в Telegram: { $who }
report-to-address = почта: { $who }
report-to-not-confirmed = адрес не подтверждён
report-state-making = Готовится
report-state-made = Готов
report-state-failed = Не получился
report-unsent = не ушло: { $n }
report-making = Отчёт готовится. Страницу можно закрыть, готовый он появится в списке.
report-failed = Отчёт не получился: одна из частей программы не ответила. Причина в журнале, оттуда же его можно повторить.
report-log = Журнал
report-picture = Картинка
report-was = было
report-sent-title = Куда ушло
report-sent-queued = В очереди
report-sent-sending = Отправляем
report-sent-sent = Доставлено
report-sent-failed = Не доставлено
report-sent-unclear = Неясно
report-unsent-unconfirmed = Адрес не подтверждён. Откройте ссылку из письма: «Настройки → Уведомления»
report-unsent-no-right = У человека нет права это видеть. Право даёт владелец: «Настройки → Команда»
report-unsent-group = Прибыль в группу не отправляем: её увидят все участники
report-unsent-unlinked = Чат не подключён. Подключите его: «Сообщения → Telegram»
report-unsent-unknown = Такого адреса нет ни у кого в команде
report-unsent-nobody = Некому: ни у кого нет и подключения, и права это видеть
report-more = и ещё { $n }
report-span = { $from } – { $to }
report-at = на { $at }
report-letter-foot = Это письмо отправила Sauda по расписанию. Изменить или выключить: «Автоматизация → Отчёты».
report-letter-foot-page = Это письмо отправила Sauda по расписанию. Отчёт целиком: { $page }
report-head-reorder = { $n ->
    [one] Пора заказать { $n } товар
    [few] Пора заказать { $n } товара
   *[many] Пора заказать { $n } товаров
} на { $sum }
report-head-reorder-bare = { $n ->
    [one] Пора заказать { $n } товар
    [few] Пора заказать { $n } товара
   *[many] Пора заказать { $n } товаров
}
report-head-reorder-none = Заказывать пока нечего
report-head-forecast = { $n ->
    [one] { $n } товар закончится раньше, чем придёт новая партия
    [few] { $n } товара закончатся раньше, чем придёт новая партия
   *[many] { $n } товаров закончатся раньше, чем придёт новая партия
}
report-head-forecast-calm = Товара хватает до новой партии: { $known } с прогнозом
report-head-forecast-none = Прогноза нет: продаж пока слишком мало
report-head-profit = Чистыми { $profit } с выручки { $revenue }, в прошлый раз { $before }
report-head-profit-none = За эти дни выданных заказов не было
report-head-market = Новых карточек { $fresh }, ушло { $gone }, новых отзывов { $grown }
report-head-market-none = Рынок ещё не снимали
report-head-errors = { $n ->
    [one] За это время { $n } проблема
    [few] За это время { $n } проблемы
   *[many] За это время { $n } проблем
}
report-head-errors-none = Проблем не было
report-say-without-cost = { $n ->
    [one] У { $n } товара нет себестоимости, в сумму он не входит
   *[other] У { $n } товаров нет себестоимости, в сумму они не входят
}
report-say-unknown-demand = { $n ->
    [one] Для { $n } товара неизвестен спрос: укажите, сколько продаётся в день
   *[other] Для { $n } товаров неизвестен спрос: укажите, сколько продаётся в день
}
report-say-market-failing = Не прочитали: { $n }. Причина на странице рынка
report-fact-revenue = Выручка
report-fact-profit = Прибыль
report-fact-margin = Маржа, %
report-fact-orders = Заказов
report-fact-commission = Комиссия
report-fact-delivery = Доставка
report-fact-tax = Налог
report-fact-returned = Вернули на
report-part-reorder = Что заказать
report-part-cover = На сколько дней хватит
report-part-runs-out = Закончится раньше поставки
report-part-expected = Ждём за 14 дней и продали за прошлые 14
report-part-profit-days = Прибыль по дням
report-part-best = Заработали больше всего
report-part-worst = Заработали меньше всего
report-part-missing = Нет себестоимости
report-part-market = Что изменилось
report-part-market-grown = Новые отзывы
report-part-errors = Сколько и где
report-part-notices = Уведомления
report-part-jobs = Задания, которые не выполнились
report-part-days = Дни, которые остановились
report-part-unsent = Сообщения вашей команде, которые не дошли
report-col-product = Товар
report-col-order = Заказать
report-col-free = Есть
report-col-days = Дней
report-col-supplier = Поставщик
report-col-cost = Сумма
report-col-daily = В день
report-col-lead = Везут, дней
report-col-expected = Ждём
report-col-range = От и до
report-col-sold = Продали
report-col-change = Разница
report-col-pieces = Штук
report-col-revenue = Выручка
report-col-profit = Прибыль
report-col-margin = Маржа, %
report-col-source = Категория
report-col-cards = Карточек
report-col-middle = Средняя цена, ₸
report-col-fresh = Новых
report-col-gone = Ушло
report-col-grown = Отзывов
report-col-sellers = Продавцов
report-col-what = Что
report-col-why = Почему
report-col-times = Раз
report-col-last = Когда
report-col-shop = Магазин
job-reports-make = Отчёт
notice-report-made = Готов отчёт «{ $name }»
audit-reports-plan_added = Добавил отчёт по расписанию
audit-reports-plan_changed = Изменил отчёт по расписанию
audit-reports-plan_paused = Поставил отчёт на паузу или включил
audit-reports-plan_removed = Убрал отчёт по расписанию
audit-reports-plan_sent = Отправил отчёт сейчас
did-report-saved = Отчёт «{ $name }» сохранён
did-report-sent = Отчёт готовится и сейчас уйдёт
did-report-paused = Отчёт на паузе
did-report-resumed = Отчёт включён. Пропущенное за паузу не присылаем
did-report-removed = Отчёт убран, готовые остались
err-report-name = «{ $value }» не подойдёт: нужно название до 60 знаков
err-report-name-taken = Отчёт «{ $name }» уже есть: выберите другое название
err-report-shop = Этот отчёт считается по всем магазинам сразу: выберите «Все магазины»
err-report-day = «{ $value }» не подойдёт: день недели — от 1 до 7, число — от 1 до 31
err-report-time = «{ $value }» — не время: напишите, например, 9:00
err-report-recipients = Выберите, кому отправлять: хотя бы на экран
err-report-to-unconfirmed = Адрес { $who } не подтверждён: откройте ссылку из письма, она отправляется в «Настройки → Уведомления»
err-report-to-no-right = { $who }: у человека нет права видеть такой отчёт. Право даёт владелец в «Настройки → Команда»
err-report-to-group = Прибыль нельзя отправлять в группу: её увидят все участники. Выберите личный чат
err-report-to-unlinked = Чат { $who } не подключён: подключите его в «Сообщения → Telegram»
err-report-to-unknown = { $who }: такого адреса нет ни у кого в команде. Пригласите человека или выберите другой адрес
err-report-many = Отчётов уже { $most }, больше нельзя: уберите ненужный
err-report-file = Отчёт «{ $name }» из файла настроек: измените его там. На паузу можно поставить здесь
report-part-commands = Действия с заказами, которые не прошли
report-part-untold = Сообщения покупателям, которые не дошли
report-col-number = Заказ
report-command-unseen = Kaspi принял, но в заказе не видно
report-fact-without_cost = Без себестоимости
report-fact-purchase = Закуп
report-fact-own = Упаковка и реклама
