//! Colours and cities that a message names, by the tables in `facts/`. Refuses words that only begin like a colour.

use super::fold::{Piece, Token, fold};
use super::quick::QuickMap;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

const COLOURS: &str = include_str!("../../../../facts/lang_colours.csv");
const CITIES: &str = include_str!("../../../../facts/kaspi_cities.csv");
const MORE_CITIES: &str = include_str!("../../data/cities.txt");
const ENDINGS: &str = include_str!("../../data/endings.txt");
const NOT_CITIES: &str = include_str!("../../data/not-cities.txt");

/// A city of the marketplace's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct City {
    pub slug: &'static str,
    pub name: &'static str,
}

struct Names {
    /// Colours by word as typed or folded.
    colours: QuickMap<String, &'static str>,
    /// Folded Kazakh colours, which take endings.
    kazakh: QuickMap<String, &'static str>,
    /// Stems of adjectives with the colour, when an ending follows.
    adjectives: QuickMap<String, &'static str>,
    adjective_endings: HashSet<&'static str>,
    kazakh_endings: HashSet<String>,
    cities: QuickMap<String, City>,
    longest_city: usize,
}

fn names() -> &'static Names {
    static NAMES: LazyLock<Names> = LazyLock::new(Names::read);
    &NAMES
}

fn endings(kind: &str) -> impl Iterator<Item = &'static str> {
    let line = ENDINGS
        .lines()
        .find_map(|line| line.strip_prefix(kind))
        .unwrap_or_default();
    line.split_whitespace()
}

/// Fields of a line of CSV; quotes keep commas together.
fn fields(line: &'static str) -> Vec<&'static str> {
    let mut fields = Vec::new();
    let mut rest = line;
    loop {
        let (field, further) = match rest.strip_prefix('"').and_then(|quoted| quoted.split_once('"')) {
            Some((field, further)) => (field, further.strip_prefix(',')),
            None => rest
                .split_once(',')
                .map_or((rest, None), |(field, further)| (field, Some(further))),
        };
        fields.push(field);
        match further {
            Some(further) => rest = further,
            None => return fields,
        }
    }
}

impl Names {
    fn read() -> Self {
        let adjective_endings: HashSet<&str> = endings("adjective:").collect();
        let mut names = Self {
            colours: QuickMap::default(),
            kazakh: QuickMap::default(),
            adjectives: QuickMap::default(),
            adjective_endings,
            kazakh_endings: endings("kazakh:").map(fold).chain([String::new()]).collect(),
            cities: QuickMap::default(),
            longest_city: 0,
        };
        for line in COLOURS.lines().skip(1) {
            if let [code, russian, variants, kazakh, latin, ..] = fields(line).as_slice() {
                for word in variants.split(", ").chain([*russian]) {
                    names.russian(word, code);
                }
                // Two words are read by the first that says enough: `қызғылт сары`.
                names.kazakh.entry(fold(kazakh)).or_insert(code);
                for word in latin.split(", ").filter(|word| word.len() > 2) {
                    names.colours.entry(word.to_owned()).or_insert(code);
                }
            }
        }
        let rows = || CITIES.lines().skip(1).map(fields);
        let official: HashMap<&str, &'static str> = rows()
            .filter_map(|row| Some((*row.get(1)?, *row.get(2)?)))
            .collect();
        for (slug, stems) in MORE_CITIES.lines().filter_map(|line| line.split_once(':')) {
            let name = official.get(slug).copied().unwrap_or(slug);
            for stem in stems.split_whitespace() {
                names.city(fold(stem), City { slug, name });
            }
        }
        let not: HashSet<String> = NOT_CITIES
            .lines()
            .flat_map(str::split_whitespace)
            .map(fold)
            .collect();
        for row in rows() {
            if let [_, slug, russian, ..] = row.as_slice() {
                let name = russian.split('(').next().unwrap_or_default().trim();
                let key = fold(&name.to_lowercase());
                let stem = key.trim_end_matches(['а', 'я', 'и', 'е', 'о']);
                if !name.contains(' ') && stem.chars().count() >= 4 && !not.contains(&key) {
                    names.city(stem.to_owned(), City { slug, name });
                }
            }
        }
        names
    }

    fn russian(&mut self, word: &str, code: &'static str) {
        let word = word.to_lowercase().replace('ё', "е");
        let stem = self
            .adjective_endings
            .iter()
            .find_map(|ending| word.strip_suffix(*ending));
        match stem.filter(|stem| stem.chars().count() > 2) {
            Some(stem) => drop(self.adjectives.entry(stem.to_owned()).or_insert(code)),
            None => drop(self.colours.entry(word).or_insert(code)),
        }
    }

    fn city(&mut self, stem: String, city: City) {
        self.longest_city = self.longest_city.max(stem.chars().count());
        self.cities.entry(stem).or_insert(city);
    }

    fn colour_of(&self, token: &Token) -> Option<&'static str> {
        let text = token.text.replace('ё', "е");
        if let Some(code) = self.colours.get(&text).or_else(|| self.kazakh.get(&token.key)) {
            return Some(code);
        }
        let places: Vec<usize> = text.char_indices().map(|(place, _)| place).skip(3).collect();
        for place in places.iter().rev() {
            let (stem, ending) = text.split_at_checked(*place)?;
            if self.adjective_endings.contains(ending)
                && let Some(code) = self.adjectives.get(stem)
            {
                return Some(code);
            }
        }
        for (place, _) in token.key.char_indices().skip(2) {
            let (stem, ending) = token.key.split_at_checked(place)?;
            if self.kazakh_endings.contains(ending)
                && let Some(code) = self.kazakh.get(stem)
            {
                return Some(code);
            }
        }
        None
    }

    fn city_of(&self, token: &Token) -> Option<City> {
        let ends = token
            .key
            .char_indices()
            .skip(1)
            .map(|(place, _)| place)
            .chain([token.key.len()]);
        let ends: Vec<usize> = ends.take(self.longest_city + 1).collect();
        for end in ends.iter().rev() {
            let (stem, rest) = token.key.split_at_checked(*end)?;
            if rest.chars().count() <= 4
                && let Some(city) = self.cities.get(stem)
            {
                // Short names must stand alone or with a short ending.
                if stem.chars().count() > 3 || rest.is_empty() {
                    return Some(*city);
                }
            }
        }
        None
    }
}

/// Codes of the colours of a message, each once.
pub fn colours(tokens: &[Token]) -> Vec<&'static str> {
    let mut found = Vec::new();
    let bank = fold("kaspi");
    let mut last = "";
    for token in tokens.iter().filter(|token| token.piece == Piece::Word) {
        // Kaspi Red and Kaspi Gold are ways to pay.
        let pays = last == bank;
        last = token.key.as_str();
        if pays {
            continue;
        }
        if let Some(code) = names().colour_of(token)
            && !found.contains(&code)
        {
            found.push(code);
        }
    }
    found
}

/// Whether a word is the name of a city.
pub fn is_city(token: &Token) -> bool {
    names().city_of(token).is_some()
}

/// The first city of a message.
pub fn city(tokens: &[Token]) -> Option<City> {
    let words = tokens
        .iter()
        .filter(|token| token.piece == Piece::Word && token.key.chars().count() >= 2);
    words.filter_map(|token| names().city_of(token)).next()
}
