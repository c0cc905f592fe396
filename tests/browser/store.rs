//! The store: encrypted at rest, whole after a reload, usable again after the browser closed the database, empty when told so.

use std::rc::Rc;

use js_sys::Uint8Array;
use lichtbild::{
    artifact::{Artifact, Sealed},
    session::Input,
    surface::HistoryEntry,
    upload::Entry,
    web::{
        crypto::{Cipher, DeviceKey, hex, sha256},
        db::{CHUNKS, Change, Db, META},
        lock::TabLock,
        still::Stills,
        store::Store,
    },
};
use lichtbild_protocol::case::ArtifactKind;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Ear, artifact, fresh_store, noise, pause};

fn listed(input: &Input) -> Option<Vec<Entry>> {
    match input {
        Input::SpoolListed(entries) => Some(entries.clone()),
        _ => None,
    }
}

#[wasm_bindgen_test]
async fn bytes_come_back_over_the_borders_of_their_pieces() {
    let ear = Ear::default();
    let (store, wanted, bytes) = (fresh_store(&ear), artifact("borders"), noise(10_000));
    store.open(wanted.clone()).await;
    store.put(&wanted.id, 0, &bytes[..4_000]).await;
    store.put(&wanted.id, 4_000, &bytes[4_000..]).await;
    assert_eq!(store.read(&wanted.id, 3_500..4_500).await.as_deref(), Some(&bytes[3_500..4_500]));
    assert_eq!(store.read(&wanted.id, 9_000..10_001).await, None, "what is not there is not made up");
    store.forget(&wanted.id, 4_000).await;
    assert_eq!(store.read(&wanted.id, 0..10).await, None);
    assert_eq!(store.read(&wanted.id, 4_000..10_000).await.as_deref(), Some(&bytes[4_000..]));
    store.remove(&wanted.id).await;
    assert_eq!(store.read(&wanted.id, 4_000..4_010).await, None);
}

#[wasm_bindgen_test]
async fn what_a_page_left_is_found_by_the_next_one_with_its_digest() {
    let ear = Ear::default();
    let (wanted, bytes) = (artifact("reload"), noise(5_000));
    let before = fresh_store(&ear);
    before.open(wanted.clone()).await;
    before.put(&wanted.id, 0, &bytes[..3_000]).await;
    before.put(&wanted.id, 3_000, &bytes[3_000..]).await;
    before.remember(&wanted.id, "https://ident.example/v1/uploads/1".into()).await;
    drop(before);

    let after = fresh_store(&ear);
    after.list(&wanted.case).await;
    let entries = ear.hear("the list", listed).await;
    let [entry] = &entries[..] else { panic!("one recording, not {entries:?}") };
    assert_eq!((entry.kept_from, entry.spooled), (0, 5_000));
    assert_eq!(entry.location.as_deref(), Some("https://ident.example/v1/uploads/1"));
    let sealed = ear
        .hear("its digest", |input| match input {
            Input::SpoolSealed { sealed, .. } => Some(sealed.clone()),
            _ => None,
        })
        .await;
    assert_eq!(sealed, Sealed { length: 5_000, sha256: hex(&sha256(&bytes)) });
    assert_eq!(after.read(&wanted.id, 0..5_000).await, Some(bytes));
    after.list("another case").await;
    assert_eq!(ear.hear("the other list", listed).await, []);
    after.remove(&wanted.id).await;
}

