//! What a page looks like, as a number that two copies share. Refuses to look at what is not drawn.

use lopdf::{Dictionary, Document, Object, ObjectId};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;

/// Everything that resources lead to, into a fingerprint; numbers of objects left out.
pub(super) fn fold(document: &Document, resources: &Dictionary, print: &mut Sha256) {
    let mut known = Known::new();
    let mut queue = vec![];
    fold_dictionary(resources, &mut known, &mut queue, print);
    let mut next = 0;
    while let Some(id) = queue.get(next).copied() {
        next += 1;
        match document.objects.get(&id) {
            Some(object) => fold_object(object, &mut known, &mut queue, print),
            None => print.update(b"none"),
        }
    }
}

type Known = HashMap<ObjectId, usize>;

fn fold_dictionary(
    dictionary: &Dictionary,
    known: &mut Known,
    queue: &mut Vec<ObjectId>,
    print: &mut Sha256,
) {
    let mut entries: Vec<(&Vec<u8>, &Object)> = dictionary.iter().collect();
    entries.sort_by_key(|(key, _)| *key);
    for (key, value) in entries {
        if matches!(key.as_slice(), b"Parent" | b"Metadata" | b"Length") {
            continue;
        }
        print.update(key);
        fold_object(value, known, queue, print);
    }
}

fn fold_object(object: &Object, known: &mut Known, queue: &mut Vec<ObjectId>, print: &mut Sha256) {
    match object {
        Object::Reference(id) => {
            let place = known.entry(*id).or_insert_with(|| {
                queue.push(*id);
                queue.len()
            });
            print.update(place.to_le_bytes());
        }
        Object::Array(items) => {
            print.update(items.len().to_le_bytes());
            for item in items {
                fold_object(item, known, queue, print);
            }
        }
        Object::Dictionary(dictionary) => fold_dictionary(dictionary, known, queue, print),
        Object::Stream(stream) => {
            fold_dictionary(&stream.dict, known, queue, print);
            print.update(&stream.content);
        }
        plain => print.update(format!("{plain:?}")),
    }
}
