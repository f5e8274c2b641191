//! Members' devices that lie: what they send fells no relay, poisons no document, and costs honest
//! phones nothing.

use flate2::read::GzDecoder;
use kith_shared::{
    limits,
    sync::{BINARY, Known, SyncRequest},
};
use kith_tests::{
    hostile::{Plan, Request, run},
    process::House,
    sim::hostile::{Seen, attack, read},
};
use std::{fs, io::Read as _, path::Path, time::Duration};

/// Through HTTP, at a relay process, beside honest phones.
#[tokio::test]
async fn a_relay_stands_against_phones_that_lie() {
    let plan = Plan {
        mutants: 1_500,
        seed: 0,
        from: 0,
        calm: Duration::from_secs(4),
        pause: Duration::from_millis(100),
        // How fast a machine is says little about whether the code is right: the command judges it.
        slower: f64::INFINITY,
    };
    let report = run(plan).await.unwrap_or_else(|error| {
        panic!("{error:#}\nagain: cargo xtask hostile --mutants 1500 --seed 0")
    });
    // Mutants reach every part of what is to be tested, or they show little.
    for answer in ["accepted", "refused", "needs others", "400", "413"] {
        assert!(report.tally.all(answer) > 10, "{report}");
    }
}

/// Further ones, in memory.
#[test]
fn the_core_stands_against_mutants() {
    let mut all = Seen::default();
    for seed in 1..=3 {
        let seen = attack(seed, 0, 1_500).unwrap_or_else(|error| {
            panic!("{error}\nagain: cargo xtask hostile --in-process --mutants 1500 --seed {seed}")
        });
        all.unread += seen.unread;
        all.accepted += seen.accepted;
        all.refused += seen.refused;
        all.need += seen.need;
    }
    let least = all.unread.min(all.accepted).min(all.refused).min(all.need);
    assert!(least > 100, "{all:?}");
}

/// Each fixture is a request body, gzipped, that once ended a relay's process or took a hundred
/// megabytes of its memory.
#[test]
fn what_felled_it_once_does_so_no_more() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hostile");
    let (mut found, mut whole) = (0, 0);
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let mut body = Vec::new();
        let file = fs::File::open(&path).unwrap();
        GzDecoder::new(file).read_to_end(&mut body).unwrap();
        let json = name.ends_with(".json.gz");
        let content_type = if json { "application/json" } else { BINARY };
        let request = Request {
            body,
            content_type,
            encoding: None,
            caller: Known::default(),
        };
        // On a thread with as much stack as those that serve requests.
        let thread = std::thread::Builder::new().stack_size(2 * 1024 * 1024);
        let read = thread
            .spawn(move || read(&request))
            .unwrap()
            .join()
            .unwrap();
        assert!(read.as_ref().is_none_or(is_small), "{name}: {read:?}");
        found += 1;
        whole += usize::from(read.is_some());
    }
    assert!(found > 3, "only {found} fixtures");
    assert!(whole > 0, "they are of another version");
}

/// It tells that there is too much, and holds no more of it than that takes.
fn is_small(request: &SyncRequest) -> bool {
    let changes = request.teams.iter().flat_map(|team| &team.push);
    let changes: usize = changes.map(|push| push.changes.len()).sum();
    changes == limits::CHANGES_PER_PUSH + 1
}

/// What its memory may grow by is held by long runs alone; that the C library was told is held here.
#[test]
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn the_relay_keeps_few_heaps() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let house = House::at(folder.path());
    house.found("Tîm Afon")?;
    let relay = house.serve()?;
    let said = fs::read(format!("/proc/{}/environ", relay.pid()))?;
    let mut said = said.split(|byte| *byte == 0);
    assert!(said.any(|it| it == b"MALLOC_ARENA_MAX=2"));
    Ok(())
}
