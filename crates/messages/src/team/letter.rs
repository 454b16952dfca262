//! A letter of what is told: its subject, plain words, and simple HTML that any program shows. Refuses pictures, styles from outside and links
//! that are not ours.

use super::figures::Paper;
use sauda_channel::Attachment;

/// A letter before it has an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Letter {
    pub subject: String,
    pub text: String,
    pub html: String,
    pub file: Option<Attachment>,
}

/// The longest subject.
const SUBJECT: usize = 120;

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            other => safe.push(other),
        }
    }
    safe
}

fn subject(text: &str) -> String {
    let line: String = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default()
        .chars()
        .filter(|sign| !sign.is_control())
        .take(SUBJECT)
        .collect();
    let line = line.trim();
    if line.is_empty() {
        "Sauda".to_owned()
    } else {
        line.to_owned()
    }
}

fn page(language: &str, body: &str, foot: &str) -> String {
    format!(
        "<!doctype html><html lang=\"{language}\"><body style=\"font-family:sans-serif;font-size:16px;line-height:1.5;max-width:36em;margin:1em auto\">{body}<p style=\"color:#666;font-size:14px\">{}</p></body></html>",
        escaped(foot)
    )
}

impl Letter {
    /// A letter of sentences: the first line is its subject.
    pub fn of_words(words: &str, language: &str, foot: &str) -> Self {
        let body: String = words
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| format!("<p>{}</p>", escaped(line)))
            .collect();
        Self {
            subject: subject(words),
            text: format!("{words}\n\n{foot}\n"),
            html: page(language, &body, foot),
            file: None,
        }
    }

    /// The same letter with a file.
    pub fn with(self, file: Attachment) -> Self {
        Self {
            file: Some(file),
            ..self
        }
    }

    /// A letter of figures.
    pub fn of_paper(paper: &Paper, language: &str, foot: &str) -> Self {
        let mut body = format!("<h1 style=\"font-size:20px\">{}</h1>", escaped(&paper.title));
        for part in &paper.parts {
            body.push_str(&format!(
                "<h2 style=\"font-size:17px\">{}</h2><table cellpadding=\"4\">",
                escaped(&part.title)
            ));
            for (label, value) in &part.rows {
                body.push_str(&format!(
                    "<tr><th scope=\"row\" align=\"left\" style=\"font-weight:normal\">{}</th><td align=\"right\">{}</td></tr>",
                    escaped(label),
                    escaped(value)
                ));
            }
            body.push_str("</table>");
        }
        Self {
            subject: subject(&paper.title),
            text: format!("{}\n\n{foot}\n", paper.text().words()),
            html: page(language, &body, foot),
            file: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_line_is_the_subject_and_signs_stay_signs() {
        let letter = Letter::of_words("Заказ <1> & \"2\"\nдо 16:00", "ru", "Sauda");
        assert_eq!(letter.subject, "Заказ <1> & \"2\"");
        assert!(
            letter
                .html
                .contains("<p>Заказ &lt;1&gt; &amp; &quot;2&quot;</p><p>до 16:00</p>"),
            "{}",
            letter.html
        );
        assert_eq!(letter.text, "Заказ <1> & \"2\"\nдо 16:00\n\nSauda\n");
        assert_eq!(Letter::of_words("\n \n", "ru", "").subject, "Sauda");
    }

    proptest! {
        #[test]
        fn no_word_becomes_a_tag_or_a_header(words in "\\PC{0,80}(\n\\PC{0,80}){0,3}") {
            let letter = Letter::of_words(&words, "ru", "");
            prop_assert!(!letter.subject.contains(['\n', '\r']) && !letter.subject.is_empty());
            let inner = letter.html.replace("<p>", "").replace("</p>", "");
            let (_, inner) = inner.split_once("auto\">").unwrap();
            let (inner, _) = inner.split_once("<p style").unwrap();
            prop_assert!(!inner.contains(['<', '>']), "{inner}");
        }
    }
}
