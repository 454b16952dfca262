//! What is drawn on a strange page: how far it reaches and what its letters say. Refuses to draw, and to follow more than a
//! page of paper can bear.

use super::{
    font::StrangeFont,
    matrix::{Extent, Matrix, numbers, rectangle},
    state::{FontAt, State},
};
use lopdf::{
    Dictionary, Document, Object,
    content::{Content, Operation},
};
use std::collections::HashMap;

const MOST_OPERATIONS: usize = 500_000;
const MOST_TEXT_BYTES: usize = 256 * 1024;
const MOST_FORM_BYTES: usize = 16 * 1024 * 1024;
const DEEPEST_FORM: u8 = 8;

/// What was found.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Seen {
    /// None when nothing is drawn.
    pub extent: Option<Extent>,
    pub text: String,
}

/// Looks through a page's content.
///
/// # Errors
/// When it is no content, or more than we follow.
pub(super) fn look(
    document: &Document,
    resources: &Dictionary,
    content: &[u8],
    page: Extent,
) -> Result<Seen, lopdf::Error> {
    let mut eye = Eye {
        document,
        fonts: HashMap::new(),
        seen: Seen::default(),
        left: MOST_OPERATIONS,
        state: State::new(page),
        stack: Vec::new(),
    };
    eye.run(resources, content, 0)?;
    Ok(eye.seen)
}

struct Eye<'a> {
    document: &'a Document,
    /// By the depth of the form and the name there.
    fonts: HashMap<FontAt, StrangeFont<'a>>,
    seen: Seen,
    left: usize,
    state: State,
    stack: Vec<State>,
}

/// A path under way.
#[derive(Default)]
struct Path {
    points: Vec<(f32, f32)>,
    clips: bool,
}

impl<'a> Eye<'a> {
    fn run(&mut self, resources: &'a Dictionary, content: &[u8], depth: u8) -> Result<(), lopdf::Error> {
        let mut path = Path::default();
        for operation in Content::decode_iter(content) {
            let operation = operation?;
            self.left = self.left.checked_sub(1).ok_or(lopdf::Error::RecursionLimit)?;
            self.step(resources, &operation, &mut path, depth)?;
        }
        Ok(())
    }

    fn step(
        &mut self,
        resources: &'a Dictionary,
        operation: &Operation,
        path: &mut Path,
        depth: u8,
    ) -> Result<(), lopdf::Error> {
        let operands = operation.operands.as_slice();
        let values: Vec<f32> = operands
            .iter()
            .filter_map(|operand| operand.as_float().ok())
            .collect();
        let values = values.as_slice();
        match operation.operator.as_str() {
            "q" if self.stack.len() < 512 => self.stack.push(self.state.clone()),
            "Q" => {
                if let Some(state) = self.stack.pop() {
                    self.state = state;
                }
            }
            "cm" => {
                if let Some(matrix) = Matrix::read(values) {
                    self.state.matrix = matrix.then(self.state.matrix);
                }
            }
            "g" | "rg" | "sc" | "scn" => {
                self.state.white = !values.is_empty() && values.iter().all(|value| *value >= 0.995)
            }
            "k" => self.state.white = !values.is_empty() && values.iter().all(|value| *value <= 0.005),
            "cs" => self.state.white = false,
            "m" | "l" | "c" | "v" | "y" | "re" | "W" | "W*" => {
                self.trace(operation.operator.as_str(), values, path)
            }
            "f" | "F" | "f*" => self.paint(path, self.state.white),
            "S" | "s" | "B" | "B*" | "b" | "b*" => self.paint(path, false),
            "n" => self.paint(path, true),
            "sh" => {
                let clip = self.state.clip;
                self.mark(clip);
            }
            "BI" => self.mark(UNIT.moved(self.state.matrix)),
            "Do" => {
                if let Some(Ok(name)) = operands.first().map(Object::as_name) {
                    self.outside(resources, name, depth)?;
                }
            }
            other => self.letters(resources, other, operands, values, depth),
        }
        Ok(())
    }

