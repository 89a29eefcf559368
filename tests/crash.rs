//! The real binary is killed again and again while people talk with it: nothing is lost, and nothing is done twice.

#[path = "crash/account.rs"]
mod account;
#[path = "support/binary.rs"]
#[expect(dead_code, reason = "shared with commands.rs, which uses the rest")]
mod binary;
#[path = "support/fake_telegram.rs"]
#[expect(dead_code, reason = "shared with telegram.rs, which uses the rest")]
mod fake_telegram;
#[path = "crash/people.rs"]
mod people;

use account::Account;
use binary::{Place, Serving};
use cairn::content::Content;
use fake_telegram::{FakeTelegram, TOKEN};
use people::{CANARY, Chance, People};
use std::io::Write;
use std::time::Duration;
use tokio::time::timeout;

/// How often the binary is killed.
const KILLS: usize = 100;
/// People who talk.
const PEOPLE: usize = 20;
/// Most calls of the Bot API between two kills. Some runs end before their first write, others see many.
const CALLS: usize = 500;
/// One kill in so many strikes while it starts.
const EARLY: usize = 8;
/// How long it may stand still.
const PATIENCE: Duration = Duration::from_secs(15);
/// More answered polls than this between the coming of a reply and a kill, and the store must know that it came.
const WINDOW: usize = 4;

/// A seed of one's own, or any.
fn seed() -> u64 {
    let chosen = std::env::var("CAIRN_SEED").ok().and_then(|seed| seed.parse().ok());
    chosen.unwrap_or_else(|| getrandom::u64().expect("random numbers") >> 32)
}

/// Lets people talk until so many calls were made in all.
async fn talk(fake: &FakeTelegram, people: &mut People, calls: usize) {
    loop {
        let over = fake
            .wait_for("the bot goes on", |world| if world.calls.len() >= calls { Some(true) } else { people.someone_looks(world).then_some(false) })
            .await;
        if over {
            return;
        }
        fake.with(|world| people.answer(world));
    }
}

/// Lets people talk and kills it: after some calls and a moment more, or while it starts.
async fn kill_at_random(fake: &FakeTelegram, people: &mut People, mut serving: Serving, chance: &mut Chance) {
    let calls = fake.with(|world| world.calls.len());
    if chance.below(EARLY) == 0 {
        let moment = Duration::from_micros(u64::try_from(chance.below(150_000)).expect("it fits"));
        let _either = timeout(moment, talk(fake, people, calls + 1)).await;
    } else {
        let went_on = timeout(PATIENCE, talk(fake, people, calls + 1 + chance.below(CALLS))).await;
        serving.must_be_alive();
        assert!(went_on.is_ok(), "it stands still; the end of its log:\n{}", serving.last_lines());
        // Calls are seen as they end; what lies between two of them is hit too.
        for _ in 0..chance.below(5000) {
            tokio::task::yield_now().await;
        }
    }
    serving.kill();
}

/// Starts it once more, lets it answer everything while nobody says more, and stops it.
async fn finish(fake: &FakeTelegram, people: &mut People, place: &Place) {
    let serving = place.serve(fake.address(), TOKEN);
    fake.all_acknowledged().await;
    let status = serving.stop("TERM").await;
    assert!(status.success(), "stopping ended with {status}");
    fake.with(|world| people.look(world));
}

/// Compares everything with what people did.
///
/// # Panics
/// If anything is lost, or done twice, or told to the log.
fn check(fake: &FakeTelegram, people: &People, place: &Place) -> Account {
    let content = Content::shipped().unwrap_or_else(|report| panic!("{report}"));
    let store = place.store("data");
    let account = fake.with(|world| account::draw_up(people, world, &store, &content));
    assert!(account.wrong.is_empty(), "{account:?}\n{}", account.wrong.join("\n"));
    assert_eq!((account.lost, account.doubled_effects), (0, 0), "{account:?}");
    assert_eq!(fake.with(|world| world.acknowledged.len()), people.acts(), "every update is acknowledged once");
    assert_eq!(store.outbox().expect("the outbox can be read"), [], "nothing is left to be sent");
    let log = place.log();
    let secrets = [CANARY, "garden", "731048", TOKEN, "FAKE-token"];
    let told: Vec<&str> = secrets.into_iter().filter(|secret| log.contains(secret)).collect();
    assert!(told.is_empty() && log.contains("serving"), "the log tells {told:?}");
    account
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_a_hundred_times_it_loses_nothing_and_does_nothing_twice() {
    let seed = seed();
    println!("CAIRN_SEED={seed}");
    let mut chance = Chance(seed);
    let (fake, place) = (FakeTelegram::start().await, Place::new(true));
    let mut people = fake.with(|world| People::begin(PEOPLE, seed ^ 1, world));
    for _ in 0..KILLS {
        people.run += 1;
        let serving = place.serve(fake.address(), TOKEN);
        kill_at_random(&fake, &mut people, serving, &mut chance).await;
    }
    finish(&fake, &mut people, &place).await;
    let Account { lost, doubled_effects, replies, doubled_replies, longest_window, .. } = check(&fake, &people, &place);
    let updates = people.acts();
    assert!(longest_window <= WINDOW, "a reply came again though {longest_window} polls were answered in between");
    assert!(people.everybody.iter().all(|person| person.acts.len() > KILLS), "not everybody talked all the time");
    // Past the harness, which keeps to itself what a test prints that passes.
    let told = format!(
        "crash: kills {KILLS}, updates {updates}, lost {lost}, doubled effects {doubled_effects}, replies {replies}, \
         doubled replies {doubled_replies} (all in the window), seed {seed}\n"
    );
    std::io::stderr().write_all(told.as_bytes()).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopped_under_load_by_either_signal_it_ends_well_and_says_nothing_twice() {
    let (fake, place) = (FakeTelegram::start().await, Place::new(true));
    let mut people = fake.with(|world| People::begin(PEOPLE, 1, world));
    for signal in ["INT", "TERM", "INT", "TERM"] {
        people.run += 1;
        let serving = place.serve(fake.address(), TOKEN);
        let calls = fake.with(|world| world.calls.len());
        talk(&fake, &mut people, calls + 300).await;
        let status = serving.stop(signal).await;
        assert!(status.success(), "SIG{signal} ended it with {status}");
    }
    finish(&fake, &mut people, &place).await;
    assert_eq!(check(&fake, &people, &place).doubled_replies, 0, "a clean end books what was sent");
}
