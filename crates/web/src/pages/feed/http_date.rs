//! Moments as headers of HTTP write them (RFC 9110, IMF-fixdate). Refuses the two old forms.

use sauda_kernel::{ALMATY_OFFSET_SECONDS, Span, Timestamp};

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

pub(super) fn write(at: Timestamp) -> String {
    let utc = at
        .minus(Span::from_secs(i64::from(ALMATY_OFFSET_SECONDS)))
        .local();
    let name = |names: &[&'static str], number: u32| {
        let at = usize::try_from(number).ok().and_then(|at| at.checked_sub(1));
        at.and_then(|at| names.get(at)).copied().unwrap_or_default()
    };
    format!(
        "{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
        name(&DAYS, utc.weekday),
        utc.day,
        name(&MONTHS, utc.month),
        utc.year,
        utc.hour,
        utc.minute,
        utc.second
    )
}

pub(super) fn read(text: &str) -> Option<Timestamp> {
    let mut parts = text.trim().strip_suffix(" GMT")?.split(' ');
    let (_, day, month, year, time) = (
        parts.next()?,
        parts.next()?,
        parts.next()?,
        parts.next()?,
        parts.next()?,
    );
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    Timestamp::parse(&format!("{year}-{month:02}-{day:0>2}T{time}Z")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_to_the_second() {
        let at = Timestamp::from_secs(784_111_777);
        assert_eq!(write(at), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(read("Sun, 06 Nov 1994 08:49:37 GMT"), Some(at));
        for nonsense in [
            "",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun, 06 Now 1994 08:49:37 GMT",
        ] {
            assert_eq!(read(nonsense), None, "{nonsense}");
        }
    }
}
