### Возвраты.

returns-title = Возвраты
returns-views = Какие возвраты показать
return-view-todo = Решить
return-view-coming = Едут
return-view-closed = Закрыты
return-view-all = Все
returns-search = Номер, заказ, артикул, причина
returns-trouble = Не смогли прочитать возвраты: кабинет Kaspi не пустил. Показываем то, что прочитали раньше. Войдите в кабинет снова.
returns-no-access-title = Возвраты видны только в кабинете
returns-no-access = Ключ от заказов их не показывает. Подключите магазин через вход в кабинет Kaspi.
returns-shops = Магазины
returns-reading-title = Читаем возвраты
returns-reading = Займёт меньше минуты. Страницу можно закрыть.
returns-not-found = Ищем по номеру возврата и заказа, артикулу, покупателю и причине.
returns-nothing-todo = Решать нечего
returns-nothing-coming = Ничего не едет обратно
returns-nothing-closed = Закрытых возвратов нет
returns-nothing-all = Возвратов не было
returns-nothing = Читаем возвраты каждые полчаса и скажем, когда появится новый.
returns-hint = Принять или отклонить возврат можно только в кабинете Kaspi. Незабранные возвраты мешают сдавать новые заказы.
return-number = Возврат { $number }
return-tab-new = Оформлен
return-tab-on_delivery = Едет к вам
return-tab-waiting_decision = Ждёт решения
return-tab-dispute = Спор
return-tab-closed = Закрыт
return-until = до { $at }
return-goods-unknown = Товар не назван
return-order = Заказ { $code }
return-track = Где посылка
return-mark-none = Не отмечен
return-mark-collected = Забрали
return-mark-stocked = Вернули на склад
return-mark-written_off = Списали
return-mark-disputed = Оспариваем
return-act-none = Снять отметку
return-act-collected = Забрали
return-act-stocked = На склад
return-act-written_off = Списать
return-act-disputed = Оспорить
return-act-undo = Вернуть отметку
return-condition = Состояние:
return-goods-intact = как новый
return-goods-opened = вскрыт
return-goods-worn = пользовались
return-goods-damaged = повреждён
return-picture = Фото { $n }
return-col-number = Возврат
return-col-order = Заказ
return-col-sku = Артикул
return-col-goods = Товар
return-col-quantity = Количество
return-col-sum = Сумма, ₸
return-col-reason = Причина
return-col-state = Состояние
return-col-until = До
return-col-mark = Отметка
return-col-condition = Состояние
did-return-marked = Отметили
did-returns-read = Читаем возвраты
order-event-return-collected = Возврат { $number } забрали
order-event-return-stocked = Возврат { $number } вернули на склад
order-event-return-written_off = Возврат { $number } списали
order-event-return-disputed = Возврат { $number } оспариваем
order-event-return-none = С возврата { $number } сняли отметку
order-event-return-goods = Возврат { $number } осмотрели: { $condition ->
    [intact] как новый
    [opened] упаковка вскрыта
    [worn] пользовались
   *[damaged] повреждён
}
err-return-not-now = Так отметить нельзя: возврат уже { $mark ->
    [collected] забрали
    [stocked] вернули на склад
    [written_off] списали
    [disputed] оспаривают
   *[other] без отметки, сначала заберите его
}. Обновите страницу.
notice-returns-waiting = { $n ->
    [one] { $n } возврат ждёт вас
    [few] { $n } возврата ждут вас
   *[other] { $n } возвратов ждут вас
}
audit-return-looked_at = Осмотрел возврат
audit-return-marked = Отметил возврат

quality-title = Качество для Kaspi
quality-cancelled = Отмены по вашей вине
quality-late = Сданы позже срока
quality-returned = Возвраты из-за качества
quality-of = { $count } из { $of }
quality-most = можно до { $share }
quality-hint = За 30 дней, по вашим заказам. Выше порога Kaspi ограничивает магазин. В кабинете число может немного отличаться.
