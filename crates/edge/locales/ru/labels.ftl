# Этикетки и лист сборки: слова на бумаге. n и m подставляет тот, кто печатает.

labels-order = Заказ
labels-size = Размер
labels-bought = куплен { $n }
labels-pieces = шт.
labels-parcel = место { $n } из { $m }
labels-good = вещь { $n } из { $m }
labels-hand-over = Сдать до
labels-express = Express
labels-list = Лист сборки
labels-totals = Заказов: { $n } · вещей: { $m }
labels-shelf = Полка
labels-no-shelf = Без полки
labels-no-size = без размера
labels-page = стр. { $n } из { $m }
labels-no-waybill = нет накладной
err-labels-code = Номер «{ $value }» нельзя напечатать штрихкодом. Годятся латинские буквы, цифры и знаки, до 48.
err-labels-options = Такое сочетание бумаги и раскладки не печатается. Выберите другую бумагу или раскладку.
err-labels-write = Не удалось записать { $file }. Освободите место на диске и повторите: недописанных файлов не осталось.
err-labels-read = Не удалось прочитать файлы накладных. Проверьте, что папка на месте и открывается.
