//! What reviews say, in each spelling, with what turns a word.

use proptest::prelude::*;
use sauda_research::sentiment::{Polarity, Tone, lexicon::Aspect, read, read_parts};

#[test]
fn praise_and_blame_are_told_in_russian_kazakh_and_latin_typing() {
    for (text, polarity) in [
        ("Очень понравилось, качество отличное", Polarity::Positive),
        ("Качество ужасное, порвалось в первый день", Polarity::Negative),
        ("Өте керемет, ұнады", Polarity::Positive),
        ("оте керемет, унады", Polarity::Positive),
        ("ote keremet, unady", Polarity::Positive),
        ("Мүлдем ұнамады, сапасы нашар", Polarity::Negative),
        ("мулдем унамады, сапасы нашар", Polarity::Negative),
    ] {
        assert_eq!(read(text).polarity, polarity, "{text}");
    }
}

#[test]
fn what_is_denied_speaks_for_the_other_side() {
    for (text, polarity) in [
        ("не понравилось", Polarity::Negative),
        ("не рекомендую", Polarity::Negative),
        ("недостатков не нашла", Polarity::Positive),
        ("кемшілігі жоқ", Polarity::Positive),
        ("жақсы емес", Polarity::Negative),
    ] {
        assert_eq!(read(text).polarity, polarity, "{text}");
    }
    let told = read("не рекомендую");
    assert_eq!(
        told.reasons
            .iter()
            .map(|reason| (reason.word.as_str(), reason.polarity))
            .find(|(word, _)| *word == "рекомендую"),
        Some(("рекомендую", Polarity::Negative))
    );
}

#[test]
fn no_blame_is_no_blame_and_thanks_for_blame_are_no_thanks() {
    for text in [
        "Ничего плохого сказать не могу",
        "ничего плохого не могу сказать",
        "Ничего плохого об этой вещи сказать не могу",
        "Плохого ничего сказать не могу",
        "Жаман ештеңе жоқ",
    ] {
        let told = read(text);
        assert_ne!(told.polarity, Polarity::Negative, "{text}");
        assert!(told.stars >= 3, "{text}: {}", told.stars);
    }
    for text in [
        "Ничего хорошего",
        "Спасибо за брак",
        "спасибо за бракованный чайник",
        "Спасибо большое за брак",
        "Ақау үшін рахмет",
    ] {
        let told = read(text);
        assert_eq!(told.polarity, Polarity::Negative, "{text}");
        assert!(told.stars <= 3, "{text}: {}", told.stars);
    }
    for text in [
        "Спасибо за быструю доставку",
        "Спасибо за заказ, всё отлично",
        "Жылдам жеткізгені үшін рахмет",
    ] {
        assert_eq!(
            (read(text).polarity, read(text).tone),
            (Polarity::Positive, Tone::Positive),
            "{text}"
        );
    }
    assert_eq!(read("Спасибо за брак").stars, 1);
}

#[track_caller]
fn agrees(text: &str) {
    let told = read(text);
    match told.stars {
        4 | 5 => assert_eq!(
            (told.polarity, told.tone),
            (Polarity::Positive, Tone::Positive),
            "{text}"
        ),
        1 | 2 => assert_eq!(
            (told.polarity, told.tone),
            (Polarity::Negative, Tone::Negative),
            "{text}"
        ),
        stars => {
            assert_eq!(stars, 3, "{text}");
            assert!(
                matches!(told.tone, Tone::Mixed | Tone::Neutral),
                "{text}: {:?}",
                told.tone
            );
        }
    }
}

const PARTS: [&str; 24] = [
    "спасибо",
    "за",
    "брак",
    "не",
    "ничего",
    "плохого",
    "хороший",
    "товар",
    "ужасно",
    "отлично",
    "но",
    "доставка",
    "долго",
    "рахмет",
    "жаман",
    "емес",
    "жақсы",
    "жоқ",
    "сломался",
    "нормально",
    "👍",
    "👎",
    ".",
    "размер",
];

#[test]
fn a_review_of_both_kinds_is_mixed_and_tells_what_is_bad() {
    let told = read("Товар хороший, а доставка ужасная");
    assert_eq!(told.tone, Tone::Mixed);
    assert_eq!(told.aspects, [(Aspect::Delivery, Tone::Negative)]);
}

#[test]
fn nothing_under_bad_does_not_make_a_review_worse() {
    let praised = read_parts("", "Красивая, удобная", "");
    for nothing in ["нет", "жоқ", "-", "Не обнаружено", "пока нет"] {
        let told = read_parts("", "Красивая, удобная", nothing);
        assert_eq!(
            (told.stars, told.polarity),
            (praised.stars, praised.polarity),
            "{nothing}"
        );
    }
}

proptest! {
    #[test]
    fn stars_polarity_and_tone_never_contradict_each_other(
        words in prop::collection::vec(prop::sample::select(&PARTS[..]), 0..9), text in "\\PC{0,60}",
    ) {
        agrees(&words.join(" "));
        agrees(&text);
        agrees(&format!("{} {text}", words.join(" ")));
    }

    #[test]
    fn any_text_gets_one_to_five_stars_and_shares_that_add_up(text in "\\PC{0,80}") {
        let told = read(&text);
        prop_assert!((1..=5).contains(&told.stars));
        prop_assert!((told.shares.iter().sum::<f64>() - 1.0).abs() < 1e-6);
        prop_assert!((0.0..=1.0).contains(&told.positive));
        prop_assert!(told.reasons.len() <= 5);
    }
}
