//! The texts that stand until a shop writes its own. Refuses to send them by itself.

use crate::trigger::Trigger;

const FILE: &str = include_str!("../../data/templates.txt");

/// The Russian and the Kazakh text of what is told by itself.
pub fn default_texts(trigger: Trigger) -> (&'static str, &'static str) {
    (part(trigger, "ru"), part(trigger, "kk"))
}

fn part(trigger: Trigger, language: &str) -> &'static str {
    FILE.split("== ")
        .find_map(|part| {
            let (head, text) = part.split_once('\n')?;
            let (word, known) = head.split_once(' ')?;
            (word == trigger.word() && known == language).then_some(text.trim_end())
        })
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Pair;

    #[test]
    fn every_text_that_stands_by_itself_is_a_pair_with_the_same_variables() {
        for trigger in Trigger::ALL {
            let (ru, kk) = default_texts(trigger);
            let pair = Pair::parse(ru, kk).unwrap_or_else(|wrong| panic!("{trigger:?}: {wrong:?}"));
            assert_eq!(pair.one_sided(), [], "{trigger:?}");
            assert!(!pair.ru.variables().is_empty(), "{trigger:?}");
        }
    }
}
