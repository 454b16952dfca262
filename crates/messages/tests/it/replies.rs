//! What messages name and how they answer a question about a size.

use sauda_messages::understand::{Language, ReplyKind, understand};

#[track_caller]
fn reply(text: &str, kind: ReplyKind, size: Option<&str>, steps: Option<i64>) {
    let told = understand(text, None).reply;
    assert_eq!(
        (told.kind, told.size.as_deref(), told.steps),
        (kind, size, steps),
        "{text}"
    );
}

#[test]
fn a_yes_is_a_yes_in_any_language_and_sign() {
    for text in [
        "да",
        "Да!",
        "да подойдет",
        "подойдёт, спасибо",
        "иә",
        "ия",
        "ия болады",
        "болады",
        "ок",
        "Ok",
        "+",
        "👍",
        "👍🏽",
        "хорошо",
        "жарайды",
        "конечно",
        "да, всё верно",
        "дұрыс",
        "не против",
        "iya",
        "bolady",
        "давайте",
        "норм",
        "отправляйте",
        "жіберіңіз",
        "ага",
        "почему бы и нет",
        "ничего не меняйте",
    ] {
        reply(text, ReplyKind::Yes, None, None);
    }
    reply("да, 46", ReplyKind::Yes, Some("46"), None);
    reply("44 подтверждаю", ReplyKind::Yes, Some("44"), None);
}

#[test]
fn a_no_is_a_no_and_tells_the_way_when_it_says_why() {
    for text in [
        "нет",
        "жоқ",
        "jok",
        "жок",
        "👎",
        "не подойдет",
        "болмайды",
        "келмейді",
        "не подходит мне",
        "дұрыс емес",
        "нет, спасибо",
        "не тот",
    ] {
        reply(text, ReplyKind::No, None, None);
    }
    for text in ["не", "no", "не хочу"] {
        reply(text, ReplyKind::No, None, None);
    }
    reply("тар болады", ReplyKind::No, None, Some(1));
    reply("кең болады", ReplyKind::No, None, Some(-1));
    reply("жок кишкентай", ReplyKind::No, None, Some(1));
    reply("нет, маленький", ReplyKind::No, None, Some(1));
    reply("көйлек кең", ReplyKind::No, None, Some(-1));
}

#[test]
fn another_size_is_named_or_counted_in_steps() {
    for (text, size) in [
        ("рахмет 44 болады", "44"),
        ("лучше 46", "46"),
        ("можно M?", "M"),
        ("можно м?", "M"),
        ("нет, 48", "48"),
        ("не 46 а 48", "48"),
        ("жоқ 50 керек", "50"),
        ("да но лучше 48", "48"),
        ("46 мал, давайте 48", "48"),
        ("xl керек", "XL"),
        ("2xl", "XXL"),
        ("эльку", "L"),
        ("46-48", "46-48"),
        ("s жібере салыңыз", "S"),
        ("сорок шесть", "46"),
        ("сорок восьмой давайте", "48"),
        ("М-ку", "M"),
        ("48 емес 46", "46"),
        ("46 не надо, надо 48", "48"),
        ("44 мало 48 много значит 46", "46"),
        ("46 но свободный", "46"),
        ("размер 50 хочу", "50"),
    ] {
        reply(text, ReplyKind::OtherSize, Some(size), None);
    }
    for (text, steps) in [
        ("на размер больше", 1),
        ("побольше", 1),
        ("бір размер үлкен", 1),
        ("үлкенірек", 1),
        ("екі размер үлкен", 2),
        ("на два размера больше", 2),
        ("поменьше можно?", -1),
        ("давайте на размер меньше", -1),
        ("нет, меньше", -1),
    ] {
        reply(text, ReplyKind::OtherSize, None, Some(steps));
    }
}

