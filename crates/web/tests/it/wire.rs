//! The price list over a real connection: a server on a port with every layer, read by a plain client and by the pretend Kaspi.

use crate::{house::House, market::UID, stall::Stall};
use sauda_kernel::Clock as _;
use sauda_sim::{Options, Sim, feeds};
use std::{net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// As many as the cabinet shows on one page; with long names they fill several pieces of the body.
const OFFERS: usize = 90;

/// A shop with many offers whose list has an address, and the server that answers for it.
async fn listed() -> (Stall, SocketAddr, String) {
    let house = House::new().await;
    for number in 0..OFFERS {
        let (sku, card) = (format!("P-{number}"), format!("{}", 102_298_404 + number));
        house.market.sell(
            &sku,
            &format!("Пуховик & «Aru» {number} {}", "очень тёплый ".repeat(40)),
            &card,
            38_740,
        );
    }
    let stall = Box::pin(Stall::of(house, "P-1")).await;
    let page = stall.base.replace("/prices", "/catalog/feed");
    stall.post(&format!("{page}/address"), &[]).await.to();
    let shown = stall.page(&page).await.text;
    let (_, rest) = shown.split_once("/feeds/").unwrap();
    let (word, _) = rest.split_once(".xml").unwrap();
    let address = stall.house.listen().await;
    let check = stall.house.feeds.check(&stall.scope, &stall.shop).await.unwrap();
    assert_eq!(check.held, None, "the list may leave");
    let path = format!("/feeds/{word}.xml");
    (stall, address, path)
}

/// Everything a server says to one request before it closes the connection: head and body as they came.
async fn talk(address: SocketAddr, request: &str) -> (String, Vec<u8>) {
    let all = async {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.unwrap();
        bytes
    };
    let bytes = tokio::time::timeout(Duration::from_secs(20), all).await.unwrap();
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(bytes[..end].to_vec())
        .unwrap()
        .to_ascii_lowercase();
    (head, bytes[end + 4..].to_vec())
}

fn ask(method: &str, path: &str, more: &str) -> String {
    format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost:8080\r\nUser-Agent: Java/11.0.20\r\nConnection: close\r\n{more}\r\n"
    )
}

fn header<'h>(head: &'h str, name: &str) -> &'h str {
    let found = head
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    found.unwrap_or_default()
}

#[tokio::test]
async fn a_list_leaves_whole_through_a_real_server() {
    let (stall, address, path) = Box::pin(listed()).await;
    let (head, body) = talk(address, &ask("GET", &path, "")).await;
    assert!(head.starts_with("http/1.1 200"), "{head}");
    assert_eq!(header(&head, "content-length"), body.len().to_string());
    let text = String::from_utf8(body).unwrap();
    assert_eq!(text.matches("<offer sku=").count(), OFFERS);
    assert!(text.len() > 64 * 1024, "one piece shows nothing: {}", text.len());
    assert!(text.trim_end().ends_with("</kaspi_catalog>"));

    let etag = header(&head, "etag").to_owned();
    let (unchanged, nothing) = talk(address, &ask("GET", &path, &format!("If-None-Match: {etag}\r\n"))).await;
    assert!(unchanged.starts_with("http/1.1 304"), "{unchanged}");
    assert_eq!(nothing, b"");
    let (_, nothing) = talk(address, &ask("HEAD", &path, "")).await;
    assert_eq!(nothing, b"");

    let feed = stall.house.feeds.feed(&stall.scope, &stall.shop).await.unwrap();
    assert_eq!(feed.good_rows, Some(i64::try_from(OFFERS).unwrap()));
    stall.house.stop.cancel();
}

#[tokio::test]
async fn a_packed_list_ends_with_its_last_chunk() {
    let (stall, address, path) = Box::pin(listed()).await;
    let (head, body) = talk(address, &ask("GET", &path, "Accept-Encoding: gzip\r\n")).await;
    assert!(head.starts_with("http/1.1 200"), "{head}");
    match header(&head, "transfer-encoding") {
        "chunked" => assert!(body.ends_with(b"\r\n0\r\n\r\n"), "the list broke off"),
        _ => assert_eq!(header(&head, "content-length"), body.len().to_string()),
    }
    stall.house.stop.cancel();
}

#[tokio::test]
async fn the_pretend_marketplace_takes_the_list_and_then_finds_it_unchanged() {
    let (stall, address, path) = Box::pin(listed()).await;
    let sim = Sim::new(Options::for_tests()).unwrap();
    let (shop, _) = sim.world.shop(UID).unwrap();
    sim.feeds
        .set(shop, Some(format!("http://{address}{path}")), sim.clock.now());
    let taken = feeds::pull(&sim, shop).await.unwrap();
    assert_eq!(
        (taken.outcome, taken.status, taken.rows, taken.errors.len()),
        ("taken", Some(200), OFFERS, 0),
        "{:?}",
        taken.errors.first()
    );
    let again = feeds::pull(&sim, shop).await.unwrap();
    assert_eq!((again.outcome, again.status), ("unchanged", Some(304)));
    let page = stall.base.replace("/prices", "/catalog/feed");
    stall.page(&page).await.has("отдали целиком");
    stall.house.stop.cancel();
}
