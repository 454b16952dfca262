//! Pages before sign-in: first owner, sign-in, second factor, invitation, new password. Refuses to check anything.

use super::{
    Around, Sample, View,
    parts::{Form, Told, sample},
};
use sauda_kernel::Timestamp;
use serde::Serialize;

/// The first owner of this installation.
#[derive(Debug, Clone, Serialize)]
pub struct SignUp {
    pub form: Form,
}

impl View for SignUp {
    const TEMPLATE: &'static str = "pages/sign_up.html";
    fn samples() -> Vec<Sample<Self>> {
        let typed = Form::of(&[
            ("merchant_name", "Aru Home"),
            ("name", "Айгерим Жумабек"),
            ("login", "+7 701 000 12"),
        ]);
        let refused = typed
            .refuse("login", Told::new("web-login-form").arg("value", "+7 701 000 12"))
            .refuse("password", Told::new("web-password-short").arg("min", 10));
        vec![
            Sample::new(
                "empty",
                Self {
                    form: Form::default(),
                },
            )
            .around(Around::Nobody),
            Sample::new("errors", Self { form: refused }).around(Around::Nobody),
        ]
    }
}

/// Sign-in by login and password.
#[derive(Debug, Clone, Serialize)]
pub struct SignIn {
    pub form: Form,
    /// Sign-in is closed until then.
    pub locked_until: Option<Timestamp>,
    /// Where to go afterwards.
    pub next: String,
}

impl View for SignIn {
    const TEMPLATE: &'static str = "pages/sign_in.html";
    fn samples() -> Vec<Sample<Self>> {
        let view = Self {
            form: Form::of(&[("login", "+7 701 000 12 34")]),
            locked_until: None,
            next: "/".to_owned(),
        };
        let refused = Self {
            form: view.form.clone().refuse("", Told::new("web-wrong-pair")),
            ..view.clone()
        };
        let locked = Self {
            locked_until: Some(sample::in_minutes(7)),
            ..view.clone()
        };
        vec![
            Sample::new("normal", view).around(Around::Nobody),
            Sample::new("wrong", refused).around(Around::Nobody),
            Sample::new("locked", locked).around(Around::Nobody),
        ]
    }
}

/// The code of the second step.
#[derive(Debug, Clone, Serialize)]
pub struct SecondFactor {
    pub form: Form,
    /// A recovery code is asked for instead.
    pub recovery: bool,
    pub next: String,
}

impl View for SecondFactor {
    const TEMPLATE: &'static str = "pages/second_factor.html";
    fn samples() -> Vec<Sample<Self>> {
        let view = Self {
            form: Form::default(),
            recovery: false,
            next: "/".to_owned(),
        };
        let refused = Self {
            form: Form::of(&[("code", "482013")]).refuse("code", Told::new("web-code-wrong")),
            ..view.clone()
        };
        vec![
            Sample::new("normal", view.clone()).around(Around::Nobody),
            Sample::new("wrong", refused).around(Around::Nobody),
            Sample::new(
                "recovery",
                Self {
                    recovery: true,
                    ..view
                },
            )
            .around(Around::Nobody),
        ]
    }
}

/// Joining a team by link.
#[derive(Debug, Clone, Serialize)]
pub struct Join {
    pub form: Form,
    pub merchant: String,
    pub invited_by: String,
    pub role: String,
    pub token: String,
    /// Name of who is signed in: joins without a new login.
    pub me: Option<String>,
    /// The link is used up, withdrawn or too old.
    pub is_dead: bool,
}

impl View for Join {
    const TEMPLATE: &'static str = "pages/join.html";
    fn samples() -> Vec<Sample<Self>> {
        let view = Self {
            form: Form::default(),
            merchant: "Aru Home".to_owned(),
            invited_by: "Айгерим Жумабек".to_owned(),
            role: "manager".to_owned(),
            token: "k3v9".to_owned(),
            me: None,
            is_dead: false,
        };
        vec![
            Sample::new("normal", view.clone()).around(Around::Nobody),
            Sample::new(
                "signed-in",
                Self {
                    me: Some("Данияр Сейтов".to_owned()),
                    ..view.clone()
                },
            )
            .around(Around::Nobody),
            Sample::new(
                "dead",
                Self {
                    is_dead: true,
                    ..view
                },
            )
            .around(Around::Nobody),
        ]
    }
}

/// A new password by recovery link.
#[derive(Debug, Clone, Serialize)]
pub struct NewPassword {
    pub form: Form,
    /// Whose password it is, masked.
    pub login: String,
    pub token: String,
    pub is_dead: bool,
}

impl View for NewPassword {
    const TEMPLATE: &'static str = "pages/new_password.html";
    fn samples() -> Vec<Sample<Self>> {
        let view = Self {
            form: Form::default(),
            login: "a…@mail.kz".to_owned(),
            token: "r7".to_owned(),
            is_dead: false,
        };
        vec![
            Sample::new("normal", view.clone()).around(Around::Nobody),
            Sample::new(
                "dead",
                Self {
                    is_dead: true,
                    ..view
                },
            )
            .around(Around::Nobody),
        ]
    }
}
