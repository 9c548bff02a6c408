//! Opening the database: settings of the connection, migrations, and what to do with one that cannot be used.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode};

use super::{Db, SetAside};
use crate::{Error, LaneId, Result, Timestamp};

/// Each brings the database from the version of its index to the next.
pub(super) const MIGRATIONS: &[&str] = &[
    include_str!("../../migrations/001.sql"),
    include_str!("../../migrations/002.sql"),
    include_str!("../../migrations/003.sql"),
    include_str!("../../migrations/004.sql"),
    include_str!("../../migrations/005.sql"),
    include_str!("../../migrations/006.sql"),
    include_str!("../../migrations/007.sql"),
    include_str!("../../migrations/008.sql"),
];

/// How long another program may hold the database before a request fails as busy.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// A file beside the database that says that something in it could not be read.
const SUSPECT: &str = ".suspect";

/// The same once the program works: a stroke of another one is shorter, and whoever waits longer is to be told.
const PATIENCE_AT_WORK: Duration = Duration::from_secs(1);

impl Db {
    /// Opens the database; a damaged one is renamed to `….damaged-<time>` first, and a new one begun with what can be
    /// read of it.
    pub(super) fn open_or_set_aside(
        path: &Path,
        lane: LaneId,
        now: Timestamp,
    ) -> Result<(Self, Option<SetAside>)> {
        match Self::open(path, lane) {
            // Another process may have it open: a command leaves it to the window.
            Err(Error::Damaged(detail)) if lane == LaneId::MAIN => {
                let aside = set_aside(path, now).map_err(|error| Error::StoreUnreadable {
                    path: path.to_owned(),
                    detail: error.to_string(),
                })?;
                tracing::warn!(%detail, "the database was damaged and is put aside");
                let mut db = Self::open(path, lane)?;
                let recovered = db.recover(&aside, now)?;
                Ok((db, Some(SetAside { path: aside, recovered })))
            }
            opened => Ok((opened?, None)),
        }
    }

    fn open(path: &Path, lane: LaneId) -> Result<Self> {
        let open = || -> rusqlite::Result<Connection> {
            let connection = Connection::open(path)?;
            connection.busy_timeout(PATIENCE)?;
            // The version is read before anything is written: a newer database is left as it is.
            connection.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0))?;
            Ok(connection)
        };
        let connection = open().map_err(|error| plain(path, &error))?;
        let mut db = Self { connection, path: path.to_owned(), lane, version_seen: None, words_to_come: 0 };
        db.prepare()?;
        db.check_if_suspect()?;
        db.run(|c| c.busy_timeout(PATIENCE_AT_WORK))?;
        Ok(db)
    }

    /// Reads everything when something could not be read in an earlier run. At other times that would take too long.
    fn check_if_suspect(&mut self) -> Result<()> {
        let suspect = beside(&self.path, SUSPECT);
        if !suspect.exists() {
            return Ok(());
        }
        let said: String = self.run(|c| c.pragma_query_value(None, "integrity_check", |row| row.get(0)))?;
        if said != "ok" {
            return Err(Error::Damaged(said));
        }
        // Looked at again at the next start.
        drop(std::fs::remove_file(suspect));
        Ok(())
    }

    fn prepare(&mut self) -> Result<()> {
        let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
        let found: i64 = self.run(|c| c.pragma_query_value(None, "user_version", |row| row.get(0)))?;
        if found > known {
            return Err(Error::NewerDatabase { found, known });
        }
        self.run(|c| {
            c.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
            c.pragma_update(None, "synchronous", "FULL")?;
            c.pragma_update(None, "foreign_keys", true)?;
            // Forgotten delete links are to be gone from the file, too.
            c.pragma_update(None, "secure_delete", true)?;
            let (mut version, migrations) =
                (found, MIGRATIONS.iter().skip(usize::try_from(found).unwrap_or(0)));
            for migration in migrations {
                version += 1;
                let change = c.transaction()?;
                change.execute_batch(migration)?;
                change.pragma_update(None, "user_version", version)?;
                change.commit()?;
            }
            c.set_prepared_statement_cache_capacity(64);
            // One plan for each statement, whatever its values: else some are planned anew each time they run.
            c.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
            Ok(())
        })?;
        // Reads every row that the start depends on, so that damage is found here and not in the middle of work.
        self.load().map(drop)
    }

    /// Runs SQL and translates its errors.
    pub(super) fn run<T>(&mut self, work: impl FnOnce(&mut Connection) -> rusqlite::Result<T>) -> Result<T> {
        work(&mut self.connection).map_err(|error| {
            let error = plain(&self.path, &error);
            if let Error::Damaged(_) = error {
                // The next start looks at all of it.
                drop(std::fs::File::create(beside(&self.path, SUSPECT)));
            }
            error
        })
    }
}

