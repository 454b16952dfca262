# What the team's bot and letters say, and the pages about them.
team-what-urgent = Срочные заказы
team-what-new_order = Новые заказы
team-what-trouble = Сбои с заказами
team-what-day = День магазина
team-what-low_stock = Товар заканчивается
team-what-prices = Цены
team-what-access = Магазины и доступ
team-what-report = Отчёт за день
team-what-asked = Ответ или проверка
team-hint-urgent = За 4 часа и за час до срока
team-hint-new_order = Каждый заказ отдельной карточкой
team-hint-trouble = Kaspi отказал, накладной нет, ключ не подходит
team-hint-day = Начался, остановился, завершён
team-hint-low_stock = Раз в день, то, что продаётся
team-hint-prices = Kaspi не принял цену, изменения остановлены, долго нет связи
team-hint-access = Вход завершён, пропали точки, города или товары
team-hint-report = В выбранное время
team-hint-asked = Приходит сразу

team-linked = { $name }, чат подключён. Сюда будут приходить срочные заказы и отчёты. Спросите «что горит?» или откройте /help
team-linked-group = Группа подключена, её подключил { $name }. Суммы здесь не показываем
team-start-known = Чат уже подключён. Спросите «что горит?» или откройте /help
team-start-unknown = Здравствуйте, { $name }. Это рабочий бот магазина. Чтобы подключить чат, откройте в Sauda «Сообщения → Telegram» и перейдите по ссылке оттуда
team-code-wrong = Код не подошёл: он одноразовый и живёт 15 минут. Возьмите новый в Sauda, «Сообщения → Telegram»
team-stopped = Больше не пишем сюда. Подключить чат снова можно в Sauda, «Сообщения → Telegram»
team-stop-not-yours = Отключить эту группу может тот, кто её подключил
team-stranger = Ваш Telegram не подключён к этой команде. Возьмите ссылку в Sauda, «Сообщения → Telegram»
team-button-old = Эта кнопка устарела. Спросите «что горит?»
team-failed = Не получилось. Посмотрите заказ в Sauda
team-accepting = Принимаем заказ { $code }
team-assembling = Отмечаем, что заказ { $code } собран
team-waybill-comes = Отправляем накладную заказа { $code }
team-later = Напомним в { $at }
team-later-already = Напоминание по этой карточке уже стоит
team-day-starts = День запущен
team-day-goes-already = День уже идёт, второй раз не запускаем
team-button-accept = Принять
team-button-assemble = Собрать
team-button-waybill = Показать ярлык
team-button-later = Напомнить через час
team-button-open = Открыть в Sauda
team-button-burning = Что горит?
team-button-today = Как день?
team-button-start-day = Запустить день: { $shop }
team-order = Заказ
team-more = и ещё { $n }
team-order-sum = Сумма: { $sum }
team-order-due = Срок: { $until }
team-order-pending = { $act }: отправляем в Kaspi
team-order-refused = { $act }: Kaspi отказал. { $text }
team-order-unseen = { $act }: результата не видно, проверьте заказ
team-why-new = Новый заказ
team-why-four_hours = Осталось меньше 4 часов
team-why-one_hour = Осталось меньше часа
team-why-later = Вы просили напомнить
team-report = Отчёт за { $day }
team-today = Сегодня, { $day }
team-figure-came = Новых заказов
team-figure-sum = На сумму
team-figure-accepted = Принято
team-figure-handed-over = Сдано
team-figure-late = Опоздали
team-figure-burns = Горит сейчас
team-figure-changed = Изменено цен
team-figure-first = На первом месте
team-figure-of = { $n } из { $all }
team-value = { $value }
team-line-due = до { $until }, ещё { $left }
team-line-late = срок был { $until }, опоздание { $left }
team-burns = { $n ->
    [one] Горит { $n } заказ
    [few] Горят { $n } заказа
   *[other] Горят { $n } заказов
 }
team-nothing-burns = Ничего не горит: в ближайшие 4 часа сроков нет
team-open-orders = Открытые заказы
team-open-count = { $view }: { $n }
team-help = Спросите словами или командой:
    «что горит?», /burning: заказы, у которых выходит срок
    «как день?», /today: заказы, цены, что сдано
    «заказы», /orders: сколько где
    /stop: больше не писать сюда
team-letter-foot = { $page ->
    [""] Это письмо отправила Sauda. Что и когда присылать, настраивается в «Настройки → Уведомления».
   *[other] Это письмо отправила Sauda. Что и когда присылать: { $page }
 }
team-waybill = Накладная { $number }, заказ { $code }
team-low = { $n ->
    [one] { $shop }: заканчивается { $n } товар
    [few] { $shop }: заканчиваются { $n } товара
   *[other] { $shop }: заканчиваются { $n } товаров
 }
team-low-line = { $name }: осталось { $n }
team-day-running = { $shop }: день идёт
team-day-paused = { $shop }: день на паузе
team-day-stopped = { $shop }: день остановлен
team-day-done = { $shop }: день завершён
team-day-ended = { $shop }: день закончен раньше
team-day-step = Шаг { $place } из { $of }: { $step }
team-day-count = Готово { $done } из { $all }
team-day-troubles = Со сбоями: { $n }
team-day-report-orders = Заказов в работе: { $n }
team-day-report-accepted = Принято: { $n }
team-day-report-assembled = Собрано: { $n }
team-day-report-waybills = Накладных готово: { $n }
team-day-report-troubled = Со сбоями: { $n }
team-day-report-low = Заканчивается товаров: { $n }
team-test = Проверка: сообщения от Sauda сюда доходят
team-command-burning = Что горит
team-command-today = Как идёт день
team-command-orders = Открытые заказы
team-command-help = Что можно спросить
team-command-stop = Больше не писать сюда

