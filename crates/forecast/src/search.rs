//! The lowest place of a function of four numbers (Nelder and Mead). Refuses to promise that it is the lowest of all.

/// Searches from `begin` with first steps of `step`, for at most `tries` looks.
pub(crate) fn lowest<const N: usize>(
    begin: [f64; N],
    step: f64,
    tries: usize,
    look: impl Fn(&[f64; N]) -> f64,
) -> [f64; N] {
    let mut corners: Vec<(f64, [f64; N])> = Vec::with_capacity(N + 1);
    corners.push((look(&begin), begin));
    for axis in 0..N {
        let mut corner = begin;
        if let Some(value) = corner.get_mut(axis) {
            *value += step;
        }
        corners.push((look(&corner), corner));
    }
    let mut looked = N + 1;
    while looked < tries {
        corners.sort_by(|one, other| one.0.total_cmp(&other.0));
        let Some((worst_value, worst)) = corners.pop() else {
            break;
        };
        let mut middle = [0.0; N];
        for (_, corner) in &corners {
            for (sum, value) in middle.iter_mut().zip(corner) {
                *sum += value / crate::number::real(N);
            }
        }
        let towards = |by: f64| {
            let mut place = middle;
            for ((place, middle), worst) in place.iter_mut().zip(&middle).zip(&worst) {
                *place = middle + by * (middle - worst);
            }
            place
        };
        let best = corners.first().map_or(f64::MAX, |corner| corner.0);
        let second = corners.last().map_or(f64::MAX, |corner| corner.0);
        let mirrored = towards(1.0);
        let value = look(&mirrored);
        looked += 1;
        let mut found = (value, mirrored);
        if value < best {
            let further = towards(2.0);
            let value = look(&further);
            looked += 1;
            if value < found.0 {
                found = (value, further);
            }
        } else if value >= second {
            let nearer = towards(if value < worst_value { 0.5 } else { -0.5 });
            let value = look(&nearer);
            looked += 1;
            found = (value, nearer);
        }
        if found.0 < worst_value {
            corners.push(found);
        } else {
            corners.push((worst_value, worst));
            shrink(&mut corners, &look);
            looked += N;
        }
    }
    corners
        .into_iter()
        .min_by(|one, other| one.0.total_cmp(&other.0))
        .map_or(begin, |corner| corner.1)
}

/// Draws every corner half the way to the best.
fn shrink<const N: usize>(corners: &mut [(f64, [f64; N])], look: &impl Fn(&[f64; N]) -> f64) {
    let Some((first, rest)) = corners.split_first_mut() else {
        return;
    };
    for (value, corner) in rest {
        for (place, best) in corner.iter_mut().zip(&first.1) {
            *place = f64::midpoint(*place, *best);
        }
        *value = look(corner);
    }
}
