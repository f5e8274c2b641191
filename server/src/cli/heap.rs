//! How much memory the C library holds on to.

/// Keeps the heaps of this process few, where the C library makes many.
///
/// glibc gives its threads up to eight heaps a processor, and what is free in one is of no use to a
/// thread with another: a relay under load holds half as much again as it needs. The library reads
/// how many there may be when a process starts, so this process starts once more with that said. It
/// stays the same process to whoever started it, and where it cannot be done it goes on as it is.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(super) fn keep_few() {
    use std::{env, os::unix::process::CommandExt as _, process::Command};

    const NAME: &str = "MALLOC_ARENA_MAX";
    const FEW: &str = "2";

    let mut arguments = env::args_os();
    let (None, Ok(program), Some(called)) =
        (env::var_os(NAME), env::current_exe(), arguments.next())
    else {
        return;
    };
    let again = Command::new(program)
        .arg0(called)
        .args(arguments)
        .env(NAME, FEW)
        .exec();
    eprintln!("kith-relay: it goes on with more memory than it needs: {again}");
}

/// Other libraries make few.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(super) fn keep_few() {}
