# Прайс-лист по адресу, предзаказы, склады.
feed-page-title = Прайс-лист для Kaspi
feed-link = Прайс-лист
feed-check = Проверить сейчас
feed-made = Адрес создан: { $by }, { $at }
feed-held-since = Не отдаём с { $at }: Kaspi оставляет прежние цены и остатки.
feed-agree = { $n ->
        [one] Всё верно, отдавать { $n } товар
        [few] Всё верно, отдавать { $n } товара
       *[other] Всё верно, отдавать { $n } товаров
    }
feed-see-out = Что не так
feed-old = Kaspi давно не забирал прайс: последний раз { $at }. Проверьте, что в кабинете включена автоматическая загрузка
feed-never = Прайс ещё никто не забирал. Укажите адрес в кабинете Kaspi: Товары → Загрузить прайс-лист → Автоматическая загрузка
feed-off = Прайс выключен: цены уходят через кабинет, по адресу ничего не отдаём
feed-checked = Проверка
feed-check-good = { $n ->
        [one] Прайс в порядке: { $n } товар, { $kb } КБ
        [few] Прайс в порядке: { $n } товара, { $kb } КБ
       *[other] Прайс в порядке: { $n } товаров, { $kb } КБ
    }
feed-rows = Товары в прайсе
feed-show-all = Все
feed-show-in = В прайсе
feed-show-out = Не в прайсе
feed-preview = Как { $sku } записан в прайсе
feed-in = в прайсе
feed-out = не в прайсе
feed-no-rows = Таких товаров нет
feed-address = Адрес прайса
feed-where = Вставьте в кабинете Kaspi: Товары → Загрузить прайс-лист → Автоматическая загрузка. Kaspi забирает прайс раз в час, если он изменился
feed-rotate = Сменить адрес
feed-rotate-ask = Старый адрес сразу перестанет работать. Новый нужно будет вставить в кабинете Kaspi, до этого цены и остатки не обновятся
feed-rotate-yes = Да, сменить
feed-address-hidden = Адрес есть. Его видят те, кто может менять каталог
feed-no-address = Адреса ещё нет. Создайте его, и Kaspi будет сам забирать цены и остатки — без входа в кабинет
feed-make = Создать адрес
feed-way = Как уходят цены
feed-way-cabinet = Через кабинет
feed-way-cabinet-hint = Сразу. Прайс по адресу не отдаём
feed-way-feed = Прайсом
feed-way-feed-hint = Раз в час, когда Kaspi заберёт прайс. Вход в кабинет не нужен
feed-way-both = И так и так
feed-way-both-hint = Через кабинет сразу, прайс говорит то же самое
feed-fetches = Кто забирал
feed-good = { $n ->
        [one] Последний раз целиком: { $n } товар, { $at }.
        [few] Последний раз целиком: { $n } товара, { $at }.
       *[other] Последний раз целиком: { $n } товаров, { $at }.
    }
feed-next = Следующий ждём до { $at }.
feed-no-fetches = Пока никто
feed-fetch-whole = отдали целиком
feed-fetch-unchanged = без изменений
feed-fetch-broken = связь оборвалась
feed-fetch-held = не отдали
feed-fetch-rows = { $n } в прайсе, { $out } нет
feed-row-off_sale = снят с продажи
feed-row-gone = нет в кабинете
feed-row-no_price = нет цены
feed-row-bad_price = неверная цена
feed-row-no_points = нет точек продажи
feed-row-bad_sku = неверный артикул
feed-row-sku_repeats = артикул повторяется
feed-row-no_model = нет названия
feed-row-preorder = неверный предзаказ
feed-row-bad_stock = неверный остаток
feed-row-product_no_price = новый товар без цены: впишите цену в каталоге
feed-row-product_below_floor = новый товар, цена которого в убыток: поднимите цену или поправьте себестоимость в каталоге
feed-row-product_no_stock = новый товар без остатка: впишите остаток в каталоге
feed-row-product_unfit = новый товар: проверьте название, артикул и цену
feed-held-off = Прайс выключен.
feed-held-never_read = Товары магазина ещё не прочитаны целиком.
feed-held-stale = Товары магазина давно не читались: с { $read_at }. Новые товары из кабинета пропали бы с продажи.
feed-held-empty = В прайсе не осталось ни одного товара.
feed-held-drop = В прайсе стало { $rows } товаров, а было { $before }. Остальные Kaspi снял бы с продажи.
feed-held-rows = { $count ->
        [one] Один товар нельзя записать в прайс
        [few] { $count } товара нельзя записать в прайс
       *[other] { $count } товаров нельзя записать в прайс
    }: { $sku } — { $reason ->
        [no_price] нет цены
        [bad_price] неверная цена
        [no_points] нет точек продажи
        [bad_sku] неверный артикул
        [sku_repeats] артикул повторяется
        [no_model] нет названия
        [preorder] дни предзаказа не от 1 до 30 или разные в одном городе
       *[other] неверный остаток
    }. Без них Kaspi снял бы их с продажи.
