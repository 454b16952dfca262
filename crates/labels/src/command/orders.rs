//! A file of orders: JSON lines, a JSON list, or a table with headings. Refuses bad lines one by one and goes on.

use super::{
    refusal::{Refusal, RefusedLine},
    row,
};
use crate::model::Order;
use sauda_kernel::{ReadJson, read_json};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What a file held.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadOrders {
    /// In the order of the file; lines of one order joined.
    pub orders: Vec<Order>,
    pub refused: Vec<RefusedLine>,
}

const MOST_ORDERS: usize = 50_000;
const LONGEST_LINE: usize = 1_048_576;

/// Reads the bytes of a file; what they are shows by their first sign.
pub fn read_orders(bytes: &[u8]) -> ReadOrders {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut reader = Reader::default();
    match bytes.trim_ascii_start().first() {
        None => {}
        Some(b'{') => reader.lines(bytes),
        Some(b'[') => reader.list(bytes),
        Some(_) => reader.table(bytes),
    }
    reader.read
}

#[derive(Default)]
struct Reader {
    read: ReadOrders,
    /// Where each order stands, and the line it came from.
    places: BTreeMap<String, (usize, u64)>,
    /// Lines word by word, to find one that came twice.
    seen: BTreeMap<String, u64>,
}

impl Reader {
    fn lines(&mut self, bytes: &[u8]) {
        for (line, bytes) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
            if bytes.trim_ascii().is_empty() {
                continue;
            }
            if bytes.len() > LONGEST_LINE {
                let message = format!("the line is longer than {LONGEST_LINE} bytes");
                self.refuse(
                    line,
                    Refusal::new("line-too-long", None, message, "send one order a line"),
                );
                continue;
            }
            match read_json(bytes) {
                Ok(read) => match read.repeated {
                    Some(path) => self.refuse(line, repeated(&path)),
                    None => self.value(line, &read.value),
                },
                Err(error) => self.refuse(line, not_json(&error.to_string())),
            }
        }
    }

    fn list(&mut self, bytes: &[u8]) {
        match read_json(bytes) {
            Ok(ReadJson {
                repeated: Some(path), ..
            }) => self.refuse(1, repeated(&path)),
            Ok(read) => {
                let values = read.value.as_array().map(Vec::as_slice).unwrap_or_default();
                for (line, value) in (1..).zip(values) {
                    self.value(line, value);
                }
            }
            Err(error) => self.refuse(1, not_json(&error.to_string())),
        }
    }

    fn table(&mut self, bytes: &[u8]) {
        let Ok(text) = std::str::from_utf8(bytes) else {
            let hint = "save the table as CSV in UTF-8";
            self.refuse(
                1,
                Refusal::new("bad-text", None, "the table is not in UTF-8", hint),
            );
            return;
        };
        let head = text.lines().next().unwrap_or_default();
        let often = |sign: char| head.chars().filter(|other| *other == sign).count();
        let delimiter = [';', '\t', ',']
            .into_iter()
            .max_by_key(|sign| (often(*sign), *sign == ';'))
            .unwrap_or(',');
        let mut table = csv::ReaderBuilder::new()
            .delimiter(u8::try_from(delimiter).unwrap_or(b','))
            .flexible(true)
            .from_reader(text.as_bytes());
        let names: Vec<String> = match table.headers() {
            Ok(names) => names.iter().map(|name| name.trim().to_owned()).collect(),
            Err(error) => {
                self.refuse(
                    1,
                    Refusal::new("bad-table", None, error.to_string(), "give a table with headings"),
                );
                return;
            }
        };
        for record in table.records() {
            match record {
                Ok(record) => {
                    let line = record.position().map_or(0, csv::Position::line);
                    self.record(line, &names, &record);
                }
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    self.refuse(
                        line,
                        Refusal::new("bad-table", None, error.to_string(), "correct the row"),
                    );
                }
            }
        }
    }

    fn record(&mut self, line: u64, names: &[String], record: &csv::StringRecord) {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        if record.len() > names.len() {
            let message = format!("the row has {} cells, the heading {}", record.len(), names.len());
            self.refuse(
                line,
                Refusal::new(
                    "bad-table",
                    None,
                    message,
                    "put texts with the delimiter into quotes",
                ),
            );
            return;
        }
        let members: Map<String, Value> = names
            .iter()
            .zip(record)
            .filter(|(name, _)| !name.is_empty())
            .map(|(name, cell)| (name.clone(), Value::String(cell.to_owned())))
            .collect();
        self.value(line, &Value::Object(members));
    }

    fn value(&mut self, line: u64, value: &Value) {
        let Value::Object(members) = value else {
            self.refuse(line, not_json("the line is not a JSON object"));
            return;
        };
        if let Err(refusal) = row::order(members).and_then(|order| self.add(line, value, order)) {
            self.refuse(line, refusal);
        }
    }

    /// A new order, or more goods of one that came before.
    fn add(&mut self, line: u64, value: &Value, order: Order) -> Result<(), Refusal> {
        if let Some(first) = self.seen.get(&value.to_string()) {
            let message = format!("the line says word for word what line {first} says");
            return Err(Refusal::new(
                "repeated-line",
                None,
                message,
                "remove it, or give the quantity if more pieces are meant",
            ));
        }
        let folded = order.code.to_uppercase();
        if let Some((place, first)) = self.places.get(&folded)
            && let Some(known) = self.read.orders.get_mut(*place)
        {
            join(known, order, *first)?;
        } else if self.read.orders.len() >= MOST_ORDERS {
            let message = format!("more than {MOST_ORDERS} orders");
            return Err(Refusal::new(
                "too-many-orders",
                None,
                message,
                "print them in several runs",
            ));
        } else {
            self.places.insert(folded, (self.read.orders.len(), line));
            self.read.orders.push(order);
        }
        self.seen.insert(value.to_string(), line);
        Ok(())
    }

    fn refuse(&mut self, line: u64, error: Refusal) {
        self.read.refused.push(RefusedLine { line, error });
    }
}