#[test]
fn the_offered_size_named_again_is_a_yes() {
    let told = understand("44 болады", Some("44")).reply;
    assert_eq!((told.kind, told.size.as_deref()), (ReplyKind::Yes, Some("44")));
    let told = understand("да, 46", Some("44")).reply;
    assert_eq!(
        (told.kind, told.size.as_deref()),
        (ReplyKind::OtherSize, Some("46"))
    );
}

/// What is said of a size that was asked about.
#[track_caller]
fn of_46(text: &str, kind: ReplyKind, size: Option<&str>, steps: Option<i64>) {
    let told = understand(text, Some("46")).reply;
    assert_eq!(
        (told.kind, told.size.as_deref(), told.steps),
        (kind, size, steps),
        "{text}"
    );
}

#[test]
fn the_offered_size_refused_in_any_words_is_a_no() {
    for text in [
        "46 не подойдёт",
        "46 не подходит мне",
        "нет, 46 не беру",
        "46 мне не надо",
        "размер 46 не мой",
        "46 не влезу",
        "не влезу в 46",
        "не хочу 46",
        "46, не мой размер",
        "46-й точно не подойдет",
        "46 маған келмейді",
        "46 болмайды",
        "46 емес",
        "46 маған керек емес",
        "мне 46 никак",
    ] {
        of_46(text, ReplyKind::No, None, None);
    }
    of_46("46 кіші", ReplyKind::No, None, Some(1));
    of_46("46 өте кіші", ReplyKind::No, None, Some(1));
    of_46("46 мне маловат", ReplyKind::No, None, Some(1));
    of_46("мал 46", ReplyKind::No, None, Some(1));
    of_46("46 сыймаймын", ReplyKind::No, None, Some(1));
    of_46("46 үлкен", ReplyKind::No, None, Some(-1));
    of_46("46 слишком велик", ReplyKind::No, None, Some(-1));
    reply("M не подойдет", ReplyKind::No, None, None);
    for text in [
        "46 не подойдет, давайте 48",
        "48 вместо 46",
        "46 орнына 48 жіберіңіз",
        "не подойдет, лучше 48",
    ] {
        of_46(text, ReplyKind::OtherSize, Some("48"), None);
    }
    reply("можно M взамен L", ReplyKind::OtherSize, Some("M"), None);
    reply("беру 46 вместо 48", ReplyKind::OtherSize, Some("46"), None);
    for text in [
        "беру 46 вместо 48",
        "46 а не 48",
        "46 не меняйте",
        "жоқ, бәрі дұрыс, 46",
    ] {
        of_46(text, ReplyKind::Yes, Some("46"), None);
    }
}

#[test]
fn a_not_beside_a_size_that_nothing_explains_goes_to_a_person() {
    for text in [
        "46 не больше",
        "46 не мал",
        "46 подойдет не сомневаюсь что нет",
        "46 не надо 48",
        "48 не подойдет",
        "не подойдет. 46",
        "нет, 46",
        "46 на размер больше",
        "46 не подойдёт?",
        "не знаю 46 наверное",
        "46 только не чёрный",
        "да 46 не перепутайте",
    ] {
        of_46(text, ReplyKind::Unclear, None, None);
    }
}

#[test]
fn who_gives_the_order_up_or_urges_agrees_to_nothing() {
    for text in [
        "да, отмените заказ",
        "да, верните деньги за заказ",
        "больше не нужно",
        "да но мне больше не нужен этот заказ",
        "отправьте уже быстрее",
        "хочу обменять",
        "нешінші күні келеді",
        "подойдёт для сенсорной плиты?",
        "ок, но верну если не подойдет",
        "да, тапсырыстан бас тартамын",
        "жіберіңіз тез",
        "меньше 2 кг весит?",
        "всё верно, но больше не нужно",
        "всё верно?",
    ] {
        reply(text, ReplyKind::Unclear, None, None);
    }
    reply("да, отправьте быстрее", ReplyKind::Yes, None, None);
    reply("жоқ, бәрі дұрыс", ReplyKind::Yes, None, None);
    reply("нет, всё хорошо", ReplyKind::Yes, None, None);
    reply("бәрі дұрыс емес", ReplyKind::No, None, None);
}

