# Why a file, its columns or one of its rows is not taken. Every text ends with the way out.

# The file as a whole.
err-import-file-too-large = Файл { $limit } МБ-тан үлкен. Оны бөліңіз немесе керекті бағандарды ғана қалдырыңыз.
err-import-file-empty = Файлда бірде-бір жол жоқ. Кестені қайта сақтап, сол файлды таңдаңыз.
err-import-file-format = { $found ->
    [XML] Бұл XML, ал мұнда кесте керек. XML прайс-парақ каталог бөлімінде жүктеледі.
    [XLSB] XLSB пішімін оқымаймыз. Файлды Excel-де ашып, XLSX етіп сақтаңыз.
    [HTML] Бұл кесте түріндегі веб-бет. Оны Excel-де ашып, XLSX етіп сақтаңыз.
    [ZIP] Бұл мұрағат. Оны ашып, ішіндегі кестені таңдаңыз.
    [RAR] Бұл мұрағат. Оны ашып, ішіндегі кестені таңдаңыз.
   *[other] { $found } файлы кесте емес. XLSX, XLS, ODS немесе CSV керек.
}
err-import-file-encoding = { $line }-жолдан бастап әріптерді оқи алмадық. Файлды «CSV UTF-8» немесе XLSX етіп сақтаңыз.
err-import-file-broken = Файл бүлінген. Оны Excel-де ашып, XLSX етіп қайта сақтаңыз да, жаңа файлды таңдаңыз.
err-import-file-password = Файл құпиясөзбен жабылған. Құпиясөзсіз көшірмесін сақтаңыз.
err-import-file-unpacks = Файл ашылғанда тым үлкен болады: { $limit } МБ-тан көп немесе өзінен жүздеген есе үлкен. Кестені CSV етіп сақтаңыз.
err-import-file-entities = Файлда біз орындамайтын XML жариялаулары бар. Файлды кабинеттен қайта шығарып алыңыз.
err-import-file-too-many = { $what ->
    [rows] Файлда { $found } жол бар, ал бір жүктегенде { $limit } жол аламыз. Файлды бөліңіз.
    [columns] Файлда { $found } баған бар, ал { $limit } бағанға дейін аламыз. Керектісін ғана қалдырыңыз.
    [sheets] Кітапта { $found } парақ бар, ал { $limit } параққа дейін аламыз. Керекті парақты қалдырыңыз.
   *[other] Файлдың іші тым үлкен: { $found }, шегі { $limit }. Керекті жолдар мен бағандарды ғана қалдырыңыз.
}
err-import-file-cell-long = { $column }{ $row } ұяшығы { $limit } таңбадан ұзын. Алдында жабылмаған тырнақша жоқ па, тексеріңіз.
err-import-file-open-quote = { $line }-жолдағы тырнақша жабылмаған. Оны жабыңыз немесе өшіріңіз.
err-import-file-no-sheet = Кітапта «{ $name }» парағы жоқ. Басқа парақты таңдаңыз.
err-import-file-not-price-list = Бұл Kaspi прайс-парағы емес. Оны кабинеттен шығарып алыңыз: «Товары», «Загрузить прайс-лист».
err-import-file-unreadable = { $cause ->
    [gone] Мұндай файл жоқ. Атауы мен қалтасын тексеріңіз.
    [rights] Файлды оқуға болмайды: оған құқық жоқ. Құқық беріңіз немесе оны басқа қалтаға көшіріңіз.
    [folder] Бұл файл емес, қалта. Ішіндегі файлды атаңыз.
   *[other] Файлды аша алмадық. Дискіні тексеріп, қайталап көріңіз.
}

# The choice of columns.
err-import-mapping-no-sku = Артикул тұрған бағанды таңдаңыз.
err-import-mapping-nothing = Артикулдан басқа ештеңе таңдалмаған. Баға, қадам немесе стратегия бағанын таңдаңыз.
err-import-mapping-shared = «{ $column }» бағаны екі рет таңдалған. Бір жерде қалдырыңыз.
err-import-mapping-twice = { $what ->
    [sku] Артикул екі бағанда таңдалған. Біреуін қалдырыңыз.
    [min] Ең төменгі баға екі бағанда таңдалған. Біреуін қалдырыңыз.
    [max] Ең жоғарғы баға екі бағанда таңдалған. Біреуін қалдырыңыз.
    [cost] Өзіндік құн екі бағанда таңдалған. Біреуін қалдырыңыз.
    [strategy] Стратегия екі бағанда таңдалған. Біреуін қалдырыңыз.
   *[step] Қадам екі бағанда таңдалған. Біреуін қалдырыңыз.
}
err-import-mapping-no-column = Кестеде { $width } баған бар, ал { $column }-баған таңдалған. Қайта таңдаңыз.
err-import-mapping-unreadable = Бұрынғы бағандар таңдауы сәйкес келмеді. Қайта таңдаңыз.

