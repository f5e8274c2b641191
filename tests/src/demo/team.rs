//! Who is in the demo team. All names are invented.

use super::relay::Cli;
use anyhow::{Context, Result};
use kith_shared::ids::{MemberId, PersonId};
use serde::{Deserialize, Serialize};
use std::{fs, path::Path};

/// What the team is called.
pub const TEAM: &str = "Tîm Afon";
/// The personal assistants; the first founds the team and holds its rota.
pub const PAS: [&str; 5] = [
    "Siân Bevan",
    "Rhys Tudor",
    "Aisha Karim",
    "Owain ap Gwilym",
    "Katarzyna Wiśniewska",
];
/// The registered manager.
pub const MANAGER: &str = "Angharad Llewelyn";
/// Acts for the second of the people.
pub const AUTHORISED: &str = "Mair Wyn";

/// A person, where visits are, what they want, and their family contact.
struct Supported {
    name: &'static str,
    address: &'static str,
    goals: [&'static str; 3],
    family: &'static str,
}

const PEOPLE: [Supported; 2] = [
    Supported {
        name: "Morgan Pritchard",
        address: "12 Mill Lane, Llanrwst",
        goals: [
            "Make my own breakfast",
            "Walk to the library and back",
            "Ring my sister",
        ],
        family: "Gwenllian Pritchard-Huws",
    },
    Supported {
        name: "Eluned Wyn-Roberts",
        address: "3 Maes y Felin, Betws-y-Coed",
        goals: [
            "Get out into the garden",
            "Cook with less help",
            "See my friends",
        ],
        family: "Dafydd Wyn-Roberts",
    },
];

/// Everyone, as the relay knows them: kept beside the store, so that a second start can make new
/// links for the same people.
#[derive(Debug, Serialize, Deserialize)]
pub struct Cast {
    /// The personal assistants and the codes that let their phones in.
    pub pas: Vec<MemberId>,
    /// Those who receive support.
    pub people: [PersonId; 2],
    /// Name, role and id of one member per role, in the order in which the links are shown.
    pub shown: Vec<(String, String, MemberId)>,
}

impl Cast {
    /// The file that holds it; when it is there, the demo is whole.
    const FILE: &str = "demo.json";

    /// The cast of a demo that is whole.
    pub fn read(data: &Path) -> Result<Option<Self>> {
        match fs::read(data.join(Self::FILE)) {
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(e).context("the demo's own file"),
        }
    }

    /// The demo is whole.
    pub fn write(&self, data: &Path) -> Result<()> {
        Ok(fs::write(
            data.join(Self::FILE),
            serde_json::to_vec_pretty(self)?,
        )?)
    }

    /// Invites everyone. Returns them and the joining codes of the PAs.
    pub fn invite(relay: &Cli, founder: &str) -> Result<(Self, Vec<String>)> {
        let mut people = Vec::new();
        let mut shown = Vec::new();
        for supported in &PEOPLE {
            let mut args = vec!["--role", "person", "--name", supported.name];
            args.extend(["--address", supported.address]);
            supported
                .goals
                .iter()
                .for_each(|goal| args.extend(["--goal", goal]));
            let invited = relay.invite(&args)?;
            people.push(invited.person.context("the relay made no person")?);
            shown.push((
                supported.name.to_owned(),
                "person".to_owned(),
                invited.member,
            ));
        }
        let mut codes = vec![founder.to_owned()];
        let mut pas = Vec::new();
        for name in &PAS[1..] {
            let invited = relay.invite(&["--role", "pa", "--name", name])?;
            codes.push(invited.code);
            pas.push(invited.member);
        }
        for (supported, person) in PEOPLE.iter().zip(&people) {
            let (role, person) = ("family-contact", person.to_string());
            let args = [
                "--role",
                role,
                "--name",
                supported.family,
                "--person",
                &person,
            ];
            let member = relay.invite(&args)?.member;
            shown.push((supported.family.to_owned(), role.to_owned(), member));
        }
        let (role, person) = ("authorised-person", people[1].to_string());
        let args = ["--role", role, "--name", AUTHORISED, "--person", &person];
        shown.push((
            AUTHORISED.to_owned(),
            role.to_owned(),
            relay.invite(&args)?.member,
        ));
        let member = relay
            .invite(&["--role", "manager", "--name", MANAGER])?
            .member;
        shown.push((MANAGER.to_owned(), "manager".to_owned(), member));
        let people = [people[0], people[1]];
        Ok((Self { pas, people, shown }, codes))
    }
}
