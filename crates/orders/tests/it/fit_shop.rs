//! A shop that sells one dress in four sizes: the bought one is M.

use crate::world::World;
use sauda_catalog::import::products::ProductFacts;
use sauda_orders::fit::{FitWord, LineFit};
use sauda_sim::Way;
use sauda_store::sql;
use sauda_testkit::TestDb;
use serde_json::{Map, Value, json};

pub struct FitShop {
    pub world: World,
    pub sku: String,
}

pub fn members(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

impl FitShop {
    pub async fn open(test: TestDb) -> Self {
        let world = Box::pin(World::with_key(test)).await;
        let probe = world.order(Way::Kaspi { express: false }).await;
        let sku = world.view(&probe.seen.code).await.lines[0].sku.clone();
        for (sku, size) in [("ar-s", "S"), (sku.as_str(), "M"), ("ar-l", "L"), ("ar-xl", "XL")] {
            let facts = ProductFacts {
                sku: sku.to_owned(),
                title: Some("Платье".to_owned()),
                brand: Some("Ару".to_owned()),
                model: Some("AR-1".to_owned()),
                category: Some("Платья".to_owned()),
                gender: Some("женский".to_owned()),
                size: Some(size.to_owned()),
                ..ProductFacts::default()
            };
            world.products.create(&world.scope, facts).await.unwrap();
        }
        Self { world, sku }
    }

    /// Somebody orders the dress in M.
    pub async fn order(&self) -> String {
        let uid = &self.world.sim().world.shops[0].uid;
        let way = Some(Way::Kaspi { express: false });
        let code = self.world.sim().order(uid, Some(&self.sku), way).unwrap();
        self.world.read().await;
        code
    }

    /// The marketplace shows this phone with an order.
    pub async fn phone(&self, code: &str, phone: &str) {
        sql!(
            "UPDATE orders SET phone = $2, document = REPLACE(document, '\"phone_known\":false', '\"phone_known\":true') WHERE code = $1"
        )
        .bind(code)
        .bind(phone)
        .run(self.world.db())
        .await
        .unwrap();
    }

    pub async fn advise(&self, code: &str) -> LineFit {
        let world = &self.world;
        let fits = world
            .orders
            .advise(&world.scope, &world.shop, code)
            .await
            .unwrap();
        fits.into_iter().next().unwrap()
    }

    /// The buyer says height and weight.
    pub async fn measure(&self, code: &str, height_cm: i64, weight_kg: i64) -> LineFit {
        let world = &self.world;
        let body = members(json!({"height_cm": height_cm, "weight_kg": weight_kg}));
        let fits = world
            .orders
            .put_measures(&world.scope, &world.shop, code, body)
            .await
            .unwrap();
        fits.into_iter().next().unwrap()
    }

    pub async fn outcome(&self, code: &str, fit: FitWord) -> LineFit {
        let world = &self.world;
        let fits = world
            .orders
            .outcome(&world.scope, &world.shop, code, 0, fit, None)
            .await
            .unwrap();
        fits.into_iter().next().unwrap()
    }

    /// How many advices are kept.
    pub async fn kept(&self) -> i64 {
        sql!("SELECT COUNT(*) AS n FROM fit_advices")
            .one(self.world.db())
            .await
            .unwrap()
            .get("n")
            .unwrap()
    }
}
