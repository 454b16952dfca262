# День: запуск, шаги, что мешает.

day-start = Запустить день
day-look = Смотреть
day-running-title = День идёт
day-paused-title = День на паузе
day-stopped-title = День остановлен на шаге { $place }
day-done-title = { $n ->
    [0] День сделан
   *[other] День сделан с замечаниями
}
day-ended-title = День завершён раньше
day-place = шаг { $place } из { $of }
day-progress = Готово { $percent } %
day-steps = Шаги дня
day-step-fetch = Получить заказы
day-step-check = Проверить каждый
day-step-accept = Принять новые
day-step-assemble = Отметить готовыми
day-step-waybills = Дождаться накладных
day-step-papers = Проверить накладные
day-step-stock = Посмотреть остатки
day-step-statuses = Сверить состояния
day-step-report = Собрать отчёт
day-short-fetch = Заказы
day-short-check = Проверка
day-short-accept = Принять
day-short-assemble = Готовы
day-short-waybills = Накладные
day-short-papers = Печать
day-short-stock = Остатки
day-short-statuses = Состояния
day-short-report = Отчёт
day-state-done = готово
day-state-warn = готово с замечанием
day-state-fail = остановлено
day-state-skipped = пропущен
day-of = { $done } из { $total }.
day-trouble-count = { $n ->
    [one] { $n } заказ ждёт вас
    [few] { $n } заказа ждут вас
   *[other] { $n } заказов ждут вас
}
day-now-fetch = Читаем открытые заказы в Kaspi.
day-now-check = Смотрим, что с каждым можно сделать.
day-now-accept = Не быстрее четырёх обращений в секунду: таково ограничение Kaspi.
day-now-assemble = Не быстрее четырёх обращений в секунду. Каждый заказ отмечаем один раз.
day-now-waybills = Kaspi делает накладную за 15 секунд, иногда за три минуты.
day-now-papers = Открываем каждую: битую лучше найти сейчас, чем у принтера.
day-now-stock = Смотрим, чего осталось мало.
day-now-statuses = Ещё раз читаем заказы в Kaspi.
day-now-report = Считаем, что сделано.
day-item-asked = отправляем
day-item-done = готово
day-item-left = пропускаем
day-item-trouble = не получилось
day-why-unknown-stage = Kaspi назвал состояние, которого мы не знаем
day-why-no-lines = Kaspi не сказал, что куплено
day-why-sign = покупатель ещё подписывает кредит
day-why-preorder = предзаказ, товара ещё нет
day-why-moved-on = уже в другом состоянии
day-why-refused = Kaspi отказал
day-why-unsent = полчаса не удавалось отправить
day-why-unseen = не видно, что сделано
day-why-slow = Kaspi отвечает дольше двух минут
day-why-no-waybill = накладной ещё нет
day-why-waybill-broken = накладная не открывается
day-fix-unknown-stage = Посмотрите заказ в кабинете Kaspi.
day-fix-no-lines = Обычно товары видны через минуту. Повторите шаг «Проверить каждый».
day-fix-refused = Откройте заказ: возможно, его отменили. Затем повторите шаг.
day-fix-unsent = Проверьте связь и повторите шаг.
day-fix-unseen = Проверьте заказ в кабинете, прежде чем повторять.
day-fix-slow = Отправка продолжается без дня. Повторите шаг позже: второй раз не отправим.
day-fix-no-waybill = Ищем дальше сами. Если её нет через десять минут, посмотрите заказ в кабинете.
day-fix-waybill-broken = Скачайте накладную в кабинете Kaspi и распечатайте её оттуда.
day-trouble-no-key = У магазина нет ключа к заказам. Введите его и продолжите.
day-trouble-bad-token = Kaspi не принимает ключ магазина. Введите его заново и продолжите.
day-trouble-silent = Kaspi не отвечает. Сделанное сохранено, второй раз не отправим. Продолжите, когда связь вернётся.
day-pause = Пауза
day-go-on = Продолжить с шага { $place }
day-end = Завершить
day-log = Журнал
day-log-none = Пока ничего не произошло.
day-look-at = { $n ->
    [one] Решить { $n } вещь
    [few] Решить { $n } вещи
   *[other] Решить { $n } вещей
}
day-hint-running = Страницу можно закрыть: день продолжится, а если связь пропадёт, начнём с того же места.
day-hint-paused = То, что уже отправлено в Kaspi, закончится. Нового не отправляем.
day-hint-stopped = Сделанное сохранено. Можно закрыть страницу и вернуться позже.
day-hint-done = Накладные лежат в заказах. Запустить день можно ещё раз: сделанное не повторится.
day-hint-ended = Сделанное осталось сделанным.
day-report = Принято { $accepted }, готовы { $assembled }, накладных { $waybills }.
day-report-sizes = Покупателей спросили о размере: { $asked }, подтвердили: { $confirmed }.
day-ready = { $n ->
    [one] { $n } заказ готов к запуску
    [few] { $n } заказа готовы к запуску
   *[other] { $n } заказов готовы к запуску
}
day-nothing = Новых заказов нет
day-first-due = Первый срок { $at }.
day-last = Прошлый запуск { $ago }, за { $took }.
day-last-troubled = { $n ->
    [one] Один заказ отложен.
    [few] Отложены { $n } заказа.
   *[other] Отложено { $n } заказов.
}
day-first-time = Примем новые, отметим готовыми, дождёмся накладных. Остановить можно в любую минуту.
day-by-itself = Сам начнётся в { $at }.
day-run-title = День { $at }
day-by-schedule = По расписанию
day-troubles = Решите сами
day-low = Заканчивается
day-step-acts = Шаги
day-idempotent = Повторить шаг безопасно: сделанное не делается второй раз.
day-skip = Пропустить «{ $step }»
day-repeat = Повторить с шага
day-run-running = идёт
day-run-paused = на паузе
day-run-stopped = остановлен
day-run-done = сделан
day-run-ended = завершён раньше
days-title = Дни
days-runs = Запуски
days-none-title = День ещё не запускали
days-none = Одно нажатие примет новые заказы, отметит их готовыми и соберёт накладные.
days-settings = Как идёт день
days-steps = Что делать
days-by-itself = Начинать самому
days-by-itself-hint = Если программа в это время выключена, день начнётся, когда она включится.
days-starts-at = Во сколько, по Алматы
days-weekdays = В какие дни
days-low-stock = Мало, когда осталось
days-low-stock-hint = О таких товарах скажем в отчёте и на странице «Сегодня».
did-day-started = День запущен
did-day-paused = День на паузе
did-day-goes-on = День продолжается
did-day-ended = День завершён
did-day-skipped = Шаг пропущен
did-day-repeats = Повторяем, сделанное не делаем второй раз
did-day-settings = Сохранено
err-day-not-now = Сейчас это невозможно: день { $state ->
    [running] идёт
    [paused] на паузе
    [stopped] остановлен
    [done] уже сделан
   *[ended] уже завершён
}
err-day-needed = Без этого шага остальным не с чем работать
err-day-time = Время пишется как 08:30
err-day-weekdays = Выберите хотя бы один день недели
err-day-low-stock = Число от 0 до 1000
notice-day-stopped = День остановлен: { $trouble ->
    [bad-token] Kaspi не принимает ключ магазина
    [no-key] у магазина нет ключа
   *[silent] Kaspi не отвечает
}. Сделанное сохранено
notice-day-troubled = { $n ->
    [one] День сделан, { $n } заказ ждёт вас
    [few] День сделан, { $n } заказа ждут вас
   *[other] День сделан, { $n } заказов ждут вас
}
notice-stock-low = { $n ->
    [one] Заканчивается: { $names }
    [few] Заканчиваются { $n } товара: { $names }
   *[other] Заканчивается { $n } товаров: { $names }
}
audit-day-started = Запустил день
audit-day-turned = Остановил или продолжил день
audit-day-skipped = Пропустил шаг дня
audit-day-repeated = Повторил шаг дня
audit-day-settings = Изменил настройки дня

