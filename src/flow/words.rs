//! Which word is spoken when.
//! In: the words, how long each stays, the time since the first byte. Out: the word on screen, the end. Does not know: sound.

use crate::{surface::WordFacts, time::Millis};

/// Before the first word: time to look up.
pub const LEAD_IN: Millis = Millis(800);
/// After the last word: time to finish it.
const LEAD_OUT: Millis = Millis(700);

/// The words of one selfie video.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    words: Vec<String>,
    each: Millis,
}

impl Words {
    /// Each word stays `each`.
    pub fn new(words: &[String], each: Millis) -> Self {
        Self { words: words.to_vec(), each }
    }

    /// The word to be spoken at `elapsed`; none before the first and after the last.
    pub fn at(&self, elapsed: Millis) -> Option<WordFacts> {
        let since = elapsed.0.checked_sub(LEAD_IN.0)?;
        let index = since / self.each.0.max(1);
        let text = self.words.get(usize::try_from(index).ok()?)?.clone();
        Some(WordFacts { text, number: index as u8 + 1, of: self.words.len() as u8 })
    }

    /// When all words have been shown.
    pub fn spoken_after(&self) -> Millis {
        Millis(LEAD_IN.0 + self.each.0 * self.words.len() as u64)
    }

    /// When the recording ends by itself.
    pub fn ends_after(&self) -> Millis {
        Millis(self.spoken_after().0 + LEAD_OUT.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_words_come_one_after_the_other() {
        let words = Words::new(&["Apfel".to_owned(), "Wolke".to_owned()], Millis(3_000));
        let shown = |elapsed| words.at(Millis(elapsed)).map(|word| (word.text, word.number, word.of));
        assert_eq!(shown(799), None);
        assert_eq!(shown(800), Some(("Apfel".to_owned(), 1, 2)));
        assert_eq!(shown(3_799), Some(("Apfel".to_owned(), 1, 2)));
        assert_eq!(shown(3_800), Some(("Wolke".to_owned(), 2, 2)));
        assert_eq!(shown(6_800), None);
        assert_eq!((words.spoken_after(), words.ends_after()), (Millis(6_800), Millis(7_500)));
    }

    #[test]
    fn no_words_end_at_once() {
        let words = Words::new(&[], Millis(0));
        assert_eq!(words.at(Millis(5_000)), None);
        assert_eq!(words.spoken_after(), LEAD_IN);
    }
}
