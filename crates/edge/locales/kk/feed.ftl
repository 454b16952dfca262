# Мекенжай бойынша прайс-парақ, алдын ала тапсырыстар, қоймалар.
feed-page-title = Kaspi үшін прайс-парақ
feed-link = Прайс-парақ
feed-check = Қазір тексеру
feed-made = Мекенжайды жасаған: { $by }, { $at }
feed-held-since = { $at } бастап бермейміз: Kaspi-де бұрынғы баға мен қалдық қалады.
feed-agree = Бәрі дұрыс, { $n } тауарды беру
feed-see-out = Не дұрыс емес
feed-old = Kaspi прайсты көптен алған жоқ: соңғы рет { $at }. Кабинетте автоматты жүктеу қосулы екенін тексеріңіз
feed-never = Прайсты әлі ешкім алған жоқ. Мекенжайды Kaspi кабинетінде көрсетіңіз: Тауарлар → Прайс-парақты жүктеу → Автоматты жүктеу
feed-off = Прайс өшірулі: бағалар кабинет арқылы жіберіледі, мекенжай бойынша ештеңе берілмейді
feed-checked = Тексеру
feed-check-good = Прайс дұрыс: { $n } тауар, { $kb } КБ
feed-rows = Прайстағы тауарлар
feed-show-all = Бәрі
feed-show-in = Прайста
feed-show-out = Прайста жоқ
feed-preview = { $sku } прайста қалай жазылған
feed-in = прайста
feed-out = прайста жоқ
feed-no-rows = Мұндай тауар жоқ
feed-address = Прайс мекенжайы
feed-where = Kaspi кабинетіне қойыңыз: Тауарлар → Прайс-парақты жүктеу → Автоматты жүктеу. Прайс өзгерсе, Kaspi оны сағатына бір рет алады
feed-rotate = Мекенжайды ауыстыру
feed-rotate-ask = Ескі мекенжай бірден жұмысын тоқтатады. Жаңасын Kaspi кабинетіне қою керек, оған дейін баға мен қалдық жаңармайды
feed-rotate-yes = Иә, ауыстыру
feed-address-hidden = Мекенжай бар. Оны каталогты өзгерте алатындар көреді
feed-no-address = Мекенжай әлі жоқ. Жасасаңыз, Kaspi баға мен қалдықты өзі алады — кабинетке кірмей-ақ
feed-make = Мекенжай жасау
feed-way = Бағалар қалай жіберіледі
feed-way-cabinet = Кабинет арқылы
feed-way-cabinet-hint = Бірден. Мекенжай бойынша прайс берілмейді
feed-way-feed = Прайспен
feed-way-feed-hint = Сағатына бір рет, Kaspi прайсты алғанда. Кабинетке кіру керек емес
feed-way-both = Екеуі арқылы
feed-way-both-hint = Кабинет арқылы бірден, прайста да сол бағалар тұрады
feed-fetches = Кім алды
feed-good = Соңғы рет толық: { $n } тауар, { $at }.
feed-next = Келесісін { $at } дейін күтеміз.
feed-no-fetches = Әзірге ешкім
feed-fetch-whole = толық бердік
feed-fetch-unchanged = өзгеріс жоқ
feed-fetch-broken = байланыс үзілді
feed-fetch-held = берген жоқпыз
feed-fetch-rows = прайста { $n }, жоғы { $out }
feed-row-off_sale = сатудан алынған
feed-row-gone = кабинетте жоқ
feed-row-no_price = бағасы жоқ
feed-row-bad_price = баға қате
feed-row-no_points = сату нүктесі жоқ
feed-row-bad_sku = артикул қате
feed-row-sku_repeats = артикул қайталанады
feed-row-no_model = атауы жоқ
feed-row-preorder = алдын ала тапсырыс қате
feed-row-bad_stock = қалдық қате
feed-row-product_no_price = бағасы жоқ жаңа тауар: бағасын каталогқа жазыңыз
feed-row-product_below_floor = бағасы шығынға апаратын жаңа тауар: каталогта бағаны көтеріңіз немесе өзіндік құнын түзетіңіз
feed-row-product_no_stock = қалдығы жоқ жаңа тауар: қалдығын каталогқа жазыңыз
feed-row-product_unfit = жаңа тауар: атауын, артикулын және бағасын тексеріңіз
feed-held-off = Прайс өшірулі.
feed-held-never_read = Дүкен тауарлары әлі толық оқылған жоқ.
feed-held-stale = Дүкен тауарлары көптен оқылмаған: { $read_at }. Кабинеттегі жаңа тауарлар сатудан түсіп қалар еді.
feed-held-empty = Прайста бірде-бір тауар қалмады.
feed-held-drop = Прайста { $rows } тауар қалды, бұрын { $before } еді. Қалғанын Kaspi сатудан алып тастар еді.
feed-held-rows = { $count ->
        [one] Бір тауарды прайсқа жазуға болмайды
       *[other] { $count } тауарды прайсқа жазуға болмайды
    }: { $sku } — { $reason ->
        [no_price] бағасы жоқ
        [bad_price] баға қате
        [no_points] сату нүктесі жоқ
        [bad_sku] артикул қате
        [sku_repeats] артикул қайталанады
        [no_model] атауы жоқ
        [preorder] алдын ала тапсырыс мерзімі 1–30 күн емес немесе бір қалада әртүрлі
       *[other] қалдық қате
    }. Прайста болмаса, Kaspi оларды сатудан алып тастар еді.
