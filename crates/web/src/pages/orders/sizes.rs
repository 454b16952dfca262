//! The page of size advice: how good it was, tables of brands and pieces, corrections. Refuses to hold a file that nobody looked
//! at.

use crate::{
    carried::Did,
    door::{Desk, form_refusals, language},
    pages::{
        export::csv_file,
        prices::{path_of, show::say},
    },
    views::{
        fit::{
            CorrectionLine, MEASURES, SatPart, SizeTable, SizesCheck, SizesPage, TableRow, TableTrouble,
            TablesLine,
        },
        parts::{Form, Told},
    },
};
use axum::{
    extract::{Multipart, OriginalUri, State},
    response::{IntoResponse, Redirect, Response},
};
use sauda_accounts::{Right, Session};
use sauda_catalog::table::{Intake, TableLimits};
use sauda_edge::{FormBody, Language, PathParams, Person, Refusal, need};
use sauda_kernel::{Failure, FitTablesId, Kind, Public};
use sauda_orders::fit::{
    quality::Sat,
    tables::{TableLine, Tables, TablesState},
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Bytes of a file of tables.
const FILE_BYTES: u64 = 8 * 1024 * 1024;

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewOrders>,
    PathParams(slug): PathParams<String>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let path = path_of(&uri);
    let (shell, view) = show(&desk, &who.session, who.language, &path, &slug, Form::default()).await?;
    desk.draw(&shell, &view)
}

async fn show(
    desk: &Desk,
    session: &Session,
    to: Language,
    path: &str,
    slug: &str,
    form: Form,
) -> Result<(crate::shell::Shell, SizesPage), Refusal> {
    let at = desk.at_shop(session, to, path, "orders", slug, None).await?;
    let scope = &session.scope;
    let quality = desk.orders.size_quality(scope, &at.shop.id).await?;
    let held = desk.orders.size_tables(scope, &at.shop.id).await?;
    let history = desk.orders.size_tables_history(scope, &at.shop.id).await?;
    let base = format!("{}/orders/sizes", at.shell.base);
    let may_edit = scope.may(Right::ManageOrders);
    let page = SizesPage {
        advised: quality.advised,
        no_data: quality.no_data,
        told: quality.told,
        sat: sat_parts(&quality.sat),
        judged: quality.sat.all(),
        followed: quality.followed.percent(),
        other: quality.other.percent(),
        corrections: quality
            .corrections
            .into_iter()
            .map(|(code, one)| CorrectionLine {
                code,
                from: one.from,
                to: one.to,
                why: one.why,
                by: one.by,
                at: one.at,
            })
            .collect(),
        measures: MEASURES.to_vec(),
        tables: held.as_ref().map(tables_of).unwrap_or_default(),
        blank: SizeTable {
            brand: String::new(),
            item: String::new(),
            category: String::new(),
            gender: String::new(),
            rows: Vec::new(),
        },
        history: history
            .iter()
            .map(|tables| TablesLine {
                href: format!("{base}/tables/{}", tables.id),
                title: tables.title.clone(),
                state: tables.state.word(),
                by: tables.by.clone(),
                at: tables.made_at,
                tables: tables.tables,
                may_undo: may_edit && tables.state == TablesState::Current,
            })
            .collect(),
        base,
        form,
        may_edit,
    };
    Ok((at.shell, page))
}

fn sat_parts(sat: &Sat) -> Vec<SatPart> {
    let all = sat.all();
    if all == 0 {
        return Vec::new();
    }
    let part = |word, count: i64, colour| SatPart {
        word,
        args: BTreeMap::new(),
        tenge: count,
        share_bp: count * 10_000 / all,
        colour,
    };
    vec![
        part("size-small", sat.small, 4),
        part("size-fit", sat.fit, 2),
        part("size-large", sat.large, 3),
        part("size-returned", sat.returned, 6),
    ]
}

fn tables_of(tables: &Tables) -> Vec<SizeTable> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    tables
        .by_table()
        .into_iter()
        .map(|([brand, item, category, gender], lines)| SizeTable {
            brand: text(&brand),
            item: text(&item),
            category: text(&category),
            gender: text(&gender),
            rows: lines
                .into_iter()
                .map(|line| TableRow {
                    size: line.size.clone(),
                    cells: MEASURES.iter().map(|measure| cell(line, measure)).collect(),
                })
                .collect(),
        })
        .collect()
}

/// What a line says of a measure: one text, or its two ends.
fn cell(line: &TableLine, measure: &str) -> String {
    let of = |name: &str| line.measures.get(name).cloned();
    of(measure)
        .or_else(|| {
            let ends = [of(&format!("{measure}_from")), of(&format!("{measure}_to"))];
            let ends: Vec<String> = ends.into_iter().flatten().collect();
            (!ends.is_empty()).then(|| ends.join("-"))
        })
        .unwrap_or_default()
}

