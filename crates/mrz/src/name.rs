//! Names: from how they are written to the letters of a zone (Doc 9303-3, 6), from those to something to show, and whether two are the same.
//! In: names. Out: letters, or an answer. Does not know: whose they are.

use unicode_normalization::UnicodeNormalization;

use crate::Zone;

/// A name in the letters of a zone: a filler for each run of spaces and hyphens; other marks vanish. Latin and Cyrillic letters after the
/// tables of Doc 9303-3, 6 (where one leaves a choice, the first); letters of other scripts vanish, since documents write the Latin form
/// beside them.
pub fn transliterate(name: &str) -> String {
    let mut letters = String::new();
    for c in capitals(name) {
        match options(c) {
            Some(["<", ..]) if c != '<' && letters.ends_with('<') => {}
            Some(options) => letters.push_str(options[0]),
            None => letters.extend(bare(c)),
        }
    }
    letters
}

/// A name of a zone as people write it, as far as its letters tell: `VAN DER MUELLEN` becomes `van der Muellen`. Which letters had marks, and
/// where hyphens stood, is lost.
pub fn shown(name: &str) -> String {
    const PARTICLES: [&str; 16] =
        ["VON", "VAN", "DER", "DEN", "DE", "DU", "DA", "DI", "DO", "DOS", "DAS", "ZU", "ZUM", "ZUR", "TER", "TEN"];
    let words: Vec<&str> = name.split([' ', '<']).filter(|word| !word.is_empty()).collect();
    let last = words.len().saturating_sub(1);
    let shown = words.iter().enumerate().map(|(at, word)| {
        let small = word.to_ascii_lowercase();
        if at < last && PARTICLES.contains(word) {
            return small;
        }
        let (first, rest) = small.split_at(small.char_indices().nth(1).map_or(small.len(), |(at, _)| at));
        first.to_ascii_uppercase() + rest
    });
    shown.collect::<Vec<_>>().join(" ")
}

/// Whether a surname, as a partner writes it, is the one of a zone. Every transliteration that Doc 9303-3, 6 leaves open is the same;
/// spaces and hyphens do not matter; where the zone may have been cut, what stands there is enough.
pub fn same_surname(surname: &str, zone: &Zone) -> bool {
    let read = zone.surname();
    let cut = zone.names_truncated().0;
    !surname.trim().is_empty() && !read.is_empty() && agrees(surname, &read.replace(' ', ""), cut)
}

/// Whether given names are those of a zone, as [`same_surname`]. A partner may know fewer of them: each that is named must be in the zone,
/// in the same order, as a whole word. One that the zone does not have makes another person of it, unless the zone may have been cut.
pub fn same_given_names(given_names: &str, zone: &Zone) -> bool {
    let read = zone.given_names();
    let cut = zone.names_truncated().1;
    if agrees(given_names, &read.replace(' ', ""), cut) && !read.is_empty() {
        return !given_names.trim().is_empty();
    }
    let read: Vec<&str> = read.split(' ').filter(|word| !word.is_empty()).collect();
    let mut left = read.iter().enumerate();
    let mut found = false;
    for word in given_names.split(is_gap).filter(|word| !word.is_empty()) {
        let same = left.any(|(at, one)| agrees(word, one, cut && at + 1 == read.len()));
        if !same {
            return found && cut;
        }
        found = true;
    }
    found
}

/// Whether a name, in any of its transliterations without gaps, is what was read, or begins with it if `cut`.
fn agrees(name: &str, read: &str, cut: bool) -> bool {
    // Places of `read` up to which what has been seen of the name may reach.
    let mut reached = vec![false; read.len() + 1];
    reached[0] = true;
    for c in capitals(name) {
        if cut && reached[read.len()] {
            return true;
        }
        let single: String = bare(c).collect();
        let options = options(c).unwrap_or_default();
        let forms = options.iter().map(|form| if *form == "<" { "" } else { form });
        let forms: Vec<&str> = if options.is_empty() { vec![single.as_str()] } else { forms.collect() };
        let mut next = vec![false; read.len() + 1];
        for at in (0..=read.len()).filter(|&at| reached[at]) {
            for form in &forms {
                if read[at..].starts_with(form) {
                    next[at + form.len()] = true;
                } else if cut && form.starts_with(&read[at..]) {
                    next[read.len()] = true;
                }
            }
        }
        reached = next;
    }
    reached[read.len()]
}

