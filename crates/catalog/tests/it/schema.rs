//! A strict reader of the published schema and of documents held to it; knows just the parts of XSD that the schema uses.

use quick_xml::{Reader, events::BytesStart, events::Event};
use std::collections::BTreeMap;

#[derive(Debug, Default, Clone)]
struct Element {
    /// Children in order: any one of these names, at least so often, at most so often.
    children: Vec<(Vec<String>, usize, usize)>,
    /// Required, and whether it must be a whole number.
    attributes: BTreeMap<String, (bool, bool)>,
    /// Whether text is allowed, and whether it must be a whole number.
    text: Option<bool>,
}

#[derive(Debug)]
pub struct Schema(BTreeMap<String, Element>);

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element
        .attributes()
        .map(|one| one.expect("attributes are well formed"))
        .find(|one| one.key.local_name().as_ref() == name)
        .map(|one| {
            quick_xml::escape::unescape(&one.value)
                .expect("escaped well")
                .into_owned()
        })
}

impl Schema {
    /// The published schema, and the two attributes that the guide asks for beside it.
    pub fn published() -> Self {
        let text = include_str!("../../../../fixtures/kaspi/kaspishopping.xsd");
        let mut schema = Self::read(text);
        let place = schema.0.get_mut("availability").expect("it has availability");
        for name in ["preOrder", "stockCount"] {
            place.attributes.insert(name.to_owned(), (false, true));
        }
        schema
    }

    fn read(text: &str) -> Self {
        let mut reader = Reader::from_str(text);
        let mut found: BTreeMap<String, Element> = BTreeMap::new();
        let (mut name, mut choice, mut depth) = (String::new(), None::<Vec<String>>, 0);
        loop {
            let event = reader.read_event().expect("the schema is XML");
            let (element, opens) = match &event {
                Event::Eof => break,
                Event::Start(element) => (element.clone(), true),
                Event::Empty(element) => (element.clone(), false),
                Event::End(end) => {
                    depth -= 1;
                    if end.local_name().as_ref() == "choice" {
                        let names = choice.take().expect("a choice was open");
                        found.get_mut(&name).unwrap().children.push((names, 1, 1));
                    }
                    continue;
                }
                _ => continue,
            };
            let is_number = |of: Option<String>| {
                of.is_some_and(|of| of.ends_with("unsignedLong") || of.ends_with("ST_price"))
            };
            match element.local_name().as_ref() {
                "element" if depth == 1 => {
                    name = attribute(&element, "name").expect("elements of the schema have names");
                    let text = attribute(&element, "type").map(|of| is_number(Some(of)));
                    found.insert(
                        name.clone(),
                        Element {
                            text: text.or(matches!(name.as_str(), "model").then_some(false)),
                            ..Element::default()
                        },
                    );
                }
                "element" => {
                    let child = attribute(&element, "ref").expect("children are references");
                    let least = attribute(&element, "minOccurs").map_or(1, |least| least.parse().unwrap());
                    let most = match attribute(&element, "maxOccurs").as_deref() {
                        Some("unbounded") => usize::MAX,
                        Some(most) => most.parse().unwrap(),
                        None => 1,
                    };
                    match &mut choice {
                        Some(names) => names.push(child),
                        None => {
                            let parent = found.get_mut(&name).unwrap();
                            parent.children.push((vec![child], least, most));
                        }
                    }
                }
                "choice" => choice = Some(Vec::new()),
                "extension" => {
                    found.get_mut(&name).unwrap().text = Some(is_number(attribute(&element, "base")))
                }
                "attribute" => {
                    let required = attribute(&element, "use").as_deref() == Some("required");
                    let of = is_number(attribute(&element, "type"));
                    let called = attribute(&element, "name").unwrap();
                    found
                        .get_mut(&name)
                        .unwrap()
                        .attributes
                        .insert(called, (required, of));
                }
                _ => {}
            }
            if opens {
                depth += 1;
            }
        }
        Self(found)
    }

    /// What is wrong with a document; nothing when it is valid.
    pub fn check(&self, document: &str) -> Result<(), String> {
        let mut reader = Reader::from_str(document);
        reader.config_mut().check_end_names = true;
        // Name, children so far, text so far.
        let mut open: Vec<(String, Vec<String>, String)> = Vec::new();
        let mut roots = 0;
        loop {
            let event = reader.read_event().map_err(|error| error.to_string())?;
            match event {
                Event::Eof => break,
                Event::Start(element) => {
                    self.opens(&element, &mut open, &mut roots)?;
                }
                Event::Empty(element) => {
                    self.opens(&element, &mut open, &mut roots)?;
                    self.closes(&mut open)?;
                }
                Event::End(_) => self.closes(&mut open)?,
                Event::Text(text) => {
                    let text = text.as_ref().to_owned();
                    match open.last_mut() {
                        Some((_, _, so_far)) => so_far.push_str(&text),
                        None if text.trim().is_empty() => {}
                        None => return Err(format!("text outside: {text:?}")),
                    }
                }
                Event::GeneralRef(_) => {
                    if let Some((_, _, so_far)) = open.last_mut() {
                        so_far.push('x');
                    }
                }
                Event::DocType(_) | Event::PI(_) | Event::CData(_) => return Err("strange parts".to_owned()),
                Event::Decl(_) | Event::Comment(_) => {}
            }
        }
        (roots == 1 && open.is_empty())
            .then_some(())
            .ok_or_else(|| "not one root".to_owned())
    }

