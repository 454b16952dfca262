//! Takes an upload piece by piece and gives up at the first byte too many; refuses to wait for the end of it.

use super::{TableError, TableLimits, sniff::refuse_signature};

/// A file that is arriving.
#[derive(Debug)]
pub struct Intake {
    limit_bytes: u64,
    bytes: Vec<u8>,
    looked_at_start: bool,
}

/// Enough to know a PDF or a picture by its first bytes.
const SIGNATURE_BYTES: usize = 16;

impl Intake {
    /// Begins to take a file of the declared length, when the sender declared one (`Content-Length`).
    ///
    /// # Errors
    /// When it is declared larger than the limit: nothing needs to be received.
    pub fn new(limits: &TableLimits, declared_bytes: Option<u64>) -> Result<Self, TableError> {
        let limit_bytes = limits.file_bytes;
        if declared_bytes.is_some_and(|declared| declared > limit_bytes) {
            return Err(TableError::TooLarge {
                bytes: declared_bytes,
                limit_bytes,
            });
        }
        Ok(Self {
            limit_bytes,
            bytes: Vec::new(),
            looked_at_start: false,
        })
    }

    /// Takes the next piece.
    ///
    /// # Errors
    /// When the file has become larger than the limit, whatever was declared, or begins like a file that is no
    /// table. What was taken is let go at once.
    pub fn push(&mut self, piece: &[u8]) -> Result<(), TableError> {
        let length = self.bytes.len().saturating_add(piece.len());
        let counted = u64::try_from(length).unwrap_or(u64::MAX);
        if counted > self.limit_bytes {
            self.bytes = Vec::new();
            return Err(TableError::TooLarge {
                bytes: Some(counted),
                limit_bytes: self.limit_bytes,
            });
        }
        self.bytes.extend_from_slice(piece);
        if !self.looked_at_start && self.bytes.len() >= SIGNATURE_BYTES {
            self.looked_at_start = true;
            if let Err(refusal) = refuse_signature(&self.bytes) {
                self.bytes = Vec::new();
                return Err(refusal);
            }
        }
        Ok(())
    }

    /// How many bytes have arrived.
    pub fn received_bytes(&self) -> usize {
        self.bytes.len()
    }

    /// The whole file.
    ///
    /// # Errors
    /// When nothing arrived.
    pub fn finish(self) -> Result<Vec<u8>, TableError> {
        if self.bytes.is_empty() {
            return Err(TableError::Empty);
        }
        Ok(self.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gigabyte_is_refused_before_and_while_it_arrives() {
        let limits = TableLimits {
            file_bytes: 1000,
            ..TableLimits::default()
        };
        let declared = Intake::new(&limits, Some(1 << 30));
        assert!(matches!(
            declared,
            Err(TableError::TooLarge {
                bytes: Some(1_073_741_824),
                limit_bytes: 1000
            })
        ));

        let mut intake = Intake::new(&limits, None).unwrap();
        let mut taken = 0;
        let refusal = loop {
            match intake.push(&[b'a'; 64]) {
                Ok(()) => taken += 64,
                Err(refusal) => break refusal,
            }
        };
        assert_eq!((taken, intake.received_bytes()), (960, 0));
        assert!(matches!(
            refusal,
            TableError::TooLarge {
                bytes: Some(1024),
                ..
            }
        ));
    }

    #[test]
    fn a_picture_is_refused_by_its_first_bytes() {
        let mut intake = Intake::new(&TableLimits::default(), None).unwrap();
        let refusal = intake.push(b"\x89PNG\r\n\x1a\n0123456789").unwrap_err();
        assert!(matches!(refusal, TableError::UnknownFormat("PNG")));
    }
}
