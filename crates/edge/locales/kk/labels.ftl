# Жапсырмалар мен жинау парағы: қағаздағы сөздер. n мен m орнына басып шығарушы сан қояды.

labels-order = Тапсырыс
labels-size = Өлшемі
labels-bought = сатып алынғаны { $n }
labels-pieces = дана
labels-parcel = { $n }-орын, барлығы { $m }
labels-good = { $n }-зат, барлығы { $m }
labels-hand-over = Тапсыру мерзімі:
labels-express = Express
labels-list = Жинау парағы
labels-totals = Тапсырыс: { $n } · зат: { $m }
labels-shelf = Сөре
labels-no-shelf = Сөресі жоқ
labels-no-size = өлшемсіз
labels-page = { $n }-бет, барлығы { $m }
labels-no-waybill = жүкқұжат жоқ
err-labels-code = «{ $value }» нөмірін штрихкодпен басып шығару мүмкін емес. Латын әріптері, сандар мен белгілер жарайды, 48-ге дейін.
err-labels-options = Қағаз бен орналасу бірге басылмайды. Басқа қағазды немесе орналасуды таңдаңыз.
err-labels-write = { $file } файлын жазу мүмкін болмады. Дискіден орын босатып, қайталаңыз: шала жазылған файл қалмады.
err-labels-read = Жүкқұжат файлдарын оқу мүмкін болмады. Қалта орнында ма, ашыла ма, тексеріңіз.