err-team-no-bot = Бот ещё не подключён. Владелец или менеджер подключает его в «Сообщения → Telegram»
err-team-bot-elsewhere = Бот @{ $name } уже работает у другого продавца. Создайте своего у @BotFather
err-team-not-linked = Ваш чат ещё не подключён. Возьмите ссылку ниже и нажмите в Telegram «Начать»
err-team-time = «{ $value }»: время пишется как 08:30
err-team-address = { $value ->
    [""] Укажите почту: логин у вас не почтовый
   *[other] «{ $value }»: почта пишется как aru@example.kz
 }
err-team-no-mail = Почта не настроена. Тот, кто ведёт сервер, заполняет раздел mail в настройках
notice-telegram-bad-key = Telegram не принимает токен бота @{ $name }. Возьмите новый у @BotFather и подключите бота заново: команда ничего не получает
notice-telegram-taken = Сообщения бота @{ $name } забирает другая программа. Остановите её или отзовите токен у @BotFather
notice-telegram-blocked = { $name } заблокировал бота или удалил чат: уведомления туда больше не приходят

team-trouble-crashed = Программа остановилась во время отправки. Могло дойти, второй раз не отправляем
team-trouble-unclear = Ответа не было. Могло дойти, второй раз не отправляем
team-trouble-blocked = Человек заблокировал бота
team-trouble-unlinked = Чат отключён
team-trouble-left = Человек больше не в команде
team-trouble-no-right = У человека больше нет права это видеть
team-trouble-no-bot = Бот отключён
team-trouble-no-mail = Почта не настроена
team-trouble-waits = Ждёт: связи пока нет, повторим сами
team-trouble-other = Не доставлено

tg-title = Telegram
tg-intro = Бот присылает срочные заказы с кнопками, отвечает на «что горит?» и запускает день. Одного бота хватает на всю команду.
tg-none = Бот не подключён
tg-none-text = Напишите @BotFather в Telegram, отправьте /newbot и скопируйте токен сюда.
tg-none-ask = Подключить бота может владелец или менеджер.
tg-token = Токен бота
tg-token-hint = Вида 123456:ABC… Проверим его в Telegram и сохраним зашифрованным, показать его потом нельзя
tg-connect = Подключить бота
tg-bot = Бот
tg-works = работает
tg-waits = ещё не проверен
tg-heard = последний опрос { $at }
tg-connected = Подключил { $by }, { $at }
tg-counts = Сегодня отправлено: { $said }, ждёт отправки: { $waiting }
tg-renew = Заменить токен
tg-disconnect = Отключить бота
tg-disconnect-text = Токен забудем, все чаты отключатся. Подключить бота заново можно в любой момент.
tg-people = Подключённые чаты
tg-people-none = Пока никто не подключён. Начните со своего чата.
tg-own = ваш
tg-group = группа
tg-linked-at = с { $at }
tg-ended-stopped = отключил сам, { $at }
tg-ended-blocked = заблокировал бота, { $at }
tg-ended-replaced = заменён другим чатом, { $at }
tg-ended-removed = отключён, { $at }
tg-ended-left = больше не в команде, { $at }
tg-unlink = Отключить
tg-link = Подключить мой чат
tg-link-get = Получить ссылку
tg-link-once = Откройте ссылку на телефоне и нажмите «Начать». Код действует один раз, до { $until }.
tg-link-open = Открыть Telegram
tg-link-group = Подключить группу
tg-link-qr = QR-код со ссылкой на бота
tg-code = Код
tg-test = Отправить проверку
tg-what = Что кому приходит
tg-what-text = Каждый выбирает сам.
tg-what-go = Мои уведомления
tg-troubles = Что не доставлено за неделю
tg-troubles-none = Всё доставлено.
tg-way-telegram = Telegram
tg-way-mail = Почта
settings-notifications = Уведомления
ntf-title = Уведомления
ntf-caption = О чём и как сообщать
ntf-what = О чём
ntf-by-telegram = Telegram
ntf-by-mail = Почта
ntf-by-screen = Экран
ntf-no-chat = Ваш чат ещё не подключён: сообщения в Telegram не придут.
ntf-no-chat-go = Подключить чат
ntf-no-mail = Эта установка не отправляет почту.
ntf-mail-none = Почта не указана: письма не придут.
ntf-mail-goes = Письма идут на { $mail }
ntf-quiet = Тихие часы
ntf-quiet-hint = В это время копим и присылаем утром; ответы на ваши вопросы приходят сразу. Оставьте пустым, если тишина не нужна
ntf-quiet-from = С
ntf-quiet-until = До
ntf-report-at = Отчёт за день в
ntf-mail = Почта для писем
ntf-mail-hint = Пусто: почта, с которой вы входите
ntf-test-mail = Отправить проверочное письмо
did-bot-connected = Бот @{ $name } подключён
did-bot-removed = Бот отключён
did-unlinked = Чат отключён
did-test-sent = Проверка отправлена
did-wishes-saved = Уведомления сохранены
audit-team-bot_connected = Подключил бота Telegram
audit-team-bot_removed = Отключил бота Telegram
audit-team-linked = Подключил чат
audit-team-unlinked = Отключил чат
tg-details = Подробнее
