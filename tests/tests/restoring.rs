//! A relay whose folder is gone comes back from its backup, and its phones bring what that lacks.

use anyhow::{Result, ensure};
use kith_relay::{
    journal::{Chains, Draft, Journal as _, Payload},
    relay::{now, roll},
};
use kith_shared::{
    bytes::Bytes,
    documents::DocumentId,
    domain::note::Audience,
    ids::{DeviceId, MemberId, QuarantineId, TeamId},
    intent::Intent,
    limits,
    policy::Refusal,
};
use kith_tests::process::{House, documents, join, level, note};
use std::fs;

#[tokio::test]
async fn phones_give_back_what_a_backup_lacks() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (house, backup) = (
        House::at(folder.path().join("data")),
        folder.path().join("backup"),
    );
    let (_, founder) = house.found("Tîm Afon")?;
    let relay = house.serve()?;
    let address = relay.address().to_owned();
    let morgan = house.invite("person", "Morgan", &[])?;
    let person = morgan.person.expect("a person was made");
    let other = house.invite("pa", "Rhys", &[])?;
    let mut phones = vec![
        join(relay.origin(), &founder.code).await?,
        join(relay.origin(), &other.code).await?,
    ];
    let month = phones[0].now().month();
    let says = |text: &str| note(person, month, Audience::Family, text.to_owned());
    phones[0].act(says("before the backup")).await?;
    level(&phones).await?;
    house.back_up(&backup)?;

    // Acknowledged after the backup, by both phones; and one who joined after it.
    phones[0].act(says("after the backup")).await?;
    let clock_in = Intent::ClockIn {
        person,
        month,
        shift: None,
        place: None,
    };
    phones[1].act(clock_in).await?;
    level(&phones).await?;
    let late = house.invite("pa", "Eluned", &[])?;
    let late = join(relay.origin(), &late.code).await?;
    late.act(says("from who joined after the backup")).await?;
    phones.push(late);
    level(&phones).await?;
    let before = documents(&phones[0]);

    // The machine is gone; its master key was kept elsewhere.
    let again = house.beside(folder.path().join("again"))?;
    relay.kill()?;
    fs::remove_dir_all(folder.path().join("data"))?;
    again.restore(&backup)?;
    assert!(again.check()?.contains("put back on"));

    // One act waits, made while there was no relay.
    phones[2].act(says("while there was none")).await?;
    let relay = again.serve_at(&address)?;
    for phone in &phones {
        // A connection from before fails once.
        phone.exchange().await?;
    }
    level(&phones).await?;
    for phone in &phones {
        let held = documents(phone);
        for (id, changes) in &before {
            let lost = changes.difference(&held[id]).count();
            assert_eq!(lost, 0, "{lost} changes of {id} are lost");
        }
    }
    // Who comes now gets all of it from the relay.
    let new = again.invite("pa", "Cai", &[])?;
    let new = join(relay.origin(), &new.code).await?;
    phones.push(new);
    level(&phones).await?;
    relay.stop()?;
    let checked = again.check()?;
    assert!(checked.ends_with("ok\n"), "{checked}");
    Ok(())
}

/// Entries as large as they get, and how many.
const LARGE: usize = limits::CHANGE_BYTES;
const MANY: usize = 160;

/// Puts ten megabytes into the journal of this team: what is kept aside can be anything.
fn fill(house: &House, team: TeamId) -> Result<()> {
    let journal = house.journal()?;
    let mut chains = Chains::default();
    for entry in journal.entries(team) {
        chains.follow(&entry?)?;
    }
    for _ in 0..MANY / 20 {
        let last = chains.end().seq;
        let mut entries = Vec::new();
        for _ in 0..20 {
            let entry = chains.seal(Draft {
                received_at: now(),
                member: MemberId::new(now(), roll()),
                device: DeviceId::new(now(), roll()),
                payload: Payload::Refused {
                    document: DocumentId::Team,
                    bytes: Bytes(roll().to_le_bytes().repeat(LARGE / 16)),
                    code: Refusal::Unreadable,
                    quarantine: QuarantineId::new(now(), roll()),
                },
            });
            chains.follow(&entry)?;
            entries.push(entry);
        }
        journal.append(team, last, &entries)?;
    }
    Ok(())
}

/// The relay gives it piece by piece, and never has all of it in memory.
#[tokio::test]
async fn a_large_backup_takes_little_memory() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let house = House::at(folder.path().join("data"));
    let backup = folder.path().join("backup");
    let (team, _) = house.found("Tîm Afon")?;
    fill(&house, team)?;
    let relay = house.serve()?;
    let before = relay.peak()?;
    house.back_up(&backup)?;
    let grown = relay.peak()? - before;
    let files = fs::read_dir(&backup)?.map(|file| Ok(file?.metadata()?.len()));
    let size: u64 = files.sum::<Result<_>>()?;
    ensure!(size > (LARGE * MANY) as u64, "it is not all there: {size}");
    assert!(
        grown < size / 2,
        "{grown} bytes more for a backup of {size}"
    );
    relay.stop()?;
    let again = house.beside(folder.path().join("again"))?;
    again.restore(&backup)?;
    assert!(again.check()?.ends_with("ok\n"));
    Ok(())
}