feed-col-sku = Артикул
feed-col-title = Название
feed-col-in = В прайсе
feed-col-reason = Почему нет
notice-feed-held = Прайс-лист не отдаём Kaspi: { $why ->
        [empty] в нём не осталось товаров
        [drop] товаров стало вдвое меньше
        [never_read] товары ещё не прочитаны целиком
        [stale] товары давно не читались
       *[other] часть товаров нельзя записать
    }. Цены и остатки в Kaspi остались прежними
notice-feed-mended = Прайс-лист снова в порядке, Kaspi его забрал
did-feed-made = Адрес создан. Вставьте его в кабинете Kaspi
did-feed-rotated = Адрес сменили, старый больше не работает
did-feed-agreed = Согласились: товаров в прайсе теперь { $n }
did-feed-way-cabinet = Цены уходят через кабинет
did-feed-way-feed = Цены уходят прайсом
did-feed-way-both = Цены уходят через кабинет и прайсом
audit-feed-made = Создал адрес прайс-листа
audit-feed-rotated = Сменил адрес прайс-листа
audit-feed-way = Переключил, как уходят цены
audit-feed-agreed = Согласился на меньший прайс-лист
audit-preorder-set = Включил предзаказ
audit-preorder-ended = Закончил предзаказ
audit-point-said = Изменил остаток на точке
audit-point-noted = Изменил сведения о складе
err-feed-list-changed = Пока вы смотрели, в прайсе стало { $now } товаров вместо { $seen }. Посмотрите ещё раз
err-preorder-days = Срок предзаказа { $value } не подходит: от 1 до 30 дней
err-preorder-over = Дата окончания уже прошла. Выберите день позже сегодняшнего
err-preorder-limit = Лимит { $value } не подходит: целое число от 1
err-point-stock = Остаток { $value } не подходит: целое число от 0 до 1 000 000
err-point-note-long = Слишком длинно: { $value } знаков. До 300
err-point-cut-off = Время { $value } не подходит. Напишите, например, 15:00
what-preorder = предзаказ
what-point = точка
sent-by_list = Kaspi заберёт прайс до { $at }
sent-by_list_next = Уйдёт с прайсом, когда Kaspi его заберёт
sent-in_list = Прайс забирают с { $at }
preorders-title = Предзаказы
preorders-link = Предзаказы
preorders-none-title = Предзаказов нет
preorders-none = Товар можно продавать до поступления: покупатель видит срок, заказ придёт с пометкой «предзаказ».
preorder-new = Новый предзаказ
preorder-which = Какой товар
preorder-find-first = Сначала найдите товар
preorder-days = Через сколько дней отдадите
preorder-days-hint = От 1 до 30
preorder-days-n = { $n ->
        [one] { $n } день
        [few] { $n } дня
       *[other] { $n } дней
    }
