//! Routes of shops, goods, stock and offers. Refuses to hold handlers.

use crate::{
    catalog::{
        accesses, cards, feeds, goods_places, notices, product_imports, products, proxies, shop_places, shops,
    },
    describe::Routes,
    pricing::{backtests, board, bulks, imports, offer, offer_patch},
    stock,
};

pub(super) fn catalogue(routes: Routes) -> Routes {
    routes
        .tag("shops", "Shops, their points and cities.")
        .get("/shops", shops::list, shops::list_op())
        .get("/shops/{shop}", shops::show, shops::show_op())
        .patch("/shops/{shop}", shops::change, shops::change_op())
        .delete("/shops/{shop}", shops::remove, shops::remove_op())
        .post(
            "/shops/{shop}/readings",
            shops::read_again,
            shops::read_again_op(),
        )
        .get(
            "/shops/{shop}/points",
            shop_places::list_points,
            shop_places::list_points_op(),
        )
        .get(
            "/shops/{shop}/cities",
            shop_places::list_cities,
            shop_places::list_cities_op(),
        )
        .patch(
            "/shops/{shop}/cities/{city}",
            shop_places::change_city,
            shop_places::change_city_op(),
        )
        .tag("feeds", "Price lists that the marketplace fetches.")
        .get("/shops/{shop}/feed", feeds::show, feeds::show_op())
        .patch("/shops/{shop}/feed", feeds::change, feeds::change_op())
        .post("/shops/{shop}/feed/address", feeds::rotate, feeds::rotate_op())
        .post("/shops/{shop}/feed/check", feeds::check, feeds::check_op())
        .post("/shops/{shop}/feed/agreement", feeds::agree, feeds::agree_op())
        .get(
            "/shops/{shop}/feed/fetches",
            feeds::list_fetches,
            feeds::list_fetches_op(),
        )
        .get(
            "/shops/{shop}/preorders",
            goods_places::list_preorders,
            goods_places::list_preorders_op(),
        )
        .put(
            "/offers/{offer}/preorder",
            goods_places::put_preorder,
            goods_places::put_preorder_op(),
        )
        .delete(
            "/offers/{offer}/preorder",
            goods_places::end_preorder,
            goods_places::end_preorder_op(),
        )
        .put(
            "/offers/{offer}/points/{point}",
            goods_places::put_point,
            goods_places::put_point_op(),
        )
        .get(
            "/shops/{shop}/city_prices",
            goods_places::list_city_prices,
            goods_places::list_city_prices_op(),
        )
        .put(
            "/offers/{offer}/cities/{city}/price",
            goods_places::fix_city_price,
            goods_places::fix_city_price_op(),
        )
        .delete(
            "/offers/{offer}/cities/{city}/price",
            goods_places::free_city_price,
            goods_places::free_city_price_op(),
        )
        .tag("cards", "New cards of products at the marketplace.")
        .get(
            "/shops/{shop}/card_categories",
            cards::categories,
            cards::categories_op(),
        )
        .get(
            "/shops/{shop}/card_attributes",
            cards::attributes,
            cards::attributes_op(),
        )
        .get("/shops/{shop}/card_uploads", cards::list, cards::list_op())
        .post("/shops/{shop}/card_uploads", cards::send, cards::send_op())
        .get("/card_uploads/{upload}", cards::show, cards::show_op())
        .tag("accesses", "Logins at the marketplace.")
        .get("/accesses", accesses::list, accesses::list_op())
        .post("/accesses", accesses::connect, accesses::connect_op())
        .get("/accesses/{access}", accesses::show, accesses::show_op())
        .delete(
            "/accesses/{access}",
            accesses::disconnect,
            accesses::disconnect_op(),
        )
        .post(
            "/accesses/{access}/codes",
            accesses::enter_code,
            accesses::enter_code_op(),
        )
        .post(
            "/accesses/{access}/renewals",
            accesses::renew,
            accesses::renew_op(),
        )
        .tag("notices", "What the merchant is told.")
        .get("/notices", notices::list, notices::list_op())
        .post(
            "/notices/{notice}/dismissals",
            notices::put_away,
            notices::put_away_op(),
        )
        .tag("proxies", "Ways out.")
        .get("/proxies", proxies::list, proxies::list_op())
        .post("/proxies", proxies::create, proxies::create_op())
        .patch("/proxies/{proxy}", proxies::change, proxies::change_op())
        .delete("/proxies/{proxy}", proxies::remove, proxies::remove_op())
}

