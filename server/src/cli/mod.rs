//! The commands of `kith-relay`.

mod admin;
mod at_rest;
mod backup;
pub mod check;
mod erase;
mod export;
mod heap;
mod init;
mod invite;
mod master_key;
mod restore;
mod retention;
mod roster;
mod serve;

use crate::{
    auth::Keys,
    config::{DataFolder, Settings},
    journal::SledJournal,
    vault::{Key, KeyFile, Source},
};
use anyhow::Context as _;
use clap::{Parser, Subcommand};
use kith_shared::time::Moment;
use std::{process::ExitCode, sync::Arc};

/// The relay of Kith: it keeps what the phones of a care team write, and passes it on.
///
/// A team's phones work without it; with it they level. Start one with "kith-relay serve": the
/// first start makes a team and prints the invitation of its founder. All it keeps lies in one
/// folder; "kith-relay backup" copies it.
///
/// Every setting can be a flag, an environment variable or a line of a TOML file (--config); flags
/// go first.
#[derive(Debug, Parser)]
#[command(name = "kith-relay", version, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the relay until it is told to stop (Ctrl-C or SIGTERM).
    Serve,
    /// Make the store and a team, and print its founder's invitation.
    Init(init::Args),
    /// Invite someone: prints a link to send to them.
    ///
    /// Works while the relay runs, and while it does not.
    Invite(invite::Args),
    /// Give a PA a hat to wear, or take it off: the rota holder drafts and publishes shifts.
    ///
    /// Works while the relay runs, and while it does not.
    Hat(roster::HatArgs),
    /// Say how long it takes from one person to another: between shifts there is time for it.
    ///
    /// Works while the relay runs, and while it does not.
    Travel(roster::TravelArgs),
    /// Say that a member has left the team, or that a device is lost.
    ///
    /// Its phones are told with their next request: they wipe what they hold and hand in what they
    /// had not sent, which is kept aside. Nothing undoes it; who comes back is invited anew.
    ///
    /// Works while the relay runs, and while it does not.
    Revoke(roster::RevokeArgs),
    /// Say that the team's care of a person ended on a day, or that they came back.
    ///
    /// Works while the relay runs, and while it does not.
    Care(roster::CareArgs),
    /// Say which records have been kept as long as they must be. Nothing is deleted.
    ///
    /// Works while the relay runs, and while it does not.
    Retention(retention::Args),
    /// Verify the whole journal: that nothing is missing, changed or unreadable.
    ///
    /// Works while the relay runs, on what it has at this moment, and while it does not, on all that
    /// is on the disk. Ends with "ok", or says what is wrong and exits with 1.
    Check(check::Args),
    /// Copy all that the relay keeps into a folder, encrypted as it is. A second backup into the
    /// same folder adds what is new.
    ///
    /// Works while the relay runs, and while it does not. The master key is not in it: keep a copy
    /// of that apart.
    Backup(backup::Args),
    /// Make a relay's data from a backup, in an empty folder (--data). Phones give back what came
    /// after the backup.
    Restore(restore::Args),
    /// Write a team's records to files, or everything about one person: a page to read, the same as
    /// JSON, and their documents.
    ///
    /// Works while the relay runs, and while it does not.
    Export(export::Args),
    /// Destroy the key to all records about a person, for good. The journal stays whole, phones
    /// forget the records, and none brings them back.
    ///
    /// Works while the relay runs, and while it does not.
    ErasePerson(erase::Args),
    /// Seal all keys under a new master key. The old one opens nothing any more but old backups.
    ///
    /// Works while the relay runs, and while it does not.
    RotateMasterKey(master_key::Args),
}

