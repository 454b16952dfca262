# Слова страниц. Тексты отказов служб лежат в своих файлах.

## Даты
date-seconds = { $n } с
date-minutes = { $n } мин
date-hours = { $n } ч
date-days = { $n } { $n ->
        [one] день
        [few] дня
       *[other] дней
    }
date-yesterday = вчера
date-tomorrow = завтра
date-month-1 = янв.
date-month-2 = февр.
date-month-3 = марта
date-month-4 = апр.
date-month-5 = мая
date-month-6 = июня
date-month-7 = июля
date-month-8 = авг.
date-month-9 = сент.
date-month-10 = окт.
date-month-11 = нояб.
date-month-12 = дек.
date-month-of-1 = января
date-month-of-2 = февраля
date-month-of-3 = марта
date-month-of-4 = апреля
date-month-of-5 = мая
date-month-of-6 = июня
date-month-of-7 = июля
date-month-of-8 = августа
date-month-of-9 = сентября
date-month-of-10 = октября
date-month-of-11 = ноября
date-month-of-12 = декабря
date-weekday-1 = понедельник
date-weekday-2 = вторник
date-weekday-3 = среда
date-weekday-4 = четверг
date-weekday-5 = пятница
date-weekday-6 = суббота
date-weekday-7 = воскресенье

## Общее
skip-to-content = К содержимому
title-error = Ошибка: 
errors-title = { $n ->
        [one] Исправьте одно место
        [few] Исправьте { $n } места
       *[other] Исправьте { $n } мест
    }
back = Назад
cancel = Отмена
close = Закрыть
save = Сохранить
show = Показать
remove = Удалить
revoke = Отозвать
copy = Скопировать
copied = Скопировано
undo = Вернуть
more = Ещё
more-for = Ещё: { $what }
all = Все
yes = да
no = нет
off = выключено
turn-on = Включить
turn-off = Выключить
never = ни разу
before = Было
after = Станет
from = С
to = До
ms = { $n } мс
try-again = Попробовать снова
go-home = На главную
search = Поиск
find = Искать
filters = Фильтры
filters-reset = Сбросить всё
period = Период
city = Город
sku = Артикул
minimum = Минимум
maximum = Максимум
step = Шаг
cost = Себестоимость
cost-from-stock = По остатку: { $sum }. Впишите свою, если нужна другая
cost-from-catalogue = Из каталога: { $sum }. Впишите свою, если нужна другая
cost-assumed-commission = Категория неизвестна: взяли обычную комиссию магазина
cost-assumed-tax = Налоговый режим сегодня не действует: взяли обычный налог магазина
cost-assumed-weight = Вес неизвестен: доставка посчитана по обычному весу магазина
set-it = задать
no-cost = нет закупа
no-rival = никого
no-limit = без предела
step-of = шаг { $step }
place-of = из { $of }
delta-up = выше на
delta-down = ниже на
goods-count = { $n } { $n ->
        [one] товар
        [few] товара
       *[other] товаров
    }
unit-minutes = мин
unit-days = дн.
unit-of = { $what }: единица
show-password = Показать пароль
language = Язык
language-ru = Русский
language-kk = Қазақша
language-en = English
theme = Тема
theme-system = Как в системе
theme-light = Светлая
theme-dark = Тёмная
theme-switch = Сменить тему
live-offline = Нет связи: правки пока не сохраняются
live-lost = связь потеряна
save-failed = Не смогли сохранить. Значение осталось в поле, попробуйте ещё раз
conflict-keep-mine = Оставить моё
conflict-take-theirs = Взять новое
pager-label = Страницы
pager-range = { $from }–{ $to } из { $of }
pager-back = Назад
pager-next = Дальше
export-csv = Скачать CSV
export-xlsx = Скачать Excel
export-json = Скачать JSON
export-history = Скачать историю
step-state-done = готово
step-state-now = идёт
step-state-todo = впереди
step-state-fail = не вышло
step-state-warn = с замечанием
due-until = до { $at }
due-left = ещё { $left }

## Меню
nav-label = Разделы
nav-main = Главное
nav-waiting = ждут:
nav-group-daily = Каждый день
nav-group-system = Система
nav-today = Сегодня
nav-prices = Цены
nav-automation = Автоматизация
nav-settings = Настройки
nav-more = Ещё
nav-profile = Профиль
nav-security = Безопасность
shops-other = { $n ->
        [0] один магазин
        [one] и ещё { $n } магазин
        [few] и ещё { $n } магазина
       *[other] и ещё { $n } магазинов
    }
sign-out = Выйти
more-shop = Магазин
palette-label = Поиск и команды
palette-placeholder = Товар, артикул или команда
palette-do = Сделать
palette-go = Перейти
palette-found = Найдено
keys-title = Горячие клавиши
key-search = Поиск и команды
key-find = Искать на странице
key-next = Следующая строка
key-previous = Предыдущая строка
key-mark = Отметить строку
key-edit = Изменить минимум
key-open = Открыть
key-cancel = Отменить
key-undo = Вернуть как было
key-help = Эта подсказка

## Беда и пауза
trouble-silent = Kaspi перестал отвечать { $since }.
trouble-session = Сеанс в кабинете закончился { $since }, цены не отправляются.
trouble-data-age = Показываем данные на { $at }. Цены остановлены, чтобы не ошибиться.
trouble-next-try = Попробуем снова через { $left }.
trouble-act-silent = Что проверено
trouble-act-blocked = Что делать
trouble-act-session = Войти снова
pause-banner = Цены на паузе: { $by }, { $since }
pause-banner-until = Цены на паузе до { $until }: { $by }
pause-all = Поставить все цены на паузу
pause-all-short = Все на паузу
pause-resume = Включить цены
pause-title = Пауза для всех цен
pause-is-on = Цены на паузе
pause-resume-lead = Бот снова начнёт менять цены по правилам. Первые изменения пойдут через минуту.
pause-stops = Бот перестанет менять цены в этом магазине
pause-remains = Цены, которые уже отправлены, останутся как есть
pause-watches = За конкурентами бот продолжит следить
pause-until = До каких пор
pause-until-hour = Один час
pause-until-morning = До утра, 8:00
pause-until-open = Пока не включу
pause-act = Поставить на паузу
pause-on-the-way = Уже отправлено и ждёт подтверждения: { $n } { $n ->
        [one] цена
        [few] цены
       *[other] цен
    }
pause-one = На паузу
resume-one = Включить

