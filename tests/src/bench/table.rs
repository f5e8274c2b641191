//! A table for people and a file for programs.

use anyhow::{Context, Result};
use serde::Serialize;
use std::{fs, path::Path};

/// One measured figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// What was measured.
    pub name: String,
    /// How much.
    pub value: f64,
    /// Of what.
    pub unit: &'static str,
    /// What one should know to read it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Figure {
    /// A figure.
    pub fn new(name: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self {
            name: name.into(),
            value,
            unit,
            note: String::new(),
        }
    }

    /// The figure with a note.
    pub fn with(self, note: impl Into<String>) -> Self {
        let note = note.into();
        Self { note, ..self }
    }
}

/// Prints a table.
pub fn print(figures: &[Figure]) {
    let width = figures.iter().map(|f| f.name.chars().count()).max();
    let width = width.unwrap_or(0);
    for Figure {
        name,
        value,
        unit,
        note,
    } in figures
    {
        // Three figures tell all that such a measurement knows.
        let digits = match value.abs() {
            v if v >= 100.0 => 0,
            v if v >= 10.0 => 1,
            _ => 2,
        };
        println!("{name:<width$}  {value:>9.digits$} {unit:<7} {note}");
    }
}

/// Writes a JSON file with the figures and the machine that they are from.
pub fn write(figures: &[Figure], path: &Path) -> Result<()> {
    let cores = std::thread::available_parallelism()?;
    let whole = serde_json::json!({
        "machine": { "processor": processor(), "cores": cores },
        "figures": figures,
    });
    fs::write(path, serde_json::to_vec_pretty(&whole)?)
        .with_context(|| format!("{} cannot be written", path.display()))
}

fn processor() -> Option<String> {
    let info = fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = info.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