feed-col-sku = Артикул
feed-col-title = Атауы
feed-col-in = Прайста
feed-col-reason = Неге жоқ
notice-feed-held = Прайс-парақты Kaspi-ге бермейміз: { $why ->
        [empty] онда тауар қалмады
        [drop] тауар саны екі еседен көп азайды
        [never_read] тауарлар әлі толық оқылған жоқ
        [stale] тауарлар көптен оқылмаған
       *[other] кей тауарларды жазуға болмайды
    }. Kaspi-дегі баға мен қалдық бұрынғыша қалды
notice-feed-mended = Прайс-парақ қайта дұрыс, Kaspi оны алды
did-feed-made = Мекенжай жасалды. Kaspi кабинетіне қойыңыз
did-feed-rotated = Мекенжай ауысты, ескісі енді жұмыс істемейді
did-feed-agreed = { $n } тауары бар прайс беріледі
did-feed-way-cabinet = Бағалар кабинет арқылы жіберіледі
did-feed-way-feed = Бағалар прайспен жіберіледі
did-feed-way-both = Бағалар кабинет арқылы және прайспен жіберіледі
audit-feed-made = Прайс-парақ мекенжайын жасады
audit-feed-rotated = Прайс-парақ мекенжайын ауыстырды
audit-feed-way = Бағалардың қалай жіберілетінін ауыстырды
audit-feed-agreed = Кішірейген прайс-параққа келісті
audit-preorder-set = Алдын ала тапсырысты қосты
audit-preorder-ended = Алдын ала тапсырысты аяқтады
audit-point-said = Нүктедегі қалдықты өзгертті
audit-point-noted = Қойма мәліметін өзгертті
err-feed-list-changed = Сіз қарап отырғанда прайста { $seen } орнына { $now } тауар болды. Қайта қараңыз
err-preorder-days = Алдын ала тапсырыс мерзімі { $value } жарамайды: 1-ден 30 күнге дейін болуы керек
err-preorder-over = Аяқталу күні өтіп кеткен. Бүгіннен кейінгі күнді таңдаңыз
err-preorder-limit = { $value } шегі жарамайды: 1-ден басталатын бүтін сан
err-point-stock = { $value } қалдығы жарамайды: 0-ден 1 000 000-ға дейінгі бүтін сан
err-point-note-long = Тым ұзын: { $value } таңба. 300-ге дейін
err-point-cut-off = { $value } уақыты жарамайды. Мысалы, 15:00 деп жазыңыз
what-preorder = алдын ала тапсырыс
what-point = нүкте
sent-by_list = Kaspi прайсты { $at } дейін алады
sent-by_list_next = Kaspi прайсты алғанда бірге кетеді
sent-in_list = Прайсты { $at } бастап алып жатыр
preorders-title = Алдын ала тапсырыстар
preorders-link = Алдын ала тапсырыстар
preorders-none-title = Алдын ала тапсырыс жоқ
preorders-none = Тауарды ол келгенге дейін сатуға болады: сатып алушы мерзімін көреді, тапсырыс «алдын ала» белгісімен келеді.
preorder-new = Жаңа алдын ала тапсырыс
preorder-which = Қай тауар
preorder-find-first = Алдымен тауарды табыңыз
preorder-days = Неше күннен кейін бересіз
preorder-days-hint = 1-ден 30-ға дейін
preorder-days-n = { $n } күн
preorder-ends = Соңғы күні
preorder-ends-hint = Бос болса — өзіңіз аяқтағанша
preorder-limit = Қанша тапсырыс беруге болады
preorder-limit-hint = Әр нүктеде. Бос болса — қалдық бойынша
preorder-save = Алдын ала тапсырысты қосу
preorder-until = { $at } дейін
preorder-endless = мерзімсіз
preorder-most = { $n } данаға дейін
preorder-works = жұмыс істеп тұр
preorder-over = аяқталды
preorder-end = Аяқтау
preorder-remove = Алып тастау
preorder-set = қосқан: { $by }, { $at }
preorder-note = Алдын ала тапсырыс Kaspi-ге прайспен және әр жаңа бағамен жіберіледі. Мұндай тауарды кабинетте қолмен өзгертпеңіз: ондай түзету алдын ала тапсырысты алып тастайды.
err-preorder-offer = Тауарды таңдаңыз
did-preorder-set = Алдын ала тапсырыс қосылды. Kaspi оны прайспен немесе келесі бағамен біледі
did-preorder-ended = Алдын ала тапсырыс аяқталды
warehouses-title = Қоймалар мен нүктелер
warehouses-link = Қоймалар
warehouses-none-title = Нүктелер әлі жоқ
warehouses-none = Олар дүкен кабинеттен оқылғанда пайда болады.
warehouse-stock = Нүктедегі қалдық
warehouse-stock-of = Қалдық
warehouse-available = Мұнда сатылады
warehouse-pieces = { $n } дана
warehouse-sold = бар
warehouse-not-sold = сатылмайды
warehouse-say-kaspi = Kaspi-дегідей
warehouse-say-yes = сатамыз
warehouse-say-no = сатпаймыз
warehouse-note = Сіздің қалдығыңыз Kaspi-ге прайспен және әр жаңа бағамен жіберіледі. Бос өріс — кабинеттегі қалдық.
warehouse-works = жұмыс істейді
warehouse-closed = жабық
warehouse-facts = Қойма туралы
warehouse-address = Мекенжай
warehouse-hours = Жұмыс уақыты
warehouse-cut_off = Тапсырыс қашанға дейін, мысалы 15:00
warehouse-shelves = Сөрелер
did-point-noted = Қойма мәліметі сақталды
cards-link = Жаңа карточкалар
newcards-title = Жаңа карточкалар
newcards-no-key-title = API кілті керек
newcards-no-key = Карточкалар дүкен кілтімен жіберіледі. Оны баптауларда қосыңыз.
newcards-category = Санат
newcards-category-hint = Мысалы, дәптерлер
newcards-begin = Санатты табыңыз, карточкасы жоқ тауарларды таңдаңыз, сипаттамаларын толтырып, Kaspi-ге жіберіңіз.
newcards-no-category = Мұндай санат жоқ. Басқа сөз жазып көріңіз
newcards-other = Басқа санат
newcards-products = Карточкасы жоқ тауарлар
newcards-no-products = Карточкасы жоқ тауар жоқ
newcards-attributes = Сипаттамалар
newcards-mandatory = міндетті
newcards-many = Бірнеше мән — нүктелі үтір арқылы
newcards-yes = Иә
newcards-no = Жоқ
newcards-lacks-title = атауы жоқ
newcards-lacks-brand = бренді жоқ
newcards-lacks-photo = сілтемелі сурет жоқ
newcards-differs = Әр тауарда өзінікі
newcards-table = Тауарлар бойынша толтыру
newcards-own = Айырмашылықтар
newcards-own-hint = Бос өріс ортақ мәнді қалдырады.
err-cards-nothing-differs = Кемінде бір сипаттамаға «Әр тауарда өзінікі» деп белгілеңіз.
newcards-send = Тексеріп, жіберу
newcards-note = Kaspi жаңа карточкаларды 3 жұмыс күніне дейін тексереді. Бұл баға мен қалдықты өзгертпейді.
newcards-uploads = Жіберілгендер
newcards-none = Әлі ештеңе жіберілген жоқ
newcards-of = Карточка: { $n }, жіберген: { $by }
newcards-waits = күтіп тұрмыз
newcards-unclear = Kaspi-ге жеткені белгісіз. Қайта жібермес бұрын кабинеттен тексеріңіз.
newcards-state-recorded = жазылды
newcards-state-sending = жіберіп жатырмыз
newcards-state-unclear = белгісіз
newcards-state-sent = Kaspi тексеріп жатыр
newcards-state-done = дайын
newcards-state-refused = Kaspi қабылдамады
notice-cards-unclear = Жаңа карточкалардың ({ $count }) Kaspi-ге жеткені белгісіз. Қайта жібермес бұрын кабинеттен тексеріңіз
did-cards-sent = Карточкалар жазылды, Kaspi-ге кетіп жатыр: { $n }
audit-cards-sent = Жаңа карточкалар жіберді
job-catalog-cards = Жаңа карточкаларды жіберу
what-upload = жіберу
err-cards-no-products = Кемінде бір тауар таңдаңыз
err-card-refused = Kaspi қабылдамайды: { $sku }, { $member } — { $code ->
        [missing] толтырылмаған
        [long] тым ұзын
        [many] мән тым көп
        [twice] қайталанады
        [pattern] код қате
        [address] сурет мекенжайы емес
        [number] сан емес
       *[other] жарамайды
    }. Барлық ескерту: { $count }
