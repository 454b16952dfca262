# Размеры в заказах и в дне.

size-mark = Размер { $size }
size-asked-asked = спросили о размере
size-asked-later = спросим о размере позже
size-asked-kept = размер подтверждён
size-asked-changed = размер изменён
size-asked-measured = прислал мерки
size-asked-silent = о размере не ответил
size-asked-odd = ответ о размере неясен
size-asked-refused = размер не подошёл
size-asked-other = просит другой размер
order-size-refused = Покупатель ответил, что размер не подходит. Узнайте, какой нужен, и поправьте размер ниже, или отмените заказ: день его не примет, пока вы не решите.
order-size-other = Покупатель просит размер больше или меньше. Поправьте размер ниже: день не примет заказ, пока вы не решите.
order-size-odd = Из ответа о размере непонятно, верен ли он. Прочитайте переписку и поправьте размер ниже, если нужно.
size-sure-high = уверенно
size-sure-middle = скорее всего
size-sure-low = неуверенно
size-sure-person = выбрал человек
size-new = Размер ещё не подсказывали: это делает день, или нажмите «Подсказать».
size-none = У этих товаров нет размера. Если он есть, укажите его в «Каталоге».
size-bought = куплен { $size }
size-chances-of = Купленный { $size }: мал { $small } %, впору { $fit } %, велик { $large } %
size-corrected = { $by }: лучше { $to }, { $at }
size-outcome = Как сел { $size }: { $fit }.
size-say = Поправить или отметить, как сел
size-to = Лучше размер
size-because = Почему
size-how = Как сел
size-had = Размер у покупателя
size-fit-small = мал
size-fit-fit = впору
size-fit-large = велик
size-fit-returned = вернули, причина неизвестна
size-source-kept = не вернули за две недели
size-source-return = по возврату
size-source-person = со слов человека
size-act-advise = Подсказать
size-act-correct = Выбрать этот размер
size-act-outcome = Отметить
size-act-measures = Сохранить мерки
size-act-forget = Забыть мерки покупателя
size-act-save = Сохранить таблицу
size-measures = Мерки покупателя
size-measures-why = Хватит роста и веса или обычного размера. Это личное: видят только те, кому видны покупатели.
size-measures-by = Записано: { $by }, { $at }.
size-body-height_cm = Рост, см
size-body-weight_kg = Вес, кг
size-body-chest_cm = Грудь, см
size-body-waist_cm = Талия, см
size-body-hips_cm = Бёдра, см
size-body-foot_cm = Стопа, см
size-body-usual_size = Обычный размер
size-measure-chest = Грудь
size-measure-waist = Талия
size-measure-hips = Бёдра
size-measure-underbust = Под грудью
size-measure-height = Рост
size-measure-weight = Вес
size-measure-foot = Стопа
size-gender-women = женский
size-gender-men = мужской
size-gender-kids = детский
size-gender-unisex = унисекс
size-col-size = Размер
size-col-brand = Бренд
size-col-item = Модель или артикул
size-col-category = Категория
size-col-gender = Пол
size-col-bought = Куплен
size-col-advised = Подсказан
size-col-percent = Уверенность, %
size-col-at = Когда
size-col-had = Был у покупателя
size-col-sat = Как сел
size-col-source = Откуда известно
size-table-of = Таблица размеров { $name }
size-edit = Изменить таблицу
size-edit-hint = Сантиметры и килограммы: 92 или 88-92. Строки от меньшего размера к большему. Если стереть все строки, таблица исчезнет.
size-from-to = { $from } → { $to }
size-reason-corrected = { $by } считает, что лучше { $to }
size-reason-buyer-chose = Покупатель выбрал { $to }
size-why-unknown-size = Такого размера нет в этой системе размеров. Проверьте размер товара
size-tables-loaded = просмотрена, не действует
size-tables-current = действует
size-tables-past = заменена
size-tables-undone = отменена
size-table-missing-field = «{ $column }»: пусто. У строки должны быть бренд или модель и размер
size-table-twice = Размер { $value } уже есть в этой таблице
size-table-wrong-value = «{ $column }»: { $value } не мерка. Пишите 92 или 88-92
size-table-no-measures = У размера { $value } нет ни одной мерки
size-table-too-short = { $value }: нужно хотя бы два размера
size-table-not-rising = { $value }: «{ $column }» не растёт от размера к размеру. Проверьте порядок строк и числа
size-table-unknown-field = Колонка «{ $column }» незнакома. Удалите её или назовите понятнее
size-table-column-twice = Колонка «{ $column }» повторяет другую. Оставьте одну
size-table-no-column = Нет столбца с размером. Первая строка – названия столбцов
size-table-gender = «{ $column }»: { $value } непонятно. Пишите «женский», «мужской» или «детский»
sizes-title = Размеры
sizes-quality = Как сели подсказанные размеры
sizes-nothing = За полгода подсказок не было. Укажите размеры в «Каталоге» и запишите мерки в заказе.
sizes-told = Средняя уверенность { $percent } %.
sizes-unjudged = Как они сели, пока неизвестно: отмечайте в заказе, остальное станет видно через две недели после выдачи.
sizes-followed = Впору, когда размер был как подсказан
sizes-other = Впору, когда размер был другой
sizes-tables = Таблицы размеров
sizes-no-tables = Своих таблиц нет: считаем по общим. Таблица бренда или модели точнее.
sizes-tables-export = Скачать таблицы
sizes-import = Файл с таблицами
sizes-import-hint = CSV или Excel: бренд или модель, размер и мерки. Заменит все таблицы магазина, это можно отменить.
sizes-import-look = Посмотреть
sizes-new-table = Добавить таблицу вручную
sizes-history = Изменения таблиц
sizes-corrections = Поправки
sizes-no-corrections = Никто не поправлял подсказки.
sizes-check-row = строка { $row }
sizes-check-back = Исправить файл и загрузить снова
sizes-check-hold = Заменить таблицы
did-size-advised = Подсказали размер
did-size-no-data = Данных для подсказки нет
did-size-measures = Мерки сохранены
did-size-corrected = Для этого покупателя и модели теперь { $size }
did-size-outcome = Отметили, учтём в следующих подсказках
did-size-forgotten = Мерки покупателя забыты
did-sizes-undone = Вернули прежние таблицы
did-sizes-saved = Таблица сохранена
part-size-small = Мал
part-size-fit = Впору
part-size-large = Велик
part-size-returned = Вернули без причины
order-event-size-measures = Записаны мерки покупателя
order-event-size-corrected = Размер: вместо { $from } лучше { $to }
order-event-size-forgotten = Мерки покупателя забыты
audit-size-forgotten = Забыл мерки покупателя
audit-size_tables-held = Заменил таблицы размеров
audit-size_tables-taken_back = Вернул прежние таблицы размеров
err-fit-line = У строки { $value } этого заказа нет размера. Укажите его в «Каталоге»
err-fit-nothing = Заполните хотя бы одну мерку
err-fit-impossible = Таких мерок не бывает. Проверьте число: сантиметры и килограммы
err-fit-unknown = Поля { $field } нет среди мерок
err-fit-measure = Не похоже на мерку. Пишите число, например 164
err-fit-size = «{ $value }» не похоже на размер этого товара
err-fit-why = Причина длиннее 500 знаков: { $count }
err-fit-word = Непонятно, как сел: «{ $value }». Выберите: мал, впору, велик или вернули
err-fit-tables-changed = Таблицы тем временем изменили. Обновите страницу и повторите
err-fit-tables-many = Больше 5000 строк. Оставьте нужные размеры
err-fit-tables-problems = В файле есть ошибки, целиком он не годится. Исправьте и загрузите снова
day-step-sizes = Подсказать размеры
day-step-confirm = Спросить покупателей о размере
day-short-sizes = Размеры
day-short-confirm = Вопросы
day-now-sizes = Смотрим, подойдёт ли купленный размер.
day-now-confirm = Ждём ответов; заказы остальных покупателей тем временем идут дальше. Срочный заказ ждать не станет.
day-why-size-differs = подсказан другой размер
day-why-size-no-data = нет данных для подсказки размера
day-why-no-product = артикула нет в каталоге, размер неизвестен
day-why-no-size = у товара нет размера
day-why-size-kept = покупатель оставил размер
day-why-size-changed = покупатель просит другой размер
day-why-size-measured = покупатель прислал мерки
day-why-buyer-refused = покупатель отказался от этого размера
day-why-buyer-steps = покупатель просит размер больше или меньше, какой – не назвал
day-why-buyer-unclear = покупатель ответил, но не сказал, верен ли размер
day-why-size-decided = размер выбрал человек
day-why-answer-odd = ответ покупателя не понять
day-why-no-line = у магазина не подключён WhatsApp
day-why-no-phone = телефон покупателя скрыт
day-why-silent-buyer = покупатель просил не писать
day-why-asked-later = сейчас покупателям не пишут, вопрос о размере уйдёт позже; заказ не ждёт
day-why-no-answer = покупатель не ответил вовремя
day-fix-buyer-refused = Заказ не принят. Спросите покупателя, какой размер нужен, и выберите его в заказе, затем повторите «Принять». Если нужной вещи нет, отмените заказ.
day-fix-buyer-steps = Заказ не принят. Уточните размер у покупателя и выберите его в заказе, затем повторите «Принять».
day-fix-buyer-unclear = Заказ не принят. Прочитайте переписку, ответьте покупателю и выберите размер в заказе, затем повторите «Принять».
day-fix-answer-odd = Прочитайте ответ и выберите размер в заказе.
day-remarks = Обратите внимание
order-event-size-outcome = Размер { $size }: { $fit ->
    [small] мал
    [fit] впору
    [large] велик
   *[returned] вернули
}
sizes-advised = { $n ->
    [one] Подсказан { $n } размер за полгода.
    [few] Подсказано { $n } размера за полгода.
   *[other] Подсказано { $n } размеров за полгода.
}
sizes-no-data = { $n ->
    [0] Данных хватило на все.
    [one] Для { $n } покупки данных не хватило.
   *[other] Для { $n } покупок данных не хватило.
}
sizes-judged = { $n ->
    [one] Известно про { $n } покупку.
    [few] Известно про { $n } покупки.
   *[other] Известно про { $n } покупок.
}
sizes-check-bad = { $n ->
    [one] { $n } ошибка. Таблицы не изменены: файл принимается целиком или никак.
    [few] { $n } ошибки. Таблицы не изменены: файл принимается целиком или никак.
   *[other] { $n } ошибок. Таблицы не изменены: файл принимается целиком или никак.
}
sizes-check-good = Таблиц: { $tables }, размеров: { $lines }. Ошибок нет. Прежние таблицы магазина будут заменены.
did-sizes-held = { $n ->
    [one] Действует { $n } таблица
    [few] Действуют { $n } таблицы
   *[other] Действуют { $n } таблиц
}
order-event-size-answered = { $what ->
    [take] Покупатель ответил: нужен размер { $size }
    [measures] Покупатель прислал мерки
    [refuse] Покупатель ответил: размер не подходит
    [steps] Покупатель ответил: нужен размер больше или меньше, какой – не назвал
    [unclear] Покупатель ответил на вопрос о размере не прямо
   *[keep] Покупатель ответил: размер верный
}
notice-size-answer = { $what ->
    [packed] Заказ { $code } уже упакован, а покупатель просит размер { $size }. Решите, что отправить
    [refuse] Заказ { $code }: покупатель отказался от размера. Спросите, какой нужен
    [steps] Заказ { $code }: покупатель просит размер больше или меньше. Уточните, какой
    [unclear] Заказ { $code }: покупатель не сказал, верен ли размер. Прочитайте переписку
    [odd] Заказ { $code }: ответ покупателя о размере не понять. Прочитайте переписку
   *[open] Заказ { $code }: покупатель просит размер { $size }. Проверьте до упаковки
}
