//! What is sent is what people read.

use crate::world::{World, to, whole};
use sauda_channel::Mailer as _;

#[tokio::test]
async fn a_letter_with_everything_arrives_whole() {
    let world = World::open().await;
    let receipt = world.send(&whole()).await.unwrap();
    assert_eq!(
        (receipt.id.as_str(), receipt.refused.len()),
        ("rpt_01@example.kz", 0)
    );
    assert_eq!(receipt.answer, "2.0.0 OK queued as 4F1A2B");
    let letters = world.sim.sim().letters();
    assert_eq!(letters.len(), 1);
    let letter = &letters[0];
    assert_eq!(letter.login.as_deref(), Some("desk"));
    for (name, value) in [
        (
            "Subject",
            "Отчёт за день: 12 заказов, 345 000 ₸ — всё отправлено вовремя, ошибок нет",
        ),
        ("Message-ID", "<rpt_01@example.kz>"),
        ("Date", "Fri, 20 Nov 2026 05:00:00 +0000"),
        ("Reply-To", "owner@example.kz"),
        ("MIME-Version", "1.0"),
    ] {
        assert_eq!(letter.header(name), Some(value), "{name}");
    }
    assert!(letter.header("From").unwrap().contains("Сауда «Отчёты»"));
    assert!(letter.header("To").unwrap().contains("Ару, склад"));
    assert_eq!(
        letter.text("text/plain").unwrap().replace("\r\n", "\n"),
        "Продано 12 заказов.\n.\nҚайырлы күн!"
    );
    assert_eq!(
        letter.text("text/html").unwrap(),
        "<p>Продано: <b>12</b></p><img src=\"cid:chart\">"
    );
    let bytes: Vec<u8> = (0..=255).collect();
    let files: Vec<_> = letter
        .parts
        .iter()
        .filter(|part| part.bytes == bytes)
        .map(|part| {
            (
                part.file_name.as_deref().unwrap(),
                part.content_id.as_deref(),
                part.is_inline,
            )
        })
        .collect();
    assert_eq!(
        files,
        [
            ("график.svg", Some("chart"), true),
            ("Отчёт за 20 ноября.xlsx", None, false)
        ]
    );
    assert_eq!(letter.parts.len(), 4);
}

#[tokio::test]
async fn a_plain_letter_is_one_part() {
    let world = World::open().await;
    world
        .send(&to(&["aru@example.kz", "b@example.kz"]))
        .await
        .unwrap();
    let letter = world.sim.sim().letters().remove(0);
    assert_eq!(letter.to, ["aru@example.kz", "b@example.kz"]);
    assert_eq!(
        (letter.parts.len(), letter.parts[0].kind.as_str()),
        (1, "text/plain")
    );
}

#[tokio::test]
async fn a_check_signs_in_and_sends_nothing() {
    let world = World::open().await;
    assert_eq!(world.smtp.check(&world.server).await, Ok(()));
    assert!(world.sim.sim().letters().is_empty());
}
