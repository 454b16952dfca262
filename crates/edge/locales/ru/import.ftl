# Why a file, its columns or one of its rows is not taken. Every text ends with the way out.

# The file as a whole.
err-import-file-too-large = Файл больше { $limit } МБ. Разделите его или оставьте только нужные столбцы.
err-import-file-empty = В файле нет ни одной строки. Сохраните таблицу ещё раз и выберите этот файл.
err-import-file-format = { $found ->
    [XML] Это XML, а здесь нужна таблица. Прайс-лист в XML загружается в разделе каталога.
    [XLSB] Формат XLSB не читаем. Откройте файл в Excel и сохраните как XLSX.
    [HTML] Это веб-страница под видом таблицы. Откройте её в Excel и сохраните как XLSX.
    [ZIP] Это архив. Распакуйте его и выберите таблицу внутри.
    [RAR] Это архив. Распакуйте его и выберите таблицу внутри.
   *[other] Файл { $found } не таблица. Нужен XLSX, XLS, ODS или CSV.
}
err-import-file-encoding = Не смогли прочитать буквы со строки { $line }. Сохраните файл как «CSV UTF-8» или XLSX.
err-import-file-broken = Файл повреждён. Откройте его в Excel, сохраните заново как XLSX и выберите новый файл.
err-import-file-password = Файл закрыт паролем. Сохраните копию без пароля.
err-import-file-unpacks = Файл при распаковке слишком велик, больше { $limit } МБ или в сотни раз больше самого себя. Сохраните таблицу как CSV.
err-import-file-entities = В файле есть объявления XML, которые мы не выполняем. Выгрузите файл из кабинета заново.
err-import-file-too-many = { $what ->
    [rows] В файле строк: { $found }, а за раз берём { $limit }. Разделите файл.
    [columns] В файле столбцов: { $found }, а берём до { $limit }. Оставьте только нужные.
    [sheets] В книге листов: { $found }, а берём до { $limit }. Оставьте нужный лист.
   *[other] Файл слишком велик внутри: { $found } при пределе { $limit }. Оставьте только нужные строки и столбцы.
}
err-import-file-cell-long = Ячейка { $column }{ $row } длиннее { $limit } знаков. Проверьте, нет ли перед ней незакрытой кавычки.
err-import-file-open-quote = Кавычка в строке { $line } нигде не закрыта. Закройте её или удалите.
err-import-file-no-sheet = Листа «{ $name }» в книге нет. Выберите другой лист.
err-import-file-not-price-list = Это не прайс-лист Kaspi. Выгрузите его из кабинета: «Товары», «Загрузить прайс-лист».
err-import-file-unreadable = Не смогли открыть файл. Загрузите его ещё раз.

# The choice of columns.
err-import-mapping-no-sku = Выберите столбец с артикулом.
err-import-mapping-nothing = Кроме артикула ничего не выбрано. Выберите хотя бы один столбец с ценами, шагом или стратегией.
err-import-mapping-shared = Столбец «{ $column }» выбран дважды. Оставьте его в одном месте.
err-import-mapping-twice = { $what ->
    [sku] Артикул выбран в двух столбцах. Оставьте один.
    [min] Минимум выбран в двух столбцах. Оставьте один.
    [max] Максимум выбран в двух столбцах. Оставьте один.
    [cost] Себестоимость выбрана в двух столбцах. Оставьте один.
    [strategy] Стратегия выбрана в двух столбцах. Оставьте один.
   *[step] Шаг выбран в двух столбцах. Оставьте один.
}
err-import-mapping-no-column = В таблице столбцов: { $width }, а выбран столбец { $column }. Выберите заново.
err-import-mapping-unreadable = Прежний выбор столбцов не подошёл. Выберите заново.

# Cells.
err-import-cell-empty = Строка { $row }, «{ $column }»: ячейка пустая. Впишите значение.
err-import-cell-formula = Строка { $row }, «{ $column }»: в ячейке формула { $value }. Скопируйте столбец и вставьте как значения.
err-import-cell-date = Строка { $row }, «{ $column }»: таблица превратила число в дату { $value }. Задайте ячейке числовой формат и впишите число заново.
err-import-cell-error-value = Строка { $row }, «{ $column }»: в ячейке ошибка { $value }. Исправьте её или впишите число.
err-import-cell-zero = Строка { $row }, «{ $column }»: значение 0. Впишите от 1 ₸ или оставьте ячейку пустой, тогда ничего не изменится.
err-import-cell-negative = Строка { $row }, «{ $column }»: { $value } меньше нуля. Впишите число больше нуля.
err-import-cell-decimals = Строка { $row }, «{ $column }»: { $value } с дробной частью. Цены на Kaspi в целых тенге, округлите.
err-import-cell-many-decimals = Строка { $row }, «{ $column }»: в { $value } больше двух знаков после запятой. Округлите до тиынов.
err-import-cell-too-large = Строка { $row }, «{ $column }»: { $value } больше миллиарда тенге. Проверьте, нет ли лишних цифр.
err-import-cell-currency = Строка { $row }, «{ $column }»: { $value } не в тенге. Пересчитайте в тенге.
err-import-cell-shortened = Строка { $row }, «{ $column }»: таблица сократила число до { $value }. Задайте столбцу числовой формат и сохраните файл ещё раз.
err-import-cell-not-a-number = Строка { $row }, «{ $column }»: «{ $value }» не похоже на число. Напишите, например, 38 740.

# Rows of price limits.
err-import-sku-missing = Строка { $row }: нет артикула. Впишите его или удалите строку.
err-import-sku-unknown = Строка { $row }: артикула «{ $value }» нет в магазине. Проверьте его или обновите каталог.
err-import-sku-digits-lost = Строка { $row }: артикул «{ $value }» потерял последние цифры, таблица хранит только 15. Задайте столбцу текстовый формат и вставьте артикулы заново.
err-import-sku-repeated = Строка { $row }: артикул «{ $value }» есть и в строке { $other }, а значения разные или с ошибкой. Оставьте одну строку.
err-import-strategy-unknown = Строка { $row }: стратегии «{ $value }» нет. Подойдут: стандарт, всегда первый, топ 3, вровень, маржа 12 %, прибыль.
err-import-strategy-needs-places = Строка { $row }: в «{ $value }» не хватает места от 1 до 64. Напишите, например, топ 3.
err-import-strategy-needs-margin = Строка { $row }: в «{ $value }» не хватает маржи до 95 %. Напишите, например, маржа 12 %.
err-import-min-above-max = Строка { $row }: минимум { $min } ₸ больше максимума { $max } ₸. Исправьте одно из значений; пустая ячейка оставляет прежнее.
err-import-min-below-cost = Строка { $row }: минимум { $min } ₸ ниже цены без убытка { $floor } ₸. Подтвердите, если готовы продавать в минус.
err-import-max-below-cost = Строка { $row }: максимум { $max } ₸ ниже цены без убытка { $floor } ₸. Поднимите максимум, иначе боту некуда ставить цену.
err-import-price-leap = Строка { $row }, «{ $column }»: { $value } ₸ далеко от нынешней цены { $price } ₸. Проверьте, нет ли лишнего нуля.

# Rows of a price list.
err-import-offer-repeated = Строка { $row }: артикул «{ $value }» уже был в строке { $other }. Взяли первую, эту удалите.
err-import-list-value = Строка { $row }, «{ $column }»: значение «{ $value }» не подходит. Исправьте его и загрузите файл ещё раз.
