//! Every route of the interface, those of goods in `router/shelves.rs`. Refuses to say more than where: who may, what goes in and what comes out
//! stands beside each handler.

mod shelves;

use crate::{
    ApiState,
    accounts::{audit, invites, keys, me, members},
    automation::{budgets, health, jobs, runs, schedules},
    describe::Routes,
    orders, page,
    pricing::{backtests, changes, decisions, exports, newcomers, pauses, pulse, rules, shop_settings},
};
use axum::Router;
use serde_json::Value;
use std::sync::OnceLock;

/// The whole interface with its description and its documentation page. To be furnished by `sauda_edge::furnish`.
pub fn routes(state: ApiState) -> Router {
    let table = table();
    Router::new()
        .nest("/api/v1", table.router)
        .merge(page::routes())
        .with_state(state)
}

/// The description in OpenAPI 3.1, the same for every build.
pub fn openapi_json() -> String {
    let mut text = serde_json::to_string_pretty(&sorted(document().clone())).unwrap_or_default();
    text.push('\n');
    text
}

pub(crate) fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| table().document())
}

/// Members in the order of their names, however maps of JSON are kept.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let ordered: std::collections::BTreeMap<String, Value> = members
                .into_iter()
                .map(|(name, value)| (name, sorted(value)))
                .collect();
            ordered.into_iter().collect()
        }
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        other => other,
    }
}

pub(crate) fn table() -> Routes {
    let routes = people(Routes::new());
    let routes = shelves::catalogue(routes);
    let routes = shelves::goods(routes);
    let routes = shelves::stock_of_products(routes);
    let routes = shelves::offers(routes);
    let routes = orders_of_buyers(routes);
    let routes = messages_of_buyers(routes);
    let routes = team_is_told(routes);
    let routes = money(routes);
    let routes = market(routes);
    let routes = reports(routes);
    let routes = rules_and_settings(routes);
    let routes = history(routes);
    let routes = automation(routes);
    about(routes)
}

fn people(routes: Routes) -> Routes {
    routes
        .tag("me", "Who asks.")
        .get("/me", me::show, me::show_op())
        .get("/me/sessions", me::list_sessions, me::list_sessions_op())
        .delete("/me/sessions/{session}", me::end_session, me::end_session_op())
        .tag("team", "People, invitations, keys and the audit log.")
        .get("/members", members::list, members::list_op())
        .patch("/members/{user}", members::change, members::change_op())
        .delete("/members/{user}", members::remove, members::remove_op())
        .get("/invites", invites::list, invites::list_op())
        .post("/invites", invites::create, invites::create_op())
        .delete("/invites/{invite}", invites::revoke, invites::revoke_op())
        .get("/api_keys", keys::list, keys::list_op())
        .post("/api_keys", keys::create, keys::create_op())
        .delete("/api_keys/{key}", keys::revoke, keys::revoke_op())
        .get("/audit_entries", audit::list, audit::list_op())
        .get("/audit_verification", audit::verify, audit::verify_op())
}

fn money(routes: Routes) -> Routes {
    use crate::money::{asked, kept, profit, rates, saved};
    routes
        .tag("money", "What a sale earns, taxes, rates, profit.")
        .post("/sale_computations", asked::sale, asked::sale_op())
        .post("/tax_estimates", asked::tax, asked::tax_op())
        .get("/taxpayer", kept::show, kept::show_op())
        .patch("/taxpayer", kept::change, kept::change_op())
        .get("/calculations", saved::list, saved::list_op())
        .post("/calculations", saved::create, saved::create_op())
        .patch("/calculations/{calculation}", saved::change, saved::change_op())
        .delete("/calculations/{calculation}", saved::remove, saved::remove_op())
        .get("/calculation_comparisons", saved::compare, saved::compare_op())
        .get("/commissions", rates::commissions, rates::commissions_op())
        .get("/own_rates", rates::list, rates::list_op())
        .post("/own_rates", rates::create, rates::create_op())
        .delete("/own_rates/{rate}", rates::remove, rates::remove_op())
        .get("/shops/{shop}/profit", profit::show, profit::show_op())
}

fn messages_of_buyers(routes: Routes) -> Routes {
    use crate::messages::{file, list, send, templates};
    routes
        .tag("messages", "What buyers are told and answer.")
        .get("/shops/{shop}/messages", list::list, list::list_op())
        .post("/shops/{shop}/messages", send::create, send::create_op())
        .get(
            "/shops/{shop}/messages/{message}/file",
            file::show,
            file::show_op(),
        )
        .get(
            "/shops/{shop}/message_templates",
            templates::list,
            templates::list_op(),
        )
        .get("/shops/{shop}/size_answers", list::answers, list::answers_op())
}

