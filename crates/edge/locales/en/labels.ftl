# Labels and the pick list: words on paper. Whoever prints puts numbers for n and m.

labels-order = Order
labels-size = Size
labels-bought = bought { $n }
labels-pieces = pc.
labels-parcel = parcel { $n } of { $m }
labels-good = item { $n } of { $m }
labels-hand-over = Hand over by
labels-express = Express
labels-list = Pick list
labels-totals = Orders: { $n } · items: { $m }
labels-shelf = Shelf
labels-no-shelf = No shelf
labels-no-size = no size
labels-page = page { $n } of { $m }
labels-no-waybill = no waybill
err-labels-code = The number “{ $value }” cannot be printed as a barcode. Latin letters, digits and signs will do, up to 48.
err-labels-options = This paper and layout do not go together. Choose another paper or layout.
err-labels-write = { $file } could not be written. Free space on the disk and try again: no half-written file was left.
err-labels-read = The waybill files could not be read. Check that the folder is there and opens.
