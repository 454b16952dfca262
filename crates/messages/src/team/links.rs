//! Which chats are whose: seen by those who manage the team, one's own by everybody; ended by either.

use super::{
    Team, TeamError,
    model::{LinkId, Way},
    service::person,
    store::{self, links::LinkRow},
};
use sauda_accounts::{AuditEntry, Right, Scope};
use sauda_kernel::{Span, Timestamp, UserId};
use sauda_store::Tx;

/// A linked chat as people see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkView {
    pub id: LinkId,
    pub user: UserId,
    /// Who is told there.
    pub name: String,
    /// The name in the channel.
    pub person: String,
    pub is_group: bool,
    pub is_own: bool,
    pub linked_at: Timestamp,
    /// When and why it ended; nothing while it is open.
    pub ended: Option<(Timestamp, String)>,
}

impl Team {
    /// Linked chats, and those whose link ended in the last week: one's own, and everybody's for who manages the team.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn links(&self, scope: &Scope) -> Result<Vec<LinkView>, TeamError> {
        let merchant = scope.merchant();
        let own = person(scope).ok();
        let sees_all = scope.may(Right::ManageTeam) || scope.may(Right::ManageShops);
        let since = self.now().minus(Span::from_days(7));
        let mut rows = store::links::open(&self.rooms.db, merchant).await?;
        rows.extend(store::links::ended(&self.rooms.db, merchant, since).await?);
        let mut seen = Vec::new();
        for row in rows.into_iter().filter(|row| sees_all || Some(&row.user) == own) {
            let member = self.rooms.accounts.member(merchant, &row.user, "page").await?;
            seen.push(LinkView {
                is_group: row.is_group(),
                is_own: Some(&row.user) == own,
                id: row.id,
                name: member.map_or_else(String::new, |member| member.name),
                user: row.user,
                person: row.person_name,
                linked_at: row.linked_at,
                ended: row.ended_at.zip(row.ended_why),
            });
        }
        Ok(seen)
    }

    /// Ends a link: one's own, or anybody's for who manages the team.
    ///
    /// # Errors
    /// When there is no such open link that the actor may end.
    pub async fn unlink(&self, scope: &Scope, id: &LinkId) -> Result<(), TeamError> {
        let own = person(scope).ok();
        let mut tx = self.rooms.db.write().await?;
        let open = store::links::open(&mut tx, scope.merchant()).await?;
        let link = open
            .into_iter()
            .find(|link| link.id == *id && (Some(&link.user) == own || scope.may(Right::ManageTeam)))
            .ok_or_else(|| TeamError::NotFound {
                what: "link",
                id: id.to_string(),
            })?;
        self.close(&mut tx, &link, "removed", "unlinked").await?;
        let entry = AuditEntry::new("team.unlinked", &link.person_name);
        self.rooms.accounts.audit(&mut tx, scope, entry).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Ends a link and everything that was still to be said there.
    pub(crate) async fn close(
        &self,
        tx: &mut Tx,
        link: &LinkRow,
        why: &str,
        trouble: &str,
    ) -> Result<(), TeamError> {
        store::links::end(&mut *tx, &link.id, why, self.now()).await?;
        let address = link.chat.to_string();
        store::posts::close_address(tx, &link.merchant, Way::Telegram, &address, trouble).await?;
        Ok(())
    }
}
