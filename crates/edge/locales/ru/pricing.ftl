# Words of the price bot. Values come ready for reading: sums as `38 740 ₸`, shares as `10,9 %`, `cell` and `action` by their own texts.

## Refusals of pricing and of the floor
err-changed-by = Это уже изменено: { $by }. Обновите страницу и внесите правку ещё раз. { $now }
err-min-below-cost = Минимум { $min } ниже цены без убытка { $floor }. Поднимите минимум или подтвердите, что продаёте в убыток
err-price-below-floor = Цена { $price } ниже минимума { $floor }. Укажите не меньше { $floor } или снизьте минимум
err-price-range = «{ $value }» не подходит: нужна целая цена от 1 до 1 000 000 000 ₸
err-name-length = Название должно быть от 1 до 80 знаков
err-time-passed = Время { $value } уже прошло. Выберите время в будущем
err-answered-already = На этот вопрос уже ответили, или он устарел. Бот проверит цену и при нужде спросит снова
err-undo-passed = Вернуть уже нельзя: прошли сутки или это уже вернули
err-rule-in-use = По этому правилу работает товаров: { $count }. Переведите их на другое правило и повторите
err-no-current-limit = У товара нет границы, от которой считать. Задайте число
err-no-own-price = Цена товара ещё не известна. Дождитесь чтения товаров или задайте число
err-no-cost = У товара нет себестоимости. Внесите её или задайте число
err-rule-out-of-range = Настройка { $field }: { $value } не подходит, нужно от { $low } до { $high }
err-rule-min-above-max = Минимум { $min } выше максимума { $max }. Поменяйте одно из них
err-rule-pace-reversed = Самый короткий интервал проверки ({ $shortest } мин) длиннее самого длинного ({ $longest } мин). Поменяйте их местами
err-rule-better-in-nothing = Укажите, чем вы лучше конкурента: рейтингом или доставкой
err-floor-negative = { $part }: { $value } меньше нуля. Укажите 0 или больше
err-floor-no-weight = Вес посылки { $value } г: укажите больше 0
err-floor-too-large = { $part }: { $value } слишком много, не больше { $largest }
err-floor-shares-too-large = Комиссия, налог, доли и желаемая маржа забирают всю цену. Уменьшите одну из долей
err-floor-out-of-reach = Ни одна цена до { $largest } ₸ не даёт желаемого. Проверьте себестоимость и доли
err-floor-steps-out-of-order = Ступени доставки идут не по возрастанию, начиная с { $from } ₸. Расположите их по порядку
err-floor-no-tariff = Для доставки { $service ->
    [city] по городу
    [kazakhstan] по Казахстану
   *[express] экспресс
} на { $day } при весе { $grams } г тарифа нет. Задайте доставку суммой
err-floor-table = Таблица тарифов повреждена в строке { $line }. Сообщите об этом в поддержку
what-question = вопрос
what-bulk = массовая правка
what-pause = пауза

