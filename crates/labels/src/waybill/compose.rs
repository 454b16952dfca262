//! A new PDF of pages of others: each becomes a form that is placed, turned and sized. Refuses to change what is on them.

use super::{
    matrix::{Extent, Matrix},
    read::{Broken, Limits, StrangeFile, StrangePage, inherited, page_content, rotation},
};
use crate::LabelsError;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;

/// A page of others, ready to be placed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    id: ObjectId,
    crop: Extent,
    /// Quarters of a turn, clockwise.
    turn: u8,
}

impl Form {
    /// Width and height as it is shown.
    pub(super) fn size(&self) -> (f32, f32) {
        let (width, height) = (self.crop.width(), self.crop.height());
        if self.turn % 2 == 1 {
            (height, width)
        } else {
            (width, height)
        }
    }
}

pub(super) struct Composer {
    document: Document,
    pages: ObjectId,
    kids: Vec<Object>,
    /// Objects that came over already, by file.
    moved: HashMap<(usize, ObjectId), ObjectId>,
    /// Fonts and pictures that several files share.
    shared: HashMap<[u8; 32], ObjectId>,
}

/// Streams from this size on are looked for among those of other files.
const WORTH_SHARING: usize = 256;

impl Composer {
    pub(super) fn new() -> Self {
        let mut document = Document::with_version("1.7");
        let pages = document.new_object_id();
        Self {
            document,
            pages,
            kids: Vec::new(),
            moved: HashMap::new(),
            shared: HashMap::new(),
        }
    }

    pub(super) fn count(&self) -> usize {
        self.kids.len()
    }

    /// Takes a page over, cropped. `file` tells the files apart.
    pub(super) fn form(
        &mut self,
        file: usize,
        source: &StrangeFile,
        page: &StrangePage,
        crop: Extent,
        limits: &Limits,
    ) -> Result<Form, Broken> {
        let from = &source.document;
        let dictionary = from
            .get_dictionary(page.id)
            .map_err(|error| Broken::Page(error.to_string()))?;
        let content = page_content(from, dictionary, limits)?;
        let mut form = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => numbers(&[crop.left, crop.bottom, crop.right, crop.top]),
        };
        for key in [b"Resources".as_slice(), b"Group".as_slice()] {
            let found = if key == b"Resources" {
                inherited(from, dictionary, key)
            } else {
                dictionary.get(key).ok()
            };
            if let Some(found) = found {
                let copied = self.over(file, from, found);
                form.set(key.to_vec(), copied);
            }
        }
        let mut stream = Stream::new(form, content);
        // Content that cannot be packed stays as it is.
        let _ = stream.compress();
        Ok(Form {
            id: self.document.add_object(stream),
            crop,
            turn: rotation(from, dictionary),
        })
    }

    /// A copy of an object and everything it leads to.
    fn over(&mut self, file: usize, from: &Document, object: &Object) -> Object {
        let mut queue = Vec::new();
        let mut copied = object.clone();
        self.renumber(file, from, &mut copied, &mut queue);
        while let Some((old, new)) = queue.pop() {
            let mut object = from.objects.get(&old).cloned().unwrap_or(Object::Null);
            self.renumber(file, from, &mut object, &mut queue);
            self.document.objects.insert(new, object);
        }
        copied
    }

    fn renumber(
        &mut self,
        file: usize,
        from: &Document,
        object: &mut Object,
        queue: &mut Vec<(ObjectId, ObjectId)>,
    ) {
        match object {
            Object::Reference(id) => *id = self.number(file, from, *id, queue),
            Object::Array(items) => {
                for item in items {
                    self.renumber(file, from, item, queue);
                }
            }
            Object::Dictionary(dictionary) => self.renumber_all(file, from, dictionary, queue),
            Object::Stream(stream) => self.renumber_all(file, from, &mut stream.dict, queue),
            _ => {}
        }
    }

    fn renumber_all(
        &mut self,
        file: usize,
        from: &Document,
        dictionary: &mut Dictionary,
        queue: &mut Vec<(ObjectId, ObjectId)>,
    ) {
        // These lead back to the file they came from, not to what is drawn.
        for key in [
            b"Parent".as_slice(),
            b"Metadata",
            b"PieceInfo",
            b"StructParents",
            b"OC",
        ] {
            dictionary.remove(key);
        }
        for (_, value) in dictionary.iter_mut() {
            self.renumber(file, from, value, queue);
        }
    }

    fn number(
        &mut self,
        file: usize,
        from: &Document,
        old: ObjectId,
        queue: &mut Vec<(ObjectId, ObjectId)>,
    ) -> ObjectId {
        if let Some(new) = self.moved.get(&(file, old)) {
            return *new;
        }
        let fingerprint = from.objects.get(&old).and_then(fingerprint);
        let shared = fingerprint.and_then(|print| self.shared.get(&print).copied());
        let new = shared.unwrap_or_else(|| self.document.new_object_id());
        self.moved.insert((file, old), new);
        if shared.is_none() {
            if let Some(print) = fingerprint {
                self.shared.insert(print, new);
            }
            queue.push((old, new));
        }
        new
    }

    /// A page with forms in their slots.
    pub(super) fn page(&mut self, size: (f32, f32), placed: &[(Form, Extent, Fit)]) {
        let mut forms = Dictionary::new();
        let mut content = String::new();
        for (nth, (form, slot, fit)) in placed.iter().enumerate() {
            let Matrix([a, b, c, d, e, f]) = fit.matrix(form, *slot);
            let name = format!("P{nth}");
            content.push_str(&format!(
                "q {a:.5} {b:.5} {c:.5} {d:.5} {e:.3} {f:.3} cm /{name} Do Q\n"
            ));
            forms.set(name, Object::Reference(form.id));
        }
        let content = self
            .document
            .add_object(Stream::new(Dictionary::new(), content.into_bytes()));
        let page = self.document.add_object(dictionary! {
            "Type" => "Page",
            "Parent" => Object::Reference(self.pages),
            "MediaBox" => numbers(&[0.0, 0.0, size.0, size.1]),
            "Resources" => dictionary! { "XObject" => forms },
            "Contents" => Object::Reference(content),
        });
        self.kids.push(Object::Reference(page));
    }

    /// The file.
    pub(super) fn finish(mut self, title: &str) -> Result<Vec<u8>, LabelsError> {
        let count = i64::try_from(self.kids.len()).unwrap_or(i64::MAX);
        let pages = dictionary! { "Type" => "Pages", "Kids" => self.kids, "Count" => count };
        self.document
            .objects
            .insert(self.pages, Object::Dictionary(pages));
        let catalog = self.document.add_object(dictionary! {
            "Type" => "Catalog",
            "Pages" => Object::Reference(self.pages),
        });
        let info = self.document.add_object(dictionary! {
            "Title" => lopdf::text_string(title),
            "Creator" => Object::string_literal("Sauda"),
        });
        self.document.trailer.set("Root", Object::Reference(catalog));
        self.document.trailer.set("Info", Object::Reference(info));
        let mut bytes = Vec::new();
        self.document
            .save_to(&mut bytes)
            .map_err(|error| LabelsError::Pdf(error.to_string()))?;
        Ok(bytes)
    }
}

