# Rights: the table "who may what".
right-view_today = Смотреть «Сегодня»
right-view_prices = Смотреть цены и конкурентов
right-manage_prices = Менять границы, правила и паузы
right-view_money = Видеть себестоимость и прибыль
right-view_orders = Видеть заказы
right-manage_orders = Принимать, собирать, отменять и выдавать заказы
right-view_buyers = Видеть телефоны и адреса покупателей
right-view_messages = Видеть переписку с покупателями
right-manage_messages = Отвечать покупателям
right-view_catalog = Видеть товары каталога
right-manage_catalog = Менять каталог и загружать товары
right-view_shops = Видеть магазины и их доступ
right-manage_shops = Подключать и отключать магазины
right-view_automation = Видеть задания и лимиты
right-manage_automation = Запускать и останавливать задания
right-manage_proxies = Настраивать прокси
right-manage_team = Приглашать людей и менять роли
right-manage_keys = Создавать и отзывать ключи API
right-view_audit = Читать журнал

# Things that refusals name.
what-shop = магазин
what-session = сессия
what-user = сотрудник
what-login = логин
what-merchant = команда
what-invite = приглашение
what-key = ключ API
what-offer = товар
what-rule = правило
what-access = вход в кабинет
what-proxy = прокси
what-row = строка файла
what-import = загрузка
what-job = задание
what-run = запуск
what-change = изменение цены
what-decision = решение бота
what-notice = уведомление

# What the journal says was done. Dots of the word become dashes.
audit-accounts-sign_up = Команда создана
audit-accounts-sign_in = Вход
audit-accounts-sign_in_recovery_code = Вход по запасному коду
audit-accounts-password_changed = Пароль изменён
audit-accounts-password_reset = Пароль задан заново по ссылке
audit-accounts-reset_link_made = Создана ссылка для нового пароля
audit-accounts-second_factor_on = Двухэтапный вход включён
audit-accounts-second_factor_off = Двухэтапный вход выключен
audit-accounts-recovery_codes_made = Созданы новые запасные коды
audit-accounts-session_ended = Сессия завершена
audit-accounts-sessions_ended = Остальные сессии завершены
audit-accounts-name_changed = Имя изменено
audit-accounts-role_changed = Роль изменена
audit-accounts-member_removed = Сотрудник удалён из команды
audit-accounts-merchant_renamed = Команда переименована
audit-accounts-invite_made = Приглашение создано
audit-accounts-invite_revoked = Приглашение отозвано
audit-accounts-invite_accepted = Приглашение принято
audit-accounts-key_made = Ключ API создан
audit-accounts-key_revoked = Ключ API отозван

actor-system = Sauda
audit-log-intact = Журнал цел: проверили { $rows ->
    [one] { $rows } запись
    [few] { $rows } записи
   *[other] { $rows } записей
 }, изменений задним числом нет.
audit-log-broken = Журнал изменён в обход программы, начиная с записи № { $seq }. Сохраните копию базы и выясните, у кого был к ней доступ.
