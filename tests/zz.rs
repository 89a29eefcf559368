//! scratch
use cairn::{content::Content, engine::{step, input::Input}, model::{ids::*, patient::Patient}};
#[test] fn size() {
    let c = Content::shipped().unwrap();
    let now = chrono::DateTime::from_timestamp(1_800_000_000,0).unwrap();
    let mut p = Patient::new(PatientId(7), ChatId(1), "en-GB", "Europe/London", None, now);
    p = step(&c, p, Input::Command{name:"start".into(),argument:"".into()}, now).patient;
    let mut b: Vec<String> = vec![];
    for i in 0..120 {
        let s = step(&c, p, match b.first().filter(|_| i>0) { Some(d) => Input::Tap(d.clone()), None => Input::Text(format!("I want to walk every day {i}"))}, now);
        p = s.patient;
        let mut ev=0;
        for e in &s.effects { if let cairn::engine::effect::Effect::Say(l) = e { b = l.buttons.iter().flatten().map(|x| x.data.clone()).collect(); } else {ev+=1;} }
        if i % 10 == 0 { println!("{i} {} ev {ev} {:?}", serde_json::to_vec(&p).unwrap().len(), p.session.as_ref().map(|s| s.state.clone())); }
        if i==70 { println!("{}", serde_json::to_string(&p).unwrap()); }
    }
}
