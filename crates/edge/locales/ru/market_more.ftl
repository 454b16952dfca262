### Рынок: сравнение, файлы снимков, ответы витрины, недели и месяцы.

market-tab-compare = Мои товары
market-holes = Часть страниц Kaspi не отдал. Карточки с них не считаем ушедшими, а следующие — новыми.
market-review-limit = Отзывов на карточку
market-review-limit-hint = Читаем самые новые, до 5000. 50 отзывов — одно обращение к витрине.
market-raw-days = Хранить ответы Kaspi
market-raw-days-hint = Для разбора сбоев: ответы витрины как пришли, до 30 дней. 0 — не хранить.
market-files = Скачать снимки
market-files-how = Каждая строка — карточка в снимке: время, место, цена, рейтинг, отзывы. Дни из архива тоже попадут в файл. Parquet читают pandas, DuckDB, Power BI.
market-file-from = С
market-file-to = По
market-file-kind = Файл
market-file-all = Всё
market-file-get = Скачать
reviews-search = Слова в отзыве
reviews-stars = Оценка
reviews-stars-any = Любая
reviews-card = Товар
reviews-card-any = Все товары
reviews-show = Показать
reviews-drop = Сбросить
reviews-growth = Отзывы по неделям
reviews-growth-sum = за полгода { $n }, из них на одну-две звезды { $bad }
reviews-week = Неделя с
reviews-next = Более старые
reviews-cards = Сколько прочитано по товарам
reviews-kept = Прочитано
reviews-reading = дочитываем старые
compare-none-title = Сравнивать пока не с чем
compare-none = Добавьте категорию своих товаров. После первого снимка покажем, где ваша цена среди цен на витрине.
compare-seen = Нашли на витрине
compare-dear = Дороже середины
compare-cheap = Дешевле середины
compare-unseen = Нет на прочитанных страницах
compare-search = Название или карточка
compare-view = Показать
compare-view-all = Все
compare-view-dear = Дороже середины
compare-view-cheap = Дешевле середины
compare-range = Цены на витрине
compare-against = К середине
compare-cheaper = Дешевле меня
compare-rival = Дешевле всех
compare-rating = Рейтинг
compare-place = { $place }-е место из { $cards }
compare-not-found = Под фильтр ничего не подошло
compare-not-found-how = Измените слова или выберите другую категорию.
compare-all = Все товары
compare-more = Показали { $shown } из { $found }. В файле — все.
compare-how = Черта — цены от нижних 10 % до верхних 10 % на витрине: точка — ваша, отметка — середина. «Дешевле всех» — лучшая цена других продавцов на этой же карточке, если их читали. Под рейтингом и отзывами — середина витрины.
raws-title = Ответы Kaspi
raws-kept = хранится { $n }, { $mb } МБ
raws-how = Ответы витрины как пришли. Имён покупателей и номеров заказов в них нет. Самые старые удаляются после срока и когда набирается 200 МБ.
raws-off = Сейчас ответы не хранятся. Срок задаётся в «Когда и как».
raws-all = Все
raws-bad = С ошибкой
raws-none-title = Ответов нет
raws-none = Появятся после следующего чтения.
raws-what = Что спросили
raws-state = Чем кончилось
raws-good = прочитан
raws-size = Размер, КБ
raws-get = Скачать
raws-next = Более старые
raw-about-listing = Страница витрины
raw-about-counted-listing = Страница с числом карточек
raw-about-card-offers = Продавцы карточки
raw-about-reviews = Отзывы
trends-from-weeks =
    { $n ->
        [one] по { $n } неделе снимков
        [few] по { $n } неделям снимков
       *[many] по { $n } неделям снимков
    }
trends-early = пока рано: дней — { $n }, покажем после { $at }
trends-early-none = пока рано: нужны две недели снимков
trends-months = Месяцы категорий
trends-from-months =
    { $n ->
        [one] По { $n } месяцу снимков.
        [few] По { $n } месяцам снимков.
       *[many] По { $n } месяцам снимков.
    }
trends-year-early = Сезонность покажем, когда наберётся год.
trends-months-how = Новые отзывы в день, в среднем за месяц.
trends-year = Сезонность
trends-year-how = 100 % — средний месяц. Категории — по нашим снимкам, запросы — по загруженным файлам.
month-short-1 = янв
month-short-2 = фев
month-short-3 = мар
month-short-4 = апр
month-short-5 = май
month-short-6 = июн
month-short-7 = июл
month-short-8 = авг
month-short-9 = сен
month-short-10 = окт
month-short-11 = ноя
month-short-12 = дек
team-what-market = Рынок
err-market-days-wrong = Последний день { $to } раньше первого { $from }. Поменяйте их местами
err-market-day-wrong = «{ $value }» — не дата. Пишите как 2026-11-20
asks-title = Спросить Google напрямую
asks-how = Опыт: официального доступа нет, Google может отказать в любой момент. Спрашиваем каждый запрос раз в сутки, после отказа ждём шесть часов. Надёжный способ — загрузить файл.
asks-off = Выключено в файле настроек: live_trends в разделе [market]. Это опыт без гарантий, надёжный способ — загрузить файл.
asks-asked = спросили { $at }
asks-next = спросим { $at }
asks-waits = ждёт очереди
asks-add = Спрашивать
asks-remove = Не спрашивать
ask-trouble-refused = Google отказал
ask-trouble-no_answer = Google не ответил
ask-trouble-unreadable = ответ Google непонятен
did-market-ask = Спросим
did-market-unask = Больше не спрашиваем
job-research-trends = Интерес к запросам
err-job-taken-over = Это задание уже ведёт другой процесс: дождитесь его
market-seller-sum = карточек { $cards } ({ $share }), дешевле всех на { $first }
job-research-begin = Новые магазины: первое чтение отзывов
