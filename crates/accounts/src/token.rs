//! Random words for cookies, links and keys, and their fingerprints. Refuses to store a word itself.

use crate::AccountsError;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use data_encoding::HEXLOWER;
use secrecy::SecretString;
use sha2::{Digest as _, Sha256};

/// 256 random bits in 43 letters.
pub(crate) fn random_word(prefix: &str) -> Result<SecretString, AccountsError> {
    let mut bits = [0_u8; 32];
    fill(&mut bits)?;
    Ok(SecretString::from(format!(
        "{prefix}{}",
        URL_SAFE_NO_PAD.encode(bits)
    )))
}

pub(crate) fn fill(bits: &mut [u8]) -> Result<(), AccountsError> {
    getrandom::fill(bits).map_err(|error| AccountsError::Secret(error.to_string()))
}

/// What is stored instead of the word: a word of 256 bits needs no salt and no slow hash.
pub(crate) fn fingerprint(word: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(word.as_bytes()))
}

/// Fingerprint of several parts; lengths are included, so that parts cannot flow into each other.
pub(crate) fn fingerprint_parts(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part.as_bytes());
    }
    HEXLOWER.encode(&hash.finalize())
}

/// Fingerprint of a body.
pub(crate) fn fingerprint_bytes(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}
