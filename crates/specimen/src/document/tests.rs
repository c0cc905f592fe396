use lichtbild_vision::document::DocumentClass;

use super::{Document, Says, draw, draw_saying, draw_sight};

fn drawn(class: DocumentClass, seed: u64, scale: f32) -> Document {
    draw(class, &mut crate::rng(seed), scale)
}

#[test]
fn the_same_chance_draws_the_same_pixels() {
    for class in DocumentClass::ALL {
        let (one, other) = (drawn(class, 7, 3.0), drawn(class, 7, 3.0));
        assert_eq!(one.print, other.print, "{class:?}");
        assert_eq!(one.mrz, other.mrz);
    }
}

#[test]
fn sights_are_of_many_kinds_and_never_empty() {
    let sight = |seed| draw_sight(&mut crate::rng(seed), 64);
    assert_eq!(sight(3), sight(3));
    let mut means = Vec::new();
    for seed in 0..120 {
        let picture = sight(seed);
        assert_eq!(picture.dimensions(), (64, 64));
        let greys: Vec<f32> = picture.pixels().map(|pixel| f32::from(pixel.0[1])).collect();
        let mean = greys.iter().sum::<f32>() / greys.len() as f32;
        let spread = greys.iter().map(|grey| (grey - mean).powi(2)).sum::<f32>() / greys.len() as f32;
        assert!(spread > 4.0, "sight {seed} is all of one colour");
        means.push(mean);
    }
    means.sort_by(f32::total_cmp);
    assert!(means[10] < 80.0 && means[110] > 140.0, "dark and light: {} to {}", means[10], means[110]);
}

#[test]
fn scale_changes_pixels_and_nothing_else() {
    for class in DocumentClass::ALL {
        let (small, large) = (drawn(class, 11, 2.0), drawn(class, 11, 12.0));
        assert!(small.size_mm.iter().eq(&large.size_mm), "{class:?}");
        assert_eq!(small.mrz, large.mrz);
        assert_eq!(small.portrait, large.portrait);
        assert_eq!(small.foil, large.foil);
    }
}

#[test]
fn every_class_draws_at_every_scale_and_says_the_truth() {
    for class in DocumentClass::ALL {
        for seed in 0..200_u8 {
            // Mostly small ones, which are quick.
            let scale = if seed % 20 == 0 { 2.0 + f32::from(seed / 20) * 10.0 / 9.0 } else { 2.0 };
            let document = drawn(class, u64::from(seed), scale);
            assert_eq!(document.class, class);
            zones_lie_inside(&document);
            it_has_what_its_class_must_have(&document);
            zone_is_valid(&document.mrz);
        }
    }
}

fn zones_lie_inside(document: &Document) {
    let zones = document.mrz_zone.iter().chain(&document.portrait).chain(&document.foil);
    for [left, top, width, height] in zones.copied() {
        let inside = left >= 0.0 && top >= 0.0 && left + width <= 1.001 && top + height <= 1.001;
        assert!(inside && width > 0.0 && height > 0.0, "{:?}: {left} {top} {width} {height}", document.class);
    }
    let [width, height] = document.size_mm;
    let shape = document.print.width() as f32 / document.print.height() as f32;
    assert!((shape / (width / height) - 1.0).abs() < 0.05);
    assert!((0.0..=1.0).contains(&document.gloss));
    if let Some(spread) = &document.spread {
        assert_eq!(spread.width(), document.print.width());
    }
}

fn it_has_what_its_class_must_have(document: &Document) {
    let lines: Vec<usize> = document.mrz.iter().map(String::len).collect();
    assert_eq!(document.mrz_zone.is_some(), !lines.is_empty());
    match document.class {
        DocumentClass::IdFront => assert!(document.portrait.is_some() && (lines.is_empty() || lines == [36, 36])),
        DocumentClass::PassportPage => assert!(document.portrait.is_some() && lines == [44, 44]),
        DocumentClass::IdBack => assert!(lines.is_empty() || lines == [30, 30, 30]),
        DocumentClass::None | DocumentClass::OtherCard | DocumentClass::Paper => assert!(lines.is_empty()),
    }
}

fn zone_is_valid(lines: &[String]) {
    if !lines.is_empty() {
        let zone = lichtbild_mrz::parse(&lines.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(zone.is_ok_and(|zone| zone.valid()), "{lines:?}");
    }
}

#[test]
fn what_is_said_stands_in_the_zone_and_nothing_else_changes() {
    let says = Says {
        zone: Some(true),
        person: Some(3),
        issuer: Some("D".into()),
        code: Some("ID".into()),
        expires: Some(2035),
    };
    let told = |class, says: &Says, seed| {
        let lines = draw_saying(class, says, &mut crate::rng(seed), 2.0).mrz;
        lichtbild_mrz::parse(&lines.iter().map(String::as_str).collect::<Vec<_>>()).expect("a zone")
    };
    for seed in 0..20 {
        let back = told(DocumentClass::IdBack, &says, seed);
        assert!(back.valid() && (back.issuing_state(), back.nationality(), back.document_code()) == ("D", "D", "ID"));
        assert_eq!(back.expiry_date().and_then(|date| date.year), Some(35));
        let front = told(DocumentClass::IdFront, &says, seed + 100);
        assert_eq!((front.surname(), front.birth_date()), (back.surname(), back.birth_date()), "the same person");
        let other = told(DocumentClass::IdBack, &Says { person: Some(4), ..says.clone() }, seed);
        assert_ne!(other.surname(), back.surname());
        let without =
            draw_saying(DocumentClass::IdBack, &Says { zone: Some(false), ..says.clone() }, &mut crate::rng(seed), 2.0);
        assert!(without.mrz.is_empty());
    }
    let [plain, same] = [Says::default(), Says { expires: Some(2035), ..Says::default() }]
        .map(|says| draw_saying(DocumentClass::PassportPage, &says, &mut crate::rng(5), 2.0));
    assert_eq!((plain.portrait, plain.foil), (same.portrait, same.foil));
}

#[test]
fn zones_are_dark_on_light() {
    for class in [DocumentClass::IdFront, DocumentClass::IdBack, DocumentClass::PassportPage] {
        for seed in 0..25 {
            let document = drawn(class, seed, 5.0);
            let Some([left, top, width, height]) = document.mrz_zone else { continue };
            let (w, h) = document.print.dimensions();
            let zone = image::imageops::crop_imm(
                &document.print,
                (left * w as f32) as u32,
                (top * h as f32) as u32,
                (width * w as f32) as u32,
                (height * h as f32) as u32,
            );
            let mut greys: Vec<u8> = zone.to_image().pixels().map(|pixel| pixel.0[1]).collect();
            greys.sort_unstable();
            let (dark, light) = (greys[greys.len() / 25], greys[greys.len() / 2]);
            assert!(light > 140 && i32::from(light) - i32::from(dark) > 70, "{class:?} {seed}: {dark} on {light}");
        }
    }
}
