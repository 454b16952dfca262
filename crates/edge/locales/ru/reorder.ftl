### Команда sauda reorder.

reorder-order = Заказать { $order } шт.: с учётом пути и брони есть { $position }, а точка заказа { $rop } ({ $daily } в день × { $days } дн. + запас { $safety }).
reorder-enough = Заказывать рано: с учётом пути и брони есть { $position }, точка заказа { $rop } ({ $daily } в день × { $days } дн. + запас { $safety }); этого хватит на { $cover } дн.
reorder-no-demand = Заказывать нечего: за известные дни не продано ни одной штуки.
reorder-budget-cut = По расчёту нужно { $wanted } шт., на бюджет хватает { $order }: остальные деньги больше сберегут на других товарах.
reorder-budget-none = По расчёту нужно { $wanted } шт., но бюджет до этого товара не дошёл.
reorder-budget-no-price = По расчёту нужно { $wanted } шт., но закупочная цена неизвестна: укажите price.
reorder-gap = Дней без данных: { $days }. Они не считались днями без продаж; если продаж не было, укажите "missing_days": "zero".
reorder-gap-zero = Дней без данных: { $days }. Как вы просили, они считались днями без продаж.
reorder-sold-out = Дней, когда товара не было: { $days }. Спрос в эти дни неизвестен, они не считались.
reorder-one-off = Разовых всплесков: { $days }. Они не считались.
reorder-short-history = Известно всего дней: { $days }. Расчёту можно верить после 28.
reorder-deviation-assumed = Разброс спроса не указан: взят как у независимых редких покупок (дисперсия равна среднему). Укажите sd или историю продаж.
reorder-service-assumed = Уровень сервиса не указан: взято { $percent } % циклов без дефицита. Укажите service_level или fill_rate.
reorder-oversold = Продано больше, чем лежит: не хватает { $short } шт.
reorder-no-eoq = Выгодная партия не посчитана: укажите { $field }.
reorder-batch-week = Стоимость заказа неизвестна: партия взята на неделю продаж, { $batch } шт.
reorder-batch-long = Заказанного вместе с остатком хватит на { $cover } дн.: меньше этого поставщик не продаёт или не выгодно.
reorder-dead-stock = Мёртвый остаток: { $units } шт. лежат, а продаж нет { $days } дн.
reorder-slow-stock = Залежался: остатка { $units } шт. хватит на { $days } дн.
reorder-worth-by-price = Прибыль с штуки неизвестна: ценность посчитана по цене. Укажите profit или sale_price.
reorder-forecast-stretched = Прогноз дан на { $over_days } дн., а нужен на { $needed_days } дн.: среднее и разброс пересчитаны на нужный срок.
reorder-budget-left = Куплено на { $spent } ₸ из { $budget } ₸; по расчёту нужно на { $wanted } ₸.