/// The database's file and the two that SQLite keeps beside it.
fn set_aside(path: &Path, now: Timestamp) -> std::io::Result<PathBuf> {
    let beside = |suffix: &str| beside(path, suffix);
    let mark = format!(".damaged-{}", now.0);
    for suffix in ["-wal", "-shm"] {
        let from = beside(suffix);
        if from.exists() {
            std::fs::rename(from, beside(&format!("{mark}{suffix}")))?;
        }
    }
    let aside = beside(&mark);
    std::fs::rename(path, &aside)?;
    drop(std::fs::remove_file(beside(SUSPECT)));
    Ok(aside)
}

/// The file of the same name with something behind it.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

pub(super) fn plain(path: &Path, error: &rusqlite::Error) -> Error {
    let detail = error.to_string();
    match error {
        rusqlite::Error::FromSqlConversionFailure(..)
        | rusqlite::Error::InvalidColumnType(..)
        | rusqlite::Error::IntegralValueOutOfRange(..) => Error::Damaged(detail),
        _ => match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Error::DiskFull,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Busy,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Error::Damaged(detail),
            Some(
                ErrorCode::CannotOpen
                | ErrorCode::ReadOnly
                | ErrorCode::SystemIoFailure
                | ErrorCode::PermissionDenied,
            ) => Error::StoreUnreadable { path: path.to_owned(), detail },
            _ => Error::Store(detail),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::HistoryQuery;

    #[test]
    fn a_full_disk_is_named_and_what_was_saved_stays() {
        let dir = tempfile::tempdir().unwrap();
        let (mut db, _) =
            Db::open_or_set_aside(&dir.path().join("keltas.db"), LaneId::MAIN, Timestamp(0)).unwrap();
        db.set_setting("kept", &"before".into()).unwrap();
        let pages: i64 = db.run(|c| c.pragma_query_value(None, "page_count", |row| row.get(0))).unwrap();
        db.run(|c| c.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))).unwrap();
        let big = "x".repeat(1_000_000).into();
        assert_eq!(db.set_setting("kept", &big), Err(Error::DiskFull));
        assert_eq!(db.setting("kept").unwrap(), Some("before".into()));
    }

    /// A store with this many sites and a setting each, closed.
    fn store_with(path: &Path, sites: i64) {
        let (mut db, _) = Db::open_or_set_aside(path, LaneId::MAIN, Timestamp(0)).unwrap();
        db.run(|c| {
            for id in 1..=sites {
                let sql = "INSERT INTO receipts (id, site, batch, name, mime, size, animated, blake3, sent_md5,
                    uploaded_at, links_json, delete_link, approved, asked_json, given_json, notes_json)
                    VALUES (?1, 1, 1, ?2, 'image/png', 1, 0, ?2, 'm', ?1, '{}', 'https://host/d', 1, '{}', ?3, '[]')";
                let name = format!("picture {id}.png");
                if id == 1 {
                    c.execute("INSERT INTO sites (id, base, name, old_api, demo, key_kept_json, added_at)
                        VALUES (1, 'https://host', 'host', 0, 0, '\"none\"', 0)", [])?;
                }
                c.execute(sql, rusqlite::params![id, name, format!("\"{}\"", "x".repeat(2_000))])?;
            }
            Ok(())
        })
        .unwrap();
    }

    #[test]
    fn what_can_be_read_of_a_damaged_history_is_recovered() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("keltas.db");
        store_with(&path, 100);
        // A page in the middle of the receipts is written over.
        let mut bytes = std::fs::read(&path).unwrap();
        let holds = |page: &[u8], text: &[u8]| page.windows(text.len()).any(|window| window == text);
        let row = |page: &&mut [u8]| holds(page, b"picture 50.png") && holds(page, b"xxxxxxxx");
        bytes.chunks_mut(4096).find(row).unwrap().fill(0xFF);
        std::fs::write(&path, &bytes).unwrap();
        let (mut db, set_aside) = Db::open_or_set_aside(&path, LaneId::MAIN, Timestamp(0)).unwrap();
        assert_eq!(set_aside, None, "a start reads the queue, not all of the history");
        let all = HistoryQuery { limit: 500, ..HistoryQuery::default() };
        assert!(matches!(db.history(&all), Err(Error::Damaged(_))));
        drop(db);

        let (mut db, set_aside) = Db::open_or_set_aside(&path, LaneId::MAIN, Timestamp(0)).unwrap();
        let aside = set_aside.expect("the next start looks at all of it");
        assert_eq!(std::fs::read(aside.path).unwrap(), bytes, "the damaged file stays as it was");
        let page = db.history(&all).unwrap();
        assert_eq!(page.receipts.len(), aside.recovered.receipts);
        assert!((97..100).contains(&page.receipts.len()), "{}", page.receipts.len());
        assert!(page.receipts.iter().all(|receipt| receipt.deletion == crate::Deletion::Possible));
        let search = HistoryQuery { search: Some("picture 99".to_owned()), ..all };
        assert_eq!(db.history(&search).unwrap().total, Some(1), "and is found");
        assert_eq!(db.reserve_ids(crate::store::IdKind::Receipt, 1).unwrap(), 101, "no id is used again");
        assert_eq!(
            std::fs::read_dir(dir.path()).unwrap().count(),
            4,
            "the store with its two, and what is aside"
        );
    }

    #[test]
    fn a_history_of_the_first_version_is_searched_like_a_new_one() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("keltas.db");
        let old = Connection::open(&path).unwrap();
        old.execute_batch(MIGRATIONS[0]).unwrap();
        old.execute_batch(
            "PRAGMA user_version = 1;
            INSERT INTO sites VALUES (1, 'https://host', 'host', 0, 0, '\"none\"', NULL, 0, NULL);
            INSERT INTO receipts VALUES
            (1, 9, 1, 4, 'Vasara.png', NULL, 'image/png', 1, NULL, NULL, NULL, 0, 'b', 'm', 5, '{}', 'https://host/d',
                NULL, 1, NULL, '{}', 'null', '[]', '{\"id\":\"x1\",\"name\":\"Jūra\"}', NULL, 'vasara.png'),
            (2, 8, 1, 4, 'Žiema.png', NULL, 'image/png', 1, NULL, NULL, NULL, 0, 'c', 'm', 6, '{}', NULL,
                NULL, 1, NULL, '{}', 'null', '[]', NULL, NULL, 'žiema.png'),
            (3, 7, 1, NULL, 'found.png', NULL, 'image/png', 1, NULL, NULL, NULL, 0, 'd', 'm', 7, '{}', NULL,
                NULL, 1, NULL, '{}', 'null', '[]', NULL, NULL, 'found.png');",
        )
        .unwrap();
        drop(old);
        let (mut db, set_aside) = Db::open_or_set_aside(&path, LaneId::MAIN, Timestamp(0)).unwrap();
        assert_eq!(set_aside, None);
        let mut names = |query: HistoryQuery| -> Vec<String> {
            db.history(&query).unwrap().receipts.into_iter().map(|receipt| receipt.name).collect()
        };
        assert_eq!(names(HistoryQuery::default()), ["found.png", "Žiema.png", "Vasara.png"]);
        let search = Some("ziem".to_owned());
        assert_eq!(names(HistoryQuery { search, ..HistoryQuery::default() }), ["Žiema.png"]);
        let album = Some("x1".to_owned());
        assert_eq!(names(HistoryQuery { album, ..HistoryQuery::default() }), ["Vasara.png"]);
    }

    #[test]
    fn every_promise_reaches_the_disk() {
        let dir = tempfile::tempdir().unwrap();
        let (mut db, _) =
            Db::open_or_set_aside(&dir.path().join("keltas.db"), LaneId::MAIN, Timestamp(0)).unwrap();
        let mut pragma = |name: &str| -> String {
            db.run(|c| c.pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0)))
                .map(|value| format!("{value:?}"))
                .unwrap()
        };
        assert_eq!(pragma("journal_mode"), r#"Text("wal")"#);
        assert_eq!(pragma("synchronous"), "Integer(2)", "FULL");
        assert_eq!(pragma("foreign_keys"), "Integer(1)");
    }
}