preorder-ends = Последний день
preorder-ends-hint = Пусто — пока не закончите сами
preorder-limit = Сколько можно заказать
preorder-limit-hint = На каждой точке. Пусто — по остатку
preorder-save = Включить предзаказ
preorder-until = до { $at }
preorder-endless = без срока
preorder-most = до { $n } шт.
preorder-works = действует
preorder-over = закончился
preorder-end = Закончить
preorder-remove = Убрать
preorder-set = включил(а) { $by }, { $at }
preorder-note = Предзаказ уходит в Kaspi с прайсом и с каждой новой ценой. Не правьте такой товар в кабинете вручную: правка снимает предзаказ.
err-preorder-offer = Выберите товар
did-preorder-set = Предзаказ включён. Kaspi узнает о нём с прайсом или следующей ценой
did-preorder-ended = Предзаказ закончен
warehouses-title = Склады и точки
warehouses-link = Склады
warehouses-none-title = Точек ещё нет
warehouses-none = Они появятся, когда магазин будет прочитан из кабинета.
warehouse-stock = Остатки на точке
warehouse-stock-of = Остаток
warehouse-available = Продаётся здесь
warehouse-pieces = { $n } шт.
warehouse-sold = есть
warehouse-not-sold = не продаётся
warehouse-say-kaspi = как в Kaspi
warehouse-say-yes = продаём
warehouse-say-no = не продаём
warehouse-note = Ваши остатки уходят в Kaspi с прайсом и с каждой новой ценой. Пустое поле — остаток из кабинета.
warehouse-works = работает
warehouse-closed = закрыта
warehouse-facts = О складе
warehouse-address = Адрес
warehouse-hours = Часы работы
warehouse-cut_off = Заказы до, например 15:00
warehouse-shelves = Полки
did-point-noted = Сведения о складе сохранены
cards-link = Новые карточки
newcards-title = Новые карточки
newcards-no-key-title = Нужен ключ API
newcards-no-key = Карточки отправляются по ключу магазина. Добавьте его в настройках.
newcards-category = Категория
newcards-category-hint = Например, тетради
newcards-begin = Найдите категорию, выберите товары без карточки, заполните характеристики — и отправьте в Kaspi.
newcards-no-category = Такой категории нет. Попробуйте другое слово
newcards-other = Другая категория
newcards-products = Товары без карточки
newcards-no-products = Товаров без карточки нет
newcards-attributes = Характеристики
newcards-mandatory = обязательно
newcards-many = Несколько значений — через точку с запятой
newcards-yes = Да
newcards-no = Нет
newcards-lacks-title = нет названия
newcards-lacks-brand = нет бренда
newcards-lacks-photo = нет фото по ссылке
newcards-differs = У каждого товара своё
newcards-table = Заполнить по товарам
newcards-own = Что различается
newcards-own-hint = Пустое поле оставит общее значение.
err-cards-nothing-differs = Отметьте хотя бы один признак «У каждого товара своё».
newcards-send = Проверить и отправить
newcards-note = Проверка новых карточек в Kaspi занимает до 3 рабочих дней. Цены и остатки этим не меняются.
newcards-uploads = Отправленное
newcards-none = Ещё ничего не отправляли
newcards-of = Карточек: { $n }, отправил(а) { $by }
newcards-waits = ждём
newcards-unclear = Непонятно, дошло ли до Kaspi. Проверьте в кабинете, прежде чем отправлять снова.
newcards-state-recorded = записано
newcards-state-sending = отправляем
newcards-state-unclear = неясно
newcards-state-sent = Kaspi проверяет
newcards-state-done = готово
newcards-state-refused = Kaspi отказал
notice-cards-unclear = Непонятно, дошли ли до Kaspi новые карточки ({ $count }). Проверьте в кабинете, прежде чем отправлять снова
did-cards-sent = Карточки записаны и уходят в Kaspi: { $n }
audit-cards-sent = Отправил новые карточки
job-catalog-cards = Отправка новых карточек
what-upload = отправка
err-cards-no-products = Выберите хотя бы один товар
err-card-refused = Kaspi не примет: { $sku }, { $member } — { $code ->
        [missing] не заполнено
        [long] слишком длинно
        [many] слишком много значений
        [twice] повторяется
        [pattern] неверный код
        [address] не адрес картинки
        [number] не число
       *[other] не подходит
    }. Всего замечаний: { $count }
feed-products = Товары без предложения
feed-products-point = На какой точке они лежат
feed-products-no = Не добавлять в прайс
feed-products-hint = Товары каталога, которых в магазине ещё нет, уйдут в прайс с ценой и остатком из каталога. Kaspi найдёт им карточку или попросит создать.
feed-products-out = Что не попало в прайс и почему
did-feed-products-in = Новые товары добавлены в прайс
did-feed-products-out = Новые товары в прайс не попадают
audit-feed-products = Изменил, какие новые товары идут в прайс
cities-link = Города и цены
cities-title = Города и цены
cities-no-points = точек нет
cities-bot-on = бот работает
cities-bot-off = бот не работает
cities-end = Снять
cities-same = Отдельных цен нет.
cities-none-title = Городов пока нет
cities-none = Город появится, когда в кабинете Kaspi в нём будет точка.
cities-new = Отдельная цена в городе
cities-city = Город
cities-price = Цена в этом городе
cities-price-hint = Бот поставит её только здесь и не опустит ниже минимума. В других городах всё как было.
cities-save = Закрепить цену
cities-delivery = Срок и стоимость доставки в город считает Kaspi по адресу точки и своим тарифам, задать их нельзя. Прибавить дни можно предзаказом.
cities-where-bot = В каких городах работает бот
err-city-price = «{ $value }» не похоже на цену. Впишите целые тенге.
did-city-price = Цена в городе закреплена
did-city-price-ended = Отдельная цена снята
audit-offer-city_price = Закрепил цену в городе
