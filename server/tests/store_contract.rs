//! What every store has to do, run against each there is.

use lichtbild_protocol::{Sensitive, case::Mode, flow::FlowId, partner::CreateCase};
use lichtbild_server::{
    review::{Case, Effects, case::Maker},
    store::{Commit, Handoff, Hook, Op, Partner, Sqlite, Store, Token},
};

const NOW: i64 = 1_764_000_000_000;

async fn contract(store: &dyn Store) {
    let partner = Partner { id: "par_1".into(), name: "Muster".into(), origins: vec!["https://a.example".into()] };
    store.add_partner(&partner, &[("hash".into(), Mode::Live)], NOW).await.expect("added");
    let maker = store.partner_of_key("hash").await.expect("a store").expect("the key is known");
    assert_eq!(maker, Maker { partner: "par_1".into(), name: "Muster".into(), mode: Mode::Live });
    assert_eq!(store.partner_of_key("other").await.expect("a store"), None);
    assert_eq!(store.origins().await.expect("a store"), ["https://a.example"]);
    let hook =
        Hook { url: "https://a.example/hook".into(), secret: Sensitive::new("whsec_AAAA".into()), enabled: true };
    store.set_hook("par_1", Some(&hook)).await.expect("set");

    let case = create(store, &maker, "82d82c7e-0000-4000-8000-000000000000", Some("first")).await;
    changes_are_made_once(store, &case).await;
    a_handoff_is_claimed_once(store, &case).await;
    erasure_leaves_nothing(store, &case).await;
}

async fn create(store: &dyn Store, maker: &Maker, id: &str, key: Option<&str>) -> Case {
    let wish = CreateCase {
        flow: FlowId::RoboIdent,
        reference: None,
        lang: None,
        accepted_documents: None,
        return_url: None,
        sandbox: None,
    };
    let (case, effects) = Case::create(id.into(), maker, wish, NOW, NOW + 1000, [0, 1]).expect("a plain wish");
    let commit = Commit { case: &case, effects: &effects, ops: &[] };
    let earlier = store.create_case(commit.clone(), key.map(|key| (key, "request"))).await.expect("a store");
    assert_eq!(earlier, None);
    let earlier = store.create_case(commit, key.map(|key| (key, "request"))).await.expect("a store");
    assert_eq!(earlier, Some((case.id.clone(), "request".into())), "the same key again");
    assert_eq!(store.case(id).await.expect("a store"), Some(case.clone()));
    case
}

async fn changes_are_made_once(store: &dyn Store, case: &Case) {
    let mut changed = case.clone();
    changed.revision += 1;
    let mut effects = Effects::default();
    effects.note(NOW, "step.finished", Some("device"), None);
    effects.events.push(changed.event("case.started", NOW));
    let commit = Commit { case: &changed, effects: &effects, ops: &[] };
    assert!(store.commit(commit.clone()).await.expect("a store"));
    assert!(!store.commit(commit).await.expect("a store"), "somebody was quicker");
    assert_eq!(store.timeline(&case.id).await.expect("a store").len(), 2);
    let due = store.due(NOW + 1, 10).await.expect("a store");
    assert_eq!((due.len(), due[0].attempts, due[0].hook.enabled), (1, 0, true));
}

async fn a_handoff_is_claimed_once(store: &dyn Store, case: &Case) {
    let mut case = store.case(&case.id).await.expect("a store").expect("the case");
    let mut commit = async |ops: &[Op]| {
        case.revision += 1;
        let done = store.commit(Commit { case: &case, effects: &Effects::default(), ops }).await.expect("a store");
        case.revision -= u64::from(!done);
        done
    };
    let role = lichtbild_protocol::capture::Role::Capture;
    let token = Token {
        hash: "token".into(),
        case: "82d82c7e-0000-4000-8000-000000000000".into(),
        role,
        key: None,
        expires_at: NOW,
    };
    let offer = Handoff { hash: "offer".into(), case: token.case.clone(), expires_at: NOW + 60, claimed_by: None };
    assert!(commit(&[Op::AddToken(token.clone()), Op::OfferHandoff(offer)]).await);
    assert!(!commit(&[Op::ClaimHandoff("offer".into(), "late".into(), NOW + 61)]).await, "it has ended");
    assert!(commit(&[Op::ClaimHandoff("offer".into(), "phone".into(), NOW), Op::ObserveAllBut("phone".into())]).await);
    assert!(!commit(&[Op::ClaimHandoff("offer".into(), "thief".into(), NOW)]).await, "it is taken");
    assert!(commit(&[Op::ClaimHandoff("offer".into(), "phone".into(), NOW)]).await, "the same key again");
    let observer = store.token("token").await.expect("a store").expect("the token");
    assert_eq!(observer.role, lichtbild_protocol::capture::Role::Observe);
}

async fn erasure_leaves_nothing(store: &dyn Store, case: &Case) {
    store.erase(case, NOW).await.expect("erased");
    assert_eq!(store.case(&case.id).await.expect("a store"), None);
    assert_eq!(store.token("token").await.expect("a store"), None);
    assert!(store.timeline(&case.id).await.expect("a store").is_empty());
    assert!(store.due(NOW + 1, 10).await.expect("a store").is_empty());
    assert_eq!(store.unfinished_erasures().await.expect("a store"), std::slice::from_ref(&case.id));
    assert!(store.finish_erasure(&case.id).await.expect("a store"));
    assert!(store.unfinished_erasures().await.expect("a store").is_empty());
}

#[tokio::test]
async fn sqlite_keeps_the_contract() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Sqlite::open(&folder.path().join("test.db")).await.expect("a store");
    contract(&store).await;
    store.close().await;
}
