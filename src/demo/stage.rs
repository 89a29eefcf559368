//! One patient's phone, a virtual clock and the real app on a real store. The terminal and the transcript tests both stand on it.

use crate::app::inbound::{Inbound, InboundKind, Reception};
use crate::app::{App, AppError, Clock, Settings};
use crate::content::Content;
use crate::model::ids::{ChatId, UpdateId};
use crate::model::link_worker::{Invitation, LinkWorker};
use crate::model::outbound::{Button, Outbound, Outcome};
use crate::store::{self, Batch, Durability, MasterKey, OpenError, Store, StoreError};
use chrono::{DateTime, Duration, Utc};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// The chat of the one phone.
pub const CHAT: ChatId = ChatId(1001);
/// The number of the one patient: fixed, so that the same talk brings the same wordings.
const PATIENT: u64 = 7;
/// The code of the invitation that the stage hands out.
pub const CODE: &str = "demonstration-invitation-00";

/// Why the stage cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum StageError {
    /// The app refused.
    #[error(transparent)]
    App(#[from] AppError),
    /// The store could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The script asks for something that is not there.
    #[error("{0}")]
    Script(String),
}

/// The stage.
pub struct Stage {
    app: Option<App>,
    content: Arc<Content>,
    folder: PathBuf,
    key: MasterKey,
    millis: Arc<AtomicI64>,
    next_update: i64,
    keyboards: Vec<Vec<Button>>,
    unsettled: Vec<Outbound>,
    settings: Settings,
}

/// What one input brought.
#[derive(Debug, Default)]
pub struct Scene {
    /// Messages, in order.
    pub messages: Vec<Outbound>,
    /// What the app said of the input itself.
    pub reception: Reception,
}

impl Stage {
    /// Opens a stage in an empty folder. `link_worker` invites; without one anybody may begin.
    pub fn open(content: Arc<Content>, folder: &Path, now: DateTime<Utc>, link_worker: Option<LinkWorker>) -> Result<Self, StageError> {
        let settings = Settings { open_enrolment: link_worker.is_none(), patient_number: Some(PATIENT), ..Settings::default() };
        let mut stage = Self {
            app: None,
            content,
            folder: folder.to_owned(),
            key: MasterKey::random(),
            millis: Arc::new(AtomicI64::new(now.timestamp_millis())),
            next_update: 1,
            keyboards: Vec::new(),
            unsettled: Vec::new(),
            settings,
        };
        let store = stage.store()?;
        if let Some(link_worker) = link_worker {
            let invitation = Invitation { link_worker: Some(link_worker), expires_at: now + Duration::days(365) };
            store.commit(Batch { now: Some(now), invitations: vec![(CODE.to_owned(), Some(invitation))], ..Batch::default() })?;
        }
        stage.start(store)?;
        Ok(stage)
    }

    fn store(&self) -> Result<Store, StageError> {
        // A stage is thrown away: a crash of this process must lose nothing, a power cut may.
        let settings = store::Settings { durability: Durability::Process, ..store::Settings::default() };
        let (store, _) = Store::open(&self.folder, &self.key, settings)?;
        Ok(store)
    }

    fn start(&mut self, store: Store) -> Result<(), StageError> {
        let millis = Arc::clone(&self.millis);
        let clock: Clock = Arc::new(move || DateTime::from_timestamp_millis(millis.load(Ordering::SeqCst)).unwrap_or(DateTime::UNIX_EPOCH));
        self.app = Some(App::start(Arc::clone(&self.content), store, self.settings.clone(), clock)?);
        Ok(())
    }

    /// The app.
    pub fn app(&self) -> Result<&App, StageError> {
        self.app.as_ref().ok_or_else(|| StageError::Script("the app is not running".to_owned()))
    }

