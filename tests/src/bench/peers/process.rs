//! What a process took of the machine.

use anyhow::{Context, Result};
use std::fs;

/// Clock ticks in a second, as `/proc` counts: the same on every Linux.
const TICKS: f64 = 100.0;

/// The most resident memory that it ever had, in bytes.
pub(super) fn peak(pid: u32) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    let kib = line.and_then(|l| l.trim().strip_suffix(" kB"));
    let kib: u64 = kib.context("VmHWM of a process")?.trim().parse()?;
    Ok(kib * 1024)
}

/// Seconds of processor time so far.
pub(super) fn cpu(pid: u32) -> Result<f64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // PID (NAME) STATE …, and the name may hold anything. User and system time are the 14th and 15th.
    let (_, rest) = stat.rsplit_once(')').context("the name of a process")?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let ticks = |at: usize| -> Result<f64> { Ok(fields.get(at).context("times")?.parse()?) };
    Ok((ticks(11)? + ticks(12)?) / TICKS)
}
