//! Where things are kept on this computer. Made once and passed on: nobody else reads the environment.

use std::io;
use std::path::{Path, PathBuf};

/// The folders and files of the application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    data: PathBuf,
    /// Bodies of a queue apart lie apart, so that nobody else tidies them away.
    lane: Option<String>,
}

impl Paths {
    /// The usual place of this system; one folder for everything when `KELTAS_HOME` names it.
    ///
    /// `None` when the system knows no home folder.
    #[must_use]
    pub fn of_this_system() -> Option<Self> {
        if let Some(home) = std::env::var_os("KELTAS_HOME").filter(|home| !home.is_empty()) {
            return Some(Self::under(home));
        }
        let dirs = directories::ProjectDirs::from("", "", "keltas")?;
        Some(Self::under(dirs.data_local_dir()))
    }

    /// Everything under one folder.
    #[must_use]
    pub fn under(data: impl Into<PathBuf>) -> Self {
        Self { data: data.into(), lane: None }
    }

    /// The same, for a process with a queue of its own in the common store.
    pub(crate) fn of_lane(&self, name: &str) -> Self {
        Self { data: self.data.clone(), lane: Some(name.to_owned()) }
    }

    /// Makes the folders, for this person alone where the system has permissions.
    ///
    /// # Errors
    /// What the system says: no space, no permission.
    pub fn create(&self) -> io::Result<()> {
        std::fs::create_dir_all(&self.data)?;
        restrict(&self.data)?;
        for folder in [self.spool(), self.previews(), self.logs()] {
            std::fs::create_dir_all(folder)?;
        }
        Ok(())
    }

    /// The folder of everything.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The queue, the history and the settings.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.data.join("keltas.db")
    }

    /// Bodies made for sending, pasted pictures, fetched addresses.
    #[must_use]
    pub fn spool(&self) -> PathBuf {
        let spool = self.data.join("spool");
        match &self.lane {
            Some(lane) => spool.join(lane),
            None => spool,
        }
    }

    /// Locks of the processes that have a queue of their own.
    pub(crate) fn lanes(&self) -> PathBuf {
        self.data.join("lanes")
    }

    /// Small pictures that were made before.
    #[must_use]
    pub fn previews(&self) -> PathBuf {
        self.data.join("previews")
    }

    /// What the demo host keeps.
    #[must_use]
    pub fn demo_host(&self) -> PathBuf {
        self.data.join("demo-host")
    }

    /// Log files.
    #[must_use]
    pub fn logs(&self) -> PathBuf {
        self.data.join("logs")
    }
}

#[cfg(unix)]
fn restrict(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn restrict(_: &Path) -> io::Result<()> {
    Ok(())
}
