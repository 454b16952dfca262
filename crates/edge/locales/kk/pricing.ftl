# Words of the price bot. Values come ready for reading: sums as `38 740 ₸`, shares as `10,9 %`, `cell` and `action` by their own texts.

## Refusals of pricing and of the floor
err-changed-by = Мұны { $by } өзгертіп қойған. Бетті жаңартып, түзетуді қайта енгізіңіз. { $now }
err-min-below-cost = Ең төменгі баға ({ $min }) шығынсыз бағадан ({ $floor }) төмен. Оны көтеріңіз немесе шығынмен сататыныңызды растаңыз
err-price-below-floor = { $price } бағасы ең төменгі { $floor } бағадан төмен. Кемінде { $floor } жазыңыз немесе шекті түсіріңіз
err-price-range = «{ $value }» жарамайды: 1-ден 1 000 000 000 ₸-ге дейінгі бүтін баға керек
err-name-length = Атауы 1-ден 80 таңбаға дейін болуы керек
err-time-passed = { $value } уақыты өтіп кетті. Алдағы уақытты таңдаңыз
err-answered-already = Бұл сұраққа жауап берілген немесе ол ескірген. Бот бағаны тексеріп, қажет болса қайта сұрайды
err-undo-passed = Қайтаруға болмайды: бір тәулік өтті немесе бұл қайтарылған
err-rule-in-use = Бұл ережемен жұмыс істейтін тауар саны: { $count }. Оларды басқа ережеге ауыстырып, қайталаңыз
err-no-current-limit = Тауарда есептейтін шек жоқ. Сан жазыңыз
err-no-own-price = Тауар бағасы әлі белгісіз. Тауарлар оқылғанша күтіңіз немесе сан жазыңыз
err-no-cost = Тауардың өзіндік құны жоқ. Оны енгізіңіз немесе сан жазыңыз
err-rule-out-of-range = { $field } баптауы: { $value } жарамайды, { $low } және { $high } аралығы керек
err-rule-min-above-max = Ең төменгі баға ({ $min }) ең жоғарғыдан ({ $max }) үлкен. Бірін өзгертіңіз
err-rule-pace-reversed = Тексерудің ең қысқа аралығы ({ $shortest } мин) ең ұзағынан ({ $longest } мин) көп. Орындарын ауыстырыңыз
err-rule-better-in-nothing = Бәсекелестен немен артық екеніңізді көрсетіңіз: рейтинг немесе жеткізу
err-floor-negative = { $part }: { $value } нөлден кем. 0 немесе одан көп жазыңыз
err-floor-no-weight = Сәлемдеме салмағы { $value } г: 0-ден көп жазыңыз
err-floor-too-large = { $part }: { $value } тым көп, ең көбі { $largest }
err-floor-shares-too-large = Комиссия, салық, үлестер және қалаған маржа бағаны түгел алады. Бір үлесті азайтыңыз
err-floor-out-of-reach = { $largest } ₸-ге дейінгі бірде-бір баға қалағаныңызды бермейді. Өзіндік құн мен үлестерді тексеріңіз
err-floor-steps-out-of-order = Жеткізу сатылары { $from } ₸-ден бастап өсу ретімен емес. Ретімен қойыңыз
err-floor-no-tariff = { $service ->
    [city] Қала ішіндегі
    [kazakhstan] Қазақстан бойынша
   *[express] Экспресс
} жеткізуге { $day } күніне { $grams } г салмақ үшін тариф жоқ. Жеткізуді сомамен жазыңыз
err-floor-table = Тарифтер кестесі { $line }-жолда бүлінген. Қолдауға хабарлаңыз
what-question = сұрақ
what-bulk = жаппай өзгеріс
what-pause = тоқтата тұру

