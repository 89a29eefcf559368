//! The one place that talks to sled: every call is guarded, because sled panics on damaged pages where it should return an error.

pub(super) use sled::IVec;
use sled::{Batch, Config, Db};
use std::cell::Cell;
use std::fs::File;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Once;
use std::sync::mpsc;
use std::time::Duration;

/// How often sled's lock is tried, 20 ms apart.
const LOCK_TRIES: u32 = 100;

/// What went wrong inside the database.
#[derive(Debug)]
pub(super) enum Fault {
    /// Another process holds it.
    InUse,
    /// The system refused something.
    Io(io::Error),
    /// The database is damaged, or panicked on something damaged.
    Broken,
}

impl From<sled::Error> for Fault {
    fn from(error: sled::Error) -> Self {
        match error {
            sled::Error::Io(error) if error.to_string().contains("could not acquire lock") => Self::InUse,
            // sled reports damage as errors of the system, too: made up ones, and real ones after it went to a place that cannot be.
            sled::Error::Io(error) if error.raw_os_error().is_some() && error.kind() != io::ErrorKind::InvalidInput => Self::Io(error),
            _ => Self::Broken,
        }
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs something of sled's; a panic in it becomes [`Fault::Broken`] and prints nothing.
fn guarded<T>(work: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !QUIET.with(Cell::get) {
                before(panic);
            }
        }));
    });
    let before = QUIET.with(|quiet| quiet.replace(true));
    let outcome = catch_unwind(AssertUnwindSafe(work));
    QUIET.with(|quiet| quiet.set(before));
    outcome.unwrap_or(Err(Fault::Broken))
}

/// Puts (`Some`) and removes (`None`) that are applied together.
pub(super) type Change = (Vec<u8>, Option<Vec<u8>>);

/// The open database.
pub(super) struct Tree {
    /// Always there until dropped.
    db: Option<Db>,
    /// Our own handle of sled's file: sled's `flush` writes without making durable, so we sync ourselves.
    file: File,
}

impl Tree {
    /// Opens or makes the database in `folder`.
    pub(super) fn open(folder: &Path, cache_bytes: u64) -> Result<Self, Fault> {
        let open = || guarded(|| Ok(Config::new().path(folder).cache_capacity(cache_bytes).open()?));
        let mut opened = open();
        // sled's threads may hold its lock for a moment after it was closed. Our own lock on the folder says that no other Cairn is there.
        for _ in 0..LOCK_TRIES {
            if !matches!(opened, Err(Fault::InUse)) {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
            opened = open();
        }
        let db = opened?;
        match File::open(folder.join("db")) {
            Ok(file) => Ok(Self { db: Some(db), file }),
            Err(error) => {
                close(db);
                Err(error.into())
            }
        }
    }

    fn db(&self) -> Result<&Db, Fault> {
        self.db.as_ref().ok_or(Fault::Broken)
    }

    /// One value.
    pub(super) fn get(&self, key: &[u8]) -> Result<Option<IVec>, Fault> {
        guarded(|| Ok(self.db()?.get(key)?))
    }

    /// Calls `each` for all records whose keys are in `from..to`, in order, until it returns `Ok(false)` or an error.
    pub(super) fn scan<E: From<Fault>>(
        &self,
        from: &[u8],
        to: Option<&[u8]>,
        mut each: impl FnMut(&[u8], &[u8]) -> Result<bool, E>,
    ) -> Result<(), E> {
        let mut failed = None;
        let scanned = guarded(|| {
            let db = self.db()?;
            let records = match to {
                Some(to) => db.range(from..to),
                None => db.range(from..),
            };
            for record in records {
                let (key, value) = record?;
                match each(&key, &value) {
                    Ok(true) => {}
                    Ok(false) => break,
                    Err(error) => {
                        failed = Some(error);
                        break;
                    }
                }
            }
            Ok(())
        });
        match (failed, scanned) {
            (Some(error), _) => Err(error),
            (None, scanned) => scanned.map_err(E::from),
        }
    }

    /// Applies all changes or none, and hands them to the system.
    pub(super) fn apply(&self, changes: impl IntoIterator<Item = Change>) -> Result<(), Fault> {
        let mut batch = Batch::default();
        for (key, value) in changes {
            match value {
                Some(value) => batch.insert(key, value),
                None => batch.remove(key),
            }
        }
        guarded(|| {
            let db = self.db()?;
            db.apply_batch(batch)?;
            db.flush()?;
            Ok(())
        })
    }

    /// Makes everything applied so far survive a power cut.
    pub(super) fn sync(&self) -> Result<(), Fault> {
        Ok(self.file.sync_data()?)
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        if let Some(db) = self.db.take() {
            close(db);
        }
    }
}

/// Closes the database on a thread of its own: after a panic in one of its threads sled waits for ever when it is dropped.
fn close(db: Db) {
    let (closed, waiting) = mpsc::channel();
    let closing = std::thread::Builder::new().name("store-close".to_owned()).spawn(move || {
        let _already_damaged = guarded(|| {
            drop(db);
            Ok(())
        });
        let _nobody_waits = closed.send(());
    });
    if closing.is_ok() {
        let _too_slow = waiting.recv_timeout(Duration::from_secs(5));
    }
}

/// The first key after all keys that begin with `prefix`; `None` if there is none.
pub(super) fn after(prefix: &[u8]) -> Option<Vec<u8>> {
    let mut end = prefix.to_vec();
    while let Some(last) = end.pop() {
        if last < u8::MAX {
            end.push(last + 1);
            return Some(end);
        }
    }
    None
}
