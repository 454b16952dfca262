//! What the sign-in server is told and answers. Refuses to be printed: bodies hold passwords and codes.

use super::{loose::Thing, number::Number, text::Text};
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
pub struct PhoneBody<'a> {
    /// As the mask of the page shows it: `+7 (7XX) XXX-XX-XX`.
    #[serde(rename = "_ph")]
    pub phone: &'a str,
}

#[derive(Serialize)]
pub struct SmsCodeBody<'a> {
    #[serde(rename = "_c")]
    pub code: &'a str,
}

#[derive(Serialize)]
pub struct MailBody<'a> {
    #[serde(rename = "_u")]
    pub mail: &'a str,
    #[serde(rename = "_p")]
    pub password: &'a str,
    #[serde(rename = "_r_d")]
    pub remember_device: bool,
}

/// The newer of two spellings of the mail code.
#[derive(Serialize)]
pub struct MailCodeBody<'a> {
    #[serde(rename = "_u")]
    pub mail: &'a str,
    #[serde(rename = "_m_c")]
    pub code: &'a str,
    #[serde(rename = "_r_d")]
    pub remember_device: bool,
}

/// The other spelling, for servers that do not know the first.
#[derive(Serialize)]
pub struct MailCodeWithPasswordBody<'a> {
    #[serde(rename = "_u")]
    pub mail: &'a str,
    #[serde(rename = "_p")]
    pub password: &'a str,
    #[serde(rename = "_c")]
    pub code: &'a str,
}

/// Answer of `POST /api/p/login`.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LoginAnswer<'a> {
    #[serde(borrow)]
    pub redirect_url: Text<'a>,
    #[serde(borrow)]
    pub phone: Text<'a>,
    #[serde(borrow)]
    pub error_code: Text<'a>,
    pub error_data: Thing<LoginErrorData>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LoginErrorData {
    pub break_time_seconds: Number,
}
