# Хабарламалар: сатып алушы не туралы жазады, өлшем туралы жауаптар, үлгілер, қашан жазуға болады.

messages-intent-availability = Қолда бар ма
messages-intent-price = Баға мен жеңілдік
messages-intent-size_advice = Өлшемге кеңес
messages-intent-size_complaint_small = Кішкентай болды
messages-intent-size_complaint_large = Үлкен болды
messages-intent-delivery_time = Қашан жеткізіледі
messages-intent-delivery_place = Қайда жеткізіледі
messages-intent-order_status = Тапсырыс қайда
messages-intent-cancel = Тапсырыстан бас тарту
messages-intent-return = Қайтару
messages-intent-exchange = Ауыстыру
messages-intent-defect = Ақау немесе жетіспеу
messages-intent-wrong_item = Басқа зат келді
messages-intent-payment = Төлем және бөліп төлеу
messages-intent-receipt_docs = Чек, құжат, кепілдік
messages-intent-product_question = Тауар туралы сұрақ
messages-intent-photo_request = Фото немесе видео сұрайды
messages-intent-address_hours = Мекенжай мен жұмыс уақыты
messages-intent-wholesale = Көтерме және серіктестік
messages-intent-review_bonus = Пікір мен бонус
messages-intent-thanks_positive = Алғыс айтады
messages-intent-complaint_angry = Шағымданады
messages-intent-human_request = Адамды шақыруды сұрайды
messages-intent-greeting = Сәлемдеседі
messages-intent-spam = Жарнама, спам
messages-intent-other = Басқа

messages-reply-yes = Өлшем расталды
messages-reply-no = Өлшем сай емес
messages-reply-other_size = Басқа өлшем сұрайды
messages-reply-measurements = Бойы мен салмағын жазды
messages-reply-unclear = Түсініксіз: өзіңіз жауап беріңіз

messages-language-ru = Орысша
messages-language-kk = Қазақша
messages-language-mix = Орысша және қазақша
messages-language-en = Ағылшынша

messages-wait-gap = Алдыңғы хабарламадан кейінгі үзіліс
messages-wait-night = Қазір тыныш сағаттар
messages-wait-quiet-day = Бүгін жазбаймыз
messages-wait-day-full = Бүгінгі шек таусылды
messages-wait-warming-up = Жаңа нөмір баяу басталады

messages-danger-new-number = Нөмір жақында қосылған
messages-danger-near-day-limit = Күндік шек таусылуға жақын
messages-danger-few-answers = Жауап беретіндер аз
messages-danger-many-opt-outs = Жазбауды сұрағандар көп

messages-risk-low = Бұғатталу қаупі төмен
messages-risk-medium = Бұғатталу қаупі орташа
messages-risk-high = Бұғатталу қаупі жоғары: үзіліс жасаңыз

messages-trigger-approved = Тапсырыс қабылданды
messages-trigger-size_confirmation = Өлшемді нақтылау
messages-trigger-shipped = Тапсырыс жіберілді
messages-trigger-delivered = Тапсырыс сатып алушыны күтуде
messages-trigger-pickup_reminder = Алып кетуді еске салу
messages-trigger-completed = Тапсырыс берілді
messages-trigger-review_request = Пікір сұрау

messages-variable-customer_name = сатып алушының аты
messages-variable-order_code = тапсырыс нөмірі
messages-variable-order_total = тапсырыс сомасы
messages-variable-items_list = тауарлар тізімі
messages-variable-delivery_address = жеткізу мекенжайы
messages-variable-store_name = дүкен атауы
messages-variable-size = өлшем

messages-phone-mobile = Ұялы
messages-phone-fixed = Қалалық
messages-phone-toll_free = Тегін
messages-phone-masked = Кейбір цифрлары жасырылған
messages-phone-unknown = Белгісіз нөмір

messages-phone-problem-masked = Кейбір цифрлары жасырылған: қоңырау шалуға болмайды
messages-phone-problem-too_short = Цифрлары жетпейді
messages-phone-problem-too_long = Цифрлары артық
messages-phone-problem-unknown_prefix = Мұндай код жоқ
messages-phone-problem-unknown_country = Мұндай ел коды жоқ

err-template-empty = Үлгі бос. Сатып алушы не оқитынын жазыңыз.
err-template-too-long = Үлгіде { $length } таңба бар, ең көбі { $limit }. Мәтінді қысқартыңыз.
err-template-unknown-variable = { $name } айнымалысы жоқ. Ұқсасы: { $nearest }.
err-template-unclosed-bracket = { $place }-орындағы жақша жабылмаған. Жабыңыз немесе жақшаның өзі керек болса, екі рет қойыңыз.
err-template-unopened-bracket = { $place }-орындағы жақша артық. Алып тастаңыз немесе жақшаның өзі керек болса, екі рет қойыңыз.
err-template-missing = Бұл тапсырыс үшін белгісіз: { $variables }. Дерек қосыңыз немесе айнымалыны үлгіден алып тастаңыз.
err-template-message-too-long = Хабарлама { $length } таңба болады, ең көбі { $limit } жіберіледі. Үлгіні қысқартыңыз.