## Why the bot acted or did not
reason-undercut = Самый дешёвый конкурент продаёт за { $rival }: встаём на { $step } ниже
reason-climb = Мы первые, следующий продаёт за { $rival }: поднимаемся почти до него, на { $step } ниже
reason-top-place = Держим место { $wished }: на { $step } ниже конкурента с ценой { $rival }
reason-match-cheapest = Встаём вровень с самым дешёвым: { $rival }
reason-match-better = Наш рейтинг или доставка лучше, поэтому вровень с { $rival }, а не ниже
reason-truce-match = Перемирие после ценовой войны: не ниже конкурента с ценой { $rival }
reason-margin-place = Лучшее место, на котором остаётся маржа { $margin_bp }: на { $step } ниже { $rival }
reason-margin-floor = Ни одно место не даёт маржу { $margin_bp }: стоим на самой низкой цене с ней, { $price }
reason-profit = По вашей истории эта цена даёт больше всего прибыли: { $profit_per_day } в день, место { $place }
reason-on-floor = Конкурент продаёт за { $rival }, ниже нашего минимума. Стоим на минимуме { $floor }
reason-next-reachable = Самые дешёвые ниже нашего минимума { $floor }: встаём на { $step } ниже следующего, { $rival }
reason-cell-price = { $cell }: по настройке { $action }, { $price }
reason-raise-to-floor = Цена была ниже минимума: поднимаем до { $floor }
reason-lower-to-ceiling = Цена была выше максимума: опускаем до { $ceiling }
reason-step-back = Ценовая война: { $undercuts } перебиваний подряд с конкурентом { $rival }. Отходим и ждём { $wait_minutes } мин
reason-sleep-lift = Ночной подъём: шагов { $steps } по { $step }
reason-pinned = Цена закреплена вручную: { $price }
reason-safe-price = Kaspi не отвечает { $silent_minutes } мин: поднимаем до безопасной цены { $price }
reason-already-there = Цена { $price } уже та, что нужна
reason-already-cheapest = Мы уже дешевле конкурента с ценой { $rival }
reason-rise-too-small = Подъём на { $rise } меньше шага { $step }: не тратим на него изменение
reason-cell-hold = { $cell }: по настройке держим цену
reason-paused = Стоит пауза: цену не меняем
reason-no-observation = Рынок ещё не прочитан: ждём первой проверки
reason-stale-observation = Данные о рынке устарели: { $age_minutes } мин при допустимых { $max_minutes }
reason-partial-observation = Прочитана только часть списка продавцов: { $seen } из { $total }. Ждём полного
reason-empty-observation = Список продавцов пришёл пустым. Это не значит, что конкурентов нет: держим цену
reason-future-observation = Время чтения на { $ahead_minutes } мин впереди часов. Проверьте часы сервера
reason-seen-before-own-change = Рынок прочитан до нашей последней правки: ждём следующего чтения
reason-cool-down = Пауза после своей правки: ещё { $left_minutes } мин
reason-outside-hours = Сейчас не рабочие часы бота
reason-war-wait = Ждём после ценовой войны: ещё { $left_minutes } мин
reason-silent = Kaspi не отвечает { $minutes } мин: держим цену
reason-sister-ahead = Впереди ваш же магазин с ценой { $sister }: его не перебиваем
reason-day-limit = Дневной предел изменения исчерпан: { $limit }
reason-floor-above-ceiling = Минимум { $floor } выше максимума { $ceiling }. Поправьте границы
reason-no-floor = Нет ни минимума, ни себестоимости: бот не знает, ниже чего нельзя
reason-move-needs-approval = Изменение на { $by } больше { $threshold }: нужно ваше согласие
reason-margin-needs-cost = Стратегия держит маржу, но себестоимости нет. Внесите её
reason-silent-alarm = Kaspi не отвечает { $minutes } мин. Решите, что делать с ценой
reason-rule-broken = Настройки противоречат друг другу. Откройте правило и поправьте отмеченное

