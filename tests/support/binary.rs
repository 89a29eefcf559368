//! The real `cairn` as a process of its own, with a place of its own: data, key, settings, log.

use cairn::store::{MasterKey, Settings, Store};
use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::Duration;
use tempfile::TempDir;
use tokio::time::timeout;

/// How long stopping may take (design §3).
const STOPS_WITHIN: Duration = Duration::from_secs(10);

/// A folder with everything that one Cairn needs. Removed at the end.
pub struct Place {
    folder: TempDir,
}

impl Place {
    /// An empty place, with settings for tests: no limits of sending, no nightly backup.
    pub fn new(open_enrolment: bool) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let settings =
            format!("open_enrolment = {open_enrolment}\n[sending]\noverall_per_second = 0\nchat_interval_ms = 0\n[backup]\nnightly = false\n");
        std::fs::write(folder.path().join("cairn.toml"), settings).expect("the settings can be written");
        Self { folder }
    }

    /// A path in this place.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// `cairn <command> --data … --key …`, to be run here.
    pub fn command(&self, command: &str) -> Command {
        self.command_on(command, "data")
    }

    /// The same for another store in this place, with the same key.
    pub fn command_on(&self, command: &str, data: &str) -> Command {
        let mut cairn = Command::new(env!("CARGO_BIN_EXE_cairn"));
        cairn.arg(command).arg("--data").arg(self.path(data)).arg("--key").arg(self.path("cairn.key"));
        cairn.current_dir(self.folder.path()).env_remove("TELOXIDE_TOKEN").env_remove("TELOXIDE_API_URL").env("CAIRN_LOG", "trace");
        cairn
    }

    /// `cairn serve` against a Bot API.
    pub fn serve_command(&self, api: &str, token: &str) -> Command {
        let mut cairn = self.command("serve");
        cairn.arg("--config").arg(self.path("cairn.toml")).env("TELOXIDE_TOKEN", token).env("TELOXIDE_API_URL", api);
        cairn
    }

    /// Starts serving; what it writes is added to the log.
    pub fn serve(&self, api: &str, token: &str) -> Serving {
        self.start(self.serve_command(api, token))
    }

    /// Starts a command that serves.
    pub fn start(&self, mut command: Command) -> Serving {
        let log = File::options().create(true).append(true).open(self.path("log")).expect("the log can be written");
        let also = log.try_clone().expect("the log can be shared");
        let child = command.stdin(Stdio::null()).stdout(also).stderr(log).spawn().expect("cairn starts");
        Serving { child: Some(child), log: self.path("log") }
    }

    /// What every run here has written.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.path("log")).expect("the log can be read")
    }

    /// Opens the store, as the binary does.
    pub fn store(&self, data: &str) -> Store {
        let key = MasterKey::load(&self.path("cairn.key")).expect("the key can be read");
        Store::open(&self.path(data), &key, Settings::default()).expect("the store opens clean").0
    }
}

/// What a command that ended wrote to standard output and standard error.
pub fn words(output: &Output) -> (String, String) {
    (String::from_utf8_lossy(&output.stdout).into_owned(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// A running `cairn serve`. Killed if it is dropped.
pub struct Serving {
    child: Option<Child>,
    log: PathBuf,
}

impl Serving {
    fn child(&mut self) -> &mut Child {
        self.child.as_mut().expect("it was started")
    }

    /// `kill -9`.
    ///
    /// # Panics
    /// If it had ended by itself.
    pub fn kill(mut self) {
        self.must_be_alive();
        self.child().kill().expect("it can be killed");
        self.child().wait().expect("it ends");
        self.child = None;
    }

    /// Makes sure that it runs.
    ///
    /// # Panics
    /// With the end of its log if it has ended by itself.
    pub fn must_be_alive(&mut self) {
        let ended = self.child().try_wait().expect("its state is known");
        assert!(ended.is_none(), "cairn ended by itself with {ended:?}; the end of its log:\n{}", self.last_lines());
    }

    /// Sends a signal, such as `TERM`, and waits until it has ended.
    ///
    /// # Panics
    /// If that takes longer than ten seconds.
    pub async fn stop(mut self, signal: &str) -> ExitStatus {
        send_signal(self.child().id(), signal);
        let mut child = self.child.take().expect("it was started");
        let process = child.id();
        let ended = tokio::task::spawn_blocking(move || child.wait());
        if let Ok(ended) = timeout(STOPS_WITHIN, ended).await {
            return ended.expect("waiting works").expect("it ends");
        }
        send_signal(process, "KILL");
        panic!("SIG{signal} did not end it within ten seconds; the end of its log:\n{}", self.last_lines());
    }

    /// The end of its log.
    pub fn last_lines(&self) -> String {
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = log.lines().rev().take(20).collect();
        lines.into_iter().rev().collect::<Vec<_>>().join("\n")
    }
}

fn send_signal(process: u32, signal: &str) {
    let sent = Command::new("kill").arg(format!("-{signal}")).arg(process.to_string()).status().expect("the command `kill` is there");
    assert!(sent.success(), "SIG{signal} could not be sent");
}

impl Drop for Serving {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ended = child.kill();
            let _reaped = child.wait();
        }
    }
}
