//! The second factor: time-based codes (RFC 6238, SHA-1, 6 digits, 30 s, as code apps expect) and recovery codes.

use crate::{AccountsError, token};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sauda_kernel::Timestamp;
use secrecy::SecretString;
use totp_rs::{Builder, Totp};
use zeroize::Zeroizing;

/// Bytes of the shared secret: 160 bits, as RFC 4226 advises.
pub(crate) const SECRET_BYTES: usize = 20;
/// Recovery codes made at once.
pub(crate) const RECOVERY_CODES: usize = 10;

fn totp(secret: &[u8]) -> Result<Totp, AccountsError> {
    // The default builder is what the module sentence says; one step either way is accepted for slow clocks.
    Builder::new()
        .with_secret(secret)
        .build()
        .map_err(|error| AccountsError::Secret(error.to_string()))
}

/// The time step that a code belongs to, when it is right now or one step away and newer than the last used one.
pub(crate) fn matching_step(
    secret: &[u8],
    typed: &str,
    last_step: i64,
    now: Timestamp,
) -> Result<Option<i64>, AccountsError> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let foreign = typed
        .chars()
        .any(|letter| !letter.is_ascii_digit() && !letter.is_whitespace() && letter != '-');
    if foreign || digits.len() != 6 {
        return Ok(None);
    }
    let seconds = u64::try_from(now.as_secs()).unwrap_or(0);
    let step = totp(secret)?
        .check(&digits, seconds)
        .and_then(|step| i64::try_from(step).ok());
    Ok(step.filter(|step| *step > last_step))
}

/// The code of a moment: what the person's app shows.
#[cfg(test)]
pub(crate) fn code_at(secret: &[u8], now: Timestamp) -> String {
    totp(secret)
        .unwrap()
        .generate(u64::try_from(now.as_secs()).unwrap())
        .to_string()
}

/// Secret as people may type it into an app: base 32 without padding.
pub(crate) fn secret_text(secret: &[u8]) -> String {
    data_encoding::BASE32_NOPAD.encode(secret)
}

/// The address that code apps read from the picture.
pub(crate) fn otpauth(issuer: &str, account: &str, secret: &[u8]) -> String {
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    format!(
        "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period=30",
        issuer = encode(issuer),
        account = encode(account),
        secret = secret_text(secret)
    )
}

/// The address as a picture; colours come from the page (`currentColor`).
pub(crate) fn picture(address: &str) -> Result<String, AccountsError> {
    use qrcode::render::svg;
    let code =
        qrcode::QrCode::new(address.as_bytes()).map_err(|error| AccountsError::Secret(error.to_string()))?;
    let drawn = code
        .render()
        .min_dimensions(220, 220)
        .dark_color(svg::Color("#000000"))
        .light_color(svg::Color("#ffffff"))
        .build();
    // Inside a page there is no XML declaration.
    Ok(drawn
        .split_once("?>")
        .map_or(drawn.as_str(), |(_, picture)| picture)
        .to_owned())
}

const LETTERS: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyz0";

/// New recovery codes `xxxx-xxxx-xxxx-xxxx`: 80 bits each, so that a plain hash is enough to keep them.
pub(crate) fn recovery_codes() -> Result<Vec<SecretString>, AccountsError> {
    let mut codes = Vec::with_capacity(RECOVERY_CODES);
    for _ in 0..RECOVERY_CODES {
        let mut bits = Zeroizing::new([0_u8; 16]);
        token::fill(&mut *bits)?;
        let mut code = String::with_capacity(19);
        for (place, bit) in bits.iter().enumerate() {
            if place > 0 && place % 4 == 0 {
                code.push('-');
            }
            code.push(
                LETTERS
                    .get(usize::from(bit % 32))
                    .map_or('0', |letter| char::from(*letter)),
            );
        }
        codes.push(SecretString::from(code));
    }
    Ok(codes)
}

/// A typed recovery code without spaces, dashes and capitals, or nothing when it cannot be one.
pub(crate) fn fold_recovery(typed: &str) -> Option<String> {
    let folded: String = typed
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    (folded.len() == 16 && folded.bytes().all(|byte| LETTERS.contains(&byte))).then_some(folded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sauda_kernel::Span;
    use secrecy::ExposeSecret as _;

    const SECRET: &[u8] = b"12345678901234567890";

    /// Appendix B of RFC 6238, cut to six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (2_000_000_000, "279037"),
        ] {
            assert_eq!(code_at(SECRET, Timestamp::from_secs(second)), code);
        }
    }

    #[test]
    fn a_code_works_once_and_within_one_step() {
        let now = Timestamp::from_secs(1_111_111_109);
        let step = matching_step(SECRET, "081 804", 0, now).unwrap();
        assert_eq!(step, Some(37_037_036));
        assert_eq!(
            matching_step(SECRET, "081804", 37_037_036, now).unwrap(),
            None,
            "a second use"
        );
        assert_eq!(
            matching_step(SECRET, "081804", 0, now.plus(Span::from_secs(30))).unwrap(),
            step
        );
        assert_eq!(
            matching_step(SECRET, "081804", 0, now.plus(Span::from_secs(61))).unwrap(),
            None
        );
        for typed in ["", "81804", "0818044", "08180a", "081804'--"] {
            assert_eq!(matching_step(SECRET, typed, 0, now).unwrap(), None, "{typed}");
        }
    }

    #[test]
    fn the_address_and_the_picture_are_for_an_app() {
        let address = otpauth("Sauda", "aru@mail.kz", SECRET);
        assert_eq!(
            address,
            "otpauth://totp/Sauda:aru%40mail%2Ekz?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Sauda&algorithm=SHA1&digits=6&period=30"
        );
        let picture = picture(&address).unwrap();
        assert!(
            picture.trim_start().starts_with("<svg") && !picture.contains("style="),
            "{picture:.80}"
        );
    }

    #[test]
    fn recovery_codes_are_read_in_any_spelling() {
        let codes = recovery_codes().unwrap();
        assert_eq!(codes.len(), 10);
        let code = codes[0].expose_secret();
        assert_eq!(
            fold_recovery(&code.to_uppercase().replace('-', " ")),
            Some(code.replace('-', ""))
        );
        assert_eq!(fold_recovery("123456"), None);
    }
}
