//! The cost of a permit. Bounds are wide: they catch a wrong algorithm, not a busy machine.

use crate::places::places;
use sauda_cluster::{BudgetKey, Limit};
use sauda_kernel::Span;
use std::time::Instant;

#[tokio::test]
async fn a_permit_costs_little_even_with_a_full_log() {
    let limit = Limit::per(4_000, Span::from_secs(2)).and(4_000, Span::from_mins(30));
    for place in places() {
        let key = BudgetKey::new("changes", "x");
        place.cluster.take_up_to(&key, &limit, 10).await.unwrap();
        let calls = if place.name == "memory" { 20_000 } else { 500 };
        let start = Instant::now();
        for _ in 0..calls {
            place.cluster.take_up_to(&key, &limit, 1).await.unwrap();
        }
        let each = start.elapsed() / calls;
        println!("{}: {each:?} a permit", place.name);
        assert!(each.as_micros() < 3_000, "{}: {each:?}", place.name);
    }
}
