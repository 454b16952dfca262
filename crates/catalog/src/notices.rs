//! Words of the catalogue's own notices, each with its text `notice-<word>` in three languages.

/// The marketplace ended the session: sign in again.
pub const SESSION_ENDED: &str = "session-ended";
/// The marketplace does not know the login and password.
pub const WRONG_PASSWORD: &str = "wrong-password";
/// Sign-in is closed for a while.
pub const SIGN_IN_BLOCKED: &str = "sign-in-blocked";
/// A point of the shop disappeared.
pub const POINT_GONE: &str = "point-gone";
/// A new city appeared in the shop.
pub const CITY_NEW: &str = "city-new";
/// No point is left in a city.
pub const CITY_GONE: &str = "city-gone";
/// Offers disappeared from the cabinet.
pub const OFFERS_GONE: &str = "offers-gone";
/// Reading the offers failed.
pub const SYNC_FAILED: &str = "sync-failed";
/// Some rows of the cabinet's list could not be understood.
pub const ROWS_REFUSED: &str = "rows-refused";
/// A proxy does not answer.
pub const PROXY_DOWN: &str = "proxy-down";
/// The marketplace does not take the key of a shop.
pub const KEY_REFUSED: &str = "key-refused";
/// The price list is held: it would harm the shop.
pub const FEED_HELD: &str = "feed-held";
/// Nobody knows whether the marketplace took an upload of cards.
pub const CARDS_UNCLEAR: &str = "cards-unclear";
/// The price list leaves again.
pub const FEED_MENDED: &str = "feed-mended";
