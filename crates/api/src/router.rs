//! Every route of the interface on one page, with who may use it. Refuses to do anything but name them.

use crate::{
    ApiState,
    accounts::{audit, invites, keys, me, members},
    automation::{budgets, health, jobs, runs, schedules},
    catalog::{accesses, notices, proxies, shop_places, shops},
    describe::{Routes, op, open},
    page,
    pricing::{
        backtests, board, bulk_body::BulkBody, bulks, changes, decisions, exports, imports, newcomers, offer, offer_patch, pauses, pulse,
        rules, shop_settings,
    },
    shape::ListQuery,
};
use axum::Router;
use sauda_edge::need::{
    ManageAutomation, ManageKeys, ManagePrices, ManageProxies, ManageShops, ManageTeam, SignedIn, ViewAudit, ViewAutomation, ViewPrices,
    ViewShops, ViewToday,
};
use serde_json::Value;
use std::sync::OnceLock;

/// The whole interface with its description and its documentation page. To be furnished by `sauda_edge::furnish`.
pub fn routes(state: ApiState) -> Router {
    let table = table();
    Router::new().nest("/api/v1", table.router).merge(page::routes()).with_state(state)
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
            let ordered: std::collections::BTreeMap<String, Value> = members.into_iter().map(|(name, value)| (name, sorted(value))).collect();
            ordered.into_iter().collect()
        }
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        other => other,
    }
}

pub(crate) fn table() -> Routes {
    let routes = people(Routes::new());
    let routes = catalogue(routes);
    let routes = offers(routes);
    let routes = rules_and_settings(routes);
    let routes = history(routes);
    let routes = automation(routes);
    about(routes)
}

fn people(routes: Routes) -> Routes {
    routes
        .tag("me", "Who asks.")
        .get("/me", me::show, op::<SignedIn>("show_me", "Who asks and what they may").shows::<me::MeView>())
        .get("/me/sessions", me::list_sessions, op::<SignedIn>("list_my_sessions", "The person's sessions").personal().query::<ListQuery>().lists::<me::SessionView>())
        .delete("/me/sessions/{session}", me::end_session, op::<SignedIn>("end_my_session", "End one of the person's sessions").personal())
        .tag("team", "People, invitations, keys and the audit log.")
        .get("/members", members::list, op::<ManageTeam>("list_members", "People of the team").query::<ListQuery>().lists::<members::MemberView>())
        .patch("/members/{user}", members::change, op::<ManageTeam>("change_member", "Give a person another role").about("Their sessions end.").body::<members::MemberPatch>().conflicts())
        .delete("/members/{user}", members::remove, op::<ManageTeam>("remove_member", "Take a person out of the team").conflicts())
        .get("/invites", invites::list, op::<ManageTeam>("list_invites", "Invitations").query::<ListQuery>().lists::<invites::InviteView>())
        .post("/invites", invites::create, op::<ManageTeam>("create_invite", "Invite a person by a link").body::<invites::NewInvite>().makes::<invites::InviteMade>())
        .delete("/invites/{invite}", invites::revoke, op::<ManageTeam>("revoke_invite", "Take an invitation back"))
        .get("/api_keys", keys::list, op::<ManageKeys>("list_api_keys", "Keys, revoked ones too").query::<ListQuery>().lists::<keys::KeyView>())
        .post("/api_keys", keys::create, op::<ManageKeys>("create_api_key", "Make a key").about("The secret is shown this once.").personal().body::<keys::NewKeyBody>().makes::<keys::KeyMade>())
        .delete("/api_keys/{key}", keys::revoke, op::<ManageKeys>("revoke_api_key", "End a key at once"))
        .get("/audit_entries", audit::list, op::<ViewAudit>("list_audit_entries", "What was done, newest first").query::<audit::AuditQuery>().lists::<audit::AuditView>())
        .get("/audit_verification", audit::verify, op::<ViewAudit>("verify_audit", "Check the whole log against its seals").shows::<audit::AuditVerification>())
}

