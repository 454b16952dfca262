//! What is packed in the place of the bought size: the stock promises it, gives it, and takes it back.

use crate::{
    fit_shop::FitShop,
    returns::{self, page},
};
use sauda_kernel::{ProductId, Span};
use sauda_orders::{
    engine::Clerk,
    model::{Act, ReturnMark, ReturnView},
};
use sauda_stock::{MovementKind, NewMovement, Settings};
use sauda_testkit::{TestDb, engines};

struct Shelf {
    shop: FitShop,
    /// The dress in M and in L.
    products: [ProductId; 2],
}

impl Shelf {
    /// A shop that keeps its stock here: five dresses in M, five in L.
    async fn open(test: TestDb) -> Self {
        let mut shop = Box::pin(FitShop::open(test)).await;
        let world = &mut shop.world;
        world.orders = world.orders.clone().with_stock(world.stock.clone());
        world.clerk = Clerk::new(world.orders.clone(), "with stock");
        let (scope, stock) = (&world.scope, &world.stock);
        stock
            .save_settings(scope, &Settings::default(), true)
            .await
            .unwrap();
        let skus = [shop.sku.as_str(), "ar-l"];
        let goods = world.catalog.goods_sold(scope, &[], &skus).await.unwrap();
        let products = skus.map(|sku| goods.of(None, sku).unwrap().id.clone());
        for product in &products {
            let received = NewMovement {
                product: product.clone(),
                warehouse: stock.warehouses(scope).await.unwrap()[0].id.clone(),
                kind: MovementKind::Receipt,
                quantity: 5,
                unit_cost: None,
                landed: None,
                reason: String::new(),
                document: String::new(),
                once_key: product.to_string(),
            };
            stock.record(scope, &received).await.unwrap();
        }
        Self { shop, products }
    }

    /// Pieces on the shelf and those of them that are promised, of M and of L.
    async fn lies(&self) -> [(i64, i64); 2] {
        let world = &self.shop.world;
        let mut lies = [(0, 0); 2];
        for (product, lies) in self.products.iter().zip(&mut lies) {
            for balance in world.stock.balances_of(&world.scope, product).await.unwrap() {
                *lies = (balance.on_hand, balance.reserved);
            }
        }
        lies
    }

    async fn choose(&self, code: &str, size: &str) {
        let world = &self.shop.world;
        let chosen = world.orders.correct(&world.scope, &world.shop, code, 0, size, "");
        chosen.await.unwrap();
    }
}

#[tokio::test]
async fn the_stock_gives_the_size_that_was_agreed_on_and_takes_it_back() {
    for test in engines().await {
        let shelf = Shelf::open(test).await;
        let world = &shelf.shop.world;
        let code = shelf.shop.order().await;
        shelf.choose(&code, "L").await;
        assert_eq!(
            shelf.lies().await,
            [(5, 0), (5, 0)],
            "a new order promises nothing"
        );
        world.ask(&code, Act::Accept).await;
        world.turns(6).await;
        assert_eq!(shelf.lies().await, [(5, 0), (5, 1)]);

        // The buyer changes the mind, twice: what is promised goes along at once.
        shelf.choose(&code, "M").await;
        assert_eq!(shelf.lies().await, [(5, 1), (5, 0)]);
        shelf.choose(&code, "L").await;
        assert_eq!(shelf.lies().await, [(5, 0), (5, 1)]);

        world.sim().send_back(&code, Some("Не подошёл размер")).unwrap();
        world.read().await;
        assert_eq!(shelf.lies().await, [(5, 0), (4, 0)], "it left the shop");
        // What is said after that moves no piece any more.
        shelf.choose(&code, "M").await;
        world.read().await;
        assert_eq!(shelf.lies().await, [(5, 0), (4, 0)]);

        returns::read(world).await;
        world.sim().step(Span::from_days(4));
        returns::read(world).await;
        let back = page(world, ReturnView::All).await;
        for mark in [ReturnMark::Collected, ReturnMark::Stocked] {
            let marked = world
                .orders
                .mark_return(&world.scope, &world.shop, &back.returns[0].id, mark);
            marked.await.unwrap();
        }
        assert_eq!(shelf.lies().await, [(5, 0), (5, 0)]);
    }
}
