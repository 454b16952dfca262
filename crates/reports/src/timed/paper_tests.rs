//! What a report says, and what it never says: sums to eyes without the right to money.

use super::*;
use crate::Findings;
use crate::timed::{Frequency, MadeState};
use proptest::prelude::*;
use sauda_kernel::{Id, MerchantId};

struct Plain;

impl Speaker for Plain {
    fn say(&self, _: Language, _: Timestamp, key: &str, args: &[(&str, Said)]) -> String {
        format!("{key} {args:?}")
    }
}

fn made(findings: Findings) -> Made {
    let at = Timestamp::from_almaty(2026, 11, 23, 9, 0, 0).unwrap();
    let merchant: MerchantId = Id::from_parts(at, [1; 10]);
    Made {
        id: Id::from_parts(at, [2; 10]),
        merchant,
        plan: Id::from_parts(at, [3; 10]),
        name: "Profit of the week".to_owned(),
        kind: PlanKind::Profit,
        frequency: Frequency::Weekly,
        shop: None,
        recipients: Vec::new(),
        language: Language::Ru,
        pictures: true,
        state: MadeState::Made,
        by: String::new(),
        due_at: at,
        from_at: at,
        job: None,
        findings: Some(findings),
        unsent: Vec::new(),
        created_at: at,
        made_at: Some(at),
    }
}

fn paper(findings: Findings, sees_money: bool) -> Paper {
    let made = made(findings);
    Paper::of(&Plain, Language::Ru, made.due_at, &made, None, sees_money)
}

#[test]
fn numbers_are_read_in_groups() {
    assert_eq!(grouped(0), "0");
    assert_eq!(grouped(-1_234_567), "\u{2212}1\u{a0}234\u{a0}567");
    assert_eq!(grouped(999), "999");
}

#[test]
fn lengths_of_bars_are_shares_of_the_longest_whether_now_or_before() {
    let bar = |value, before| Bar {
        label: Value::Text("a".to_owned()),
        value: Value::Number(value),
        before,
        range: None,
    };
    let found = Findings::new("errors").part(Part::Bars {
        word: "errors".to_owned(),
        in_time: false,
        bars: vec![bar(50, Some(Value::Number(200))), bar(-100, None)],
    });
    let PaperBlock::Bars { bars, .. } = paper(found, true).blocks.remove(0) else {
        panic!("bars were found");
    };
    assert_eq!(
        (bars[0].share, bars[0].before.as_ref().unwrap().1, bars[1].share),
        (250, 1_000, -500)
    );
}

/// Sums of these tests are recognised by their digits.
const SUM: i64 = 77_777_777;

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Money(SUM)),
        (-9_999_i64..9_999).prop_map(Value::Number),
        "[a-z]{0,5}".prop_map(Value::Text),
        Just(Value::Unknown),
    ]
}

fn part() -> impl Strategy<Value = Part> {
    let named = || ("[a-z]{1,5}", value());
    let col = prop::sample::select(vec![Col::text("a"), Col::number("b"), Col::money("c")]);
    let cells = prop::collection::vec((col, -9_999_i64..9_999), 1..5).prop_map(|cells| {
        let columns = cells.iter().map(|(col, _)| col.clone()).collect();
        let row = cells.iter().map(|(col, number)| {
            if col.is_money {
                Value::Money(SUM)
            } else {
                Value::Number(*number)
            }
        });
        Part::Table {
            word: "t".to_owned(),
            columns,
            rows: vec![row.collect()],
            more: 0,
        }
    });
    prop_oneof![
        prop::collection::vec(named(), 0..3).prop_map(|args| Part::Say {
            word: "s".to_owned(),
            args
        }),
        prop::collection::vec(named(), 1..3).prop_map(|rows| Part::Facts {
            rows: rows
                .into_iter()
                .map(|(word, value)| (word, value.clone(), Some(value)))
                .collect()
        }),
        (value(), any::<bool>()).prop_map(|(value, in_time)| Part::Bars {
            word: "b".to_owned(),
            in_time,
            bars: vec![Bar {
                label: Value::Text("x".to_owned()),
                value,
                before: None,
                range: None
            }],
        }),
        cells,
    ]
}

proptest! {
    #[test]
    fn no_sum_is_told_to_eyes_without_the_right_to_money(
        parts in prop::collection::vec(part(), 0..6), args in prop::collection::vec(("[a-z]{1,4}", value()), 0..3),
    ) {
        let found = Findings { head: "profit".to_owned(), args, parts };
        let text = serde_json::to_string(&found).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Findings>(&text).unwrap(), &found, "kept as it was found");
        let bare = paper(found.clone(), false);
        for told in [format!("{:?}", bare.lines()), format!("{:?}", bare.rows()), format!("{:?}", bare.blocks)] {
            prop_assert!(!told.contains(&SUM.to_string()), "{told}");
        }
        let rows = paper(found, true).rows();
        prop_assert!(rows.windows(2).all(|pair| pair[0].len() == pair[1].len()));
    }
}
