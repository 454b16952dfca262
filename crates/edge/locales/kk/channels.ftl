# WhatsApp, Telegram, e-mail: how sending fails and what to do.
err-channel-logged-out = { $state ->
    [starting] WhatsApp әлі іске қосылуда. Бір минут күтіңіз: кезек сақталды
   *[other] Телефон WhatsApp-қа қосылмаған. «Хабарламалар → WhatsApp» бөлімін ашып, QR-кодты сканерлеңіз: кезек сақталды
 }
err-channel-bad-key = Кілт сәйкес келмеді. Баптаулардан арнаның кілтін, токенін немесе құпиясөзін тексеріңіз
err-channel-no-recipient = Хабарламаны жеткізетін адам жоқ: { $who }. Нөмірді немесе мекенжайды тексеріңіз
err-channel-closed = Алушы біздің хабарламаларымызды қабылдамайды: бізді бұғаттаған немесе әңгімені әлі бастамаған
err-channel-moved = Топ көшті, жаңа нөмірі { $to }. Оны баптауларда көрсетіңіз
err-channel-throttled = Арна { $seconds } секунд күтуді сұрайды. Кезек сақталды
err-channel-taken = Бұл боттың хабарламаларын басқа бағдарлама алып жатыр. Оны тоқтатыңыз немесе Sauda үшін бөлек бот ашыңыз
err-channel-timeout = Арна уақытында жауап бермеді. Өзіміз қайталаймыз
err-channel-no-connection = Арнаның серверіне қосыла алмай тұрмыз. Мекенжай мен желіні тексеріңіз; ештеңе жіберілген жоқ
err-channel-down = Арнада ақау бар (код { $status }). Өзіміз қайталаймыз
err-channel-refused = Арна бас тартты: { $text } (код { $code })
err-channel-bad-answer = Арнаның жауабы түсініксіз. Сервер дұрыс па, нұсқасы ескірмеген бе, тексеріңіз
err-channel-unconfirmed = Хабарламаның кеткені белгісіз. Хат алмасумен салыстырып жатырмыз, екі рет жібермейміз
err-channel-not-found = Арнада бұл енді жоқ. Бетті жаңартыңыз
err-channel-forged = Кіріс сұраудың қолтаңбасы қате, сондықтан ол қабылданбады. Вебхук кілтін тексеріңіз
err-channel-unsupported = Бұл арна немесе оның нұсқасы мұны істей алмайды. Серверді жаңартыңыз немесе басқа арна таңдаңыз
err-channel-invalid = Арна мұны қабылдамайды: { $what }

# Where a WhatsApp line stands.
channel-state-stopped = тоқтатылған
channel-state-starting = іске қосылуда
channel-state-awaits_scan = QR-кодты күтіп тұр
channel-state-awaits_passkey = телефондағы растауды күтіп тұр
channel-state-working = жұмыс істеп тұр
channel-state-failed = үзілді

# How far a message got.
channel-delivery-pending = жіберілуде
channel-delivery-server = жіберілді
channel-delivery-device = жеткізілді
channel-delivery-read = оқылды
channel-delivery-played = тыңдалды
channel-delivery-failed = жеткізілмеді
channel-delivery-unknown = белгісіз