## Вход
sign-up-title = Первый владелец
sign-up-lead = Установка новая, людей в ней ещё нет. Вы станете владельцем и сможете пригласить остальных.
sign-up-name = Как вас зовут
sign-up-act = Создать владельца
sign-up-kept = Всё хранится на вашем сервере. Наружу уходят только запросы к Kaspi.
login-field = Телефон или почта
login-hint = Подойдёт любой: по нему вы будете входить
password = Пароль
password-hint = Не короче 10 знаков. Подойдёт фраза из нескольких слов
password-new = Новый пароль
password-old = Нынешний пароль
password-change = Пароль
password-change-act = Сменить пароль
password-ends-sessions = Остальные устройства придётся подключить заново.
sign-in-title = Войти
sign-in-act = Войти
sign-in-locked-title = Вход закрыт на время
sign-in-locked = Было много неверных попыток. Попробуйте после { $until }.
sign-in-locked-left = Осталось
sign-in-forgot = Забыли пароль?
sign-in-forgot-how = Попросите владельца: в «Настройки → Команда» он создаст для вас ссылку. Владелец может создать ссылку себе на сервере командой sauda reset-link.
second-title = Второй шаг
second-lead = Введите код из приложения. Он меняется каждые 30 секунд.
second-code = Код из приложения
second-recovery-lead = Введите один из запасных кодов. Он сработает один раз.
second-recovery-code = Запасной код
second-use-app = Ввести код из приложения
second-use-recovery = Нет телефона под рукой: запасной код
second-scan = Откройте приложение с кодами, отсканируйте картинку и введите код, который оно покажет.
second-qr = Картинка для приложения с кодами
second-by-hand = Не сканируется? Введите ключ вручную:
second-turn-on = Включить второй шаг
second-turn-off = Выключить
second-is-on = Включён
second-why = Кроме пароля при входе понадобится код из приложения на телефоне. Так чужой с вашим паролем не войдёт.
second-recovery-left = Запасных кодов осталось: { $n }
second-new-codes = Новые запасные коды
second-codes-once = Второй шаг включён. Сохраните запасные коды: больше мы их не покажем.
join-title = Команда «{ $merchant }»
join-lead = { $by } приглашает вас. Роль: { $role }.
join-act = Присоединиться
join-dead-title = Ссылка больше не действует
join-dead = Приглашение использовано, отозвано или устарело. Попросите владельца прислать новое.
reset-title = Новый пароль
reset-dead-title = Ссылка больше не действует
reset-dead = Ссылкой уже воспользовались или прошло больше суток. Попросите новую.
bare-how-kept = Как мы храним доступы
bare-version = Sauda { $version }, стоит на вашем сервере
kept-password = Пароль от Kaspi нужен только в момент входа. Мы его не сохраняем.
kept-session = Сеанс зашифрован ключом, который лежит отдельно от базы.
kept-code = Код из SMS уходит в Kaspi и нигде не остаётся.
kept-end = Доступ можно закрыть в «Настройки → Магазины» или в кабинете Kaspi.
kept-log = Каждое действие бота и людей записано в журнал, который нельзя исправить.

## Подключение магазина
connect-shop = Подключить магазин
connect-title = Подключить магазин Kaspi
connect-renew-title = Войти снова: { $login }
connect-lead = Нужен вход в кабинет продавца: так бот видит ваши товары и меняет цены. До первых правил Sauda только читает.
connect-steps = Шаги
connect-step-way = Способ
connect-step-login = Вход
connect-step-code = Код
connect-step-check = Проверка
connect-phone = По телефону и коду из SMS
connect-phone-gives = Тот же номер, с которым вы входите в кабинет. Пароль не нужен.
connect-phone-field = Телефон
connect-mail = По почте и паролю
connect-mail-gives = Для сотрудника, которого владелец добавил в кабинет. Kaspi пришлёт код на почту.
connect-mail-field = Почта
connect-mail-password = Пароль от кабинета
connect-mail-password-hint = Уходит в Kaspi один раз и не сохраняется
connect-next = Продолжить
connect-kept = Храним только сеанс, зашифрованным на вашем сервере. Закрыть его можно в любой момент.
connect-blocked = Kaspi закрыл вход до { $until }. Осталось
connect-code-title-phone = Код из SMS
connect-code-title-mail = Код из письма
connect-code-sent = Kaspi отправил { $n } { $n ->
        [one] цифру
        [few] цифры
       *[other] цифр
    } на **{ $to }**.
connect-code-sent-mail = Kaspi отправил код на **{ $to }**.
connect-code-other-phone = Другой номер
connect-code-other-mail = Другая почта
connect-code = Код
connect-act = Подключить
connect-resend = Прислать ещё раз
connect-resend-in = Прислать ещё раз через
connect-code-kept-phone = Код уходит в Kaspi и не сохраняется. Если SMS нет две минуты, проверьте, что номер тот же, что в кабинете продавца.
connect-code-kept-mail = Код уходит в Kaspi и не сохраняется. Если письма нет две минуты, загляните в «Спам».
connect-code-last = После последней ошибки Kaspi закроет вход на 15 минут: если сомневаетесь, запросите новый код.
connect-check-title = Проверяем доступ
connect-check-lead = Читаем магазин, начали в { $since }. Обычно хватает минуты.
connect-may-leave = Можно закрыть страницу: чтение продолжится.
connect-done-title = Магазин подключён
connect-done-lead = Товары прочитаны. Пока вы не включите правила, цены не изменятся.
connect-failed-title = Не смогли прочитать магазин
connect-open = Открыть магазин
sync-session = Вход в кабинет
sync-shops = Магазины и точки выдачи
sync-offers = Товары, цены и остатки
sync-rivals = Первый взгляд на конкурентов
sync-count = { $done } из { $total }
sync-reading = читаем

## Сегодня
today-live = Связь с Kaspi: { $ago }
setup-title = { $n ->
        [one] Остался один шаг
        [few] Осталось { $n } шага
       *[other] Осталось { $n } шагов
    }
setup-lead = Пока шаги не сделаны, Sauda ничего не меняет в Kaspi: только читает.
setup-connect = Подключить магазин
setup-limits = Загрузить себестоимость и границы
setup-rule = Выбрать правило
setup-on = Включить бота
setup-why-connect = Вход в кабинет продавца по телефону и коду.
setup-why-limits = Чтобы не продать в минус. Подойдёт таблица: артикул, минимум, максимум, закуп.
setup-why-rule = Как боту вести себя рядом с конкурентами. Правило можно проверить на истории.
setup-why-on = Сначала можно включить на 10 % товаров и посмотреть на чеки.
setup-act-connect = Подключить
setup-act-limits = Загрузить файл
setup-act-rule = Выбрать правило
setup-act-on = Включить бота
setup-costs-act = Загрузить границы цен
setup-done-connect = { $shop }: прочитано товаров { $offers }
setup-done-limits = Границы есть у { $n } товаров
setup-done-rule = Правило «{ $name }»
setup-done-on = Бот включён
setup-minutes = { $n } мин
todo-title = Ждёт вас
todo-snoozed = Отложенные: { $n }
todo-none = На сегодня всё.
todo-next = Ближайший срок { $at }.
todo-snooze-evening = Отложить до вечера
todo-snooze-tomorrow = Отложить до завтра
todo-hide = Не показывать
todo-access-ended = Войти в Kaspi снова: { $shop }
todo-why-access-ended = Сеанс закончился, новые цены не отправляются
todo-act-access-ended = Войти
todo-asks = Бот спрашивает о { $n } { $n ->
        [one] цене
        [few] ценах
       *[other] ценах
    }
