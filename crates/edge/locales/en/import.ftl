# Why a file, its columns or one of its rows is not taken. Every text ends with the way out.

# The file as a whole.
err-import-file-too-large = The file is larger than { $limit } MB. Split it or leave only the columns you need.
err-import-file-empty = The file has no rows. Save the table again and choose that file.
err-import-file-format = { $found ->
    [XML] This is XML, and a table is needed here. A price list in XML is loaded in the catalogue.
    [XLSB] XLSB is not read. Open the file in Excel and save it as XLSX.
    [HTML] This is a web page that looks like a table. Open it in Excel and save it as XLSX.
    [ZIP] This is an archive. Unpack it and choose the table inside.
    [RAR] This is an archive. Unpack it and choose the table inside.
   *[other] A { $found } file is not a table. XLSX, XLS, ODS or CSV is needed.
}
err-import-file-encoding = The letters from line { $line } on could not be read. Save the file as “CSV UTF-8” or XLSX.
err-import-file-broken = The file is damaged. Open it in Excel, save it again as XLSX and choose the new file.
err-import-file-password = The file is locked with a password. Save a copy without one.
err-import-file-unpacks = Unpacked, the file is too large: over { $limit } MB or hundreds of times its own size. Save the table as CSV.
err-import-file-entities = The file holds XML declarations that are not carried out. Export it from the cabinet again.
err-import-file-too-many = { $what ->
    [rows] The file has { $found } rows, and { $limit } are taken at a time. Split the file.
    [columns] The file has { $found } columns, and up to { $limit } are taken. Leave only those you need.
    [sheets] The workbook has { $found } sheets, and up to { $limit } are taken. Leave the one you need.
   *[other] The file is too large inside: { $found } where { $limit } is the limit. Leave only the rows and columns you need.
}
err-import-file-cell-long = Cell { $column }{ $row } is longer than { $limit } characters. Check for an open quote before it.
err-import-file-open-quote = The quote in line { $line } is never closed. Close it or remove it.
err-import-file-no-sheet = There is no sheet “{ $name }” in the workbook. Choose another sheet.
err-import-file-not-price-list = This is not a Kaspi price list. Export it from the cabinet: “Товары”, “Загрузить прайс-лист”.
err-import-file-unreadable = { $cause ->
    [gone] There is no such file. Check its name and folder.
    [rights] The file cannot be read: you have no rights to it. Grant them or copy it to another folder.
    [folder] This is a folder, not a file. Name the file in it.
   *[other] The file could not be opened. Check the disk and try again.
}

# The choice of columns.
err-import-mapping-no-sku = Choose the column with the SKU.
err-import-mapping-nothing = Nothing but the SKU is chosen. Choose at least one column with prices, a step or a strategy.
err-import-mapping-shared = Column “{ $column }” is chosen twice. Leave it in one place.
err-import-mapping-twice = { $what ->
    [sku] The SKU is chosen in two columns. Leave one.
    [min] The floor is chosen in two columns. Leave one.
    [max] The ceiling is chosen in two columns. Leave one.
    [cost] The cost is chosen in two columns. Leave one.
    [strategy] The strategy is chosen in two columns. Leave one.
   *[step] The step is chosen in two columns. Leave one.
}
err-import-mapping-no-column = The table has { $width } columns, and column { $column } is chosen. Choose again.
err-import-mapping-unreadable = The remembered choice of columns does not fit. Choose again.

# Cells.
err-import-cell-empty = Row { $row }, “{ $column }”: the cell is empty. Fill it in.
err-import-cell-formula = Row { $row }, “{ $column }”: the cell holds the formula { $value }. Copy the column and paste it as values.
err-import-cell-date = Row { $row }, “{ $column }”: the table turned a number into the date { $value }. Give the cell a number format and type the number again.
err-import-cell-error-value = Row { $row }, “{ $column }”: the cell holds the error { $value }. Mend it or type a number.
err-import-cell-zero = Row { $row }, “{ $column }”: the value is 0. Type 1 ₸ or more, or leave the cell empty to change nothing.
err-import-cell-negative = Row { $row }, “{ $column }”: { $value } is below zero. Type a number above zero.
err-import-cell-decimals = Row { $row }, “{ $column }”: { $value } has decimals. Kaspi prices are whole tenge, round it.
err-import-cell-many-decimals = Row { $row }, “{ $column }”: { $value } has more than two decimals. Round it to tiyn.
err-import-cell-too-large = Row { $row }, “{ $column }”: { $value } is over a thousand million tenge. Check for extra digits.
err-import-cell-currency = Row { $row }, “{ $column }”: { $value } is not in tenge. Convert it to tenge.
err-import-cell-shortened = Row { $row }, “{ $column }”: the table shortened the number to { $value }. Give the column a number format and save the file again.
err-import-cell-not-a-number = Row { $row }, “{ $column }”: “{ $value }” does not look like a number. Type it like 38 740.

