//! The connection to Redis: lazy, bounded in time, mends itself. Refuses to wait for a server that is away.

use crate::ClusterError;
use redis::{
    Client, FromRedisValue, Script, ScriptInvocation,
    aio::{ConnectionManager, ConnectionManagerConfig},
};
use std::time::Duration;

/// The scripts, hashed once.
#[derive(Debug)]
pub(crate) struct Scripts {
    pub take: Script,
    pub block: Script,
    pub closed: Script,
    pub seed: Script,
    pub usage: Script,
    pub lease: Script,
}

pub(crate) struct Remote {
    client: Client,
    manager: tokio::sync::OnceCell<ConnectionManager>,
    scripts: Scripts,
    prefix: String,
    patience: Duration,
}

impl Remote {
    pub fn new(url: &str, prefix: &str, patience: Duration) -> Result<Self, ClusterError> {
        let scripts = Scripts {
            take: Script::new(include_str!("scripts/take.lua")),
            block: Script::new(include_str!("scripts/block.lua")),
            closed: Script::new(include_str!("scripts/closed.lua")),
            seed: Script::new(include_str!("scripts/seed.lua")),
            usage: Script::new(include_str!("scripts/usage.lua")),
            lease: Script::new(include_str!("scripts/lease.lua")),
        };
        let client = Client::open(url).map_err(ClusterError::Address)?;
        Ok(Self {
            client,
            manager: tokio::sync::OnceCell::new(),
            scripts,
            prefix: format!("{prefix}:"),
            patience,
        })
    }

    pub const fn scripts(&self) -> &Scripts {
        &self.scripts
    }
    pub fn prefix(&self) -> &str {
        &self.prefix
    }
    pub const fn client(&self) -> &Client {
        &self.client
    }

    pub async fn invoke<T: FromRedisValue>(&self, call: &ScriptInvocation<'_>) -> Result<T, ClusterError> {
        let mut connection = self.connection().await?;
        self.in_time(call.invoke_async(&mut connection)).await
    }

    pub async fn query<T: FromRedisValue>(&self, command: &redis::Cmd) -> Result<T, ClusterError> {
        let mut connection = self.connection().await?;
        self.in_time(command.query_async(&mut connection)).await
    }

    /// The connection is made on first use: the program starts without Redis and says so, instead of not starting.
    async fn connection(&self) -> Result<ConnectionManager, ClusterError> {
        let make = async || {
            let config = ConnectionManagerConfig::new()
                .set_number_of_retries(1)
                .set_min_delay(Duration::from_millis(20))
                .set_max_delay(Duration::from_millis(200))
                .set_connection_timeout(Some(self.patience))
                .set_response_timeout(Some(self.patience));
            ConnectionManager::new_lazy_with_config(self.client.clone(), config)
        };
        self.manager
            .get_or_try_init(make)
            .await
            .cloned()
            .map_err(ClusterError::from_redis)
    }

    async fn in_time<T>(&self, call: impl Future<Output = redis::RedisResult<T>>) -> Result<T, ClusterError> {
        match tokio::time::timeout(self.patience, call).await {
            Ok(answer) => answer.map_err(ClusterError::from_redis),
            Err(_) => Err(ClusterError::Silent(
                i64::try_from(self.patience.as_millis()).unwrap_or(i64::MAX),
            )),
        }
    }
}