todo-why-asks = Изменение больше порога, который вы задали
todo-act-asks = Решить
todo-at-floor = { $n } { $n ->
        [one] товар упёрся
        [few] товара упёрлись
       *[other] товаров упёрлись
    } в минимум
todo-why-at-floor = Конкуренты дешевле вашей границы
todo-act-at-floor = Разобрать
todo-joined = В ваши карточки { $n ->
        [one] вошёл { $n } продавец
        [few] вошли { $n } продавца
       *[other] вошли { $n } продавцов
    }
todo-why-joined = Проверьте, имеют ли они на это право
todo-act-joined = Посмотреть
todo-no-limits = Без границ { $n } { $n ->
        [one] товар
        [few] товара
       *[other] товаров
    }
todo-why-no-limits = Пока границ нет, бот эти цены не трогает
todo-act-no-limits = Задать границы
todo-parked = { $n ->
        [one] Одно задание
        [few] { $n } задания
       *[other] { $n } заданий
    } не выполнить без вас
todo-why-parked = Попытки закончились
todo-act-parked = Повторить
today-first = На первом месте
today-not-first = Не первые
today-week-ago = к прошлой неделе
today-kept = Бот ведёт { $n } { $n ->
        [one] цену
        [few] цены
       *[other] цен
    }
today-places = Первые: { $first }, вторые и третьи: { $three }, ниже: { $lower }
today-place-first = Первое место
today-place-three = Второе и третье
today-place-lower = Ниже
today-health = Как идут дела
today-confirmed = Kaspi подтвердил цену
today-checked = Смотрели конкурентов
today-answer = Ответ на ход конкурента
today-dead-man = Если связи нет
today-dead-man-after = сработает через { $left }
today-dead-man-acted = цены удержаны
today-changes = Изменения цен
today-changes-today = сегодня { $n }
today-changes-label = Изменения цен по дням, сегодня { $n }
feed-title = Что сделали цены
feed-since-midnight = с полуночи { $n } { $n ->
        [one] изменение
        [few] изменения
       *[other] изменений
    }
feed-none = Сегодня цены ещё не менялись.
feed-first-again = снова 1-е место
feed-place = { $place }-е место
feed-on-floor = минимум, { $place }-е место
feed-rival-left = конкурент ушёл, цена выше
feed-refused = Kaspi не принял, повторим через { $minutes } мин
feed-set = новая цена
feed-step-back = пережидаем войну цен, { $place }-е место

## Цены
view-all = Все
view-not_first = Не первые
view-floor = На минимуме
view-no_limits = Без границ
view-errors = Ошибки
view-paused = На паузе
view-asks = Спрашивает
view-gone = Исчезли
prices-views = Виды списка
prices-checked = проверены { $ago }
prices-search = Название, артикул, ссылка
prices-search-label = Искать товар
prices-caption = Товары и правила цен
prices-none-title = Товаров ещё нет
prices-none = Подключите магазин: товары придут за минуту, и бот начнёт следить за конкурентами.
prices-done-title = Здесь пусто, и это хорошо
prices-done = В этом виде нет товаров, которым нужны вы.
prices-show-all = Показать все товары
prices-not-found-title = По запросу «{ $query }» ничего нет
prices-not-found-filter = С такими фильтрами ничего нет
prices-not-found = Искали среди { $n } { $n ->
        [one] товара
        [few] товаров
       *[other] товаров
    }.
prices-not-found-drop = Без фильтра «{ $filter }» нашлось бы: { $n }.
prices-show-n = Показать { $n } { $n ->
        [one] товар
        [few] товара
       *[other] товаров
    }
filter-city = Город
filter-strategy = Стратегия
filter-category = Категория
filter-margin = Маржа
filter-stock = Остаток
filter-rule = Правило
filter-drop = Убрать фильтр
columns = Столбцы
columns-title = Какие столбцы показать
column-place = Место
column-price = Моя цена
column-rival = Лучший конкурент
column-limits = Минимум и максимум
column-strategy = Стратегия
column-profit = Прибыль и маржа
column-stock = Остаток
column-state = Состояние
col-goods = Товар
col-place = Место
col-my-price = Моя цена
col-rival = Конкурент
col-limits = Минимум и максимум
col-strategy = Стратегия
col-profit = Прибыль
col-stock = Остаток
col-state = Состояние
col-when = Когда
col-job = Задание
col-schedule = Расписание
col-next = Следующий раз
col-last = В прошлый раз
col-usual = Обычно
col-acts = Действия
select-page = Выбрать все на странице
select-row = Выбрать
best-rival = Лучший конкурент
goal-standard = На шаг ниже конкурента
goal-always_first = Держать 1-е место
goal-stay_top_n = Держать место не ниже…
goal-match = Вровень с самым дешёвым
goal-hold_margin = Маржа не ниже…
goal-profit = Больше прибыли
goal-manual = Ведёте сами
goal-none = Не настроена
strategy-short-standard = На шаг ниже
strategy-short-always_first = Держать 1-е место
strategy-short-stay_top_n = Не ниже места
strategy-short-match = Вровень
strategy-short-hold_margin = Держать маржу
strategy-short-profit = Больше прибыли
strategy-short-manual = Ручная цена
strategy-short-none = Не настроена
strategy-why-standard = Встаёт чуть ниже самого дешёвого. Если вы и так дешевле, цену не трогает.
strategy-why-always_first = Как «на шаг ниже», но и поднимает цену до второго, когда вы первый с запасом.
strategy-why-stay_top_n = Не борется за первое: держит место в первых N и не отдаёт лишнего.
strategy-why-match = Та же цена, что у самого дешёвого. Дальше решают доставка и рейтинг.
strategy-why-hold_margin = Лучшее место, при котором остаётся нужная маржа.
strategy-why-profit = Цена с наибольшей прибылью по вашей истории продаж.
bulk-label = Что сделать с выбранными
bulk-selected = выбрано
bulk-all = Все { $n }
bulk-clear = Снять выбор
bulk-min = Минимум…
bulk-max = Максимум…
bulk-step = Шаг…
bulk-strategy = Стратегия…
bulk-pause = На паузу
bulk-title-min = Минимум: { $n } { $n ->
        [one] товар
        [few] товара
       *[other] товаров
    }
bulk-title-max = Максимум: { $n } { $n ->
        [one] товар
        [few] товара
       *[other] товаров
    }
bulk-title-step = Шаг: { $n } { $n ->
        [one] товар
        [few] товара
       *[other] товаров
    }
bulk-title-strategy = Стратегия: { $n } { $n ->
        [one] товар
        [few] товара
       *[other] товаров
    }
bulk-title-pause = Пауза: { $n } { $n ->
        [one] товар
        [few] товара
       *[other] товаров
    }
bulk-title-resume = Включить: { $n } { $n ->
        [one] товар
        [few] товара
       *[other] товаров
    }
