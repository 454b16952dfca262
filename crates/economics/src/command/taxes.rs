//! A line of `sauda tax`, from its members to its answer. Refuses to compute over two calendar years.

use super::fields::Members;
use super::refusal::Refusal;
use super::show::{hundredths, note, origin, percent, sum};
use crate::rates::{Day, KNOWN_TO, Regime, regimes_on};
use crate::tax::{Estimate, Period, TaxError, TaxNote, TaxQuestion, Threshold, estimate};
use crate::words::meaning;
use sauda_kernel::Money;
use serde_json::{Map, Value, json};

const MEMBERS: [&str; 47] = [
    "id",
    "regime",
    "=tax_regime",
    "=mode",
    "period",
    "=half_year",
    "date",
    "=day",
    "=at",
    "from",
    "to",
    "turnover",
    "=income",
    "=revenue",
    "=turnover_tenge",
    "=income_tenge",
    "incomes",
    "=sales",
    "=days",
    "expenses",
    "=expenses_tenge",
    "=costs",
    "year_turnover_before",
    "=turnover_before",
    "=year_before",
    "=turnover_year_before",
    "taxed_before",
    "vat_payer",
    "=vat",
    "=is_vat_payer",
    "input_vat",
    "=vat_input",
    "region",
    "=place",
    "=city",
    "tax_pct",
    "tax_bp",
    "=rate_pct",
    "=rate",
    "=tax_rate",
    "mrp",
    "=mrp_tenge",
    "what_if",
    "=compare",
    "taxpayer",
    "=half",
    "year",
];

/// The estimate, its thresholds, and what other regimes would take.
pub(super) fn answer(value: &Value) -> Result<Map<String, Value>, Refusal> {
    let members = Members::read("", value, &MEMBERS)?;
    let incomes = incomes(&members)?;
    let period = period(&members, &incomes)?;
    if let Some((day, _)) = incomes.iter().find(|(day, _)| !period.holds(*day)) {
        let message = format!("incomes holds {day}, which is outside of the period {period}");
        let hint = "give the period that holds all incomes, or send them in two lines";
        return Err(Refusal::new("outside-period", Some("incomes"), message, hint));
    }
    let turnover = turnover(&members, &incomes)?;
    let place = members.text(&["region", "place", "city"])?;
    let mut question = TaxQuestion {
        regime: regime(&members)?,
        period,
        turnover,
        incomes: &incomes,
        year_before: members
            .money(&[
                "year_turnover_before",
                "turnover_before",
                "year_before",
                "turnover_year_before",
            ])?
            .unwrap_or(Money::ZERO),
        expenses: members.money(&["expenses", "expenses_tenge", "costs"])?,
        taxed_before: members.money(&["taxed_before"])?.unwrap_or(Money::ZERO),
        vat_payer: members
            .flag(&["vat_payer", "vat", "is_vat_payer"])?
            .unwrap_or(false),
        input_vat: members.money(&["input_vat", "vat_input"])?.unwrap_or(Money::ZERO),
        place: place.as_deref(),
        own_rate: members.share("tax", &["rate_pct", "rate", "tax_rate"])?,
        own_mrp: members.money(&["mrp", "mrp_tenge"])?,
    };
    if !question.vat_payer && question.input_vat > Money::ZERO {
        let message = "input_vat is given and vat_payer is not true: who does not pay VAT sets nothing off";
        return Err(Refusal::new(
            "conflicting-fields",
            Some("input_vat"),
            message,
            "set vat_payer or leave input_vat out",
        ));
    }
    let told = estimate(&question)?;
    let mut answer = show(&question, &told);
    let compare = members.flag(&["what_if", "compare"])?.unwrap_or(true);
    if compare {
        let mut others = Vec::new();
        for regime in regimes_on(period.to()) {
            if regime == question.regime {
                continue;
            }
            question.regime = regime;
            question.own_rate = None;
            others.push(other(regime, &told, estimate(&question)));
        }
        answer.insert("what_if".to_owned(), others.into());
    }
    Ok(answer)
}

