//! Carries out what the command line asks for. Errors leave as one sentence that says what to do next.

use crate::nightly;
use anyhow::{Context, bail};
use base64::Engine as _;
use cairn::app::{App, Clock};
use cairn::cli::{Cli, Command, GraphFormat, Invite, Place, Reach, Serve};
use cairn::config;
use cairn::content::{Content, graph_dot, graph_mermaid};
use cairn::model::link_worker::{Invitation, LinkWorker};
use cairn::store::{BackupKey, Durability, MasterKey, OpenError, Opened, Settings, Store, spool};
use cairn::{demo, telegram};
use chrono::{DateTime, Duration, Utc};
use secrecy::SecretString;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// Bytes of an invitation's code: 136 bits, 23 characters of `A-Za-z0-9_-`.
const CODE_BYTES: usize = 17;

/// Runs a command; the exit code is 0 only if it did what was asked.
pub fn run(cli: Cli) -> ExitCode {
    quiet_panics();
    let done = match cli.command {
        Command::Chat { record, content } => chat(record.as_deref(), content.as_deref()),
        Command::Serve(serve) => serve_patients(&serve),
        Command::Check { folder } => return check(folder.as_deref()),
        Command::Graph { dialogue, format, content } => print_graph(&dialogue, format, content.as_deref()),
        Command::Invite(invite) => print_invitation(&invite),
        Command::Backup { place, to, backup_key } => backup(&place, &to, &backup_key),
        Command::Restore { place, from, backup_key } => restore(&place, &from, &backup_key),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cairn: {error:#}");
            ExitCode::from(error.downcast_ref::<OpenError>().map_or(1, OpenError::exit_code))
        }
    }
}

/// A panic says where it happened and nothing else: its message could hold a person's words.
fn quiet_panics() {
    std::panic::set_hook(Box::new(|panic| {
        if let Some(place) = panic.location() {
            eprintln!("cairn: a step failed inside at {}:{}", place.file(), place.line());
        }
    }));
}

fn log() {
    // Only Cairn's own lines: libraries may log addresses, and the address of the Bot API holds the token.
    let filter = tracing_subscriber::EnvFilter::try_from_env("CAIRN_LOG").unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("cairn=info"));
    let filter = ["hyper=off", "hyper_util=off", "reqwest=off", "teloxide=off", "teloxide_core=off", "sled=off", "rustls=off", "h2=off"]
        .iter()
        .filter_map(|directive| directive.parse().ok())
        .fold(filter, tracing_subscriber::EnvFilter::add_directive);
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(false).init();
}

#[expect(clippy::disallowed_methods, reason = "the outermost edge: this is where `now` comes from")]
fn wall_clock() -> DateTime<Utc> {
    Utc::now()
}

fn load_content(folder: Option<&Path>) -> anyhow::Result<Arc<Content>> {
    let loaded = match folder {
        Some(folder) => Content::load_dir(folder),
        None => Content::shipped(),
    };
    match loaded {
        Ok(content) => Ok(Arc::new(content)),
        Err(report) => bail!(
            "the dialogues and texts have problems, so nothing was started:\n{report}\nMend them and run `cairn check` until it finds no problems."
        ),
    }
}

fn chat(record: Option<&Path>, content: Option<&Path>) -> anyhow::Result<()> {
    let folder = tempfile::tempdir().context("no temporary folder can be made; free some disk space")?;
    demo::chat::run(load_content(content)?, folder.path(), wall_clock(), record, std::io::stdin().lock(), std::io::stdout().lock())?;
    Ok(())
}

fn check(folder: Option<&Path>) -> ExitCode {
    let loaded = match folder {
        Some(folder) => Content::load_dir(folder),
        None => Content::shipped(),
    };
    match loaded {
        Ok(content) => {
            let states: usize = content.dialogues.values().map(|dialogue| dialogue.states.len()).sum();
            println!("no problems: {} dialogues, {states} states, languages: {}", content.dialogues.len(), content.texts.languages().join(", "));
            ExitCode::SUCCESS
        }
        Err(report) => {
            print!("{report}");
            println!("{} problem(s)", report.diagnostics.len());
            ExitCode::FAILURE
        }
    }
}

fn print_graph(name: &str, format: Option<GraphFormat>, content: Option<&Path>) -> anyhow::Result<()> {
    let content = load_content(content)?;
    let Some(dialogue) = content.dialogues.get(name) else {
        let names: Vec<_> = content.dialogues.keys().map(String::as_str).collect();
        bail!("there is no dialogue “{name}”. There are: {}", names.join(", "));
    };
    let mut out = std::io::stdout().lock();
    if format != Some(GraphFormat::Dot) {
        write!(out, "{}", graph_mermaid(dialogue))?;
    }
    if format.is_none() {
        writeln!(out)?;
    }
    if format != Some(GraphFormat::Mermaid) {
        write!(out, "{}", graph_dot(dialogue))?;
    }
    Ok(())
}

/// The master key; made new only where there is no store yet.
fn master_key(place: &Place) -> anyhow::Result<MasterKey> {
    let absolute = |path: &Path| std::path::absolute(path).with_context(|| format!("the path {} cannot be used", path.display()));
    if absolute(&place.key)?.starts_with(absolute(&place.data)?) {
        bail!(
            "the key file {} lies inside the data folder: whoever takes the folder would have both. Give another place with --key.",
            place.key.display()
        );
    }
    if place.key.exists() {
        return Ok(MasterKey::load(&place.key)?);
    }
    if Store::exists(&place.data) {
        bail!(
            "the key file {} is missing, but there is a store in {}. Without its key nothing can be read: put the key file back, or give its place with --key.",
            place.key.display(),
            place.data.display()
        );
    }
    let key = MasterKey::create(&place.key)?;
    eprintln!(
        "cairn: made a new master key: {}. Keep a copy in a safe place apart from the data; without it nothing can be read.",
        place.key.display()
    );
    Ok(key)
}

