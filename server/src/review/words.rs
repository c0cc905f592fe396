//! The words a person speaks in the selfie video: easy, two or three syllables, nothing that sounds like another one here.

/// How many words there are in each language.
pub const COUNT: u16 = 150;

/// The words at two places of a language's list; English unless it is German.
pub fn pick(lang: &str, places: [u16; 2]) -> Vec<String> {
    let list = if lang == "de" { &GERMAN } else { &ENGLISH };
    places.map(|place| list[usize::from(place % COUNT)].to_owned()).to_vec()
}

/// Two different places, from random bits.
pub fn places(random: u64) -> [u16; 2] {
    let count = u64::from(COUNT);
    let first = random % count;
    let second = (first + 1 + (random >> 32) % (count - 1)) % count;
    [first as u16, second as u16]
}

#[rustfmt::skip]
const GERMAN: [&str; COUNT as usize] = [
    "Apfel", "Banane", "Birne", "Kirsche", "Tomate", "Gurke", "Karotte", "Zwiebel", "Kartoffel", "Spinat", "Butter",
    "Zucker", "Honig", "Pfeffer", "Nudel", "Suppe", "Kuchen", "Torte", "Pizza", "Salat", "Wasser", "Kaffee",
    "Limonade", "Orange", "Melone", "Ananas", "Zitrone", "Pflaume", "Himbeere", "Brombeere", "Garten", "Wiese",
    "Blume", "Tulpe", "Rose", "Nelke", "Lilie", "Efeu", "Kaktus", "Palme", "Tanne", "Eiche", "Buche", "Ahorn",
    "Birke", "Hase", "Igel", "Katze", "Adler", "Eule", "Amsel", "Taube", "Schwalbe", "Ente", "Ziege", "Esel", "Kamel",
    "Tiger", "Löwe", "Panda", "Zebra", "Giraffe", "Delfin", "Forelle", "Hering", "Biene", "Hummel", "Ameise", "Käfer",
    "Spinne", "Falter", "Schnecke", "Muschel", "Koralle", "Robbe", "Sommer", "Winter", "Frühling", "Montag",
    "Dienstag", "Freitag", "Samstag", "Sonntag", "Morgen", "Abend", "Sonne", "Wolke", "Regen", "Nebel", "Donner",
    "Gewitter", "Himmel", "Insel", "Ufer", "Felsen", "Hügel", "Gipfel", "Brücke", "Straße", "Laterne", "Ampel",
    "Bahnhof", "Hafen", "Fähre", "Segel", "Anker", "Kompass", "Koffer", "Rucksack", "Fahrrad", "Roller", "Traktor",
    "Bagger", "Rakete", "Flugzeug", "Balkon", "Fenster", "Treppe", "Keller", "Küche", "Teller", "Tasse", "Gabel",
    "Löffel", "Messer", "Flasche", "Lampe", "Kerze", "Spiegel", "Teppich", "Kissen", "Decke", "Sessel", "Regal",
    "Schublade", "Besen", "Hammer", "Pinsel", "Farbe", "Bleistift", "Papier", "Kalender", "Wecker", "Gitarre",
    "Trompete", "Trommel", "Flöte", "Geige", "Orgel", "Klavier",
];

#[rustfmt::skip]
const ENGLISH: [&str; COUNT as usize] = [
    "Apple", "Banana", "Cherry", "Tomato", "Carrot", "Onion", "Potato", "Spinach", "Butter", "Sugar", "Honey",
    "Pepper", "Noodle", "Pancake", "Muffin", "Pizza", "Salad", "Water", "Coffee", "Lemon", "Orange", "Melon", "Mango",
    "Papaya", "Raisin", "Walnut", "Garden", "Meadow", "Flower", "Tulip", "Daisy", "Lily", "Ivy", "Cactus", "Bamboo",
    "Maple", "Willow", "Aspen", "Rabbit", "Kitten", "Eagle", "Robin", "Pigeon", "Swallow", "Turkey", "Donkey",
    "Camel", "Tiger", "Lion", "Panda", "Zebra", "Giraffe", "Dolphin", "Salmon", "Herring", "Beetle", "Spider",
    "Lobster", "Penguin", "Walrus", "Otter", "Badger", "Beaver", "Hamster", "Summer", "Winter", "Autumn", "Monday",
    "Tuesday", "Friday", "Sunday", "Morning", "Evening", "Sunset", "Rainbow", "Thunder", "Snowflake", "Island",
    "Ocean", "River", "Mountain", "Valley", "Canyon", "Desert", "Forest", "Harbour", "Ferry", "Anchor", "Compass",
    "Suitcase", "Backpack", "Bicycle", "Scooter", "Tractor", "Rocket", "Airplane", "Balloon", "Window", "Ladder",
    "Kitchen", "Table", "Pillow", "Blanket", "Mirror", "Carpet", "Candle", "Curtain", "Cupboard", "Bottle", "Saucer",
    "Basket", "Bucket", "Hammer", "Pencil", "Paper", "Painter", "Calendar", "Guitar", "Trumpet", "Violin", "Piano",
    "Organ", "Tango", "Ballet", "Doctor", "Baker", "Gardener", "Farmer", "Pilot", "Sailor", "Teacher", "Singer",
    "Dancer", "Writer", "Market", "Library", "Museum", "Castle", "Tower", "Village", "City", "Station", "Tunnel",
    "Lantern", "Velvet", "Cotton", "Silver", "Copper", "Marble", "Crystal",
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn two_words_are_never_the_same() {
        for random in [0, 1, 149, 150, u64::MAX, u64::MAX << 32, 0x1234_5678_9abc_def0] {
            let [first, second] = places(random);
            assert!(first != second && first < COUNT && second < COUNT, "{random:x}");
        }
    }

    #[test]
    fn no_word_stands_twice() {
        for list in [GERMAN, ENGLISH] {
            assert_eq!(list.iter().collect::<HashSet<_>>().len(), list.len());
        }
    }
}