bulk-how = Как изменить
bulk-how-set = Задать число, ₸
bulk-how-price = От моей цены, ± %
bulk-how-percent = От нынешнего значения, ± %
bulk-how-tenge = От нынешнего значения, ± ₸
bulk-how-cost = Себестоимость × число
bulk-value-min = Значение
bulk-value-max = Значение
bulk-value-step = Шаг, ₸
bulk-preview = Показать, что будет
bulk-will = Что изменится
bulk-changed = Изменится
bulk-unchanged = Без изменений
bulk-refused = Нельзя
bulk-first-rows = Первые товары: было и станет
bulk-first-of = Показаны первые { $n } из { $of }
bulk-refused-why = Почему нельзя: { $n }
bulk-apply-min = Изменить минимум у { $n }
bulk-apply-max = Изменить максимум у { $n }
bulk-apply-step = Изменить шаг у { $n }
bulk-apply-strategy = Сменить стратегию у { $n }
bulk-apply-pause = Поставить на паузу { $n }
bulk-apply-resume = Включить { $n }
bulk-act-min = Минимум
bulk-act-max = Максимум
bulk-act-step = Шаг
bulk-act-strategy = Стратегия
bulk-act-pause = Пауза
bulk-act-resume = Включение
bulk-done-title = Изменено
bulk-undone-title = Возвращено как было
bulk-done-by = { $action }: { $by }, { $at }
bulk-undo = Вернуть { $n }
bulk-undo-until = Вернуть можно до { $until }
bulk-going-title = Меняем
bulk-undoing-title = Возвращаем как было
bulk-progress = Готово { $done } из { $total }
bulk-may-leave = Страницу можно закрыть: работа продолжится и без неё.
back-to-prices = К ценам

## Товар
product-now = Сейчас
product-profit = Прибыль с продажи
product-asks = Бот предлагает цену **{ $price }**: изменение больше порога, нужно ваше решение.
product-pinned = Цена { $price } закреплена. Бот её не трогает.
product-pinned-until = Цена { $price } закреплена до { $until }. Бот её не трогает.
never-first-floor = Уже { $days } дней не первые: конкурент стоит { $rival }, ваш минимум { $floor }.
never-first-delivery = Уже { $days } дней не первые: у конкурента доставка быстрее.
never-first-rating = Уже { $days } дней не первые: у конкурента рейтинг выше.
history-title = История цены
history-none = История появится после первой проверки.
period-days = { $n ->
        [1] Сутки
        [one] { $n } день
        [few] { $n } дня
       *[other] { $n } дней
    }
chart-floor = Минимум
chart-no-data = нет данных
chart-gap = нет данных { $from }–{ $to }
chart-as-table = Показать таблицей
chart-conclusion = За { $days } { $days ->
        [one] день
        [few] дня
       *[other] дней
    } цена менялась { $changes } { $changes ->
        [one] раз
        [few] раза
       *[other] раз
    }, от { $low } до { $high }, сейчас { $now }
changes-in = { $n } { $n ->
        [one] изменение
        [few] изменения
       *[other] изменений
    } за период
on-market = На Kaspi
check-now = Проверить сейчас
pin-price = Закрепить цену
unpin = Открепить цену
undo-to = Вернуть { $price }
ask-yes = Поставить { $price }
ask-no = Не менять
ladder-title = Конкуренты
ladder-floor = ваш минимум { $floor }
ladder-you = вы
ladder-sister = ваш магазин, не конкурент
ladder-ignored = не учитываем
ladder-alone = Кроме вас, карточку никто не продаёт.
ladder-none = Ещё не смотрели, кто продаёт эту карточку.
delivery-in = { $n ->
        [0] сегодня
        [one] через { $n } день
        [few] через { $n } дня
       *[other] через { $n } дней
    }
delivery-unknown = срок неизвестен
rule-title = Правило
rule-managed = Вести цену
rule-named = Правило
rule-own = Свои настройки
as-in-rule = как в правиле
rule-save = Сохранить правило
rule-save-for = { $n ->
        [one] Сохранить для { $n } товара
        [few] Сохранить для { $n } товаров
       *[other] Сохранить для { $n } товаров
    }
parts-title = Из чего цена
parts-floor = не ниже { $floor }
parts-none = Впишите себестоимость, и здесь появится прибыль.
part-purchase = Закуп и доставка до склада
part-commission = Комиссия Kaspi { $rate_bp }
part-delivery = Доставка покупателю
part-tax = Налог { $rate_bp }
part-packaging = Упаковка
part-advertising = Реклама
part-returns = Возвраты
part-profit = Прибыль

## Чек изменения
receipt = Чек
receipt-title = Почему изменилась цена
receipt-none = Бот ещё не менял эту цену.
receipt-label = Изменение в { $at }
receipt-asks = Предлагает { $price }
receipt-held = Цена осталась { $price }
receipt-first-again = снова 1-е место
receipt-place = { $place }-е место из { $of }
receipt-saw = Что увидели
receipt-saw-rival = { $name } продаёт за **{ $price }**.
receipt-saw-place = Мы стояли { $place }-ми из { $of }.
receipt-saw-nobody = Других продавцов не было.
receipt-seen-at = Снимок в { $at }
receipt-why = Почему
receipt-rule = Правило
receipt-rule-name = Правило «{ $name }».
receipt-set-by = Кто задал: { $by }, { $at }
receipt-sum = Расчёт
receipt-checks = Проверки
receipt-result = Итог
receipt-profit = Прибыль с продажи { $after }
receipt-profit-was = вместо { $before }.
receipt-cost = { $by } ₸ с продажи
receipt-sending = Отправка
receipt-answer = · от хода конкурента { $took }
receipt-number = Чек № { $number }
sent-desired = Ждёт очереди
sent-accepted = Kaspi принял в { $at }
sent-lost = Kaspi не подтвердил, отправим ещё раз
sent-refused = Kaspi отклонил в { $at }
sent-dry = Пробный прогон: ничего не отправляли
sent-none = Отправлять нечего
sent-waits = Ждёт вашего решения
sent-feed = Kaspi заберёт прайс до { $at }
arithmetic-cover = мало запаса
arithmetic-ageing = залежалось
arithmetic-stop-level = уровень остановки
arithmetic-safe = безопасная цена
arithmetic-result = итог

## Правила
rules-title = Правила
rules-new = Новое правило
rules-lead = Правило действует на все товары, к которым привязано. Границы можно задать у товара отдельно.
rules-shop-defaults = Для всего магазина
rules-changed = { $by }, { $at }
rules-without = Без границ и правил: { $n } { $n ->
        [one] товар
        [few] товара
       *[other] товаров
    }. Их цены бот не трогает.
