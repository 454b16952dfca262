//! Every template × sample × language is drawn, and what came out is read like a strict browser would.

use sauda_web::{
    gallery,
    render::{For, Pages},
    views::parts::sample,
    words::Language,
};
use scraper::{Html, Selector};
use std::collections::BTreeSet;

fn all() -> Vec<(String, Language, String)> {
    let pages = Pages::load(false).unwrap();
    let mut drawn = Vec::new();
    let mut failures = Vec::new();
    for page in gallery::pages() {
        for language in Language::ALL {
            match pages.page(
                page.template,
                &page.context(language),
                For {
                    language,
                    now: sample::NOW,
                },
            ) {
                Ok(html) => drawn.push((page.name.clone(), language, html)),
                Err(error) => failures.push(format!("{} {}: {error}", page.name, language.code())),
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    drawn
}

fn select<'a>(document: &'a Html, css: &str) -> Vec<scraper::ElementRef<'a>> {
    let selector = Selector::parse(css).unwrap();
    document.select(&selector).collect()
}

fn check(problems: &mut Vec<String>, name: &str, html: &str) {
    let mut say = |what: String| problems.push(format!("{name}: {what}"));
    for missing in html.split('⟦').skip(1) {
        say(format!(
            "no text for {}",
            missing.split('⟧').next().unwrap_or_default()
        ));
    }
    let document = Html::parse_document(html);
    for error in &document.errors {
        say(format!("not valid HTML: {error}"));
    }
    let headings = select(&document, "h1").len();
    if headings != 1 {
        say(format!("{headings} h1 instead of one"));
    }
    let mut ids = BTreeSet::new();
    for element in select(&document, "[id]") {
        let id = element.value().id().unwrap_or_default();
        if !ids.insert(id.to_owned()) {
            say(format!("id {id} stands twice"));
        }
    }
    for label in select(&document, "label[for]") {
        let target = label.value().attr("for").unwrap_or_default();
        if !ids.contains(target) {
            say(format!("label for {target}, which is not there"));
        }
    }
    for described in select(&document, "[aria-describedby], [aria-labelledby]") {
        for name in ["aria-describedby", "aria-labelledby"] {
            for id in described
                .value()
                .attr(name)
                .unwrap_or_default()
                .split_whitespace()
            {
                if !ids.contains(id) {
                    say(format!("{name} {id}, which is not there"));
                }
            }
        }
    }
    let labelled: BTreeSet<&str> = select(&document, "label[for]")
        .iter()
        .filter_map(|label| label.value().attr("for"))
        .collect();
    for field in select(&document, "input:not([type=hidden]), select, textarea") {
        let value = field.value();
        let named = value.attr("aria-label").is_some()
            || value.id().is_some_and(|id| labelled.contains(id))
            || field
                .ancestors()
                .any(|up| up.value().as_element().is_some_and(|up| up.name() == "label"));
        if !named {
            say(format!("a field without a label: {:?}", value.attr("name")));
        }
        if value.attr("type") == Some("number") {
            say("type=number".to_owned());
        }
    }
    for button in select(&document, "button, a[href], summary") {
        let text: String = button.text().collect();
        if text.trim().is_empty() && button.value().attr("aria-label").is_none() {
            say(format!("a button without a name: {}", button.html()));
        }
    }
    for script in select(&document, "script") {
        if script.value().attr("src").is_none() {
            say("inline script".to_owned());
        }
    }
    for element in select(&document, "*") {
        if element
            .value()
            .attrs()
            .any(|(name, _)| name.starts_with("on") || name.starts_with("hx-on"))
        {
            say(format!("script in an attribute of {}", element.value().name()));
        }
    }
    if select(&document, "title")
        .iter()
        .any(|title| title.text().collect::<String>().starts_with(" ·"))
    {
        say("no title".to_owned());
    }
}

#[test]
fn every_page_in_every_state_and_language_is_whole() {
    let mut problems = Vec::new();
    for (name, language, html) in all() {
        check(&mut problems, &format!("{name} [{}]", language.code()), &html);
    }
    problems.sort();
    problems.dedup();
    let shown: Vec<String> = problems.iter().take(120).cloned().collect();
    assert!(
        problems.is_empty(),
        "{} problems:\n{}",
        problems.len(),
        shown.join("\n")
    );
}

#[test]
fn a_packer_sees_no_prices_in_the_menu() {
    let (_, _, html) = all()
        .into_iter()
        .find(|(name, language, _)| name == "today/packer" && *language == Language::Ru)
        .unwrap();
    let document = Html::parse_document(&html);
    let words: Vec<String> = select(&document, ".side .nav-item .label")
        .iter()
        .map(|label| label.text().collect())
        .collect();
    assert_eq!(
        words,
        [
            "Сегодня",
            "Каталог",
            "Склад и прогноз",
            "Настройки",
            "Сменить тему"
        ]
    );
}

#[test]
fn icons_of_all_pages_are_in_the_sprite() {
    let pages = Pages::load(false).unwrap();
    if !pages.manifest().is_built() {
        return;
    }
    let known: BTreeSet<String> = pages.manifest().icons().into_iter().collect();
    let mut missing = BTreeSet::new();
    for (_, _, html) in all() {
        for used in html.split("#i-").skip(1) {
            let name = used.split('"').next().unwrap_or_default();
            if !known.contains(name) {
                missing.insert(name.to_owned());
            }
        }
    }
    assert_eq!(
        missing,
        BTreeSet::new(),
        "run the bundle again, or correct the names"
    );
}