/// Runs the command that was given.
pub fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let settings = cli.settings.with_file()?;
    if matches!(cli.command, Command::Serve) {
        heap::keep_few();
    }
    let runtime =
        tokio::runtime::Runtime::new().context("the asynchronous runtime does not start")?;
    runtime.block_on(async {
        match cli.command {
            Command::Serve => serve::serve(&settings).await.map(|()| ExitCode::SUCCESS),
            Command::Init(args) => init::init(&settings, args)
                .await
                .map(|()| ExitCode::SUCCESS),
            Command::Invite(args) => invite::invite(&settings, args)
                .await
                .map(|()| ExitCode::SUCCESS),
            Command::Hat(args) => roster::hat(&settings, args)
                .await
                .map(|()| ExitCode::SUCCESS),
            Command::Travel(args) => roster::travel(&settings, args)
                .await
                .map(|()| ExitCode::SUCCESS),
            Command::Revoke(args) => roster::revoke(&settings, args)
                .await
                .map(|()| ExitCode::SUCCESS),
            Command::Care(args) => roster::care(&settings, args)
                .await
                .map(|()| ExitCode::SUCCESS),
            Command::Retention(args) => retention::report(&settings, &args)
                .await
                .map(|()| ExitCode::SUCCESS),
            Command::Check(args) => check::run(&settings, &args).await,
            Command::Backup(args) => backup::backup(&settings, &args)
                .await
                .map(|()| ExitCode::SUCCESS),
            Command::Restore(args) => restore::run(&settings, &args).map(|()| ExitCode::SUCCESS),
            Command::Export(args) => export::export(&settings, &args)
                .await
                .map(|()| ExitCode::SUCCESS),
            Command::ErasePerson(args) => erase::erase(&settings, args)
                .await
                .map(|()| ExitCode::SUCCESS),
            Command::RotateMasterKey(args) => master_key::rotate(&settings, args)
                .await
                .map(|()| ExitCode::SUCCESS),
        }
    })
}

/// A moment as people read it, by London's clock.
fn in_words(moment: Moment) -> String {
    let (hour, minute) = moment.clock();
    format!("{} at {hour:02}:{minute:02}", moment.day())
}

/// Refuses a folder in which a restore was cut off: it holds a part of a relay's data.
fn no_restore_begun(data: &DataFolder) -> anyhow::Result<()> {
    anyhow::ensure!(
        !crate::backup::begun(&data.journal(), &data.secret()),
        "a restore into {} was cut off: run \"kith-relay restore\" again first",
        data.path().display()
    );
    Ok(())
}

/// Opens the store, if no relay has it open.
fn open(data: &DataFolder, keys: &KeyFile) -> anyhow::Result<Arc<SledJournal>> {
    let journal = SledJournal::open(&data.journal(), keys).with_context(|| {
        format!(
            "the store in {} cannot be opened. If a relay is running on it, stop it first; if the \
             store is damaged, set the folder aside and put back your backup",
            data.journal().display()
        )
    })?;
    Ok(Arc::new(journal))
}

/// Opens the store of a folder that must have one.
fn open_existing(settings: &Settings) -> anyhow::Result<(Arc<SledJournal>, Keys)> {
    let data = settings.data();
    no_restore_begun(&data)?;
    anyhow::ensure!(
        data.journal().is_dir(),
        "there is no relay's data in {}. Name its folder with --data, or make one with \"kith-relay init\"",
        data.path().display()
    );
    let keys = settings.keys()?;
    Ok((open(&data, &keys)?, Keys::of(&keys)))
}

/// Opens the store, and makes it and the relay's secrets where there are none.
fn open_or_make(settings: &Settings) -> anyhow::Result<(Arc<SledJournal>, Keys)> {
    let data = settings.data();
    no_restore_begun(&data)?;
    std::fs::create_dir_all(data.path())
        .with_context(|| format!("the folder {} cannot be made", data.path().display()))?;
    let keys = if data.secret().exists() {
        settings.keys()?
    } else {
        anyhow::ensure!(
            !data.journal().is_dir(),
            "{} is missing beside the journal. Put it back from your backup: without it the relay \
             cannot read its records, nor prove to phones that it is the one they know",
            data.secret().display()
        );
        make_keys(settings)?
    };
    Ok((open(&data, &keys)?, Keys::of(&keys)))
}

/// Makes the relay's secrets, and a master key where none was given.
fn make_keys(settings: &Settings) -> anyhow::Result<KeyFile> {
    let source = settings.master_key();
    let (master, made) = source.read_or_make()?;
    if let (Source::File(path), true) = (&source, made) {
        // Not to standard output, which programs read.
        eprintln!(
            "The master key was made: {}. Whoever has it and a copy of the data can read all \
             records; without it nobody can. Keep a copy of it apart from your backups. Somewhere \
             else than in the data folder it guards more: see --master-key-file.",
            path.display()
        );
    }
    let secret = settings.data().secret();
    Ok(KeyFile::make(&secret, &master, Key::fresh())?)
}