fn open_store(place: &Place, durability: config::Durability) -> anyhow::Result<Store> {
    let key = master_key(place)?;
    let durability = match durability {
        config::Durability::Power => Durability::Power,
        config::Durability::Process => Durability::Process,
    };
    let (store, opened) = Store::open(&place.data, &key, Settings { durability, ..Settings::default() })?;
    if matches!(opened, Opened::New) {
        eprintln!("cairn: made a new, empty store in {}.", place.data.display());
    }
    Ok(store)
}

fn token(reach: &Reach) -> anyhow::Result<SecretString> {
    let (text, source) = match &reach.token_file {
        Some(path) => {
            (std::fs::read_to_string(path).with_context(|| format!("the token file {} cannot be read", path.display()))?, path.display().to_string())
        }
        None => match std::env::var("TELOXIDE_TOKEN") {
            Ok(text) => (text, "TELOXIDE_TOKEN".to_owned()),
            Err(_) => bail!(
                "there is no bot token. Get one from @BotFather in Telegram and put it into the environment variable TELOXIDE_TOKEN, or into a file given with --token-file."
            ),
        },
    };
    let text = text.trim();
    let looks_right = text.split_once(':').is_some_and(|(id, secret)| {
        !id.is_empty()
            && id.chars().all(|c| c.is_ascii_digit())
            && !secret.is_empty()
            && secret.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
    });
    if !looks_right {
        bail!(
            "what {source} holds does not look like a bot token (digits, a colon, then letters and digits). Copy it again from @BotFather, without quotes or spaces."
        );
    }
    Ok(SecretString::from(text.to_owned()))
}

fn api_url(reach: &Reach) -> anyhow::Result<reqwest::Url> {
    let url: reqwest::Url = reach
        .api_url
        .parse()
        .with_context(|| "TELOXIDE_API_URL (or --api-url) is not a web address; it should look like https://api.telegram.org")?;
    if !url.username().is_empty() || url.password().is_some() {
        bail!("TELOXIDE_API_URL (or --api-url) must not hold a user name or a password; give only the address of the server.");
    }
    Ok(url)
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().context("the runtime could not be started")
}

fn serve_patients(serve: &Serve) -> anyhow::Result<()> {
    log();
    let config = config::load(serve.config.as_deref().unwrap_or(Path::new("cairn.toml")), serve.config.is_some())?;
    let token = token(&serve.reach)?;
    let content = load_content(serve.content.as_deref())?;
    let store = open_store(&serve.place, config.durability)?;
    let clock: Clock = Arc::new(wall_clock);
    let settings = cairn::app::Settings { open_enrolment: config.open_enrolment, zone: config.zone.clone(), patient_number: None };
    let app = App::start(content, store, settings, clock)?;
    let settings = telegram::Settings {
        token,
        api_url: api_url(&serve.reach)?,
        overall_per_second: config.sending.overall_per_second,
        chat_interval_ms: config.sending.chat_interval_ms,
        reply_burst: 3,
    };
    let zone = config.zone.parse().unwrap_or(chrono_tz::Europe::London);
    runtime()?.block_on(async {
        tokio::select! {
            served = telegram::serve(app.clone(), settings, shutdown()) => served,
            () = nightly::keep(app.clone(), config.backup, zone) => Ok(()),
        }
    })?;
    Ok(())
}

/// Resolves on SIGINT or SIGTERM.
async fn shutdown() {
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
    tracing::info!("stopping: finishing what was taken");
}

fn print_invitation(invite: &Invite) -> anyhow::Result<()> {
    let bot = match &invite.bot {
        Some(name) => name.trim_start_matches('@').to_owned(),
        None => runtime()?.block_on(telegram::username(&api_url(&invite.reach)?, token(&invite.reach)?))?,
    };
    let key = master_key(&invite.place)?;
    let mut random = [0; CODE_BYTES];
    getrandom::fill(&mut random).map_err(|error| anyhow::anyhow!("the system gives no random numbers ({error}); try again"))?;
    let code = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(random);
    let link_worker =
        invite.link_worker.as_ref().map(|name| LinkWorker { name: name.trim().to_owned(), organisation: invite.organisation.trim().to_owned() });
    let invitation = Invitation { link_worker, expires_at: wall_clock() + Duration::hours(i64::from(invite.hours)) };
    spool::write(&invite.place.data, &key, &code, &invitation)?;
    println!("https://t.me/{bot}?start={code}");
    eprintln!("cairn: this link works once, within {} hours. Give it to one patient only.", invite.hours);
    Ok(())
}

fn backup(place: &Place, to: &Path, backup_key: &Path) -> anyhow::Result<()> {
    let store = open_store(place, config::Durability::Power)?;
    let key = if backup_key.exists() { BackupKey::load(backup_key)? } else { BackupKey::create(backup_key)? };
    let summary = store.backup(wall_clock(), to, &key)?;
    println!("wrote {}: {summary}", to.display());
    Ok(())
}

fn restore(place: &Place, from: &Path, backup_key: &Path) -> anyhow::Result<()> {
    let master = master_key(place)?;
    let key = BackupKey::load(backup_key)?;
    let summary = Store::restore(from, &key, &place.data, &master)?;
    println!("restored into {}: {summary}", place.data.display());
    Ok(())
}
