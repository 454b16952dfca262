//! Who belongs to a merchant and as what.

use super::{Accounts, NAME_LETTERS, named};
use crate::{
    AccountsError, AuditEntry, Member, Right, Role, Scope,
    store::{keys, sessions, team},
};
use sauda_kernel::UserId;
use sauda_store::Tx;

impl Accounts {
    /// The people of the team, oldest first.
    ///
    /// # Errors
    /// When the actor may not manage the team.
    pub async fn team(&self, scope: &Scope) -> Result<Vec<Member>, AccountsError> {
        scope.require(Right::ManageTeam)?;
        Ok(team::list(&self.db, scope).await?)
    }

    /// Makes a person something else. Their sessions in this team end: they sign in anew with the new rights.
    ///
    /// # Errors
    /// When the actor may not, there is no such person, or the last owner would be none.
    pub async fn set_role(&self, scope: &Scope, user: &UserId, role: Role) -> Result<(), AccountsError> {
        scope.require(Right::ManageTeam)?;
        let mut tx = self.db.write().await?;
        let member = self
            .hold_member(&mut tx, scope, user, role == Role::Owner)
            .await?;
        if member.role == role {
            return Ok(());
        }
        team::update_role(&mut tx, scope, user, role).await?;
        sessions::delete_of_member(&mut tx, scope.merchant(), user).await?;
        let entry = AuditEntry::new("accounts.role_changed", &member.name)
            .before(member.role.word())
            .after(role.word());
        self.audit.record_in(&mut tx, scope, entry).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Takes a person out of the team: sessions and keys of the person here end at once.
    ///
    /// # Errors
    /// When the actor may not, there is no such person, or it is the last owner.
    pub async fn remove_member(&self, scope: &Scope, user: &UserId) -> Result<(), AccountsError> {
        scope.require(Right::ManageTeam)?;
        let mut tx = self.db.write().await?;
        let member = self.hold_member(&mut tx, scope, user, false).await?;
        sessions::delete_of_member(&mut tx, scope.merchant(), user).await?;
        keys::revoke_of_member(&mut tx, scope, user, self.now()).await?;
        team::delete(&mut tx, scope, user).await?;
        let entry = AuditEntry::new("accounts.member_removed", &member.name).before(member.role.word());
        self.audit.record_in(&mut tx, scope, entry).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The member, with the team held still; refuses when no owner would be left.
    async fn hold_member(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        user: &UserId,
        stays_owner: bool,
    ) -> Result<Member, AccountsError> {
        team::lock(&mut *tx, scope.merchant()).await?;
        let members = team::list(tx, scope).await?;
        let owners = members.iter().filter(|member| member.role == Role::Owner).count();
        let Some(member) = members.into_iter().find(|member| member.user == *user) else {
            return Err(AccountsError::NotFound {
                what: "user",
                id: user.to_string(),
            });
        };
        if member.role == Role::Owner && owners == 1 && !stays_owner {
            return Err(AccountsError::LastOwner);
        }
        Ok(member)
    }

    /// # Errors
    /// When the actor may not, or the name is empty or too long.
    pub async fn rename_merchant(
        &self,
        scope: &Scope,
        before: &str,
        name: &str,
    ) -> Result<(), AccountsError> {
        scope.require(Right::ManageTeam)?;
        let name = named("merchant_name", name, NAME_LETTERS)?;
        let mut tx = self.db.write().await?;
        team::update_merchant_name(&mut tx, scope, &name).await?;
        let entry = AuditEntry::new("accounts.merchant_renamed", scope.merchant())
            .before(before)
            .after(&name);
        self.audit.record_in(&mut tx, scope, entry).await?;
        tx.commit().await?;
        Ok(())
    }
}
