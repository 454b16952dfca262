//! What the cabinet answers about the signed-in person's shops and their points. Refuses to fail on a single odd member.

use super::{
    loose::{List, Thing},
    text::{Flag, Text},
};
use serde::Deserialize;

/// `GET /s/m`.
#[derive(Debug, Deserialize)]
pub struct ShopsAnswer<'a> {
    #[serde(borrow, default)]
    pub merchants: List<Thing<ShopRow<'a>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ShopRow<'a> {
    #[serde(borrow)]
    pub uid: Text<'a>,
    #[serde(borrow)]
    pub name: Text<'a>,
}

/// `POST /mc/facade/graphql`: errors come with HTTP 200.
#[derive(Debug, Deserialize)]
pub struct GraphAnswer<'a> {
    #[serde(borrow, default)]
    pub data: Thing<GraphData<'a>>,
    #[serde(borrow, default)]
    pub errors: List<Thing<GraphError<'a>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct GraphData<'a> {
    #[serde(borrow)]
    pub merchant: Thing<GraphMerchant<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct GraphError<'a> {
    #[serde(borrow)]
    pub message: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct GraphMerchant<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    #[serde(borrow)]
    pub name: Text<'a>,
    #[serde(borrow)]
    pub logo: Thing<GraphLogo<'a>>,
    #[serde(borrow)]
    pub points: List<Thing<GraphPoint<'a>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct GraphLogo<'a> {
    #[serde(borrow)]
    pub url: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct GraphPoint<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    #[serde(borrow)]
    pub name: Text<'a>,
    pub enabled: Flag,
    #[serde(borrow)]
    pub city: Thing<GraphCity<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct GraphCity<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    #[serde(borrow)]
    pub name: Text<'a>,
}
