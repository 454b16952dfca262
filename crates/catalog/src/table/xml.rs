//! Reads XML of strangers event by event; refuses document types, entities, deep nesting and endless texts.

use super::TableError;
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};
use std::io::{self, BufReader, Read};

const DEEPEST: usize = 64;
const LONGEST_EVENT_BYTES: u64 = 2 * 1024 * 1024;

/// An XML document that is being read. An empty element is told as its start and its end.
pub(crate) struct Xml<R: Read> {
    reader: Reader<BufReader<Metered<R>>>,
    depth: usize,
}

/// Counts what is read, so that a packed part cannot unpack to more than it may.
struct Metered<R> {
    inner: R,
    left: u64,
    since_event: u64,
    tripped: Option<Trip>,
}

#[derive(Clone, Copy)]
enum Trip {
    Whole,
    Event,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let counted = u64::try_from(count).unwrap_or(u64::MAX);
        self.since_event = self.since_event.saturating_add(counted);
        if self.since_event > LONGEST_EVENT_BYTES {
            self.tripped = Some(Trip::Event);
            return Err(io::Error::other("an element without an end"));
        }
        match self.left.checked_sub(counted) {
            Some(left) => self.left = left,
            None => {
                self.tripped = Some(Trip::Whole);
                return Err(io::Error::other("more than was declared"));
            }
        }
        Ok(count)
    }
}

impl<R: Read> Xml<R> {
    /// Reads at most `limit_bytes` of the source.
    pub fn new(source: R, limit_bytes: u64) -> Self {
        let metered = Metered {
            inner: source,
            left: limit_bytes,
            since_event: 0,
            tripped: None,
        };
        let mut reader = Reader::from_reader(BufReader::with_capacity(32 * 1024, metered));
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = true;
        Self { reader, depth: 0 }
    }

    /// The next event; `Eof` at the end. What is neither element nor text (comments, processing instructions) is
    /// for the caller to pass over.
    ///
    /// # Errors
    /// When the document is not well-formed or does what is refused here.
    pub fn next<'b>(&mut self, buffer: &'b mut Vec<u8>) -> Result<Event<'b>, TableError> {
        buffer.clear();
        self.reader.get_mut().get_mut().since_event = 0;
        match self.reader.read_event_into(buffer) {
            Ok(Event::DocType(_)) => Err(TableError::Entities),
            Ok(event) => self.counted(event),
            Err(error) => Err(self.refusal(&error)),
        }
    }

    fn counted<'b>(&mut self, event: Event<'b>) -> Result<Event<'b>, TableError> {
        match &event {
            Event::Start(_) => {
                self.depth = self.depth.saturating_add(1);
                if self.depth > DEEPEST {
                    return Err(TableError::broken("elements are nested too deep"));
                }
            }
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::Eof if self.depth > 0 => return Err(TableError::broken("the end is missing")),
            _ => {}
        }
        Ok(event)
    }

    fn refusal(&self, error: &quick_xml::Error) -> TableError {
        match self.reader.get_ref().get_ref().tripped {
            Some(Trip::Whole) => TableError::UnpacksTooLarge {
                limit_bytes: 0,
                ratio: 0,
            },
            Some(Trip::Event) => TableError::broken("an element is too long"),
            None => TableError::broken(error),
        }
    }
}

/// Adds the text of an event to `text`: characters, character data, and references to characters.
///
/// # Errors
/// When it refers to an entity other than the five of XML itself.
pub(crate) fn append_text(event: &Event<'_>, text: &mut String) -> Result<(), TableError> {
    match event {
        Event::Text(part) => text.push_str(&part.xml10_content()),
        Event::CData(part) => text.push_str(&part.xml10_content()),
        Event::GeneralRef(reference) => {
            let named = match reference.as_ref() {
                "amp" => Some('&'),
                "lt" => Some('<'),
                "gt" => Some('>'),
                "quot" => Some('"'),
                "apos" => Some('\''),
                _ => reference.resolve_char_ref().map_err(TableError::broken)?,
            };
            text.push(named.ok_or(TableError::Entities)?);
        }
        _ => {}
    }
    Ok(())
}

/// An attribute by its local name, with references resolved.
///
/// # Errors
/// When the attributes are malformed or the value refers to an entity.
pub(crate) fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, TableError> {
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute.map_err(TableError::broken)?;
        if attribute.key.local_name().as_ref() == name {
            let value = attribute
                .normalized_value(XmlVersion::Explicit1_0)
                .map_err(TableError::broken)?;
            return Ok(Some(value.into_owned()));
        }
    }
    Ok(None)
}