    fn trace(&self, operator: &str, values: &[f32], path: &mut Path) {
        if operator.starts_with('W') {
            path.clips = true;
            return;
        }
        let corners = match (operator, values) {
            ("re", [x, y, width, height]) => {
                vec![
                    (*x, *y),
                    (x + width, *y),
                    (x + width, y + height),
                    (*x, y + height),
                ]
            }
            _ => values
                .chunks_exact(2)
                .filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)))
                .collect(),
        };
        let matrix = self.state.matrix;
        path.points
            .extend(corners.into_iter().map(|(x, y)| matrix.at(x, y)));
    }

    /// Ends a path: a mark unless it is unseen, then perhaps the new clip.
    fn paint(&mut self, path: &mut Path, unseen: bool) {
        let around = Extent::around(&path.points);
        if !unseen {
            self.mark(around);
        }
        if path.clips {
            self.state.clip = around.and_then(|around| around.within(self.state.clip?));
        }
        *path = Path::default();
    }

    fn mark(&mut self, extent: Option<Extent>) {
        let shown = extent.and_then(|extent| extent.within(self.state.clip?));
        if let Some(shown) = shown {
            self.seen.extent = Some(self.seen.extent.map_or(shown, |seen| seen.with(shown)));
        }
    }

    /// An image, or a form with content of its own.
    fn outside(&mut self, resources: &'a Dictionary, name: &[u8], depth: u8) -> Result<(), lopdf::Error> {
        let found = resource(self.document, resources, b"XObject", name);
        let Some(Ok(stream)) = found.map(Object::as_stream) else {
            return Ok(());
        };
        if !stream
            .dict
            .get(b"Subtype")
            .and_then(Object::as_name)
            .is_ok_and(|kind| kind == b"Form")
        {
            self.mark(UNIT.moved(self.state.matrix));
            return Ok(());
        }
        if depth >= DEEPEST_FORM {
            return Err(lopdf::Error::RecursionLimit);
        }
        let (before, deep) = (self.state.clone(), std::mem::take(&mut self.stack));
        let matrix = stream
            .dict
            .get(b"Matrix")
            .ok()
            .and_then(|matrix| Matrix::read(&numbers(self.document, matrix)?));
        self.state.matrix = matrix.unwrap_or(Matrix::SAME).then(self.state.matrix);
        if let Some(frame) = rectangle(self.document, &stream.dict, b"BBox") {
            let frame = frame.moved(self.state.matrix);
            self.state.clip = frame.and_then(|frame| frame.within(self.state.clip?));
        }
        let content = stream.get_plain_content_with_limit(MOST_FORM_BYTES)?;
        let own = stream
            .dict
            .get(b"Resources")
            .ok()
            .and_then(|own| self.document.dereference(own).ok()?.1.as_dict().ok());
        let result = self.run(own.unwrap_or(resources), &content, depth + 1);
        self.state = before;
        self.stack = deep;
        result
    }

    fn letters(
        &mut self,
        resources: &'a Dictionary,
        operator: &str,
        operands: &[Object],
        values: &[f32],
        depth: u8,
    ) {
        let state = &mut self.state;
        match (operator, values) {
            ("BT", _) => (state.text, state.line) = (Matrix::SAME, Matrix::SAME),
            ("ET", _) => self.gap('\n'),
            ("Tf", [size]) => {
                state.size = *size;
                let name = operands
                    .first()
                    .and_then(|name| name.as_name().ok())
                    .unwrap_or_default();
                self.font(resources, name, depth);
            }
            ("Tc", [value]) => state.letter_space = *value,
            ("Tw", [value]) => state.word_space = *value,
            ("Tz", [value]) => state.stretch = value / 100.0,
            ("TL", [value]) => state.leading = *value,
            ("Ts", [value]) => state.rise = *value,
            ("Tr", [value]) => state.hidden = *value == 3.0,
            ("Td", [x, y]) => self.turn(*x, *y),
            ("TD", [x, y]) => {
                state.leading = -y;
                self.turn(*x, *y);
            }
            ("T*", _) => self.turn(0.0, -self.state.leading),
            ("Tm", _) => {
                if let Some(matrix) = Matrix::read(values) {
                    (state.text, state.line) = (matrix, matrix);
                    self.gap(' ');
                }
            }
            ("Tj", _) => self.show(operands),
            ("'", _) => {
                self.turn(0.0, -self.state.leading);
                self.show(operands);
            }
            ("\"", [word, letter]) => {
                (state.word_space, state.letter_space) = (*word, *letter);
                self.turn(0.0, -self.state.leading);
                self.show(operands);
            }
            ("TJ", _) => {
                if let Some(Ok(parts)) = operands.first().map(Object::as_array) {
                    self.show(parts);
                }
            }
            _ => {}
        }
    }

    fn font(&mut self, resources: &'a Dictionary, name: &[u8], depth: u8) {
        // Forms at one depth may give one name to two fonts: their dictionaries tell them apart.
        let found = resource(self.document, resources, b"Font", name).and_then(|font| font.as_dict().ok());
        let Some(found) = found else {
            self.state.font = None;
            return;
        };
        let mut key = std::ptr::from_ref(found).addr().to_le_bytes().to_vec();
        key.push(depth);
        let document = self.document;
        self.fonts
            .entry(key.clone())
            .or_insert_with(|| StrangeFont::read(document, found));
        self.state.font = Some(key);
    }

    fn turn(&mut self, x: f32, y: f32) {
        let line = Matrix([1.0, 0.0, 0.0, 1.0, x, y]).then(self.state.line);
        (self.state.text, self.state.line) = (line, line);
        self.gap(if y == 0.0 { ' ' } else { '\n' });
    }

    fn gap(&mut self, sign: char) {
        if !self.seen.text.ends_with([' ', '\n']) {
            self.seen.text.push(sign);
        }
    }

    fn show(&mut self, parts: &[Object]) {
        for part in parts {
            match part {
                Object::String(bytes, _) => self.string(bytes),
                other => {
                    let Ok(kern) = other.as_float() else { continue };
                    self.advance(-kern / 1000.0 * self.state.size * self.state.stretch);
                    if kern < -250.0 {
                        self.gap(' ');
                    }
                }
            }
        }
    }

    fn advance(&mut self, x: f32) {
        self.state.text = Matrix([1.0, 0.0, 0.0, 1.0, x, 0.0]).then(self.state.text);
    }

    fn string(&mut self, bytes: &[u8]) {
        let Some(font) = self.state.font.as_ref().and_then(|key| self.fonts.get(key)) else {
            return;
        };
        if self.seen.text.len() < MOST_TEXT_BYTES {
            self.seen.text.push_str(&font.text(bytes));
        }
        let state = &self.state;
        let mut wide = 0.0;
        for code in font.codes(bytes) {
            let space = if code == 32 && !font.double {
                state.word_space
            } else {
                0.0
            };
            wide += (font.width(code) / 1000.0 * state.size + state.letter_space + space) * state.stretch;
        }
        let letters = Extent::around(&[
            (0.0, state.rise - 0.25 * state.size),
            (wide, state.rise + 0.95 * state.size),
        ]);
        let blank = bytes.iter().all(|byte| *byte == b' ');
        let place = letters.and_then(|letters| letters.moved(state.text.then(state.matrix)));
        if !(state.hidden || state.white || blank) {
            self.mark(place);
        }
        self.advance(wide);
    }
}

const UNIT: Extent = Extent {
    left: 0.0,
    bottom: 0.0,
    right: 1.0,
    top: 1.0,
};

/// A named thing of a page.
fn resource<'a>(
    document: &'a Document,
    resources: &'a Dictionary,
    kind: &[u8],
    name: &[u8],
) -> Option<&'a Object> {
    let (_, table) = document.dereference(resources.get(kind).ok()?).ok()?;
    let (_, found) = document.dereference(table.as_dict().ok()?.get(name).ok()?).ok()?;
    Some(found)
}
