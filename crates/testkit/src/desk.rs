//! An order desk in memory for tests of edges: a few orders, acts that are done at once, a waybill. Each call takes a quarter of a
//! second of the pushed clock. Refuses to stand for the marketplace: rooms are tested against the simulator.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use async_trait::async_trait;
use sauda_kernel::{Money, PushedClock, Span, Timestamp};
use sauda_market::{
    ApiToken, Buyer, BuyerPhone, Egress, EntryCancel, EntryCancelState, MarketError, Order, OrderAct,
    OrderDesk, OrderEntry, OrderStatus, OrderTab, OrdersPage, OrdersQuestion, Parcel,
};
use secrecy::ExposeSecret as _;
use std::sync::{Arc, Mutex};

/// The key that this desk takes.
pub const ORDER_KEY: &str = "S2FzcGkgdGVzdCBrZXkgZm9yIG9yZGVycw==";

#[derive(Clone)]
pub struct OrderShelf {
    clock: PushedClock,
    orders: Arc<Mutex<Vec<Order>>>,
    /// The next act is refused with these words.
    pub refuses: Arc<Mutex<Option<String>>>,
}

impl OrderShelf {
    pub fn new(clock: PushedClock) -> Self {
        Self {
            clock,
            orders: Arc::default(),
            refuses: Arc::default(),
        }
    }

    /// Somebody orders a thing by the marketplace's delivery, or comes for it.
    pub fn order(&self, code: &str, sku: &str, name: &str, tenge: i64, at: Timestamp, is_pickup: bool) {
        let price = Money::from_tiyn(tenge * 100);
        let entry = OrderEntry {
            id: format!("{code}-0"),
            number: 0,
            unit: None,
            quantity: 1,
            price,
            total: price,
            delivery_cost: None,
            weight_g: None,
            min_weight_g: None,
            category: None,
            category_title: None,
            sku: Some(sku.to_owned()),
            name: Some(name.to_owned()),
            card: None,
            imei_required: false,
        };
        self.orders.lock().unwrap().push(Order {
            id: format!("id-{code}"),
            code: code.to_owned(),
            tab: OrderTab::New,
            status: OrderStatus::ApprovedByBank,
            total: price,
            payment: Some("PREPAID".to_owned()),
            credit_months: None,
            created_at: at,
            approved_at: Some(at),
            planned_delivery_at: None,
            reserved_until: None,
            delivery_cost: None,
            delivery_cost_for_seller: None,
            is_kaspi_delivery: !is_pickup,
            delivery_mode: Some(
                if is_pickup {
                    "DELIVERY_PICKUP"
                } else {
                    "DELIVERY_LOCAL"
                }
                .to_owned(),
            ),
            address: None,
            origin: None,
            point_id: Some("30000001_PP1".to_owned()),
            signature_required: false,
            preorder: false,
            assembled: false,
            cancel_reason: None,
            buyer: Buyer {
                first_name: Some("Асель".to_owned()),
                last_name: Some("Примерова".to_owned()),
                phone: BuyerPhone::Known("+77010000000".to_owned()),
            },
            delivery: Some(Parcel::default()),
            entries: Some(vec![entry]),
        });
    }

    /// A call takes time, so that four a second are not exceeded, and needs the key.
    fn check(&self, token: &ApiToken) -> Result<(), MarketError> {
        self.clock.push(Span::from_millis(260));
        if token.0.expose_secret() == ORDER_KEY {
            Ok(())
        } else {
            Err(MarketError::BadToken)
        }
    }
}

#[async_trait]
impl OrderDesk for OrderShelf {
    async fn orders(
        &self,
        _: &Egress,
        token: &ApiToken,
        question: &OrdersQuestion,
    ) -> Result<OrdersPage, MarketError> {
        self.check(token)?;
        let orders: Vec<Order> = self
            .orders
            .lock()
            .unwrap()
            .iter()
            .filter(|order| order.tab == question.tab)
            .filter(|order| (question.created_from..question.created_to).contains(&order.created_at))
            .cloned()
            .collect();
        Ok(OrdersPage {
            pages: Some(1),
            total: Some(1),
            orders,
            refused: Vec::new(),
        })
    }
    async fn order(&self, _: &Egress, token: &ApiToken, code: &str) -> Result<Order, MarketError> {
        self.check(token)?;
        let orders = self.orders.lock().unwrap();
        let found = orders.iter().find(|order| order.code == code).cloned();
        found.ok_or_else(|| MarketError::NotFound("order".to_owned()))
    }
    async fn entries(&self, _: &Egress, token: &ApiToken, _: &str) -> Result<Vec<OrderEntry>, MarketError> {
        self.check(token)?;
        Ok(Vec::new())
    }
    async fn act(
        &self,
        _: &Egress,
        token: &ApiToken,
        _: &str,
        code: &str,
        act: &OrderAct,
    ) -> Result<(), MarketError> {
        self.check(token)?;
        if let Some(text) = self.refuses.lock().unwrap().take() {
            return Err(MarketError::Refused {
                code: "400".to_owned(),
                text,
            });
        }
        let mut orders = self.orders.lock().unwrap();
        let order = orders.iter_mut().find(|order| order.code == code).unwrap();
        match act {
            OrderAct::Accept => {
                order.status = OrderStatus::AcceptedByMerchant;
                order.tab = if order.is_kaspi_delivery {
                    OrderTab::KaspiDelivery
                } else {
                    OrderTab::Pickup
                };
            }
            OrderAct::Assemble { .. } => {
                order.assembled = true;
                order.delivery = Some(Parcel {
                    waybill_url: Some("https://kaspi.kz/shop/api/waybill/1".to_owned()),
                    waybill_number: Some("KZ-1".to_owned()),
                    ..Parcel::default()
                });
            }
            OrderAct::Cancel { reason, .. } => {
                order.status = OrderStatus::Cancelled;
                order.tab = OrderTab::Archive;
                order.cancel_reason = Some(reason.word().to_owned());
            }
            OrderAct::SendCode => {}
            OrderAct::Complete { code } if code == "1234" => {
                order.status = OrderStatus::Completed;
                order.tab = OrderTab::Archive;
            }
            OrderAct::Complete { .. } => return Err(MarketError::WrongCode),
            OrderAct::Arrived | OrderAct::ArrivedBackward => {}
        }
        Ok(())
    }
    async fn cancel_entry(
        &self,
        _: &Egress,
        _: &ApiToken,
        _: &EntryCancel,
    ) -> Result<EntryCancelState, MarketError> {
        Err(MarketError::Unsupported("cancel lines"))
    }
    async fn waybill(&self, _: &Egress, token: &ApiToken, _: &str) -> Result<Vec<u8>, MarketError> {
        self.check(token)?;
        Ok(b"%PDF-1.4 waybill".to_vec())
    }
}
