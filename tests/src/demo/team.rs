//! Who is in the demo team. All names are invented.

use crate::process::House;
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
    pub fn invite(relay: &House, founder: &str) -> Result<(Self, Vec<String>)> {
        let mut people = Vec::new();
        let mut shown = Vec::new();
        let mut show = |name: &str, role: &str, member| {
            shown.push((name.to_owned(), role.to_owned(), member));
        };
        for supported in &PEOPLE {
            let mut more = vec!["--address", supported.address];
            for goal in &supported.goals {
                more.extend(["--goal", goal]);
            }
            let invited = relay.invite("person", supported.name, &more)?;
            people.push(invited.person.context("the relay made no person")?);
            show(supported.name, "person", invited.member);
        }
        let mut codes = vec![founder.to_owned()];
        let mut pas = Vec::new();
        for name in &PAS[1..] {
            let invited = relay.invite("pa", name, &[])?;
            codes.push(invited.code);
            pas.push(invited.member);
        }
        let ids: Vec<String> = people.iter().map(ToString::to_string).collect();
        for (name, role, person) in [
            (PEOPLE[0].family, "family-contact", Some(&ids[0])),
            (PEOPLE[1].family, "family-contact", Some(&ids[1])),
            (AUTHORISED, "authorised-person", Some(&ids[1])),
            (MANAGER, "manager", None),
        ] {
            let more: Vec<&str> = person.into_iter().flat_map(|id| ["--person", id]).collect();
            show(name, role, relay.invite(role, name, &more)?.member);
        }
        let people = [people[0], people[1]];
        Ok((Self { pas, people, shown }, codes))
    }
}