#[test]
fn a_parcel_has_no_body_and_a_size_is_no_weight() {
    let told = understand("меньше 2 кг весит?", None).values.measures;
    assert_eq!(told.weight_kg, None);
    for offered in [None, Some("46")] {
        let told = understand("46, рост 170", offered).values;
        assert_eq!(
            (told.measures.height_cm, told.measures.weight_kg),
            (Some(170), None)
        );
        assert_eq!(told.sizes, ["46"]);
    }
    let told = understand("рост 160, 48", Some("48")).values.measures;
    assert_eq!((told.height_cm, told.weight_kg), (Some(160), None));
    let told = understand("рост 98 вес 15", None).values.measures;
    assert_eq!((told.height_cm, told.weight_kg), (Some(98), Some(15)), "a child");
}

#[test]
fn measures_are_read_from_every_way_of_writing() {
    for (text, height, weight) in [
        ("рост 165 вес 60", Some(165), Some(60)),
        ("165/60", Some(165), Some(60)),
        ("165 60", Some(165), Some(60)),
        ("178-82", Some(178), Some(82)),
        ("60 165", Some(165), Some(60)),
        ("бойым 170 салмағым 65", Some(170), Some(65)),
        ("boiym 170 salmagym 65", Some(170), Some(65)),
        ("бойы 165 салмагы 58", Some(165), Some(58)),
        ("рост сто шестьдесят пять вес шестьдесят", Some(165), Some(60)),
        ("бойым жүз жетпіс салмағым алпыс бес", Some(170), Some(65)),
        ("1,75 80кг", Some(175), Some(80)),
        ("рост 1м 80 вес 90", Some(180), Some(90)),
        ("рост1.70 вес70", Some(170), Some(70)),
        ("164 см", Some(164), None),
        ("вес 72", None, Some(72)),
        ("вешу 58", None, Some(58)),
        ("60 кг 170 см", Some(170), Some(60)),
        ("сто шестьдесят пять", Some(165), None),
        ("ребенку рост 98", Some(98), None),
        ("160 рост 55 вес", Some(160), Some(55)),
        ("размер 50 рост 178 вес 80 подойдет?", Some(178), Some(80)),
        (
            "Сәлеметсіз бе, 48 размер барма, бойым 178 салмағым 80",
            Some(178),
            Some(80),
        ),
        ("178 рост, вес 80", Some(178), Some(80)),
        ("рост 178, 80 вес", Some(178), Some(80)),
        ("178 рост 80 вес, размер 50", Some(178), Some(80)),
        ("164,58", Some(164), Some(58)),
        ("мой рост метр семьдесят, вес 65", Some(170), Some(65)),
        ("сто семьдесят на шестьдесят", Some(170), Some(60)),
        ("метр шестьдесят пять", Some(165), None),
        ("метр шестьдесят пять, вес 60", Some(165), Some(60)),
        ("1 м 65", Some(165), None),
    ] {
        let told = understand(text, None);
        assert_eq!(told.reply.kind, ReplyKind::Measurements, "{text}");
        assert_eq!(
            (told.values.measures.height_cm, told.values.measures.weight_kg),
            (height, weight),
            "{text}"
        );
    }
}

#[test]
fn what_says_nothing_certain_goes_to_a_person() {
    for text in [
        "",
        "???",
        "не знаю",
        "а подойдет?",
        "когда доставка?",
        "сіз қалай ойлайсыз",
        "да нет наверное",
        "46 или 48?",
        "спасибо",
        "нет, подойдет",
        "🤔",
    ] {
        reply(text, ReplyKind::Unclear, None, None);
    }
}

