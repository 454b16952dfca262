//! How a shop's prices are doing.

use crate::{
    ApiState,
    describe::{Op, op},
    shape::{Moment, ShopModeWord, Shown, Word},
};
use axum::extract::State;
use sauda_edge::{Caller, PathParams, Refusal, need};
use sauda_kernel::ShopId;
use sauda_pricing::service::ShopPulse;
use serde::Serialize;
use utoipa::ToSchema;

/// How a shop's prices are doing.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Pulse)]
pub(crate) struct PulseView {
    pub mode: ShopModeWord,
    /// When a price was last confirmed.
    pub confirmed_at: Option<Moment>,
    /// Since when nothing was confirmed for too long.
    pub silent_since: Option<Moment>,
    /// When the storefront last answered.
    pub checked_at: Option<Moment>,
    /// Wishes that wait.
    pub waiting: i64,
    /// Changes on their way.
    pub in_flight: i64,
    /// Changes since midnight in Almaty.
    pub today: i64,
    /// Mean time from a rival's change seen to ours visible, over a day.
    pub reaction_seconds: Option<i64>,
}

impl From<ShopPulse> for PulseView {
    fn from(pulse: ShopPulse) -> Self {
        Self {
            mode: Word(pulse.mode),
            confirmed_at: pulse.confirmed_at.map(Moment),
            silent_since: pulse.dead_since.map(Moment),
            checked_at: pulse.checked_at.map(Moment),
            waiting: pulse.waiting,
            in_flight: pulse.flying,
            today: pulse.today,
            reaction_seconds: pulse.reaction_seconds,
        }
    }
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewPrices>("show_pulse", "How a shop's prices are doing").shows::<PulseView>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
) -> Result<Shown<PulseView>, Refusal> {
    Ok(Shown(state.pricing.pulse(&caller.scope, &shop).await?.into()))
}
