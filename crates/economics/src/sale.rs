//! From what is known of goods, a shop and its owner to the parts of a price: one place for the floor of the price bot and for
//! profit. Refuses to invent a cost, and says what it took for want of better.

use crate::money::{OwnRates, RateKind, Taxpayers};
use crate::rates::{Day, commission_known, unit_taxes, vat_rate};
use crate::{
    Delivery, DeliveryChoice, FloorError, FloorParts, LARGEST_PRICE, ShopEconomics, Vat, delivery_steps,
    steps_over,
};
use sauda_kernel::{BasisPoints, Money, Timestamp};

/// What holds for all sales of a shop.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    pub economics: &'a ShopEconomics,
    pub own: &'a OwnRates,
    pub taxpayers: &'a Taxpayers,
}

/// Pieces of one article that are sold together, as far as they are known.
#[derive(Debug, Clone, Copy)]
pub struct Pieces<'a> {
    pub sku: &'a str,
    /// By the merchant's catalogue.
    pub category: Option<&'a str>,
    /// Of one piece.
    pub grams: Option<i64>,
    /// Of one piece.
    pub volume_cm3: Option<i64>,
    pub quantity: i64,
    /// Of all of them.
    pub cost: Money,
    /// Value added tax inside of it.
    pub cost_vat: Money,
}

/// What was not known and was taken from the shop's settings in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Assumed {
    /// The tariff knows no such category, or none was said.
    pub commission: bool,
    /// The regime was not in force on the day.
    pub tax: bool,
    /// No weight was said, or the tariff knows none so heavy.
    pub weight: bool,
}