fn capitals(name: &str) -> impl Iterator<Item = char> {
    name.nfc().flat_map(char::to_uppercase)
}

fn is_gap(c: char) -> bool {
    c == '<' || c == '-' || c.is_whitespace() || ('\u{2010}'..='\u{2015}').contains(&c)
}

/// The letter or digit under the marks; nothing for what is neither.
fn bare(c: char) -> impl Iterator<Item = char> {
    std::iter::once(c).nfd().filter(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
}

/// What may stand for a capital, likeliest first; `None`: its bare letter.
fn options(c: char) -> Option<&'static [&'static str]> {
    Some(match c {
        gap if is_gap(gap) => &["<"],
        'Ä' => &["AE", "A"],
        'Å' => &["AA", "A"],
        'Æ' => &["AE"],
        'Ð' | 'Đ' => &["D"],
        'Ñ' => &["N", "NXX"],
        'Ö' => &["OE", "O"],
        'Ø' | 'Œ' => &["OE"],
        'Ü' => &["UE", "UXX", "U"],
        'Þ' => &["TH"],
        'ẞ' => &["SS"],
        'Ħ' => &["H"],
        'Ĳ' => &["IJ"],
        'Ł' => &["L"],
        'Ŋ' => &["N"],
        'Ŧ' => &["T"],
        'Ə' => &["E"],
        _ => return cyrillic(c),
    })
}