## What each guard said
guard-paused = Пауза
guard-pin = Закреплённая цена { $price }
guard-floor = Минимум { $floor }, хотели { $wanted }
guard-ceiling = Максимум { $ceiling }, хотели { $wanted }
guard-limits = Границы от { $floor } до { $ceiling }
guard-no-floor = Нет ни минимума, ни себестоимости
guard-loss-gap = От { $from } до { $to } доставка съедает прибыль: с { $wanted } уходим из этого промежутка
guard-max-move = Не больше { $limit } за раз, хотели { $wanted }
guard-max-day = Не больше { $limit } за день от { $day_start }, хотели { $wanted }
guard-sister = Ваш магазин с ценой { $sister }: не перебиваем, хотели { $wanted }
guard-war-brake = Перебиваний { $undercuts } из { $allowed } допустимых
guard-truce = Перемирие { $hours } ч
guard-stop-level = В ценовой войне не ниже { $level }, хотели { $wanted }
guard-war-wait = Ожидание после ценовой войны: ещё { $left_minutes } мин
guard-cool-down = { $left_minutes ->
    [0] Пауза после своей правки прошла
   *[other] После своей правки: ещё { $left_minutes } мин
}
guard-hours = Рабочие часы
guard-age = { $age_minutes ->
    [0] Данным меньше минуты, можно до { $max_minutes }
   *[other] Данным { $age_minutes } мин, можно до { $max_minutes }
}
guard-whole = Прочитано продавцов { $seen } из { $total }
guard-clock = Часы: чтение на { $ahead_minutes } мин впереди
guard-seen-before-own-change = Прочитано до нашей последней правки
guard-silent = Kaspi молчит { $minutes } мин при допустимых { $allowed }
guard-small-rise = Подъём { $rise } при шаге { $step }
guard-approval = Изменение { $by } при пороге согласия { $threshold }
guard-better = Мы лучше: рейтинг на { $rating_by_milli }, доставка на { $faster_by_days } дн.
guard-cover = Запаса на { $days } дн.: дороже на { $raise_bp }
guard-ageing = Лежит { $days } дн.: дешевле на { $ease_bp }
guard-sleep-lift = Ночной подъём, шаг { $steps }
guard-profit-not-learned = Истории для расчёта прибыли ещё мало: работает «Стандарт»
guard-own-hidden = Нашего предложения нет в списке продавцов
guard-own-differs = На витрине { $shown }, у нас { $ours }
guard-rule-broken = Настройки противоречат друг другу
verdict-passed = пройдено
verdict-noted = отмечено
verdict-changed = изменило цену
verdict-stopped = остановило
verdict-asked = спрашивает вас
ignored-named = исключён вами
ignored-preorder = предзаказ
ignored-slower = доставка дольше
ignored-rating = низкий рейтинг
ignored-reviews = мало отзывов
ignored-other-city = склад в другом городе
ignored-absurd = цена не похожа на настоящую
cell-no-rival = Конкурентов нет
cell-rival-under-floor = Конкурент ниже нашего минимума
cell-rival-equal = Цена конкурента равна нашей
cell-out-of-stock = У нас нет в наличии
cell-preorder-only = У всех конкурентов предзаказ
action-hold = держать цену
action-floor = встать на минимум
action-ceiling = встать на максимум
action-match = встать вровень
action-computed = как решит стратегия
arithmetic-rival = Цена конкурента
arithmetic-before = Наша цена
arithmetic-step = Шаг
arithmetic-floor = Минимум
arithmetic-ceiling = Максимум
arithmetic-step-back = Отход из ценовой войны
arithmetic-sleep-lift = Ночной подъём
arithmetic-margin = Желаемая маржа
arithmetic-profit = Расчёт прибыли
arithmetic-pin = Закреплённая цена
arithmetic-truce = Перемирие
arithmetic-safe-price = Безопасная цена
arithmetic-strategy = Стратегия
arithmetic-limits = Границы
arithmetic-loss-gap = Убыточный промежуток
arithmetic-max-move = Предел за раз
arithmetic-max-day = Предел за день
arithmetic-sister = Ваш магазин

## States and names
state-waiting = Ждёт проверки
state-works = Работает
state-at_floor = На минимуме
state-holds_margin = Держит маржу
state-at_ceiling = На максимуме
state-no_limits = Нет границ
state-paused = Пауза
state-pinned = Цена закреплена
state-manual = Вручную
state-asks = Ждёт ответа
state-refused = Kaspi не принял
state-error = Ошибка проверки
state-off_sale = Снят с продажи
state-alone = Без конкурентов
change-state-desired = ждёт отправки
change-state-sending = отправляем
change-state-accepted = Kaspi принял
change-state-unclear = ответ неясен, сверяем
change-state-in_cabinet = видно в кабинете
change-state-on_storefront = видно покупателям
change-state-lost = принято, но не применилось
change-state-refused = Kaspi отказал
change-state-superseded = заменено новым решением
outcome-set = изменить цену
outcome-hold = держать цену
outcome-ask = спросить вас
strategy-standard = Стандарт
strategy-always_first = Всегда первый
strategy-stay_top_n = Держать место в топе
strategy-match = Вровень с дешёвым
strategy-hold_margin = Держать маржу
strategy-profit = По прибыли
level-built_in = по умолчанию
level-shop = из настроек магазина
level-rule = из правила
level-offer = задано у товара
rule-state-draft = черновик
rule-state-share = на десятой части
rule-state-on = включено
shop-mode-off = выключен
shop-mode-dry_run = пробный прогон
shop-mode-on = включён

## What the audit log says
