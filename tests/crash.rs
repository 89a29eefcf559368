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
async fn kill_at_random(fake: &FakeTelegram, people: &mut People, serving: Serving, chance: &mut Chance) {
    let calls = fake.with(|world| world.calls.len());
    if chance.below(EARLY) == 0 {
        let moment = Duration::from_micros(u64::try_from(chance.below(150_000)).expect("it fits"));
        let _either = timeout(moment, talk(fake, people, calls + 1)).await;
    } else {
        talk(fake, people, calls + 1 + chance.below(CALLS)).await;
        // Calls are seen as they end; what lies between two of them is hit too.
        for _ in 0..chance.below(5000) {
            tokio::task::yield_now().await;
        }
    }
    serving.kill();
}

/// Nobody says anything any more: waits until everything is answered.
async fn quiet(fake: &FakeTelegram, people: &mut People) {
    fake.all_acknowledged().await;
    fake.with(|world| people.look(world));
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
    let serving = place.serve(fake.address(), TOKEN);
    quiet(&fake, &mut people).await;
    let status = serving.stop("TERM").await;
    assert!(status.success(), "stopping ended with {status}");
    fake.with(|world| people.look(world));

    let content = Content::shipped().unwrap_or_else(|report| panic!("{report}"));
    let store = place.store("data");
    let account = fake.with(|world| account::draw_up(&people, world, &store, &content));
    let told = format!(
        "crash: kills {KILLS}, updates {}, lost {}, doubled effects {}, replies {}, doubled replies {} (all in the window: at most {} polls), seed {seed}",
        people.acts(),
        account.lost,
        account.doubled_effects,
        account.replies,
        account.doubled_replies,
        account.longest_window
    );
    writeln!(std::io::stderr(), "{told}").unwrap();
    assert!(account.wrong.is_empty(), "{told}\n{}", account.wrong.join("\n"));
    assert_eq!((account.lost, account.doubled_effects), (0, 0), "{told}");
    assert!(account.longest_window <= WINDOW, "{told}");
    let acknowledged = fake.with(|world| world.acknowledged.len());
    assert_eq!(acknowledged, people.acts(), "every update is acknowledged once");
    assert!(people.everybody.iter().all(|person| person.acts.len() > KILLS), "everybody talked all the time: {told}");
    assert_eq!(store.outbox().unwrap(), [], "nothing is left to be sent");
    let log = place.log();
    let told = [CANARY, "garden", "731048", TOKEN, "FAKE-token"].into_iter().filter(|secret| log.contains(secret)).collect::<Vec<_>>();
    assert!(told.is_empty() && log.contains("serving"), "the log tells {told:?}");
}
