//! What every store has to do, run against each there is.

use lichtbild_protocol::{
    Sensitive,
    case::{ArtifactKind, CaseState, Mode},
    flow::FlowId,
    partner::CreateCase,
    review::AuditAction,
};
use lichtbild_server::{
    review::{Case, Effects, case::Maker, retention::Retention},
    store::{Commit, Handoff, Hook, Op, Partner, Sqlite, Store, Token, Upload, Used},
};

const NOW: i64 = 1_764_000_000_000;

async fn contract(store: &dyn Store) {
    let partner = Partner { id: "par_1".into(), name: "Muster".into(), origins: vec!["https://a.example".into()] };
    store.add_partner(&partner, &[("hash".into(), Mode::Live)], NOW).await.expect("added");
    let maker = store.partner_of_key("hash").await.expect("a store").expect("the key is known");
    assert_eq!(
        maker,
        Maker { partner: "par_1".into(), name: "Muster".into(), mode: Mode::Live, key: "hash".into(), clerk: None }
    );
    assert_eq!(store.partner_of_key("other").await.expect("a store"), None);
    assert_eq!(store.origins().await.expect("a store"), ["https://a.example"]);
    let hook =
        Hook { url: "https://a.example/hook".into(), secret: Sensitive::new("whsec_AAAA".into()), enabled: true };
    store.set_hook("par_1", Mode::Live, Some(&hook)).await.expect("set");
    let sandbox = store.hook("par_1", Mode::Sandbox).await.expect("a store");
    assert_eq!((store.hook("par_1", Mode::Live).await.expect("a store"), sandbox), (Some(hook), None));
    keys_are_revoked_one_by_one(store).await;

    let case = create(store, &maker, "82d82c7e-0000-4000-8000-000000000000", Some("first")).await;
    changes_are_made_once(store, &case).await;
    a_handoff_is_claimed_once(store, &case).await;
    one_receiver_gets_few_at_a_time(store, &case).await;
    only_an_open_case_takes_recordings(store, &case).await;
    erasure_leaves_nothing(store, &case).await;
}

async fn create(store: &dyn Store, maker: &Maker, id: &str, key: Option<&str>) -> Case {
    let wish = CreateCase {
        flow: FlowId::RoboIdent,
        reference: None,
        lang: None,
        accepted_documents: None,
        accepted_passports: None,
        channel: None,
        expected: None,
        return_url: None,
        sandbox: None,
    };
    let (case, effects) =
        Case::create(id.into(), maker, wish, NOW, NOW + 1000, [0, 1], Retention::UntilErased).expect("a plain wish");
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
    let due = store.due(NOW + 1, 10, 2).await.expect("a store");
    assert_eq!((due.len(), due[0].attempts, due[0].hook.enabled), (1, 0, true));
}

async fn keys_are_revoked_one_by_one(store: &dyn Store) {
    let hash = "0123456789abcdef";
    assert!(store.add_key("par_1", hash, Mode::Sandbox, Some("Anna"), NOW + 1).await.expect("a store"));
    assert!(!store.add_key("nobody", "more", Mode::Live, None, NOW).await.expect("a store"));
    let maker = store.partner_of_key(hash).await.expect("a store").expect("the key is known");
    assert_eq!((maker.mode, maker.clerk.as_deref()), (Mode::Sandbox, Some("Anna")));
    assert!(!store.revoke_key("nobody", "0123456789ab", NOW + 2).await.expect("a store"), "another partner's");
    assert!(store.revoke_key("par_1", "0123456789ab", NOW + 2).await.expect("a store"));
    assert!(!store.revoke_key("par_1", "0123456789ab", NOW + 3).await.expect("a store"), "it was before");
    assert_eq!(store.partner_of_key(hash).await.expect("a store"), None);
    assert!(store.partner_of_key("hash").await.expect("a store").is_some());
    assert!(store.add_origin("par_1", "https://b.example").await.expect("a store"));
    assert!(store.add_origin("par_1", "https://b.example").await.expect("a store"), "once is enough");
    assert!(!store.add_origin("nobody", "https://b.example").await.expect("a store"));
    let partners = store.partners().await.expect("a store");
    let [(partner, keys)] = partners.as_slice() else { panic!("{partners:?}") };
    assert_eq!(partner.origins, ["https://a.example", "https://b.example"]);
    let seen: Vec<_> = keys.iter().map(|key| (key.id.as_str(), key.mode, key.revoked_at)).collect();
    assert_eq!(seen, [("hash", Mode::Live, None), ("0123456789ab", Mode::Sandbox, Some(NOW + 2))]);
}

