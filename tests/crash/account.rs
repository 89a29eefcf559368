//! Draws up the account: what every person did is played once more through the engine alone, and what the store and the phones
//! hold must be exactly that.

use super::fake_telegram::world::{Message, World};
use super::people::{Act, People, Person};
use cairn::content::Content;
use cairn::engine::effect::Effect;
use cairn::engine::input::Input;
use cairn::engine::step;
use cairn::model::event::What;
use cairn::model::ids::ChatId;
use cairn::model::patient::Patient;
use cairn::model::session::Answer;
use cairn::store::Store;
use std::collections::BTreeMap;

/// A reply: text, and buttons with their data.
type Reply = (String, Vec<Vec<(String, String)>>);

/// What came of it.
#[derive(Debug, Default)]
pub struct Account {
    /// Lines of a journal that should be there and are not.
    pub lost: usize,
    /// Lines of a journal that are there too often.
    pub doubled_effects: usize,
    /// Replies that were due.
    pub replies: usize,
    /// Replies that came once more.
    pub doubled_replies: usize,
    /// Most answered polls between the first coming of a reply and the death of the run, where the reply came again.
    pub longest_window: usize,
    /// Everything that is not as it must be.
    pub wrong: Vec<String>,
}

/// What should be.
struct Due {
    patient: Patient,
    replies: Vec<Reply>,
    journal: Vec<String>,
}

/// Compares what is with what should be.
pub fn draw_up(people: &People, world: &World, store: &Store, content: &Content) -> Account {
    let mut account = Account::default();
    let moments = moments(world);
    for person in &people.everybody {
        let found = store.patient_by_chat(ChatId(person.chat)).expect("the store can be read");
        let Some(patient) = found else {
            account.wrong.push(format!("{} has no record", person.chat));
            continue;
        };
        let due = due(content, &patient, person);
        let journal = store.journal(patient.id).expect("the journal can be read");
        let found: Vec<String> = journal.iter().map(|event| line(&event.what)).collect();
        account.journal(person, &due.journal, &found);
        account.replies += due.replies.len();
        account.phone(person, &due.replies, &moments);
        let stands = |patient: &Patient| (patient.questions, patient.session.as_ref().map(|session| (session.state.clone(), session.answers.len())));
        if stands(&patient) != stands(&due.patient) {
            account.wrong.push(format!("{} stands at {:?}, not at {:?}", person.chat, stands(&patient), stands(&due.patient)));
        }
    }
    account
}

/// Plays what a person did through the engine.
fn due(content: &Content, stored: &Patient, person: &Person) -> Due {
    let now = stored.begun_at;
    let mut patient = Patient::new(stored.id, stored.chat, "en-GB", "Europe/London", None, now);
    let (mut replies, mut journal) = (Vec::new(), vec![line(&What::Enrolled)]);
    for act in &person.acts {
        let input = match act {
            Act::Start => Input::Command { name: "start".to_owned(), argument: String::new() },
            Act::Wrote(text) => Input::Text(text.clone()),
            Act::Tapped(data) => Input::Tap(data.clone()),
        };
        let stepped = step(content, patient, input, now);
        patient = stepped.patient;
        for effect in stepped.effects {
            match effect {
                Effect::Say(line) => {
                    let row = |row: Vec<cairn::model::outbound::Button>| row.into_iter().map(|button| (button.label, button.data)).collect();
                    replies.push((line.text.trim().to_owned(), line.buttons.into_iter().map(row).collect()));
                }
                Effect::Note(what) => journal.push(line(&what)),
                Effect::Shown(_) | Effect::Toast(_) | Effect::Erase => {}
            }
        }
    }
    Due { patient, replies, journal }
}

/// A line of the journal without its times.
fn line(what: &What) -> String {
    match what {
        What::Answered { state, question, slot, answer } => {
            let answer = match answer {
                Answer::Words(words, _) => words.reveal().to_owned(),
                Answer::Number(number, _) => number.to_string(),
                Answer::Choice(key) => key.clone(),
            };
            format!("{} {state} {slot:?}: {answer}", question.0)
        }
        other => serde_json::to_string(other).expect("a line of the journal can be written"),
    }
}

/// When the messages came: for each, by its number, the run of the program (from 1), and the answered polls from there to the end of it.
fn moments(world: &World) -> BTreeMap<i64, (usize, usize)> {
    let mut numbers: Vec<i64> = world.messages.values().flatten().map(|message| message.id).collect();
    numbers.sort_unstable();
    let (mut numbers, mut run, mut polls) = (numbers.into_iter(), 0, 0);
    let mut polls_of_run: BTreeMap<usize, usize> = BTreeMap::new();
    let mut moments = BTreeMap::new();
    for (method, status) in &world.calls {
        match (method.as_str(), status) {
            ("getme", 200) => (run, polls) = (run + 1, 0),
            ("getupdates", 200) => polls += 1,
            ("sendmessage", 200) => moments.extend(numbers.next().map(|number| (number, (run, polls)))),
            _ => {}
        }
        polls_of_run.insert(run, polls);
    }
    moments.into_iter().map(|(number, (run, polls))| (number, (run, polls_of_run.get(&run).map_or(0, |all| all - polls)))).collect()
}

impl Account {
    fn journal(&mut self, person: &Person, due: &[String], found: &[String]) {
        if due == found {
            return;
        }
        let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for line in due {
            counts.entry(line).or_default().0 += 1;
        }
        for line in found {
            counts.entry(line).or_default().1 += 1;
        }
        self.lost += counts.values().map(|(due, found)| due.saturating_sub(*found)).sum::<usize>();
        self.doubled_effects += counts.values().map(|(due, found)| found.saturating_sub(*due)).sum::<usize>();
        let first = due.iter().zip(found).position(|(due, found)| due != found).unwrap_or(due.len().min(found.len()));
        self.wrong.push(format!("{}: line {first} of the journal is {:?}, not {:?}", person.chat, found.get(first), due.get(first)));
    }

    /// Every reply must have come, in order. Where a run of the program begins, some of the last may come again: those that
    /// Telegram had accepted and of which the store did not know so yet.
    fn phone(&mut self, person: &Person, due: &[Reply], moments: &BTreeMap<i64, (usize, usize)>) {
        let same = |reply: &Reply, message: &Message| reply.0 == message.text && reply.1 == message.buttons;
        let (mut next, mut run) = (0, 0);
        let mut came: Vec<&Message> = Vec::new();
        for message in &person.phone {
            let (this_run, _) = moments.get(&message.id).copied().unwrap_or_default();
            let begins = this_run > run;
            run = this_run;
            if !due.get(next).is_some_and(|reply| same(reply, message)) {
                let again = due[..next.min(due.len())].iter().rposition(|reply| same(reply, message)).filter(|_| begins);
                let Some(again) = again else {
                    let expected = due.get(next).map(|reply| reply.0.as_str());
                    self.wrong.push(format!("{}: reply {next} came as {:?} in run {run}, not {expected:?}", person.chat, message.text));
                    return;
                };
                self.doubled_replies += next - again;
                let windows = came[again..next].iter().filter_map(|message| moments.get(&message.id)).map(|(_, polls)| *polls);
                self.longest_window = self.longest_window.max(windows.max().unwrap_or(0));
                came.truncate(again);
                next = again;
            }
            came.push(message);
            next += 1;
        }
        if next < due.len() {
            self.wrong.push(format!("{}: {} replies never came", person.chat, due.len() - next));
        }
    }
}
