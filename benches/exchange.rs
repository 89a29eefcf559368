//! The whole binary against a Telegram in this process: from a patient's message to the reply, with power durability.
//!
//! Telegram's part (a strict fake on the same cores) is in the figures.

#[path = "../tests/support/binary.rs"]
#[expect(dead_code, reason = "shared with tests, which use the rest")]
mod binary;
#[path = "../tests/support/fake_telegram.rs"]
#[expect(dead_code, reason = "shared with tests, which use the rest")]
mod fake_telegram;

use binary::{Place, Serving};
use criterion::{Criterion, Throughput};
use fake_telegram::{FakeTelegram, TOKEN};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::time::Instant;

/// A service with patients who stand at the first question of the first session.
struct Stage {
    fake: FakeTelegram,
    patients: i64,
    replies: usize,
    /// The next message is an answer, and not `/back`.
    answers: bool,
    _serving: Serving,
    _place: Place,
}

impl Stage {
    async fn set(patients: i64) -> Self {
        let (fake, place) = (FakeTelegram::start().await, Place::new(true));
        let mut command = place.serve_command(fake.address(), TOKEN);
        command.env("CAIRN_LOG", "warn");
        let serving = place.start(command);
        let mut stage = Self { fake, patients, replies: 0, answers: true, _serving: serving, _place: place };
        stage.all_say("/start").await;
        for _ in 0..2 {
            stage.all_tap().await;
        }
        stage.all_say("Robin").await;
        stage
    }

    async fn all_say(&mut self, text: &str) {
        self.fake.all_say(1..=self.patients, text);
        self.answered().await;
    }

    async fn all_tap(&mut self) {
        for chat in 1..=self.patients {
            self.fake.tap(chat, 1);
        }
        self.answered().await;
    }

    async fn answered(&mut self) {
        self.replies += usize::try_from(self.patients).expect("few");
        let wanted = self.replies;
        let all = |world: &mut fake_telegram::world::World| {
            let replies: usize = world.messages.values().map(Vec::len).sum();
            assert!(replies <= wanted, "a reply too many");
            (replies == wanted).then_some(())
        };
        self.fake.wait_for("everybody is answered", all).await;
    }

    /// Each patient answers the question, or takes the answer back; over when each has got the reply.
    async fn exchange(&mut self) {
        let text = if self.answers { "someone to have a natter with" } else { "/back" };
        self.all_say(text).await;
        self.answers = !self.answers;
    }
}

fn exchanges(criterion: &mut Criterion) {
    let runtime = Runtime::new().expect("a runtime");
    let mut group = criterion.benchmark_group("exchange");
    group.sample_size(20).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));
    for patients in [1, 100] {
        let mut stage = runtime.block_on(Stage::set(patients));
        group.throughput(Throughput::Elements(patients.unsigned_abs()));
        group.bench_function(format!("{patients} patients, each a message and its reply"), |bencher| {
            bencher.iter_custom(|rounds| {
                runtime.block_on(async {
                    let begun = Instant::now();
                    for _ in 0..rounds {
                        stage.exchange().await;
                    }
                    begun.elapsed()
                })
            });
        });
    }
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    exchanges(&mut criterion);
    criterion.final_summary();
}
