//! What the fuzzer asks, of random bytes and of small changes of real zones: without a fuzzer, in every test run.

use lichtbild_mrz::{SIGNS, write};
use proptest::prelude::*;

#[path = "../fuzz/invariants.rs"]
mod invariants;

/// A zone of each format, in the order of `Format::ALL`, as the fuzzer's bytes.
fn zones() -> Vec<Vec<u8>> {
    let entry = |kind| write::Entry {
        kind,
        issuer: "D",
        surname: "Müller",
        given: "Eva",
        number: "D23145890",
        nationality: "D",
        birth: "740812",
        sex: 'F',
        expiry: "300101",
        optional: "",
        more: "",
    };
    let bytes = |(format, lines): (u8, Vec<String>)| {
        let signs = lines.concat().into_bytes();
        let place = |sign: u8| SIGNS.iter().position(|&other| other == sign).expect("a sign of zones") as u8;
        std::iter::once(format).chain(signs.into_iter().map(place)).collect()
    };
    let french = ["IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6"];
    let formats = [
        write::td1(&entry("ID")),
        write::td2(&entry("ID")),
        write::td3(&entry("P")),
        write::mrv_a(&entry("V")),
        write::mrv_b(&entry("V")),
        french.map(str::to_owned).to_vec(),
    ];
    (0..).zip(formats).map(bytes).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_break_parser_or_vote(data in prop::collection::vec(any::<u8>(), 0..140)) {
        invariants::parses(&data);
        invariants::votes(&data);
    }

    #[test]
    fn no_change_of_a_zone_breaks_parser_or_vote(zone in 0_usize..6, changes in prop::collection::vec((0_usize..90, any::<u8>()), 0..6)) {
        let mut data = zones()[zone].clone();
        for (at, byte) in changes {
            let at = at % data.len();
            data[at] = byte;
        }
        invariants::parses(&data);
        invariants::votes(&data);
    }
}