#[test]
fn wishes_for_silence_are_honoured_and_nothing_else_is_taken_for_one() {
    for text in [
        "стоп",
        "СТОП!",
        "stop",
        "не пишите",
        "не пишите мне больше",
        "не пишите пожалуйста на этот номер",
        "отпишите меня",
        "отпишитесь",
        "жазбаңыз",
        "jazbanyz",
        "маған жазбаңызшы",
        "тоқтатыңыз",
        "хватит писать",
        "уберите меня из рассылки",
        "не присылайте рекламу",
        "хабарлама жібермеңіз",
        "мазаламаңыз",
        "не беспокойте",
        "отстаньте",
        "отстаньте от меня",
        "удалите мой номер",
        "мазамды алмаңыз",
        "не пишите и не звоните",
    ] {
        assert!(understand(text, None).opt_out, "{text}");
    }
    for text in [
        "стопа 25 см",
        "стоп, не отправляйте заказ",
        "почему не пишите?",
        "вы не пишите размер",
        "не отправляйте заказ",
        "тапсырысты тоқтатыңыз",
        "автостоп",
        "напишите мне",
        "не надо",
        "стоп-кран есть?",
        "жазыңызшы",
        "жібермеңіз тапсырысты",
        "не пишите размер на коробке пожалуйста",
        "не пишите имя на посылке",
        "не пишите мой адрес",
        "не звоните, пишите",
        "не звоните в домофон",
        "удалите номер заказа",
    ] {
        assert!(!understand(text, None).opt_out, "{text}");
    }
}

#[test]
fn values_are_named_once_each() {
    let told = understand(
        "Сәлем! қара көйлек 46 Алматыға 2 дана, 15 000 тг, 87011234567",
        None,
    )
    .values;
    assert_eq!(told.sizes, ["46"]);
    assert_eq!(told.colours, ["black"]);
    assert_eq!(told.city.map(|city| city.name), Some("Алматы"));
    assert_eq!(
        (told.measures.quantity, told.measures.price_tenge),
        (Some(2), Some(15_000))
    );
    assert_eq!(told.phones[0].e164.as_deref(), Some("+77011234567"));
    let told = understand("заказ 451236987 не пришел в Усть-Каменогорск", None).values;
    assert_eq!(told.order_code.as_deref(), Some("451236987"));
    assert_eq!(told.city.map(|city| city.slug), Some("ust-kamenogorsk"));
    let told = understand(
        "ребенку 5 лет, стопа 17,5 см, бюджет до 20 тысяч, синие или белые",
        None,
    )
    .values;
    assert_eq!(
        (told.measures.age_years, told.measures.foot_mm),
        (Some(5), Some(175))
    );
    assert_eq!(
        (told.measures.price_tenge, told.measures.is_budget),
        (Some(20_000), true)
    );
    assert_eq!(told.colours, ["blue", "white"]);
    let told = understand("ог 90 от 60 об 92", None).values.measures;
    assert_eq!(
        (told.chest_cm, told.waist_cm, told.hips_cm),
        (Some(90), Some(60), Some(92))
    );
}

#[test]
fn words_that_begin_like_a_name_are_none() {
    for text in [
        "белье есть?",
        "сервис плохой",
        "красота",
        "балам 5 жаста",
        "белі 70 см",
        "актуально?",
    ] {
        let told = understand(text, None).values;
        assert_eq!((told.colours.len(), told.city), (0, None), "{text}");
    }
}

#[test]
fn the_language_is_told_by_words_and_letters() {
    for (text, language) in [
        ("Где мой заказ?", Language::Ru),
        ("сколько стоит", Language::Ru),
        ("Тапсырысым қайда", Language::Kk),
        ("kansha turady", Language::Kk),
        ("багасы канша", Language::Kk),
        ("қымбат екен, скидка болады ма, почему дорого", Language::Mix),
        ("how much is the delivery", Language::En),
        ("👍", Language::Ru),
    ] {
        assert_eq!(understand(text, None).language, language, "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_a_fall(text in "\\PC{0,80}") {
        let told = understand(&text, None);
        let sum: f64 = told.ranking.iter().map(|(_, share)| share).sum();
        proptest::prop_assert!((sum - 1.0).abs() < 1e-6);
    }
}