    /// The instant, by the virtual clock.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.millis.load(Ordering::SeqCst)).unwrap_or(DateTime::UNIX_EPOCH)
    }

    /// Hands in one input, `times` times with the same update number.
    pub fn send(&mut self, what: &InboundKind, times: usize) -> Result<Scene, StageError> {
        self.settle_all()?;
        let update = UpdateId(self.next_update);
        self.next_update += 1;
        let mut scene = Scene::default();
        for round in 0..times.max(1) {
            let inbound = Inbound { update, chat: CHAT, language_hint: Some("en".to_owned()), what: what.clone() };
            let reception = self.app()?.submit_blocking(vec![inbound], Some(update.0 + 1))?.into_iter().next().unwrap_or_default();
            if round == 0 {
                scene.reception = reception;
            } else if !reception.duplicate {
                return Err(StageError::Script("the same update was taken twice".to_owned()));
            }
        }
        self.pull(&mut scene)?;
        Ok(scene)
    }

    /// Types words or a command.
    pub fn say(&mut self, text: &str, times: usize) -> Result<Scene, StageError> {
        self.send(&typed(text), times)
    }

    /// Taps a button of the newest keyboard by its place, counted from 1.
    pub fn tap(&mut self, place: usize, times: usize) -> Result<Scene, StageError> {
        let found = self.keyboards.last().and_then(|buttons| buttons.get(place.wrapping_sub(1))).cloned();
        let button = found.ok_or_else(|| StageError::Script(format!("there is no button {place} to tap")))?;
        self.send(&InboundKind::Tap(button.data), times)
    }

    /// Taps the newest button with that label, on whichever message it stands.
    pub fn tap_label(&mut self, label: &str, times: usize) -> Result<Scene, StageError> {
        let found = self.keyboards.iter().rev().flatten().find(|button| button.label == label).cloned();
        let button = found.ok_or_else(|| StageError::Script(format!("there is no button “{label}” to tap")))?;
        self.send(&InboundKind::Tap(button.data), times)
    }

    /// Lets time pass, running what falls due on the way.
    pub fn wait(&mut self, time: Duration) -> Result<Vec<(DateTime<Utc>, Scene)>, StageError> {
        self.settle_all()?;
        let until = self.now() + time;
        let mut scenes = Vec::new();
        loop {
            let due = self.app()?.store().next_due()?.filter(|due| *due <= until);
            let Some(due) = due else { break };
            let at = due.max(self.now());
            self.millis.store(at.timestamp_millis(), Ordering::SeqCst);
            self.app()?.tick_blocking()?;
            let mut scene = Scene::default();
            self.pull(&mut scene)?;
            if !scene.messages.is_empty() {
                scenes.push((at, scene));
            }
        }
        self.millis.store(until.timestamp_millis(), Ordering::SeqCst);
        Ok(scenes)
    }

    /// Sets the clock forward without anything running: what a service that was down does not see.
    pub fn be_away(&mut self, time: Duration) {
        self.millis.fetch_add(time.num_milliseconds(), Ordering::SeqCst);
    }

    /// Reopens the store, as after a restart. With `settled` false nothing that was said last is booked as delivered, as after a crash.
    pub fn reopen(&mut self, settled: bool) -> Result<Scene, StageError> {
        if settled {
            self.settle_all()?;
        } else {
            self.unsettled.clear();
        }
        if let Some(app) = self.app.take() {
            app.drain_blocking();
        }
        let store = self.store()?;
        self.start(store)?;
        let mut scene = Scene::default();
        self.pull(&mut scene)?;
        Ok(scene)
    }

    /// Goes on with other content, as after an upgrade.
    pub fn upgrade(&mut self, content: Arc<Content>) -> Result<Scene, StageError> {
        self.content = content;
        self.reopen(true)
    }

    fn pull(&mut self, scene: &mut Scene) -> Result<(), StageError> {
        while let Some(message) = self.app()?.try_next_outbound() {
            let buttons: Vec<Button> = message.buttons.iter().flatten().cloned().collect();
            if !buttons.is_empty() {
                self.keyboards.push(buttons);
            }
            self.unsettled.push(message.clone());
            scene.messages.push(message);
        }
        Ok(())
    }

    fn settle_all(&mut self) -> Result<(), StageError> {
        for message in std::mem::take(&mut self.unsettled) {
            self.app()?.settle(message.id, Outcome::Delivered);
        }
        Ok(())
    }
}

/// What a typed line is: a command with its argument, or words.
#[must_use]
pub fn typed(text: &str) -> InboundKind {
    match text.strip_prefix('/') {
        Some(rest) => {
            let (name, argument) = rest.split_once(' ').unwrap_or((rest, ""));
            InboundKind::Command { name: name.to_lowercase(), argument: argument.trim().to_owned() }
        }
        None => InboundKind::Text(text.to_owned()),
    }
}