/// Table B; the second form is that of another language: Belarusian, Bulgarian, Macedonian, Serbian, Ukrainian.
fn cyrillic(c: char) -> Option<&'static [&'static str]> {
    Some(match c {
        'А' => &["A"],
        'Б' => &["B"],
        'В' => &["V"],
        'Г' => &["G", "H"],
        'Ґ' | 'Ѓ' => &["G"],
        'Д' | 'Ђ' => &["D"],
        'Е' | 'Э' => &["E"],
        'Ё' => &["E", "IO"],
        'Є' | 'Ъ' => &["IE"],
        'Ж' => &["ZH", "Z"],
        'З' => &["Z"],
        'Ѕ' => &["DZ"],
        'И' => &["I", "Y"],
        'І' | 'Ї' | 'Й' => &["I"],
        'Ј' => &["J"],
        'К' | 'Ќ' => &["K"],
        'Л' => &["L"],
        'Љ' => &["LJ"],
        'М' => &["M"],
        'Н' => &["N"],
        'Њ' => &["NJ"],
        'О' => &["O"],
        'П' => &["P"],
        'Р' => &["R"],
        'С' => &["S"],
        'Т' => &["T"],
        'Ћ' => &["C"],
        'У' | 'Ў' => &["U"],
        'Ф' => &["F"],
        'Х' => &["KH", "H"],
        'Ц' => &["TS", "C"],
        'Ч' => &["CH", "C"],
        'Џ' => &["DZ", "DJ"],
        'Ш' => &["SH", "S"],
        'Щ' => &["SHCH", "SHT"],
        'Ы' => &["Y"],
        'Ь' => &[""],
        'Ю' => &["IU"],
        'Я' => &["IA"],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        parse,
        write::{Entry, td1},
    };

    fn zone(surname: &str, given: &str) -> Zone {
        let entry = Entry {
            kind: "I",
            issuer: "UTO",
            surname,
            given,
            number: "D23145890",
            nationality: "UTO",
            birth: "740812",
            sex: 'F',
            expiry: "120415",
            optional: "",
            more: "",
        };
        let lines = td1(&entry);
        parse(&lines.iter().map(String::as_str).collect::<Vec<_>>()).expect("a card")
    }

    fn same_name(surname: &str, given_names: &str, zone: &Zone) -> bool {
        same_surname(surname, zone) && same_given_names(given_names, zone)
    }

    #[test]
    fn names_become_letters_of_a_zone() {
        for (name, letters) in [
            ("Müller-Groß d'Ångström", "MUELLER<GROSS<DAANGSTROEM"),
            ("Mu\u{308}ller", "MUELLER"),
            ("Núñez  Ibáñez", "NUNEZ<IBANEZ"),
            ("Łukasz Żółć", "LUKASZ<ZOLC"),
            ("Nguyễn Thị Ánh", "NGUYEN<THI<ANH"),
            ("Þórðardóttir", "THORDARDOTTIR"),
            ("İbrahim Çağlayan ısık", "IBRAHIM<CAGLAYAN<ISIK"),
            ("Щербаков Юрий", "SHCHERBAKOV<IURII"),
            ("O’Connor, Sinéad", "OCONNOR<SINEAD"),
            ("Łęski – Nowak", "LESKI<NOWAK"),
            ("鈴木", ""),
        ] {
            assert_eq!(transliterate(name), letters, "{name}");
        }
    }

    #[test]
    fn names_are_shown_as_people_write_them() {
        for (name, expected) in [
            ("ERIKSSON", "Eriksson"),
            ("ANNA MARIA", "Anna Maria"),
            ("VON DER LEYEN", "von der Leyen"),
            ("VAN", "Van"),
            ("DE", "De"),
            ("", ""),
        ] {
            assert_eq!(shown(name), expected);
        }
    }

    #[test]
    fn a_name_is_the_same_however_it_is_written() {
        let same = |surname: &str, given: &str, read: (&str, &str)| same_name(surname, given, &zone(read.0, read.1));
        for (surname, given, read, expected) in [
            ("Müller", "Jürgen", ("MUELLER", "JUERGEN"), true),
            ("Müller", "Jürgen", ("MULLER", "JURGEN"), true),
            ("Mueller", "Juergen", ("MUELLER", "JUERGEN"), true),
            ("Mueller", "Jürgen", ("MULLER", "JURGEN"), false),
            ("Möller", "Jürgen", ("MUELLER", "JUERGEN"), false),
            ("Müller-Lüdenscheidt", "Eva", ("MUELLER LUEDENSCHEIDT", "EVA"), true),
            ("Müller Lüdenscheidt", "Eva", ("MUELLERLUEDENSCHEIDT", "EVA"), true),
            ("O'Connor", "Sinéad", ("OCONNOR", "SINEAD"), true),
            ("O'Connor", "Sinéad", ("O CONNOR", "SINEAD"), true),
            ("Шевченко", "Тарас Григорович", ("SHEVCHENKO", "TARAS HRYHOROVYCH"), true),
            ("Eriksson", "Anna", ("ERIKSSON", "ANNA MARIA"), true),
            ("Eriksson", "Maria", ("ERIKSSON", "ANNA MARIA"), true),
            ("Eriksson", "Anna-Maria", ("ERIKSSON", "ANNAMARIA"), true),
            ("Eriksson", "Anna Maria Eva", ("ERIKSSON", "ANNA MARIA"), false),
            ("Eriksson", "Maria Anna", ("ERIKSSON", "ANNA MARIA"), false),
            ("Eriksson", "Ann", ("ERIKSSON", "ANNA MARIA"), false),
            ("Eriksson", "", ("ERIKSSON", "ANNA MARIA"), false),
            ("", "Anna", ("ERIKSSON", "ANNA MARIA"), false),
            ("Erikson", "Anna", ("ERIKSSON", "ANNA MARIA"), false),
            ("鈴木", "Anna", ("ERIKSSON", "ANNA MARIA"), false),
        ] {
            assert_eq!(same(surname, given, read), expected, "{surname}, {given}");
        }
    }

    #[test]
    fn a_name_that_was_cut_is_the_same_as_far_as_it_goes() {
        let long = "Bennelongwooloomooloowarrandyte";
        assert!(same_name(long, "Anna Maria", &zone(long, "Anna Maria")));
        assert!(!same_name(long, "Eva Maria", &zone(long, "Anna Maria")));
        assert!(!same_name("Bennelongwarrandyte", "Anna Maria", &zone(long, "Anna Maria")));
        let many = "Dingo Potoroo Warrandyte Adelaide Victoria";
        assert!(same_name("Papandropoulous", many, &zone("Papandropoulous", many)));
    }

    proptest! {
        #[test]
        fn every_name_is_the_one_that_its_zone_says(surname in "[\\p{Lu}][\\p{Latin}]{1,9}", given in "[\\p{Latin}]{2,6}( |-)[\\p{Latin}]{2,6}") {
            prop_assume!(transliterate(&surname).len() > 1 && transliterate(&given).len() > 3);
            prop_assume!(!transliterate(&given).starts_with('<') && !transliterate(&given).ends_with('<'));
            prop_assert!(same_name(&surname, &given, &zone(&surname, &given)));
        }

        #[test]
        fn letters_of_a_zone_stay(name in "[A-Z<]{0,40}") {
            prop_assert_eq!(transliterate(&name), name);
        }
    }
}
