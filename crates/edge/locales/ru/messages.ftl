# Сообщения: о чём пишет покупатель, ответы на вопрос о размере, шаблоны, когда можно писать.

messages-intent-availability = Есть ли в наличии
messages-intent-price = Цена и скидка
messages-intent-size_advice = Помочь с размером
messages-intent-size_complaint_small = Оказалось мало
messages-intent-size_complaint_large = Оказалось велико
messages-intent-delivery_time = Когда привезут
messages-intent-delivery_place = Куда доставляете
messages-intent-order_status = Где заказ
messages-intent-cancel = Отмена заказа
messages-intent-return = Возврат
messages-intent-exchange = Обмен
messages-intent-defect = Брак или недокомплект
messages-intent-wrong_item = Прислали не то
messages-intent-payment = Оплата и рассрочка
messages-intent-receipt_docs = Чек, документы, гарантия
messages-intent-product_question = Вопрос о товаре
messages-intent-photo_request = Просит фото или видео
messages-intent-address_hours = Адрес и часы работы
messages-intent-wholesale = Опт и сотрудничество
messages-intent-review_bonus = Отзыв и бонус
messages-intent-thanks_positive = Благодарит
messages-intent-complaint_angry = Жалуется
messages-intent-human_request = Просит позвать человека
messages-intent-greeting = Здоровается
messages-intent-spam = Реклама, спам
messages-intent-other = Другое

messages-reply-yes = Размер подтверждён
messages-reply-no = Размер не подходит
messages-reply-other_size = Просит другой размер
messages-reply-measurements = Прислал рост и вес
messages-reply-unclear = Непонятно: ответьте сами

messages-language-ru = Русский
messages-language-kk = Казахский
messages-language-mix = Русский и казахский
messages-language-en = Английский

messages-wait-gap = Пауза после прошлого сообщения
messages-wait-night = Сейчас тихие часы
messages-wait-quiet-day = Сегодня не пишем
messages-wait-day-full = На сегодня лимит исчерпан
messages-wait-warming-up = Новый номер разогревается

messages-danger-new-number = Номер подключён недавно
messages-danger-near-day-limit = Дневной лимит почти исчерпан
messages-danger-few-answers = Мало кто отвечает
messages-danger-many-opt-outs = Многие просят не писать

messages-risk-low = Риск блокировки низкий
messages-risk-medium = Риск блокировки средний
messages-risk-high = Риск блокировки высокий: сделайте паузу

messages-trigger-approved = Заказ принят
messages-trigger-size_confirmation = Уточнить размер
messages-trigger-shipped = Заказ отправлен
messages-trigger-delivered = Заказ ждёт покупателя
messages-trigger-pickup_reminder = Напомнить забрать
messages-trigger-completed = Заказ выдан
messages-trigger-review_request = Попросить отзыв

messages-variable-customer_name = имя покупателя
messages-variable-order_code = номер заказа
messages-variable-order_total = сумма заказа
messages-variable-items_list = список товаров
messages-variable-delivery_address = адрес доставки
messages-variable-store_name = название магазина
messages-variable-size = размер

messages-phone-mobile = Мобильный
messages-phone-fixed = Городской
messages-phone-toll_free = Бесплатный
messages-phone-masked = Часть цифр скрыта
messages-phone-unknown = Неизвестный номер

messages-phone-problem-masked = Часть цифр скрыта: позвонить нельзя
messages-phone-problem-too_short = Не хватает цифр
messages-phone-problem-too_long = Лишние цифры
messages-phone-problem-unknown_prefix = Такого кода нет
messages-phone-problem-unknown_country = Такого кода страны нет

err-template-empty = Шаблон пуст. Напишите, что получит покупатель.
err-template-too-long = В шаблоне { $length } знаков, а можно не больше { $limit }. Сократите текст.
err-template-unknown-variable = Переменной { $name } нет. Похожая: { $nearest }.
err-template-unclosed-bracket = Скобка на месте { $place } не закрыта. Закройте её или поставьте две, если нужна сама скобка.
err-template-unopened-bracket = Скобка на месте { $place } лишняя. Уберите её или поставьте две, если нужна сама скобка.
err-template-missing = Для этого заказа неизвестно: { $variables }. Добавьте данные или уберите переменную из шаблона.
err-template-message-too-long = Сообщение получится длиной { $length } знаков, отправить можно не больше { $limit }. Сократите шаблон.
