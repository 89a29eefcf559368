//! People who talk with the bot: each answers whatever comes next, sometimes twice and sometimes too fast.

use super::fake_telegram::world::{Message, World};
use serde_json::json;

/// In every text that a person writes; must never be seen in a log.
pub const CANARY: &str = "willowherb";
/// The first chat. Long enough not to be met in a log by chance.
const FIRST_CHAT: i64 = 7_310_482_000;
/// Buttons that lead out of the talk, are no answers, or call for help at once.
const LEFT_ALONE: [&str; 11] = ["skip", "idea", "thats-all", "nothing", "unsure", "no", "help-now", "delete", "mydata", "help", "goals"];

/// How far back a person notices that a message came before.
const COPIES: usize = 12;

/// Random numbers that a seed repeats (SplitMix64).
pub struct Chance(pub u64);

impl Chance {
    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) >> 16).expect("48 bits fit") % limit
    }
}

/// What a person did.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// `/start`.
    Start,
    /// Wrote.
    Wrote(String),
    /// Tapped a button with this data.
    Tapped(String),
}

/// One person.
pub struct Person {
    /// Their chat.
    pub chat: i64,
    /// What they did, in order.
    pub acts: Vec<Act>,
    /// What came, in order, as it was when it came.
    pub phone: Vec<Message>,
    /// The run of the program in which they last answered.
    run: usize,
}

/// Everybody.
pub struct People {
    /// Each.
    pub everybody: Vec<Person>,
    /// Runs of the program so far.
    pub run: usize,
    chance: Chance,
}

impl People {
    /// So many people, who have all said `/start`.
    pub fn begin(count: usize, seed: u64, world: &mut World) -> Self {
        let everybody = (0..count).map(|number| Person::begin(FIRST_CHAT + i64::try_from(number).expect("few"), world)).collect();
        Self { everybody, run: 0, chance: Chance(seed) }
    }

    /// Whether there is something new on somebody's phone.
    pub fn someone_looks(&self, world: &World) -> bool {
        self.everybody.iter().any(|person| !person.news(world).is_empty())
    }

    /// Everybody who has got something new answers it.
    pub fn answer(&mut self, world: &mut World) {
        for person in &mut self.everybody {
            if person.look(world) {
                person.answer(self.run, &mut self.chance, world);
            }
        }
    }

    /// Everybody looks at their phone and does nothing.
    pub fn look(&mut self, world: &World) {
        for person in &mut self.everybody {
            person.look(world);
        }
    }

    /// Updates that were caused.
    pub fn acts(&self) -> usize {
        self.everybody.iter().map(|person| person.acts.len()).sum()
    }
}

impl Person {
    fn begin(chat: i64, world: &mut World) -> Self {
        let mut person = Self { chat, acts: Vec::new(), phone: Vec::new(), run: 0 };
        person.write(world, "/start");
        person.acts = vec![Act::Start];
        person
    }

    fn news<'a>(&self, world: &'a World) -> &'a [Message] {
        world.messages.get(&self.chat).and_then(|messages| messages.get(self.phone.len()..)).unwrap_or_default()
    }

    fn look(&mut self, world: &World) -> bool {
        let before = self.phone.len();
        self.phone.extend_from_slice(self.news(world));
        self.phone.len() > before
    }

    fn answer(&mut self, run: usize, chance: &mut Chance, world: &mut World) {
        let Some((message, before)) = self.phone.split_last().map(|(last, before)| (last.clone(), before)) else { return };
        // What came again after a restart was mostly noticed to be the same; now and then a person answers it again.
        let again = before.iter().rev().take(COPIES).any(|other| other.text == message.text && other.buttons == message.buttons);
        let restarted = std::mem::replace(&mut self.run, run) != run;
        if again && restarted && chance.below(4) > 0 {
            return;
        }
        let key = |data: &str| data.split_once('.').map(|(_, key)| key.to_owned()).unwrap_or_default();
        let buttons: Vec<&String> = message.buttons.iter().flatten().map(|(_, data)| data).collect();
        let answers: Vec<&String> = buttons.iter().copied().filter(|data| !LEFT_ALONE.contains(&key(data).as_str())).collect();
        // No check-ins: one that falls due during the test would be one more message.
        let chosen = answers.iter().find(|data| key(data) == "off").or_else(|| answers.get(chance.below(answers.len().max(1))));
        match chosen {
            Some(data) => {
                for _ in 0..if chance.below(10) == 0 { 2 } else { 1 } {
                    world.tap(self.chat, &message, data);
                    self.acts.push(Act::Tapped((*data).clone()));
                }
            }
            None => self.say_something(world),
        }
        if chance.below(6) == 0 {
            self.say_something(world);
        }
    }

    fn say_something(&mut self, world: &mut World) {
        let text = format!("the {CANARY} by path {} of garden {}", self.acts.len(), self.chat - FIRST_CHAT);
        self.write(world, &text);
        self.acts.push(Act::Wrote(text));
    }

    fn write(&self, world: &mut World, text: &str) {
        let message = world.incoming(self.chat, json!({ "text": text }));
        world.enqueue("message", &message);
    }
}
