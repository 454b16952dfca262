//! A receiver of webhooks that remembers every call. Refuses to understand them.

use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

/// One call, as it came.
#[derive(Debug, Clone)]
pub struct Came {
    pub head: String,
    pub body: Vec<u8>,
}

impl Came {
    /// The last part of the address that was called.
    pub fn word(&self) -> &str {
        let path = self.head.split_whitespace().nth(1).unwrap();
        path.rsplit('/').next().unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            line.split_once(": ")
                .filter(|(key, _)| key.eq_ignore_ascii_case(name))
                .map(|(_, value)| value)
        })
    }
}

pub struct Inbox {
    /// What our word is added to.
    pub base: String,
    came: Arc<Mutex<Vec<Came>>>,
}

impl Inbox {
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/hooks/whatsapp/", listener.local_addr().unwrap());
        let came = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&came);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut bytes = Vec::new();
                let call = loop {
                    let mut chunk = [0; 4096];
                    let read = stream.read(&mut chunk).await.unwrap_or(0);
                    bytes.extend_from_slice(&chunk[..read]);
                    let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
                        if read == 0 {
                            break None;
                        }
                        continue;
                    };
                    let call = Came {
                        head: String::from_utf8(bytes[..end].to_vec()).unwrap(),
                        body: bytes[end + 4..].to_vec(),
                    };
                    let length: usize = call
                        .header("content-length")
                        .map_or(0, |text| text.parse().unwrap());
                    if call.body.len() >= length || read == 0 {
                        break Some(call);
                    }
                };
                if let Some(call) = call {
                    kept.lock().unwrap().push(call);
                }
                let answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        });
        Self { base, came }
    }

    /// What came since the last time.
    pub fn take(&self) -> Vec<Came> {
        std::mem::take(&mut self.came.lock().unwrap())
    }
}
