# Күн: бастау, қадамдар, не кедергі.

day-start = Күнді бастау
day-look = Қарау
day-running-title = Күн жүріп жатыр
day-paused-title = Күн кідіртілді
day-stopped-title = Күн { $place }-қадамда тоқтады
day-done-title = { $n ->
    [0] Күн аяқталды
   *[other] Күн ескертпелермен аяқталды
}
day-ended-title = Күн ерте аяқталды
day-place = { $of } қадамның { $place }-қадамы
day-progress = { $percent } % дайын
day-steps = Күн қадамдары
day-step-fetch = Тапсырыстарды алу
day-step-check = Әрқайсысын тексеру
day-step-accept = Жаңаларын қабылдау
day-step-assemble = Дайын деп белгілеу
day-step-waybills = Жүкқұжаттарды күту
day-step-papers = Жүкқұжаттарды тексеру
day-step-stock = Қалдықты қарау
day-step-statuses = Күйлерді қайта оқу
day-step-report = Есеп жасау
day-short-fetch = Тапсырыстар
day-short-check = Тексеру
day-short-accept = Қабылдау
day-short-assemble = Дайын
day-short-waybills = Жүкқұжаттар
day-short-papers = Басып шығару
day-short-stock = Қалдық
day-short-statuses = Күйлер
day-short-report = Есеп
day-state-done = дайын
day-state-warn = ескертпемен дайын
day-state-fail = тоқтады
day-state-skipped = өткізіп жіберілді
day-of = { $done } / { $total }.
day-trouble-count = { $n } тапсырыс сізді күтеді
day-now-fetch = Kaspi-дегі ашық тапсырыстарды оқып жатырмыз.
day-now-check = Әрқайсысымен не істеуге болатынын қарап жатырмыз.
day-now-accept = Секундына төрт сұраудан жылдам емес: Kaspi шектеуі осындай.
day-now-assemble = Секундына төрт сұраудан жылдам емес. Әр тапсырысты бір рет белгілейміз.
day-now-waybills = Kaspi жүкқұжатты 15 секундта, кейде үш минутта жасайды.
day-now-papers = Әрқайсысын ашып көреміз: бұзылғанын принтер алдында емес, қазір тапқан жақсы.
day-now-stock = Не азайғанын қарап жатырмыз.
day-now-statuses = Kaspi-дегі тапсырыстарды тағы бір рет оқып жатырмыз.
day-now-report = Не істелгенін санап жатырмыз.
day-item-asked = жіберіп жатырмыз
day-item-done = дайын
day-item-left = өткізіп жібереміз
day-item-trouble = болмады
day-why-unknown-stage = Kaspi біз білмейтін күйді атады
day-why-no-lines = Kaspi не сатып алынғанын айтпады
day-why-sign = сатып алушы несиеге әлі қол қойып жатыр
day-why-preorder = алдын ала тапсырыс, тауар әлі жоқ
day-why-moved-on = басқа күйге өтіп кетті
day-why-refused = Kaspi бас тартты
day-why-unsent = жарты сағат жіберу мүмкін болмады
day-why-unseen = жасалғаны көрінбейді
day-why-slow = Kaspi екі минуттан ұзақ жауап береді
day-why-no-waybill = жүкқұжат әлі жоқ
day-why-waybill-broken = жүкқұжат ашылмайды
day-fix-unknown-stage = Тапсырысты Kaspi кабинетінен қараңыз.
day-fix-no-lines = Тауарлар әдетте бір минутта көрінеді. «Әрқайсысын тексеру» қадамын қайталаңыз.
day-fix-refused = Тапсырысты ашыңыз: ол болдырылмаған болуы мүмкін. Содан кейін қадамды қайталаңыз.
day-fix-unsent = Байланысты тексеріп, қадамды қайталаңыз.
day-fix-unseen = Қайталамас бұрын тапсырысты кабинеттен тексеріңіз.
day-fix-slow = Жіберу күннен тыс жалғасады. Қадамды кейінірек қайталаңыз: екінші рет жібермейміз.
day-fix-no-waybill = Өзіміз іздей береміз. Он минутта шықпаса, тапсырысты кабинеттен қараңыз.
day-fix-waybill-broken = Жүкқұжатты Kaspi кабинетінен жүктеп алып, сол жерден басып шығарыңыз.
day-trouble-no-key = Дүкенде тапсырыс кілті жоқ. Оны енгізіп, жалғастырыңыз.
day-trouble-bad-token = Kaspi дүкен кілтін қабылдамайды. Оны қайта енгізіп, жалғастырыңыз.
day-trouble-silent = Kaspi жауап бермейді. Жасалғаны сақталды, екінші рет жібермейміз. Байланыс қалпына келгенде жалғастырыңыз.
day-pause = Кідірту
day-go-on = { $place }-қадамнан жалғастыру
day-end = Аяқтау
day-log = Журнал
day-log-none = Әзірге ештеңе болған жоқ.
day-look-at = { $n } мәселені шешу
day-hint-running = Бетті жабуға болады: күн жалғасады, байланыс үзілсе, сол жерден бастаймыз.
day-hint-paused = Kaspi-ге жіберілгені аяқталады. Жаңасын жібермейміз.
day-hint-stopped = Жасалғаны сақталды. Бетті жауып, кейін оралуға болады.
day-hint-done = Жүкқұжаттар тапсырыстарда. Күнді қайта бастауға болады: жасалғаны қайталанбайды.
day-hint-ended = Жасалғаны жасалған күйінде қалды.
day-report = Қабылданды { $accepted }, дайын { $assembled }, жүкқұжат { $waybills }.
day-report-sizes = Өлшемі туралы { $asked } сатып алушыдан сұралды, { $confirmed } растады.
day-ready = { $n } тапсырыс бастауға дайын
day-nothing = Жаңа тапсырыс жоқ
day-first-due = Алғашқы мерзім { $at }.
day-last = Соңғы рет { $ago }, { $took } ішінде.
day-last-troubled = { $n } тапсырыс кейінге қалды.
day-first-time = Жаңаларын қабылдап, дайын деп белгілеп, жүкқұжаттарды күтеміз. Кез келген сәтте тоқтатуға болады.
day-by-itself = Өздігінен басталу уақыты: { $at }.
day-run-title = Күн { $at }
day-by-schedule = Кесте бойынша
day-troubles = Өзіңіз шешіңіз
day-low = Азайып қалды
day-step-acts = Қадамдар
day-idempotent = Қадамды қайталау қауіпсіз: жасалғаны екінші рет жасалмайды.
day-skip = «{ $step }» қадамын өткізіп жіберу
day-repeat = Қадамнан қайталау
day-run-running = жүріп жатыр
day-run-paused = кідіртілді
day-run-stopped = тоқтады
day-run-done = жасалды
day-run-ended = ерте аяқталды
days-title = Күндер
days-runs = Іске қосулар
days-none-title = Күн әлі басталмаған
days-none = Бір басу жаңа тапсырыстарды қабылдап, дайын деп белгілеп, жүкқұжаттарды жинайды.
days-settings = Күн қалай өтеді
days-steps = Не істеу керек
days-by-itself = Өзі басталсын
days-by-itself-hint = Бағдарлама бұл кезде өшірулі болса, күн ол қосылғанда басталады.
days-starts-at = Нешеде, Алматы уақыты
days-weekdays = Қай күндері
days-low-stock = Қанша қалса, аз деп санау
days-low-stock-hint = Мұндай тауарларды есепте және «Бүгін» бетінде айтамыз.
did-day-started = Күн басталды
did-day-paused = Күн кідіртілді
did-day-goes-on = Күн жалғасуда
did-day-ended = Күн аяқталды
did-day-skipped = Қадам өткізіп жіберілді
did-day-repeats = Қайталап жатырмыз, жасалғанын екінші рет жасамаймыз
did-day-settings = Сақталды
err-day-not-now = Қазір мүмкін емес: күн { $state ->
    [running] жүріп жатыр
    [paused] кідіртілген
    [stopped] тоқтаған
    [done] аяқталған
   *[ended] ерте аяқталған
}
err-day-needed = Бұл қадамсыз қалғандарына жұмыс болмайды
err-day-time = Уақыт 08:30 түрінде жазылады
err-day-weekdays = Кемінде бір апта күнін таңдаңыз
err-day-low-stock = 0-ден 1000-ға дейінгі сан
notice-day-stopped = Күн тоқтады: { $trouble ->
    [bad-token] Kaspi дүкен кілтін қабылдамайды
    [no-key] дүкенде кілт жоқ
   *[silent] Kaspi жауап бермейді
}. Жасалғаны сақталды
notice-day-troubled = Күн аяқталды, { $n } тапсырыс сізді күтеді
notice-stock-low = { $n ->
    [one] Азайып қалды: { $names }
   *[other] { $n } тауар азайып қалды: { $names }
}
audit-day-started = Күнді бастады
audit-day-turned = Күнді тоқтатты немесе жалғастырды
audit-day-skipped = Күн қадамын өткізіп жіберді
audit-day-repeated = Күн қадамын қайталады
audit-day-settings = Күн баптауын өзгертті

