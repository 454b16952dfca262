//! The phrases that pretend buyers choose from, by temper and tongue; `{s}` is a size, `{h}` and `{w}` are height and weight. Refuses to
//! choose.

use super::buyers::{Temper, Tongue};

const YES_RUSSIAN: &[&str] = &[
    "Да",
    "Да, всё верно",
    "Да подтверждаю, отправляйте",
    "Ок",
    "Хорошо, размер подходит",
    "Верно, спасибо",
    "Ага, отправляйте",
    "+",
];
const YES_KAZAKH: &[&str] = &[
    "Иә",
    "Иә, дұрыс",
    "Жарайды",
    "Болады, жібере беріңіз",
    "Иә өлшемі дұрыс, рахмет",
    "Мақұл",
];
const YES_MIXED: &[&str] = &[
    "Иә, всё верно",
    "Да, жібере беріңіз",
    "Ок, рахмет",
    "Жарайды, отправляйте",
];
const NO_RUSSIAN: &[&str] = &[
    "Нет",
    "Нет, отмените заказ",
    "Не надо, передумала",
    "Отменяю, спасибо",
    "Не подходит, отмените пожалуйста",
];
const NO_KAZAKH: &[&str] = &[
    "Жоқ",
    "Жоқ, керек емес",
    "Тапсырысты болдырмаңыз",
    "Жоқ, алмаймын",
];
const NO_MIXED: &[&str] = &["Жоқ, отмените", "Керек емес, отмена", "Нет, алмаймын"];
const OTHER_SIZE_RUSSIAN: &[&str] = &[
    "Нет, нужен {s}",
    "Давайте {s} размер",
    "Лучше {s}",
    "Можно {s}?",
    "Размер {s} пожалуйста",
    "{s}",
];
const OTHER_SIZE_KAZAKH: &[&str] = &[
    "Жоқ, {s} керек",
    "{s} өлшем беріңіз",
    "Маған {s} размері керек",
    "{s} бар ма?",
];
const OTHER_SIZE_MIXED: &[&str] = &["Нет, маған {s} керек", "{s} размер беріңіз", "Лучше {s} болсын"];
const MEASURES_RUSSIAN: &[&str] = &[
    "Рост {h} вес {w}",
    "{h}/{w}",
    "{h} см {w} кг, какой подойдёт?",
    "вес {w} рост {h}",
    "Мой рост {h}, вешу {w} кг",
];
const MEASURES_KAZAKH: &[&str] = &[
    "Бойым {h} салмағым {w}",
    "Бойы {h}, салмағы {w} кг",
    "{h} см, {w} кг",
];
const MEASURES_MIXED: &[&str] = &["Бойым {h}, вес {w}", "Рост {h} салмағым {w}"];
const NONSENSE: &[&str] = &[
    "???",
    "Алло кто это",
    "Вы кто",
    "Сколько стоит доставка в Актау",
    "👍👍👍",
    "Ассалаумағалейкум",
    "Не туда попали",
    "ватсап не открывается потом напишу",
];
const STOP_RUSSIAN: &[&str] = &[
    "Не пишите мне больше",
    "Стоп",
    "Удалите мой номер",
    "Хватит спамить",
];
const STOP_KAZAKH: &[&str] = &["Маған жазбаңыз", "Жазбаңыздаршы", "Тоқтатыңыз"];
const STOP_MIXED: &[&str] = &["Стоп, жазбаңыз", "Маған больше не пишите"];
const QUESTION_RUSSIAN: &[&str] = &[
    "А когда доставка?",
    "Где мой заказ",
    "Можно самовывоз?",
    "А цвет какой будет?",
    "Гарантия есть?",
];
const QUESTION_KAZAKH: &[&str] = &[
    "Қашан келеді?",
    "Тапсырысым қайда?",
    "Түсі қандай?",
    "Жеткізу қанша тұрады?",
];
const QUESTION_MIXED: &[&str] = &["Доставка қашан болады?", "Заказым қайда?", "Қай цвет келеді?"];
const SILENT: &[&str] = &["Ок"];

pub fn of(temper: Temper, tongue: Tongue) -> &'static [&'static str] {
    match (temper, tongue) {
        (Temper::Yes, Tongue::Russian) => YES_RUSSIAN,
        (Temper::Yes, Tongue::Kazakh) => YES_KAZAKH,
        (Temper::Yes, Tongue::Mixed) => YES_MIXED,
        (Temper::No, Tongue::Russian) => NO_RUSSIAN,
        (Temper::No, Tongue::Kazakh) => NO_KAZAKH,
        (Temper::No, Tongue::Mixed) => NO_MIXED,
        (Temper::OtherSize, Tongue::Russian) => OTHER_SIZE_RUSSIAN,
        (Temper::OtherSize, Tongue::Kazakh) => OTHER_SIZE_KAZAKH,
        (Temper::OtherSize, Tongue::Mixed) => OTHER_SIZE_MIXED,
        (Temper::Measures, Tongue::Russian) => MEASURES_RUSSIAN,
        (Temper::Measures, Tongue::Kazakh) => MEASURES_KAZAKH,
        (Temper::Measures, Tongue::Mixed) => MEASURES_MIXED,
        (Temper::Nonsense, _) => NONSENSE,
        (Temper::Stop, Tongue::Russian) => STOP_RUSSIAN,
        (Temper::Stop, Tongue::Kazakh) => STOP_KAZAKH,
        (Temper::Stop, Tongue::Mixed) => STOP_MIXED,
        (Temper::Question, Tongue::Russian) => QUESTION_RUSSIAN,
        (Temper::Question, Tongue::Kazakh) => QUESTION_KAZAKH,
        (Temper::Question, Tongue::Mixed) => QUESTION_MIXED,
        (Temper::Silent | Temper::ChangesMind, _) => SILENT,
    }
}