rules-without-act = Показать
rules-none-title = Своих правил ещё нет
rules-none = Начните с одного: его можно проверить на истории и включить на части товаров.
rule-summary-step = шаг { $step } ₸
rule-summary-margin = от { $margin_bp }
rule-summary-top = не ниже { $n }-го
rule-state-dry = Пробный прогон
rule-name = Название
rule-goal = Цель
rule-top-n = Место не ниже
rule-margin = Маржа не ниже
rule-limits = Пределы
rule-step-hint = На сколько вставать ниже конкурента
rule-store-minimum = Самая низкая цена магазина
rule-store-minimum-hint = Ниже не будет ни один товар
rule-max-move = Одно изменение не больше
rule-max-day = За день не дальше
rule-ask-above = Спрашивать, если больше
rule-ask-above-hint = Такое изменение подождёт вашего решения
rule-pace = Темп
rule-check = Как часто смотреть конкурентов
rule-check-learned = Чаще там, где цены меняются
rule-check-fixed = Через равное время
rule-check-hint = Чтение конкурентов ограничено, поэтому его тратим там, где опоздание дороже
rule-check-shortest = Не чаще чем раз в
rule-check-longest = Не реже чем раз в
rule-check-every = Каждые
rule-cool-down = Пауза после изменения
rule-max-age = Снимок годен
rule-max-age-hint = Если снимок старше, цену не меняем
rule-hours = Только в рабочие часы
rule-hours-hint = В остальное время цены стоят
rule-ignore = Кого не считать конкурентом
rule-ignore-preorder = Предзаказ
rule-ignore-city = Склад в другом городе
rule-ignore-slower = Доставка медленнее нашей больше чем на
rule-ignore-absurd = Цена ниже нашей обычной, меньше чем
rule-ignore-rating = Рейтинг ниже
rule-ignore-reviews = Отзывов меньше
rule-ignore-sellers = Продавцы, которых не учитывать
rule-ignore-sellers-hint = Номера магазинов через запятую
rule-what-if = Что делать, если
what-if-no_rival = Конкурентов нет
what-if-rival_under_floor = Конкурент ниже вашего минимума
what-if-rival_equal = Цена равна вашей
what-if-out_of_stock = Товар закончился
what-if-preorder_only = У всех предзаказ
what-if-act-computed = По стратегии
what-if-act-hold = Не менять
what-if-act-floor = Встать на минимум
what-if-act-ceiling = Встать на максимум
what-if-act-match = Сравнять цену
rule-better-rating = Рейтинг у нас выше на
rule-better-days = Доставка у нас быстрее на
rule-better-hint = Тогда не перебиваем, а встаём вровень
rule-war = Ценовая война
rule-war-on = Тормоз ценовой войны
rule-war-hint = Когда двое снижают друг под друга, бот отступает и ждёт
rule-war-times = Ходов подряд
rule-war-window = За время
rule-war-back = Отступить на
rule-war-wait = И ждать
rule-war-stop = В войне не ниже
rule-lift = Ночной подъём
rule-lift-on = Поднимать цены ночью
rule-lift-hint = Пока покупателей мало, цены растут шагами, и утро начинается выше
rule-lift-step = Шаг подъёма
rule-lift-every = Каждые
rule-stock = Запас
rule-cover-days = Запаса меньше чем на
rule-cover-raise = Тогда дороже на
rule-ageing-days = Лежит дольше
rule-ageing-ease = Тогда дешевле на
rule-dead-man = Если связи нет
rule-dead-man-on = Следить за связью с Kaspi
rule-dead-man-hint = Если подтверждений нет дольше этого времени
rule-dead-man-minutes = Через
rule-dead-man-then = Тогда
rule-dead-man-price = Безопасная цена
dead-man-hold = Не менять цены
dead-man-lift_to = Поднять до безопасной
dead-man-alarm = Позвать меня
rule-sisters = Свои магазины на одной карточке
rule-sisters-hint = Свои магазины никогда не снижают друг под друга
sisters-auto = По очереди
sisters-lead = Этот впереди
sisters-follow = Этот уступает
rule-priority = Проверять и менять в первую очередь
rule-dry-run = Пробный прогон: считать, но не отправлять
rule-trial = Включить на { $n } { $n ->
        [one] товар
        [few] товара
       *[other] товаров
    }
rule-draft = Сохранить черновик
rule-trial-hint = Часть товаров, 10 %, выбирается случайно. Остальные останутся на старом правиле.
profit-lack-days = Нужно { $need } дней истории, есть { $have }
profit-lack-sales = Нужно { $need } продаж, есть { $have }
profit-lack-places = Нужно постоять на { $need } местах, пока { $have }
backtest-title = Проверка на истории
backtest-act = Проверить на истории
backtest-lead = Есть история за { $days } дней. Посмотрим, как правило повело бы себя.
backtest-no-history = Истории ещё нет: проверка станет возможна через неделю.
backtest-short = Истории всего { $days } { $days ->
        [one] день
        [few] дня
       *[other] дней
    }, надёжно от 7. Показывать нечего.
backtest-result = За { $days } дней: **{ $changes } { $changes ->
        [one] изменение
        [few] изменения
       *[other] изменений
    }**, первое место **{ $first }** времени.
backtest-profit = Прибыль **≈ { $by } ₸** к нынешнему правилу.
backtest-estimate = Оценка, не обещание.
backtest-changes = Изменений
backtest-first = Первое место
backtest-now = сейчас { $value }
backtest-margin = Средняя маржа
backtest-worst = Худший день
backtest-floor = Упёрлись бы в минимум

## Загрузка границ
import-title = Загрузить границы и закуп
import-act = Загрузить прайс
import-lead = Таблица с артикулами: минимум, максимум, себестоимость, стратегия, шаг. Ничего не изменится, пока вы не увидите проверку.
import-steps = Шаги
import-step-file = Файл
import-step-columns = Столбцы
import-step-check = Проверка
import-step-done = Готово
import-file = Файл
import-file-hint = Excel, CSV, ODS или выгрузка Kaspi. До { $mib } МБ и { $rows } строк
import-check-act = Проверить файл
import-template = Пример с вашими товарами
import-recent = Прошлые загрузки
import-changed = изменено { $n }
import-check-title = Проверка файла
import-columns = Что в столбцах
import-col-file = Столбец файла
import-col-means = Это
import-col-examples = Примеры
import-skip = не нужен
import-field-sku = Артикул
import-field-min = Минимум
import-field-max = Максимум
import-field-cost = Себестоимость
import-field-strategy = Стратегия
import-field-step = Шаг
import-missing = Не нашли столбец «{ $field }». Укажите его в таблице ниже.
import-recheck = Проверить с этими столбцами
import-checking = Проверяем строки
import-result = Что получилось
import-ready = Готовы
import-warned = С предупреждением
import-refused = С ошибкой
import-refusals = Строки с ошибкой
import-warnings = Строки с предупреждением
import-bad-rows = Скачать только плохие строки
import-row = Строка
import-column = Столбец
import-value = Значение
import-reason = Причина
import-confirm = Загрузить и { $n } { $n ->
        [one] строку
        [few] строки
       *[other] строк
    } с предупреждением
import-apply = Загрузить { $n } { $n ->
        [one] строку
        [few] строки
       *[other] строк
    }
import-other-file = Другой файл
import-done-title = Границы загружены
import-done-by = { $by }, { $at }
import-skipped = Пропущено

## Охрана карточек
cards-title = Охрана карточек
cards-watched = под присмотром { $n }
cards-views = Виды списка
cards-new = Новые
cards-now = Сейчас
cards-left = Ушли
cards-joined = вошёл { $at }
cards-apart = { $by } к вашей
cards-seen = Я видел
cards-ignore = Не учитывать
cards-count = Учитывать
cards-ignored = не учитываем
cards-none-title = Чужих нет
cards-none = Следим за { $n } { $n ->
        [one] карточкой
        [few] карточками
       *[other] карточками
    }. Как только кто-то войдёт, скажем.