fn catalogue(routes: Routes) -> Routes {
    routes
        .tag("shops", "Shops, their points and cities.")
        .get("/shops", shops::list, op::<ViewShops>("list_shops", "Shops, oldest first").query::<ListQuery>().lists::<shops::ShopView>())
        .get("/shops/{shop}", shops::show, op::<ViewShops>("show_shop", "One shop").shows::<shops::ShopView>())
        .patch("/shops/{shop}", shops::change, op::<ManageProxies>("change_shop", "Choose how a shop's calls leave").body::<shops::ShopPatch>().shows::<shops::ShopView>())
        .delete("/shops/{shop}", shops::remove, op::<ManageShops>("remove_shop", "Stop working for a shop; its history stays"))
        .post("/shops/{shop}/readings", shops::read_again, op::<ManageShops>("read_shop", "Read the shop's offers from the cabinet anew").accepts())
        .get("/shops/{shop}/points", shop_places::list_points, op::<ViewShops>("list_points", "Points of a shop").query::<ListQuery>().lists::<shop_places::PointView>())
        .get("/shops/{shop}/cities", shop_places::list_cities, op::<ViewShops>("list_cities", "Cities of a shop").query::<ListQuery>().lists::<shop_places::CityView>())
        .patch("/shops/{shop}/cities/{city}", shop_places::change_city, op::<ManageShops>("change_city", "Let the bot work in a city, or not").body::<shop_places::CityPatch>())
        .tag("accesses", "Logins at the marketplace.")
        .get("/accesses", accesses::list, op::<ViewShops>("list_accesses", "Logins and the state of their sessions").query::<ListQuery>().lists::<accesses::AccessView>())
        .post("/accesses", accesses::connect, op::<ManageShops>("connect", "Begin to connect a login").about("While `code_sent_to` is set, send the code next.").body::<accesses::NewAccess>().makes::<accesses::ConnectedView>().conflicts())
        .get("/accesses/{access}", accesses::show, op::<ViewShops>("show_access", "One login").shows::<accesses::AccessView>())
        .delete("/accesses/{access}", accesses::disconnect, op::<ManageShops>("disconnect", "Forget the session of a login"))
        .post("/accesses/{access}/codes", accesses::enter_code, op::<ManageShops>("enter_code", "Go on with the code that came").body::<accesses::CodeBody>().shows::<accesses::ConnectedView>().conflicts())
        .post("/accesses/{access}/renewals", accesses::renew, op::<ManageShops>("renew_access", "Sign in again with the kept login").shows::<accesses::ConnectedView>().conflicts())
        .tag("notices", "What the merchant is told.")
        .get("/notices", notices::list, op::<ViewToday>("list_notices", "Open notices, worst first").query::<notices::NoticeQuery>().lists::<notices::NoticeView>())
        .post("/notices/{notice}/dismissals", notices::put_away, op::<ManagePrices>("put_notice_away", "Put a notice away, for good or until a time").body::<notices::PutAwayBody>())
        .tag("proxies", "Ways out.")
        .get("/proxies", proxies::list, op::<ManageProxies>("list_proxies", "Proxies and their health").query::<ListQuery>().lists::<proxies::ProxyView>())
        .post("/proxies", proxies::create, op::<ManageProxies>("create_proxy", "Add a proxy").body::<proxies::NewProxy>().makes::<proxies::ProxyMade>())
        .patch("/proxies/{proxy}", proxies::change, op::<ManageProxies>("change_proxy", "Use a proxy, or not").body::<proxies::ProxyPatch>())
        .delete("/proxies/{proxy}", proxies::remove, op::<ManageProxies>("remove_proxy", "Remove a proxy"))
}