pub(super) async fn load(
    State(desk): State<Desk>,
    who: Person<need::ManageOrders>,
    PathParams(slug): PathParams<String>,
    parts: Multipart,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let base = format!("/s/{slug}/orders/sizes");
    let problems = match take(parts).await? {
        Ok((name, bytes)) => match desk
            .orders
            .load_size_tables(who.scope(), &shop.id, &name, &bytes)
            .await
        {
            Ok(tables) => return Ok(Redirect::to(&format!("{base}/tables/{}", tables.id)).into_response()),
            Err(error) => match form_refusals(&error) {
                Some(problems) => problems,
                None => return Err(error.into()),
            },
        },
        Err(problems) => problems,
    };
    let form = Form::default().refused(&problems);
    let (shell, view) = show(&desk, &who.session, who.language, &base, &slug, form).await?;
    desk.again(&shell, &view)
}

/// The file with its name, or what to say at the field.
async fn take(mut parts: Multipart) -> Result<Result<(String, Vec<u8>), Vec<Public>>, Refusal> {
    let cut = || Refusal::new(Kind::Invalid, Public::new("body-cut"));
    let missing = || vec![Public::new("web-file-missing").field("file")];
    while let Some(mut part) = parts.next_field().await.map_err(|_| cut())? {
        if part.name() != Some("file") {
            continue;
        }
        let name = part.file_name().unwrap_or_default().to_owned();
        let limits = TableLimits {
            file_bytes: FILE_BYTES,
            ..TableLimits::default()
        };
        let mut intake = Some(Intake::new(&limits, None).map_err(|_| cut())?);
        let mut refused = None;
        // After a refusal the rest is read and dropped: a browser shows an answer only when it could send everything.
        while let Some(piece) = part.chunk().await.map_err(|_| cut())? {
            if let Some(Err(error)) = intake.as_mut().map(|intake| intake.push(&piece)) {
                (refused, intake) = (Some(error.public()), None);
            }
        }
        return Ok(match (refused, intake.map(Intake::finish)) {
            (Some(problems), _) => Err(problems),
            (None, Some(Ok(bytes))) => Ok((name, bytes)),
            (None, Some(Err(_))) if name.is_empty() => Err(missing()),
            (None, Some(Err(error))) => Err(error.public()),
            (None, None) => Err(missing()),
        });
    }
    Ok(Err(missing()))
}

pub(super) async fn check(
    State(desk): State<Desk>,
    who: Person<need::ViewOrders>,
    PathParams((slug, id)): PathParams<(String, FitTablesId)>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let path = path_of(&uri);
    let at = desk
        .at_shop(&who.session, who.language, &path, "orders", &slug, None)
        .await?;
    let tables = desk.orders.size_tables_of(who.scope(), &at.shop.id, &id).await?;
    let base = format!("{}/orders/sizes", at.shell.base);
    let view = SizesCheck {
        href: format!("{base}/tables/{id}"),
        base,
        title: tables.title.clone(),
        state: tables.state.word(),
        lines: tables.lines.len(),
        troubles: tables
            .problems
            .iter()
            .map(|problem| TableTrouble {
                row: problem.row,
                said: Told::new(problem.code.as_str())
                    .arg("row", problem.row)
                    .arg("column", problem.column.as_str())
                    .arg("value", problem.value.as_str()),
            })
            .collect(),
        measures: MEASURES.to_vec(),
        tables: tables_of(&tables),
        may_edit: who.scope().may(Right::ManageOrders),
    };
    desk.draw(&at.shell, &view)
}

#[derive(Deserialize)]
pub(super) struct TurnForm {
    act: String,
}

