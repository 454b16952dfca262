//! The client and the pretend WAHA together: a line from its QR to a buyer's answer, and the bad days.

use crate::inbox::{Came, Inbox};
use sauda_channel::{
    Attachment, Body, ChannelError, ChatId, Delivery, Event, Happening, Hook, Line, LineState,
    Messenger as _, Outgoing, Phone, Place, QrCountdown, Retry,
};
use sauda_channel_waha::{Signature, Waha, WahaSettings, hear};
use sauda_kernel::{Clock as _, Span};
use sauda_sim::{BuyerTemper, Fault, FaultKind, Options, PersonChange, Running, Said, Service};
use secrecy::{ExposeSecret as _, SecretString};

const BUYER: &str = "77010000042";
const HOOK_KEY: &str = "the key of this line's webhooks";

struct World {
    sim: Running,
    waha: Waha,
    line: Line,
    inbox: Inbox,
}

impl World {
    async fn open(total_timeout_secs: u64) -> Self {
        let sim = sauda_sim::start(Options::for_tests()).await.unwrap();
        let waha = Waha::new(WahaSettings {
            total_timeout_secs,
            ..WahaSettings::default()
        })
        .unwrap();
        let address = format!("{}/waha", sim.base_url());
        let line = Line::new(&address, SecretString::from("pretend-whatsapp-key"), "shop_1").unwrap();
        Self {
            sim,
            waha,
            line,
            inbox: Inbox::open().await,
        }
    }

    fn hook(&self) -> Hook {
        Hook {
            url: self.inbox.url.clone(),
            key: SecretString::from(HOOK_KEY),
            retry: Retry {
                delay_secs: 2,
                attempts: 5,
            },
        }
    }

    /// A line that works, and a buyer of this temper who is in WhatsApp under a shown number.
    async fn linked(temper: BuyerTemper) -> Self {
        Self::linked_with(temper, 20).await
    }

    async fn linked_with(temper: BuyerTemper, total_timeout_secs: u64) -> Self {
        let world = Self::open(total_timeout_secs).await;
        world.waha.open(&world.line, &world.hook()).await.unwrap();
        world.step(1);
        world.sim.sim().whatsapp_scan("shop_1", "77000000001").unwrap();
        let change = PersonChange {
            exists: Some(true),
            shows_reading: Some(true),
            hidden: Some(false),
            temper: Some(temper),
            ..PersonChange::default()
        };
        world.sim.sim().whatsapp_person(BUYER, change);
        world.events().await;
        world
    }

    fn step(&self, seconds: i64) {
        self.sim.sim().step(Span::from_secs(seconds));
    }

    fn chat(&self) -> ChatId {
        ChatId::new(&format!("{BUYER}@c.us")).unwrap()
    }

    fn fault(&self, kind: FaultKind, after_effect: bool) {
        self.sim.sim().add_fault(Fault {
            after_effect,
            path: Some("/api/send".to_owned()),
            ..Fault::times(kind, Service::Whatsapp, 1)
        });
    }

    async fn came(&self) -> Vec<Came> {
        self.sim.sim().webhooks_quiet().await;
        self.inbox.take()
    }

    /// Events that came, each verified.
    async fn events(&self) -> Vec<Event> {
        self.came()
            .await
            .iter()
            .map(|came| heard(came).unwrap())
            .collect()
    }

    async fn send(&self, body: Body) -> Result<sauda_channel::Sent, ChannelError> {
        self.waha.send(&self.line, &self.outgoing(body)).await
    }

    fn outgoing(&self, body: Body) -> Outgoing {
        Outgoing {
            chat: self.chat(),
            body,
            reply_to: None,
            reserved_id: None,
        }
    }
}

fn heard(came: &Came) -> Result<Event, ChannelError> {
    let signature = Signature {
        hmac: came.header("x-webhook-hmac"),
        algorithm: came.header("x-webhook-hmac-algorithm"),
    };
    hear(&SecretString::from(HOOK_KEY), signature, &came.body)
}

