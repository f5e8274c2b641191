//! The store at rest, for commands that read it from beginning to end: itself where no relay runs,
//! where one does a copy of this moment, or what a backup holds.

use super::{admin::Way, backup::take, open_existing};
use crate::{
    auth::Keys,
    backup::{Folder, restore},
    config::Settings,
    journal::{Journal as _, SledJournal},
    relay::Team,
};
use anyhow::Context as _;
use kith_shared::time::Moment;
use std::{
    fs::{self, DirBuilder},
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
    sync::Arc,
};

/// A store that nobody writes.
pub(super) struct AtRest {
    pub(super) journal: Arc<SledJournal>,
    pub(super) keys: Keys,
    /// The moment of which it is, where it is a copy.
    pub(super) of: Option<Moment>,
    _copy: Option<Copy>,
}

impl AtRest {
    pub(super) async fn open(settings: &Settings) -> anyhow::Result<Self> {
        let Some(way) = Way::running(settings).await? else {
            let (journal, keys) = open_existing(settings)?;
            return Ok(Self {
                journal,
                keys,
                of: None,
                _copy: None,
            });
        };
        let copy = Copy::new()?;
        let backup = copy.0.join("backup");
        take(&way, Folder::open(&backup)?, settings).await?;
        Self::made_of(&backup, copy, settings)
    }

    /// What the backup in this folder holds; the folder stays as it is.
    pub(super) fn of_backup(backup: &Path, settings: &Settings) -> anyhow::Result<Self> {
        Self::made_of(backup, Copy::new()?, settings)
    }

    fn made_of(backup: &Path, copy: Copy, settings: &Settings) -> anyhow::Result<Self> {
        let data = copy.0.join("data");
        let master = settings.master_key().read()?;
        let (journal, secret) = (data.join("journal"), data.join("relay.key"));
        let restored = restore(
            backup,
            (&journal, &secret),
            &data.join("master.key"),
            &master,
        )?;
        Ok(Self {
            journal: Arc::new(restored.journal),
            keys: Keys::of(&restored.secrets),
            of: Some(restored.manifest.of.at),
            _copy: Some(copy),
        })
    }

    /// All teams in it.
    pub(super) fn teams(&self) -> anyhow::Result<Vec<Team>> {
        let teams = self.journal.teams()?.into_iter().map(|(id, _)| {
            let team = Team::replay(id, self.keys.proof(), self.journal.entries(id));
            team.with_context(|| format!("team {id} cannot be read: run \"kith-relay check\""))
        });
        teams.collect()
    }
}

/// The folder of a copy, as encrypted as the store is; it goes with it.
struct Copy(PathBuf);

impl Copy {
    fn new() -> anyhow::Result<Self> {
        let path = std::env::temp_dir().join(format!("kith-copy-{}", std::process::id()));
        // One that is there is somebody else's.
        let made = DirBuilder::new().mode(0o700).create(&path);
        made.with_context(|| format!("the folder {} cannot be made", path.display()))?;
        Ok(Self(path))
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
