//! Reports that were made, for people who look: the list, one with what became of it, and the same for the team's outbox.

use super::model::{Made, MadeId, MadeState, PlanKind};
use super::paper::Paper;
use crate::{ReportPlans, ReportsError, store};
use async_trait::async_trait;
use sauda_accounts::{Language, Right, Scope};
use sauda_jobs::JobState;
use sauda_messages::team::{Delivered, PostState, ReportFile, ReportPaper, ReportRoom, TeamPlace, Undrawn};

pub use crate::store::made::MadeFilter;

/// Reports of a page at most.
const MOST: i64 = 200;

/// A report with what became of it.
#[derive(Debug, Clone)]
pub struct Kept {
    pub made: Made,
    /// Name of its shop; nothing for all.
    pub shop: Option<String>,
    pub sent: Vec<Sent>,
}

/// How far a report came at one place.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The person, or the address when nobody is there any more.
    pub who: String,
    pub is_group: bool,
    pub delivered: Delivered,
}

impl Sent {
    fn of(delivered: Delivered, places: &[TeamPlace]) -> Self {
        let place = places
            .iter()
            .find(|place| place.way == delivered.way && place.address == delivered.address);
        Self {
            who: place.map_or_else(|| delivered.address.clone(), |place| place.person.clone()),
            is_group: place.is_some_and(|place| place.is_group),
            delivered,
        }
    }

    /// It is at its place, or nobody knows.
    pub fn is_over(&self) -> bool {
        !matches!(self.delivered.state, PostState::Queued | PostState::Sending)
    }
}

impl ReportPlans {
    /// Reports of the merchant that the asking one may see, newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn made(&self, scope: &Scope, filter: &MadeFilter) -> Result<Vec<Made>, ReportsError> {
        let kinds = PlanKind::ALL
            .into_iter()
            .filter(|kind| {
                scope.may(kind.right()) && (filter.kinds.is_empty() || filter.kinds.contains(kind))
            })
            .collect();
        let filter = MadeFilter {
            kinds,
            limit: filter.limit.clamp(1, MOST),
            ..filter.clone()
        };
        let mut all = store::made::list(&self.db, scope, &filter).await?;
        for made in &mut all {
            self.stand(made).await?;
        }
        Ok(all)
    }

    /// A report whose job gave up is not being made any more.
    async fn stand(&self, made: &mut Made) -> Result<(), ReportsError> {
        let Some(job) = made.job.as_ref().filter(|_| made.state == MadeState::Making) else {
            return Ok(());
        };
        match self.jobs.job(job).await {
            Ok(job) if matches!(job.state, JobState::Parked | JobState::Cancelled) => {
                made.state = MadeState::Failed;
            }
            Ok(_) | Err(sauda_jobs::JobsError::NoJob(_)) => {}
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    /// One report, with where it went.
    ///
    /// # Errors
    /// When there is none that the asking one may see.
    pub async fn report(&self, scope: &Scope, id: &MadeId) -> Result<Kept, ReportsError> {
        let mut made = self.seen(scope, id).await?;
        self.stand(&mut made).await?;
        let places = if scope.may(Right::ViewAutomation) {
            self.team.places(scope.merchant()).await?
        } else {
            Vec::new()
        };
        let sent = self.team.delivered(scope, id.as_str()).await?;
        Ok(Kept {
            shop: self.shop_name(scope, &made).await?,
            sent: sent.into_iter().map(|one| Sent::of(one, &places)).collect(),
            made,
        })
    }

    async fn seen(&self, scope: &Scope, id: &MadeId) -> Result<Made, ReportsError> {
        store::made::find(&self.db, scope, id)
            .await?
            .filter(|made| scope.may(made.kind.right()))
            .ok_or_else(|| ReportsError::NotFound {
                what: "report",
                id: id.to_string(),
            })
    }

    async fn shop_name(&self, scope: &Scope, made: &Made) -> Result<Option<String>, ReportsError> {
        let Some(shop) = &made.shop else { return Ok(None) };
        let all = self.catalog.shops(scope).await?;
        Ok(all.into_iter().find(|one| one.id == *shop).map(|one| one.name))
    }

    /// A report in the words of a language.
    pub fn paper(&self, kept: &Kept, language: Language, sees_money: bool) -> Paper {
        Paper::of(
            &*self.team.speaker(),
            language,
            self.now(),
            &kept.made,
            kept.shop.as_deref(),
            sees_money,
        )
    }
}

#[async_trait]
impl ReportRoom for ReportPlans {
    async fn paper(
        &self,
        scope: &Scope,
        report: &str,
        sees_money: bool,
    ) -> Result<Option<ReportPaper>, Undrawn> {
        let drawn = async {
            let Ok(id) = MadeId::parse(report) else {
                return Ok(None);
            };
            let made = match self.seen(scope, &id).await {
                Err(ReportsError::NotFound { .. }) => return Ok(None),
                made => made?,
            };
            if made.kind == PlanKind::Profit && !sees_money {
                return Ok(None);
            }
            let shops = self.catalog.shops(scope).await?;
            let kept = Kept {
                shop: self.shop_name(scope, &made).await?,
                sent: Vec::new(),
                made,
            };
            let paper = ReportPlans::paper(self, &kept, kept.made.language, sees_money);
            // Pages stand under a shop: its own, or any.
            let slug = shops
                .iter()
                .find(|shop| kept.made.shop.as_ref().is_none_or(|own| *own == shop.id))
                .map(|shop| shop.slug.clone());
            Ok::<_, ReportsError>(Some(told(paper, &kept.made, slug).await))
        };
        drawn.await.map_err(|error| Undrawn::from(&error))
    }
}

/// A paper as the outbox takes it, its files drawn beside.
async fn told(paper: Paper, made: &Made, slug: Option<String>) -> ReportPaper {
    let page = slug.map_or_else(
        || "/automation/reports".to_owned(),
        |slug| format!("/s/{slug}/automation/reports/made/{}", made.id),
    );
    let told = ReportPaper {
        language: made.language,
        title: paper.title.clone(),
        parts: paper.lines(),
        page,
        ..ReportPaper::default()
    };
    if !made.pictures {
        return told;
    }
    let name = made.file_name();
    let drawn = tokio::task::spawn_blocking(move || (paper.pdf(), paper.picture())).await;
    let Ok((pdf, picture)) = drawn else {
        return told;
    };
    let file = |made: Result<Vec<u8>, sauda_labels::LabelsError>, end: &str, mime| {
        made.inspect_err(|error| tracing::error!(%error, "a report could not be drawn"))
            .ok()
            .map(|bytes| ReportFile {
                name: format!("{name}.{end}"),
                mime,
                bytes,
            })
    };
    ReportPaper {
        document: file(pdf, "pdf", "application/pdf"),
        picture: picture.and_then(|picture| file(picture, "png", "image/png")),
        ..told
    }
}

impl Made {
    /// Name of its files, without the end.
    pub fn file_name(&self) -> String {
        let at = self.due_at.local();
        format!(
            "{}-{:04}-{:02}-{:02}",
            self.kind.word(),
            at.year,
            at.month,
            at.day
        )
    }
}