# Cells.
err-import-cell-empty = { $row }-жол, «{ $column }»: ұяшық бос. Мәнін жазыңыз.
err-import-cell-formula = { $row }-жол, «{ $column }»: ұяшықта { $value } формуласы тұр. Бағанды көшіріп, мән ретінде қойыңыз.
err-import-cell-date = { $row }-жол, «{ $column }»: кесте санды { $value } күніне айналдырған. Ұяшыққа сан пішімін беріп, санды қайта жазыңыз.
err-import-cell-error-value = { $row }-жол, «{ $column }»: ұяшықта { $value } қатесі. Оны түзетіңіз немесе сан жазыңыз.
err-import-cell-zero = { $row }-жол, «{ $column }»: мәні 0. 1 ₸-ден бастап жазыңыз немесе ұяшықты бос қалдырыңыз, сонда ештеңе өзгермейді.
err-import-cell-negative = { $row }-жол, «{ $column }»: { $value } нөлден кем. Нөлден үлкен сан жазыңыз.
err-import-cell-decimals = { $row }-жол, «{ $column }»: { $value } бөлшек сан. Kaspi бағалары бүтін теңгемен, дөңгелектеңіз.
err-import-cell-many-decimals = { $row }-жол, «{ $column }»: { $value } санында үтірден кейін екіден көп цифр бар. Тиынға дейін дөңгелектеңіз.
err-import-cell-too-large = { $row }-жол, «{ $column }»: { $value } миллиард теңгеден көп. Артық цифр жоқ па, тексеріңіз.
err-import-cell-currency = { $row }-жол, «{ $column }»: { $value } теңгемен емес. Теңгеге айналдырыңыз.
err-import-cell-shortened = { $row }-жол, «{ $column }»: кесте санды { $value } деп қысқартқан. Бағанға сан пішімін беріп, файлды қайта сақтаңыз.
err-import-cell-not-a-number = { $row }-жол, «{ $column }»: «{ $value }» санға ұқсамайды. Мысалы, 38 740 деп жазыңыз.

# Rows of price limits.
err-import-sku-missing = { $row }-жол: артикул жоқ. Оны жазыңыз немесе жолды өшіріңіз.
err-import-sku-unknown = { $row }-жол: дүкенде «{ $value }» артикулы жоқ. Оны тексеріңіз немесе каталогты жаңартыңыз.
err-import-sku-digits-lost = { $row }-жол: «{ $value }» артикулының соңғы цифрлары жоғалған, кесте 15 цифр ғана сақтайды. Бағанға мәтін пішімін беріп, артикулдарды қайта қойыңыз.
err-import-sku-repeated = { $row }-жол: «{ $value }» артикулы { $other }-жолда да бар, ал мәндері әртүрлі немесе қате. Бір жолды қалдырыңыз.
err-import-strategy-unknown = { $row }-жол: «{ $value }» стратегиясы жоқ. Мыналар жарайды: стандартты, бірінші орын, топ 3, тең баға, маржа 12 %, пайда.
err-import-strategy-needs-places = { $row }-жол: «{ $value }» үшін 1-ден 64-ке дейінгі орын керек. Мысалы, топ 3 деп жазыңыз.
err-import-strategy-needs-margin = { $row }-жол: «{ $value }» үшін 95 %-ға дейінгі маржа керек. Мысалы, маржа 12 % деп жазыңыз.
err-import-min-above-max = { $row }-жол: ең төменгі баға ({ $min } ₸) ең жоғарғы бағадан ({ $max } ₸) үлкен. Біреуін түзетіңіз; бос ұяшық бұрынғысын қалдырады.
err-import-min-below-cost = { $row }-жол: ең төменгі баға ({ $min } ₸) шығынсыз бағадан ({ $floor } ₸) төмен. Шығынмен сатуға дайын болсаңыз, растаңыз.
err-import-max-below-cost = { $row }-жол: ең жоғарғы баға ({ $max } ₸) шығынсыз бағадан ({ $floor } ₸) төмен. Оны көтеріңіз, әйтпесе ботқа баға қоятын орын жоқ.
err-import-price-leap = { $row }-жол, «{ $column }»: { $value } ₸ қазіргі бағадан ({ $price } ₸) тым алшақ. Артық нөл жоқ па, тексеріңіз.

# Rows of a price list.
err-import-offer-repeated = { $row }-жол: «{ $value }» артикулы { $other }-жолда болған. Біріншісін алдық, мұны өшіріңіз.
err-import-list-value = { $row }-жол, «{ $column }»: «{ $value }» мәні жарамайды. Оны түзетіп, файлды қайта жүктеңіз.