/// What another regime would take, or why it would not: its limit, or what is not given.
fn other(regime: Regime, now: &Estimate, told: Result<Estimate, TaxError>) -> Value {
    match told {
        Ok(other) => match other.beyond() {
            None => json!({
                "regime": regime.word(),
                "usable": true,
                "total": sum(other.total),
                "difference": sum(Money::from_tiyn(other.total.tiyn() - now.total.tiyn())),
                "notes": codes(&other.notes),
            }),
            Some(limit) => json!({
                "regime": regime.word(),
                "usable": false,
                "total": null,
                "difference": null,
                "limit": threshold(limit),
                "message": format!(
                    "the limit of this regime is {} tenge a {}, and it would be {}: it may not be used",
                    limit.limit.tiyn() / 100, limit.over.replace('_', "-"), limit.used.tiyn() / 100
                ),
                "notes": codes(&other.notes),
            }),
        },
        Err(problem) => {
            let refused = Refusal::from(problem);
            json!({"regime": regime.word(), "total": null, "needs": refused.field, "message": refused.message})
        }
    }
}

fn codes(notes: &[TaxNote]) -> Vec<&'static str> {
    notes.iter().map(|note| note.word()).collect()
}

fn regime(members: &Members<'_>) -> Result<Regime, Refusal> {
    let names = ["regime", "tax_regime", "mode"];
    let Some(text) = members.text(&names)? else {
        return Err(Refusal::missing(
            "regime",
            "give simplified, general_ip, llp, retail or self_employed",
        ));
    };
    let taxpayer = members.text(&["taxpayer"])?;
    let company = taxpayer.is_some_and(|word| meaning("taxpayer", &word).is_some());
    match super::question::regime_of(&text)? {
        Regime::GeneralIp if company => Ok(Regime::Llp),
        regime => Ok(regime),
    }
}

/// Income by days, ascending.
fn incomes(members: &Members<'_>) -> Result<Vec<(Day, Money)>, Refusal> {
    let Some((path, value)) = members.get(&["incomes", "sales", "days"])? else {
        return Ok(Vec::new());
    };
    let Value::Array(rows) = value else {
        return Err(Refusal::wrong(&path, value, "a list of {\"date\", \"sum\"}"));
    };
    let mut incomes = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let row = Members::read(
            &format!("{path}[{index}]"),
            row,
            &[
                "date",
                "sum",
                "=day",
                "=at",
                "=amount",
                "=turnover",
                "=income",
                "=sum_tenge",
            ],
        )?;
        let day = row.day(&["date", "day", "at"])?;
        let day = day.ok_or_else(|| Refusal::missing(&row.at("date"), "give the day of the income"))?;
        let sum = row.money(&["sum", "amount", "turnover", "income", "sum_tenge"])?;
        let sum = sum.ok_or_else(|| Refusal::missing(&row.at("sum"), "give the sum of the day"))?;
        if sum < Money::ZERO {
            let message = format!("{} is negative", row.at("sum"));
            return Err(Refusal::new(
                "floor-negative",
                Some(&row.at("sum")),
                message,
                "give 0 or more, and returns as less income",
            ));
        }
        incomes.push((day, sum));
    }
    incomes.sort_by_key(|(day, _)| *day);
    Ok(incomes)
}

fn turnover(members: &Members<'_>, incomes: &[(Day, Money)]) -> Result<Money, Refusal> {
    let given = members.money(&["turnover", "income", "revenue", "turnover_tenge", "income_tenge"])?;
    let added = incomes
        .iter()
        .try_fold(0_i64, |all, (_, sum)| all.checked_add(sum.tiyn()));
    let added = added.ok_or_else(|| {
        Refusal::new(
            "floor-too-large",
            Some("incomes"),
            "the incomes add up to more than can be kept",
            "check the sums",
        )
    })?;
    match given {
        None if incomes.is_empty() => Err(Refusal::missing(
            "turnover",
            "give the turnover of the period, 0 when there was none",
        )),
        None => Ok(Money::from_tiyn(added)),
        Some(given) if incomes.is_empty() || given.tiyn() == added => Ok(given),
        Some(_) => {
            let message = "turnover is not what incomes add up to";
            Err(Refusal::new(
                "conflicting-fields",
                Some("turnover"),
                message,
                "leave turnover out, or correct one of the two",
            ))
        }
    }
}