fn team_is_told(routes: Routes) -> Routes {
    use crate::team::{bot, chats, wishes};
    routes
        .tag(
            "notifications",
            "What the team is told: the bot, its chats, who hears of what.",
        )
        .get("/team/bot", bot::show, bot::show_op())
        .put("/team/bot", bot::connect, bot::connect_op())
        .delete("/team/bot", bot::remove, bot::remove_op())
        .get("/team/chats", chats::list, chats::list_op())
        .delete("/team/chats/{chat}", chats::end, chats::end_op())
        .post("/team/link_codes", chats::create_code, chats::create_code_op())
        .get("/team/hearers", wishes::list, wishes::list_op())
        .get("/me/notifications", wishes::show, wishes::show_op())
        .patch("/me/notifications", wishes::change, wishes::change_op())
}

fn orders_of_buyers(routes: Routes) -> Routes {
    use orders::{acts, days, keys, list, one, returns, size, size_tables};
    routes
        .tag("orders", "Orders of buyers, from new to handed over.")
        .get("/shops/{shop}/orders", list::list, list::list_op())
        .get("/shops/{shop}/order_counts", list::counts, list::counts_op())
        .get("/shops/{shop}/orders/{code}", one::show, one::show_op())
        .post(
            "/shops/{shop}/orders/{code}/acts",
            acts::create,
            acts::create_op(),
        )
        .get(
            "/shops/{shop}/orders/{code}/waybill",
            one::waybill,
            one::waybill_op(),
        )
        .get("/shops/{shop}/returns", returns::list, returns::list_op())
        .patch(
            "/shops/{shop}/returns/{return}",
            returns::mark,
            returns::mark_op(),
        )
        .get("/shops/{shop}/orders/{code}/size", size::show, size::show_op())
        .post("/shops/{shop}/orders/{code}/size", size::act, size::act_op())
        .get(
            "/shops/{shop}/size_tables",
            size_tables::show,
            size_tables::show_op(),
        )
        .upload(
            "/shops/{shop}/size_tables",
            size_tables::load,
            size_tables::load_op(),
        )
        .post(
            "/shops/{shop}/size_tables/{tables}/undos",
            size_tables::undo,
            size_tables::undo_op(),
        )
        .get(
            "/shops/{shop}/size_quality",
            size_tables::quality,
            size_tables::quality_op(),
        )
        .get("/shops/{shop}/days", days::list, days::list_op())
        .post("/shops/{shop}/days", days::start, days::start_op())
        .get("/shops/{shop}/days/{day}", days::show, days::show_op())
        .post("/shops/{shop}/days/{day}/acts", days::act, days::act_op())
        .get("/shops/{shop}/day_settings", days::settings, days::settings_op())
        .put("/shops/{shop}/day_settings", days::put, days::put_op())
        .get("/shops/{shop}/order_key", keys::show, keys::show_op())
        .put("/shops/{shop}/order_key", keys::put, keys::put_op())
        .delete("/shops/{shop}/order_key", keys::remove, keys::remove_op())
}

fn market(routes: Routes) -> Routes {
    use crate::market::{export, raws, reviews, settings, sources, tracked, trends};
    routes
        .tag(
            "market",
            "Categories and queries that are read, reviews of own goods.",
        )
        .get("/market/sources", sources::list, sources::list_op())
        .post("/market/sources", sources::create, sources::create_op())
        .get("/market/sources/{source}", sources::show, sources::show_op())
        .patch("/market/sources/{source}", sources::change, sources::change_op())
        .delete("/market/sources/{source}", sources::remove, sources::remove_op())
        .get("/market/reviews", reviews::list, reviews::list_op())
        .get("/market/settings", settings::show, settings::show_op())
        .put("/market/settings", settings::put, settings::put_op())
        .get("/market/tracked", tracked::list, tracked::list_op())
        .post("/market/tracked", tracked::track, tracked::track_op())
        .delete(
            "/market/tracked/{kind}/{word}",
            tracked::untrack,
            tracked::untrack_op(),
        )
        .get("/market/cards/{card}", tracked::history, tracked::history_op())
        .get("/market/own", tracked::own, tracked::own_op())
        .get("/market/trends", trends::trends, trends::trends_op())
        .get("/market/profiles", trends::profiles, trends::profiles_op())
        .get("/market/raws", raws::list, raws::list_op())
        .get("/market/raws/{raw}", raws::show, raws::show_op())
        .get("/market/export", export::export, export::export_op())
}

fn reports(routes: Routes) -> Routes {
    use crate::reports::{made, plans};
    routes
        .tag(
            "reports",
            "Reports that are made by themselves, and those that were made.",
        )
        .get("/report_plans", plans::list, plans::list_op())
        .post("/report_plans", plans::create, plans::create_op())
        .get("/report_plans/{plan}", plans::show, plans::show_op())
        .put("/report_plans/{plan}", plans::put, plans::put_op())
        .patch("/report_plans/{plan}", plans::change, plans::change_op())
        .delete("/report_plans/{plan}", plans::remove, plans::remove_op())
        .post("/report_plans/{plan}/sends", plans::send, plans::send_op())
        .get("/reports", made::list, made::list_op())
        .get("/reports/{report}", made::show, made::show_op())
}

