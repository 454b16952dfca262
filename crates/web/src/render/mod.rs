//! From a template and a typed context to HTML, strict about every name. Refuses to fetch data.

pub(crate) mod functions;

use crate::{
    assets::Manifest,
    words::{Language, Words, WordsError},
};
use minijinja::{AutoEscape, Environment, Output, State, UndefinedBehavior, Value};
use sauda_kernel::Timestamp;
use std::sync::Arc;

#[derive(rust_embed::Embed)]
#[folder = "templates"]
struct Templates;

/// What every function and filter of a template may look at while one page is drawn.
#[derive(Debug, Clone)]
pub(crate) struct Drawing {
    pub words: Words,
    pub manifest: Arc<Manifest>,
    pub language: Language,
    pub now: Timestamp,
}

impl minijinja::value::Object for Drawing {}

/// The name under which [`Drawing`] lies in the environment.
pub(crate) const DRAWING: &str = "__drawing";

/// A page that could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    #[error("template {template}: {cause:#}")]
    Template {
        template: String,
        cause: minijinja::Error,
    },
    #[error(transparent)]
    Words(#[from] WordsError),
}

/// What a page is drawn for.
#[derive(Debug, Clone, Copy)]
pub struct For {
    pub language: Language,
    pub now: Timestamp,
}

/// Draws pages. Cheap to clone.
#[derive(Clone)]
pub struct Pages {
    base: Arc<Environment<'static>>,
    words: Words,
    manifest: Arc<Manifest>,
    reload: bool,
}

impl Pages {
    /// Reads texts and templates. With `reload` templates are read from disk for every page (development).
    ///
    /// # Errors
    /// When a locale file or a template is broken.
    pub fn load(reload: bool) -> Result<Self, RenderError> {
        let mut base = Environment::new();
        base.set_undefined_behavior(UndefinedBehavior::Strict);
        base.set_auto_escape_callback(|_| AutoEscape::Html);
        base.set_formatter(write);
        base.set_trim_blocks(true);
        base.set_lstrip_blocks(true);
        functions::register(&mut base);
        if reload {
            base.set_loader(|name| Ok(source(name)));
        } else {
            for name in Templates::iter() {
                let text = source(&name).unwrap_or_default();
                base.add_template_owned(name.to_string(), text)
                    .map_err(|cause| RenderError::Template {
                        template: name.to_string(),
                        cause,
                    })?;
            }
        }
        Ok(Self {
            base: Arc::new(base),
            words: Words::load()?,
            manifest: Arc::new(Manifest::load()),
            reload,
        })
    }

    pub const fn words(&self) -> &Words {
        &self.words
    }
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The whole page.
    ///
    /// # Errors
    /// When a name in the template is not in the context, or the template is broken.
    pub fn page(&self, template: &str, context: &Value, to: For) -> Result<String, RenderError> {
        let env = self.environment(to);
        let drawn = env.get_template(template).and_then(|found| found.render(context));
        drawn.map_err(|cause| RenderError::Template {
            template: template.to_owned(),
            cause,
        })
    }

    /// One block of the page: what htmx swaps in.
    ///
    /// # Errors
    /// As [`Pages::page`], and when there is no such block.
    pub fn fragment(
        &self,
        template: &str,
        block: &str,
        context: &Value,
        to: For,
    ) -> Result<String, RenderError> {
        let env = self.environment(to);
        let drawn = env.get_template(template).and_then(|found| {
            found
                .render_captured(context)?
                .with_state_mut(|state| state.render_block(block))
        });
        drawn.map_err(|cause| RenderError::Template {
            template: template.to_owned(),
            cause,
        })
    }

    fn environment(&self, to: For) -> Environment<'static> {
        let mut env = self.base.as_ref().clone();
        let manifest = if self.reload {
            Arc::new(Manifest::load())
        } else {
            Arc::clone(&self.manifest)
        };
        let drawing = Drawing {
            words: self.words.clone(),
            manifest,
            language: to.language,
            now: to.now,
        };
        env.add_global(DRAWING, Value::from_object(drawing));
        env
    }
}

/// Texts are escaped; a slash harms nobody and stands in every address, so it stays.
fn write(out: &mut Output<'_>, state: &State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    match value.as_str() {
        Some(text) if !value.is_safe() && state.auto_escape() == AutoEscape::Html => {
            let mut from = 0;
            for (at, letter) in text.bytes().enumerate() {
                let escaped = match letter {
                    b'&' => "&amp;",
                    b'<' => "&lt;",
                    b'>' => "&gt;",
                    b'"' => "&quot;",
                    b'\'' => "&#39;",
                    _ => continue,
                };
                out.write_str(text.get(from..at).unwrap_or_default())?;
                out.write_str(escaped)?;
                from = at + 1;
            }
            out.write_str(text.get(from..).unwrap_or_default())?;
            Ok(())
        }
        _ => minijinja::escape_formatter(out, state, value),
    }
}

fn source(name: &str) -> Option<String> {
    Templates::get(name).and_then(|file| String::from_utf8(file.data.into_owned()).ok())
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Words")
    }
}
