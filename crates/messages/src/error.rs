//! What can go wrong in the messages room.

use crate::{
    model::SettingsWrong,
    template::{RenderError, TemplateProblem},
    understand::Language,
};
use sauda_catalog::CatalogError;
use sauda_channel::ChannelError;
use sauda_kernel::{Failure, Kind, Public};
use sauda_orders::OrdersError;
use sauda_store::StoreError;

#[derive(Debug, thiserror::Error)]
pub enum MessagesError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    #[error(transparent)]
    Orders(#[from] OrdersError),
    #[error(transparent)]
    Channel(#[from] ChannelError),
    #[error("the audit log does not answer")]
    Accounts(#[source] sauda_accounts::AccountsError),
    #[error("the shared state does not answer: {0}")]
    Cluster(String),
    #[error("there is no {what} {id}")]
    NotFound { what: &'static str, id: String },
    /// Another line of this installation has that name at that server.
    #[error("the server {server} has a line {name} here already")]
    LineTaken { server: String, name: String },
    /// The administrator lists the servers that may be named.
    #[error("the server {0} is not among those that the administrator allows")]
    ServerNotAllowed(String),
    #[error("the shop has no line to write by")]
    NoLine,
    #[error("order {code} shows no phone to write to")]
    NoPhone { code: String },
    #[error("the buyer asked for silence")]
    Silent,
    #[error("the message has no words")]
    Empty,
    #[error("the message has {length} letters, at most {limit} are sent")]
    TooLong { length: usize, limit: usize },
    #[error("the message stands where this makes no sense")]
    NotQueued,
    #[error("the template cannot be sent: {0}")]
    Render(RenderError),
    #[error("the texts are no templates")]
    Template(Vec<(Language, TemplateProblem)>),
    #[error("{0:?} is no name of a template")]
    TemplateName(String),
    #[error("somebody changed the template meanwhile")]
    TemplateChanged,
    #[error(transparent)]
    Settings(#[from] SettingsWrong),
    /// An event whose address nobody gave out, or whose signature is wrong.
    #[error("no line hears here")]
    NoEar,
}

impl Failure for MessagesError {
    fn kind(&self) -> Kind {
        match self {
            Self::Store(error) => error.kind(),
            Self::Catalog(error) => error.kind(),
            Self::Orders(error) => error.kind(),
            Self::Channel(error) => error.kind(),
            Self::Accounts(error) => error.kind(),
            Self::Cluster(_) => Kind::Unavailable,
            Self::NotFound { .. } | Self::NoEar => Kind::NotFound,
            Self::LineTaken { .. }
            | Self::NoLine
            | Self::Silent
            | Self::NotQueued
            | Self::TemplateChanged => Kind::Conflict,
            Self::ServerNotAllowed(_)
            | Self::NoPhone { .. }
            | Self::Empty
            | Self::TooLong { .. }
            | Self::Render(_)
            | Self::Template(_)
            | Self::TemplateName(_)
            | Self::Settings(_) => Kind::Invalid,
        }
    }

    fn public(&self) -> Vec<Public> {
        let one = match self {
            Self::Store(error) => return error.public(),
            Self::Catalog(error) => return error.public(),
            Self::Orders(error) => return error.public(),
            Self::Channel(error) => return error.public(),
            Self::Accounts(error) => return error.public(),
            Self::Cluster(_) => Public::new("cluster-unavailable"),
            Self::NotFound { what, id } => Public::new("not-found").arg("what", what).arg("id", id),
            Self::NoEar => Public::new("not-found").arg("what", "line").arg("id", ""),
            Self::LineTaken { server, name } => Public::new("line-taken")
                .field("name")
                .arg("server", server)
                .arg("name", name),
            Self::ServerNotAllowed(server) => Public::new("line-server-not-allowed")
                .field("server")
                .arg("server", server),
            Self::NoLine => Public::new("message-no-line"),
            Self::NoPhone { code } => Public::new("message-no-phone").arg("code", code),
            Self::Silent => Public::new("message-silent"),
            Self::Empty => Public::new("message-empty").field("text"),
            Self::TooLong { length, limit } => Public::new("message-too-long")
                .field("text")
                .arg("length", length)
                .arg("limit", limit),
            Self::NotQueued => Public::new("message-not-queued"),
            Self::Render(RenderError::Missing(variables)) => {
                let names: Vec<String> = variables
                    .iter()
                    .map(|variable| format!("{{{}}}", variable.word()))
                    .collect();
                Public::new("template-missing")
                    .field("template")
                    .arg("variables", names.join(", "))
            }
            Self::Render(RenderError::TooLong { length, limit }) => Public::new("template-message-too-long")
                .field("template")
                .arg("length", length)
                .arg("limit", limit),
            Self::Template(problems) => return problems.iter().map(problem).collect(),
            Self::TemplateName(name) => Public::new("template-name").field("name").arg("name", name),
            Self::TemplateChanged => Public::new("template-changed"),
            Self::Settings(wrong) => return vec![settings(wrong)],
        };
        vec![one]
    }
}

fn problem((language, problem): &(Language, TemplateProblem)) -> Public {
    let field = if *language == Language::Kk { "kk" } else { "ru" };
    match problem {
        TemplateProblem::Empty => Public::new("template-empty"),
        TemplateProblem::TooLong { length, limit } => Public::new("template-too-long")
            .arg("length", length)
            .arg("limit", limit),
        TemplateProblem::Unknown { name, nearest, .. } => Public::new("template-unknown-variable")
            .arg("name", name)
            .arg("nearest", nearest.unwrap_or("—")),
        TemplateProblem::Unclosed { place } => Public::new("template-unclosed-bracket").arg("place", place),
        TemplateProblem::Unopened { place } => Public::new("template-unopened-bracket").arg("place", place),
    }
    .field(field)
}

fn settings(wrong: &SettingsWrong) -> Public {
    use crate::limits::LimitsError;
    let clock = |minute: &u32| format!("{:02}:{:02}", minute / 60, minute % 60);
    match wrong {
        SettingsWrong::Night { from, until } => Public::new("limits-night")
            .field("from")
            .arg("from", clock(from))
            .arg("until", clock(until)),
        SettingsWrong::Hours(_) => Public::new("limits-hours").field("from"),
        SettingsWrong::Delay(minutes) => Public::new("trigger-delay").field("delay").arg("value", minutes),
        SettingsWrong::Limits(wrong) => match wrong {
            LimitsError::GapTooSmall(seconds) => Public::new("limits-gap").field("gap").arg("value", seconds),
            LimitsError::Jitter(seconds) => {
                Public::new("limits-jitter").field("jitter").arg("value", seconds)
            }
            LimitsError::PerDay(count) => Public::new("limits-per-day").field("per_day").arg("value", count),
            LimitsError::Weekday(day) => Public::new("limits-weekday")
                .field("quiet_days")
                .arg("value", day),
            LimitsError::NoDay => Public::new("limits-no-day").field("quiet_days"),
        },
    }
}