feed-products = Ұсынысы жоқ тауарлар
feed-products-point = Қай нүктеде тұр
feed-products-no = Прайсқа қоспау
feed-products-hint = Дүкенде әлі жоқ каталог тауарлары каталогтағы бағасы мен қалдығымен прайсқа кетеді. Kaspi оларға карточка табады немесе жасауды сұрайды.
feed-products-out = Прайсқа не кірмеді және неге
did-feed-products-in = Жаңа тауарлар прайсқа қосылды
did-feed-products-out = Жаңа тауарлар прайсқа кірмейді
audit-feed-products = Прайсқа қандай жаңа тауарлар кететінін өзгертті
cities-link = Қалалар мен бағалар
cities-title = Қалалар мен бағалар
cities-no-points = нүкте жоқ
cities-bot-on = бот жұмыс істейді
cities-bot-off = бот жұмыс істемейді
cities-end = Алып тастау
cities-same = Бөлек бағалар жоқ.
cities-none-title = Әзірге қала жоқ
cities-none = Kaspi кабинетінде қалада нүкте болғанда, ол осында шығады.
cities-new = Қаладағы бөлек баға
cities-city = Қала
cities-price = Осы қаладағы баға
cities-price-hint = Бот оны тек осында қояды және ең төменгі бағадан түсірмейді. Басқа қалаларда бәрі бұрынғыдай.
cities-save = Бағаны бекіту
cities-delivery = Қалаға жеткізу мерзімі мен құнын Kaspi нүктенің мекенжайы мен өз тарифтері бойынша есептейді, оларды өзіңіз қоя алмайсыз. Күнді алдын ала тапсырыспен қосуға болады.
cities-where-bot = Бот қай қалаларда жұмыс істейді
err-city-price = «{ $value }» бағаға ұқсамайды. Бүтін теңге жазыңыз.
did-city-price = Қаладағы баға бекітілді
did-city-price-ended = Бөлек баға алып тасталды
audit-offer-city_price = Қаладағы бағаны бекітті
