//! All teams of a relay.

use super::{
    Credential, Done, NotATeam, ProofKey, Team, TeamHandle, Wake, erase, now, roll,
    team_writer::not_appended,
};
use crate::{
    journal::{CannotRenew, Journal, JournalError, NewMaster, Renewal},
    metrics::Metrics,
    problem::Problem,
};
use kith_shared::{api::ProblemCode, ids::TeamId, limits};
use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError, RwLock},
};
use tokio::{sync::mpsc, task::spawn_blocking};

/// All teams of a relay, at work.
#[derive(Debug)]
pub struct Teams {
    journal: Arc<dyn Journal>,
    key: ProofKey,
    metrics: Arc<Metrics>,
    at_work: RwLock<BTreeMap<TeamId, TeamHandle>>,
    /// One team is made at a time, so that two phones that bring back a lost one make one.
    making: tokio::sync::Mutex<()>,
    wakes: mpsc::Sender<Wake>,
    waking: Mutex<Option<mpsc::Receiver<Wake>>>,
}

/// A store from which the relay cannot start.
#[derive(Debug, thiserror::Error)]
pub enum CannotStart {
    /// It cannot be read.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A team's journal tells of no team.
    #[error("team {0}: {1}")]
    Team(TeamId, NotATeam),
}

impl Teams {
    /// Reads all teams from their journals and starts work on them.
    pub fn open(
        journal: Arc<dyn Journal>,
        key: ProofKey,
        metrics: Arc<Metrics>,
    ) -> Result<Self, CannotStart> {
        let (wakes, waking) = mpsc::channel(limits::PUSHES_WAITING);
        let mut at_work = BTreeMap::new();
        for (id, _) in journal.teams()? {
            let team = erase::read(&*journal, id, &key);
            let team = team.map_err(|e| CannotStart::Team(id, e))?;
            let handle = TeamHandle::start(
                journal.clone(),
                key.clone(),
                metrics.clone(),
                wakes.clone(),
                team,
            );
            at_work.insert(id, handle);
        }
        Ok(Self {
            journal,
            key,
            metrics,
            at_work: RwLock::new(at_work),
            making: tokio::sync::Mutex::new(()),
            wakes,
            waking: Mutex::new(Some(waking)),
        })
    }

    /// Where the teams are kept.
    pub fn journal(&self) -> &dyn Journal {
        &*self.journal
    }

    /// Who is to be woken, for the one who does so; `None` for any other who asks.
    pub fn wakes(&self) -> Option<mpsc::Receiver<Wake>> {
        let mut waking = self.waking.lock().unwrap_or_else(PoisonError::into_inner);
        waking.take()
    }

    /// A team.
    pub fn get(&self, id: TeamId) -> Option<TeamHandle> {
        let at_work = self.at_work.read().unwrap_or_else(PoisonError::into_inner);
        at_work.get(&id).cloned()
    }

    /// All teams.
    pub fn all(&self) -> Vec<(TeamId, TeamHandle)> {
        let at_work = self.at_work.read().unwrap_or_else(PoisonError::into_inner);
        at_work
            .iter()
            .map(|(id, team)| (*id, team.clone()))
            .collect()
    }

    /// Makes a team.
    pub async fn found(&self, name: &str) -> Result<TeamHandle, Problem> {
        let _one_at_a_time = self.making.lock().await;
        self.make(TeamId::new(now(), roll()), name)
    }

    /// A device comes back, to a team that this relay may have lost altogether.
    pub async fn rejoin(&self, credential: Credential) -> Result<(), Problem> {
        let team = {
            let _one_at_a_time = self.making.lock().await;
            match self.get(credential.team) {
                Some(team) => team,
                None => self.make(credential.team, &credential.team_name)?,
            }
        };
        team.act(move |team, now, dice| team.rejoin(&credential, now, dice))
            .await
    }

    fn make(&self, id: TeamId, name: &str) -> Result<TeamHandle, Problem> {
        let (team, entries) = Team::found(id, name, self.key.clone(), now(), &mut roll)?;
        self.journal.append(id, 0, &entries).map_err(|error| {
            tracing::error!(team = %id, %error, "the team was not made");
            not_appended(&error)
        })?;
        let journal = self.journal.clone();
        let team = TeamHandle::start(
            journal,
            self.key.clone(),
            self.metrics.clone(),
            self.wakes.clone(),
            team,
        );
        let mut at_work = self.at_work.write().unwrap_or_else(PoisonError::into_inner);
        at_work.insert(id, team.clone());
        Ok(team)
    }

    /// Wraps all keys anew under another master key: that in `file`, or a fresh one in the file of
    /// the one before.
    pub async fn change_master_key(&self, file: Option<PathBuf>) -> Result<(), Problem> {
        let renewal = Renewal {
            master: Some(file.map_or(NewMaster::InItsFile, NewMaster::In)),
            ..Renewal::default()
        };
        let journal = self.journal.clone();
        let renewed = spawn_blocking(move || journal.renew(renewal)).await;
        match renewed {
            Ok(Ok(())) => {
                tracing::info!("there is another master key");
                Ok(())
            }
            Ok(Err(CannotRenew::Keys(error))) => {
                Err(Problem::new(ProblemCode::Malformed, error.to_string()))
            }
            Ok(Err(error)) => {
                tracing::error!(%error, "the master key was not changed");
                Err(Problem::internal())
            }
            Err(_) => Err(Problem::internal()),
        }
    }

    /// Waits until all that was asked of the teams before is done.
    pub async fn settle(&self) {
        for (_, team) in self.all() {
            // A team that cannot answer has nothing left to do.
            let _ = team
                .act(|_, _, _| {
                    Ok(Done {
                        entries: Vec::new(),
                        reply: (),
                    })
                })
                .await;
        }
    }
}