fn offers(routes: Routes) -> Routes {
    const FILE: &str = "A CSV, XLSX, ODS or XLS file of up to 64 MiB; the content decides, not the type. With `Idempotency-Key` up to 1 MiB.";
    const CSV: &[&str] = &["text/csv"];
    routes
        .tag("offers", "Offers with their prices, places and limits.")
        .get("/shops/{shop}/offers", board::list, op::<ViewPrices>("list_offers", "Offers of a shop in a city").about("Costs, profit and margins are null to those without the right `view_money`.").query::<board::BoardQuery>().lists::<board::RowView>())
        .get("/shops/{shop}/offer_counts", board::counts, op::<ViewPrices>("count_offers", "How many offers each view has").query::<board::CityQuery>().shows::<board::CountsView>())
        .get("/shops/{shop}/categories", board::categories, op::<ViewPrices>("list_categories", "Categories of a shop").query::<board::CityQuery>().lists::<board::CategoryView>())
        .get("/offers/{offer}", offer::show, op::<ViewPrices>("show_offer", "Everything about an offer in a city").query::<offer::OfferQuery>().shows::<offer::OfferShown>())
        .patch("/offers/{offer}", offer_patch::change, op::<ManagePrices>("change_offer", "Change limits, cost, strategy, rule or pin").versioned().body::<offer_patch::OfferPatchBody>().shows::<offer::OwnView>())
        .post("/offers/{offer}/checks", offer::check_now, op::<ManagePrices>("check_offer", "Check the offer's cards soon").accepts())
        .post("/offers/{offer}/backtests", backtests::of_offer, op::<ViewPrices>("backtest_offer", "Try settings on the offer's last thirty days; writes nothing").body::<backtests::OfferBacktestBody>().shows::<backtests::BacktestView>())
        .tag("bulks", "One change for many offers, and limits from files.")
        .post("/shops/{shop}/bulk_previews", bulks::preview, op::<ManagePrices>("preview_bulk", "What a bulk change would do").body::<BulkBody>().shows::<bulks::PreviewView>())
        .post("/shops/{shop}/bulks", bulks::apply, op::<ManagePrices>("apply_bulk", "Change many offers at once").body::<BulkBody>().makes::<bulks::BulkView>())
        .get("/bulks/{bulk}", bulks::show, op::<ViewPrices>("show_bulk", "A bulk change with its refusals").shows::<bulks::BulkView>())
        .post("/bulks/{bulk}/undos", bulks::undo, op::<ManagePrices>("undo_bulk", "Put back what a bulk change changed, for a day").shows::<bulks::BulkUndone>().conflicts())
        .upload("/shops/{shop}/import_checks", imports::check, op::<ManagePrices>("check_import", "What a file of limits would change").query::<imports::ImportQuery>().file_body(FILE).shows::<imports::ImportCheck>())
        .upload("/shops/{shop}/imports", imports::apply, op::<ManagePrices>("apply_import", "Apply the good rows of a file as one bulk change").query::<imports::ImportQuery>().file_body(FILE).makes::<imports::ImportDone>())
        .upload("/shops/{shop}/import_bad_rows", imports::bad_rows, op::<ManagePrices>("list_import_bad_rows", "The refused rows of a file with reasons, as CSV").query::<imports::ImportQuery>().file_body(FILE).gives_file(CSV))
}

fn rules_and_settings(routes: Routes) -> Routes {
    routes
        .tag("rules", "Named rules and a shop's defaults.")
        .get("/rules", rules::list, op::<ViewPrices>("list_rules", "Rules with how many offers use each").query::<ListQuery>().lists::<rules::RuleView>())
        .post("/rules", rules::create, op::<ManagePrices>("create_rule", "Make a rule").body::<rules::NewRule>().makes::<rules::RuleView>())
        .get("/rules/{rule}", rules::show, op::<ViewPrices>("show_rule", "One rule").shows::<rules::RuleView>())
        .patch("/rules/{rule}", rules::change, op::<ManagePrices>("change_rule", "Change a rule").versioned().body::<rules::RulePatch>().shows::<rules::RuleView>())
        .delete("/rules/{rule}", rules::archive, op::<ManagePrices>("archive_rule", "Put a rule away that no offer uses").conflicts())
        .post("/rules/{rule}/backtests", backtests::of_rule, op::<ViewPrices>("backtest_rule", "Try settings on up to 25 offers of a rule; writes nothing").body::<backtests::RuleBacktestBody>().lists::<backtests::BacktestView>())
        .get("/shops/{shop}/settings", shop_settings::show, op::<ViewPrices>("show_shop_settings", "Defaults of a shop").shows::<shop_settings::ShopSettingsView>())
        .put("/shops/{shop}/settings", shop_settings::save, op::<ManagePrices>("save_shop_settings", "Save defaults of a shop, whole").versioned().body::<shop_settings::ShopSettingsBody>().shows::<shop_settings::ShopSettingsView>())
        .put("/shops/{shop}/mode", shop_settings::set_mode, op::<ManagePrices>("set_shop_mode", "Switch publishing off, to dry run, or on").body::<shop_settings::ModeBody>())
        .tag("pauses", "Stopping prices.")
        .get("/pauses", pauses::list, op::<ViewPrices>("list_pauses", "Pauses that hold").query::<ListQuery>().lists::<pauses::PauseView>())
        .post("/pauses", pauses::create, op::<ManagePrices>("create_pause", "Stop changing prices of everything, a shop, a rule or an offer").body::<pauses::NewPause>().makes::<pauses::PauseView>())
        .delete("/pauses/{subject}", pauses::remove, op::<ManagePrices>("remove_pause", "Go on"))
}