fn rules_and_settings(routes: Routes) -> Routes {
    routes
        .tag("rules", "Named rules and a shop's defaults.")
        .get("/rules", rules::list, rules::list_op())
        .post("/rules", rules::create, rules::create_op())
        .get("/rules/{rule}", rules::show, rules::show_op())
        .patch("/rules/{rule}", rules::change, rules::change_op())
        .delete("/rules/{rule}", rules::archive, rules::archive_op())
        .post(
            "/rules/{rule}/backtests",
            backtests::of_rule,
            backtests::of_rule_op(),
        )
        .get(
            "/shops/{shop}/settings",
            shop_settings::show,
            shop_settings::show_op(),
        )
        .put(
            "/shops/{shop}/settings",
            shop_settings::save,
            shop_settings::save_op(),
        )
        .put(
            "/shops/{shop}/mode",
            shop_settings::set_mode,
            shop_settings::set_mode_op(),
        )
        .tag("pauses", "Stopping prices.")
        .get("/pauses", pauses::list, pauses::list_op())
        .post("/pauses", pauses::create, pauses::create_op())
        .delete("/pauses/{subject}", pauses::remove, pauses::remove_op())
}

fn history(routes: Routes) -> Routes {
    routes
        .tag("decisions", "What the bot decided and why.")
        .get("/offers/{offer}/decisions", decisions::list, decisions::list_op())
        .get("/decisions/{decision}", decisions::show, decisions::show_op())
        .post(
            "/decisions/{decision}/undos",
            decisions::undo,
            decisions::undo_op(),
        )
        .post(
            "/decisions/{decision}/answers",
            decisions::answer,
            decisions::answer_op(),
        )
        .get(
            "/shops/{shop}/questions",
            decisions::list_questions,
            decisions::list_questions_op(),
        )
        .tag("changes", "What prices did.")
        .get("/shops/{shop}/changes", changes::feed, changes::feed_op())
        .get(
            "/shops/{shop}/changes/file",
            exports::of_shop,
            exports::of_shop_op(),
        )
        .get(
            "/offers/{offer}/changes",
            changes::of_offer,
            changes::of_offer_op(),
        )
        .get(
            "/offers/{offer}/price_points",
            changes::points,
            changes::points_op(),
        )
        .get(
            "/offers/{offer}/history/file",
            exports::of_offer,
            exports::of_offer_op(),
        )
        .get("/shops/{shop}/newcomers", newcomers::list, newcomers::list_op())
        .get("/shops/{shop}/pulse", pulse::show, pulse::show_op())
}

fn automation(routes: Routes) -> Routes {
    routes
        .tag("automation", "Jobs, schedules, budgets and health.")
        .get("/jobs", jobs::list, jobs::list_op())
        .get("/jobs/{job}", jobs::show, jobs::show_op())
        .patch("/jobs/{job}", jobs::change, jobs::change_op())
        .delete("/jobs/{job}", jobs::cancel, jobs::cancel_op())
        .post("/jobs/{job}/replays", jobs::replay, jobs::replay_op())
        .get("/jobs/{job}/runs", runs::list, runs::list_op())
        .get("/runs/{run}", runs::show, runs::show_op())
        .get("/runs/{run}/lines", runs::lines, runs::lines_op())
        .get("/schedules", schedules::list, schedules::list_op())
        .patch("/schedules/{schedule}", schedules::change, schedules::change_op())
        .post(
            "/schedules/{schedule}/runs",
            schedules::run_now,
            schedules::run_now_op(),
        )
        .get("/budgets", budgets::list, budgets::list_op())
        .get("/health", health::show, health::show_op())
}

fn about(routes: Routes) -> Routes {
    routes
        .tag("about", "This description.")
        .get("/openapi.json", page::openapi, page::openapi_op())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_example_is_true_to_its_body() {
        let routes = table();
        assert!(routes.checks.len() > 20);
        for (operation, check) in routes.checks {
            assert_eq!(check(), Ok(()), "{operation}");
        }
    }

    #[test]
    fn every_reference_leads_somewhere_and_every_name_is_used_once() {
        let document = document();
        let text = openapi_json();
        for reference in text.split("\"$ref\": \"#").skip(1) {
            let pointer = reference.split('"').next().unwrap_or_default();
            assert!(document.pointer(pointer).is_some(), "{pointer}");
        }
        let mut ids = BTreeSet::new();
        for methods in document["paths"].as_object().unwrap().values() {
            for operation in methods.as_object().unwrap().values() {
                let id = operation["operationId"].as_str().unwrap();
                assert!(ids.insert(id.to_owned()), "{id}");
                for parameter in operation["parameters"].as_array().into_iter().flatten() {
                    assert_ne!(parameter["description"], "", "{id}: {parameter}");
                }
            }
        }
    }

    /// Renew it with `sauda openapi > docs/openapi.json`, or run this test with `SAUDA_RENEW=1`.
    #[test]
    fn the_committed_description_is_this_one() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
        if std::env::var("SAUDA_RENEW").is_ok() {
            std::fs::write(path, openapi_json()).unwrap();
        }
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            committed == openapi_json(),
            "docs/openapi.json is not what the routes say"
        );
    }
}
