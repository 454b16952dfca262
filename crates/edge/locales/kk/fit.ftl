# Тапсырыстар мен күндегі өлшемдер.

size-mark = { $size } өлшемі
size-asked-asked = өлшемі сұралды
size-asked-kept = өлшемі расталды
size-asked-changed = өлшемі өзгерді
size-asked-measured = өлшемдерін жіберді
size-asked-silent = өлшемі туралы жауап бермеді
size-asked-odd = өлшем туралы жауап түсініксіз
size-sure-high = сенімді
size-sure-middle = сірә
size-sure-low = сенімсіз
size-sure-person = адам таңдаған
size-new = Өлшем әлі айтылмаған: оны күн айтады немесе «Айту» түймесін басыңыз.
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
size-act-advise = Айту
size-act-correct = Осы өлшемді таңдау
size-act-outcome = Белгілеу
size-act-measures = Өлшемдерді сақтау
size-act-forget = Сатып алушы өлшемдерін ұмыту
size-act-save = Кестені сақтау
size-measures = Сатып алушы өлшемдері
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
size-col-item = Модель не артикул
size-col-category = Санат
size-col-gender = Жынысы
size-col-bought = Сатып алынған
size-col-advised = Айтылған
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
size-table-missing-field = «{ $column }» бос. Жолда бренд не модель және өлшем болуы керек
size-table-twice = { $value } өлшемі бұл кестеде бар
size-table-wrong-value = «{ $column }»: { $value } өлшем емес. 92 немесе 88-92 деп жазыңыз
size-table-no-measures = { $value } өлшемінде бірде-бір мән жоқ
size-table-too-short = { $value }: кемінде екі өлшем керек
size-table-not-rising = { $value }: «{ $column }» өлшемнен өлшемге өспейді. Жолдар ретін және сандарды тексеріңіз
size-table-unknown-field = «{ $column }» бағаны таныс емес. Оны алып тастаңыз немесе түсінікті атаңыз
size-table-column-twice = «{ $column }» бағаны қайталанады. Біреуін қалдырыңыз
size-table-no-column = Өлшем бағаны жоқ. Бірінші жол – баған атаулары
size-table-gender = «{ $column }»: { $value } түсініксіз. «әйел», «ер» немесе «бала» деп жазыңыз
sizes-title = Өлшемдер
sizes-quality = Айтылған өлшемдер қалай отырды
sizes-nothing = Жарты жылда өлшем айтылмаған. «Каталогта» өлшемдерді, тапсырыста сатып алушы өлшемдерін жазыңыз.
sizes-told = Орташа сенімділік { $percent } %.
sizes-unjudged = Қалай отырғаны әлі белгісіз: тапсырыста белгілеңіз, қалғаны берілгеннен екі аптадан соң көрінеді.
sizes-followed = Айтылған өлшем болғанда дәл келгені
sizes-other = Басқа өлшем болғанда дәл келгені
sizes-tables = Өлшемдер кестелері
sizes-no-tables = Өз кестелеріңіз жоқ: жалпы кестелермен есептейміз. Бренд не модель кестесі дәлірек.
sizes-tables-export = Кестелерді жүктеп алу
sizes-import = Кестелер файлы
sizes-import-hint = CSV немесе Excel: бренд не модель, өлшем және мәндер. Дүкеннің барлық кестесін ауыстырады, қайтаруға болады.
sizes-import-look = Қарау
sizes-new-table = Кестені қолмен қосу
sizes-history = Кесте өзгерістері
sizes-corrections = Түзетулер
sizes-no-corrections = Ешкім түзетпеген.
sizes-check-row = { $row }-жол
sizes-check-back = Файлды түзетіп, қайта жүктеу
sizes-check-hold = Кестелерді ауыстыру
did-size-advised = Өлшем айтылды
did-size-no-data = Өлшем айтуға дерек жоқ
did-size-measures = Өлшемдер сақталды
did-size-corrected = Бұл сатып алушы мен модельге енді { $size }
did-size-outcome = Белгіледік, келесіде ескереміз
did-size-forgotten = Сатып алушы өлшемдері ұмытылды
did-sizes-undone = Бұрынғы кестелер қайтарылды
did-sizes-saved = Кесте сақталды
part-size-small = Кіші
part-size-fit = Дәл
part-size-large = Үлкен
part-size-returned = Себепсіз қайтарылды
order-event-size-measures = Сатып алушы өлшемдері жазылды
order-event-size-corrected = Өлшем: { $from } орнына { $to } жақсырақ
order-event-size-forgotten = Сатып алушы өлшемдері ұмытылды
audit-size-forgotten = Сатып алушы өлшемдерін ұмытты
audit-size_tables-held = Өлшем кестелерін ауыстырды
audit-size_tables-taken_back = Бұрынғы өлшем кестелерін қайтарды
err-fit-line = Тапсырыстың { $value }-жолында өлшем жоқ. Оны «Каталогта» көрсетіңіз
err-fit-nothing = Кемінде бір өлшемді толтырыңыз
err-fit-impossible = Мұндай өлшем болмайды. Санды тексеріңіз: сантиметр мен килограмм
err-fit-unknown = Өлшемдер арасында { $field } жоқ
err-fit-measure = Өлшемге ұқсамайды. Сан жазыңыз, мысалы 164
err-fit-size = «{ $value }» бұл тауардың өлшеміне ұқсамайды
err-fit-why = Себебі 500 таңбадан ұзын: { $count }
err-fit-word = Қалай отырғаны түсініксіз: «{ $value }». Таңдаңыз: кіші, дәл, үлкен немесе қайтарылды
err-fit-tables-changed = Кестелер осы арада өзгерді. Бетті жаңартып, қайталаңыз
err-fit-tables-many = 5000 жолдан көп. Керек өлшемдерді қалдырыңыз
err-fit-tables-problems = Файлда қателер бар, тұтас жарамайды. Түзетіп, қайта жүктеңіз
day-step-sizes = Өлшемдерді айту
day-step-confirm = Сатып алушыдан өлшемді сұрау
day-short-sizes = Өлшемдер
day-short-confirm = Сұрақтар
day-now-sizes = Сатып алынған өлшем келе ме, соны қараймыз.
day-now-confirm = Он минут жауап болмайынша күтеміз. Содан кейін күн жалғасады.
day-why-size-differs = басқа өлшем айтылды
day-why-size-no-data = өлшем айтуға дерек жоқ
day-why-no-product = артикул каталогта жоқ, өлшемі белгісіз
day-why-no-size = тауарда өлшем жоқ
day-why-size-kept = сатып алушы өлшемді қалдырды
day-why-size-changed = сатып алушы басқа өлшем сұрайды
day-why-size-measured = сатып алушы өлшемдерін жіберді
day-why-answer-odd = сатып алушының жауабы түсініксіз
day-why-no-line = дүкенде WhatsApp қосылмаған
day-why-no-phone = сатып алушының телефоны жасырын
day-why-silent-buyer = сатып алушы жазбауды сұраған
day-why-no-answer = сатып алушы уақытында жауап бермеді
day-fix-answer-odd = Жауабын оқып, тапсырыста өлшемді таңдаңыз.
day-remarks = Назар аударыңыз
order-event-size-outcome = { $size } өлшемі: { $fit ->
    [small] кіші
    [fit] дәл
    [large] үлкен
   *[returned] қайтарылды
}
sizes-advised = Жарты жылда { $n } өлшем айтылды.
sizes-no-data = { $n ->
    [0] Дерек бәріне жетті.
   *[other] { $n } сатып алуға дерек жетпеді.
}
sizes-judged = { $n } сатып алу туралы белгілі.
sizes-check-bad = { $n } қате. Кестелер өзгерген жоқ: файл тұтас қабылданады не мүлде қабылданбайды.
sizes-check-good = Кесте: { $tables }, өлшем: { $lines }. Қате жоқ. Дүкеннің бұрынғы кестелері ауыстырылады.
did-sizes-held = { $n } кесте күшінде
order-event-size-answered = { $what ->
    [take] Сатып алушы жауап берді: { $size } өлшемі керек
    [measures] Сатып алушы өлшемдерін жіберді
   *[keep] Сатып алушы жауап берді: өлшем дұрыс
}
notice-size-answer = { $what ->
    [packed] { $code } тапсырысы жиналып қойған, ал сатып алушы { $size } өлшемін сұрайды. Не жіберетініңізді шешіңіз
    [odd] { $code } тапсырысы: сатып алушының өлшем туралы жауабы түсініксіз. Хат алмасуды оқыңыз
   *[open] { $code } тапсырысы: сатып алушы { $size } өлшемін сұрайды. Жинағанға дейін тексеріңіз
}
