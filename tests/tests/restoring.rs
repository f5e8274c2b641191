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

/// How many changes `kith-relay check` says that it has read.
fn changes(said: &str) -> Option<usize> {
    let before = said.split(" changes in ").next()?;
    before.rsplit(' ').next()?.parse().ok()
}

#[tokio::test]
async fn a_relay_is_checked_while_phones_write() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (data, backup) = (folder.path().join("data"), folder.path().join("backup"));
    let house = House::at(&data);
    let (_, founder) = house.found("Tîm Afon")?;
    let relay = house.serve()?;
    let person = house.invite("person", "Morgan", &[])?.person;
    let person = person.expect("a person was made");
    let phone = join(relay.origin(), &founder.code).await?;
    let month = phone.now().month();
    let mut written = 0;
    let mut seen = Vec::new();
    for _ in 0..3 {
        let (before, checked) = (written, House::at(&data));
        let check = tokio::task::spawn_blocking(move || checked.check());
        while !check.is_finished() {
            let text = format!("note {written}");
            phone.act(note(person, month, Audience::Team, text)).await?;
            phone.exchange().await?;
            ensure!(phone.phone().outbox().is_empty(), "it was not taken in");
            written += 1;
        }
        let said = check.await??;
        ensure!(said.ends_with("ok\n"), "{said}");
        ensure!(said.starts_with("as it was on"), "{said}");
        // Some moment between its beginning and its end.
        let changes = changes(&said).expect("it counts them");
        ensure!((before..=written + 10).contains(&changes), "{said}");
        seen.push(changes);
    }
    ensure!(written > 10, "only {written} notes were written meanwhile");
    ensure!(seen.is_sorted() && seen[0] < seen[2], "{seen:?}");

    // And a backup without a relay, nor its data: as it was, and not when a byte of it is another.
    house.back_up(&backup)?;
    relay.stop()?;
    let elsewhere = house.beside(folder.path().join("elsewhere"))?;
    let whole = elsewhere.check_backup(&backup)?;
    ensure!(whole.ends_with("ok\n"), "{whole}");
    let all = house.check()?;
    ensure!(changes(&whole) == changes(&all), "{whole} {all}");
    ensure!(!all.starts_with("as it was on"), "{all}");
    let file = backup.join("entries-000001");
    let mut bytes = fs::read(&file)?;
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&file, bytes)?;
    let bent = elsewhere.check_backup(&backup).unwrap_err().to_string();
    ensure!(bent.contains("entries-000001"), "{bent}");
    Ok(())
}
