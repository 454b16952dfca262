//! A Rust file as a flat list of tokens, with what is test code marked. Refuses to understand types.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use std::collections::HashMap;

/// One token; `::` is one, groups give their two delimiters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub text: String,
    pub line: usize,
    /// Inside `#[cfg(test)]`, a test function, or a file of tests.
    pub test: bool,
}

/// One function with a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    pub name: String,
    pub line: usize,
    /// Lines from the opening to the closing brace.
    pub lines: usize,
    pub test: bool,
}

/// What tidy knows of one Rust file.
#[derive(Debug, Default)]
pub struct Source {
    pub tokens: Vec<Token>,
    pub functions: Vec<Function>,
    /// Where each word stands among the tokens.
    index: HashMap<String, Vec<usize>>,
}

/// Whether the whole file is development code: tests, benches, examples, the test kit, the chores.
pub fn is_test_file(path: &str) -> bool {
    let folder = ["/tests/", "/benches/", "/examples/"]
        .iter()
        .any(|part| path.contains(part));
    folder || path.ends_with("/tests.rs") || path.starts_with("crates/testkit/")
}

impl Source {
    /// Reads a file; none when it is not Rust.
    pub fn read(path: &str, text: &str) -> Option<Self> {
        let stream: TokenStream = text.parse().ok()?;
        let mut source = Self::default();
        source.walk(stream, is_test_file(path));
        for (place, token) in source.tokens.iter().enumerate() {
            if token
                .text
                .starts_with(|sign: char| sign.is_alphabetic() || sign == '_')
            {
                source.index.entry(token.text.clone()).or_default().push(place);
            }
        }
        proc_macro2::extra::invalidate_current_thread_spans();
        Some(source)
    }

    /// Lines where these tokens follow each other; development code left out unless wanted.
    pub fn places<'a>(&'a self, pattern: &'a [&'a str], tests: bool) -> impl Iterator<Item = usize> + 'a {
        let first = pattern.first().and_then(|word| self.index.get(*word));
        first.into_iter().flatten().filter_map(move |place| {
            let found = self.tokens.get(*place..place + pattern.len())?;
            let same = found
                .iter()
                .zip(pattern)
                .all(|(token, wanted)| token.text == *wanted);
            found
                .first()
                .filter(|token| same && (tests || !token.test))
                .map(|token| token.line)
        })
    }

    fn walk(&mut self, stream: TokenStream, in_test: bool) {
        let trees: Vec<TokenTree> = stream.into_iter().collect();
        // Test attributes mark everything up to the end of the item that follows.
        let mut item_is_test = false;
        for (index, tree) in trees.iter().enumerate() {
            let test = in_test || item_is_test;
            match tree {
                TokenTree::Group(group) => {
                    let attribute = group.delimiter() == Delimiter::Bracket && follows_hash(&trees, index);
                    self.group(group, test);
                    if attribute && marks_test(group) {
                        item_is_test = true;
                    } else if group.delimiter() == Delimiter::Brace {
                        item_is_test = false;
                    }
                }
                TokenTree::Punct(punct) => {
                    if punct.as_char() == ';' {
                        item_is_test = false;
                    }
                    self.punct(punct.as_char(), tree.span().start().line, test);
                }
                TokenTree::Ident(ident) => {
                    if ident == "fn" {
                        self.function(&trees, index, test);
                    }
                    self.push(ident.to_string(), ident.span().start().line, test);
                }
                TokenTree::Literal(literal) => {
                    self.push(literal.to_string(), literal.span().start().line, test);
                }
            }
        }
    }

    fn group(&mut self, group: &Group, test: bool) {
        let (open, close) = match group.delimiter() {
            Delimiter::Brace => ("{", "}"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::None => ("", ""),
        };
        self.push(open.to_owned(), group.span_open().start().line, test);
        self.walk(group.stream(), test);
        self.push(close.to_owned(), group.span_close().start().line, test);
    }

    fn function(&mut self, trees: &[TokenTree], index: usize, test: bool) {
        let Some(TokenTree::Ident(name)) = trees.get(index + 1) else {
            return;
        };
        for tree in trees.iter().skip(index + 2) {
            match tree {
                TokenTree::Punct(punct) if punct.as_char() == ';' => return,
                TokenTree::Group(body) if body.delimiter() == Delimiter::Brace => {
                    let (open, close) = (body.span_open().start().line, body.span_close().start().line);
                    let lines = close - open + 1;
                    self.functions.push(Function {
                        name: name.to_string(),
                        line: name.span().start().line,
                        lines,
                        test,
                    });
                    return;
                }
                _ => {}
            }
        }
    }

    fn punct(&mut self, sign: char, line: usize, test: bool) {
        if sign == ':'
            && let Some(last) = self.tokens.last_mut()
            && last.text == ":"
            && last.line == line
        {
            ":".clone_into(&mut last.text);
            last.text.push(':');
            return;
        }
        self.push(sign.to_string(), line, test);
    }

    fn push(&mut self, text: String, line: usize, test: bool) {
        self.tokens.push(Token { text, line, test });
    }
}

fn follows_hash(trees: &[TokenTree], index: usize) -> bool {
    let before = |back: usize| index.checked_sub(back).and_then(|place| trees.get(place));
    let is = |tree: Option<&TokenTree>, sign: char| matches!(tree, Some(TokenTree::Punct(punct)) if punct.as_char() == sign);
    is(before(1), '#') || (is(before(1), '!') && is(before(2), '#'))
}

/// `#[cfg(test)]`, `#[test]`, `#[tokio::test(…)]`, `#[rstest]`; not `#[cfg(not(test))]`.
fn marks_test(attribute: &Group) -> bool {
    let text = attribute.stream().to_string().replace(' ', "");
    let path = text.split(['(', '=']).next().unwrap_or_default();
    match path {
        "cfg" => text.contains("test") && !text.contains("not(test"),
        "test" | "rstest" | "proptest" => true,
        path => path.ends_with("::test"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_of_test_modules_are_marked() {
        let source = Source::read("crates/x/src/a.rs", "fn a() { env::var(\"A\"); }\n#[cfg(test)]\nmod tests {\n fn b() { env::var(\"B\"); }\n}\nfn c() { env::var(\"C\"); }").unwrap();
        assert_eq!(
            source.places(&["env", "::", "var"], false).collect::<Vec<_>>(),
            [1, 6]
        );
        assert_eq!(
            source.places(&["env", "::", "var"], true).collect::<Vec<_>>(),
            [1, 4, 6]
        );
    }

    #[test]
    fn words_in_strings_and_comments_are_not_code() {
        let source = Source::read("crates/x/src/a.rs", "// env::var\nconst A: &str = \"env::var\";").unwrap();
        assert_eq!(source.places(&["env", "::", "var"], true).count(), 0);
    }

    #[test]
    fn a_function_is_as_long_as_its_body() {
        let source = Source::read(
            "crates/x/src/a.rs",
            "trait T { fn none(&self); }\nfn long<T>(a: T)\nwhere T: Copy\n{\n  a;\n}\n",
        )
        .unwrap();
        assert_eq!(
            source.functions,
            [Function {
                name: "long".to_owned(),
                line: 2,
                lines: 3,
                test: false
            }]
        );
    }

    #[test]
    fn a_file_that_is_not_rust_is_none() {
        assert!(Source::read("crates/x/src/a.rs", "fn a() {").is_none());
    }
}
