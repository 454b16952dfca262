//! The table of roles and rights, whole: a change of it must be a change of this test.

use sauda_accounts::{Right, Role};

#[test]
fn who_may_what() {
    let table: String = Right::ALL
        .into_iter()
        .map(|right| {
            let marks: String = Role::ALL
                .into_iter()
                .map(|role| if role.may(right) { " +" } else { " -" })
                .collect();
            format!("{:<18}{marks}\n", right.word())
        })
        .collect();
    // Columns: owner, manager, packer, marketer.
    let expected = "\
view_today         + + + +
view_prices        + + - +
manage_prices      + + - -
view_money         + + - -
view_orders        + + + -
manage_orders      + + + -
view_buyers        + + - -
view_messages      + + + +
manage_messages    + + + +
view_catalog       + + + -
manage_catalog     + + - -
view_shops         + + - -
manage_shops       + + - -
view_automation    + + - -
manage_automation  + + - -
manage_proxies     + - - -
manage_team        + - - -
manage_keys        + - - -
view_audit         + - - -
";
    assert_eq!(table, expected);
}

#[test]
fn words_are_read_back() {
    for right in Right::ALL {
        assert_eq!(Right::parse(right.word()), Some(right));
    }
    for role in Role::ALL {
        assert_eq!(Role::parse(role.word()), Some(role));
    }
    assert_eq!(Right::parse("everything"), None);
}