fn text(words: &str) -> Body {
    Body::Text(words.to_owned())
}

#[tokio::test]
async fn a_phone_is_linked_by_a_qr_that_counts_down_and_a_line_that_gave_up_begins_anew() {
    let world = World::open(20).await;
    let (waha, line) = (&world.waha, &world.line);
    assert!(waha.server(line).await.unwrap().is_whole);
    assert_eq!(waha.look(line).await.unwrap_err().word(), "not_found");
    assert_eq!(
        waha.open(line, &world.hook()).await.unwrap().state,
        LineState::Starting
    );
    assert!(waha.qr(line).await.unwrap().is_none());
    world.step(1);
    let now = || world.sim.sim().clock.now();
    let first = waha.qr(line).await.unwrap().unwrap();
    let mut countdown = QrCountdown::begin(&first, now());
    world.step(45);
    let qr = waha.qr(line).await.unwrap().unwrap();
    assert_eq!(countdown.look(&qr, now()).left, Span::from_secs(15));
    world.step(15);
    let qr = waha.qr(line).await.unwrap().unwrap();
    assert_ne!(qr.0.expose_secret(), first.0.expose_secret());
    assert_eq!(countdown.look(&qr, now()).turn, 2);
    assert_eq!(
        waha.pairing_code(line, &Phone::parse("87000000001").unwrap())
            .await
            .unwrap()
            .len(),
        9
    );
    world.step(100);
    assert_eq!(waha.look(line).await.unwrap().state, LineState::Failed);
    assert_eq!(
        waha.open(line, &world.hook()).await.unwrap().state,
        LineState::Starting
    );
    world.step(1);
    world.sim.sim().whatsapp_scan("shop_1", "77000000001").unwrap();
    let info = waha.look(line).await.unwrap();
    assert_eq!(
        (info.state, info.number.as_deref()),
        (LineState::Working, Some("77000000001"))
    );
    assert!(waha.qr(line).await.unwrap().is_none());
    assert_eq!(
        waha.open(line, &world.hook()).await.unwrap().state,
        LineState::Working,
        "opening an open line does not restart it"
    );
    let states: Vec<LineState> = world
        .events()
        .await
        .into_iter()
        .filter_map(|event| match event.what {
            Happening::State { state, .. } => Some(state),
            _ => None,
        })
        .collect();
    assert_eq!(
        states
            .iter()
            .filter(|state| **state == LineState::AwaitsScan)
            .count(),
        7
    );
    assert_eq!(states.last(), Some(&LineState::Working));
    waha.log_out(line).await.unwrap();
    world.step(1);
    assert_eq!(waha.look(line).await.unwrap().state, LineState::AwaitsScan);
    waha.remove(line).await.unwrap();
    waha.remove(line).await.unwrap();
    assert_eq!(waha.look(line).await.unwrap_err().word(), "not_found");
}

#[tokio::test]
async fn every_kind_of_message_leaves_and_is_acked() {
    let world = World::linked(BuyerTemper::Silent).await;
    let phone = Phone::parse(BUYER).unwrap();
    assert_eq!(
        world.waha.find(&world.line, &phone).await.unwrap(),
        Some(world.chat())
    );
    let file = |name: &str, mime: &str| Attachment::new(name, mime, vec![1, 2, 3]).unwrap();
    for body in [
        text("Здравствуйте! Ваш заказ готов"),
        Body::Image {
            file: file("a.jpg", "image/jpeg"),
            caption: "Вот он".to_owned(),
        },
        Body::File {
            file: file("чек.pdf", "application/pdf"),
            caption: String::new(),
        },
        Body::Place(Place::new(43.238, 76.945, "Пункт выдачи").unwrap()),
    ] {
        let sent = world.send(body.clone()).await.unwrap();
        let since = sent.at.unwrap();
        let found = world
            .waha
            .find_sent(&world.line, &world.outgoing(body), since)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(found.id, sent.id);
    }
    let kinds: Vec<&str> = world
        .sim
        .sim()
        .whatsapp_sent()
        .iter()
        .map(|row| row.kind)
        .collect();
    assert_eq!(kinds, ["text", "image", "file", "location"]);
    world.step(1200);
    let mut known = std::collections::BTreeMap::new();
    for event in world.events().await {
        if let Happening::Delivery {
            message, delivery, ..
        } = event.what
        {
            let was = known.get(&message).copied().unwrap_or(Delivery::Pending);
            known.insert(message, was.then(delivery));
        }
    }
    assert_eq!(known.into_values().collect::<Vec<_>>(), [Delivery::Read; 4]);
}

