//! Asks the desk's pages as a signed-in browser would, and times the answers. Refuses to measure a browser or a network.

use crate::rooms::Rooms;
use anyhow::{Context as _, bail};
use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use sauda_accounts::{NewOwner, Visitor};
use sauda_kernel::MerchantId;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

/// The largest answer that is read.
const MOST_BYTES: usize = 512 << 20;

/// A session of the owner of a fresh merchant.
pub struct Browser {
    router: Router,
    cookie: String,
}

impl Browser {
    /// Signs up the owner of a merchant, and says whose it is.
    pub async fn sign_up(rooms: &Rooms) -> anyhow::Result<(Self, MerchantId)> {
        let owner = NewOwner {
            merchant_name: "Bench".to_owned(),
            name: "Bench".to_owned(),
            login: "bench@example.kz".to_owned(),
            password: "a long password of the benchmark".to_owned().into(),
            language: None,
        };
        let visitor = Visitor {
            address: "127.0.0.1".to_owned(),
            device: "bench".to_owned(),
        };
        let signed_in = rooms.accounts.sign_up(owner, &visitor).await?;
        let merchant = rooms
            .accounts
            .merchants()
            .await?
            .pop()
            .context("the merchant that was just made")?;
        let settings = sauda_edge::EdgeSettings {
            public_url: rooms.config.server.public_url.clone(),
            ..sauda_edge::EdgeSettings::default()
        };
        let now = sauda_kernel::Clock::now(&*rooms.clock);
        let cookie = sauda_edge::session_cookie(&settings, &signed_in, now);
        let browser = Self {
            router: crate::http::router(rooms, CancellationToken::new())?,
            cookie: cookie.to_str()?.split(';').next().unwrap_or_default().to_owned(),
        };
        Ok((browser, merchant.id))
    }

    /// How long a page took, and how many bytes it has before compression.
    pub async fn get(&self, path: &str) -> anyhow::Result<(Duration, usize)> {
        loop {
            let peer = std::net::SocketAddr::from(([127, 0, 0, 1], 1));
            let mut request = Request::get(path)
                .header(header::COOKIE, &self.cookie)
                .header(header::HOST, "localhost")
                .body(Body::empty())?;
            request.extensions_mut().insert(axum::extract::ConnectInfo(peer));
            let start = Instant::now();
            let answer = self.router.clone().oneshot(request).await?;
            let status = answer.status();
            let body = axum::body::to_bytes(answer.into_body(), MOST_BYTES).await?;
            let took = start.elapsed();
            if status == StatusCode::TOO_MANY_REQUESTS {
                // One session may not ask so fast for long; that answer is no page.
                tokio::time::sleep(Duration::from_secs(1)).await;
                continue;
            }
            if !status.is_success() {
                bail!("{path} answered {status}: the pages cannot be measured");
            }
            return Ok((took, body.len()));
        }
    }
}
