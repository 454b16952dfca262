# Rights: the table "who may what".
right-view_today = «Бүгін» бетін көру
right-view_prices = Бағалар мен бәсекелестерді көру
right-manage_prices = Шектерді, ережелерді және кідірістерді өзгерту
right-view_money = Өзіндік құн мен пайданы көру
right-view_orders = Тапсырыстарды көру
right-manage_orders = Тапсырыстарды қабылдау, жинау, болдырмау және беру
right-view_buyers = Сатып алушылардың телефоны мен мекенжайын көру
right-view_messages = Сатып алушылармен хат алмасуды көру
right-manage_messages = Сатып алушыларға жауап беру
right-view_catalog = Каталог тауарларын көру
right-manage_catalog = Каталогты өзгерту, тауар жүктеу
right-view_shops = Дүкендер мен олардың қолжетімділігін көру
right-manage_shops = Дүкендерді қосу және ажырату
right-view_automation = Тапсырмалар мен шектерді көру
right-manage_automation = Тапсырмаларды іске қосу және тоқтату
right-manage_proxies = Проксиді баптау
right-manage_team = Адамдарды шақыру және рөлдерін өзгерту
right-manage_keys = API кілттерін жасау және қайтарып алу
right-view_audit = Журналды оқу

# Things that refusals name.
what-shop = дүкен
what-session = сеанс
what-user = қызметкер
what-login = логин
what-merchant = команда
what-invite = шақыру
what-key = API кілті
what-offer = тауар
what-rule = ереже
what-access = кабинетке кіру
what-proxy = прокси
what-row = файл жолы
what-import = жүктеу
what-job = тапсырма
what-run = іске қосу
what-change = баға өзгерісі
what-decision = бот шешімі
what-notice = хабарландыру

# What the journal says was done. Dots of the word become dashes.
audit-accounts-sign_up = Команда құрылды
audit-accounts-sign_in = Кіру
audit-accounts-sign_in_recovery_code = Қосалқы кодпен кіру
audit-accounts-password_changed = Құпиясөз өзгертілді
audit-accounts-password_reset = Құпиясөз сілтеме арқылы қайта қойылды
audit-accounts-reset_link_made = Жаңа құпиясөзге сілтеме жасалды
audit-accounts-second_factor_on = Екі қадамды кіру қосылды
audit-accounts-second_factor_off = Екі қадамды кіру өшірілді
audit-accounts-recovery_codes_made = Жаңа қосалқы кодтар жасалды
audit-accounts-session_ended = Сеанс аяқталды
audit-accounts-sessions_ended = Қалған сеанстар аяқталды
audit-accounts-name_changed = Аты өзгертілді
audit-accounts-role_changed = Рөлі өзгертілді
audit-accounts-member_removed = Қызметкер командадан шығарылды
audit-accounts-merchant_renamed = Команда атауы өзгертілді
audit-accounts-invite_made = Шақыру жасалды
audit-accounts-invite_revoked = Шақыру қайтарып алынды
audit-accounts-invite_accepted = Шақыру қабылданды
audit-accounts-key_made = API кілті жасалды
audit-accounts-key_revoked = API кілті қайтарып алынды

actor-system = Sauda
audit-log-intact = Журнал бүтін: { $rows } жазба тексерілді, кейін өзгертілгені жоқ.
audit-log-broken = Журнал № { $seq } жазбадан бастап бағдарламадан тыс өзгертілген. Дерекқордың көшірмесін сақтап, оған кімнің қолы жеткенін анықтаңыз.
