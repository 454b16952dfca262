//! Measures how many 50-offer answers a second the pretend storefront gives, and its processor time. Refuses to be a benchmark of any client.
//!
//! `cargo run --release -p sauda-sim --example read_speed [cards] [seconds]`

use anyhow::Context;
use sauda_kernel::{Clock, Span, SystemClock};
use sauda_sim::{Options, Sim, Speed, start};
use std::io::Write;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const CALLERS: usize = 8;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let cards: u32 = arguments.next().map_or(Ok(2_000), |text| text.parse())?;
    let seconds: i64 = arguments.next().map_or(Ok(5), |text| text.parse())?;
    let options = Options {
        cards,
        sellers: 400,
        rivals_per_card: Some(50),
        no_read_limit: true,
        speed: Speed::Times(1),
        ..Options::default()
    };
    let built = SystemClock.now();
    let world = start(options).await?;
    let mut out = std::io::stdout();
    writeln!(
        out,
        "world of {cards} cards with 50 rivals each built in {} ms, resident {} MB",
        SystemClock.now().since(built).as_millis(),
        resident()?
    )?;
    let skus: Vec<String> = world
        .sim()
        .cards()
        .into_iter()
        .map(|sku| sku.to_string())
        .collect();
    for (label, distinct) in [
        ("100 hot cards (cached)", 100),
        ("every card in turn", skus.len()),
    ] {
        measure(&mut out, label, world.address(), &skus, distinct, seconds).await?;
    }
    world.shut_down().await;
    large_world(&mut out)
}

/// Calls for some seconds and says what it cost.
async fn measure(
    out: &mut impl Write,
    label: &str,
    address: std::net::SocketAddr,
    skus: &[String],
    distinct: usize,
    seconds: i64,
) -> anyhow::Result<()> {
    let (spent, from) = (processor_ms()?, SystemClock.now());
    let mut callers = Vec::new();
    for caller in 0..CALLERS {
        let mine: Vec<String> = skus
            .iter()
            .take(distinct)
            .skip(caller)
            .step_by(CALLERS)
            .cloned()
            .collect();
        callers.push(tokio::spawn(call(address, mine, seconds)));
    }
    let (mut answers, mut bytes) = (0_u64, 0_u64);
    for caller in callers {
        let (done, read) = caller.await??;
        answers += done;
        bytes += read;
    }
    let took = SystemClock.now().since(from).as_millis().max(1);
    let cpu = processor_ms()? - spent;
    let per = cpu.saturating_mul(1_000) / i64::try_from(answers.max(1))?;
    writeln!(
        out,
        "{label}: {answers} answers in {took} ms = {}/s; {per} us of processor an answer, callers included; {} bytes each; resident {} MB",
        i64::try_from(answers)? * 1_000 / took,
        bytes / answers.max(1),
        resident()?
    )?;
    Ok(())
}

/// A natural world of 100 000 cards: memory, and the price of an hour of its life.
fn large_world(out: &mut impl Write) -> anyhow::Result<()> {
    let before = resident()?;
    let from = SystemClock.now();
    let options = Options {
        cards: 100_000,
        sellers: 3_000,
        shops: 10,
        offers: 10_000,
        speed: Speed::Stepped,
        ..Options::default()
    };
    let sim = Sim::new(options)?;
    let built = SystemClock.now().since(from).as_millis();
    let (from, spent) = (SystemClock.now(), processor_ms()?);
    sim.step(Span::from_hours(1));
    writeln!(
        out,
        "100 000 cards, 10 shops of 10 000 offers: built in {built} ms, resident +{} MB; one hour of life in {} ms ({} ms of processor), {} happenings",
        resident()?.saturating_sub(before),
        SystemClock.now().since(from).as_millis(),
        processor_ms()? - spent,
        sim.agenda().0
    )?;
    Ok(())
}

/// A bare keep-alive caller: writes a question, reads by Content-Length.
async fn call(address: std::net::SocketAddr, cards: Vec<String>, seconds: i64) -> anyhow::Result<(u64, u64)> {
    let mut line = TcpStream::connect(address).await?;
    line.set_nodelay(true)?;
    let from = SystemClock.now();
    let (mut answers, mut bytes) = (0_u64, 0_u64);
    let mut buffer = vec![0_u8; 256 * 1024];
    loop {
        for card in &cards {
            if SystemClock.now().since(from).as_secs() >= seconds {
                return Ok((answers, bytes));
            }
            let body = format!(
                r#"{{"cityId":"750000000","id":"{card}","merchantUID":[],"limit":50,"page":0,"sortOption":"PRICE","zoneId":["Magnum_ZONE1"],"installationId":"-1"}}"#
            );
            let question = format!(
                "POST /yml/offer-view/offers/{card} HTTP/1.1\r\nHost: sim\r\nUser-Agent: Mozilla/5.0\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            );
            line.write_all(question.as_bytes()).await?;
            bytes += u64::try_from(read_answer(&mut line, &mut buffer).await?)?;
            answers += 1;
        }
    }
}

async fn read_answer(line: &mut TcpStream, buffer: &mut [u8]) -> anyhow::Result<usize> {
    let mut filled = 0;
    loop {
        filled += line
            .read(buffer.get_mut(filled..).context("answer too large")?)
            .await?;
        let text = buffer.get(..filled).context("inside the buffer")?;
        let Some(head) = text.windows(4).position(|four| four == b"\r\n\r\n") else {
            continue;
        };
        let head_text = std::str::from_utf8(text.get(..head).context("head")?)?.to_ascii_lowercase();
        anyhow::ensure!(head_text.starts_with("http/1.1 200"), "{head_text}");
        let length: usize = head_text
            .split("content-length: ")
            .nth(1)
            .and_then(|rest| rest.lines().next())
            .context("no length")?
            .trim()
            .parse()?;
        while filled < head + 4 + length {
            let more = line
                .read(buffer.get_mut(filled..).context("answer too large")?)
                .await?;
            anyhow::ensure!(more > 0, "the line ended");
            filled += more;
        }
        return Ok(length);
    }
}

/// Processor time of this process in milliseconds (clock ticks of 10 ms, Linux).
fn processor_ms() -> anyhow::Result<i64> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let after = stat.rsplit(')').next().context("stat")?;
    let fields: Vec<&str> = after.split_whitespace().collect();
    let ticks = |at: usize| {
        fields
            .get(at)
            .and_then(|text| text.parse::<i64>().ok())
            .unwrap_or(0)
    };
    Ok((ticks(11) + ticks(12)) * 10)
}

/// Resident memory in megabytes (Linux).
fn resident() -> anyhow::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS"))
        .context("VmRSS")?;
    Ok(line
        .split_whitespace()
        .nth(1)
        .and_then(|kb| kb.parse::<u64>().ok())
        .unwrap_or(0)
        / 1024)
}