#[tokio::test]
async fn a_number_outside_whatsapp_is_known_before_the_first_message() {
    let world = World::linked(BuyerTemper::Silent).await;
    let absent = PersonChange {
        exists: Some(false),
        ..PersonChange::default()
    };
    world.sim.sim().whatsapp_person(BUYER, absent);
    let phone = Phone::parse(BUYER).unwrap();
    assert_eq!(world.waha.find(&world.line, &phone).await.unwrap(), None);
    world.send(text("Здравствуйте")).await.unwrap();
    world.step(2);
    let failed = world.events().await.into_iter().any(|event| {
        matches!(
            event.what,
            Happening::Delivery {
                delivery: Delivery::Failed,
                ..
            }
        )
    });
    assert!(failed, "who sends all the same hears that it failed");
}

#[tokio::test]
async fn a_lost_answer_is_read_back_and_nothing_is_sent_twice() {
    let world = World::linked(BuyerTemper::Silent).await;
    let since = world.sim.sim().clock.now();
    for (kind, word) in [
        (FaultKind::ServerError, "unconfirmed"),
        (FaultKind::CutBody, "unconfirmed"),
        (FaultKind::Html200, "unconfirmed"),
    ] {
        let words = format!("Заказ: {kind:?}");
        world.fault(kind, true);
        assert_eq!(
            world.send(text(&words)).await.unwrap_err().word(),
            word,
            "{kind:?}"
        );
        let found = world
            .waha
            .find_sent(&world.line, &world.outgoing(text(&words)), since)
            .await
            .unwrap();
        assert!(found.is_some_and(|sent| sent.id.is_some()), "{kind:?}");
    }
    // Here the message never left, and the answer looks just the same.
    world.fault(FaultKind::ServerError, false);
    assert!(world.send(text("не ушло")).await.unwrap_err().may_be_sent());
    let found = world
        .waha
        .find_sent(&world.line, &world.outgoing(text("не ушло")), since)
        .await
        .unwrap();
    assert_eq!(found, None);
    assert!(world.sim.sim().whatsapp_sent().iter().all(|row| !row.is_repeated));
    assert_eq!(world.sim.sim().whatsapp_sent().len(), 3);
}

#[tokio::test]
async fn a_reserved_id_tells_equal_messages_apart() {
    let world = World::linked(BuyerTemper::Silent).await;
    let since = world.sim.sim().clock.now();
    world.send(text("Здравствуйте")).await.unwrap();
    let id = world.waha.reserve_id(&world.line).await.unwrap().unwrap();
    let message = Outgoing {
        reserved_id: Some(id.clone()),
        ..world.outgoing(text("Здравствуйте"))
    };
    assert_eq!(
        world.waha.find_sent(&world.line, &message, since).await.unwrap(),
        None,
        "the other one does not count"
    );
    let sent = world.waha.send(&world.line, &message).await.unwrap();
    assert_eq!(sent.id, Some(format!("true_{BUYER}@c.us_{id}")));
    let found = world.waha.find_sent(&world.line, &message, since).await.unwrap();
    assert_eq!(found.unwrap().id, sent.id);
}

#[tokio::test]
async fn a_server_that_hangs_leaves_the_message_unconfirmed() {
    let world = World::linked_with(BuyerTemper::Silent, 1).await;
    let since = world.sim.sim().clock.now();
    world.fault(FaultKind::Hang, true);
    assert!(world.send(text("Здравствуйте")).await.unwrap_err().may_be_sent());
    let found = world
        .waha
        .find_sent(&world.line, &world.outgoing(text("Здравствуйте")), since)
        .await
        .unwrap();
    assert!(found.is_some());
}