print-title = Печать
print-count = { $n ->
    [one] { $n } заказ
    [few] { $n } заказа
   *[other] { $n } заказов
}, вещей { $pieces }
print-list = Лист сборки
print-of-run = Только заказы этого дня.
print-all = Показать все
print-more = За один раз печатается до 500 заказов, всего их { $of }. Выберите, какие печатать и собирать.
print-parts = Части по 500 заказов
print-part = { $from }–{ $to }
print-chosen = Только выбранные заказы.
print-left = Не печатаются: { $n }, они уже закрыты.
pick-bought = куплен { $size }
print-without = { $n ->
    [one] У { $n } заказа ещё нет накладной
   *[other] У { $n } заказов ещё нет накладных
}: { $codes }
print-shelf = Полка { $name }
print-no-shelf = Без полки
print-pieces = { $n } шт.
print-no-waybill = нет накладной
print-waybills = Накладные
print-papers = Что напечатать
print-paper = Бумага
print-paper-75x120 = Этикетка 75 × 120 мм
print-paper-58x40 = Этикетка 58 × 40 мм
print-paper-100x150 = Этикетка 100 × 150 мм
print-paper-a4 = Лист A4
print-layout = Накладные
print-layout-label = Обрезать под этикетку
print-layout-side-by-side = Рядом с нашей этикеткой, A4
print-layout-two-up = Две на листе A4
print-layout-after = Каждая после своей этикетки
print-choose = Применить
print-file-labels-pdf = Этикетки
print-file-pick-list-pdf = Лист сборки, A4
print-file-pick-list-80mm-pdf = Лист сборки, лента 80 мм
print-file-waybills-pdf = Накладные
print-file-labels-zpl = Этикетки для термопринтера, ZPL
print-hint = Этикетки и накладные идут в том же порядке, что и лист: полка, модель, размер. Повторная печать ничего не меняет.
print-empty-title = Печатать нечего
print-empty = Когда появятся заказы, которые нужно собрать или сдать, они будут здесь.
day-print = { $n ->
    [one] Напечатать { $n } накладную
    [few] Напечатать { $n } накладные
   *[other] Напечатать { $n } накладных
}
pick-taken = Взял
pick-missing = Нет на полке
pick-progress = Взято { $taken } из { $of }
pick-missing-title = Нет на полке
pick-missing-hint = Откройте заказ: можно убрать из него эту вещь или отменить его.
order-event-picked = Взяли с полки: { $name }
order-event-not-on-shelf = Нет на полке: { $name }
order-event-put-back = Отметку сняли: { $name }