pub(super) fn goods(routes: Routes) -> Routes {
    use product_imports as imports;
    routes
        .tag(
            "products",
            "The merchant's own products, whatever shops sell them.",
        )
        .get("/products", products::list, products::list_op())
        .post("/products", products::create, products::create_op())
        .get("/product_counts", products::counts, products::counts_op())
        .get("/products/{product}", products::show, products::show_op())
        .patch("/products/{product}", products::change, products::change_op())
        .get(
            "/products/{product}/offers",
            products::offers,
            products::offers_op(),
        )
        .put("/offers/{offer}/product", products::link, products::link_op())
        .post("/product_edits", imports::edit, imports::edit_op())
        .upload("/product_import_checks", imports::check, imports::check_op())
        .get("/product_imports", imports::list, imports::list_op())
        .upload("/product_imports", imports::apply, imports::apply_op())
        .get("/product_imports/{import}", imports::show, imports::show_op())
        .post(
            "/product_imports/{import}/undos",
            imports::undo,
            imports::undo_op(),
        )
}

pub(super) fn stock_of_products(routes: Routes) -> Routes {
    use stock::{advice, counts, forecast, movements, promotions, purchases, suppliers};
    routes
        .tag("stock", "What lies where, and what to reorder.")
        .get("/stock", advice::list, advice::list_op())
        .get("/products/{product}/forecast", forecast::one, forecast::one_op())
        .get("/forecast_run", forecast::run, forecast::run_op())
        .post("/forecast_run", forecast::again, forecast::again_op())
        .get("/promotions", promotions::list, promotions::list_op())
        .post("/promotions", promotions::create, promotions::create_op())
        .delete("/promotions/{from}", promotions::remove, promotions::remove_op())
        .get(
            "/products/{product}/one_off_days",
            promotions::one_offs,
            promotions::one_offs_op(),
        )
        .post(
            "/products/{product}/one_off_days",
            promotions::mark,
            promotions::mark_op(),
        )
        .delete(
            "/products/{product}/one_off_days/{date}",
            promotions::unmark,
            promotions::unmark_op(),
        )
        .get("/stock_movements", movements::list, movements::list_op())
        .post("/stock_movements", movements::create, movements::create_op())
        .get("/warehouses", counts::warehouses, counts::warehouses_op())
        .get("/suppliers", suppliers::list, suppliers::list_op())
        .post("/suppliers", suppliers::create, suppliers::create_op())
        .get("/suppliers/{supplier}", suppliers::show, suppliers::show_op())
        .patch("/suppliers/{supplier}", suppliers::change, suppliers::change_op())
        .delete("/suppliers/{supplier}", suppliers::remove, suppliers::remove_op())
        .get("/purchases", purchases::list, purchases::list_op())
        .post("/purchases", purchases::create, purchases::create_op())
        .get("/purchases/{purchase}", purchases::show, purchases::show_op())
        .patch("/purchases/{purchase}", purchases::change, purchases::change_op())
        .post(
            "/purchases/{purchase}/receipts",
            purchases::receive,
            purchases::receive_op(),
        )
        .get("/stock_counts", counts::list, counts::list_op())
        .post("/stock_counts", counts::create, counts::create_op())
        .get("/stock_counts/{count}", counts::show, counts::show_op())
        .post("/stock_counts/{count}/lines", counts::count, counts::count_op())
        .post(
            "/stock_counts/{count}/closings",
            counts::close,
            counts::close_op(),
        )
}

pub(super) fn offers(routes: Routes) -> Routes {
    routes
        .tag("offers", "Offers with their prices, places and limits.")
        .get("/shops/{shop}/offers", board::list, board::list_op())
        .get("/shops/{shop}/offer_counts", board::counts, board::counts_op())
        .get(
            "/shops/{shop}/categories",
            board::categories,
            board::categories_op(),
        )
        .get("/offers/{offer}", offer::show, offer::show_op())
        .patch("/offers/{offer}", offer_patch::change, offer_patch::change_op())
        .post("/offers/{offer}/checks", offer::check_now, offer::check_now_op())
        .post(
            "/offers/{offer}/backtests",
            backtests::of_offer,
            backtests::of_offer_op(),
        )
        .tag("bulks", "One change for many offers, and limits from files.")
        .post("/shops/{shop}/bulk_previews", bulks::preview, bulks::preview_op())
        .post("/shops/{shop}/bulks", bulks::apply, bulks::apply_op())
        .get("/bulks/{bulk}", bulks::show, bulks::show_op())
        .post("/bulks/{bulk}/undos", bulks::undo, bulks::undo_op())
        .upload("/shops/{shop}/import_checks", imports::check, imports::check_op())
        .upload("/shops/{shop}/imports", imports::apply, imports::apply_op())
        .upload(
            "/shops/{shop}/import_bad_rows",
            imports::bad_rows,
            imports::bad_rows_op(),
        )
}