## Why the bot acted or did not
reason-undercut = Ең арзан бәсекелестің бағасы { $rival }: одан { $step } төмен тұрамыз
reason-climb = Біз біріншіміз, келесінің бағасы { $rival }: оған { $step } жетпейтін бағаға көтерілеміз
reason-top-place = { $wished }-орынды ұстаймыз: бағасы { $rival } болатын бәсекелестен { $step } төмен
reason-match-cheapest = Ең арзанымен тең тұрамыз: { $rival }
reason-match-better = Рейтингіміз немесе жеткізуіміз жақсы, сондықтан { $rival } бағасынан төмен түспей, тең тұрамыз
reason-truce-match = Баға соғысынан кейінгі бітім: { $rival } бағасынан төмен түспейміз
reason-margin-place = { $margin_bp } маржа қалатын ең жақсы орын: { $rival } бағасынан { $step } төмен
reason-margin-floor = Бірде-бір орын { $margin_bp } маржа бермейді: соны беретін ең төмен { $price } бағада тұрамыз
reason-profit = Тарихыңыз бойынша бұл баға ең көп пайда береді: күніне { $profit_per_day }, { $place }-орын
reason-on-floor = Бәсекелестің бағасы { $rival }, бұл ең төменгі бағамыздан төмен. Ең төменгі { $floor } бағада тұрамыз
reason-next-reachable = Ең арзандары ең төменгі бағамыздан ({ $floor }) төмен: келесі бәсекелестен ({ $rival }) { $step } төмен тұрамыз
reason-cell-price = { $cell }: баптау бойынша { $action }, { $price }
reason-raise-to-floor = Баға ең төменгі шектен төмен болды: { $floor } бағасына көтереміз
reason-lower-to-ceiling = Баға ең жоғарғы шектен асып кетті: { $ceiling } бағасына түсіреміз
reason-step-back = Баға соғысы: бағасы { $rival } бәсекелеспен қатарынан { $undercuts } рет баға түсірістік. Шегініп, { $wait_minutes } минут күтеміз
reason-sleep-lift = Түнгі көтерілім: { $steps } қадам, әрқайсысы { $step }
reason-pinned = Баға қолмен бекітілген: { $price }
reason-safe-price = Kaspi { $silent_minutes } мин жауап бермейді: қауіпсіз { $price } бағаға көтереміз
reason-already-there = { $price } бағасы дәл керегі
reason-already-cheapest = Біз бағасы { $rival } бәсекелестен арзанбыз
reason-rise-too-small = { $rise } көтерілім { $step } қадамынан аз: оған өзгеріс жұмсамаймыз
reason-cell-hold = { $cell }: баптау бойынша бағаны ұстаймыз
reason-paused = Тоқтата тұрылған: бағаны өзгертпейміз
reason-no-observation = Нарық әлі оқылмады: алғашқы тексеруді күтеміз
reason-stale-observation = Нарық дерегі ескірген: { $age_minutes } мин, рұқсат етілгені { $max_minutes } мин
reason-partial-observation = Сатушылар тізімінің бір бөлігі ғана оқылды: { $total } ішінен { $seen }. Толығын күтеміз
reason-empty-observation = Сатушылар тізімі бос келді. Бұл бәсекелес жоқ дегенді білдірмейді: бағаны ұстаймыз
reason-future-observation = Оқу уақыты сағаттан { $ahead_minutes } мин алда. Сервер сағатын тексеріңіз
reason-seen-before-own-change = Нарық соңғы өзгерісімізге дейін оқылған: келесі оқуды күтеміз
reason-cool-down = Өз өзгерісімізден кейінгі үзіліс: тағы { $left_minutes } мин
reason-outside-hours = Қазір боттың жұмыс уақыты емес
reason-war-wait = Баға соғысынан кейін күтеміз: тағы { $left_minutes } мин
reason-silent = Kaspi { $minutes } мин жауап бермейді: бағаны ұстаймыз
reason-sister-ahead = Алда { $sister } бағамен өз дүкеніңіз тұр: одан төмен түспейміз
reason-day-limit = Күндік өзгеріс шегі таусылды: { $limit }
reason-floor-above-ceiling = Ең төменгі баға ({ $floor }) ең жоғарғыдан ({ $ceiling }) үлкен. Шектерді түзетіңіз
reason-no-floor = Ең төменгі баға да, өзіндік құн да жоқ: бот неден төмен түспейтінін білмейді
reason-move-needs-approval = Өзгеріс ({ $by }) шектен ({ $threshold }) үлкен: келісіміңіз керек
reason-margin-needs-cost = Стратегия маржаны ұстайды, бірақ өзіндік құн жоқ. Оны енгізіңіз
reason-silent-alarm = Kaspi { $minutes } мин жауап бермейді. Бағамен не істейтініңізді шешіңіз
reason-rule-broken = Баптаулар бір-біріне қайшы. Ережені ашып, белгіленгенін түзетіңіз

