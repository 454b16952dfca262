## Сегодня: строки, которые ждут человека, и вчерашний день в деньгах.
todo-reorder = Пора заказать { $n } { $n ->
    [one] товар
    [few] товара
   *[other] товаров
}
todo-why-reorder = { $left ->
    [0] Уже закончился: { $title }
   *[other] Первым закончится { $title }: осталось { $left } шт., спрос { $daily } в день
}
todo-act-reorder = Заказать
todo-talks = { $n ->
    [one] { $n } диалог ждёт ответа
    [few] { $n } диалога ждут ответа
   *[other] { $n } диалогов ждут ответа
}
todo-why-talks = Дольше всех ждёт { $who }: «{ $text }»
todo-act-talks = Ответить
todo-send-accept = Принять { $n }
todo-snooze-hour = Отложить на час
todo-snoozed-close = Скрыть отложенные
todo-off-title = Отложенные
todo-off-until = Вернётся { $at }
todo-off-hidden = Не показываем
todo-back = Вернуть
earned-title = Вчера
earned-how = Как посчитано
earned-week-ago = к тому же дню неделю назад
earned-trend = Прибыль за 14 дней
earned-orders = Чистая прибыль с { $n ->
    [one] { $n } заказа
   *[other] { $n } заказов
} на { $sum }.
earned-none = Вчера ни один заказ не выдан.
earned-without-cost = Ещё { $sum } продано без себестоимости.
quality-says = { $name }: { $now }, порог { $most }
earned-no-cost = Нет себестоимости
earned-sold = Выдано { $n } { $n ->
    [one] заказ
    [few] заказа
   *[other] заказов
} на { $sum }. Внесите себестоимость, и посчитаем прибыль.