fn repeated(path: &str) -> Refusal {
    let message = format!("`{path}` is told twice");
    Refusal::new("repeated-field", Some(path), message, "leave one of the two out")
}

fn not_json(message: &str) -> Refusal {
    Refusal::new("bad-json", None, message, "send one JSON object a line, in UTF-8")
}

/// Joins what two lines say of one order; a contradiction is refused whole.
fn join(known: &mut Order, order: Order, first: u64) -> Result<(), Refusal> {
    let differs = |field: &str, one: &str, other: &str| {
        let message = format!("{field} is {other:?} here and {one:?} on line {first}, for one order");
        Refusal::new(
            "conflicting-order",
            Some(field),
            message,
            "correct one of the lines",
        )
    };
    let texts = [
        ("city", &known.city, &order.city),
        ("point", &known.point, &order.point),
        ("deadline", &known.deadline, &order.deadline),
        ("scan", &known.scan, &order.scan),
    ];
    for (field, one, other) in texts {
        if let (Some(one), Some(other)) = (one, other)
            && one != other
        {
            return Err(differs(field, one, other));
        }
    }
    if let (Some(one), Some(other)) = (known.parcels, order.parcels)
        && one != other
    {
        return Err(differs("parcels", &one.to_string(), &other.to_string()));
    }
    known.city = known.city.take().or(order.city);
    known.point = known.point.take().or(order.point);
    known.deadline = known.deadline.take().or(order.deadline);
    known.scan = known.scan.take().or(order.scan);
    known.parcels = known.parcels.or(order.parcels);
    known.express |= order.express;
    known.waybill_expected &= order.waybill_expected;
    known.goods.extend(order.goods);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(read: &ReadOrders) -> Vec<(&str, usize)> {
        read.orders
            .iter()
            .map(|order| (order.code.as_str(), order.goods.len()))
            .collect()
    }

    #[test]
    fn lines_a_list_and_a_table_say_the_same() {
        let lines = "{\"code\":\"1\",\"model\":\"a\",\"size\":\"M\"}\n\n{\"code\":\"2\",\"model\":\"b\",\"city\":\"Алматы\"}\r\n";
        let list = "[{\"code\":1,\"model\":\"a\",\"size\":\"M\"},{\"code\":\"2\",\"model\":\"b\",\"city\":\"Алматы\"}]";
        let table = "\u{FEFF}Номер заказа;Модель;Размер;Город\n1;a;M;\n2;b;;Алматы\n;;;\n";
        let read = read_orders(lines.as_bytes());
        assert_eq!(codes(&read), [("1", 1), ("2", 1)]);
        assert_eq!(read_orders(list.as_bytes()), read);
        assert_eq!(read_orders(table.as_bytes()), read);
    }

    #[test]
    fn rows_of_one_order_are_one_order_and_contradictions_are_refused() {
        let text = "{\"code\":\"1\",\"model\":\"a\",\"city\":\"X\"}\n{\"code\":\"1\",\"model\":\"b\"}\n{\"code\":\"1\",\"model\":\"c\",\"city\":\"Y\"}\n{\"code\":\"1\",\"model\":\"b\"}\n";
        let read = read_orders(text.as_bytes());
        assert_eq!(codes(&read), [("1", 2)]);
        let told: Vec<_> = read
            .refused
            .iter()
            .map(|refused| (refused.line, refused.error.code))
            .collect();
        assert_eq!(told, [(3, "conflicting-order"), (4, "repeated-line")]);
    }

    #[test]
    fn a_name_told_twice_is_refused_in_lines_and_in_a_list() {
        let lines = "{\"code\":\"1\",\"model\":\"a\",\"model\":\"b\"}\n{\"code\":\"2\",\"model\":\"b\"}\n";
        let read = read_orders(lines.as_bytes());
        assert_eq!(codes(&read), [("2", 1)]);
        let told = |read: &ReadOrders| {
            let refused = &read.refused[0];
            (refused.line, refused.error.code, refused.error.field.clone())
        };
        assert_eq!(told(&read), (1, "repeated-field", Some("model".to_owned())));
        let list = read_orders(b"[{\"code\":1,\"model\":\"a\"},{\"code\":2,\"code\":3,\"model\":\"b\"}]");
        assert_eq!(codes(&list), []);
        assert_eq!(told(&list), (1, "repeated-field", Some("[1].code".to_owned())));
    }

    #[test]
    fn a_bad_line_is_told_and_the_rest_is_read() {
        let text = "{\"code\":\"1\",\"model\":\"a\"}\nnonsense\n[1]\n{\"code\":\"2\",\"model\":\"b\"}\n";
        let read = read_orders(text.as_bytes());
        assert_eq!(codes(&read), [("1", 1), ("2", 1)]);
        let told: Vec<_> = read
            .refused
            .iter()
            .map(|refused| (refused.line, refused.error.code))
            .collect();
        assert_eq!(told, [(2, "bad-json"), (3, "bad-json")]);
        assert_eq!(read_orders(b""), ReadOrders::default());
    }
}
