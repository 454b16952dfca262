# Тапсырыстар мен күндегі өлшемдер.

size-mark = { $size } өлшемі
size-asked-asked = өлшемі сұралды
size-asked-later = өлшемін кейін сұраймыз
size-asked-kept = өлшемі расталды
size-asked-changed = өлшемі өзгерді
size-asked-measured = өлшемдерін жіберді
size-asked-silent = өлшемі туралы жауап бермеді
size-asked-odd = өлшем туралы жауап түсініксіз
size-asked-refused = өлшемі сәйкес келмеді
size-asked-other = басқа өлшем сұрайды
order-size-refused = Сатып алушы өлшемі келмейді деп жауап берді. Қай өлшем керегін сұрап, төменде түзетіңіз немесе тапсырыстан бас тартыңыз: сіз шешкенше күн оны қабылдамайды.
order-size-other = Сатып алушы үлкенірек не кішірек өлшем сұрайды. Төменде түзетіңіз: сіз шешкенше күн тапсырысты қабылдамайды.
order-size-odd = Өлшем туралы жауаптан оның дұрыс-бұрысы түсініксіз. Хат алмасуды оқып, керек болса, төменде өлшемді түзетіңіз.
size-sure-high = сенімді
size-sure-middle = сірә
size-sure-low = сенімсіз
size-sure-person = адам таңдаған
size-new = Өлшем әлі ұсынылмаған: оны күн ұсынады немесе «Ұсыну» түймесін басыңыз.
size-none = Бұл тауарларда өлшем жоқ. Болса, оны «Каталогта» көрсетіңіз.
size-bought = { $size } сатып алынған
size-chances-of = Сатып алынған { $size }: кіші { $small } %, дәл { $fit } %, үлкен { $large } %
size-corrected = { $by }: { $to } жақсырақ, { $at }
size-outcome = { $size } қалай отырды: { $fit }.
size-say = Түзету немесе қалай отырғанын белгілеу
size-to = Жақсырақ өлшем
size-because = Неге
size-how = Қалай отырды
size-had = Сатып алушыдағы өлшем
size-fit-small = кіші
size-fit-fit = дәл
size-fit-large = үлкен
size-fit-returned = қайтарылды, себебі белгісіз
size-source-kept = екі аптада қайтарылмады
size-source-return = қайтару бойынша
size-source-person = адамның айтуы бойынша
size-act-advise = Ұсыну
size-act-correct = Осы өлшемді таңдау
size-act-outcome = Белгілеу
size-act-measures = Дене өлшемдерін сақтау
size-act-forget = Дене өлшемдерін ұмыту
size-act-save = Кестені сақтау
size-measures = Сатып алушының дене өлшемдері
size-measures-why = Бойы мен салмағы немесе әдеттегі өлшемі жетеді. Бұл жеке дерек: сатып алушыны көре алатындар ғана көреді.
size-measures-by = Жазған: { $by }, { $at }.
size-body-height_cm = Бойы, см
size-body-weight_kg = Салмағы, кг
size-body-chest_cm = Кеуде, см
size-body-waist_cm = Бел, см
size-body-hips_cm = Бөксе, см
size-body-foot_cm = Табан, см
size-body-usual_size = Әдеттегі өлшемі
size-measure-chest = Кеуде
size-measure-waist = Бел
size-measure-hips = Бөксе
size-measure-underbust = Кеуде асты
size-measure-height = Бойы
size-measure-weight = Салмағы
size-measure-foot = Табан
size-gender-women = әйелдерге
size-gender-men = ерлерге
size-gender-kids = балаларға
size-gender-unisex = унисекс
size-col-size = Өлшем
size-col-brand = Бренд
size-col-item = Модель немесе артикул
size-col-category = Санат
size-col-gender = Жынысы
size-col-bought = Сатып алынған
size-col-advised = Ұсынылған
size-col-percent = Сенімділік, %
size-col-at = Қашан
size-col-had = Сатып алушыда болған
size-col-sat = Қалай отырды
size-col-source = Қайдан белгілі
size-table-of = { $name } өлшемдер кестесі
size-edit = Кестені өзгерту
size-edit-hint = Сантиметр мен килограмм: 92 немесе 88-92. Жолдар кіші өлшемнен үлкенге қарай. Барлық жол өшірілсе, кесте жойылады.
size-from-to = { $from } → { $to }
size-reason-corrected = { $by }: { $to } жақсырақ
size-reason-buyer-chose = Сатып алушы { $to } таңдады
size-why-unknown-size = Мұндай өлшем бұл жүйеде жоқ. Тауардың өлшемін тексеріңіз
size-tables-loaded = қаралды, күшінде емес
size-tables-current = күшінде
size-tables-past = ауыстырылды
size-tables-undone = қайтарылды
size-table-missing-field = «{ $column }» бос. Жолда бренд немесе модель, сондай-ақ өлшем болуы керек
size-table-twice = { $value } өлшемі бұл кестеде бар
size-table-wrong-value = «{ $column }»: { $value } дене өлшемі емес. 92 немесе 88-92 деп жазыңыз
size-table-no-measures = { $value } өлшемінде бірде-бір дене өлшемі жоқ
size-table-too-short = { $value }: кемінде екі өлшем керек
size-table-not-rising = { $value }: «{ $column }» өлшемнен өлшемге өспейді. Жолдар ретін және сандарды тексеріңіз
size-table-unknown-field = «{ $column }» бағаны таныс емес. Оны алып тастаңыз немесе түсінікті атаңыз
size-table-column-twice = «{ $column }» бағаны қайталанады. Біреуін қалдырыңыз
size-table-no-column = Өлшем бағаны жоқ. Бірінші жол – баған атаулары
size-table-gender = «{ $column }»: { $value } түсініксіз. «әйел», «ер» немесе «бала» деп жазыңыз
sizes-title = Өлшемдер
sizes-quality = Ұсынылған өлшемдер қалай отырды
sizes-nothing = Жарты жылда өлшем ұсынылмаған. «Каталогта» өлшемдерді көрсетіп, тапсырыста дене өлшемдерін жазыңыз.
sizes-told = Орташа сенімділік { $percent } %.
sizes-unjudged = Қалай отырғаны әлі белгісіз: тапсырыста белгілеңіз, қалғаны берілгеннен екі аптадан соң көрінеді.
sizes-followed = Ұсынылған өлшем дәл келгені
sizes-other = Басқа өлшем дәл келгені
sizes-tables = Өлшемдер кестелері
sizes-no-tables = Өз кестелеріңіз жоқ: жалпы кестелермен есептейміз. Брендтің немесе модельдің өз кестесі дәлірек.
sizes-tables-export = Кестелерді жүктеп алу
sizes-import = Кестелер файлы
sizes-import-hint = CSV немесе Excel: бренд немесе модель, өлшем және дене өлшемдері. Дүкеннің барлық кестесін ауыстырады, қайтаруға болады.
sizes-import-look = Қарау
sizes-new-table = Кестені қолмен қосу
sizes-history = Кесте өзгерістері
sizes-corrections = Түзетулер
sizes-no-corrections = Ешкім түзетпеген.
sizes-check-row = { $row }-жол
sizes-check-back = Файлды түзетіп, қайта жүктеу
sizes-check-hold = Кестелерді ауыстыру
did-size-advised = Өлшем ұсынылды
did-size-no-data = Өлшем ұсынуға дерек жоқ
did-size-measures = Дене өлшемдері сақталды
did-size-corrected = Бұл сатып алушы мен модельге енді { $size }
did-size-outcome = Белгіледік, келесіде ескереміз
did-size-forgotten = Сатып алушының дене өлшемдері ұмытылды
did-sizes-undone = Бұрынғы кестелер қайтарылды
did-sizes-saved = Кесте сақталды
part-size-small = Кіші
part-size-fit = Дәл
part-size-large = Үлкен
part-size-returned = Себепсіз қайтарылды
order-event-size-measures = Сатып алушының дене өлшемдері жазылды
order-event-size-corrected = Өлшем: { $from } орнына { $to } жақсырақ
order-event-size-forgotten = Сатып алушының дене өлшемдері ұмытылды
audit-size-forgotten = Сатып алушының дене өлшемдерін ұмытты
audit-size_tables-held = Өлшем кестелерін ауыстырды
audit-size_tables-taken_back = Бұрынғы өлшем кестелерін қайтарды
err-fit-line = Тапсырыстың { $value }-жолында өлшем жоқ. Оны «Каталогта» көрсетіңіз
err-fit-nothing = Кемінде бір дене өлшемін толтырыңыз
err-fit-impossible = Мұндай дене өлшемі болмайды. Санды тексеріңіз: сантиметр мен килограмм
err-fit-unknown = Дене өлшемдерінің арасында { $field } жоқ
err-fit-measure = Дене өлшеміне ұқсамайды. Сан жазыңыз, мысалы 164
err-fit-size = «{ $value }» бұл тауардың өлшеміне ұқсамайды
err-fit-why = Себебі 500 таңбадан ұзын: { $count }
err-fit-word = Қалай отырғаны түсініксіз: «{ $value }». Таңдаңыз: кіші, дәл, үлкен немесе қайтарылды
err-fit-tables-changed = Кестелер осы арада өзгерді. Бетті жаңартып, қайталаңыз
err-fit-tables-many = 5000 жолдан көп. Керек өлшемдерді қалдырыңыз
err-fit-tables-problems = Файлда қателер бар, тұтас жарамайды. Түзетіп, қайта жүктеңіз
day-step-sizes = Өлшемдерді ұсыну
day-step-confirm = Сатып алушыдан өлшемді сұрау
day-short-sizes = Өлшемдер
day-short-confirm = Сұрақтар
day-now-sizes = Сатып алынған өлшем келе ме, соны қараймыз.
day-now-confirm = Жауап күтеміз; басқа сатып алушылардың тапсырыстары осы уақытта әрі қарай жүреді. Шұғыл тапсырыс күтпейді.
day-why-size-differs = басқа өлшем ұсынылды
day-why-size-no-data = өлшем ұсынуға дерек жоқ
day-why-no-product = артикул каталогта жоқ, өлшемі белгісіз
day-why-no-size = тауарда өлшем жоқ
day-why-size-kept = сатып алушы өлшемді қалдырды
day-why-size-changed = сатып алушы басқа өлшем сұрайды
day-why-size-measured = сатып алушы дене өлшемдерін жіберді
day-why-buyer-refused = сатып алушы бұл өлшемнен бас тартты
day-why-buyer-steps = сатып алушы үлкенірек не кішірек өлшем сұрайды, қайсысы екенін айтпады
day-why-buyer-unclear = сатып алушы жауап берді, бірақ өлшем дұрыс па – айтпады
day-why-size-decided = өлшемді адам таңдады
day-why-answer-odd = сатып алушының жауабы түсініксіз
day-why-no-line = дүкенде WhatsApp қосылмаған
day-why-no-phone = сатып алушының телефоны жасырын
day-why-silent-buyer = сатып алушы жазбауды сұраған
day-why-asked-later = қазір сатып алушыларға жазылмайды, өлшем туралы сұрақ кейін кетеді; тапсырыс күтпейді
day-why-no-answer = сатып алушы уақытында жауап бермеді
day-fix-buyer-refused = Тапсырыс қабылданбады. Сатып алушыдан қай өлшем керегін сұрап, оны тапсырыста таңдаңыз, содан кейін «Қабылдау» қадамын қайталаңыз. Керек зат болмаса, тапсырыстан бас тартыңыз.
day-fix-buyer-steps = Тапсырыс қабылданбады. Өлшемді сатып алушыдан нақтылап, тапсырыста таңдаңыз, содан кейін «Қабылдау» қадамын қайталаңыз.
day-fix-buyer-unclear = Тапсырыс қабылданбады. Хат алмасуды оқып, сатып алушыға жауап беріңіз де, тапсырыста өлшемді таңдаңыз, содан кейін «Қабылдау» қадамын қайталаңыз.
day-fix-answer-odd = Жауабын оқып, тапсырыста өлшемді таңдаңыз.
day-remarks = Назар аударыңыз
order-event-size-outcome = { $size } өлшемі: { $fit ->
    [small] кіші
    [fit] дәл
    [large] үлкен
   *[returned] қайтарылды
}
sizes-advised = Жарты жылда { $n } өлшем ұсынылды.
sizes-no-data = { $n ->
    [0] Дерек бәріне жетті.
   *[other] { $n } сатып алуға дерек жетпеді.
}
sizes-judged = { $n } сатып алу туралы белгілі.
sizes-check-bad = { $n } қате. Кестелер өзгерген жоқ: файл тұтас қабылданады немесе мүлде қабылданбайды.
sizes-check-good = Кесте: { $tables }, өлшем: { $lines }. Қате жоқ. Дүкеннің бұрынғы кестелері ауыстырылады.
did-sizes-held = { $n } кесте күшінде
order-event-size-answered = { $what ->
    [take] Сатып алушы жауап берді: { $size } өлшемі керек
    [measures] Сатып алушы өлшемдерін жіберді
    [refuse] Сатып алушы жауап берді: өлшем келмейді
    [steps] Сатып алушы жауап берді: үлкенірек не кішірек өлшем керек, қайсысы екенін айтпады
    [unclear] Сатып алушы өлшем туралы сұраққа нақты жауап бермеді
   *[keep] Сатып алушы жауап берді: өлшем дұрыс
}
notice-size-answer = { $what ->
    [packed] { $code } тапсырысы жиналып қойған, ал сатып алушы { $size } өлшемін сұрайды. Не жіберетініңізді шешіңіз
    [refuse] { $code } тапсырысы: сатып алушы бұл өлшемнен бас тартты. Қайсысы керегін сұраңыз
    [steps] { $code } тапсырысы: сатып алушы үлкенірек не кішірек өлшем сұрайды. Қайсысы екенін нақтылаңыз
    [unclear] { $code } тапсырысы: сатып алушы өлшемнің дұрыс-бұрысын айтпады. Хат алмасуды оқыңыз
    [odd] { $code } тапсырысы: сатып алушының өлшем туралы жауабы түсініксіз. Хат алмасуды оқыңыз
   *[open] { $code } тапсырысы: сатып алушы { $size } өлшемін сұрайды. Жинағанға дейін тексеріңіз
}
