### Что заказать и почему: слова списка и страницы товара.

stock-take = В заказ
stock-col-left = Хватит на
stock-col-demand = Спрос
stock-col-there = Есть
stock-col-arrives = Приедет
stock-col-order = Заказать
stock-days = { $days } дн.
stock-days-none = закончился
stock-days-long = больше года
stock-daily = { $daily } в день
stock-every = { $days ->
    [1] 1 шт. в день
   *[other] 1 шт. за { $days } дн.
}
stock-rate-none = не покупают
stock-range = от { $low } до { $high }
stock-range-ahead = { $high ->
    [0] за { $days } дн. обычно ни одной
   *[other] за { $days } дн. { $low }–{ $high } шт.
}
stock-coming = в пути { $n }
stock-reserved = в заказах { $n }
stock-arrives-coming = уже в пути
stock-arrives-new = через { $days } дн.
stock-sum = { $expected ->
    [0] запас { $safety }
   *[other] спрос { $expected } + запас { $safety }
}{ $position ->
    [0] { "" }
   *[other] { " " }− есть { $position }
}{ $owed ->
    [0] { "" }
   *[other] { " " }+ обещано сверх остатка { $owed }
}
stock-sum-batch = , округлено до партии
stock-enough = хватает: нужно { $rop }
stock-not-kept-here = лучше не запасать
stock-picked = Выбрано
stock-why-none = Продаж не было: заказывать нечего.
stock-why-order = Заказать { $n } шт.: нужно { $rop }, есть { $position } с учётом пути и брони.
stock-why-enough = Заказывать рано: нужно { $rop }, есть { $position } с учётом пути и брони.
stock-why-level = На обещанное наличие ушло бы { $wanted } шт., но часть пролежала бы дольше { $most } дн.
stock-why-rare = Спрос { $rate }: штука пролежит дольше { $most } дн., поэтому держать её про запас не советуем. Если товар нужен на полке, укажите спрос вручную.
stock-why-batch = Спрос { $rate }, а партия от { $batch } шт.: она пролежит в среднем дольше { $most } дн., поэтому заказывать не советуем. Если товар нужен на полке, укажите спрос вручную.
stock-why-title = Почему { $n } шт.
stock-why-title-none = Почему не заказываем
stock-why-title-unknown = Что заказать
stock-part-demand = Спрос за { $days } дн.
stock-part-demand-sum = { $daily } × { $days } ≈ { $expected }
stock-part-less = меньше 1
stock-part-safety = Запас на случай всплеска
stock-part-level = Нужно до следующей поставки
stock-part-there = Есть с учётом пути и брони
stock-part-owed = Обещано сверх того, что есть
stock-part-lacks = Не хватает
stock-part-batch = По партии поставщика
stock-part-order = Заказать
stock-fact-there = На складе
stock-fact-demand = Спрос
stock-fact-lead = Поставка идёт
stock-fact-spread = ± { $days }
stock-fill = Сразу хватит { $fill } покупок.
stock-batch-lasts = Партию на { $sum } купят примерно за { $days } дн.
stock-act-order = Заказать { $n } шт.
stock-act-rules = Правила заказа
stock-gap-sure = { $days ->
    [0] Товар почти наверняка закончится до поставки.
   *[other] { $days } дн. без товара почти неизбежны.
}
stock-gap-likely = { $days ->
    [0] Товар может закончиться до поставки.
   *[other] Вероятно, { $days } дн. будем без товара.
}
stock-gap-lost = { $lost ->
    [one] Потеряем около { $lost } продажи
   *[other] Потеряем около { $lost } продаж
}
stock-gap-profit = , это { $sum } прибыли
stock-gap-raise = Поднять цену до прихода
stock-lies = В заказах { $reserved }, в пути { $coming }
stock-set-most = Сколько дней товар может лежать
stock-set-most-hint = Больше не советуем: то, что покупают реже, не держим про запас. 0 — без ограничения.
stock-points = Точки Kaspi
purchases-col = Закупка
stock-part-cheapest = Выгодная партия
stock-cycle = Без нехватки пройдёт { $share } поставок.
stock-why-cheapest = Такая партия обойдётся за год дешевле других: { $sum } вместе с товаром, заказами и хранением.
stock-promise = Что обещаем покупателям
stock-promise-fill = Долю покупок, на которые товара хватит сразу
stock-promise-cycle = Долю поставок, до которых товар не кончится
stock-set-order-cost = Один заказ поставщику стоит, ₸
stock-set-order-cost-hint = Доставка, звонки, приёмка. Вместе с хранением покажет выгодную партию.
stock-set-holding = Хранение за год, % от цены закупки
stock-set-holding-hint = Деньги в товаре, место, потери. Обычно 15–30 %.
stock-breaks = Цена от количества
stock-breaks-hint = По строке на цену: 10 — 1400. До первой строки берём себестоимость из каталога.
stock-budget = Бюджет, ₸
stock-budget-act = Распределить
stock-budget-spent = Закупка на { $spent } из нужных { $due }.
stock-budget-how = Деньги ушли туда, где тенге спасает больше прибыли. Остальное подождёт.
stock-budget-enough = Бюджета хватает на всё.
stock-budget-off = Убрать бюджет
stock-budget-due = нужно { $n }
err-stock-break = «{ $value }» не читается. Пишите по строке: 10 — 1400.
err-stock-break-from = Цена «от { $value } шт.» не подходит: количество от 1 до миллиона.
err-stock-break-price = Цена { $value } ₸ не подходит: нужна больше нуля и до миллиарда.
err-stock-break-order = Цена «от { $value } шт.» стоит не по порядку: количества должны расти.
err-stock-breaks-many = Ступеней { $value }, а можно до 20.
err-stock-batch-costs = Выгодная партия считается из двух чисел: укажите и стоимость заказа, и хранение, или уберите оба.
err-stock-order-cost = { $value } ₸ за заказ не подходит: нужна сумма больше нуля и до миллиарда.
err-stock-holding = Хранение { $value } % не подходит: нужно больше 0 и до 1000 %.