pick-title = Собрать по одному
pick-place = { $place } из { $of }
pick-not-there = нет на полке: { $n }
pick-back = Снять отметку
pick-before = Назад
pick-after = Дальше
pick-scan = Штрихкод
pick-scan-go = Взял
pick-scan-hint = Сканер печатает сюда сам. Подходят штрихкод товара, артикул и номер заказа.
pick-camera = Камера
pick-scan-unknown = «{ $value }» нет в листе сборки. Проверьте, тот ли это товар, или добавьте штрихкод в каталог.
pick-scan-again = «{ $value }» уже взяли столько, сколько нужно.
pick-done-title = Всё собрано
pick-done = { $missing ->
    [0] Взяли всё: { $taken }.
   *[other] Взяли { $taken }, нет на полке { $missing }.
}
day-fact-orders = Проверено заказов
day-fact-accepted = Принято
day-fact-assembled = Отмечено готовыми
day-fact-waybills = Накладных
day-fact-troubled = Ждут вас
day-fact-asked = Спросили о размере
day-fact-confirmed = Размер подтвердили
day-col-step = Шаг
day-col-done = Готово
day-col-trouble = Не вышло
day-col-why = Причина
day-col-left = Осталось
day-left-open = Что осталось открытым
day-page = Страница { $n } из { $m }
day-report-pdf = Отчёт, PDF
