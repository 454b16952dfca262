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

/// Seals and opens secrets. Cheap to clone.
#[derive(Clone)]
pub struct Vault {
    key: Arc<Zeroizing<[u8; 32]>>,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(***)")
    }
}

const KEY_ID: &str = "k1";

impl Vault {
    /// A key of 32 bytes in base64, from a setting.
    ///
    /// # Errors
    /// When it is not 32 bytes of base64.
    pub fn from_base64(text: &str) -> Result<Self, StoreError> {
        let bytes = STANDARD.decode(text.trim()).map_err(|_| StoreError::Sealed("the key is not base64"))?;
        let key: [u8; 32] = bytes.try_into().map_err(|_| StoreError::Sealed("the key is not 32 bytes"))?;
        Ok(Self { key: Arc::new(Zeroizing::new(key)) })
    }

    /// Reads the key file, or makes it (readable by its owner only) when there is none.
    ///
    /// # Errors
    /// When the file cannot be read, made, or holds no key.
    pub fn open_file(path: &Path) -> Result<Self, StoreError> {
        let fail = |source| StoreError::File { path: path.display().to_string(), source };
        match std::fs::read_to_string(path) {
            Ok(text) => Self::from_base64(&text),
            Err(missing) if missing.kind() == std::io::ErrorKind::NotFound => {
                let mut key = [0_u8; 32];
                getrandom::fill(&mut key).map_err(|_| StoreError::Sealed("the system gives no randomness"))?;
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
        let cipher = XChaCha20Poly1305::new((&**self.key).into());
        let sealed = cipher
            .encrypt(&XNonce::from(nonce), Payload { msg: secret, aad: purpose.as_bytes() })
            .map_err(|_| StoreError::Sealed("it could not be sealed"))?;
        let mut whole = nonce.to_vec();
        whole.extend_from_slice(&sealed);
        Ok(Sealed(format!("{KEY_ID}.{}", STANDARD.encode(whole))))
    }

    /// Opens what was sealed for the same purpose.
    ///
    /// # Errors
    /// When the key is another one, the purpose differs or the text was changed.
    pub fn open(&self, purpose: &str, sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let body = sealed.0.strip_prefix(KEY_ID).and_then(|rest| rest.strip_prefix('.'));
        let body = body.ok_or(StoreError::Sealed("it was sealed with another key"))?;
        let whole = STANDARD.decode(body).map_err(|_| StoreError::Sealed("the text is damaged"))?;
        let (nonce, secret) = whole.split_at_checked(24).ok_or(StoreError::Sealed("the text is too short"))?;
        let nonce: [u8; 24] = nonce.try_into().map_err(|_| StoreError::Sealed("the text is damaged"))?;
        XChaCha20Poly1305::new((&**self.key).into())
            .decrypt(&XNonce::from(nonce), Payload { msg: secret, aad: purpose.as_bytes() })
            .map(Zeroizing::new)
            .map_err(|_| StoreError::Sealed("the key file is not the one it was sealed with"))
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
        assert_eq!(vault.open("merchant:a:cabinet", &sealed).unwrap().as_slice(), b"mc-sid=1");
        assert!(vault.open("merchant:b:cabinet", &sealed).is_err());
        assert_eq!(format!("{sealed:?} {vault:?}"), "Sealed(***) Vault(***)");
    }
}
