# Өлшем кеңесі: себептер және кеңес неге жоқ. Кілт – себептің коды. Өлшемдер сантиметр мен килограммда.

size-advice = Өлшем кеңесі
size-confidence = сенімділік { $percent } %
size-no-data = Кеңеске дерек жоқ
size-chances = кіші { $small } %, дәл { $fit } %, үлкен { $large } %

size-reason-brand-table = Тауардың немесе брендтің өлшем кестесі бойынша
size-reason-body-table = Дене өлшемдері мен кесте бойынша
size-reason-height-weight = Бойы { $height_cm } см, салмағы { $weight_kg } кг бойынша
size-reason-weight = Салмағы { $weight_kg } кг бойынша
size-reason-height = Бойы { $height_cm } см бойынша
size-reason-usual-size = Әдетте { $size } алады
size-reason-user-history = Бұрынғы { $count } сатып алу бойынша
size-reason-outcomes-small = Кіші болды: { $count } адамның { $small } осылай деді
size-reason-outcomes-large = Үлкен болды: { $count } адамның { $large } осылай деді
size-reason-outcomes-fit = Әдетте өлшеміне дәл: { $count } жауап
size-reason-runs-small = Өлшемінен кіші болады
size-reason-runs-large = Өлшемінен үлкен немесе кең пішілген
size-reason-between-sizes = { $first } және { $second } арасында
size-reason-growth = Өсуіне қарай бір өлшем үлкен
size-reason-foot-length = Табан ұзындығы { $foot_cm } см бойынша
size-reason-child-height = Баланың бойы { $height_cm } см бойынша
size-reason-child-age = Баланың жасы бойынша: { $age }
size-reason-waist = Бел өлшемі { $waist_cm } см бойынша
size-reason-under-bust = Кеуде асты { $underbust_cm } см және кеуде { $chest_cm } см бойынша
size-reason-bust = Бюстгальтер өлшемі { $bust_num } бойынша
size-reason-gender-assumed = Әйелдер кестесі бойынша: жынысы көрсетілмеген

size-why-no-body = Сатып алушы туралы ештеңе белгісіз. Бойы мен салмағын немесе әдеттегі өлшемін сұраңыз
size-why-too-little = Мұндай өлшемге дерек аз. Осы өлшем таңдалатын дене өлшемін сұраңыз
size-why-outside-tables = Дене өлшемдері кестелерден тыс. Заттың нақты өлшемдерімен салыстыруды сұраңыз
size-why-unknown-system = Өлшемдер қай жүйеде екені белгісіз. Жүйесін, тауар түрін немесе жынысын көрсетіңіз
size-why-no-size-suits = Бар өлшемдердің ешқайсысы келмейді
