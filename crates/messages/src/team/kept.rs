//! Reports that another room keeps: who can get them, recording that they are to be told, drawing them when they leave. Refuses to know what they tell.

use super::{
    Team, TeamError,
    figures::{Paper, Part},
    letter::Letter,
    mails::is_confirmed,
    model::{Content, NewPost, PostState, Way, What},
    render::{Drawn, Reader, plain_text},
    speak::{Said, To},
    store::{self, posts::PostRow},
};
use async_trait::async_trait;
use sauda_accounts::{Language, Scope};
use sauda_channel::{Attachment, Button, Text, Upload};
use sauda_kernel::{Kind, MerchantId, Timestamp, UserId};
use sauda_store::Tx;
use std::fmt;

/// Letters of the words under a file: the channel takes no more.
const CAPTION: usize = 900;
/// Letters of a title there.
const LONGEST_TITLE: usize = 120;

/// A report that could not be drawn now.
#[derive(Debug)]
pub struct Undrawn {
    pub kind: Kind,
    pub text: String,
}

impl fmt::Display for Undrawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
impl std::error::Error for Undrawn {}

/// A file of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportFile {
    pub name: String,
    pub mime: &'static str,
    pub bytes: Vec<u8>,
}

/// A report in the words of one reader.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReportPaper {
    pub language: Language,
    pub title: String,
    /// Headings with names and values; a line without a name is a sentence.
    pub parts: Vec<(String, Vec<(String, String)>)>,
    /// Its page on the desk, such as `/s/aru/automation/reports/made/rep_…`.
    pub page: String,
    /// The whole report on paper.
    pub document: Option<ReportFile>,
    /// Its drawing.
    pub picture: Option<ReportFile>,
}

/// Keeps reports and draws them.
#[async_trait]
pub trait ReportRoom: Send + Sync {
    /// A report for a reader, in its own language; nothing when it is gone or the reader may not see it.
    async fn paper(
        &self,
        scope: &Scope,
        report: &str,
        sees_money: bool,
    ) -> Result<Option<ReportPaper>, Undrawn>;
}

/// A report that goes somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportPost {
    /// Id of the report.
    pub report: String,
    pub user: UserId,
    pub way: Way,
    /// Number of the chat, or the address.
    pub address: String,
}

/// Where something could be told.
#[derive(Debug, Clone)]
pub struct TeamPlace {
    pub user: UserId,
    /// The person behind it.
    pub person: String,
    /// What they sign in with.
    pub login: String,
    pub way: Way,
    /// Number of the chat, or the address in small letters.
    pub address: String,
    /// Others read there too.
    pub is_group: bool,
    /// Letters go to confirmed addresses only.
    pub is_confirmed: bool,
    pub scope: Scope,
}

/// How far a report came at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    pub way: Way,
    pub address: String,
    pub state: PostState,
    pub at: Option<Timestamp>,
    /// Key of the text `team-trouble-<word>`.
    pub trouble: Option<String>,
}

fn once(report: &str) -> String {
    format!("made:{report}:")
}

impl Team {
    /// The same, able to tell reports of another room.
    #[must_use]
    pub fn with_reports(mut self, reports: std::sync::Arc<dyn ReportRoom>) -> Self {
        self.reports = Some(reports);
        self
    }

    /// Every linked chat and every address of letters of a merchant's people.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn places(&self, merchant: &MerchantId) -> Result<Vec<TeamPlace>, TeamError> {
        let links = store::links::open(&self.rooms.db, merchant).await?;
        let mails = store::mails::of(&self.rooms.db, merchant).await?;
        let mut places = Vec::new();
        for one in self.recipients(merchant).await? {
            let place = |way, address: String, is_group, is_confirmed| TeamPlace {
                user: one.member.user.clone(),
                person: one.member.name.clone(),
                login: one.member.login.to_lowercase(),
                way,
                address,
                is_group,
                is_confirmed,
                scope: one.member.scope.clone(),
            };
            for link in links.iter().filter(|link| link.user == one.member.user) {
                places.push(place(Way::Telegram, link.chat.to_string(), link.is_group(), true));
            }
            if let Some(address) = Self::mail_of(&one).filter(|_| self.mail.is_some()) {
                let is_confirmed = is_confirmed(&mails, &one.member.user, &address);
                places.push(place(Way::Mail, address.to_lowercase(), false, is_confirmed));
            }
        }
        Ok(places)
    }

    /// Records that a report is to be told, in the caller's transaction; what was recorded before is not told again.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn record_report(
        &self,
        tx: &mut Tx,
        merchant: &MerchantId,
        posts: &[ReportPost],
    ) -> Result<u64, TeamError> {
        let now = self.now();
        let posts: Vec<NewPost> = posts
            .iter()
            .map(|post| NewPost {
                merchant: merchant.clone(),
                user: Some(post.user.clone()),
                way: post.way,
                address: post.address.clone(),
                what: What::Asked,
                once: format!("{}{}:{}", once(&post.report), post.way.word(), post.address),
                content: Content::Made {
                    report: post.report.clone(),
                },
                // Its hour was chosen: it is told then, quiet or not.
                at: now,
            })
            .collect();
        self.record(tx, &posts).await
    }

    /// How far a report came, place by place; the outbox remembers a month.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn delivered(&self, scope: &Scope, report: &str) -> Result<Vec<Delivered>, TeamError> {
        Ok(store::posts::beginning(&self.rooms.db, scope.merchant(), &once(report)).await?)
    }

    /// A kept report as it leaves.
    pub(super) async fn made_report(
        &self,
        reader: &Reader<'_>,
        post: &PostRow,
        report: &str,
    ) -> Result<Drawn, TeamError> {
        let Some(room) = &self.reports else {
            return Ok(Drawn::Nothing("outdated"));
        };
        let may_money = reader.sees_money;
        let Some(paper) = room.paper(&reader.member.scope, report, may_money).await? else {
            return Ok(Drawn::Nothing("no-right"));
        };
        let url = self.page(&paper.page);
        if post.way == Way::Mail {
            return Ok(Drawn::Letter(letter(self.to(paper.language), paper, url)));
        }
        let buttons = url.map(|url| {
            let label = reader.to.say("team-button-open", &[]);
            vec![vec![Button::Open { label, url }]]
        });
        let buttons = buttons.unwrap_or_default();
        let caption = caption(&paper);
        let upload = |file: ReportFile, caption| {
            attachment(file).map(|file| Upload {
                file,
                caption,
                buttons: buttons.clone(),
                is_quiet: false,
            })
        };
        if let Some(photo) = paper.picture.and_then(|file| upload(file, caption.clone())) {
            return Ok(Drawn::Photo(photo));
        }
        Ok(
            match paper.document.and_then(|file| upload(file, caption.clone())) {
                Some(document) => Drawn::File(document),
                None => plain_text(caption, buttons),
            },
        )
    }
}

