//! A seller's price list fetched by the pretend marketplace: taken whole, refused whole, what is absent off sale.

use crate::caller::{ALMATY, Caller, open};
use sauda_sim::Running;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

const SHOP: &str = "30000001";

/// A seller's server that answers every request with the same list; 304 to who knows it.
async fn serve(list: Arc<Mutex<String>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/feeds/x.xml", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 2_048];
            let read = stream.read(&mut request).await.unwrap();
            let request = String::from_utf8_lossy(&request[..read]).to_ascii_lowercase();
            let body = list.lock().unwrap().clone();
            let etag = format!("\"{}\"", body.len());
            let answer = if request.contains(&format!("if-none-match: {etag}")) {
                "HTTP/1.1 304 Not Modified\r\n\r\n".to_owned()
            } else {
                format!(
                    "HTTP/1.1 200 OK\r\nETag: {etag}\r\nContent-Length: {}\r\n\r\n{body}",
                    body.len()
                )
            };
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    url
}

fn xml(offers: &[(&str, &str)]) -> String {
    let offers: String = offers
        .iter()
        .map(|(sku, price)| {
            format!(
                "<offer sku=\"{sku}\"><model>m</model><availabilities><availability available=\"yes\" storeId=\"PP1\" stockCount=\"4\"/>\
                 </availabilities><price>{price}</price></offer>"
            )
        })
        .collect();
    format!(
        "<kaspi_catalog xmlns=\"kaspiShopping\" date=\"d\"><company>c</company><merchantid>{SHOP}</merchantid><offers>{offers}</offers></kaspi_catalog>"
    )
}

async fn pull(caller: &Caller) -> Value {
    let url = format!("{}/_sim/api/feeds/{SHOP}/pull", caller.base);
    let answer = caller.http.post(url).send().await.unwrap();
    serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
}

fn on_sale(world: &Running) -> Vec<String> {
    let skus = world.sim().skus(SHOP).into_iter();
    skus.filter(|(_, _, on_sale)| *on_sale)
        .map(|(sku, ..)| sku)
        .collect()
}

#[tokio::test]
async fn a_list_is_taken_left_alone_when_unchanged_and_refused_whole_when_broken() {
    let (world, caller) = open().await;
    let before = on_sale(&world);
    assert!(before.len() > 2);
    let (first, second) = (before[0].clone(), before[1].clone());
    let list = Arc::new(Mutex::new(xml(&[
        (&first, "31337"),
        (&second, "40000"),
        ("UNKNOWN", "5"),
    ])));
    let url = serve(list.clone()).await;
    let body = json!({"shop": SHOP, "url": url}).to_string();
    let set = caller
        .http
        .post(format!("{}/_sim/api/feeds", caller.base))
        .body(body)
        .send()
        .await
        .unwrap();
    assert_eq!(set.status(), 200);
    // Whoever comes first, the fetcher by itself or the one that is asked for.
    let taken = pull(&caller).await;
    assert!(
        ["taken", "unchanged"].contains(&taken["outcome"].as_str().unwrap()),
        "{taken}"
    );
    assert_eq!(world.sim().visible(SHOP, &first, ALMATY).unwrap().0, 31_337);
    let mut left = on_sale(&world);
    left.sort();
    let mut wanted = vec![first.clone(), second.clone()];
    wanted.sort();
    assert_eq!(left, wanted);
    assert_eq!(pull(&caller).await["outcome"], "unchanged");
    for broken in [
        xml(&[]),
        xml(&[(&first, "1"), (&first, "2")]),
        xml(&[(&first, "99")]).replace("</offers>", ""),
    ] {
        *list.lock().unwrap() = broken;
        assert_eq!(pull(&caller).await["outcome"], "refused");
        assert_eq!(world.sim().visible(SHOP, &first, ALMATY).unwrap().0, 31_337);
        assert_eq!(on_sale(&world).len(), 2);
    }
    *list.lock().unwrap() = xml(&[(&first, "0"), (&second, "41000")]);
    let partly = pull(&caller).await;
    assert_eq!(partly["changed"], 1, "{partly}");
    assert_eq!(partly["removed"], 0, "{partly}");
    assert_eq!(world.sim().visible(SHOP, &first, ALMATY).unwrap().0, 31_337);
    assert_eq!(world.sim().visible(SHOP, &second, ALMATY).unwrap().0, 41_000);
}