## Автоматизация
automation-parts = Части автоматизации
automation-jobs = Задания
automation-parked = Отложенные
automation-budgets = Лимиты
automation-proxies = Прокси
automation-health = Здоровье
queue-waiting = в очереди { $n }
queue-oldest = старшему { $age }
jobs-none-title = Заданий ещё нет
jobs-none = Они появятся, когда вы подключите магазин.
jobs-parked = Не выполнить без вас: { $n } { $n ->
        [one] задание
        [few] задания
       *[other] заданий
    }
jobs-parked-act = Разобрать
schedules-title = Расписание
schedule-every-hours = каждые { $minutes } мин, { $from }–{ $to }
schedule-every = каждые { $minutes } мин
schedule-daily = каждый день в { $at }
schedule-always = постоянно
schedule-cron = по правилу { $cron }
job-catalog-sync = Чтение товаров
job-catalog-access = Проверка доступа
job-pricing-check = Проверка конкурентов
job-pricing-push = Отправка цен
job-pricing-confirm = Подтверждение цен
job-pricing-learn = Обучение расписания
job-pricing-guard = Охрана карточек
job-pricing-bulk = Большая правка
job-pricing-import = Загрузка границ
job-pricing-backtest = Проверка на истории
job-store-retention = Очистка старой истории
job-jobs-retention = Очистка журнала заданий
run-done = Готово
run-running = Идёт
run-stuck = Идёт дольше обычного
run-failed = Не вышло
run-waiting = Ждёт
run-parked = Ждёт вас
run-cancelled = Отменено
run-paused = Выключено
run-now = Запустить
runs-title = Последние запуски
run-steps = Шаги
run-input = Что было на входе
run-started = Начало
run-took = Заняло
run-attempt = Попытка
run-attempt-of = попытка { $n } из { $of }
run-done-label = Сделано
replay = Повторить
parked-lead = Попытки закончились. Исправьте причину и повторите: задание продолжит с того же места.
parked-drop = Отменить
parked-none-title = Отложенных нет
parked-none = Все задания выполняются сами.
log-title = Журнал
log-find = Искать в журнале
log-level = Подробность
log-debug = всё
log-info = важное
log-warn = замечание
log-error = ошибка
log-none = По запросу «{ $query }» строк нет.
log-empty = Строк ещё нет.
budgets-lead = Сколько можно за время. Это пределы Kaspi и наши: больше не отправим ни при каких условиях.
budget-storefront = Чтение витрины
budget-price-changes = Изменение цен
budget-price-changes-burst = Изменение цен, подряд
budget-sign-in = Вход в кабинет
budget-cabinet = Чтение кабинета
budget-api = Запросы к API
budget-per = за { $per }
budget-used = { $used } из { $max }
budget-window = { $used } из { $max } за { $per }
budget-blocked = закрыто до { $until }
budgets-none-title = Ещё ничего не потрачено
budgets-none = Лимиты появятся после первого запроса к Kaspi.
proxies-lead = Прокси нужны, чтобы выходить из Казахстана и делить нагрузку. Лимиты Kaspi они не обходят.
proxies-none = Прокси нет: запросы идут с адреса сервера.
proxy-address = Адрес
proxy-address-hint = http, https или socks5. Пароль зашифруем и больше не покажем
proxy-new = Новый прокси
proxy-add = Добавить прокси
proxy-speed = Скорость
proxy-failures = Сбои
proxy-of = из { $n }
proxy-used-by = Где используется
proxy-pool = общий запас
proxy-works = Работает
proxy-benched = Отдыхает до { $until }
proxy-test = Проверить
health-storefront = Витрина Kaspi
health-cabinet = Кабинет Kaspi
health-database = База данных
health-disk = Диск
health-queue = Очередь
health-clock = Часы
health-redis = Redis
health-said-answers = отвечает за { $ms } мс
health-said-silent = не отвечает { $minutes } мин
health-said-blocked = закрыл нам чтение: подождите или смените адрес
health-said-session = сеанс закончился: войдите снова
health-said-country = пускает только из Казахстана: нужен прокси
health-said-free = свободно { $gib } ГБ
health-said-queue = ждут { $n }, старшему { $seconds } с
health-said-clock = расходятся на { $ms } мс
health-said-off = не используется

## Настройки
settings-shops = Магазины
settings-team = Команда
settings-keys = Ключи API
settings-security = Безопасность
settings-audit = Журнал
settings-profile = Профиль
shops-none-title = Магазинов ещё нет
shops-none = Подключите первый: нужен телефон, с которым вы входите в кабинет Kaspi.
shop-facts = { $n } { $n ->
        [one] товар
        [few] товара
       *[other] товаров
    }, номер { $uid }
shop-login = Вход
shop-contact = Последняя связь
shop-synced = Товары прочитаны
shop-egress = Откуда выходим
egress-direct = адрес сервера
egress-pool = общий запас прокси
shop-kept = Что храним
shop-kept-how = сеанс, зашифрованным; пароля нет
shop-sync = Прочитать товары
shop-renew = Войти снова
shop-remove = Отключить магазин
shop-remove-title = Отключить «{ $name }»?
shop-remove-what = Бот перестанет вести { $n } { $n ->
        [one] цену
        [few] цены
       *[other] цен
    }, сеанс удалим. Цены в Kaspi останутся последними. Вернуть можно только новым подключением.
shop-remove-act = Отключить «{ $name }»
access-new = Вход не закончен
access-connected = Подключён
access-needs_code = Нужен код
access-session_ended = Сеанс закончился
access-wrong_password = Пароль не подошёл
access-blocked = Вход закрыт
access-why-new = Вход начат, но не закончен.
access-why-needs_code = Kaspi ждёт код, отправленный на { $login }.
access-why-session_ended = Kaspi закончил сеанс. Новые цены не отправляются, уже отправленные остались.
access-why-wrong_password = Kaspi не принял пароль для { $login }. Проверьте его в кабинете.
access-why-blocked = Kaspi закрыл вход до { $until }. Попробуем сами, когда откроется.
access-act-new = Закончить вход
access-act-needs_code = Ввести код
access-act-session_ended = Войти снова
access-act-wrong_password = Ввести пароль
role = Роль
role-owner = Владелец
role-manager = Менеджер
role-packer = Кладовщик
role-marketer = Маркетолог
role-of = Роль: { $name }
right = Право
team-people = Люди
team-you = это вы
team-seen = был { $at }
team-no-second = без второго шага
team-remove = Убрать из команды: { $name }
team-recovery = Ссылка для нового пароля
team-invite = Пригласить
team-invite-act = Создать ссылку
team-invited = Приглашение: { $role }, { $by }
team-invite-until = до { $until }
team-link-once = Отправьте ссылку человеку. Она сработает один раз, больше мы её не покажем.
team-recovery-once = Отправьте ссылку человеку: по ней он задаст новый пароль. Больше мы её не покажем.
team-who-may = Кто что может
keys-docs = Описание API
keys-once = Ключ создан. Скопируйте его сейчас: больше мы его не покажем.
keys-made = { $by }, { $at }
keys-used = использован { $at }
keys-never-used = ещё не использован
keys-none = Ключей ещё нет. Они нужны, чтобы другая программа могла читать и менять цены.
keys-new = Новый ключ
keys-name = Название
keys-name-hint = Чтобы потом узнать: «1С, выгрузка остатков»
keys-rights = Что можно
keys-make = Создать ключ
sessions-title = Где вы вошли
sessions-this = это устройство
sessions-end = Выйти
sessions-end-others = Выйти на остальных
audit-who = Кто
audit-what = Что
audit-change = Было → стало
audit-from = Откуда
audit-everyone = Все люди
audit-everything = Все действия
audit-system = Sauda
audit-state-whole = Записи целы
audit-state-broken = Записи изменены мимо программы
audit-none-title = Записей нет
audit-none = С такими фильтрами ничего не нашлось.
profile-keys = Горячие клавиши из одной буквы
profile-keys-hint = J, K, X, E и другие. Полный список по «?»
profile-merchants = Мои компании
profile-here = вы здесь
profile-go = Перейти