#[tokio::test]
async fn a_phone_unlinked_in_the_middle_is_a_state_not_a_loss() {
    let world = World::linked(BuyerTemper::Silent).await;
    world.send(text("первое")).await.unwrap();
    let fault = Fault::times(FaultKind::SessionEnded, Service::Whatsapp, 1);
    world.sim.sim().add_fault(fault);
    let error = world.send(text("второе")).await.unwrap_err();
    assert_eq!(
        error,
        ChannelError::LoggedOut {
            state: "failed".to_owned()
        }
    );
    assert_eq!(world.sim.sim().whatsapp_sent().len(), 1);
    world.waha.restart(&world.line).await.unwrap();
    world.step(1);
    assert_eq!(
        world.waha.look(&world.line).await.unwrap().state,
        LineState::AwaitsScan
    );
}

#[tokio::test]
async fn a_line_that_broke_comes_back_without_a_qr() {
    let world = World::linked(BuyerTemper::Silent).await;
    world.sim.sim().whatsapp_drop("shop_1");
    assert_eq!(
        world.send(text("рано")).await.unwrap_err(),
        ChannelError::LoggedOut {
            state: "failed".to_owned()
        }
    );
    world.waha.restart(&world.line).await.unwrap();
    assert_eq!(
        world.send(text("ещё рано")).await.unwrap_err(),
        ChannelError::LoggedOut {
            state: "starting".to_owned()
        }
    );
    world.step(1);
    assert!(world.waha.qr(&world.line).await.unwrap().is_none());
    world.send(text("в самый раз")).await.unwrap();
    world.waha.stop(&world.line).await.unwrap();
    assert_eq!(
        world.waha.look(&world.line).await.unwrap().state,
        LineState::Stopped
    );
    assert_eq!(
        world.send(text("поздно")).await.unwrap_err(),
        ChannelError::LoggedOut {
            state: "stopped".to_owned()
        }
    );
    assert_eq!(world.sim.sim().whatsapp_sent().len(), 1);
}

#[tokio::test]
async fn too_many_calls_and_a_page_instead_of_an_answer_have_their_names() {
    let world = World::linked(BuyerTemper::Silent).await;
    world.fault(FaultKind::Html429, false);
    let error = world.send(text("x")).await.unwrap_err();
    assert_eq!(
        error,
        ChannelError::Throttled {
            wait: Span::from_secs(60)
        }
    );
    world
        .sim
        .sim()
        .add_fault(Fault::times(FaultKind::Html200, Service::Whatsapp, 1));
    assert_eq!(
        world.waha.look(&world.line).await.unwrap_err().word(),
        "bad_answer"
    );
    world
        .sim
        .sim()
        .add_fault(Fault::times(FaultKind::ServerError, Service::Whatsapp, 1));
    assert_eq!(
        world.waha.look(&world.line).await.unwrap_err(),
        ChannelError::Down { status: 503 }
    );
    assert_eq!(world.sim.sim().whatsapp_sent(), []);
}