    fn opens(
        &self,
        element: &BytesStart<'_>,
        open: &mut Vec<(String, Vec<String>, String)>,
        roots: &mut usize,
    ) -> Result<(), String> {
        let name = element.name().as_ref().to_owned();
        let known = self
            .0
            .get(&name)
            .ok_or_else(|| format!("unknown element {name}"))?;
        match open.last_mut() {
            Some((_, children, _)) => children.push(name.clone()),
            None => {
                *roots += 1;
                let space = attribute(element, "xmlns");
                if name != "kaspi_catalog" || space.as_deref() != Some("kaspiShopping") {
                    return Err(format!("root {name} of {space:?}"));
                }
            }
        }
        let mut given: Vec<String> = Vec::new();
        for one in element.attributes() {
            let one = one.map_err(|error| error.to_string())?;
            let key = one.key.as_ref().to_owned();
            if key.starts_with("xmlns") || key.starts_with("xsi:") {
                continue;
            }
            let (_, is_number) = known
                .attributes
                .get(&key)
                .ok_or_else(|| format!("{name} has no attribute {key}"))?;
            let value = quick_xml::escape::unescape(&one.value).map_err(|error| error.to_string())?;
            if *is_number && value.parse::<u64>().is_err() {
                return Err(format!("{name}@{key} {value:?} is no whole number"));
            }
            given.push(key);
        }
        for (key, (required, _)) in &known.attributes {
            if *required && !given.contains(key) {
                return Err(format!("{name} lacks {key}"));
            }
        }
        open.push((name, Vec::new(), String::new()));
        Ok(())
    }

    fn closes(&self, open: &mut Vec<(String, Vec<String>, String)>) -> Result<(), String> {
        let (name, children, text) = open.pop().ok_or("nothing is open")?;
        let known = &self.0[&name];
        let mut left = children.as_slice();
        for (names, least, most) in &known.children {
            let fitting = left
                .iter()
                .take(*most)
                .take_while(|child| names.contains(child))
                .count();
            if fitting < *least {
                return Err(format!("{name} lacks {names:?}, has {children:?}"));
            }
            left = &left[fitting..];
        }
        if let Some(child) = left.first() {
            return Err(format!("{name} may not have {child} here"));
        }
        match known.text {
            None if !text.trim().is_empty() => Err(format!("{name} holds text {text:?}")),
            Some(true) if text.trim().parse::<u64>().is_err() => {
                Err(format!("{name} {text:?} is no whole number"))
            }
            _ => Ok(()),
        }
    }
}

const GOOD: &str = "<kaspi_catalog xmlns=\"kaspiShopping\" date=\"d\"><company>c</company><merchantid>1</merchantid><offers>\
<offer sku=\"A\"><model>m</model><price>5</price></offer></offers></kaspi_catalog>";

#[test]
fn the_recorded_lists_are_valid_with_the_two_attributes() {
    let schema = Schema::published();
    for text in [
        include_str!("../../../../fixtures/kaspi/price-list_merchant-feed_2025-12.xml"),
        include_str!("../../../../fixtures/kaspi/price-list_kaspi_catalog_guide-example.xml"),
        GOOD,
    ] {
        assert_eq!(schema.check(text), Ok(()));
    }
}

#[test]
fn the_checker_sees_what_the_schema_forbids() {
    let schema = Schema::published();
    for (from, to, wrong) in [
        (
            "<model>m</model><price>5</price>",
            "<price>5</price><model>m</model>",
            "order",
        ),
        ("<price>5</price>", "<price>5.0</price>", "decimals"),
        ("<price>5</price>", "", "no price"),
        (" sku=\"A\"", "", "no article"),
        (
            "<offer sku=\"A\">",
            "<offer sku=\"A\" loanPeriod=\"24\">",
            "unknown attribute",
        ),
        (
            "<offer sku=\"A\"><model>m</model><price>5</price></offer>",
            "",
            "no offer",
        ),
        ("kaspiShopping", "other", "another namespace"),
        ("<price>5</price>", "<price>5</price><cityprices/>", "both prices"),
    ] {
        let text = GOOD.replace(from, to);
        assert_ne!(text, GOOD, "{wrong}");
        assert!(schema.check(&text).is_err(), "{wrong}");
    }
}
