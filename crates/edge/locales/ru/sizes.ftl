# Подсказка размера: причины и почему её нет. Ключ – код причины. Меры – сантиметры и килограммы; чего не знаем, того в аргументах нет.

size-advice = Подсказка размера
size-confidence = уверенность { $percent } %
size-no-data = Нет данных для подсказки
size-chances = мал { $small } %, впору { $fit } %, велик { $large } %

size-reason-brand-table = По таблице размеров товара или бренда
size-reason-body-table = По обхватам и таблице размеров
size-reason-height-weight = По росту { $height_cm } см и весу { $weight_kg } кг
size-reason-weight = По весу { $weight_kg } кг
size-reason-height = По росту { $height_cm } см
size-reason-usual-size = Обычно берёт { $size }
size-reason-user-history = { $count ->
    [one] По { $count } прежней покупке
   *[other] По { $count } прежним покупкам
 }
size-reason-outcomes-small = Мал: так ответили { $small } из { $count }
size-reason-outcomes-large = Велик: так ответили { $large } из { $count }
size-reason-outcomes-fit = { $count ->
    [one] Обычно в размер: { $count } ответ
    [few] Обычно в размер: { $count } ответа
   *[many] Обычно в размер: { $count } ответов
 }
size-reason-runs-small = Маломерит
size-reason-runs-large = Большемерит или свободного кроя
size-reason-between-sizes = Между { $first } и { $second }
size-reason-growth = На размер больше, на вырост
size-reason-foot-length = По длине стопы { $foot_cm } см
size-reason-child-height = По росту ребёнка { $height_cm } см
size-reason-child-age = По возрасту ребёнка: { $age }
size-reason-waist = По обхвату талии { $waist_cm } см
size-reason-under-bust = По обхватам под грудью { $underbust_cm } см и груди { $chest_cm } см
size-reason-bust = По размеру бюстгальтера { $bust_num }
size-reason-gender-assumed = Считали по женской таблице: пол не указан

size-why-no-body = О покупателе ничего не известно. Спросите рост и вес или обычный размер
size-why-too-little = Известного мало для такого размера. Спросите мерку, по которой его выбирают
size-why-outside-tables = Мерки за пределами таблиц. Попросите сверить замеры вещи
size-why-unknown-system = Непонятно, в какой системе размеры. Укажите систему, вид товара или пол
size-why-no-size-suits = Ни один из размеров в наличии не подходит
