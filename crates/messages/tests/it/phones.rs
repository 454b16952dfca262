//! Phone numbers in texts: what is one, what only looks like one.

use sauda_messages::phone::{PhoneKind, PhoneProblem, find};

#[track_caller]
fn check(text: &str, wanted: &[&str]) {
    let found = find(text);
    let told: Vec<String> = found
        .iter()
        .map(|phone| {
            let number = phone.e164.clone().or_else(|| phone.masked.clone());
            let extension = phone
                .extension
                .as_ref()
                .map(|extension| format!("#{extension}"))
                .unwrap_or_default();
            number.unwrap_or_else(|| format!("{:?}", phone.problem)) + &extension
        })
        .collect();
    assert_eq!(told, wanted, "{text}");
}

#[test]
fn numbers_are_found_in_every_form() {
    for text in [
        "8 701 123 45 67",
        "+7(701)1234567",
        "+7 (701) 123-45-67",
        "7011234567",
        "701 123 45 67",
        "87011234567",
        "77011234567",
        "8-701-123-45-67",
        "8.701.123.45.67",
        "8(701)1234567",
        "wa.me/77011234567",
        "https://wa.me/77011234567",
        "https://api.whatsapp.com/send?phone=77011234567",
        "87O1 123 45 67",
        "8 7о1 1234567",
        "тел:87011234567",
        "тел87011234567 звоните",
        "+7\u{a0}701\u{a0}123\u{a0}45\u{a0}67",
        "007 701 123 45 67",
        "Айгуль 8701 123 4567 Алматы",
        "мой номер +77011234567.",
    ] {
        check(text, &["+77011234567"]);
    }
}

#[test]
fn several_numbers_in_a_text_stay_apart() {
    check(
        "8 701 123 45 67, 8 702 765 43 21",
        &["+77011234567", "+77027654321"],
    );
    check(
        "8 701 123 45 67 8 702 765 43 21",
        &["+77011234567", "+77027654321"],
    );
    check("87011234567/87027654321", &["+77011234567", "+77027654321"]);
    check("+77011234567+77027654321", &["+77011234567", "+77027654321"]);
}

#[test]
fn towns_operators_and_neighbours_are_known() {
    let found = find("8-7172-55-66-77 доб. 123");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].e164.as_deref(), Some("+77172556677"));
    assert_eq!(
        (found[0].kind, found[0].region),
        (PhoneKind::Fixed, Some("Астана"))
    );
    assert_eq!(found[0].extension.as_deref(), Some("123"));
    let found = find(
        "8 727 250 12 34, 8 707 111 22 33, +7 912 345 67 89, +998 90 123 45 67, 996 555 123 456, +49 1512 3456789",
    );
    let told: Vec<_> = found
        .iter()
        .map(|phone| (phone.country.as_deref().unwrap(), phone.kind))
        .collect();
    assert_eq!(
        told,
        [
            ("KZ", PhoneKind::Fixed),
            ("KZ", PhoneKind::Mobile),
            ("RU", PhoneKind::Mobile),
            ("UZ", PhoneKind::Mobile),
            ("KG", PhoneKind::Mobile),
            ("DE", PhoneKind::Mobile),
        ]
    );
    assert_eq!(found[1].operator, Some("T2"));
    assert_eq!(found[4].e164.as_deref(), Some("+996555123456"));
    check("998 90 123 45 67", &["+998901234567"]);
    check("912 345 67 89", &["+79123456789"]);
}

#[test]
fn hidden_digits_are_never_guessed() {
    for (text, masked) in [
        ("+7 (7**) ***-**-12", "+77*******12"),
        ("8701***4567", "+7701***4567"),
        ("+7 701 XXX XX 67", "+7701*****67"),
        ("7(702)•••-••-88", "+7702*****88"),
    ] {
        let found = find(text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(
            (found[0].kind, found[0].e164.clone()),
            (PhoneKind::Masked, None),
            "{text}"
        );
        assert_eq!(found[0].masked.as_deref(), Some(masked), "{text}");
        assert!(!found[0].is_valid());
    }
}

#[test]
fn what_only_looks_like_a_number_is_none() {
    for text in [
        "цена 87 000 000 000 тг",
        "стоит 8 700 000",
        "заказ 451236987",
        "заказ 7011234567",
        "заказ № 7011234567",
        "карта 4400 4301 2345 6789",
        "4400430123456789",
        "ИИН 990101300123",
        "БИН 120340012345",
        "770101400123",
        "20.11.2026 15:30",
        "2026-11-20 15:30:45",
        "192.168.100.200",
        "77.75.123.123",
        "https://kaspi.kz/shop/p/x-87011234567/?c=750000000",
        "артикул SM87011234567",
        "размер 44 46 48 50 52",
        "90-60-90",
        "8 марта 2026",
    ] {
        check(text, &[]);
    }
}

#[test]
fn a_broken_number_with_its_plus_is_told_as_broken() {
    for (text, problem) in [
        ("+7 701 123 45", PhoneProblem::TooShort),
        ("+7 701 123 45 678", PhoneProblem::TooLong),
        ("+7 730 123 45 67", PhoneProblem::UnknownPrefix),
    ] {
        let found = find(text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(
            (found[0].problem, found[0].e164.clone()),
            (Some(problem), None),
            "{text}"
        );
    }
}

#[test]
fn places_are_of_the_text() {
    let text = "Звоните: +7 (701) 123-45-67 доб. 5, спасибо";
    let found = find(text);
    assert_eq!(&text[found[0].start..found[0].end], "+7 (701) 123-45-67 доб. 5");
    assert_eq!(found[0].text, "+7 (701) 123-45-67 доб. 5");
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_a_fall_and_places_fit(text in "[0-9 +()\\-.*OoОоxхдб#№₸a-zа-я]{0,60}") {
        for phone in find(&text) {
            proptest::prop_assert!(text.get(phone.start..phone.end).is_some());
            proptest::prop_assert_eq!(phone.e164.is_some(), phone.is_valid());
        }
    }

    #[test]
    fn a_number_is_found_however_it_is_cut(prefix in proptest::sample::select(vec!["701", "702", "705", "707", "747", "771", "777", "778"]),
        rest in "[0-9]{7}", start in proptest::sample::select(vec!["+7", "8", "7", "+7 ", "8 ", "8-"]),
        cut in proptest::sample::select(vec![" ", "-", "", "."])) {
        let (one, other) = rest.split_at(3);
        let text = format!("вот {start}{prefix}{cut}{one}{cut}{other} да");
        let found = find(&text);
        proptest::prop_assert_eq!(found.len(), 1, "{}", text);
        proptest::prop_assert_eq!(found[0].e164.clone(), Some(format!("+7{prefix}{rest}")));
    }
}