## Отказы
refusal-number = Номер для поддержки: { $request }
gallery-title = Составные части
err-web-login-form = «{ $value }» не похоже на телефон или почту. Пример: +7 701 000 12 34
err-web-password-short = Пароль короче { $min } знаков. Добавьте слово или два
err-web-wrong-pair = Телефон, почта или пароль не подошли. Проверьте оба поля
err-web-code-wrong = Код не подошёл. Дождитесь следующего в приложении
err-web-phone-form = «{ $value }» не похоже на номер. Пример: +7 701 000 12 34
err-web-market-wrong-password = Kaspi не принял пароль. Проверьте его в кабинете продавца
err-web-market-silent = Kaspi не ответил вовремя. Вход уже есть, попробуйте прочитать ещё раз
err-web-sms-wrong = Kaspi не принял код { $code }. { $left ->
        [one] Осталась { $left } попытка
        [few] Осталось { $left } попытки
       *[other] Осталось { $left } попыток
    }
err-web-max-below-min = Максимум { $max } меньше минимума { $min }. Поднимите максимум или опустите минимум
err-web-number-form = «{ $value }» не число. Впишите цифры: 38 740
err-web-file-too-large = Файл { $size } МБ, можно до { $max } МБ. Разделите его на части
err-web-cell-formula = В ячейке формула { $value }. Вставьте значение вместо неё
err-web-sku-unknown = Артикула { $sku } нет в магазине
err-web-proxy-form = «{ $value }» не адрес прокси. Пример: socks5://user:password@host:1080
err-web-name-empty = Впишите название: по нему вы узнаете ключ

ladder-looked-past = { $why }, не учитываем
ladder-looked-past-preorder = предзаказ { $days } дн., не учитываем
sent-sending = Отправили в { $at }, ждём ответа
sent-unclear = Ответ неясен, сверяем с кабинетом
sent-in_cabinet = Kaspi подтвердил в { $at }
sent-on_storefront = Видно покупателям с { $at }
sent-superseded = Заменено новым решением

cards-left-at = ушёл { $at }
prices-reorder = Обновить порядок
prices-tail = Показать остальные { $n }

date-ago = { $span } назад
date-just-now = только что
date-at = в { $clock }
cards-new-one = новый
trouble-blocked = Kaspi закрыл нам чтение { $since }.
todo-look = Посмотреть

bot-title = Бот цен
bot-limits = Границы заданы у { $with } из { $goods } товаров. Остальные цены бот не трогает.
bot-no-limits = Пока границ нет ни у одного товара, боту нечего вести.
bot-off = Выключен
bot-why-off = Sauda только смотрит на конкурентов и ничего не меняет.
bot-dry_run = Пробный прогон
bot-why-dry_run = Бот решает и пишет чеки, но в Kaspi ничего не отправляет.
bot-on = Включён
bot-why-on = Бот меняет цены в Kaspi в пределах ваших границ. Каждое изменение с чеком.
bot-save = Сохранить
todo-bot-off = Бот цен выключен
todo-why-bot-off = Цены не меняются, пока бот выключен
todo-act-bot-off = Включить
feed-refused-now = Kaspi не принял, решим заново

sign-up-merchant = Название команды
sign-up-merchant-hint = Его увидят те, кого вы пригласите. Обычно это название магазина
join-as = Вы вошли как { $name }. Новый логин не понадобится.
join-known = Уже входите в Sauda?
reset-save = Сохранить пароль
team-note = Для кого, например имя
team-name = Команда
audit-by-key = через ключ API
audit-newest = К последним
audit-older = Раньше
audit-part-min = минимум
audit-part-max = максимум
audit-part-step = шаг
audit-part-cost = себестоимость
audit-part-pinned = закреплена
audit-part-manual = вручную
audit-offer-changed = Настройки товара изменены:
audit-offers-bulk = Массовое изменение
audit-offers-bulk_undone = Массовое изменение отменено
audit-pause-on = Цены на паузе
audit-pause-off = Пауза снята
audit-question-answered = Ответ на вопрос бота
audit-rule-created = Правило создано
audit-rule-changed = Правило изменено:
audit-rule-archived = Правило убрано
audit-shop-mode = Режим бота:
audit-shop-settings = Настройки магазина изменены:
did-saved = Сохранено
did-joined = Теперь вы в команде «{ $merchant }»
did-password-set = Новый пароль сохранён. Войдите с ним
did-password-changed = Пароль изменён, остальные устройства отключены
did-sign-in-again = Вход занял слишком много времени. Введите логин и пароль ещё раз
did-switched = Команда сменена
did-invite-revoked = Приглашение отозвано
did-role = { $name }: роль изменена
did-member-removed = { $name } больше не в команде
did-key-revoked = Ключ «{ $name }» больше не действует
did-second-off = Второй шаг выключен
did-session-ended = Устройство отключено
did-sessions-ended = Отключено устройств: { $n }
refusal-title-forbidden = Сюда вам нельзя
refusal-forbidden = Права раздаёт владелец: «Настройки → Команда».
refusal-title-not-found = Такой страницы нет
refusal-not-found = Адрес изменился, или то, что здесь было, удалено.
refusal-title-conflict = Сейчас так нельзя
refusal-conflict = Ничего не изменилось. Вернитесь и посмотрите, как обстоит дело теперь.
refusal-title-invalid = Запрос не подошёл
refusal-invalid = Ничего не изменилось. Вернитесь на прошлую страницу и попробуйте ещё раз.
refusal-title-throttled = Слишком часто
refusal-throttled = Ничего не потеряно: бот работает отдельно от страниц.
refusal-title-unavailable = Сейчас не отвечаем
refusal-unavailable = Попробуйте через минуту.
refusal-title-bug = Сбой у нас
refusal-bug = Записали, что случилось. Цены под присмотром: бот работает отдельно от этой страницы.
product-new-receipt = Есть новое решение. Показать
today-changed = Есть новое. Обновить
live-reorder = Обновить порядок ({ $n })