#[wasm_bindgen_test]
async fn a_still_that_a_page_left_whole_is_shown_by_the_next_one() {
    let ear = Ear::default();
    let still = |name: &str| Artifact { kind: ArtifactKind::Still, case: "case-still".into(), ..artifact(name) };
    let before = fresh_store(&ear);
    for (wanted, sent) in [(still("whole"), 0), (still("on-its-way"), 1_000)] {
        before.open(wanted.clone()).await;
        before.put(&wanted.id, 0, &noise(1_000)).await;
        before.put(&wanted.id, 1_000, &noise(500)).await;
        before.seal(&wanted.id, Sealed { length: 1_500, sha256: String::new() }).await;
        before.forget(&wanted.id, sent).await;
    }
    let after = fresh_store(&ear);
    let whole = after.list("case-still").await;
    assert_eq!(whole, [("artifact-whole".to_owned(), 1_500)]);
    let bytes = after.read("artifact-whole", 0..1_500).await.expect("it is whole");
    let stills = Stills::default();
    stills.bring_back("artifact-whole".into(), &bytes, &ear.feed());
    let picture = ear
        .hear("the still", |input| match input {
            Input::StillKept { artifact, picture } if artifact == "artifact-whole" => Some(picture.clone()),
            _ => None,
        })
        .await;
    assert!(picture.starts_with("blob:"));
    stills.release(&picture);
    for id in ["artifact-whole", "artifact-on-its-way"] {
        after.remove(id).await;
    }
}

#[wasm_bindgen_test]
async fn what_lies_in_the_database_is_not_what_was_recorded() {
    let ear = Ear::default();
    let db = Rc::new(Db::default());
    let store = Rc::new(Store::new(db.clone(), ear.feed()));
    let (wanted, bytes) = (artifact("at-rest"), noise(2_000));
    store.open(wanted.clone()).await;
    store.put(&wanted.id, 0, &bytes).await;
    let rows = db.all(CHUNKS).await.expect("a database");
    assert!(!rows.is_empty());
    for row in rows {
        let at_rest = Uint8Array::new(&row).to_vec();
        assert!(!at_rest.windows(16).any(|window| window == &bytes[100..116]), "plain bytes lie in the database");
    }
    store.remove(&wanted.id).await;
}

#[wasm_bindgen_test]
async fn a_database_that_the_browser_closed_is_opened_again() {
    let db = Db::default();
    db.change(&[Change::Put(META, "probe".into(), &1.into())]).await.expect("a database");
    // Deleting asks every connection to close, as the system does with tabs in the background.
    let indexed_db =
        js_sys::Reflect::get(&web_sys::window().expect("a window"), &"indexedDB".into()).expect("it has one");
    let delete = js_sys::Reflect::get(&indexed_db, &"deleteDatabase".into()).expect("a method");
    let delete: js_sys::Function = delete.unchecked_into();
    let request = delete.call1(&indexed_db, &"lichtbild".into()).expect("a request");
    let gone = js_sys::Promise::new(&mut |resolve, _| {
        js_sys::Reflect::set(&request, &"onsuccess".into(), &resolve).expect("a plain property");
    });
    JsFuture::from(gone).await.expect("deleted");
    db.change(&[Change::Put(META, "probe".into(), &2.into())]).await.expect("opened again");
    assert_eq!(db.get(META, "probe").await.expect("a row"), JsValue::from(2));
}

#[wasm_bindgen_test]
async fn a_sealed_piece_opens_only_in_its_own_place() {
    let cipher = Cipher::generate().await.expect("a key");
    let sealed = cipher.seal("a/0/5", b"hello").await.expect("sealed");
    assert_eq!(cipher.open("a/0/5", &sealed).await.expect("opened"), b"hello");
    assert!(cipher.open("a/5/5", &sealed).await.is_err());
    let other = Cipher::generate().await.expect("a key");
    assert!(other.open("a/0/5", &sealed).await.is_err());
}

#[wasm_bindgen_test]
async fn the_device_key_survives_in_the_database_and_cannot_be_exported() {
    let db = Db::default();
    let key = DeviceKey::generate().await.expect("a key");
    let kept = db.get_or_put(META, "test-key", key.keep()).await.expect("kept");
    let again = DeviceKey::of(kept.clone()).await.expect("the same key");
    assert_eq!(again.jwk, key.jwk);
    assert_eq!(again.sign(b"message").await.expect("signed").len(), 64);
    let private = js_sys::Reflect::get(&kept, &"privateKey".into()).expect("a pair");
    let private: web_sys::CryptoKey = private.unchecked_into();
    assert!(!private.extractable());
    db.change(&[Change::Delete(META, "test-key".into())]).await.expect("removed");
}

