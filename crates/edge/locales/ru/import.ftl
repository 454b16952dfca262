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
err-import-file-unreadable = { $cause ->
    [gone] Такого файла нет. Проверьте его имя и папку.
    [rights] Файл нельзя прочитать: нет прав на него. Дайте права или скопируйте его в другую папку.
    [folder] Это папка, а не файл. Назовите файл в ней.
   *[other] Не смогли открыть файл. Проверьте диск и попробуйте ещё раз.
}

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

# Rows of products.
err-import-product-too-long = Строка { $row }, «{ $column }»: текст длиннее { $limit } знаков. Сократите его.
err-import-product-mixed-letters = Строка { $row }, «{ $column }»: в «{ $value }» латинские и русские буквы вперемешку, их не отличить на глаз. Наберите одним алфавитом, если это не нарочно.
err-import-product-digits-lost = Строка { $row }, «{ $column }»: «{ $value }» потерял последние цифры, таблица хранит только 15. Задайте столбцу текстовый формат и вставьте коды заново.
err-import-product-dear = Строка { $row }, «{ $column }»: { $value } — больше десяти миллионов тенге. Проверьте, нет ли лишних цифр.
err-import-product-stock-inexact = Строка { $row }, «{ $column }»: «{ $value }» не говорит, сколько штук. Напишите число, а если товара нет — 0.
err-import-product-stock-negative = Строка { $row }, «{ $column }»: { $value } — меньше нуля. Напишите 0 или больше.
err-import-product-stock-decimals = Строка { $row }, «{ $column }»: { $value } — не целое число штук. Напишите целое.
err-import-product-stock-large = Строка { $row }, «{ $column }»: { $value } — больше десяти миллионов штук. Проверьте, нет ли лишних цифр.
err-import-product-stock-unclear = Строка { $row }, «{ $column }»: «{ $value }» — не число штук. Напишите, например, 12.
err-import-product-heavy = Строка { $row }, «{ $column }»: { $value } — больше 100 кг. Если это граммы, напишите «950 г».
err-import-product-weight-rounded = Строка { $row }, «{ $column }»: { $value } округлили до граммов. В килограммах хватает трёх знаков после запятой.
err-import-product-weight-zero = Строка { $row }, «{ $column }»: вес 0. Напишите килограммы, например 0,95, или оставьте ячейку пустой.
err-import-product-weight-negative = Строка { $row }, «{ $column }»: вес { $value } меньше нуля. Напишите больше нуля.
err-import-product-weight-large = Строка { $row }, «{ $column }»: { $value } — больше десяти тонн. Проверьте единицу и цифры.
err-import-product-weight-unclear = Строка { $row }, «{ $column }»: «{ $value }» не похоже на вес. Напишите килограммы как 0,95 или граммы как «950 г».
err-import-product-barcode-letters = Строка { $row }, «{ $column }»: в штрихкоде «{ $value }» не только цифры. Впишите цифры под штрихами.
err-import-product-barcode-length = Строка { $row }, «{ $column }»: в штрихкоде { $value } цифр { $digits }, а бывает 8, 12, 13 или 14. Скопируйте код целиком, с нулями в начале.
err-import-product-barcode-digit = Строка { $row }, «{ $column }»: последняя цифра штрихкода { $value } не сходится, должна быть { $expected }. Отсканируйте или наберите код ещё раз.
err-import-product-barcode-repeated = Строка { $row }, «{ $column }»: штрихкод { $value } уже у товара { $sku } в строке { $other }. Оставьте его одному товару.
err-import-product-photo = Строка { $row }, «{ $column }»: «{ $value }» — не адрес картинки. Впишите адрес, который начинается с https://.
err-import-product-price-by-city = Строка { $row }: в { $value } городах цены разные, здесь цену оставили пустой. Задайте их на странице «Цены».
err-import-product-repeated = Строка { $row }: артикул «{ $value }» слово в слово повторяет строку { $other }, таких строк { $rows }. Взяли одну.
err-import-product-title-missing = Строка { $row }: товар нечем назвать. Впишите название или модель.
err-import-product-cost-above-price = Строка { $row }: себестоимость { $value } ₸ выше цены { $price } ₸. Проверьте обе суммы.
err-import-no-column = В файле нет столбца «{ $column }». Назовите столбец так, как в первой строке таблицы, или его буквой.
err-import-no-field = Поля «{ $what }» нет. Выберите поле из списка.