### Цены: правки, выгрузки, загрузка

err-web-cell-changed = Пока вы правили, здесь стало { $value }: { $by }, { $ago }
err-web-places-form = «{ $value }» не место. Впишите число от 1 до 100
err-web-share-form = «{ $value }» не доля. Впишите процент от 0,01 до 95
err-web-file-missing = Выберите файл: Excel, CSV или ODS
err-import-file-gone = Файл уже не хранится: мы держим его сутки. Загрузите его ещё раз
err-offers-all-known = Все артикулы кабинета уже в каталоге
err-import-applied-already = Этот файл уже загружен. Откройте его результат в прошлых загрузках
filter-margin-below = Маржа ниже { $n } %
filter-stock-below = Остаток меньше { $n } шт.
did-cell = { $field }: { $value } ₸
did-cell-cleared = { $field }: как в правиле
did-guest-seen = Больше не новый
did-guest-ignored = Бот не смотрит на этого продавца
did-guest-counted = Бот снова учитывает этого продавца
did-bulk-nothing = Ничего не отмечено. Отметьте товары в списке
did-bulk-undone = { $n ->
        [one] Вернули { $n } товар
        [few] Вернули { $n } товара
       *[other] Вернули { $n } товаров
    }
did-rule-saved = Правило сохранено, бот проверит цену по нему
did-pinned = Цена { $price } ₸ закреплена
did-unpinned = Цена откреплена, бот снова ведёт её
did-price-back = Возвращаем { $price } ₸ и держим сутки
did-paused = Бот не меняет цену этого товара
did-resumed = Бот снова ведёт цену
did-checked = Проверили только что
did-check-asked = Проверка в очереди, ответ придёт на эту страницу
did-answered-yes = Отправляем цену
did-answered-no = Оставили цену как есть
did-file-gone = Файл уже не хранится. Загрузите его ещё раз
bulk-refused-file = Скачать все причины
bulk-act-import = Загрузка файла
bulk-act-rule = Правило
bulk-act-managed = Кто ведёт цену
rule-confirm-below-cost = Да, продавать и ниже цены без убытка
export-sellers = Продавцов
export-rival-name = Продавец
export-strategy = Как ведёт цену
export-changed = Изменена
export-checked = Проверена
export-changes = Изменения
export-by = Кто

## Правила, автоматизация, магазины
unit-hours = ч
unit-kg = кг
did-rule-draft = Черновик правила «{ $name }» сохранён
did-rule-share = Правило «{ $name }» включено на части товаров
did-rule-on = Правило «{ $name }» сохранено и включено
did-rule-archived = Правило «{ $name }» убрано
did-schedule-run = Задание поставлено в очередь
did-schedule-paused = Расписание выключено
did-schedule-resumed = Расписание включено
did-job-replayed = Задание снова в очереди
did-job-dropped = Задание отменено
did-proxy-added = Прокси добавлен
did-proxy-on = Прокси включён
did-proxy-off = Прокси выключен
did-proxy-removed = Прокси удалён
did-proxy-works = Прокси работает: витрина ответила за { $ms } мс
did-shop-sync = «{ $name }»: читаем товары
did-shop-renewed = «{ $name }»: вход обновлён
did-shop-cities = «{ $name }»: города сохранены
did-shop-egress = «{ $name }»: адрес выхода сохранён
did-shop-removed = Магазин «{ $name }» отключён
err-web-number-empty = Впишите число
err-web-clock-form = «{ $value }» не время. Пример: 08:30
err-web-days-empty = Отметьте хотя бы один день недели
err-web-range = { $value } не подходит: можно от { $low } до { $high }
rule-min = Минимум
rule-min-hint = Для всех товаров правила. Свои границы товара важнее
rule-max = Максимум
rule-hours-days = Дни недели
rule-war-truce = Перемирие
rule-war-truce-hint = Столько после войны этому конкуренту отвечаем той же ценой
rule-lift-target = Поднимать не выше
rule-archive = Убрать правило
eco-title = Затраты магазина
eco-lead = Общие для всех товаров. Вместе с себестоимостью дают цену, ниже которой продажа в убыток.
eco-commission = Комиссия Kaspi
eco-vat = НДС на комиссию
eco-vat-published = по тарифу Kaspi
eco-vat-times116 = ровно 16 %
eco-vat-none = не добавлять
eco-tax = Налог с оборота
eco-tax-hint = Упрощёнка: 4 %, если регион не снизил
eco-delivery-tariff = по тарифу Kaspi
eco-delivery-fixed = одна сумма за заказ
eco-delivery-none = не платим
eco-service = Куда везут
eco-service-city = по городу
eco-service-kazakhstan = по Казахстану
eco-service-express = экспресс
eco-weight = Вес посылки
eco-fee = Доставка за заказ
eco-wish = Сколько хотите зарабатывать
eco-wish-hint = Ниже такой цены бот не опустится
eco-wish-profit = сумма с продажи
eco-wish-margin = доля от цены
eco-past = Пересчитать и прошлые продажи
eco-past-hint = Без галочки прибыль прошлых дней останется, как была посчитана
eco-profit = Прибыль с продажи
eco-margin = Маржа
jobs-find = Искать задания
jobs-all = Все состояния
jobs-none-found = Таких заданий нет.
jobs-newest = К последним
job-catalog-sync_all = Чтение всех магазинов
job-catalog-shop_synced = Обновление списка цен
job-accounts-sweep = Уборка старых входов
job-pricing-forget = Очистка истории цен
job-pricing-silence = Проверка связи с Kaspi
job-pricing-restate = Пересчёт таблицы цен после правки
run-again = Повторится
run-lost = Потеряно
run-released = Вернулось в очередь
run-none = Ещё не запускали
run-others = Другие попытки
budget-storefront-reads = Чтение витрины
budget-cabinet-reads = Чтение кабинета
health-stuck = Задания
health-said-stuck = { $job }: идёт { $minutes } мин, дольше обычного
health-said-heard = на связи
health-said-never = ещё не обращались
health-said-silent-now = не отвечает
health-said-sign-in-blocked = вход закрыт: подождите, попробуем сами
access-code = Код из SMS
shop-more = Города и адрес выхода
shop-cities = Где бот ведёт цены
shop-defaults = Настройки магазина по умолчанию
err-web-decimal-form = «{ $value }» не число. Впишите цифры, не больше двух после запятой: 15,5
bulk-was-changed-n = { $n } { $n ->
        [one] товар
        [few] товара
       *[many] товаров
    }
bulk-was-changed = Изменено
bulk-was-refused = Нельзя изменить
bulk-put-back = Возвращено
bulk-resume = Включить
bulk-whole-min = Минимум для всех: { $n }…
bulk-whole-max = Максимум для всех: { $n }…
bulk-whole-pause = На паузу все: { $n }
bulk-whole-resume = Включить все: { $n }
cards-before = был на карточке до нас
