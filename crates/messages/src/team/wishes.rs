//! What a person wants to hear, by which way, when it is quiet, where letters go. Each person's own business.

use super::{
    Team, TeamError,
    mails::is_confirmed,
    model::{Manners, Way, What, Wish},
    quiet,
    service::{Recipient, person, wish_of},
    store::{self, mails::MailRow},
};
use sauda_accounts::{Right, Scope};
use sauda_channel::MailBox;
use sauda_kernel::{Timestamp, UserId};
use std::collections::BTreeSet;

/// A person's table of what and how.
#[derive(Debug, Clone)]
pub struct Wishes {
    /// What the person may be told of, with the ways.
    pub rows: Vec<(What, Wish)>,
    pub manners: Manners,
    /// Where letters go now; nothing when no address is known.
    pub mail: Option<String>,
    /// Its owner opened the link that was sent there: letters go.
    pub is_mail_confirmed: bool,
    /// When the link was sent last.
    pub mail_asked_at: Option<Timestamp>,
    pub has_chat: bool,
}

/// One of the team, with what is heard and where.
#[derive(Debug, Clone)]
pub struct Hearer {
    pub user: UserId,
    pub name: String,
    pub rows: Vec<(What, Wish)>,
    /// Linked chats, groups among them.
    pub chats: i64,
    pub mail: Option<String>,
    pub is_mail_confirmed: bool,
}

/// Words of a form, before they are understood.
#[derive(Debug, Clone, Default)]
pub struct TypedManners {
    pub quiet_from: String,
    pub quiet_until: String,
    pub report_at: String,
    pub mail: String,
}

impl TypedManners {
    /// # Errors
    /// Which field makes no sense.
    pub fn read(&self) -> Result<Manners, TeamError> {
        let time = |field: &'static str, text: &str| {
            quiet::read_time(text).ok_or_else(|| TeamError::Time {
                field,
                value: text.to_owned(),
            })
        };
        let quiet = if self.quiet_from.trim().is_empty() && self.quiet_until.trim().is_empty() {
            None
        } else {
            let (from, until) = (
                time("quiet_from", &self.quiet_from)?,
                time("quiet_until", &self.quiet_until)?,
            );
            (from != until).then_some((from, until))
        };
        let mail = self.mail.trim().to_owned();
        if !mail.is_empty() && MailBox::new(None, &mail).is_err() {
            return Err(TeamError::Address(mail));
        }
        Ok(Manners {
            quiet,
            report_at: time("report_at", &self.report_at)?,
            mail,
        })
    }
}

impl Team {
    /// What the asking person wants to hear.
    ///
    /// # Errors
    /// When no person asks.
    pub async fn wishes(&self, scope: &Scope) -> Result<Wishes, TeamError> {
        let user = person(scope)?;
        let own = self.recipient(scope).await?;
        let said: Vec<(What, Wish)> = store::wishes::of(&self.rooms.db, scope.merchant())
            .await?
            .into_iter()
            .filter(|(of, _, _)| of == user)
            .map(|(_, what, wish)| (what, wish))
            .collect();
        let links = store::links::open(&self.rooms.db, scope.merchant()).await?;
        let mail = Self::mail_of(&own);
        let mails = store::mails::of(&self.rooms.db, scope.merchant()).await?;
        let row = mail.as_ref().and_then(|mail| {
            let is_it = |row: &&MailRow| row.user == *user && row.address == mail.to_lowercase();
            mails.iter().find(is_it)
        });
        Ok(Wishes {
            is_mail_confirmed: row.is_some_and(|row| row.confirmed_at.is_some()),
            mail_asked_at: row.map(|row| row.asked_at),
            rows: What::WISHED
                .into_iter()
                .filter(|what| what.may_be_told(scope))
                .map(|what| (what, wish_of(&said, what)))
                .collect(),
            mail,
            manners: own.manners,
            has_chat: links.iter().any(|link| link.user == *user),
        })
    }