print-title = Басып шығару
print-count = { $n } тапсырыс, { $pieces } зат
print-list = Жинау парағы
print-of-run = Тек осы күннің тапсырыстары.
print-all = Бәрін көрсету
print-more = Бір жолы 500 тапсырысқа дейін басылады, барлығы { $of }. Қайсысын басып, жинайтыныңызды таңдаңыз.
print-parts = 500 тапсырыстан бөліктер
print-part = { $from }–{ $to }
print-chosen = Тек таңдалған тапсырыстар.
print-left = Басылмайды: { $n }, олар жабылған.
pick-bought = сатып алынғаны { $size }
print-without = { $n } тапсырыста әлі жүкқұжат жоқ: { $codes }
print-shelf = { $name } сөресі
print-no-shelf = Сөресіз
print-pieces = { $n } дана
print-no-waybill = жүкқұжат жоқ
print-waybills = Жүкқұжаттар
print-papers = Не басып шығару керек
print-paper = Қағаз
print-paper-75x120 = Жапсырма 75 × 120 мм
print-paper-58x40 = Жапсырма 58 × 40 мм
print-paper-100x150 = Жапсырма 100 × 150 мм
print-paper-a4 = A4 парағы
print-layout = Жүкқұжаттар
print-layout-label = Жапсырмаға қию
print-layout-side-by-side = Біздің жапсырманың жанында, A4
print-layout-two-up = A4 парағына екеуден
print-layout-after = Әрқайсысы өз жапсырмасынан кейін
print-choose = Қолдану
print-file-labels-pdf = Жапсырмалар
print-file-pick-list-pdf = Жинау парағы, A4
print-file-pick-list-80mm-pdf = Жинау парағы, 80 мм лента
print-file-waybills-pdf = Жүкқұжаттар
print-file-labels-zpl = Термопринтерге жапсырмалар, ZPL
print-hint = Жапсырмалар мен жүкқұжаттар жинау парағының ретімен шығады: сөре, модель, өлшем. Қайта басып шығару ештеңені өзгертпейді.
print-empty-title = Басып шығаратын ештеңе жоқ
print-empty = Жиналатын немесе тапсырылатын тапсырыстар осында шығады.
day-print = { $n } жүкқұжатты басып шығару
pick-taken = Алдым
pick-missing = Сөреде жоқ
pick-progress = { $of } ішінен { $taken } алынды
pick-missing-title = Сөреде жоқ
pick-missing-hint = Тапсырысты ашыңыз: бұл затты алып тастауға немесе тапсырысты болдырмауға болады.
order-event-picked = Сөреден алынды: { $name }
order-event-not-on-shelf = Сөреде жоқ: { $name }
order-event-put-back = Белгі алып тасталды: { $name }

