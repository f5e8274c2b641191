//! A relay whose folder is gone comes back from its backup, and its phones bring what that lacks.

use anyhow::Result;
use kith_shared::{domain::note::Audience, intent::Intent};
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