# Rows of price limits.
err-import-sku-missing = Row { $row }: there is no SKU. Fill it in or delete the row.
err-import-sku-unknown = Row { $row }: the shop has no SKU “{ $value }”. Check it or refresh the catalogue.
err-import-sku-digits-lost = Row { $row }: SKU “{ $value }” has lost its last digits, a table keeps only 15. Give the column a text format and paste the SKUs again.
err-import-sku-repeated = Row { $row }: SKU “{ $value }” is also in row { $other }, with other or bad values. Leave one row.
err-import-strategy-unknown = Row { $row }: there is no strategy “{ $value }”. These will do: standard, always first, top 3, match, hold margin 12 %, profit.
err-import-strategy-needs-places = Row { $row }: “{ $value }” lacks a place from 1 to 64. Type it like top 3.
err-import-strategy-needs-margin = Row { $row }: “{ $value }” lacks a margin up to 95 %. Type it like hold margin 12 %.
err-import-min-above-max = Row { $row }: the floor { $min } ₸ is above the ceiling { $max } ₸. Mend one of them; an empty cell keeps the present value.
err-import-min-below-cost = Row { $row }: the floor { $min } ₸ is below the break-even price { $floor } ₸. Confirm it if you are ready to sell at a loss.
err-import-max-below-cost = Row { $row }: the ceiling { $max } ₸ is below the break-even price { $floor } ₸. Raise it, or the bot has no price to set.
err-import-price-leap = Row { $row }, “{ $column }”: { $value } ₸ is far from the present price { $price } ₸. Check for an extra zero.

# Rows of a price list.
err-import-offer-repeated = Row { $row }: SKU “{ $value }” was in row { $other } already. The first one is taken, delete this one.
err-import-list-value = Row { $row }, “{ $column }”: the value “{ $value }” does not fit. Mend it and load the file again.

# Rows of products.
err-import-product-too-long = Row { $row }, “{ $column }”: the text is longer than { $limit } characters. Shorten it.
err-import-product-mixed-letters = Row { $row }, “{ $column }”: “{ $value }” mixes Latin and Cyrillic letters, which look alike. Type it in one alphabet unless it is meant so.
err-import-product-digits-lost = Row { $row }, “{ $column }”: “{ $value }” has lost its last digits, a table keeps only 15. Give the column a text format and paste the codes again.
err-import-product-dear = Row { $row }, “{ $column }”: { $value } is more than ten million tenge. Check for extra digits.
err-import-product-stock-inexact = Row { $row }, “{ $column }”: “{ $value }” does not say how many there are. Type the number, 0 when there are none.
err-import-product-stock-negative = Row { $row }, “{ $column }”: { $value } is below zero. Type 0 or more.
err-import-product-stock-decimals = Row { $row }, “{ $column }”: { $value } is no whole number of pieces. Type a whole one.
err-import-product-stock-large = Row { $row }, “{ $column }”: { $value } is more than ten million pieces. Check for extra digits.
err-import-product-stock-unclear = Row { $row }, “{ $column }”: “{ $value }” is no number of pieces. Type it like 12.
err-import-product-heavy = Row { $row }, “{ $column }”: { $value } is more than 100 kg. If these are grams, type “950 g”.
err-import-product-weight-rounded = Row { $row }, “{ $column }”: { $value } was rounded to grams. Three decimals of a kilogram are enough.
err-import-product-weight-zero = Row { $row }, “{ $column }”: the weight is 0. Type kilograms like 0.95, or leave the cell empty.
err-import-product-weight-negative = Row { $row }, “{ $column }”: the weight { $value } is below zero. Type more than zero.
err-import-product-weight-large = Row { $row }, “{ $column }”: { $value } is more than ten tonnes. Check the unit and the digits.
err-import-product-weight-unclear = Row { $row }, “{ $column }”: “{ $value }” does not look like a weight. Type kilograms like 0.95 or grams like “950 g”.
err-import-product-barcode-letters = Row { $row }, “{ $column }”: barcode “{ $value }” has other signs than digits. Type the digits under the bars.
err-import-product-barcode-length = Row { $row }, “{ $column }”: barcode { $value } has { $digits } digits, and there are 8, 12, 13 or 14. Copy the whole code with its leading zeros.
err-import-product-barcode-digit = Row { $row }, “{ $column }”: the last digit of barcode { $value } does not fit, it should be { $expected }. Scan or type the code again.
err-import-product-barcode-repeated = Row { $row }, “{ $column }”: barcode { $value } is already at { $sku } in row { $other }. Leave it at one product.
err-import-product-photo = Row { $row }, “{ $column }”: “{ $value }” is no address of a picture. Type one that begins with https://.
err-import-product-price-by-city = Row { $row }: prices differ in { $value } cities, so the price is left empty here. Set them on the page “Prices”.
err-import-product-repeated = Row { $row }: SKU “{ $value }” repeats row { $other } word for word, { $rows } rows say the same. One was taken.
err-import-product-title-missing = Row { $row }: there is nothing to call the product by. Fill in its name or model.
err-import-product-cost-above-price = Row { $row }: the cost { $value } ₸ is above the price { $price } ₸. Check both.
err-import-no-column = The file has no column “{ $column }”. Name it as in the first line of the table, or by its letter.
err-import-no-field = There is no field “{ $what }”. Choose one of the list.