pick-title = Бір-бірлеп жинау
pick-place = { $of } ішінен { $place }
pick-not-there = сөреде жоқ: { $n }
pick-back = Белгіні алып тастау
pick-before = Артқа
pick-after = Әрі қарай
pick-scan = Штрихкод
pick-scan-go = Алдым
pick-scan-hint = Сканер мұнда өзі жазады. Тауардың штрихкоды, артикулы және тапсырыс нөмірі жарайды.
pick-camera = Камера
pick-scan-unknown = «{ $value }» жинау парағында жоқ. Сол тауар ма, тексеріңіз, немесе штрихкодты каталогқа қосыңыз.
pick-scan-again = «{ $value }» қажетінше алынған.
pick-done-title = Бәрі жиналды
pick-done = { $missing ->
    [0] Бәрі алынды: { $taken }.
   *[other] Алынды: { $taken }, сөреде жоғы: { $missing }.
}
day-fact-orders = Тексерілген тапсырыс
day-fact-accepted = Қабылданды
day-fact-assembled = Дайын деп белгіленді
day-fact-waybills = Жүкқұжат
day-fact-troubled = Сізді күтеді
day-fact-asked = Өлшемі сұралды
day-fact-confirmed = Өлшемін растады
day-col-step = Қадам
day-col-done = Дайын
day-col-trouble = Болмады
day-col-why = Себебі
day-col-left = Қалды
day-left-open = Ашық қалғаны
day-page = { $n }-бет, барлығы { $m }
day-report-pdf = Есеп, PDF
