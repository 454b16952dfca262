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
