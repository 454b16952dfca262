//! One GET over plain HTTP. Refuses TLS and redirects: the pretend world lives on one machine.

use std::time::Duration;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

const PATIENCE: Duration = Duration::from_secs(30);
/// A list of a hundred thousand offers is smaller.
const MOST_BYTES: usize = 256 * 1024 * 1024;

pub struct Answer {
    pub status: u16,
    pub etag: Option<String>,
    pub body: String,
}

/// The whole answer; none when it does not come whole and in time.
pub async fn get(url: &str, etag: Option<&str>) -> Option<Answer> {
    let rest = url.strip_prefix("http://")?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let target = if host.contains(':') {
        host.to_owned()
    } else {
        format!("{host}:80")
    };
    let known = etag.map_or(String::new(), |etag| format!("If-None-Match: {etag}\r\n"));
    let head = format!(
        "GET /{path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: Java/11.0.20\r\nConnection: close\r\n{known}\r\n"
    );
    if head.matches("\r\n").count() > 6 {
        return None;
    }
    let talk = async {
        let mut stream = TcpStream::connect(&target).await.ok()?;
        stream.write_all(head.as_bytes()).await.ok()?;
        let mut bytes = Vec::new();
        let mut chunk = vec![0; 64 * 1024];
        loop {
            match stream.read(&mut chunk).await.ok()? {
                0 => break,
                read => bytes.extend(chunk.iter().take(read)),
            }
            if bytes.len() > MOST_BYTES {
                return None;
            }
        }
        parse(&bytes)
    };
    tokio::time::timeout(PATIENCE, talk).await.ok().flatten()
}

fn parse(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(bytes.get(..end)?).into_owned();
    let body = bytes.get(end + 4..)?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let value = |name: &str| {
        head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.trim()
                .eq_ignore_ascii_case(name)
                .then(|| value.trim().to_owned())
        })
    };
    let body = if value("transfer-encoding").is_some_and(|of| of.eq_ignore_ascii_case("chunked")) {
        unchunk(body)?
    } else {
        if let Some(length) = value("content-length").and_then(|length| length.parse::<usize>().ok())
            && body.len() != length
        {
            return None;
        }
        body.to_vec()
    };
    Some(Answer {
        status,
        etag: value("etag"),
        body: String::from_utf8(body).ok()?,
    })
}

/// Nothing when the last chunk is missing: the connection broke.
fn unchunk(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n")?;
        let size = String::from_utf8_lossy(rest.get(..end)?).into_owned();
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(whole);
        }
        whole.extend(rest.get(end + 2..end + 2 + size)?);
        rest = rest.get(end + 2 + size + 2..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_broke_off_is_none() {
        let whole = b"HTTP/1.1 200 OK\r\nETag: \"x\"\r\ncontent-length: 4\r\n\r\nabcd";
        let answer = parse(whole).unwrap();
        assert_eq!(
            (answer.status, answer.etag.as_deref(), answer.body.as_str()),
            (200, Some("\"x\""), "abcd")
        );
        assert!(parse(&whole[..whole.len() - 1]).is_none());
        let chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n";
        assert_eq!(parse(chunked).unwrap().body, "abcd");
        assert!(parse(&chunked[..chunked.len() - 5]).is_none());
    }
}
