//! What it took to come back.

/// What came of it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Back {
    /// Until both sides had greeted each other; nothing where no greeting is needed.
    pub(super) greeting: f64,
    /// From there until the client knew that both sides were level.
    pub(super) levelling: f64,
    /// Bytes of the greeting, HTTP upgrade included, both directions.
    pub(super) greeting_bytes: u64,
    /// Bytes after it, up and down.
    pub(super) bytes: (u64, u64),
    /// Bytes of the changes themselves, uncompressed, both directions.
    pub(super) raw: u64,
}

impl Back {
    /// Bytes after the greeting for each of the changes themselves.
    #[allow(clippy::cast_precision_loss)] // Some thousands.
    pub(super) fn over_raw(&self) -> f64 {
        (self.bytes.0 + self.bytes.1) as f64 / self.raw as f64
    }
}