impl Terms<'_> {
    /// Parts of a sale on a day, without delivery and without the expected returns: who knows what really came adds it.
    ///
    /// An own rate of the day stands over the published tariff, and that over the shop's settings.
    ///
    /// # Errors
    /// When the sum of packaging is too large.
    pub fn parts(&self, pieces: &Pieces<'_>, day: Day) -> Result<(FloorParts, Assumed), FloorError> {
        let (economics, own) = (self.economics, self.own);
        let mut assumed = Assumed::default();
        let share = |kind, usual| own.share(kind, "", day).unwrap_or(usual);
        let named = pieces.category.unwrap_or("");
        let commission = own
            .share(RateKind::Commission, named, day)
            .or_else(|| commission_known(named, day))
            .unwrap_or_else(|| {
                assumed.commission = true;
                economics.commission_bp
            });
        let packaging = own
            .packaging_of(pieces.sku, pieces.grams, pieces.volume_cm3, day)
            .unwrap_or(economics.packaging);
        let packaging = packaging
            .tiyn()
            .checked_mul(pieces.quantity)
            .map(Money::from_tiyn)
            .ok_or(FloorError::TooLarge {
                part: "packaging",
                value: packaging.tiyn(),
                largest: LARGEST_PRICE.money().tiyn(),
            })?;
        let mut parts = FloorParts {
            purchase: pieces.cost,
            packaging,
            commission_bp: commission,
            commission_vat: economics.commission_vat,
            fee_vat_bp: vat_rate(day)
                .ok()
                .and_then(|vat| i32::try_from(vat.hundredths).ok())
                .map(BasisPoints),
            payment_bp: share(RateKind::Payment, BasisPoints(0)),
            tax_bp: share(RateKind::Tax, economics.tax_bp),
            advertising_bp: share(RateKind::Advertising, economics.advertising_bp),
            ..FloorParts::default()
        };
        if let Some(payer) = self.taxpayers.on(day) {
            let own_rate = own.share(RateKind::Tax, "", day).or(payer.rate);
            let place = payer.place.as_deref();
            match unit_taxes(payer.regime, place, own_rate, payer.is_vat_payer, day) {
                Ok(taxes) => {
                    parts.tax_bp = taxes.tax;
                    parts.profit_tax_bp = taxes.profit_tax;
                    parts.vat = taxes.vat.map(|rate_bp| Vat {
                        rate_bp,
                        input: pieces.cost_vat,
                        delivery_credited: true,
                    });
                }
                Err(_) => assumed.tax = true,
            }
        }
        Ok((parts, assumed))
    }

    /// Parts of the price of one piece that is still to be sold: with delivery by the tariff of the moment, the expected returns and
    /// what a sale should earn.
    ///
    /// # Errors
    /// When the tariff has no row for the weight and day, or a sum is too large.
    pub fn to_be_sold(&self, piece: &Pieces<'_>, at: Timestamp) -> Result<(FloorParts, Assumed), FloorError> {
        let day = Day::of(at);
        let (parts, mut assumed) = self.parts(piece, day)?;
        let delivery = match self.economics.delivery {
            DeliveryChoice::None => Delivery::None,
            DeliveryChoice::Fixed { fee } => Delivery::Fixed(fee),
            DeliveryChoice::Tariff { service, grams } => {
                let steps = |grams: i64| {
                    let own = self.own.delivery(service, Some(grams), day);
                    steps_over(own, || delivery_steps(service, grams, at))
                };
                let said = piece.grams.filter(|grams| *grams > 0);
                Delivery::Steps(match said.map(steps) {
                    Some(Ok(steps)) => steps,
                    // Nothing is said of it, or it is too heavy for this service and goes by another.
                    None | Some(Err(FloorError::NoTariff { .. })) => {
                        assumed.weight = true;
                        steps(grams)?
                    }
                    Some(Err(error)) => return Err(error),
                })
            }
        };
        let returns = self.own.share(RateKind::Returns, "", day);
        let parts = FloorParts {
            delivery,
            returns_bp: returns.unwrap_or(self.economics.returns_bp),
            wish: self.economics.wish,
            ..parts
        };
        Ok((parts, assumed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::{OwnRate, Taxpayer};
    use crate::rates::Regime;
    use crate::{DeliveryService, floor, unit};
    use sauda_kernel::{Id, SystemClock, SystemIds};

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    fn piece<'a>(category: Option<&'a str>, grams: Option<i64>) -> Pieces<'a> {
        Pieces {
            sku: "A-1",
            category,
            grams,
            volume_cm3: None,
            quantity: 1,
            cost: Money::from_tiyn(650_000),
            cost_vat: Money::ZERO,
        }
    }

    fn own(kind: RateKind, value: i64) -> OwnRate {
        OwnRate {
            id: Id::new(&SystemClock, &SystemIds),
            kind,
            subject: String::new(),
            value,
            from_day: "2026-07-01".to_owned(),
            source: String::new(),
            note: String::new(),
            set_by: String::new(),
            set_at: Timestamp::default(),
        }
    }

    fn payer(regime: Regime, is_vat_payer: bool) -> Taxpayers {
        Taxpayers::new(vec![Taxpayer {
            from: None,
            regime,
            place: None,
            rate: None,
            is_vat_payer,
            set_by: String::new(),
            set_at: Timestamp::default(),
        }])
    }

    #[test]
    fn nothing_known_is_the_settings_of_the_shop_and_says_so() {
        let economics = ShopEconomics::default();
        let terms = Terms {
            economics: &economics,
            own: &OwnRates::default(),
            taxpayers: &Taxpayers::default(),
        };
        let (parts, assumed) = terms
            .to_be_sold(&piece(None, None), at("2026-11-20T12:00:00+05:00"))
            .unwrap();
        assert_eq!(
            (parts.commission_bp, parts.tax_bp),
            (economics.commission_bp, economics.tax_bp)
        );
        assert_eq!(
            assumed,
            Assumed {
                commission: true,
                tax: false,
                weight: true
            }
        );
    }

    #[test]
    fn a_floor_goes_by_the_category_the_weight_and_the_regime() {
        let economics = ShopEconomics::default();
        let day = at("2026-11-20T12:00:00+05:00");
        let floor_of = |piece: &Pieces<'_>, taxpayers: &Taxpayers| {
            let terms = Terms {
                economics: &economics,
                own: &OwnRates::default(),
                taxpayers,
            };
            let (parts, assumed) = terms.to_be_sold(piece, day).unwrap();
            let floor = floor(&parts).unwrap();
            // The floor earns, a tenge less does not.
            assert!(unit(floor, &parts).unwrap().profit >= Money::ZERO);
            assert!(unit(floor.minus(1), &parts).unwrap().profit < Money::ZERO);
            (floor, assumed)
        };
        let nobody = Taxpayers::default();
        let (usual, _) = floor_of(&piece(None, None), &nobody);
        let cases = crate::rates::find_categories("чехлы смартфонов", Day::of(day), 1).unwrap();
        let cases = cases.first().unwrap().category.clone();
        let (dearer, told) = floor_of(&piece(Some(&cases), Some(1_000)), &nobody);
        assert!(
            dearer > usual && told == Assumed::default(),
            "{dearer} {usual} {told:?}"
        );
        let (company, _) = floor_of(&piece(Some(&cases), Some(1_000)), &payer(Regime::Llp, true));
        assert!(company > dearer, "{company} {dearer}");
        // From ten thousand tenge on the fee of a parcel goes by its weight.
        let of = |grams| Pieces {
            cost: Money::from_tiyn(1_400_000),
            ..piece(Some(&cases), Some(grams))
        };
        let ((light, _), (heavy, _)) = (floor_of(&of(1_000), &nobody), floor_of(&of(20_000), &nobody));
        assert!(heavy > light, "{heavy} {light}");
    }

    #[test]
    fn an_own_rate_of_the_day_stands_over_the_tariff_and_the_shop() {
        let economics = ShopEconomics {
            delivery: DeliveryChoice::Tariff {
                service: DeliveryService::City,
                grams: 500,
            },
            ..ShopEconomics::default()
        };
        let rates = OwnRates::new(vec![
            own(RateKind::Commission, 700),
            own(RateKind::Returns, 250),
            own(RateKind::Packaging, 12_300),
        ]);
        let terms = Terms {
            economics: &economics,
            own: &rates,
            taxpayers: &Taxpayers::default(),
        };
        let sold = |day: &str| terms.to_be_sold(&piece(None, None), at(day)).unwrap();
        let (before, assumed) = sold("2026-06-30T12:00:00+05:00");
        assert_eq!(
            (before.commission_bp, before.packaging),
            (BasisPoints(1_090), Money::ZERO)
        );
        assert!(assumed.commission);
        let (after, assumed) = sold("2026-07-01T12:00:00+05:00");
        assert_eq!((after.commission_bp.0, after.returns_bp.0), (700, 250));
        assert_eq!(after.packaging, Money::from_tiyn(12_300));
        assert!(!assumed.commission);
    }

    #[test]
    fn own_fees_of_delivery_stand_over_the_tariff_from_their_day_and_their_sum() {
        let economics = ShopEconomics {
            delivery: DeliveryChoice::Tariff {
                service: DeliveryService::City,
                grams: 500,
            },
            ..ShopEconomics::default()
        };
        let dear = OwnRate {
            subject: "city/weight:5000/from:10000".to_owned(),
            ..own(RateKind::Delivery, 90_000)
        };
        let rates = OwnRates::new(vec![dear]);
        let terms = Terms {
            economics: &economics,
            own: &rates,
            taxpayers: &Taxpayers::default(),
        };
        let steps = |grams: i64, day: &str| {
            let sold = terms.to_be_sold(&piece(None, Some(grams)), at(day)).unwrap();
            let Delivery::Steps(steps) = sold.0.delivery else {
                panic!("{:?}", sold.0.delivery);
            };
            steps
                .iter()
                .map(|step| (step.from.get(), step.fee.tiyn()))
                .collect::<Vec<_>>()
        };
        let before = steps(1_200, "2026-06-30T12:00:00+05:00");
        let after = steps(1_200, "2026-07-01T12:00:00+05:00");
        assert_eq!(after.last(), Some(&(10_000, 90_000)));
        assert_eq!(before.len(), after.len());
        assert_eq!(before[..4], after[..4], "below its sum the tariff holds");
        assert_eq!(
            steps(5_001, "2026-07-01T12:00:00+05:00"),
            steps(5_001, "2026-06-30T12:00:00+05:00"),
            "a heavier parcel goes by the tariff"
        );
    }

    #[test]
    fn a_regime_that_is_not_in_force_is_told_and_one_too_heavy_goes_by_the_usual_weight() {
        let economics = ShopEconomics::default();
        let retail = payer(Regime::Retail, false);
        let terms = Terms {
            economics: &economics,
            own: &OwnRates::default(),
            taxpayers: &retail,
        };
        let heaviest = piece(None, Some(900_000_000));
        let (parts, assumed) = terms
            .to_be_sold(&heaviest, at("2026-11-20T12:00:00+05:00"))
            .unwrap();
        assert_eq!(parts.tax_bp, economics.tax_bp);
        assert!(assumed.tax);
        let usual = terms.to_be_sold(&piece(None, None), at("2026-11-20T12:00:00+05:00"));
        if assumed.weight {
            assert_eq!(parts.delivery, usual.unwrap().0.delivery);
        }
    }
}
