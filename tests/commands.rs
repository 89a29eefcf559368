//! The commands of the real binary around a store: first start, keys, a second process, invitations, backup and restore.

#[path = "support/binary.rs"]
#[expect(dead_code, reason = "shared with crash.rs, which uses the rest")]
mod binary;
#[path = "support/fake_telegram.rs"]
#[expect(dead_code, reason = "shared with telegram.rs, which uses the rest")]
mod fake_telegram;

use binary::{Place, Serving, words};
use cairn::model::ids::ChatId;
use cairn::model::patient::Patient;
use fake_telegram::{FakeTelegram, TOKEN};

/// Starts serving and waits until Telegram has heard of it.
async fn serve(place: &Place, fake: &FakeTelegram) -> Serving {
    let polls = fake.with(|world| world.polls);
    let serving = place.serve(fake.address(), TOKEN);
    fake.wait_for("it polls", |world| (world.polls > polls).then_some(())).await;
    serving
}

async fn stop(serving: Serving) {
    let status = serving.stop("TERM").await;
    assert!(status.success(), "{status}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_start_says_that_it_makes_a_store_and_a_key_and_the_next_does_not() {
    let (fake, place) = (FakeTelegram::start().await, Place::new(true));
    stop(serve(&place, &fake).await).await;
    let first = place.log();
    assert!(first.contains("made a new, empty store") && first.contains("made a new master key"), "{first}");
    stop(serve(&place, &fake).await).await;
    assert!(!place.log()[first.len()..].contains("made a new"), "{}", place.log());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_its_key_a_store_is_refused_and_no_other_key_is_made() {
    let (fake, place) = (FakeTelegram::start().await, Place::new(true));
    stop(serve(&place, &fake).await).await;
    std::fs::rename(place.path("cairn.key"), place.path("moved.key")).unwrap();
    let output = place.serve_command(fake.address(), TOKEN).output().unwrap();
    let (_, told) = words(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("is missing") && told.contains("put the key file back"), "{told}");
    assert!(!place.path("cairn.key").exists());
    std::fs::rename(place.path("moved.key"), place.path("cairn.key")).unwrap();
    stop(serve(&place, &fake).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_process_on_one_store_ends_with_a_sentence_and_the_first_goes_on() {
    let (fake, place) = (FakeTelegram::start().await, Place::new(true));
    let serving = serve(&place, &fake).await;
    let mut backup = place.command("backup");
    backup.arg("--to").arg(place.path("backup")).arg("--backup-key").arg(place.path("backup.key"));
    for mut second in [place.serve_command(fake.address(), TOKEN), backup] {
        let output = second.output().unwrap();
        let (_, told) = words(&output);
        assert_eq!(output.status.code(), Some(12), "{told}");
        assert!(told.contains("Another Cairn is using the store"), "{told}");
    }
    fake.say(5, "/start");
    fake.said(5, 1).await;
    stop(serving).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invitation_made_while_serving_lets_in_one_person_once() {
    let (fake, place) = (FakeTelegram::start().await, Place::new(false));
    let serving = serve(&place, &fake).await;
    let output = place.command("invite").args(["--bot", "cairn_bot", "--link-worker", "Sam"]).output().unwrap();
    let (link, told) = words(&output);
    assert!(output.status.success(), "{told}");
    let code = link.trim().strip_prefix("https://t.me/cairn_bot?start=").expect("a link").to_owned();
    assert!(code.len() >= 22 && code.len() <= 64, "{} characters", code.len());
    assert!(code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'));

    let (guest, second, third) = (7_310_481_001, 7_310_481_002, 7_310_481_003);
    fake.say(guest, &format!("/start {code}"));
    assert!(!fake.said(guest, 1).await[0].buttons.is_empty(), "the talk begins");
    fake.say(second, &format!("/start {code}"));
    fake.say(third, "hello");
    for refused in [second, third] {
        assert!(fake.said(refused, 1).await[0].buttons.is_empty(), "no talk begins");
    }
    stop(serving).await;
    // Nor does it work again after a restart.
    let serving = serve(&place, &fake).await;
    fake.say(third, &format!("/start {code}"));
    assert!(fake.said(third, 2).await[1].buttons.is_empty(), "no talk begins");
    stop(serving).await;
    let chats: Vec<ChatId> = place.store("data").patients().map(|patient| patient.unwrap().chat).collect();
    assert!(chats == [ChatId(guest)], "{} patients", chats.len());
    let log = place.log();
    assert!(!log.contains(&code) && !log.contains("7310481") && !log.contains("FAKE-token"), "a log tells nobody's secrets");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_restores_everything_and_only_into_an_empty_folder() {
    let (fake, place) = (FakeTelegram::start().await, Place::new(true));
    let serving = serve(&place, &fake).await;
    fake.all_say(1..=5, "/start");
    for chat in 1..=5 {
        fake.said(chat, 1).await;
        fake.tap(chat, 1);
        fake.said(chat, 2).await;
    }
    stop(serving).await;
    let run = |command: &str, data: &str, way: &str| {
        let mut cairn = place.command_on(command, data);
        cairn.arg(way).arg(place.path("backup")).arg("--backup-key").arg(place.path("backup.key")).output().unwrap()
    };
    for (command, data, way) in [("backup", "data", "--to"), ("restore", "again", "--from")] {
        let output = run(command, data, way);
        assert!(output.status.success(), "{:?}", words(&output));
    }
    let everything = |data: &str| {
        let store = place.store(data);
        let patients: Vec<Patient> = store.patients().map(Result::unwrap).collect();
        let journals: Vec<_> = patients.iter().map(|patient| store.journal(patient.id).unwrap()).collect();
        (patients, journals, store.cursor(), store.outbox().unwrap())
    };
    let (before, after) = (everything("data"), everything("again"));
    assert_eq!(before.0.len(), 5);
    assert!(before.1.iter().all(|journal| journal.len() > 2));
    assert!(before == after, "what was restored is what was backed up");
    let refused = run("restore", "again", "--from");
    assert_eq!(refused.status.code(), Some(18), "{:?}", words(&refused));
}