/// The looked-at tables hold, or those that hold are taken back.
pub(super) async fn turn(
    State(desk): State<Desk>,
    who: Person<need::ManageOrders>,
    PathParams((slug, id)): PathParams<(String, FitTablesId)>,
    FormBody(form): FormBody<TurnForm>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let shop = desk.catalog.shop_by_slug(scope, &slug).await?;
    let base = format!("/s/{slug}/orders/sizes");
    match form.act.as_str() {
        "hold" => {
            let held = desk.orders.hold_size_tables(scope, &shop.id, &id).await?;
            Ok(Did::new("did-sizes-held").arg("n", held.tables).at(&base))
        }
        "undo" => {
            desk.orders.take_back_size_tables(scope, &shop.id, &id).await?;
            Ok(Did::new("did-sizes-undone").at(&base))
        }
        other => Err(Refusal::new(
            Kind::Invalid,
            Public::new("invalid-value").field("act").arg("value", other),
        )),
    }
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(super) struct EditForm {
    brand: String,
    item: String,
    category: String,
    gender: String,
    size: Vec<String>,
    chest: Vec<String>,
    waist: Vec<String>,
    hips: Vec<String>,
    underbust: Vec<String>,
    height: Vec<String>,
    weight: Vec<String>,
    foot: Vec<String>,
}

impl EditForm {
    fn keys(&self) -> [Option<String>; 4] {
        [&self.brand, &self.item, &self.category, &self.gender]
            .map(|text| Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
    }

    fn lines(&self) -> Vec<TableLine> {
        let [brand, item, category, gender] = self.keys();
        let columns = [
            &self.chest,
            &self.waist,
            &self.hips,
            &self.underbust,
            &self.height,
            &self.weight,
            &self.foot,
        ];
        let line = |(at, size): (usize, &String)| {
            let measures: BTreeMap<String, String> = MEASURES
                .iter()
                .zip(columns)
                .filter_map(|(name, column)| Some(((*name).to_owned(), column.get(at)?.trim().to_owned())))
                .filter(|(_, text)| !text.is_empty())
                .collect();
            TableLine {
                row: 0,
                brand: brand.clone(),
                item: item.clone(),
                category: category.clone(),
                gender: gender.clone(),
                size: size.trim().to_owned(),
                measures,
            }
        };
        self.size
            .iter()
            .enumerate()
            .map(line)
            .filter(|line| !line.size.is_empty() || !line.measures.is_empty())
            .collect()
    }
}

/// A table as it was written by hand; without lines it goes.
pub(super) async fn edit(
    State(desk): State<Desk>,
    who: Person<need::ManageOrders>,
    PathParams(slug): PathParams<String>,
    FormBody(form): FormBody<EditForm>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let shop = desk.catalog.shop_by_slug(scope, &slug).await?;
    let base = format!("/s/{slug}/orders/sizes");
    let lines = form.lines();
    let tables = desk
        .orders
        .edit_size_table(scope, &shop.id, &form.keys(), lines)
        .await?;
    let own = format!("{base}/tables/{}", tables.id);
    if !tables.problems.is_empty() {
        return Ok(Redirect::to(&own).into_response());
    }
    Ok(Did::new("did-sizes-saved").at(&base))
}

/// The lines that were advised, as a file.
pub(super) async fn export(
    State(desk): State<Desk>,
    who: Person<need::ViewOrders>,
    PathParams(slug): PathParams<String>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let quality = desk.orders.size_quality(who.scope(), &shop.id).await?;
    let to = language(who.language);
    let keys = [
        "order-col-code",
        "size-col-item",
        "size-col-bought",
        "size-col-advised",
        "size-col-percent",
        "size-col-at",
        "size-col-had",
        "size-col-sat",
        "size-col-source",
    ];
    let mut rows = vec![keys.map(|key| say(&desk, to, key, &[])).to_vec()];
    for line in quality.lines {
        let (had, sat, source) = line.outcome.map_or_else(
            || (String::new(), String::new(), String::new()),
            |(had, fit, source)| {
                let sat = say(&desk, to, &format!("size-fit-{}", fit.word()), &[]);
                let source = say(&desk, to, &format!("size-source-{}", source.word()), &[]);
                (had, sat, source)
            },
        );
        rows.push(vec![
            line.code,
            line.item,
            line.asked,
            line.size.unwrap_or_default(),
            line.percent
                .map(|percent| percent.to_string())
                .unwrap_or_default(),
            line.at.rfc3339_almaty(),
            had,
            sat,
            source,
        ]);
    }
    csv_file("sizes.csv", &rows)
}

/// The tables that hold, as a file that can be brought back.
pub(super) async fn tables(
    State(desk): State<Desk>,
    who: Person<need::ViewOrders>,
    PathParams(slug): PathParams<String>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let held = desk.orders.size_tables(who.scope(), &shop.id).await?;
    let names = ["brand", "item", "category", "gender", "size"];
    let mut rows = vec![
        names
            .iter()
            .chain(&MEASURES)
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>(),
    ];
    for table in held.as_ref().map(tables_of).unwrap_or_default() {
        for row in &table.rows {
            let mut line = vec![
                table.brand.clone(),
                table.item.clone(),
                table.category.clone(),
                table.gender.clone(),
                row.size.clone(),
            ];
            line.extend(row.cells.iter().cloned());
            rows.push(line);
        }
    }
    csv_file("size-tables.csv", &rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_a_form_are_joined_by_their_place_and_empty_ones_left_out() {
        let texts = |all: &[&str]| all.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let form = EditForm {
            brand: " Ару ".to_owned(),
            size: texts(&["S", "", "M"]),
            chest: texts(&["84-88", " ", "88-92"]),
            waist: texts(&["", "", "70"]),
            ..EditForm::default()
        };
        assert_eq!(form.keys(), [Some("Ару".to_owned()), None, None, None]);
        let lines: Vec<(String, usize)> = form
            .lines()
            .into_iter()
            .map(|line| (line.size, line.measures.len()))
            .collect();
        assert_eq!(lines, [("S".to_owned(), 1), ("M".to_owned(), 2)]);
    }
}
