//! `/v1/admin/…`, for whoever holds the relay's secret.

use super::{App, body, caller::bearer_token, json};
use crate::{
    problem::Problem,
    relay::{Dice, Invited, Team, TeamHandle, Teams},
};
use axum::{body::Body, extract::State, http::HeaderMap, response::Response};
use kith_shared::{
    api::{
        self, ChangeMasterKey, ChangeRoster, Invite, NamedTeam, ProblemCode, RosterChange, path,
    },
    documents::team::TeamRecord,
    ids::TeamId,
};
use std::{path::PathBuf, sync::Arc};

/// The teams of this relay.
pub(super) async fn teams(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    app.keys
        .is_admin(bearer_token(&headers).unwrap_or_default())?;
    Ok(json(&named_teams(&app.teams).await?))
}

/// All teams and their names.
pub async fn named_teams(teams: &Teams) -> Result<Vec<NamedTeam>, Problem> {
    let mut named = Vec::new();
    for (team, handle) in teams.all() {
        let name = handle.read(|team| team.name().to_owned()).await?;
        named.push(NamedTeam { team, name });
    }
    Ok(named)
}

pub(super) async fn invite(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let token = bearer_token(&headers).unwrap_or_default();
    app.keys.is_admin(token)?;
    let invite: Invite = body::json(&headers, body).await?;
    let team = team(&app, invite.team)?;
    Ok(json(&make(&team, invite, &app.public_url).await?))
}

fn team(app: &App, team: TeamId) -> Result<TeamHandle, Problem> {
    let help = "There is no team with this id on this relay.";
    let team = app.teams.get(team);
    team.ok_or_else(|| Problem::new(ProblemCode::NotFound, help))
}

pub(super) async fn roster(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let token = bearer_token(&headers).unwrap_or_default();
    app.keys.is_admin(token)?;
    let ChangeRoster { team: id, change } = body::json(&headers, body).await?;
    Ok(json(&change_roster(&team(&app, id)?, change).await?))
}

pub(super) async fn master_key(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let token = bearer_token(&headers).unwrap_or_default();
    app.keys.is_admin(token)?;
    let ChangeMasterKey { file } = body::json(&headers, body).await?;
    app.teams.change_master_key(file.map(PathBuf::from)).await?;
    Ok(json(&()))
}

/// Changes something about a team, and returns what was written.
pub async fn change_roster(team: &TeamHandle, change: RosterChange) -> Result<TeamRecord, Problem> {
    let changing =
        move |team: &mut Team, now, dice: Dice<'_>| team.change_roster(&change, now, dice);
    team.act(changing).await
}

/// Makes an invitation and its link.
pub async fn make(
    team: &TeamHandle,
    invite: Invite,
    public_url: &str,
) -> Result<api::Invited, Problem> {
    let making = move |team: &mut Team, now, dice: Dice<'_>| team.invite(&invite, now, dice);
    let Invited {
        code,
        member,
        person,
        expires,
    } = team.act(making).await?;
    let code = code.to_string();
    let page = path::JOIN_PAGE;
    let link = format!("{}{page}#{code}", public_url.trim_end_matches('/'));
    Ok(api::Invited {
        code,
        link,
        member,
        person,
        expires,
    })
}
