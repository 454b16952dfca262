//! Who may do what: one table of roles and rights.

/// What a person plays in a merchant's team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    Owner,
    Manager,
    Packer,
    Marketer,
}

/// One thing that may be allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Right {
    /// See the Today page.
    ViewToday,
    /// See prices, rivals, receipts.
    ViewPrices,
    /// Change limits, rules, pauses.
    ManagePrices,
    /// See costs, margins and profit.
    ViewMoney,
    /// See orders, their goods and where they stand.
    ViewOrders,
    /// Accept, pack, cancel and hand out orders.
    ManageOrders,
    /// See phones and addresses of buyers.
    ViewBuyers,
    /// See what buyers and the shop write to each other.
    ViewMessages,
    /// Write to buyers, change texts and when they are sent.
    ManageMessages,
    /// See products, without what they were bought for.
    ViewCatalog,
    /// Change, import and archive products.
    ManageCatalog,
    /// See shops and the state of their access.
    ViewShops,
    /// Connect, renew and remove shops.
    ManageShops,
    /// See jobs, budgets, health.
    ViewAutomation,
    /// Run, pause and repeat jobs.
    ManageAutomation,
    /// See and change proxies.
    ManageProxies,
    /// Invite people and change roles.
    ManageTeam,
    /// Make and revoke API keys.
    ManageKeys,
    /// Read the audit log.
    ViewAudit,
}

impl Right {
    /// Every right, in the order of the table that people see.
    pub const ALL: [Self; 19] = [
        Self::ViewToday,
        Self::ViewPrices,
        Self::ManagePrices,
        Self::ViewMoney,
        Self::ViewOrders,
        Self::ManageOrders,
        Self::ViewBuyers,
        Self::ViewMessages,
        Self::ManageMessages,
        Self::ViewCatalog,
        Self::ManageCatalog,
        Self::ViewShops,
        Self::ManageShops,
        Self::ViewAutomation,
        Self::ManageAutomation,
        Self::ManageProxies,
        Self::ManageTeam,
        Self::ManageKeys,
        Self::ViewAudit,
    ];

    /// Stable word for storage, the API and the key of the text `right-<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::ViewToday => "view_today",
            Self::ViewPrices => "view_prices",
            Self::ManagePrices => "manage_prices",
            Self::ViewMoney => "view_money",
            Self::ViewOrders => "view_orders",
            Self::ManageOrders => "manage_orders",
            Self::ViewBuyers => "view_buyers",
            Self::ViewMessages => "view_messages",
            Self::ManageMessages => "manage_messages",
            Self::ViewCatalog => "view_catalog",
            Self::ManageCatalog => "manage_catalog",
            Self::ViewShops => "view_shops",
            Self::ManageShops => "manage_shops",
            Self::ViewAutomation => "view_automation",
            Self::ManageAutomation => "manage_automation",
            Self::ManageProxies => "manage_proxies",
            Self::ManageTeam => "manage_team",
            Self::ManageKeys => "manage_keys",
            Self::ViewAudit => "view_audit",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|right| right.word() == word)
    }
}

impl Role {
    pub const ALL: [Self; 4] = [Self::Owner, Self::Manager, Self::Packer, Self::Marketer];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Manager => "manager",
            Self::Packer => "packer",
            Self::Marketer => "marketer",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    /// The table.
    pub const fn may(self, right: Right) -> bool {
        match self {
            Self::Owner => true,
            Self::Manager => !matches!(
                right,
                Right::ManageProxies | Right::ManageTeam | Right::ManageKeys | Right::ViewAudit
            ),
            Self::Marketer => matches!(
                right,
                Right::ViewToday | Right::ViewPrices | Right::ViewMessages | Right::ManageMessages
            ),
            Self::Packer => matches!(
                right,
                Right::ViewToday
                    | Right::ViewOrders
                    | Right::ManageOrders
                    | Right::ViewMessages
                    | Right::ManageMessages
                    | Right::ViewCatalog
            ),
        }
    }
}
