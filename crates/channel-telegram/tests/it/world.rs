//! The client and the pretend Telegram together: a person comes by a link, a post is taken, edited and answered; and the bad days.

use sauda_channel::{
    Attachment, Bot, BotChat, BotCommand, BotKey, Button, ChannelError, Edited, Post, Press, TeamBot as _,
    Text, Update, Upload, What,
};
use sauda_channel_telegram::{Telegram, TelegramSettings};
use sauda_kernel::Span;
use sauda_sim::{Fault, FaultKind, Options, Running, Service};
use secrecy::SecretString;

const ASEL: BotChat = BotChat(1_111_111);

struct World {
    sim: Running,
    telegram: Telegram,
    key: BotKey,
    next: Option<i64>,
}

impl World {
    async fn open() -> Self {
        let sim = sauda_sim::start(Options::for_tests()).await.unwrap();
        let telegram = Telegram::new(TelegramSettings {
            api_url: format!("{}/telegram", sim.base_url()),
            total_timeout_secs: 3,
            ..TelegramSettings::default()
        })
        .unwrap();
        Self {
            sim,
            telegram,
            key: BotKey(SecretString::from("2222222:AAEpretend_token_of_a_pretend_bot_0")),
            next: None,
        }
    }

    async fn started() -> Self {
        let mut world = Self::open().await;
        world.sim.sim().telegram_start(ASEL.0, None).unwrap();
        world.updates().await;
        world
    }

    async fn updates(&mut self) -> Vec<What> {
        let updates = self
            .telegram
            .updates(&self.key, self.next, Span::ZERO)
            .await
            .unwrap();
        self.next = updates.next;
        updates.list.into_iter().map(|Update { what, .. }| what).collect()
    }

    async fn post(&self, post: &Post) -> Result<sauda_channel::Posted, ChannelError> {
        self.telegram.post(&self.key, ASEL, post).await
    }

    fn fault(&self, kind: FaultKind, after_effect: bool) {
        self.sim.sim().add_fault(Fault {
            after_effect,
            ..Fault::times(kind, Service::Telegram, 1)
        });
    }
}

fn order_post(state: &str) -> Post {
    Post::new(Text::plain("Заказ ").bold("№123").then(format!(": {state}"))).row(vec![Button::Press {
        label: "Взять".to_owned(),
        data: "order:take:123".to_owned(),
    }])
}

#[tokio::test]
async fn a_person_comes_by_a_link_takes_an_order_and_sees_it_change() {
    let mut world = World::open().await;
    let me: Bot = world.telegram.me(&world.key).await.unwrap();
    let link = world.telegram.link(&me, "inv_42", false).unwrap();
    assert_eq!(
        world.post(&order_post("новый")).await.unwrap_err().word(),
        "closed",
        "nobody pressed Start yet"
    );
    let code = link.rsplit_once('=').unwrap().1.to_owned();
    world.sim.sim().telegram_start(ASEL.0, Some(&code)).unwrap();
    let updates = world.updates().await;
    assert!(matches!(&updates[..], [What::Start { chat: ASEL, code: Some(code), .. }] if code == "inv_42"));
    let posted = world.post(&order_post("новый")).await.unwrap();
    let press_id = world
        .sim
        .sim()
        .telegram_press(ASEL.0, ASEL.0, posted.message, "Взять")
        .unwrap();
    let press: Press = match world.updates().await.remove(0) {
        What::Pressed(press) => press,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        (press.data.as_str(), press.place),
        ("order:take:123", Some((ASEL, posted.message)))
    );
    world
        .telegram
        .answer(&world.key, &press, Some("Заказ ваш"), false)
        .await
        .unwrap();
    assert_eq!(
        world.sim.sim().telegram_answer(&press_id),
        Some(("Заказ ваш".to_owned(), false))
    );
    let mut taken = order_post("взяла Асель");
    taken.buttons.clear();
    let edit = async || {
        world
            .telegram
            .edit(&world.key, ASEL, posted.message, &taken)
            .await
    };
    assert_eq!(edit().await.unwrap(), Edited::Changed);
    assert_eq!(edit().await.unwrap(), Edited::Same, "may be repeated");
    let sent = world.sim.sim().telegram_sent();
    assert_eq!(sent.len(), 1);
    assert_eq!(
        (sent[0].text.as_str(), sent[0].edits),
        ("Заказ №123: взяла Асель", 1)
    );
    assert_eq!(sent[0].buttons, Vec::<String>::new());
}

#[tokio::test]
async fn whatever_the_words_hold_people_read_the_same_words() {
    let world = World::started().await;
    world.sim.sim().telegram_limits(false);
    for words in [
        "<b>5 < 6 & \"7\"</b>",
        "1.5% _*[]()~`>#+-=|{}!",
        "&lt;&amp;&nbsp;",
        "Қазақша 😀 мәтін\nекінші жол",
    ] {
        let text = Text::plain(words)
            .bold(words)
            .code(words)
            .italic(words)
            .link(words, "https://desk.example/?a=1&b=\"2\"");
        world.post(&Post::new(text.clone())).await.unwrap();
        assert_eq!(world.sim.sim().telegram_sent().last().unwrap().text, text.words());
    }
}