/// What tells a stream that leads nowhere from others; none for the rest.
fn fingerprint(object: &Object) -> Option<[u8; 32]> {
    let stream = object.as_stream().ok()?;
    let leads = stream.dict.iter().any(|(_, value)| leads_on(value));
    if leads || stream.content.len() < WORTH_SHARING {
        return None;
    }
    let mut entries: Vec<_> = stream.dict.iter().collect();
    entries.sort_by_key(|(key, _)| *key);
    let mut print = Sha256::new();
    print.update(format!("{entries:?}"));
    print.update(&stream.content);
    Some(print.finalize().into())
}

fn leads_on(object: &Object) -> bool {
    match object {
        Object::Reference(_) => true,
        Object::Array(items) => items.iter().any(leads_on),
        Object::Dictionary(dictionary) => dictionary.iter().any(|(_, value)| leads_on(value)),
        _ => false,
    }
}

fn numbers(values: &[f32]) -> Object {
    Object::Array(values.iter().map(|value| Object::Real(*value)).collect())
}

/// How a form fills its slot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fit {
    /// Turned by a quarter when that makes it much larger.
    pub may_turn: bool,
    pub most_scale: f32,
}

impl Fit {
    fn scale(self, size: (f32, f32), slot: Extent) -> f32 {
        (slot.width() / size.0)
            .min(slot.height() / size.1)
            .min(self.most_scale)
    }

    /// In the middle of the slot.
    pub(super) fn matrix(self, form: &Form, slot: Extent) -> Matrix {
        let (width, height) = form.size();
        let upright = self.scale((width, height), slot);
        let lying = self.scale((height, width), slot);
        let more = u8::from(self.may_turn && lying > upright * 1.15);
        let scale = if more == 1 { lying } else { upright };
        let turned = match (form.turn + more) % 4 {
            0 => [scale, 0.0, 0.0, scale, 0.0, 0.0],
            1 => [0.0, -scale, scale, 0.0, 0.0, 0.0],
            2 => [-scale, 0.0, 0.0, -scale, 0.0, 0.0],
            _ => [0.0, scale, -scale, 0.0, 0.0, 0.0],
        };
        let Some(around) = form.crop.moved(Matrix(turned)) else {
            return Matrix::SAME;
        };
        let x = slot.left + (slot.width() - around.width()) / 2.0 - around.left;
        let y = slot.bottom + (slot.height() - around.height()) / 2.0 - around.bottom;
        Matrix(turned).then(Matrix([1.0, 0.0, 0.0, 1.0, x, y]))
    }
}
