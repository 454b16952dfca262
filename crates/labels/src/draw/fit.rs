//! Words into a width: lines, smaller letters, an ellipsis at the very end. Refuses to let a text run over its place.

use super::face::{Faces, Weight};

/// Lines of one text in one size of letters.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    pub size: f32,
    pub lines: Vec<String>,
    /// Whether something had to be cut.
    pub cut: bool,
}

const ELLIPSIS: char = '…';

/// The largest letters between two sizes in which the whole text fits; cut with an ellipsis when the smallest do not do.
pub fn fit(
    faces: &Faces,
    weight: Weight,
    text: &str,
    sizes: (f32, f32),
    width: f32,
    most_lines: usize,
) -> Fitted {
    let (least, most) = sizes;
    let mut size = most;
    loop {
        let (lines, cut) = wrap(faces, weight, text, size, width, most_lines);
        if !cut || size <= least {
            return Fitted { size, lines, cut };
        }
        size = (size - 1.0).max(least);
    }
}

/// Lines that grow letter by letter, with their widths: letters stand beside each other, so widths add up.
struct Lines<'a> {
    faces: &'a Faces,
    weight: Weight,
    size: f32,
    width: f32,
    done: Vec<String>,
    line: String,
    used: f32,
}

impl Lines<'_> {
    fn wide(&self, text: &str) -> f32 {
        self.faces.width(self.weight, self.size, text)
    }

    fn turn(&mut self, rest: String) {
        self.used = self.wide(&rest);
        self.done.push(std::mem::replace(&mut self.line, rest));
    }

    fn letter(&mut self, letter: char, wide: f32) {
        self.line.push(letter);
        self.used += wide;
    }

    /// A word that is longer than a line breaks anywhere, best after a hyphen.
    fn long_word(&mut self, word: &str) {
        for letter in word.chars() {
            let wide = self.wide(letter.encode_utf8(&mut [0; 4]));
            if !self.line.is_empty() && self.used + wide > self.width {
                let rest = after_break(&mut self.line);
                self.turn(rest);
            }
            self.letter(letter, wide);
        }
    }

    fn word(&mut self, word: &str) {
        let (space, wide) = (self.wide(" "), self.wide(word));
        if !self.line.is_empty() {
            if self.used + space + wide <= self.width {
                self.letter(' ', space);
            } else {
                self.turn(String::new());
            }
        }
        if self.used + wide <= self.width {
            self.line.push_str(word);
            self.used += wide;
        } else {
            self.long_word(word);
        }
    }
}

/// Breaks at spaces, and inside of a word that is longer than a line. Whether something was cut.
fn wrap(
    faces: &Faces,
    weight: Weight,
    text: &str,
    size: f32,
    width: f32,
    most_lines: usize,
) -> (Vec<String>, bool) {
    let mut lines = Lines {
        faces,
        weight,
        size,
        // A hair less, so that adding up in another order stays within.
        width: width - 0.01,
        done: Vec::new(),
        line: String::new(),
        used: 0.0,
    };
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        lines.word(word);
    }
    if !lines.line.is_empty() {
        lines.turn(String::new());
    }
    let whole = std::mem::take(&mut lines.done);
    if whole.len() <= most_lines {
        return (whole, false);
    }
    let mut kept: Vec<String> = whole.iter().take(most_lines.saturating_sub(1)).cloned().collect();
    let rest: Vec<&str> = whole.iter().skip(kept.len()).map(String::as_str).collect();
    kept.push(shortened(&lines, &rest.join(" ")));
    (kept, true)
}

/// As much of a text as fits before an ellipsis.
fn shortened(lines: &Lines<'_>, text: &str) -> String {
    let mut line = String::new();
    let mut used = lines.wide("…");
    for letter in text.chars() {
        used += lines.wide(letter.encode_utf8(&mut [0; 4]));
        if used > lines.width {
            break;
        }
        line.push(letter);
    }
    format!("{}{ELLIPSIS}", line.trim_end())
}

/// A long word breaks after a hyphen or a slash when there is one: the part behind it goes to the next line.
fn after_break(line: &mut String) -> String {
    match line.rfind(['-', '/', ',', '_', '.']) {
        Some(at) if at > 0 && at + 1 < line.len() => line.split_off(at + 1),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::OnceLock;

    fn shipped() -> &'static Faces {
        static FACES: OnceLock<Faces> = OnceLock::new();
        FACES.get_or_init(|| Faces::shipped().unwrap())
    }

    #[test]
    fn a_text_shrinks_before_it_is_cut() {
        let faces = Faces::shipped().unwrap();
        let short = fit(&faces, Weight::Bold, "Платье", (18.0, 26.0), 190.0, 2);
        assert_eq!((short.size, short.lines.len(), short.cut), (26.0, 1, false));
        let long = "Платье вечернее длинное с рукавами из плотного хлопка с поясом и карманами";
        let cut = fit(&faces, Weight::Bold, long, (18.0, 26.0), 190.0, 2);
        assert_eq!((cut.size, cut.lines.len(), cut.cut), (18.0, 2, true));
        assert!(cut.lines[1].ends_with('…'));
    }

    #[test]
    fn a_long_article_breaks_at_its_hyphens() {
        let faces = Faces::shipped().unwrap();
        let fitted = fit(
            &faces,
            Weight::Regular,
            "ABCDEF-GHIJKL-MNOPQR",
            (10.0, 10.0),
            70.0,
            4,
        );
        assert_eq!(fitted.lines, ["ABCDEF-", "GHIJKL-", "MNOPQR"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn no_line_is_wider_than_its_place_and_whole_texts_stay_whole(
            text in "[а-яёқңA-Z0-9 -]{0,80}", width in 30_u16..300, most in 1_usize..5,
        ) {
            let faces = shipped();
            let width = f32::from(width);
            let fitted = fit(faces, Weight::Bold, &text, (8.0, 20.0), width, most);
            prop_assert!(fitted.lines.len() <= most);
            for line in &fitted.lines {
                prop_assert!(faces.width(Weight::Bold, fitted.size, line) <= width, "{line}");
            }
            if !fitted.cut {
                let bare = |text: &str| text.replace(' ', "");
                prop_assert_eq!(bare(&fitted.lines.concat()), bare(&text));
            }
        }
    }
}
