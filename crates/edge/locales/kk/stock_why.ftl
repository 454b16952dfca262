### Не тапсырыс беру және неге: тізім мен тауар бетінің сөздері.

stock-take = Тапсырысқа
stock-col-left = Жетеді
stock-col-demand = Сұраныс
stock-col-there = Бар
stock-col-arrives = Келеді
stock-col-order = Тапсырыс
stock-days = { $days } күнге
stock-days-none = таусылды
stock-days-long = бір жылдан көп
stock-daily = күніне { $daily }
stock-every = { $days ->
    [1] күніне 1 дана
   *[other] { $days } күнде 1 дана
}
stock-rate-none = сатып алмайды
stock-range = { $low } – { $high }
stock-range-ahead = { $high ->
    [0] { $days } күнде әдетте сатып алмайды
   *[other] { $days } күнде { $low }–{ $high } дана
}
stock-coming = жолда { $n }
stock-reserved = тапсырыста { $n }
stock-arrives-coming = жолда келе жатыр
stock-arrives-new = { $days } күннен кейін
stock-sum = { $expected ->
    [0] қор { $safety }
   *[other] сұраныс { $expected } + қор { $safety }
}{ $position ->
    [0] { "" }
   *[other] { " " }− бар { $position }
}{ $owed ->
    [0] { "" }
   *[other] { " " }+ артық уәде етілген { $owed }
}
stock-sum-batch = , партияға дейін дөңгелектелген
stock-enough = жетеді: { $rop } керек
stock-not-kept-here = қор жинамаған дұрыс
stock-picked = Таңдалды
stock-why-none = Сатылым болған жоқ: тапсырыс берудің қажеті жоқ.
stock-why-order = { $n } дана тапсырыс беріңіз: { $rop } керек, жолдағысы мен брондалғанын ескергенде { $position } бар.
stock-why-enough = Тапсырыс беруге ерте: { $rop } керек, жолдағысы мен брондалғанын ескергенде { $position } бар.
stock-why-level = Уәде етілген қолжетімділікке { $wanted } дана керек болар еді, бірақ бір бөлігі { $most } күннен ұзақ жатып қалады.
stock-why-rare = Сұраныс { $rate }: дана { $most } күннен ұзақ жатады, сондықтан қор жинамаған дұрыс. Тауар сөреде керек болса, сұранысты қолмен көрсетіңіз.
stock-why-batch = Сұраныс { $rate }, ал партия { $batch } данадан: ол орта есеппен { $most } күннен ұзақ жатады, сондықтан тапсырыс бермеген дұрыс. Тауар сөреде керек болса, сұранысты қолмен көрсетіңіз.
stock-why-title = Неге { $n } дана
stock-why-title-none = Неге тапсырыс бермейміз
stock-why-title-unknown = Не тапсырыс беру керек
stock-part-demand = { $days } күндегі сұраныс
stock-part-demand-sum = { $daily } × { $days } ≈ { $expected }
stock-part-less = 1-ден аз
stock-part-safety = Секіріске арналған қор
stock-part-level = Келесі жеткізуге дейін керек
stock-part-there = Жол мен бронды ескергенде бар
stock-part-owed = Бардан артық уәде етілген
stock-part-lacks = Жетпейді
stock-part-batch = Жеткізушінің партиясымен
stock-part-order = Тапсырыс
stock-fact-there = Қоймада
stock-fact-demand = Сұраныс
stock-fact-lead = Жеткізу мерзімі
stock-fact-spread = ± { $days }
stock-fill = Бірден қамтылатын сатып алу: { $fill }.
stock-batch-lasts = { $sum } партия шамамен { $days } күнде сатылады.
stock-act-order = { $n } дана тапсырыс беру
stock-act-rules = Тапсырыс ережелері
stock-gap-sure = { $days ->
    [0] Тауар жеткізуге дейін таусылатыны анық дерлік.
   *[other] { $days } күн тауарсыз қалу сөзсіз дерлік.
}
stock-gap-likely = { $days ->
    [0] Тауар жеткізуге дейін таусылуы мүмкін.
   *[other] { $days } күн тауарсыз қалуымыз мүмкін.
}
stock-gap-lost = Шамамен { $lost } сатылым жоғалады
stock-gap-profit = , бұл { $sum } пайда
stock-gap-raise = Келгенше бағаны көтеру
stock-lies = Тапсырыстарда { $reserved }, жолда { $coming }
stock-set-most = Тауар неше күн жата алады
stock-set-most-hint = Одан артық кеңес бермейміз: сирек алынатынын қорға жинамаймыз. 0 — шектеусіз.
stock-points = Kaspi нүктелері
purchases-col = Сатып алу
stock-part-cheapest = Тиімді топтама
stock-cycle = Жеткізілімдердің { $share } тапшылықсыз өтеді.
stock-why-cheapest = Мұндай топтама жыл бойы басқалардан арзан түседі: тауармен, тапсырыстармен және сақтаумен бірге { $sum }.
stock-promise = Сатып алушыға не уәде етеміз
stock-promise-fill = Тауар бірден жететін сатып алулардың үлесін
stock-promise-cycle = Тауар таусылмай жететін жеткізілімдердің үлесін
stock-set-order-cost = Жеткізушіге бір тапсырыс құны, ₸
stock-set-order-cost-hint = Жеткізу, қоңыраулар, қабылдау. Сақтау құнымен бірге тиімді топтаманы көрсетеді.
stock-set-holding = Жылдық сақтау, сатып алу бағасының %
stock-set-holding-hint = Тауардағы ақша, орын, шығын. Әдетте 15–30 %.
stock-breaks = Санына қарай баға
stock-breaks-hint = Әр бағаға бір жол: 10 — 1400. Бірінші жолға дейін каталогтағы өзіндік құнды аламыз.
stock-budget = Бюджет, ₸
stock-budget-act = Бөлу
stock-budget-spent = Керегі { $due }, соның { $spent } сатып аламыз.
stock-budget-how = Ақша әр теңгесі көбірек пайда сақтайтын жерге жұмсалды. Қалғаны күте тұрады.
stock-budget-enough = Бюджет бәріне жетеді.
stock-budget-off = Бюджетті алып тастау
stock-budget-due = керегі { $n }
err-stock-break = «{ $value }» оқылмады. Әр жолға былай жазыңыз: 10 — 1400.
err-stock-break-from = «{ $value } данадан» бағасы жарамайды: саны 1-ден миллионға дейін.
err-stock-break-price = { $value } ₸ бағасы жарамайды: нөлден көп, миллиардқа дейін болуы керек.
err-stock-break-order = «{ $value } данадан» бағасы ретімен тұрған жоқ: саны өсуі керек.
err-stock-breaks-many = { $value } саты бар, ең көбі 20.
err-stock-batch-costs = Тиімді топтама екі саннан есептеледі: тапсырыс құнын да, сақтауды да көрсетіңіз немесе екеуін де алып тастаңыз.
err-stock-order-cost = Бір тапсырысқа { $value } ₸ жарамайды: нөлден көп, миллиардқа дейінгі сома керек.
err-stock-holding = { $value } % сақтау жарамайды: 0-ден көп, 1000 % дейін болуы керек.
