//! How commands reach the teams: through the relay that runs, or by opening its store.

use super::open_existing;
use crate::{
    auth::Keys,
    backup::Known,
    config::Settings,
    metrics::Metrics,
    relay::{Teams, now},
    routes::{change_roster, make_invitation, named_teams},
};
use anyhow::{Context as _, bail};
use kith_shared::{
    api::{ChangeMasterKey, ChangeRoster, Invite, Invited, NamedTeam, Problem, path},
    documents::team::TeamRecord,
};
use serde::de::DeserializeOwned;
use std::{path::PathBuf, sync::Arc};

/// The way to the teams.
pub(super) enum Way {
    /// A relay runs: ask it.
    Running {
        client: reqwest::Client,
        url: String,
        keys: Keys,
    },
    /// None runs: the store is ours.
    Store { teams: Teams, public_url: String },
}

impl Way {
    pub(super) async fn find(settings: &Settings) -> anyhow::Result<Self> {
        if let Some(running) = Self::running(settings).await? {
            return Ok(running);
        }
        let (journal, keys) = open_existing(settings)?;
        Ok(Self::Store {
            teams: Teams::open(journal, keys.proof(), Arc::new(Metrics::default()))?,
            public_url: settings.public_url(),
        })
    }

    /// The relay that runs, if one does.
    pub(super) async fn running(settings: &Settings) -> anyhow::Result<Option<Self>> {
        let data = settings.data();
        if let Ok(url) = std::fs::read_to_string(data.address()) {
            let client = reqwest::Client::new();
            let keys = Keys::of(&settings.keys()?);
            // A relay that was killed leaves its address behind, and another may listen there now.
            let teams = client.get(format!("{url}{}", path::TEAMS));
            let teams = teams.bearer_auth(keys.admin(now())).send().await;
            if teams.is_ok_and(|reply| reply.status().is_success()) {
                return Ok(Some(Self::Running { client, url, keys }));
            }
        }
        Ok(None)
    }

    pub(super) async fn teams(&self) -> anyhow::Result<Vec<NamedTeam>> {
        match self {
            Self::Running { client, url, keys } => {
                ask(client.get(format!("{url}{}", path::TEAMS)), keys).await
            }
            Self::Store { teams, .. } => Ok(named_teams(teams).await?),
        }
    }

    pub(super) async fn invite(&self, invite: Invite) -> anyhow::Result<Invited> {
        match self {
            Self::Running { client, url, keys } => {
                let body = serde_json::to_vec(&invite)?;
                let request = client.post(format!("{url}{}", path::INVITE));
                ask(request.body(body), keys).await
            }
            Self::Store { teams, public_url } => {
                let team = teams.get(invite.team).context("there is no such team")?;
                Ok(make_invitation(&team, invite, public_url).await?)
            }
        }
    }

    pub(super) async fn change(&self, change: ChangeRoster) -> anyhow::Result<TeamRecord> {
        match self {
            Self::Running { client, url, keys } => {
                let body = serde_json::to_vec(&change)?;
                let request = client.post(format!("{url}{}", path::ROSTER));
                ask(request.body(body), keys).await
            }
            Self::Store { teams, .. } => {
                let team = teams.get(change.team).context("there is no such team")?;
                Ok(change_roster(&team, change.change).await?)
            }
        }
    }
}

impl Way {
    pub(super) async fn change_master_key(&self, file: Option<PathBuf>) -> anyhow::Result<()> {
        match self {
            Self::Running { client, url, keys } => {
                let file = file.map(|f| f.into_os_string().into_string());
                let file = file.transpose().ok();
                let file = file.context("name the file without special characters")?;
                let body = serde_json::to_vec(&ChangeMasterKey { file })?;
                let request = client.post(format!("{url}{}", path::MASTER_KEY));
                ask(request.body(body), keys).await
            }
            Self::Store { teams, .. } => Ok(teams.change_master_key(file).await?),
        }
    }
}

impl Way {
    /// What is new to a backup, from a relay that runs.
    pub(super) async fn backup(&self, known: &Known) -> anyhow::Result<reqwest::Response> {
        let Self::Running { client, url, keys } = self else {
            bail!("no relay runs");
        };
        let body = serde_json::to_vec(known)?;
        let request = client.post(format!("{url}{}", path::BACKUP));
        answer(request.body(body), keys).await
    }
}

async fn ask<T: DeserializeOwned>(
    request: reqwest::RequestBuilder,
    keys: &Keys,
) -> anyhow::Result<T> {
    let body = answer(request, keys).await?.bytes().await;
    let body = body.context("the relay's answer broke off")?;
    serde_json::from_slice(&body).context("the relay's answer cannot be read")
}

/// The answer, if it is none that says what is wrong.
async fn answer(
    request: reqwest::RequestBuilder,
    keys: &Keys,
) -> anyhow::Result<reqwest::Response> {
    let reply = request.bearer_auth(keys.admin(now())).send().await;
    let reply = reply.context("the relay does not answer")?;
    if reply.status().is_success() {
        return Ok(reply);
    }
    let body = reply.bytes().await;
    let body = body.context("the relay's answer broke off")?;
    match serde_json::from_slice::<Problem>(&body) {
        Ok(problem) => bail!("{}. {}", problem.title, problem.detail),
        Err(_) => bail!("the relay's answer cannot be read"),
    }
}
