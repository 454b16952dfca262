//! The QR as a PNG picture, one grey byte a dot. Refuses to compress: it is small and lives for a minute.

use qrcode::{Color, QrCode};

/// Dots of the picture for one of the code.
const SCALE: usize = 6;
/// White frame, in dots of the code.
const FRAME: usize = 4;

/// A PNG of this text as a QR; none when the text is too long for one.
pub fn png(text: &str) -> Option<Vec<u8>> {
    let code = QrCode::new(text.as_bytes()).ok()?;
    let colors = code.to_colors();
    let dots = code.width() + 2 * FRAME;
    let side = dots * SCALE;
    let mut rows = Vec::with_capacity(side * (side + 1));
    for y in 0..side {
        rows.push(0);
        for x in 0..side {
            let dark = (x / SCALE)
                .checked_sub(FRAME)
                .zip((y / SCALE).checked_sub(FRAME))
                .filter(|(x, y)| *x < code.width() && *y < code.width())
                .and_then(|(x, y)| colors.get(y * code.width() + x))
                .is_some_and(|color| *color == Color::Dark);
            rows.push(if dark { 0 } else { 255 });
        }
    }
    let side = u32::try_from(side).ok()?;
    let mut picture = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = Vec::with_capacity(13);
    head.extend(side.to_be_bytes());
    head.extend(side.to_be_bytes());
    // Eight bits of grey, no interlace.
    head.extend([8, 0, 0, 0, 0]);
    chunk(&mut picture, b"IHDR", &head);
    chunk(&mut picture, b"IDAT", &stored(&rows));
    chunk(&mut picture, b"IEND", &[]);
    Some(picture)
}

fn chunk(picture: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    picture.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes());
    let mut body = name.to_vec();
    body.extend(data);
    picture.extend(&body);
    picture.extend(crc32(&body).to_be_bytes());
}

/// A zlib stream of stored blocks (RFC 1950, 1951).
fn stored(data: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let blocks = data.chunks(65_535);
    let last = blocks.len();
    for (at, block) in blocks.enumerate() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        stream.push(u8::from(at + 1 == last));
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend(block);
    }
    stream.extend(adler32(data).to_be_bytes());
    stream
}

fn adler32(data: &[u8]) -> u32 {
    let (mut low, mut high) = (1_u32, 0_u32);
    for byte in data {
        low = (low + u32::from(*byte)) % 65_521;
        high = (high + low) % 65_521;
    }
    (high << 16) | low
}

fn crc32(data: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in data {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 {
                (sum >> 1) ^ 0xEDB8_8320
            } else {
                sum >> 1
            };
        }
    }
    !sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_the_standards() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(adler32(b"Wikipedia"), 0x11E6_0398);
    }

    #[test]
    fn a_picture_is_square_and_framed_in_white() {
        let picture = png("2@abc,def").unwrap();
        assert_eq!(&picture[..8], b"\x89PNG\r\n\x1a\n");
        let side = u32::from_be_bytes(picture[16..20].try_into().unwrap());
        assert_eq!(&picture[20..24], &side.to_be_bytes());
        // Version 1 has 21 dots.
        assert_eq!(side, (21 + 8) * 6);
        assert_eq!(&picture[picture.len() - 8..picture.len() - 4], b"IEND");
        assert!(png(&"x".repeat(5_000)).is_none());
    }
}
