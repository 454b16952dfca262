# Words of shops, access to the marketplace, proxies and what sellers are told.

## Refusals of the catalogue
err-bad-phone = «{ $value }» не похоже на номер Казахстана. Напишите так: +7 701 000 12 34
err-bad-mail = «{ $value }» не похоже на адрес почты. Напишите так: имя@почта.kz
err-no-code-awaited = Код сейчас не ожидается. Начните вход заново
err-sign-in-busy = В этот кабинет уже входят. Подождите две минуты и повторите
err-no-access = У магазина нет доступа к кабинету. Подключите его заново
err-budget-spent = Лимит обращений к Kaspi исчерпан. Повторите через несколько секунд
err-bad-proxy = «{ $value }» не похоже на адрес прокси. Напишите так: http://имя:пароль@адрес:порт
err-invalid-value = «{ $value }» здесь не подходит. Выберите из предложенного
what-city = город

## Refusals of the marketplace
err-market-session-ended = Kaspi просит войти в кабинет заново. До этого цены не меняются
err-market-bad-token = Kaspi не принял токен. Создайте новый в кабинете Kaspi: Настройки → Токен API
err-market-wrong-credentials = Kaspi не принял логин и пароль. Проверьте их и войдите заново
err-market-wrong-code = Код не подошёл. Проверьте цифры или запросите новый
err-market-sign-in-flood = Kaspi закрыл вход из-за частых попыток. Повторите через { $minutes } мин
err-market-throttled = Kaspi просит подождать { $minutes } мин: лимит обращений исчерпан. Очередь сохранена
err-market-blocked = Kaspi не пускает наш адрес (код { $status }). Снизьте частоту или смените прокси
err-market-timeout = Kaspi не ответил вовремя. Мы повторим сами
err-market-no-connection = До Kaspi не удаётся достучаться. Проверьте сеть или прокси
err-market-down = У Kaspi неполадки (код { $status }). Мы повторим сами
err-market-refused = Kaspi отказал: { $text } (код { $code })
err-market-bad-answer = Kaspi ответил непонятно. Мы записали ответ и повторим
err-market-unclear = Неясно, принял ли Kaspi изменение. Сверяем с кабинетом и не отправляем дважды
err-market-not-found = У Kaspi такого нет: { $what }
err-market-unsupported = Площадка этого не умеет: { $what }
err-market-invalid = Kaspi не примет это значение: { $what }
market-trouble-session_ended = нужно войти в кабинет заново
market-trouble-bad_token = токен не подошёл
market-trouble-wrong_credentials = логин или пароль не подошли
market-trouble-wrong_code = код не подошёл
market-trouble-sign_in_flood = вход закрыт на время
market-trouble-throttled = лимит исчерпан
market-trouble-blocked = адрес не пускают
market-trouble-timeout = нет ответа вовремя
market-trouble-no_connection = нет связи
market-trouble-down = неполадки у Kaspi
market-trouble-refused = отказ
market-trouble-bad_answer = непонятный ответ
market-trouble-too_large = слишком большой ответ
market-trouble-unclear = ответ неясен
market-trouble-not-applied = на витрине прежняя цена
market-trouble-offer-gone = товара больше нет в кабинете
market-trouble-not_found = не найдено
market-trouble-unsupported = не поддерживается
market-trouble-invalid = значение не подходит

## What sellers are told
notice-session-ended = Kaspi просит войти в кабинет { $login } заново. До этого цены не меняются
notice-wrong-password = Kaspi не принял пароль кабинета { $login }. Введите его заново
notice-sign-in-blocked = Kaspi закрыл вход в кабинет { $login } до { $until }
notice-point-gone = Точка { $point } исчезла из кабинета. Проверьте остатки и цены в её городе
notice-city-new = В магазине появился город { $city }. Включите его, чтобы бот вёл там цены
notice-city-gone = В городе { $city } не осталось точек: бот там больше не работает
notice-offers-gone = Из кабинета пропало товаров: { $count }. Бот их больше не ведёт
notice-sync-failed = Товары не удалось прочитать целиком, прежние ({ $known }) оставлены без изменений
notice-rows-refused = Не поняты строки списка товаров: { $count }. Первая: { $first }
notice-proxy-down = Прокси { $proxy } не отвечает: { $error }. Работаем без него
notice-change-lost = Kaspi принял цену { $price }, но не применил её ({ $trouble }). Бот проверит и решит заново
notice-no-availabilities = У товара { $title } ({ $sku }) нет ни одной точки: цену отправить нельзя. Добавьте точку в кабинете
notice-price-refused = Kaspi не принял цену: { $text } (код { $code })
notice-price-changes-stopped = Kaspi остановил изменения цен до { $until }. Очередь сохранена
notice-silence = Магазин { $shop }: Kaspi ничего не подтверждал { $minutes } мин. Цены удерживаются
access-state-new = вход не закончен
access-state-connected = подключён
access-state-needs_code = нужен код
access-state-session_ended = войдите заново
access-state-wrong_password = пароль не подошёл
access-state-blocked = вход закрыт на время