#[tokio::test]
async fn a_buyer_answers_and_a_missed_webhook_is_found_in_the_talk() {
    let world = World::linked(BuyerTemper::Yes).await;
    let since = world.sim.sim().clock.now();
    world.send(text("Размер 46, всё верно?")).await.unwrap();
    world.sim.sim().add_fault(Fault {
        path: Some("message".to_owned()),
        ..Fault::new(FaultKind::LostWebhook, Service::Webhooks)
    });
    world.step(3 * 3600);
    let told = world.events().await;
    assert!(
        told.iter()
            .all(|event| !matches!(&event.what, Happening::Message(message) if !message.from_me))
    );
    let talk = world
        .waha
        .history(&world.line, &world.chat(), since)
        .await
        .unwrap();
    assert_eq!(
        talk.iter().map(|message| message.from_me).collect::<Vec<_>>(),
        [true, false]
    );
    assert!(!talk[1].text.is_empty());
    world.waha.mark_read(&world.line, &world.chat()).await.unwrap();
    world.waha.typing(&world.line, &world.chat(), true).await.unwrap();
    world
        .waha
        .typing(&world.line, &world.chat(), false)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_repeated_webhook_has_one_id_and_a_forged_one_is_refused() {
    let world = World::linked(BuyerTemper::Silent).await;
    let say = || {
        let said = Said {
            session: "shop_1".to_owned(),
            number: BUYER.to_owned(),
            text: "иә, жібере беріңіз".to_owned(),
            mime: Some("image/jpeg".to_owned()),
            ..Said::default()
        };
        world.sim.sim().whatsapp_say(&said).unwrap();
    };
    let only = |kind| Fault {
        path: Some("message".to_owned()),
        ..Fault::times(kind, Service::Webhooks, 1)
    };
    world.sim.sim().add_fault(only(FaultKind::DuplicateWebhook));
    say();
    let events = world.events().await;
    assert_eq!(events.len(), 3, "message twice, message.any once");
    assert_eq!(events[0], events[1]);
    assert_ne!(events[0].id, events[2].id);
    let (Happening::Message(one), Happening::Message(any)) = (&events[0].what, &events[2].what) else {
        panic!("{events:?}")
    };
    assert_eq!(one.id, any.id, "two events, one message");
    let bytes = world
        .waha
        .fetch(&world.line, one.media.as_ref().unwrap())
        .await
        .unwrap();
    assert!(
        bytes.starts_with(b"\xff\xd8\xff") && bytes.ends_with(b"pretend picture"),
        "{bytes:?}"
    );
    world.step(181);
    let gone = world
        .waha
        .fetch(&world.line, one.media.as_ref().unwrap())
        .await
        .unwrap_err();
    assert_eq!(gone.word(), "not_found");
    world.sim.sim().add_fault(only(FaultKind::ForgedWebhook));
    say();
    let came = world.came().await;
    assert_eq!(heard(&came[0]).unwrap_err().word(), "forged");
    assert!(heard(&came[1]).is_ok());
}

#[tokio::test]
async fn a_hidden_number_is_answered_under_its_own_key() {
    let world = World::linked(BuyerTemper::Silent).await;
    let hidden = PersonChange {
        hidden: Some(true),
        exists: Some(true),
        ..PersonChange::default()
    };
    world.sim.sim().whatsapp_person(BUYER, hidden);
    let said = Said {
        session: "shop_1".to_owned(),
        number: BUYER.to_owned(),
        text: "Да".to_owned(),
        ..Said::default()
    };
    world.sim.sim().whatsapp_say(&said).unwrap();
    let Some(Happening::Message(message)) = world.events().await.into_iter().map(|event| event.what).next()
    else {
        panic!("no message")
    };
    assert!(message.chat.as_str().ends_with("@lid"));
    let phone = world
        .waha
        .phone_of(&world.line, &message.chat)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(phone.digits(), BUYER);
    let answer = Outgoing::text(message.chat.clone(), "Спасибо!".to_owned());
    let sent = world.waha.send(&world.line, &answer).await.unwrap();
    assert!(sent.id.unwrap().contains(message.chat.as_str()));
    assert_eq!(world.sim.sim().whatsapp_sent()[0].number, BUYER);
}

#[tokio::test]
async fn a_wrong_key_is_named() {
    let world = World::linked(BuyerTemper::Silent).await;
    let stranger = Line::new(&world.line.server, SecretString::from("another"), "shop_1").unwrap();
    assert_eq!(
        world.waha.look(&stranger).await.unwrap_err(),
        ChannelError::BadKey
    );
    assert_eq!(
        world
            .waha
            .send(&stranger, &world.outgoing(text("x")))
            .await
            .unwrap_err(),
        ChannelError::BadKey
    );
}
