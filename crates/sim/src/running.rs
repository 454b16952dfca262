//! Opens and closes a pretend world. Refuses to know what is inside.

use crate::{
    control, feeds, kaspi, mail,
    memory::{self, Memory},
    options::{Options, Speed},
    sim::Sim,
    telegram, trends, waha,
};
use anyhow::Context;
use axum::{extract::DefaultBodyLimit, middleware};
use sauda_kernel::Clock as _;
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{net::TcpListener, task::JoinHandle};

/// How often a running world catches up with its clock.
const TICK: Duration = Duration::from_millis(20);

/// Largest request body: a batch of a whole catalogue fits.
const REQUEST_LIMIT: usize = 64 * 1024 * 1024;

/// A world that answers. Dropping it ends it.
pub struct Running {
    sim: Arc<Sim>,
    address: SocketAddr,
    server: Option<JoinHandle<std::io::Result<()>>>,
    engine: Option<JoinHandle<()>>,
    webhooks: Option<JoinHandle<()>>,
    fetcher: Option<JoinHandle<()>>,
    mail: Option<JoinHandle<()>>,
    memory: Option<JoinHandle<()>>,
}

/// Builds a world and answers for it on `options.listen`.
///
/// # Errors
/// When the world is impossible or the address is taken.
pub async fn start(options: Options) -> anyhow::Result<Running> {
    let listener = TcpListener::bind(options.listen)
        .await
        .with_context(|| format!("cannot listen on {}", options.listen))?;
    let address = listener.local_addr()?;
    let sim = Arc::new(tokio::task::spawn_blocking(move || Sim::new(options)).await??);
    let _ = sim.address.set(address);
    let memory = match sim.options.memory.clone() {
        Some(path) => {
            let world = Arc::clone(&sim);
            let opened = tokio::task::spawn_blocking(move || Memory::open(&path, &world)).await??;
            Some(tokio::spawn(memory::remember(Arc::clone(&sim), opened)))
        }
        None => None,
    };
    let app = kaspi::routes()
        .merge(control::routes())
        .merge(waha::routes(&sim))
        .merge(waha::control::routes())
        .merge(telegram::routes())
        .merge(telegram::control::routes())
        .merge(mail::control::routes())
        .merge(trends::routes())
        .layer(DefaultBodyLimit::max(REQUEST_LIMIT))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&sim),
            kaspi::gate::pass,
        ))
        .with_state(Arc::clone(&sim));
    let mut ended = sim.ended.subscribe();
    let service = app.into_make_service_with_connect_info::<SocketAddr>();
    let server = tokio::spawn(async move {
        axum::serve(listener, service)
            .with_graceful_shutdown(async move {
                let _ = ended.wait_for(|ended| *ended).await;
            })
            .await
    });
    let engine = tokio::spawn(live(Arc::clone(&sim)));
    sim.whatsapp.act(&sim, sim.clock.now(), |desk| {
        desk.base = format!("http://{address}/waha")
    });
    let webhooks = tokio::spawn(waha::hooks::run(Arc::clone(&sim)));
    let fetcher = tokio::spawn(feeds::run(Arc::clone(&sim)));
    let mail = mail::open(&sim).await?;
    tracing::info!(
        "pretend world of {} cards and {} shops answers on http://{address}",
        sim.world.cards.len(),
        sim.world.shops.len()
    );
    Ok(Running {
        sim,
        address,
        server: Some(server),
        engine: Some(engine),
        webhooks: Some(webhooks),
        fetcher: Some(fetcher),
        mail,
        memory,
    })
}

/// Keeps a running world up with its clock; a stepped one is moved by whoever pushes it.
async fn live(sim: Arc<Sim>) {
    let mut ended = sim.ended.subscribe();
    loop {
        if let Ok(Ok(_)) = tokio::time::timeout(TICK, ended.wait_for(|ended| *ended)).await {
            return;
        }
        if sim.clock.speed() == Speed::Stepped {
            continue;
        }
        let world = Arc::clone(&sim);
        if let Err(error) = tokio::task::spawn_blocking(move || world.catch_up()).await {
            tracing::error!("the pretend world stopped living: {error}");
            return;
        }
    }
}

impl Running {
    /// `http://127.0.0.1:PORT`, the address of every pretend host.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The world, for looking and meddling: see the methods of [`Sim`].
    pub fn sim(&self) -> &Arc<Sim> {
        &self.sim
    }

    /// Waits until the world ends (it ends by [`Running::shut_down`], or with the process).
    pub async fn ended(&self) {
        let mut ended = self.sim.ended.subscribe();
        let _ = ended.wait_for(|ended| *ended).await;
    }

    /// Ends the world: hanging answers end, connections close, the address is free when this returns.
    pub async fn shut_down(mut self) {
        self.sim.ended.send_replace(true);
        if let Some(mut server) = self.server.take()
            && tokio::time::timeout(Duration::from_secs(2), &mut server)
                .await
                .is_err()
        {
            server.abort();
        }
        for task in [
            self.engine.take(),
            self.webhooks.take(),
            self.fetcher.take(),
            self.mail.take(),
            self.memory.take(),
        ]
        .into_iter()
        .flatten()
        {
            let _ = task.await;
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.sim.ended.send_replace(true);
    }
}