# Rows of products.
err-import-product-too-long = { $row }-жол, «{ $column }»: мәтін { $limit } таңбадан ұзын. Қысқартыңыз.
err-import-product-mixed-letters = { $row }-жол, «{ $column }»: «{ $value }» ішінде латын мен кирилл әріптері аралас, көзге бірдей көрінеді. Әдейі болмаса, бір әліпбимен теріңіз.
err-import-product-digits-lost = { $row }-жол, «{ $column }»: «{ $value }» соңғы цифрларын жоғалтқан, кесте 15-ін ғана сақтайды. Бағанға мәтін пішімін беріп, кодтарды қайта қойыңыз.
err-import-product-dear = { $row }-жол, «{ $column }»: { $value } — он миллион теңгеден көп. Артық цифр жоқ па, тексеріңіз.
err-import-product-stock-inexact = { $row }-жол, «{ $column }»: «{ $value }» неше дана екенін айтпайды. Санын жазыңыз, жоқ болса 0.
err-import-product-stock-negative = { $row }-жол, «{ $column }»: { $value } нөлден аз. 0 немесе одан көп жазыңыз.
err-import-product-stock-decimals = { $row }-жол, «{ $column }»: { $value } бүтін дана емес. Бүтін сан жазыңыз.
err-import-product-stock-large = { $row }-жол, «{ $column }»: { $value } — он миллион данадан көп. Артық цифр жоқ па, тексеріңіз.
err-import-product-stock-unclear = { $row }-жол, «{ $column }»: «{ $value }» дана саны емес. Мысалы, 12 деп жазыңыз.
err-import-product-heavy = { $row }-жол, «{ $column }»: { $value } — 100 кг-нан ауыр. Грамм болса, «950 г» деп жазыңыз.
err-import-product-weight-rounded = { $row }-жол, «{ $column }»: { $value } граммға дейін дөңгелектелді. Килограмда үтірден кейін үш цифр жетеді.
err-import-product-weight-zero = { $row }-жол, «{ $column }»: салмағы 0. Килограмын жазыңыз, мысалы 0,95, немесе ұяшықты бос қалдырыңыз.
err-import-product-weight-negative = { $row }-жол, «{ $column }»: { $value } салмағы нөлден аз. Нөлден көп жазыңыз.
err-import-product-weight-large = { $row }-жол, «{ $column }»: { $value } — он тоннадан ауыр. Бірлігі мен цифрларын тексеріңіз.
err-import-product-weight-unclear = { $row }-жол, «{ $column }»: «{ $value }» салмаққа ұқсамайды. Килограмды 0,95 немесе грамды «950 г» деп жазыңыз.
err-import-product-barcode-letters = { $row }-жол, «{ $column }»: «{ $value }» штрихкодында цифрдан басқа таңба бар. Жолақ астындағы цифрларды жазыңыз.
err-import-product-barcode-length = { $row }-жол, «{ $column }»: { $value } штрихкодында { $digits } цифр, ал 8, 12, 13 немесе 14 болуы керек. Кодты басындағы нөлдерімен толық көшіріңіз.
err-import-product-barcode-digit = { $row }-жол, «{ $column }»: { $value } штрихкодының соңғы цифры сәйкес емес, { $expected } болуы керек. Кодты қайта сканерлеңіз немесе теріңіз.
err-import-product-barcode-repeated = { $row }-жол, «{ $column }»: { $value } штрихкоды { $other }-жолдағы { $sku } тауарында бар. Бір тауарға ғана қалдырыңыз.
err-import-product-photo = { $row }-жол, «{ $column }»: «{ $value }» сурет мекенжайы емес. https:// деп басталатын мекенжай жазыңыз.
err-import-product-price-by-city = { $row }-жол: { $value } қалада баға әртүрлі, мұнда бос қалдырдық. «Бағалар» бетінде қойыңыз.
err-import-product-repeated = { $row }-жол: «{ $value }» артикулы { $other }-жолды сөзбе-сөз қайталайды, ондай жол саны { $rows }. Біреуін алдық.
err-import-product-title-missing = { $row }-жол: тауардың аты жоқ. Атауын немесе моделін жазыңыз.
err-import-product-cost-above-price = { $row }-жол: { $value } ₸ өзіндік құны { $price } ₸ бағасынан жоғары. Екеуін де тексеріңіз.
err-import-no-column = Файлда «{ $column }» бағаны жоқ. Бағанды кестенің бірінші жолындағыдай немесе әрпімен атаңыз.
err-import-no-field = «{ $what }» өрісі жоқ. Тізімнен таңдаңыз.