fn period(members: &Members<'_>, incomes: &[(Day, Money)]) -> Result<Period, Refusal> {
    let wrong = |field: &str, told: &str| {
        Refusal::new(
            "wrong-value",
            Some(field),
            format!("{field} is {told:?}, which is not a half-year, a year or days of one calendar year"),
            "give such as 2026-H2, 2026, or from and to inside one calendar year",
        )
    };
    if let (Some(from), Some(to)) = (members.day(&["from"])?, members.day(&["to"])?) {
        return Period::new(from, to).ok_or_else(|| wrong("to", &format!("{from} to {to}")));
    }
    let half = members.text(&["half"])?;
    let year = members.text(&["year"])?;
    let text = members.text(&["period", "half_year"])?;
    if let Some(text) = match (text, year, half) {
        (Some(text), _, _) => Some(text),
        (None, Some(year), Some(half)) => Some(format!("{year}-H{}", half.trim_start_matches(['H', 'h']))),
        (None, Some(year), None) => Some(year),
        (None, None, _) => None,
    } {
        return Period::parse(&text).ok_or_else(|| wrong("period", &text));
    }
    let day = members
        .day(&["date", "day", "at"])?
        .or_else(|| incomes.first().map(|(day, _)| *day));
    match day {
        Some(day) => Ok(Period::half_year_of(day)),
        None => Err(Refusal::missing(
            "period",
            "give a half-year such as 2026-H2, or a date inside of it",
        )),
    }
}

fn show(question: &TaxQuestion<'_>, told: &Estimate) -> Map<String, Value> {
    let mut answer = Map::new();
    let mut put = |name: &str, value: Value| {
        answer.insert(name.to_owned(), value);
    };
    put("regime", question.regime.word().into());
    put(
        "period",
        json!({"from": question.period.from().to_string(), "to": question.period.to().to_string()}),
    );
    put("usable", told.beyond().is_none().into());
    put("turnover", sum(question.turnover));
    put("income", sum(told.income));
    put("profit", told.profit.map_or(Value::Null, sum));
    let parts = told.parts.iter().map(|part| {
        let mut line = Map::new();
        line.insert("code".to_owned(), part.code.into());
        line.insert("base".to_owned(), sum(part.base));
        line.insert("rate_pct".to_owned(), part.rate.map_or(Value::Null, percent));
        line.insert("sum".to_owned(), sum(part.sum));
        origin(
            &mut line,
            &part.fact.from,
            part.fact.to.as_deref(),
            &part.fact.source,
            part.fact.confidence,
        );
        Value::Object(line)
    });
    put("parts", parts.collect());
    put("total", sum(told.total));
    put("share_pct", percent(told.share));
    put("place", told.place.clone().into());
    put("thresholds", told.thresholds.iter().map(threshold).collect());
    let due = told
        .due
        .map(|due| json!({"declare_by": due.declare.to_string(), "pay_by": due.pay.to_string()}));
    put("due", due.unwrap_or(Value::Null));
    let mut notes: Vec<Value> = told
        .notes
        .iter()
        .map(|one| note(one.word(), one.text_en()))
        .collect();
    notes.push(note(
        "estimate",
        format!("an estimate by tables known to {KNOWN_TO}: check it with an accountant"),
    ));
    put("notes", notes.into());
    answer
}

fn threshold(one: &Threshold) -> Value {
    let mut line = Map::new();
    let mut put = |name: &str, value: Value| {
        line.insert(name.to_owned(), value);
    };
    put("code", one.code.into());
    put("over", one.over.into());
    put("limit", sum(one.limit));
    put("limit_mrp", one.limit_mrp.into());
    put("used", sum(one.used));
    put("left", sum(one.left));
    put("used_pct", hundredths(i64::from(one.share.0)));
    put("state", one.state.word().into());
    put("crossed_on", one.crossed_on.map(|day| day.to_string()).into());
    origin(
        &mut line,
        &one.fact.from,
        one.fact.to.as_deref(),
        &one.fact.source,
        one.fact.confidence,
    );
    Value::Object(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn other(turnover: i64, regime: &str) -> Value {
        let asked = json!({"regime": "simplified", "period": "2026-11", "turnover": turnover});
        let told = answer(&asked).unwrap();
        let others = told["what_if"].as_array().unwrap();
        others.iter().find(|one| one["regime"] == regime).unwrap().clone()
    }

    #[test]
    fn a_regime_beyond_its_limit_is_told_with_the_limit_and_without_a_tax() {
        // 300 indices of 4 325 tenge a month.
        let within = other(1_297_500, "self_employed");
        assert_eq!(
            (&within["usable"], &within["total"]),
            (&json!(true), &json!(51_900))
        );
        let beyond = other(1_297_501, "self_employed");
        assert_eq!(
            (&beyond["usable"], &beyond["total"]),
            (&json!(false), &Value::Null)
        );
        assert_eq!(beyond["limit"]["limit"], json!(1_297_500));
    }
}