async fn one_receiver_gets_few_at_a_time(store: &dyn Store, case: &Case) {
    let mut case = store.case(&case.id).await.expect("a store").expect("the case");
    for _ in 0..4 {
        case.revision += 1;
        let effects = Effects { events: vec![case.event("case.repeat", NOW)], ..Effects::default() };
        assert!(store.commit(Commit { case: &case, effects: &effects, ops: &[] }).await.expect("a store"));
    }
    assert_eq!(store.due(NOW + 1, 10, 2).await.expect("a store").len(), 2);
    assert_eq!(store.due(NOW + 1, 10, 9).await.expect("a store").len(), 5);
    assert_eq!(store.next_due(NOW + 1).await.expect("a store"), None, "the others are due already");
}

async fn only_an_open_case_takes_recordings(store: &dyn Store, case: &Case) {
    let mut case = store.case(&case.id).await.expect("a store").expect("the case");
    let upload = |case: &str| Upload {
        artifact: "11111111-1111-4111-8111-111111111111".into(),
        case: case.into(),
        step: "front-video".into(),
        kind: ArtifactKind::Video,
        media_type: "video/webm".into(),
        attempt: 1,
        offset: 0,
        length: None,
        epoch: 1,
        gone: false,
        sha256: None,
        created_at: NOW,
    };
    let other = upload("22222222-2222-4222-8222-222222222222");
    assert_eq!(store.create_upload(&other).await.expect("a store"), None, "there is no such case");
    let made = store.create_upload(&upload(&case.id)).await.expect("a store").expect("it is open");
    assert_eq!(made, upload(&case.id));
    assert_eq!(store.used(&case.id).await.expect("a store"), Used { uploads: 1, bytes: 0 });
    store.terminate(&made.artifact).await.expect("a store");
    assert_eq!(store.used(&case.id).await.expect("a store").uploads, 1, "what was removed counts");
    (case.state, case.revision) = (CaseState::Cancelled, case.revision + 1);
    assert!(store.commit(Commit { case: &case, effects: &Effects::default(), ops: &[] }).await.expect("a store"));
    assert_eq!(store.create_upload(&upload(&case.id)).await.expect("a store"), None, "it has ended");
    store.forget_recordings(&case.id).await.expect("a store");
    assert_eq!(store.unpurged().await.expect("a store"), std::slice::from_ref(&case.id), "its objects may be there");
    store.purged(&case.id, NOW).await.expect("a store");
    assert!(store.unpurged().await.expect("a store").is_empty());
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
    let offer = Handoff {
        hash: "offer".into(),
        case: token.case.clone(),
        expires_at: NOW + 60,
        claimed_by: None,
        number: "47".into(),
        wrong: 0,
    };
    assert!(commit(&[Op::AddToken(token.clone()), Op::OfferHandoff(offer)]).await);
    assert!(!commit(&[Op::ClaimHandoff("offer".into(), "late".into(), NOW + 61)]).await, "it has ended");
    assert!(commit(&[Op::ClaimHandoff("offer".into(), "phone".into(), NOW), Op::ObserveAllBut("phone".into())]).await);
    assert!(!commit(&[Op::ClaimHandoff("offer".into(), "thief".into(), NOW)]).await, "it is taken");
    assert!(commit(&[Op::ClaimHandoff("offer".into(), "phone".into(), NOW)]).await, "the same key again");
    let observer = store.token("token").await.expect("a store").expect("the token");
    assert_eq!(observer.role, lichtbild_protocol::capture::Role::Observe);
}

async fn erasure_leaves_nothing(store: &dyn Store, case: &Case) {
    store.erase(case, Effects::default().record(NOW, AuditAction::Erased), NOW).await.expect("erased");
    assert_eq!(store.case(&case.id).await.expect("a store"), None);
    assert_eq!(store.token("token").await.expect("a store"), None);
    assert!(store.timeline(&case.id).await.expect("a store").is_empty());
    assert!(store.due(NOW + 1, 10, 2).await.expect("a store").is_empty());
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
