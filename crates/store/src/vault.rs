//! Secrets at rest: sealed with a key that lives outside the database.
//! XChaCha20-Poly1305 (RFC 8439 with the extended nonce); the purpose and the owner are authenticated with each secret.

use crate::StoreError;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use std::{fmt, path::Path, sync::Arc};
use zeroize::Zeroizing;

/// A sealed secret as it is stored: key id, nonce and cipher text in base64.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(pub String);

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealed(***)")
    }
}

/// Seals and opens secrets. Cheap to clone. Seals with the first key; the others open what was sealed before a change of keys.
#[derive(Clone)]
pub struct Vault {
    keys: Arc<Vec<Key>>,
}

struct Key {
    id: String,
    secret: Zeroizing<[u8; 32]>,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(***)")
    }
}

/// Id of a key that stands alone.
const FIRST_ID: &str = "k1";

impl Vault {
    /// A key of 32 bytes in base64, from a setting. After a change of keys: one line each, `k2 …` before `k1 …`, newest first.
    ///
    /// # Errors
    /// When a line is not 32 bytes of base64, or an id comes twice.
    pub fn from_base64(text: &str) -> Result<Self, StoreError> {
        let mut keys: Vec<Key> = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (id, body) = line.split_once(' ').unwrap_or((FIRST_ID, line));
            if keys.iter().any(|key| key.id == id) || id.contains('.') {
                return Err(StoreError::Sealed(
                    "each line of the key needs an id of its own, such as `k2 …`",
                ));
            }
            let bytes = Zeroizing::new(
                STANDARD
                    .decode(body.trim())
                    .map_err(|_| StoreError::Sealed("the key is not base64"))?,
            );
            let secret: [u8; 32] = bytes
                .as_slice()
                .try_into()
                .map_err(|_| StoreError::Sealed("the key is not 32 bytes"))?;
            keys.push(Key {
                id: id.to_owned(),
                secret: Zeroizing::new(secret),
            });
        }
        if keys.is_empty() {
            return Err(StoreError::Sealed("the key is empty"));
        }
        Ok(Self { keys: Arc::new(keys) })
    }

    /// Reads the key file, or makes it (readable by its owner only) when there is none.
    ///
    /// # Errors
    /// When the file cannot be read, made, or holds no key.
    pub fn open_file(path: &Path) -> Result<Self, StoreError> {
        let fail = |source| StoreError::File {
            path: path.display().to_string(),
            source,
        };
        match std::fs::read_to_string(path) {
            Ok(text) => Self::from_base64(&text),
            Err(missing) if missing.kind() == std::io::ErrorKind::NotFound => {
                let mut key = [0_u8; 32];
                getrandom::fill(&mut key)
                    .map_err(|_| StoreError::Sealed("the system gives no randomness"))?;
                if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                    std::fs::create_dir_all(folder).map_err(fail)?;
                }
                write_private(path, &STANDARD.encode(key)).map_err(fail)?;
                // Another process may have made it first: what is in the file counts.
                Self::from_base64(&std::fs::read_to_string(path).map_err(fail)?)
            }
            Err(source) => Err(fail(source)),
        }
    }

    /// Seals a secret for one purpose and owner, such as `("merchant:mer_…:cabinet", …)`.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn seal(&self, purpose: &str, secret: &[u8]) -> Result<Sealed, StoreError> {
        let mut nonce = [0_u8; 24];
        getrandom::fill(&mut nonce).map_err(|_| StoreError::Sealed("the system gives no randomness"))?;
        let key = self.keys.first().ok_or(StoreError::Sealed("the key is empty"))?;
        let cipher = XChaCha20Poly1305::new((&*key.secret).into());
        let sealed = cipher
            .encrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: secret,
                    aad: purpose.as_bytes(),
                },
            )
            .map_err(|_| StoreError::Sealed("it could not be sealed"))?;
        let mut whole = nonce.to_vec();
        whole.extend_from_slice(&sealed);
        Ok(Sealed(format!("{}.{}", key.id, STANDARD.encode(whole))))
    }

    /// Opens what was sealed for the same purpose.
    ///
    /// # Errors
    /// When the key is another one, the purpose differs or the text was changed.
    pub fn open(&self, purpose: &str, sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let (id, body) = sealed
            .0
            .split_once('.')
            .ok_or(StoreError::Sealed("the text is damaged"))?;
        let key = self
            .keys
            .iter()
            .find(|key| key.id == id)
            .ok_or(StoreError::Sealed("it was sealed with a key that is not here"))?;
        let whole = STANDARD
            .decode(body)
            .map_err(|_| StoreError::Sealed("the text is damaged"))?;
        let (nonce, secret) = whole
            .split_at_checked(24)
            .ok_or(StoreError::Sealed("the text is too short"))?;
        let nonce: [u8; 24] = nonce
            .try_into()
            .map_err(|_| StoreError::Sealed("the text is damaged"))?;
        XChaCha20Poly1305::new((&*key.secret).into())
            .decrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: secret,
                    aad: purpose.as_bytes(),
                },
            )
            .map(Zeroizing::new)
            .map_err(|_| StoreError::Sealed("the key file is not the one it was sealed with"))
    }

    /// Whether a secret was sealed with an older key: open it and seal it again when it is at hand.
    pub fn is_stale(&self, sealed: &Sealed) -> bool {
        let newest = self.keys.first().map(|key| key.id.as_str());
        sealed.0.split_once('.').map(|(id, _)| id) != newest
    }
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    match options.open(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).and_then(|()| file.sync_all()),
        Err(exists) if exists.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(other) => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_only_for_its_purpose() {
        let vault = Vault::from_base64(&STANDARD.encode([7; 32])).unwrap();
        let sealed = vault.seal("merchant:a:cabinet", b"mc-sid=1").unwrap();
        assert_eq!(
            vault.open("merchant:a:cabinet", &sealed).unwrap().as_slice(),
            b"mc-sid=1"
        );
        assert!(vault.open("merchant:b:cabinet", &sealed).is_err());
        assert_eq!(format!("{sealed:?} {vault:?}"), "Sealed(***) Vault(***)");
    }

    #[test]
    fn a_new_key_seals_and_the_old_one_still_opens() {
        let (old, new) = (STANDARD.encode([7; 32]), STANDARD.encode([8; 32]));
        let before = Vault::from_base64(&old).unwrap();
        let sealed = before.seal("x", b"secret").unwrap();
        let both = Vault::from_base64(&format!("k2 {new}\nk1 {old}\n")).unwrap();
        assert_eq!(both.open("x", &sealed).unwrap().as_slice(), b"secret");
        assert!(both.is_stale(&sealed) && !before.is_stale(&sealed));
        let again = both.seal("x", b"secret").unwrap();
        assert!(!both.is_stale(&again));
        assert!(before.open("x", &again).is_err());
        assert!(
            Vault::from_base64(&format!("{new}\n{old}")).is_err(),
            "two keys of one id"
        );
        assert!(Vault::from_base64("").is_err());
    }
}
