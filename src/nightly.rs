//! The nightly backup, while patients are served.

use cairn::app::App;
use cairn::config::Backup;
use cairn::store::BackupKey;
use chrono::{DateTime, Days, NaiveDate, Timelike, Utc};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// From this hour on (zone of the service) the backup of the day is due.
const FROM_HOUR: u32 = 3;
/// How often to look whether it is due. The first look is after one such pause, so that a start is not slowed.
const LOOK_EVERY: Duration = Duration::from_mins(5);

/// Looks again and again whether the backup of the day is there, and makes it if not. Never ends by itself.
pub async fn keep(app: App, settings: Backup, zone: chrono_tz::Tz) {
    if !settings.nightly {
        return std::future::pending().await;
    }
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let (app, settings) = (app.clone(), settings.clone());
        let done = tokio::task::spawn_blocking(move || make_if_due(&app, &settings, zone, app.now())).await;
        match done {
            Ok(Ok(None)) => {}
            Ok(Ok(Some(_))) => tracing::info!("the nightly backup is made"),
            Ok(Err(error)) => tracing::error!(error = %error, "the nightly backup failed"),
            Err(_) => tracing::error!("the nightly backup failed inside"),
        }
    }
}

/// Makes the backup of the day if it is due and not there; then removes those that are too old.
fn make_if_due(app: &App, settings: &Backup, zone: chrono_tz::Tz, now: DateTime<Utc>) -> anyhow::Result<Option<PathBuf>> {
    let local = now.with_timezone(&zone);
    let to = file(&settings.folder, local.date_naive());
    if local.hour() < FROM_HOUR || to.exists() {
        return Ok(None);
    }
    std::fs::create_dir_all(&settings.folder)?;
    let key = if settings.key.exists() { BackupKey::load(&settings.key)? } else { BackupKey::create(&settings.key)? };
    app.store().backup(now, &to, &key)?;
    let oldest = local.date_naive().checked_sub_days(Days::new(u64::from(settings.keep_days))).unwrap_or_default();
    remove_older(&settings.folder, oldest)?;
    Ok(Some(to))
}

fn file(folder: &Path, date: NaiveDate) -> PathBuf {
    folder.join(format!("cairn-{date}.age"))
}

/// Removes backups of days before `oldest`, and nothing else.
fn remove_older(folder: &Path, oldest: NaiveDate) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let date = name.strip_prefix("cairn-").and_then(|rest| rest.strip_suffix(".age")).and_then(|date| date.parse::<NaiveDate>().ok());
        if date.is_some_and(|date| date < oldest) {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_backups_that_are_too_old_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["cairn-2026-01-01.age", "cairn-2026-02-10.age", "cairn-notes.age", "other.txt"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        remove_older(folder.path(), NaiveDate::from_ymd_opt(2026, 2, 1).unwrap()).unwrap();
        let mut left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        left.sort();
        assert_eq!(left, ["cairn-2026-02-10.age", "cairn-notes.age", "other.txt"]);
    }
}
