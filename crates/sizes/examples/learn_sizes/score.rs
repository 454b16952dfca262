//! Scores of told chances against what happened. Refuses to judge them.

/// Area under the curve of one class against the rest, by ranks.
pub fn auc(told: &[([f64; 3], usize)], class: usize) -> f64 {
    let mut ranked: Vec<(f64, bool)> = told
        .iter()
        .map(|(chances, happened)| (chances[class], *happened == class))
        .collect();
    ranked.sort_by(|left, right| left.0.total_cmp(&right.0));
    let (mut yes, mut no, mut sum, mut at) = (0.0, 0.0, 0.0, 0);
    while at < ranked.len() {
        let same = ranked[at..]
            .iter()
            .take_while(|one| one.0 == ranked[at].0)
            .count();
        let rank = real(2 * at + same + 1) / 2.0;
        for one in &ranked[at..at + same] {
            if one.1 {
                yes += 1.0;
                sum += rank;
            } else {
                no += 1.0;
            }
        }
        at += same;
    }
    (sum - yes * (yes + 1.0) / 2.0) / (yes * no)
}

pub fn log_loss(told: &[([f64; 3], usize)]) -> f64 {
    told.iter()
        .map(|(chances, happened)| -chances[*happened].max(1e-9).ln())
        .sum::<f64>()
        / real(told.len())
}

/// A line of a table: number, three areas, their mean, log loss.
pub fn line(name: &str, told: &[([f64; 3], usize)]) {
    let areas = [0, 1, 2].map(|class| auc(told, class));
    println!(
        "| {name} | {} | {:.3} | {:.3} | {:.3} | **{:.3}** | {:.4} |",
        told.len(),
        areas[0],
        areas[1],
        areas[2],
        areas.iter().sum::<f64>() / 3.0,
        log_loss(told)
    );
}

/// Told and happened shares of too small and too large.
pub fn calibration(name: &str, told: &[([f64; 3], usize)]) {
    let mean = |class: usize| told.iter().map(|(chances, _)| chances[class]).sum::<f64>() / real(told.len());
    let share = |class: usize| {
        real(told.iter().filter(|(_, happened)| *happened == class).count()) / real(told.len())
    };
    println!(
        "| {name} | {} | {:.3} | {:.3} | {:.3} | {:.3} |",
        told.len(),
        mean(0),
        share(0),
        mean(2),
        share(2)
    );
}

/// Mean distance of told from happened over ten equal groups, of one class.
pub fn distance(told: &[([f64; 3], usize)], class: usize) -> f64 {
    let mut sorted: Vec<_> = told.iter().collect();
    sorted.sort_by(|left, right| left.0[class].total_cmp(&right.0[class]));
    let groups = sorted.chunks(sorted.len().div_ceil(10));
    let mut sum = 0.0;
    for group in groups {
        let mean = group.iter().map(|one| one.0[class]).sum::<f64>() / real(group.len());
        let share = real(group.iter().filter(|one| one.1 == class).count()) / real(group.len());
        sum += (mean - share).abs() * real(group.len());
    }
    sum / real(told.len())
}

pub fn real(count: usize) -> f64 {
    f64::from(u32::try_from(count).expect("a small count"))
}