## What each guard said
guard-paused = Тоқтата тұру
guard-pin = Бекітілген баға { $price }
guard-floor = Ең төменгі баға { $floor }, қалағаны { $wanted }
guard-ceiling = Ең жоғарғы баға { $ceiling }, қалағаны { $wanted }
guard-limits = Шектер { $floor } – { $ceiling }
guard-no-floor = Ең төменгі баға да, өзіндік құн да жоқ
guard-loss-gap = { $from } – { $to } аралығында жеткізу пайданы жейді: { $wanted } бағасын бұл аралықтан шығарамыз
guard-max-move = Бір жолғы шек { $limit }, қалағаны { $wanted }
guard-max-day = Күндік шек { $limit } (күн басындағы баға { $day_start }), қалағаны { $wanted }
guard-sister = { $sister } бағамен өз дүкеніңіз: одан төмен түспейміз, қалағаны { $wanted }
guard-war-brake = Баға { $undercuts } рет түсірілді, рұқсат етілгені { $allowed }
guard-truce = Бітім { $hours } сағ
guard-stop-level = Баға соғысындағы ең төменгі шек { $level }, қалағаны { $wanted }
guard-war-wait = Баға соғысынан кейін күту: тағы { $left_minutes } мин
guard-cool-down = { $left_minutes ->
    [0] Өз өзгерісімізден кейінгі үзіліс өтті
   *[other] Өз өзгерісімізден кейін: тағы { $left_minutes } мин
}
guard-hours = Жұмыс уақыты
guard-age = { $age_minutes ->
    [0] Дерек бір минуттан да жаңа, { $max_minutes } минутқа дейін жарайды
   *[other] Дерек { $age_minutes } мин бұрынғы, { $max_minutes } минутқа дейін жарайды
}
guard-whole = { $total } сатушыдан { $seen } оқылды
guard-clock = Сағат: оқу { $ahead_minutes } мин алда
guard-seen-before-own-change = Соңғы өзгерісімізге дейін оқылған
guard-silent = Kaspi { $minutes } мин үнсіз, рұқсат етілгені { $allowed }
guard-small-rise = Көтерілу { $rise }, қадам { $step }
guard-approval = Өзгеріс { $by }, келісім шегі { $threshold }
guard-better = Біз артықпыз: рейтинг { $rating_by_milli }, жеткізу { $faster_by_days } күн
guard-cover = Қор { $days } күнге жетеді: { $raise_bp } қымбатырақ
guard-ageing = { $days } күн жатыр: { $ease_bp } арзанырақ
guard-sleep-lift = Түнгі көтерілім, { $steps }-қадам
guard-profit-not-learned = Пайданы есептеуге тарих әлі аз: «Стандарт» жұмыс істейді
guard-own-hidden = Сатушылар тізімінде біздің ұсыныс жоқ
guard-own-differs = Витринада { $shown }, бізде { $ours }
guard-rule-broken = Баптаулар бір-біріне қайшы
verdict-passed = өтті
verdict-noted = ескерілді
verdict-changed = бағаны өзгертті
verdict-stopped = тоқтатты
verdict-asked = сізден сұрайды
ignored-named = сіз алып тастағансыз
ignored-preorder = алдын ала тапсырыс
ignored-slower = жеткізуі баяу
ignored-rating = рейтингі төмен
ignored-reviews = пікірі аз
ignored-other-city = қоймасы басқа қалада
ignored-absurd = бағасы шынайы емес
cell-no-rival = Бәсекелес жоқ
cell-rival-under-floor = Бәсекелес ең төменгі бағамыздан төмен
cell-rival-equal = Бәсекелес бағасы біздікімен тең
cell-out-of-stock = Бізде қорда жоқ
cell-preorder-only = Барлық бәсекелесте алдын ала тапсырыс
action-hold = бағаны ұстау
action-floor = ең төменгі бағаға тұру
action-ceiling = ең жоғарғы бағаға тұру
action-match = тең тұру
action-computed = стратегия шешеді
arithmetic-rival = Бәсекелес бағасы
arithmetic-before = Біздің баға
arithmetic-step = Қадам
arithmetic-floor = Ең төменгі баға
arithmetic-ceiling = Ең жоғарғы баға
arithmetic-step-back = Баға соғысынан шегіну
arithmetic-sleep-lift = Түнгі көтерілім
arithmetic-margin = Қалаған маржа
arithmetic-profit = Пайда есебі
arithmetic-pin = Бекітілген баға
arithmetic-truce = Бітім
arithmetic-safe-price = Қауіпсіз баға
arithmetic-strategy = Стратегия
arithmetic-limits = Шектер
arithmetic-loss-gap = Шығынды аралық
arithmetic-max-move = Бір жолғы шек
arithmetic-max-day = Күндік шек
arithmetic-sister = Өз дүкеніңіз

## States and names
state-waiting = Тексеруді күтуде
state-works = Жұмыс істеуде
state-at_floor = Ең төменгі бағада
state-holds_margin = Маржаны ұстауда
state-at_ceiling = Ең жоғарғы бағада
state-no_limits = Шектер жоқ
state-paused = Тоқтатылған
state-pinned = Баға бекітілген
state-manual = Қолмен
state-asks = Жауап күтуде
state-refused = Kaspi қабылдамады
state-error = Тексеру қатесі
state-off_sale = Сатудан алынған
state-alone = Бәсекелессіз
change-state-desired = жіберуді күтуде
change-state-sending = жіберілуде
change-state-accepted = Kaspi қабылдады
change-state-unclear = жауап түсініксіз, тексерілуде
change-state-in_cabinet = кабинетте көрінеді
change-state-on_storefront = сатып алушыларға көрінеді
change-state-lost = қабылданды, бірақ қолданылмады
change-state-refused = Kaspi бас тартты
change-state-superseded = жаңа шешіммен алмасты
outcome-set = бағаны өзгерту
outcome-hold = бағаны ұстау
outcome-ask = сізден сұрау
strategy-standard = Стандарт
strategy-always_first = Әрқашан бірінші
strategy-stay_top_n = Топта орын ұстау
strategy-match = Арзанымен тең
strategy-hold_margin = Маржаны ұстау
strategy-profit = Пайда бойынша
level-built_in = әдепкі
level-shop = дүкен баптауынан
level-rule = ережеден
level-offer = тауарда берілген
rule-state-draft = жоба
rule-state-share = оннан бірінде
rule-state-on = қосулы
shop-mode-off = өшірулі
shop-mode-dry_run = сынақ
shop-mode-on = қосулы

## What the audit log says