#[tokio::test]
async fn pictures_reports_and_commands_arrive() {
    let world = World::started().await;
    let upload = |name: &str, mime: &str| Upload {
        file: Attachment::new(name, mime, vec![1; 2_000]).unwrap(),
        caption: Text::plain("Отчёт за ").bold("день"),
        buttons: Vec::new(),
        is_quiet: true,
    };
    let (telegram, key) = (&world.telegram, &world.key);
    telegram
        .post_picture(key, ASEL, &upload("график.png", "image/png"))
        .await
        .unwrap();
    telegram
        .post_document(key, ASEL, &upload("отчёт.xlsx", "application/vnd.ms-excel"))
        .await
        .unwrap();
    let sent = world.sim.sim().telegram_sent();
    assert_eq!(
        sent.iter()
            .map(|message| message.file.as_deref().unwrap())
            .collect::<Vec<_>>(),
        ["график.png", "отчёт.xlsx"]
    );
    assert!(
        sent.iter()
            .all(|message| message.text == "Отчёт за день" && message.is_quiet)
    );
    let commands = [BotCommand {
        word: "today".to_owned(),
        text: "Что сегодня".to_owned(),
    }];
    telegram.set_commands(key, &commands, Some("ru")).await.unwrap();
}

#[tokio::test]
async fn an_answer_to_a_post_names_the_post() {
    let mut world = World::started().await;
    let posted = world.post(&order_post("новый")).await.unwrap();
    world
        .sim
        .sim()
        .telegram_write(ASEL.0, ASEL.0, "Буду в 18", Some(posted.message))
        .unwrap();
    let updates = world.updates().await;
    assert!(
        matches!(&updates[..], [What::Said { text, reply_to: Some(post), .. }] if text == "Буду в 18" && *post == posted.message),
        "{updates:?}"
    );
    assert_eq!(
        world.updates().await,
        [],
        "what was confirmed does not come again"
    );
}

#[tokio::test]
async fn unconfirmed_updates_come_again_and_a_long_poll_waits() {
    let mut world = World::started().await;
    world
        .sim
        .sim()
        .telegram_write(ASEL.0, ASEL.0, "раз", None)
        .unwrap();
    let first = world
        .telegram
        .updates(&world.key, world.next, Span::ZERO)
        .await
        .unwrap();
    let again = world
        .telegram
        .updates(&world.key, world.next, Span::ZERO)
        .await
        .unwrap();
    assert_eq!(first, again);
    world.next = first.next;
    let write = async {
        while world.sim.sim().telegram_waiting_pollers() == 0 {
            tokio::task::yield_now().await;
        }
        world
            .sim
            .sim()
            .telegram_write(ASEL.0, ASEL.0, "два", None)
            .unwrap();
    };
    let (polled, ()) = tokio::join!(
        world
            .telegram
            .updates(&world.key, world.next, Span::from_secs(20)),
        write
    );
    assert_eq!(polled.unwrap().list.len(), 1);
}

#[tokio::test]
async fn a_lost_answer_leaves_a_post_unconfirmed_and_posts_it_once() {
    let world = World::started().await;
    world.fault(FaultKind::ServerError, true);
    assert!(world.post(&order_post("новый")).await.unwrap_err().may_be_sent());
    world.fault(FaultKind::CutBody, true);
    assert!(world.post(&order_post("второй")).await.unwrap_err().may_be_sent());
    assert_eq!(world.sim.sim().telegram_sent().len(), 2);
}

#[tokio::test]
async fn limits_blocks_moves_and_rivals_have_their_names() {
    let mut world = World::started().await;
    for _ in 0..5 {
        world.post(&order_post("новый")).await.unwrap();
    }
    let error = world.post(&order_post("шестой")).await.unwrap_err();
    assert_eq!(
        error,
        ChannelError::Throttled {
            wait: Span::from_secs(1)
        }
    );
    world.sim.sim().telegram_block(ASEL.0).unwrap();
    assert!(matches!(
        world.updates().await[..],
        [What::Closed { chat: ASEL, .. }]
    ));
    assert_eq!(world.post(&order_post("x")).await.unwrap_err().word(), "closed");
    let (group, to) = (BotChat(-500), BotChat(-1_000_000_000_500));
    world.sim.sim().telegram_group(group.0, "Склад");
    world.sim.sim().telegram_move(group.0, to.0).unwrap();
    assert_eq!(world.updates().await, [What::Moved { from: group, to }]);
    let posted = world
        .telegram
        .post(&world.key, group, &order_post("x"))
        .await
        .unwrap_err();
    assert_eq!(posted, ChannelError::Moved { to: to.0 });
    assert!(
        world
            .telegram
            .post(&world.key, to, &order_post("x"))
            .await
            .is_ok()
    );
    let stranger = BotKey(SecretString::from("1111111:AAEpretend_token_of_a_pretend_bot_0"));
    assert_eq!(
        world.telegram.me(&stranger).await.unwrap_err(),
        ChannelError::BadKey
    );
}
