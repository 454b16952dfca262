### Қайтарулар.

returns-title = Қайтарулар
returns-views = Қай қайтаруларды көрсету
return-view-todo = Шешу керек
return-view-coming = Жолда
return-view-closed = Жабық
return-view-all = Бәрі
returns-search = Нөмірі, тапсырыс, артикул, себебі
returns-trouble = Қайтаруларды оқи алмадық: Kaspi кабинеті кіргізбеді. Бұрын оқылғанын көрсетіп тұрмыз. Кабинетке қайта кіріңіз.
returns-no-access-title = Қайтарулар тек кабинетте көрінеді
returns-no-access = Тапсырыс кілті оларды көрсетпейді. Дүкенді Kaspi кабинетіне кіру арқылы қосыңыз.
returns-shops = Дүкендер
returns-reading-title = Қайтаруларды оқып жатырмыз
returns-reading = Бір минутқа жетпейді. Бетті жаба беруге болады.
returns-not-found = Қайтару мен тапсырыс нөмірі, артикул, сатып алушы және себебі бойынша іздейміз.
returns-nothing-todo = Шешетін ештеңе жоқ
returns-nothing-coming = Кері келе жатқан ештеңе жоқ
returns-nothing-closed = Жабық қайтару жоқ
returns-nothing-all = Қайтару болған жоқ
returns-nothing = Қайтаруларды жарты сағат сайын оқимыз, жаңасы шықса айтамыз.
returns-hint = Қайтаруды қабылдау немесе қабылдамау тек Kaspi кабинетінде болады. Алынбаған қайтарулар жаңа тапсырысты тапсыруға кедергі.
return-number = Қайтару { $number }
return-tab-new = Рәсімделді
return-tab-on_delivery = Сізге келе жатыр
return-tab-waiting_decision = Шешім күтеді
return-tab-dispute = Дау
return-tab-closed = Жабық
return-until = { $at } дейін
return-goods-unknown = Тауар аталмаған
return-order = Тапсырыс { $code }
return-track = Сәлемдеме қайда
return-mark-none = Белгі жоқ
return-mark-collected = Алдық
return-mark-stocked = Қоймаға қайтты
return-mark-written_off = Есептен шықты
return-mark-disputed = Дауласып жатырмыз
return-act-none = Белгіні алып тастау
return-act-collected = Алдық
return-act-stocked = Қоймаға
return-act-written_off = Есептен шығару
return-act-disputed = Дауласу
return-act-undo = Белгіні қайтару
return-condition = Күйі:
return-goods-intact = жаңадай
return-goods-opened = ашылған
return-goods-worn = қолданылған
return-goods-damaged = бүлінген
return-picture = { $n }-сурет
return-col-number = Қайтару
return-col-order = Тапсырыс
return-col-sku = Артикул
return-col-goods = Тауар
return-col-quantity = Саны
return-col-sum = Сомасы, ₸
return-col-reason = Себебі
return-col-state = Күйі
return-col-until = Мерзімі
return-col-mark = Белгі
return-col-condition = Тауар күйі
did-return-marked = Белгіленді
did-returns-read = Қайтаруларды оқып жатырмыз
order-event-return-collected = { $number } қайтаруын алдық
order-event-return-stocked = { $number } қайтаруы қоймаға қайтты
order-event-return-written_off = { $number } қайтаруы есептен шықты
order-event-return-disputed = { $number } қайтаруы бойынша дауласып жатырмыз
order-event-return-none = { $number } қайтаруының белгісі алып тасталды
order-event-return-goods = { $number } қайтаруы қаралды: { $condition ->
    [intact] жаңадай
    [opened] қаптамасы ашылған
    [worn] қолданылған
   *[damaged] бүлінген
}
err-return-not-now = Бұлай белгілеуге болмайды: қайтару { $mark ->
    [collected] алынған
    [stocked] қоймаға қайтқан
    [written_off] есептен шыққан
    [disputed] дауда
   *[other] белгіленбеген, алдымен алып кетіңіз
}. Бетті жаңартыңыз.
notice-returns-waiting = { $n } қайтару сізді күтеді
audit-return-looked_at = Қайтаруды қарады
audit-return-marked = Қайтаруды белгіледі

quality-title = Kaspi үшін сапа
quality-cancelled = Сіздің кінәңізден болдырылмағаны
quality-late = Мерзімінен кеш тапсырылды
quality-returned = Сапасына байланысты қайтару
quality-of = { $of } ішінен { $count }
quality-most = шегі { $share }
quality-hint = 30 күнде, тапсырыстарыңыз бойынша. Шектен асса, Kaspi дүкенді шектейді. Кабинеттегі сан сәл өзгеше болуы мүмкін.
