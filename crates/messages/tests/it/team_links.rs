//! Chats become people's by one-time codes, and stop being so: by the person, by blocking, by leaving the team.

use crate::team_world::{ARU, DANIYAR, TOKEN, World};
use sauda_accounts::Role;
use sauda_kernel::Span;
use sauda_messages::team::{Ear, Heard, TeamError, Way};
use sauda_sim::FaultKind;
use sauda_testkit::{engines, sqlite};
use secrecy::SecretString;

#[tokio::test]
async fn a_code_links_a_chat_once_and_only_for_a_quarter_of_an_hour() {
    for test in engines().await {
        let world = Box::pin(World::open(test)).await;
        assert!(matches!(
            world.team.link_code(&world.owner.scope).await,
            Err(TeamError::NoBot)
        ));
        world.connect().await;
        let code = world.team.link_code(&world.owner.scope).await.unwrap();
        assert!(
            code.url.ends_with(&format!("?start={}", code.code)),
            "{}",
            code.url
        );
        world.sim().telegram_start(ARU, Some(&code.code)).unwrap();
        assert_eq!(world.hear().await, 1);
        world.say().await;
        assert_eq!(world.last(ARU).text, "team-linked(name=Ару)");
        let links = world.team.links(&world.owner.scope).await.unwrap();
        assert_eq!(links.len(), 1);
        assert!(links[0].is_own && !links[0].is_group && links[0].ended.is_none());

        world.sim().telegram_start(DANIYAR, Some(&code.code)).unwrap();
        world.hear().await;
        world.say().await;
        assert_eq!(
            world.last(DANIYAR).text,
            "kkteam-code-wrong(name=Данияр)",
            "used once"
        );
        let late = world.team.link_code(&world.owner.scope).await.unwrap();
        world.sim().step(Span::from_mins(16));
        world.sim().telegram_start(DANIYAR, Some(&late.code)).unwrap();
        world.hear().await;
        world.say().await;
        assert_eq!(world.count(DANIYAR, "team-code-wrong"), 2, "a quarter of an hour");
        assert_eq!(world.team.links(&world.owner.scope).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_newer_code_makes_the_older_ones_worthless() {
    let world = Box::pin(World::open(sqlite().await)).await;
    world.connect().await;
    let old = world.team.link_code(&world.owner.scope).await.unwrap();
    let new = world.team.link_code(&world.owner.scope).await.unwrap();
    assert_ne!(old.code, new.code);
    world.sim().telegram_start(ARU, Some(&old.code)).unwrap();
    world.hear().await;
    assert!(world.team.links(&world.owner.scope).await.unwrap().is_empty());
}

#[tokio::test]
async fn whoever_stops_or_blocks_the_bot_is_told_nothing_more_and_the_team_learns_of_it() {
    for test in engines().await {
        let world = Box::pin(World::linked(test)).await;
        world.sim().telegram_write(ARU, ARU, "/stop", None).unwrap();
        world.hear().await;
        world.say().await;
        assert_eq!(
            world.last(ARU).text,
            "team-stopped(name=Асель)".replace("Асель", &name(&world))
        );
        assert!(matches!(
            world.team.test(&world.owner.scope, Way::Telegram).await,
            Err(TeamError::NotLinked)
        ));
        world.link(&world.owner, ARU).await;
        world.team.test(&world.owner.scope, Way::Telegram).await.unwrap();
        world.sim().telegram_block(ARU).unwrap();
        let before = world.said(ARU).len();
        assert_eq!(world.say().await, 0, "403");
        assert_eq!(world.said(ARU).len(), before);
        assert_eq!(world.troubles().await, ["blocked"]);
        assert_eq!(world.notices().await, ["telegram-blocked"]);
        let ended = &world.team.links(&world.owner.scope).await.unwrap()[0];
        assert_eq!(ended.ended.as_ref().unwrap().1, "blocked");
        world.link(&world.owner, ARU).await;
        assert_eq!(
            world.notices().await,
            Vec::<String>::new(),
            "linked again, nothing is wrong"
        );
    }
}

fn name(world: &World) -> String {
    let said = world.last(ARU).text;
    said.split_once("name=")
        .unwrap()
        .1
        .trim_end_matches(')')
        .to_owned()
}

#[tokio::test]
async fn a_person_who_leaves_the_team_hears_nothing_from_that_moment() {
    for test in engines().await {
        let world = Box::pin(World::linked(test)).await;
        let packer = world.hire(Role::Packer, "dan@mail.kz").await;
        world.link(&packer, DANIYAR).await;
        world.team.test(&packer.scope, Way::Telegram).await.unwrap();
        world
            .accounts
            .remove_member(&world.owner.scope, &packer.user)
            .await
            .unwrap();
        let before = world.said(DANIYAR).len();
        world.say().await;
        assert_eq!(
            world.said(DANIYAR).len(),
            before,
            "what waited is not said either"
        );
        world
            .sim()
            .telegram_write(DANIYAR, DANIYAR, "/burning", None)
            .unwrap();
        world.hear().await;
        world.say().await;
        assert_eq!(world.last(DANIYAR).text, "kkteam-start-unknown(name=Данияр)");
        let links = world.team.links(&world.owner.scope).await.unwrap();
        let why: Vec<_> = links
            .iter()
            .filter_map(|link| link.ended.as_ref().map(|(_, why)| why.as_str()))
            .collect();
        assert_eq!(why, ["left"]);
    }
}

#[tokio::test]
async fn one_process_listens_and_an_update_that_comes_again_does_nothing() {
    let world = Box::pin(World::linked(sqlite().await)).await;
    let other = Ear::new(world.team.clone(), "two");
    let merchant = world.owner.scope.merchant().clone();
    world.sim().telegram_write(ARU, ARU, "/help", None).unwrap();
    let (one, two) = tokio::join!(
        world.ear.hear(&merchant, Span::ZERO),
        other.hear(&merchant, Span::ZERO)
    );
    let mut heard = [one.unwrap(), two.unwrap()];
    heard.sort_by_key(|heard| format!("{heard:?}"));
    assert_eq!(heard, [Heard::Elsewhere, Heard::Updates(1)]);
    world.hear().await;
    other.hear(&merchant, Span::ZERO).await.unwrap();
    world.say().await;
    assert_eq!(world.count(ARU, "team-help"), 1);
}

#[tokio::test]
async fn a_stolen_or_taken_bot_is_said_in_words_and_works_again_by_itself() {
    let world = Box::pin(World::linked(sqlite().await)).await;
    let merchant = world.owner.scope.merchant().clone();
    let strike = |status: u16| {
        world.sim().add_fault(sauda_sim::Fault {
            status: Some(status),
            path: Some("getUpdates".to_owned()),
            ..sauda_sim::Fault::times(FaultKind::ServerError, sauda_sim::Service::Telegram, 1)
        });
    };
    for (status, trouble, notice) in [
        (409, "taken", "telegram-taken"),
        (401, "bad_key", "telegram-bad-key"),
    ] {
        strike(status);
        assert_eq!(
            world.ear.hear(&merchant, Span::ZERO).await.unwrap(),
            Heard::Trouble
        );
        let bot = world.team.bot(&world.owner.scope).await.unwrap().unwrap();
        assert_eq!(bot.trouble.as_deref(), Some(trouble));
        assert_eq!(world.notices().await, [notice]);
        world.hear().await;
        assert_eq!(
            world.team.bot(&world.owner.scope).await.unwrap().unwrap().trouble,
            None
        );
        assert_eq!(world.notices().await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_token_is_checked_and_only_who_may_connects_or_removes_a_bot() {
    for test in engines().await {
        let world = Box::pin(World::open(test)).await;
        let wrong = SecretString::from("2222222:AAEsomebody_elses_token_000000000000");
        let refused = world
            .team
            .connect_bot(&world.owner.scope, &wrong)
            .await
            .unwrap_err();
        assert_eq!(refused.to_string(), "the channel does not accept the key");
        assert!(
            world.team.bot(&world.owner.scope).await.unwrap().is_none(),
            "nothing was kept"
        );
        let packer = world.hire(Role::Packer, "dan@mail.kz").await;
        let token = SecretString::from(format!("  {TOKEN}\n"));
        assert!(world.team.connect_bot(&packer.scope, &token).await.is_err());
        let bot = world.team.connect_bot(&world.owner.scope, &token).await.unwrap();
        assert_eq!(bot.id, 2_222_222);
        world.link(&packer, DANIYAR).await;
        assert!(world.team.disconnect_bot(&packer.scope).await.is_err());
        let seen = world.team.links(&packer.scope).await.unwrap();
        assert_eq!(seen.len(), 1, "one's own is seen by everybody");
        world.team.disconnect_bot(&world.owner.scope).await.unwrap();
        assert!(world.team.bot(&world.owner.scope).await.unwrap().is_none());
        let links = world.team.links(&world.owner.scope).await.unwrap();
        assert!(links.iter().all(|link| link.ended.is_some()), "{links:?}");
        assert_eq!(
            world
                .ear
                .hear(world.owner.scope.merchant(), Span::ZERO)
                .await
                .unwrap(),
            Heard::Gone
        );
    }
}