/// A file as it is attached; none when the channel would not take it.
fn attachment(file: ReportFile) -> Option<Attachment> {
    Attachment::new(&file.name, file.mime, file.bytes)
        .inspect_err(|error| tracing::error!(error = error.word(), "a report cannot be sent as a file"))
        .ok()
}

/// Signs as the channel counts them.
fn signs(text: &str) -> usize {
    text.encode_utf16().count()
}

/// As much of a report as stands under a picture: whole lines from its top.
fn caption(paper: &ReportPaper) -> Text {
    let title: String = paper.title.chars().take(LONGEST_TITLE).collect();
    let mut left = CAPTION.saturating_sub(signs(&title));
    let mut text = Text::default().bold(title);
    for (heading, rows) in &paper.parts {
        let lines: Vec<String> = rows.iter().map(|(name, value)| line(name, value)).collect();
        let least = signs(heading) + lines.first().map_or(0, |first| signs(first)) + 3;
        if lines.is_empty() || least > left {
            break;
        }
        if !heading.is_empty() {
            text = text.then("\n\n").bold(heading.clone());
            left -= signs(heading) + 2;
        }
        for line in lines {
            let Some(rest) = left.checked_sub(signs(&line) + 1) else {
                return text;
            };
            left = rest;
            text = text.then(format!("\n{line}"));
        }
    }
    text
}

fn line(name: &str, value: &str) -> String {
    match (name, value) {
        ("", value) => value.to_owned(),
        (name, "") => name.to_owned(),
        (name, value) => format!("{name}: {value}"),
    }
}

fn letter(to: To<'_>, paper: ReportPaper, url: Option<String>) -> Letter {
    let figures = Paper {
        title: paper.title,
        parts: paper
            .parts
            .into_iter()
            .map(|(title, rows)| Part { title, rows })
            .collect(),
    };
    let foot = match url {
        Some(page) => to.say("report-letter-foot-page", &[("page", Said::Text(page))]),
        None => to.say("report-letter-foot", &[]),
    };
    let letter = Letter::of_paper(&figures, to.language.word(), &foot);
    match paper.document.and_then(attachment) {
        Some(file) => letter.with(file),
        None => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_caption_ends_with_a_whole_line_where_the_channel_takes_no_more() {
        let paper = ReportPaper {
            title: "Отчёт".to_owned(),
            parts: vec![
                (
                    String::new(),
                    vec![(String::new(), "Пора заказать 2 товара".to_owned())],
                ),
                (
                    "Заказать".to_owned(),
                    (0..200)
                        .map(|n| (format!("Товар {n}"), "12".to_owned()))
                        .collect(),
                ),
            ],
            ..ReportPaper::default()
        };
        let words = caption(&paper).words();
        assert!(
            words.starts_with("Отчёт\nПора заказать 2 товара\n\nЗаказать\nТовар 0: 12\n"),
            "{words}"
        );
        assert!(words.ends_with(": 12") && signs(&words) <= 1_024);
    }

    proptest! {
        #[test]
        fn no_report_is_too_long_for_its_channel(title in "\\PC{0,120}", parts in prop::collection::vec(("\\PC{0,300}", prop::collection::vec(("\\PC{0,400}", "\\PC{0,300}"), 0..9)), 0..9)) {
            let paper = ReportPaper { title, parts, ..ReportPaper::default() };
            prop_assert!(signs(&caption(&paper).words()) <= 1_024);
        }
    }
}
