# Words of shops, access to the marketplace, proxies and what sellers are told.

## Refusals of the catalogue
err-bad-phone = «{ $value }» Қазақстан нөміріне ұқсамайды. Былай жазыңыз: +7 701 000 12 34
err-bad-mail = «{ $value }» пошта мекенжайына ұқсамайды. Былай жазыңыз: аты@пошта.kz
err-no-code-awaited = Қазір код күтілмейді. Кіруді қайта бастаңыз
err-sign-in-busy = Бұл кабинетке қазір біреу кіріп жатыр. Екі минут күтіп, қайталаңыз
err-no-access = Дүкеннің кабинетке қолжетімділігі жоқ. Дүкенді қайта қосыңыз
err-budget-spent = Kaspi-ге сұрау жіберу шегі таусылды. Бірнеше секундтан соң қайталаңыз
err-bad-proxy = «{ $value }» прокси мекенжайына ұқсамайды. Былай жазыңыз: http://аты:құпиясөз@мекенжай:порт
err-invalid-value = «{ $value }» мұнда жарамайды. Ұсынылғандардан таңдаңыз
what-city = қала

## Refusals of the marketplace
err-market-session-ended = Kaspi кабинеттегі сеансты аяқтады. Қайта кіріңіз: оған дейін бағалар өзгермейді
err-market-bad-token = Kaspi токенді қабылдамады. Kaspi кабинетінде жаңасын жасаңыз: Баптаулар → API токені
err-market-wrong-credentials = Kaspi логин мен құпиясөзді қабылдамады. Тексеріп, қайта кіріңіз
err-market-wrong-code = Код жарамады. Цифрларды тексеріңіз немесе жаңасын сұраңыз
err-market-sign-in-flood = Талпыныс тым жиі болғандықтан, Kaspi кіруді жапты. { $minutes } минуттан кейін қайталаңыз
err-market-throttled = Kaspi { $minutes } минут күтуді сұрайды: сұраулар шегі таусылды. Кезек сақталды
err-market-blocked = Kaspi мекенжайымызды өткізбейді (код { $status }). Сұрау жиілігін азайтыңыз немесе проксиді ауыстырыңыз
err-market-timeout = Kaspi уақытында жауап бермеді. Өзіміз қайталаймыз
err-market-no-connection = Kaspi-ге қосылу мүмкін емес. Желіні немесе проксиді тексеріңіз
err-market-down = Kaspi-де ақау (код { $status }). Өзіміз қайталаймыз
err-market-refused = Kaspi бас тартты: { $text } (код { $code })
err-market-bad-answer = Kaspi жауабы түсініксіз. Жазып алдық, қайталаймыз
err-market-unclear = Kaspi өзгерісті қабылдағаны белгісіз. Кабинетпен салыстырамыз, екі рет жібермейміз
err-market-not-found = Kaspi-де мұндай жоқ: { $what }
err-market-unsupported = Алаң мұны істей алмайды: { $what }
err-market-invalid = Kaspi бұл мәнді қабылдамайды: { $what }
market-trouble-session_ended = кабинет сеансы аяқталды
market-trouble-bad_token = токен жарамады
market-trouble-wrong_credentials = логин немесе құпиясөз жарамады
market-trouble-wrong_code = код жарамады
market-trouble-sign_in_flood = кіру уақытша жабық
market-trouble-throttled = шек таусылды
market-trouble-blocked = мекенжай өткізілмейді
market-trouble-timeout = уақытында жауап жоқ
market-trouble-no_connection = байланыс жоқ
market-trouble-down = Kaspi ақауы
market-trouble-refused = бас тарту
market-trouble-bad_answer = түсініксіз жауап
market-trouble-too_large = тым үлкен жауап
market-trouble-unclear = жауап түсініксіз
market-trouble-not-applied = сөреде бұрынғы баға тұр
market-trouble-offer-gone = тауар кабинетте енді жоқ
market-trouble-not_found = табылмады
market-trouble-unsupported = қолдау жоқ
market-trouble-invalid = мән жарамайды

## What sellers are told
notice-session-ended = Kaspi { $login } кабинетінің сеансын аяқтады. Қайта кіріңіз: оған дейін бағалар өзгермейді
notice-wrong-password = Kaspi { $login } кабинетінің құпиясөзін қабылдамады. Қайта енгізіңіз
notice-sign-in-blocked = Kaspi { $login } кабинетіне кіруді { $until } дейін жапты
notice-point-gone = { $point } нүктесі кабинеттен жоғалды. Сол қаладағы қалдық пен бағаны тексеріңіз
notice-city-new = Дүкенде { $city } қаласы пайда болды. Бот ондағы бағаны басқаруы үшін қаланы қосыңыз
notice-city-gone = { $city } қаласында нүкте қалмады: бот ол жерде жұмыс істемейді
notice-offers-gone = Кабинеттен жоғалған тауар саны: { $count }. Бот оларды енді басқармайды
notice-sync-failed = Тауарларды толық оқу мүмкін болмады, бұрынғылары ({ $known }) өзгеріссіз қалды
notice-rows-refused = Тауарлар тізімінің түсініксіз жолдары: { $count }. Біріншісі: { $first }
notice-proxy-down = { $proxy } проксиі жауап бермейді: { $error }. Онсыз жұмыс істейміз
notice-change-lost = Kaspi { $price } бағасын қабылдады, бірақ қолданбады ({ $trouble }). Бот тексеріп, қайта шешеді
notice-no-availabilities = { $title } ({ $sku }) тауарының бірде-бір нүктесі жоқ: бағаны жіберу мүмкін емес. Кабинетте нүкте қосыңыз
notice-price-refused = Kaspi бағаны қабылдамады: { $text } (код { $code })
notice-price-changes-stopped = Kaspi баға өзгертуді { $until } дейін тоқтатты. Кезек сақталды
notice-silence = { $shop } дүкені: Kaspi { $minutes } минут ештеңе растамады. Бағалар ұсталып тұр
access-state-new = кіру аяқталмаған
access-state-connected = қосылған
access-state-needs_code = код керек
access-state-session_ended = қайта кіріңіз
access-state-wrong_password = құпиясөз жарамады
access-state-blocked = кіру уақытша жабық