fn history(routes: Routes) -> Routes {
    const FILES: &[&str] = &["text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/json"];
    routes
        .tag("decisions", "What the bot decided and why.")
        .get("/offers/{offer}/decisions", decisions::list, op::<ViewPrices>("list_decisions", "The latest moves and questions of an offer in a city").query::<decisions::PlaceListQuery>().lists::<decisions::DecisionView>())
        .get("/decisions/{decision}", decisions::show, op::<ViewPrices>("show_decision", "A decision with its receipt").shows::<decisions::DecisionShown>())
        .post("/decisions/{decision}/undos", decisions::undo, op::<ManagePrices>("undo_decision", "Bring the price before it back and hold it for a day").shows::<offer::OwnView>().conflicts())
        .post("/decisions/{decision}/answers", decisions::answer, op::<ManagePrices>("answer_question", "Answer a question of the bot").body::<decisions::AnswerBody>().conflicts())
        .get("/shops/{shop}/questions", decisions::list_questions, op::<ViewPrices>("list_questions", "Questions that wait for a person").query::<ListQuery>().lists::<decisions::DecisionView>())
        .tag("changes", "What prices did.")
        .get("/shops/{shop}/changes", changes::feed, op::<ViewPrices>("list_shop_changes", "Changes of a shop's prices, newest first").query::<changes::SinceQuery>().lists::<changes::FeedView>())
        .get("/shops/{shop}/changes/file", exports::of_shop, op::<ViewPrices>("export_shop_changes", "Changes of a shop as a file of up to 5 000 lines").query::<exports::ShopHistoryQuery>().gives_file(FILES))
        .get("/offers/{offer}/changes", changes::of_offer, op::<ViewPrices>("list_offer_changes", "Changes of an offer in a city, the latest 200").query::<decisions::PlaceListQuery>().lists::<changes::ChangeView>())
        .get("/offers/{offer}/price_points", changes::points, op::<ViewPrices>("list_price_points", "Price history of an offer in a city, oldest first").query::<changes::PointsQuery>().lists::<changes::PointView>())
        .get("/offers/{offer}/history/file", exports::of_offer, op::<ViewPrices>("export_offer_history", "Price points, decisions or changes of an offer as a file").query::<exports::HistoryQuery>().gives_file(FILES))
        .get("/shops/{shop}/newcomers", newcomers::list, op::<ViewPrices>("list_newcomers", "Who joined the cards of a shop, newest first").query::<changes::SinceQuery>().lists::<newcomers::NewcomerView>())
        .get("/shops/{shop}/pulse", pulse::show, op::<ViewPrices>("show_pulse", "How a shop's prices are doing").shows::<pulse::PulseView>())
}

fn automation(routes: Routes) -> Routes {
    routes
        .tag("automation", "Jobs, schedules, budgets and health.")
        .get("/jobs", jobs::list, op::<ViewAutomation>("list_jobs", "Jobs, newest first").query::<jobs::JobQuery>().lists::<jobs::JobShown>())
        .get("/jobs/{job}", jobs::show, op::<ViewAutomation>("show_job", "One job").shows::<jobs::JobShown>())
        .patch("/jobs/{job}", jobs::change, op::<ManageAutomation>("put_job_off", "Give a waiting or parked job another time").body::<jobs::JobPatch>().shows::<jobs::JobShown>().conflicts())
        .delete("/jobs/{job}", jobs::cancel, op::<ManageAutomation>("cancel_job", "Cancel a job").conflicts())
        .post("/jobs/{job}/replays", jobs::replay, op::<ManageAutomation>("replay_job", "Put a parked, cancelled or finished job back into the queue").shows::<jobs::JobShown>().conflicts())
        .get("/jobs/{job}/runs", runs::list, op::<ViewAutomation>("list_runs", "Runs of a job, newest first").query::<ListQuery>().lists::<runs::RunShown>())
        .get("/runs/{run}", runs::show, op::<ViewAutomation>("show_run", "One run").shows::<runs::RunShown>())
        .get("/runs/{run}/lines", runs::lines, op::<ViewAutomation>("list_run_lines", "What a run wrote down").query::<runs::LineQuery>().lists::<runs::LineShown>())
        .get("/schedules", schedules::list, op::<ViewAutomation>("list_schedules", "Schedules").query::<ListQuery>().lists::<schedules::ScheduleShown>())
        .patch("/schedules/{schedule}", schedules::change, op::<ManageAutomation>("change_schedule", "Let a schedule rest, or go on").body::<schedules::SchedulePatch>())
        .post("/schedules/{schedule}/runs", schedules::run_now, op::<ManageAutomation>("run_schedule", "Ask for a schedule's job now").makes::<schedules::ScheduleRun>())
        .get("/budgets", budgets::list, op::<ViewAutomation>("list_budgets", "How much of the marketplace's budgets is spent").lists::<budgets::BudgetView>())
        .get("/health", health::show, op::<ViewAutomation>("show_health", "Queue, shared state and stuck runs").shows::<health::HealthView>())
}

fn about(routes: Routes) -> Routes {
    routes
        .tag("about", "This description.")
        .get("/openapi.json", page::openapi, open("show_openapi", "This description in OpenAPI 3.1").gives_file(&["application/json"]))
}
