//! Templates: what is refused by name, what an empty value leaves, and that values never change the text around them.

use proptest::prelude::*;
use sauda_kernel::Tenge;
use sauda_messages::template::{Facts, Item, Pair, RenderError, Template, TemplateProblem, Variable};
use sauda_messages::understand::Language;

fn facts() -> Facts {
    Facts {
        customer_name: "Айгүл".to_owned(),
        order_code: "451236987".to_owned(),
        order_total: Some(Tenge(12_500)),
        items: vec![
            Item {
                name: "Платье синее".to_owned(),
                quantity: 1,
            },
            Item {
                name: "Носки".to_owned(),
                quantity: 3,
            },
        ],
        delivery_address: "Алматы, Абая 10".to_owned(),
        store_name: "Сауда".to_owned(),
        size: "46".to_owned(),
    }
}

fn rendered(text: &str, facts: &Facts) -> String {
    Template::parse(text).unwrap().render(facts).unwrap()
}

#[test]
fn variables_are_filled_by_their_names_in_three_languages() {
    assert_eq!(
        rendered(
            "Здравствуйте, {имя}! Заказ {order_code}, размер {өлшем}",
            &facts()
        ),
        "Здравствуйте, Айгүл! Заказ 451236987, размер 46"
    );
    assert_eq!(
        rendered("{товары}\n{ Адрес Доставки }", &facts()),
        "• Платье синее\n• Носки × 3\nАлматы, Абая 10"
    );
    assert_eq!(rendered("{сумма}", &facts()), Tenge(12_500).to_string());
    assert_eq!(
        rendered("скидка {{10}} для {store_name}", &facts()),
        "скидка {10} для Сауда"
    );
}

#[test]
fn unknown_variables_and_brackets_are_refused_by_name_and_place_all_at_once() {
    let problems = Template::parse("Привет {custmer_name}, {что-то странное} { и }}}").unwrap_err();
    assert_eq!(
        problems,
        [
            TemplateProblem::Unknown {
                name: "custmer_name".to_owned(),
                place: 8,
                nearest: Some("customer_name")
            },
            TemplateProblem::Unknown {
                name: "что-то странное".to_owned(),
                place: 24,
                nearest: None
            },
            TemplateProblem::Unknown {
                name: " и ".to_owned(),
                place: 42,
                nearest: None
            },
        ]
    );
    assert_eq!(
        Template::parse("a { b"),
        Err(vec![TemplateProblem::Unclosed { place: 3 }])
    );
    assert_eq!(
        Template::parse("a } b"),
        Err(vec![TemplateProblem::Unopened { place: 3 }])
    );
    assert_eq!(Template::parse("  \n"), Err(vec![TemplateProblem::Empty]));
    assert_eq!(
        Template::parse(&"я".repeat(2_001)),
        Err(vec![TemplateProblem::TooLong {
            length: 2_001,
            limit: 2_000
        }])
    );
    assert_eq!(
        problems[0].to_string(),
        "unknown variable {custmer_name} at sign 8: did you mean {customer_name}?"
    );
}

#[test]
fn an_empty_name_leaves_no_hole() {
    let nobody = Facts {
        customer_name: " ".to_owned(),
        ..facts()
    };
    for (text, wanted) in [
        ("Здравствуйте, {имя}! Заказ собран", "Здравствуйте! Заказ собран"),
        ("Здравствуйте {имя}, заказ собран", "Здравствуйте, заказ собран"),
        ("{имя}, ваш заказ {заказ}", "Ваш заказ 451236987"),
        ("Сәлем\n{аты}, тапсырыс дайын", "Сәлем\nТапсырыс дайын"),
        ("Уважаемый {имя} ждём вас", "Уважаемый ждём вас"),
        ("Спасибо, {имя}", "Спасибо"),
    ] {
        assert_eq!(rendered(text, &nobody), wanted, "{text}");
    }
}

#[test]
fn missing_facts_are_named_and_the_preview_shows_where() {
    let template = Template::parse("Заказ {заказ} на {сумма} в {size}").unwrap();
    let poor = Facts {
        order_code: "1".to_owned(),
        ..Facts::default()
    };
    let error = template.render(&poor).unwrap_err();
    assert_eq!(
        error,
        RenderError::Missing(vec![Variable::OrderTotal, Variable::Size])
    );
    assert_eq!(
        error.to_string(),
        "{order_total}, {size} are not known for this order: add the data or take the variable out of the template"
    );
    let preview = template.preview(&poor);
    assert_eq!(
        (preview.text.as_str(), preview.is_ready),
        ("Заказ 1 на — в —", false)
    );
    let full = template.preview(&facts());
    assert!(full.is_ready && full.missing.is_empty());
}

#[test]
fn a_value_cannot_speak_for_the_template() {
    let guest = Facts {
        customer_name: "*Скидки* http://spam.kz {order_code}".to_owned(),
        delivery_address: "Абая 10\n\nСрочно {размер}!".to_owned(),
        ..facts()
    };
    assert_eq!(
        rendered("{имя}: {адрес}", &guest),
        "Скидки httpspamkz ordercode: Абая 10 Срочно (размер)!"
    );
}

#[test]
fn the_pair_is_chosen_by_language_and_tells_what_one_side_forgot() {
    let pair = Pair::parse("Заказ {заказ} {сумма}", "Тапсырыс {тапсырыс}").unwrap();
    assert_eq!(pair.one_sided(), [Variable::OrderTotal]);
    assert_eq!(pair.of(Language::Kk), &pair.kk);
    assert_eq!(pair.of(Language::Mix), &pair.ru);
    let problems = Pair::parse("ok", "{бұл}").unwrap_err();
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].0, Language::Kk);
}

#[test]
fn a_message_longer_than_a_messenger_takes_is_refused() {
    let long = Facts {
        items: (0..40)
            .map(|_| Item {
                name: "т".repeat(300),
                quantity: 1,
            })
            .collect(),
        ..facts()
    };
    let error = Template::parse("{товары}\n{товары}")
        .unwrap()
        .render(&long)
        .unwrap_err();
    assert_eq!(
        error,
        RenderError::TooLong {
            length: 2 * (20 * 203 + 8) + 1,
            limit: 4_096
        }
    );
}

proptest! {
    #[test]
    fn no_value_leaves_brackets_or_breaks_the_words_around_it(
        name in "\\PC{0,80}", code in "\\PC{1,40}", address in "[\\PC\\n]{1,80}", size in "[{}a-zа-я0-9 ]{1,20}",
    ) {
        let facts = Facts { customer_name: name, order_code: code, delivery_address: address, size, ..facts() };
        let template = Template::parse("[{имя}] начало {заказ} середина {адрес} конец {размер} всё").unwrap();
        if let Ok(text) = template.render(&facts) {
            let marked = text.contains(['{', '}', '\n', '*', '~', '`']);
            prop_assert!(!marked, "{}", text);
            let words: Vec<usize> = ["начало", "середина", "конец", "всё"].iter().filter_map(|word| text.find(word)).collect();
            prop_assert_eq!(words.len(), 4);
        }
    }

    #[test]
    fn any_text_is_read_or_refused_and_what_is_read_renders_without_single_brackets(text in "[{}а-яa-z_ \\n]{0,60}") {
        if let Ok(template) = Template::parse(&text) {
            let doubled = text.matches("{{").count() + text.matches("}}").count();
            let told = template.preview(&facts()).text;
            let left = told.matches(['{', '}']).count();
            prop_assert!(left <= doubled, "{} of {}", left, doubled);
        }
    }
}
