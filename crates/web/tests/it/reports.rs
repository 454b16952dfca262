//! Reports that are made by themselves, as a browser meets them.

use crate::house::House;
use sauda_kernel::Span;
use sauda_reports::timed::PlanKeeper;

const PATH: &str = "/s/aru-home/automation/reports";

fn typed<'a>(name: &'a str, time: &'a str, to: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut all = vec![
        ("name", name),
        ("kind", "errors"),
        ("shop", ""),
        ("frequency", "daily"),
        ("weekday", "1"),
        ("day", "1"),
        ("time", time),
        ("language", "ru"),
        ("pictures", "on"),
    ];
    if !to.is_empty() {
        all.push(("to", to));
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_made_by_a_form_sent_now_seen_and_taken_home() {
    let house = House::new().await;
    let browser = house.owner().await;
    house.market.sell("P-1", "Пуховик Aru Nord", "102298404", 38_740);
    let scope = house.scope(&browser).await;
    let shop = house.connect(&scope).await;
    let slug = house.catalog.shop(&scope, &shop).await.unwrap().slug;
    let path = PATH.replace("aru-home", &slug);
    let empty = house.get(&browser, &path).await;
    empty.has("Отчётов по расписанию нет");
    let overview = house.get(&browser, &format!("/s/{slug}/automation")).await;
    for name in ["Чтение заказов", "Бот цен", "Сбор рынка", "Отчёты"] {
        overview.has(name);
    }
    let wrong = house
        .post(&browser, &path, &typed("Ошибки дня", "25:00", "screen"))
        .await;
    assert_eq!(wrong.status, 422);
    wrong.has("«25:00» — не время");
    wrong.has("Ошибки дня");
    let nobody = house
        .post(&browser, &path, &typed("Ошибки дня", "9:00", ""))
        .await;
    assert_eq!(nobody.status, 422);
    nobody.has("Выберите, кому отправлять");
    let saved = house
        .post(&browser, &path, &typed("Ошибки дня", "9:00", "screen"))
        .await;
    assert_eq!(saved.to(), path);
    let list = house.get(&browser, &path).await;
    list.has("каждый день в 9:00");
    let twice = house
        .post(&browser, &path, &typed("Ошибки дня", "9:00", "screen"))
        .await;
    twice.has("Отчёт «Ошибки дня» уже есть");
    let (_, rest) = list.text.split_once(&format!("{path}/rpl_")).unwrap();
    let id: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
    let plan = format!("{path}/rpl_{id}");
    let edit = house.get(&browser, &plan).await;
    edit.has("value=\"Ошибки дня\"");
    let sent = house.post(&browser, &format!("{plan}/send"), &[]).await;
    let report = sent.to().to_owned();
    house.get(&browser, &report).await.has("Отчёт готовится");
    house.maker.run_until_idle().await.unwrap();
    let page = house.get(&browser, &report).await;
    // The speaker of tests says keys.
    page.has("report-head-errors-none");
    let pdf = house.get(&browser, &format!("{report}/report.pdf")).await;
    assert_eq!((pdf.status, pdf.header("content-type")), (200, "application/pdf"));
    let csv = house.get(&browser, &format!("{report}/report.csv")).await;
    csv.has("Ошибки дня");
    assert_eq!(
        house.get(&browser, &format!("{report}/report.exe")).await.status,
        404
    );
    assert_eq!(
        house.post(&browser, &format!("{plan}/pause"), &[]).await.to(),
        path
    );
    house.get(&browser, &path).await.has("На паузе");
    // While it rests nothing is made.
    house.clock.push(Span::from_days(3));
    let keeper = PlanKeeper::new(house.report_plans.clone());
    assert_eq!(keeper.turn().await.unwrap(), 0);
    assert_eq!(
        house.post(&browser, &format!("{plan}/remove"), &[]).await.to(),
        path
    );
    let after = house.get(&browser, &path).await;
    after.has("Отчётов по расписанию нет");
    after.has(&report);
}