    /// Who of the team hears of what.
    ///
    /// # Errors
    /// When who asks does not manage the team.
    pub async fn hearers(&self, scope: &Scope) -> Result<Vec<Hearer>, TeamError> {
        scope.require(Right::ManageTeam)?;
        let merchant = scope.merchant();
        let links = store::links::open(&self.rooms.db, merchant).await?;
        let mails = store::mails::of(&self.rooms.db, merchant).await?;
        let hearer = |one: Recipient| {
            let user = one.member.user.clone();
            let mail = Self::mail_of(&one);
            let chats = links.iter().filter(|link| link.user == user).count();
            Hearer {
                name: one.member.name.clone(),
                rows: What::WISHED
                    .into_iter()
                    .filter(|what| what.may_be_told(&one.member.scope))
                    .map(|what| (what, one.wish(what)))
                    .collect(),
                chats: i64::try_from(chats).unwrap_or(i64::MAX),
                is_mail_confirmed: mail
                    .as_ref()
                    .is_some_and(|mail| is_confirmed(&mails, &user, mail)),
                mail,
                user,
            }
        };
        Ok(self.recipients(merchant).await?.into_iter().map(hearer).collect())
    }

    pub(super) async fn recipient(&self, scope: &Scope) -> Result<Recipient, TeamError> {
        let user = person(scope)?;
        self.recipients(scope.merchant())
            .await?
            .into_iter()
            .find(|one| one.member.user == *user)
            .ok_or_else(|| TeamError::NotFound {
                what: "user",
                id: user.to_string(),
            })
    }

    /// Keeps what the asking person wants to hear. To an address that was never asked before goes the link that confirms it.
    ///
    /// # Errors
    /// When no person asks.
    pub async fn save_wishes(
        &self,
        scope: &Scope,
        rows: &[(What, Wish)],
        manners: &Manners,
    ) -> Result<(), TeamError> {
        let user = person(scope)?;
        let mut tx = self.rooms.db.write().await?;
        for (what, wish) in rows.iter().filter(|(what, _)| *what != What::Asked) {
            store::wishes::put(&mut tx, scope.merchant(), user, *what, *wish).await?;
        }
        store::wishes::put_manners(&mut tx, scope.merchant(), user, manners).await?;
        tx.commit().await?;
        let now = self.wishes(scope).await?;
        let wants_letters = now.rows.iter().any(|(_, wish)| wish.by_mail);
        let is_new = now.mail.is_some() && !now.is_mail_confirmed && now.mail_asked_at.is_none();
        if self.mail.is_some() && wants_letters && is_new {
            match self.ask_to_confirm(scope).await {
                Ok(_) | Err(TeamError::TooOften { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// What the asking person does not want to see on the screen.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn unseen(&self, scope: &Scope) -> Result<BTreeSet<What>, TeamError> {
        let Ok(user) = person(scope) else {
            return Ok(BTreeSet::new());
        };
        Ok(store::wishes::of(&self.rooms.db, scope.merchant())
            .await?
            .into_iter()
            .filter(|(of, _, wish)| of == user && !wish.by_screen)
            .map(|(_, what, _)| what)
            .collect())
    }

    /// Whether a way out of the house works here.
    pub const fn has(&self, way: Way) -> bool {
        match way {
            Way::Telegram => true,
            Way::Mail => self.mail.is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(from: &str, until: &str, at: &str, mail: &str) -> TypedManners {
        TypedManners {
            quiet_from: from.to_owned(),
            quiet_until: until.to_owned(),
            report_at: at.to_owned(),
            mail: mail.to_owned(),
        }
    }

    #[test]
    fn manners_are_read_as_people_write_them_and_refused_by_their_field() {
        let read = typed("22:00", "8:00", "20:30", " aru@example.kz ")
            .read()
            .unwrap();
        assert_eq!(
            read,
            Manners {
                quiet: Some((1_320, 480)),
                report_at: 1_230,
                mail: "aru@example.kz".to_owned()
            }
        );
        assert_eq!(typed("", "", "9.00", "").read().unwrap().quiet, None);
        assert_eq!(
            typed("9:00", "9:00", "9.00", "").read().unwrap().quiet,
            None,
            "no hours are quiet"
        );
        let refused = |typed: TypedManners| typed.read().unwrap_err().to_string();
        assert_eq!(
            refused(typed("22:00", "", "20:00", "")),
            "quiet_until: \"\" is no time of a day"
        );
        assert_eq!(
            refused(typed("", "", "25:00", "")),
            "report_at: \"25:00\" is no time of a day"
        );
        assert_eq!(
            refused(typed("", "", "20:00", "aru")),
            "mail: \"aru\" is no address"
        );
    }
}