#[wasm_bindgen_test]
async fn the_history_holds_each_case_once_newest_first() {
    let ear = Ear::default();
    let store = fresh_store(&ear);
    let entry = |case: &str| HistoryEntry {
        case: case.into(),
        kennung: case.chars().take(7).collect(),
        partner: "Musterversicherung".into(),
        at: "2026-11-24T09:30:00Z".into(),
        outcome: None,
    };
    for case in ["history-1", "history-2", "history-1"] {
        store.record(entry(case)).await;
    }
    let cases: Vec<_> = store.history().await.into_iter().map(|entry| entry.case).collect();
    let ours: Vec<_> = cases.iter().filter(|case| case.starts_with("history-")).collect();
    assert_eq!(ours, ["history-1", "history-2"]);
}

#[wasm_bindgen_test]
async fn a_case_is_open_in_one_tab_at_a_time() {
    let elsewhere = |input: &Input| match input {
        Input::Elsewhere(elsewhere) => Some(*elsewhere),
        _ => None,
    };
    let (first, second) = (Ear::default(), Ear::default());
    let held = TabLock::take("lock", &first.feed());
    assert!(!first.hear("the lock", elsewhere).await);
    let _waiting = TabLock::take("lock", &second.feed());
    assert!(second.hear("that it is taken", elsewhere).await);
    pause(200).await;
    drop(held);
    assert!(!second.hear("that it is free", elsewhere).await);
}

#[wasm_bindgen_test]
async fn a_database_that_hangs_delays_one_piece_and_its_bytes_wait_in_memory() {
    let ear = Ear::default();
    let store = fresh_store(&ear);
    let (wanted, bytes) = (artifact("hanging"), noise(4_000));
    let factory = get(&js_sys::global(), "IDBFactory");
    let prototype = get(&factory, "prototype");
    let open = get(&prototype, "open");
    let never = js_sys::Function::new_no_args("return new EventTarget()");
    js_sys::Reflect::set(&prototype, &"open".into(), &never).expect("a method can be replaced");
    let begun = js_sys::Date::now();
    store.open(wanted.clone()).await;
    for offset in 0..4_u32 {
        let at = offset as usize * 1_000;
        store.put(&wanted.id, u64::from(offset) * 1_000, &bytes[at..at + 1_000]).await;
    }
    let took = js_sys::Date::now() - begun;
    js_sys::Reflect::set(&prototype, &"open".into(), &open).expect("it was there before");
    // The first waits its second and a half for the database, and then none does.
    assert!(took < 2_500.0, "four pieces took {took} ms");
    assert_eq!(store.read(&wanted.id, 500..4_000).await.as_deref(), Some(&bytes[500..]));
    store.remove(&wanted.id).await;
}

#[wasm_bindgen_test]
async fn the_key_of_an_ended_case_is_removed_and_not_made_again() {
    let ear = Ear::default();
    let db = Rc::new(Db::default());
    let store = Rc::new(Store::new(db.clone(), ear.feed()));
    let (wanted, late) = (artifact("ended"), Artifact { id: "late".into(), ..artifact("ended") });
    store.open(wanted.clone()).await;
    store.put(&wanted.id, 0, &noise(100)).await;
    let key = format!("cipher/{}", wanted.case);
    assert!(!db.get(META, &key).await.expect("a database").is_undefined());
    store.remove(&wanted.id).await;
    store.close(&wanted.case).await;
    store.open(late.clone()).await;
    store.put(&late.id, 0, &noise(100)).await;
    assert!(db.get(META, &key).await.expect("a database").is_undefined());
    store.remove(&late.id).await;
}

fn get(object: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(object, &name.into()).expect("an object")
}
