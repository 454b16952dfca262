//! A preview server: every page of the gallery in every language, with the bundle. Refuses to serve anything real.

use axum::{
    Router,
    extract::{Path, Query, State},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use sauda_web::{
    assets, gallery,
    render::{For, Pages},
    views::parts::sample,
    words::Language,
};
use std::{collections::HashMap, env, sync::Arc};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = env::args()
        .skip_while(|word| word != "--port")
        .nth(1)
        .unwrap_or_else(|| "0".to_owned());
    let pages = Arc::new(Pages::load(true)?);
    let app = Router::new()
        .route("/", get(index))
        .route(
            "/assets/{name}",
            get(|Path(name): Path<String>| async move { assets::serve(&name) }),
        )
        .route("/dev/ui/{page}/{state}", get(show))
        .with_state(pages);
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    let address = listener.local_addr()?;
    std::io::Write::write_all(&mut std::io::stdout(), format!("http://{address}/\n").as_bytes())?;
    axum::serve(listener, app).await?;
    Ok(())
}

async fn index() -> Html<String> {
    let list: Vec<String> = gallery::pages()
        .iter()
        .map(|page| format!("<li><a href=\"/dev/ui/{0}\">{0}</a>", page.name))
        .collect();
    Html(format!(
        "<!doctype html><title>gallery</title><ul>{}</ul>",
        list.join("")
    ))
}

async fn show(
    State(pages): State<Arc<Pages>>,
    Path((page, state)): Path<(String, String)>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let name = format!("{page}/{state}");
    let language = query
        .get("lang")
        .and_then(|code| Language::parse(code))
        .unwrap_or(Language::Ru);
    let Some(found) = gallery::pages().into_iter().find(|page| page.name == name) else {
        return (axum::http::StatusCode::NOT_FOUND, "no such page").into_response();
    };
    match pages.page(
        found.template,
        &found.context(language),
        For {
            language,
            now: sample::NOW,
        },
    ) {
        Ok(html) => Html(html).into_response(),
        Err(error) => (axum::http::StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}
