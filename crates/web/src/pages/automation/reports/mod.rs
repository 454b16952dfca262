//! Reports that are made by themselves: the list, the form, those that were made, and their files. Refuses to compose.

mod act;
mod form;
mod made;
mod show;

use crate::{door::Desk, pages::system::first_shop, views::reports::ToLine};
use axum::{
    Router,
    routing::{get, post},
};
use sauda_messages::team::{TeamPlace, Way};
use sauda_reports::timed::{Recipient, Who};

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route(
            "/automation/reports",
            get(async |desk, who| first_shop(desk, who, "automation/reports").await),
        )
        .route("/s/{shop}/automation/reports", get(show::page).post(act::add))
        .route(
            "/s/{shop}/automation/reports/{plan}",
            get(show::edit).post(act::change),
        )
        .route("/s/{shop}/automation/reports/{plan}/{act}", post(act::turn))
        .route("/s/{shop}/automation/reports/made/{id}", get(made::page))
        .route("/s/{shop}/automation/reports/made/{id}/{file}", get(made::file))
}

/// A recipient as people know it.
fn to_line(recipient: &Recipient, places: &[TeamPlace]) -> ToLine {
    let place = |way: Way, address: &str| {
        places
            .iter()
            .find(|place| place.way == way && place.address == address)
    };
    let line = |word, who: &str| ToLine {
        word,
        who: who.to_owned(),
    };
    match recipient {
        Recipient::Screen => line("screen", ""),
        Recipient::Telegram(Who::All) => line("telegram", ""),
        Recipient::Mail(Who::All) => line("mail", ""),
        Recipient::Telegram(Who::Chat(chat)) => {
            let word = if *chat < 0 { "group" } else { "chat" };
            match place(Way::Telegram, &chat.to_string()) {
                Some(place) => line(word, &place.person),
                None => line(word, &chat.to_string()),
            }
        }
        Recipient::Telegram(Who::Named(name)) => line("chat", name),
        Recipient::Mail(Who::Chat(number)) => line("address", &number.to_string()),
        Recipient::Mail(Who::Named(name)) => line("address", name),
    }
}
