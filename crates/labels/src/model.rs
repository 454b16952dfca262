//! What is printed: orders with their goods, as plain text. Refuses to know where they come from and how they will look.

/// One order that is packed. Orders with the same code are one order; whoever reads a file joins them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Order {
    /// The marketplace's number, as on its waybill.
    pub code: String,
    pub goods: Vec<Good>,
    pub city: Option<String>,
    /// Point of handing over, or the address.
    pub point: Option<String>,
    /// Until when it has to be handed over, as people read it.
    pub deadline: Option<String>,
    pub express: bool,
    /// How many parcels leave; none is not known and counts as one.
    pub parcels: Option<u16>,
    /// Whether the marketplace makes a waybill for it: not when the seller delivers.
    pub waybill_expected: bool,
    /// What the square code holds; the order's code without it.
    pub scan: Option<String>,
}

/// One kind of goods in an order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Good {
    pub shelf: Option<String>,
    pub brand: Option<String>,
    pub model: String,
    /// What goes into the parcel.
    pub size: Option<String>,
    /// The size that was bought, where the buyer agreed on another one.
    pub bought: Option<String>,
    pub colour: Option<String>,
    pub sku: Option<String>,
    pub quantity: u32,
    /// Which parcel of the order it goes into, from one.
    pub parcel: Option<u16>,
}

/// A place among others: `2 of 3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    pub number: u16,
    pub of: u16,
}

/// One good of one order: a row of the pick list, and a label or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    pub order: &'a Order,
    pub good: &'a Good,
    /// Which of the order's goods it is.
    pub share: Share,
}

/// One label: a line, and which parcel of the order it is stuck on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label<'a> {
    pub line: Line<'a>,
    pub parcel: Option<Share>,
}
