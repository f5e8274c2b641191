//! What a server did under load.

/// Documents that are handed in.
pub(super) const DOCUMENTS: usize = 20;
/// Changes in each of them.
pub(super) const CHANGES: usize = 100;

/// What came of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Loaded {
    /// From the first change to the last acknowledgement.
    pub(super) seconds: f64,
    /// The most resident memory that the server ever had, in bytes (`VmHWM`).
    pub(super) peak: u64,
    /// Processor time of the server, in seconds.
    pub(super) cpu: f64,
    /// Changes that are still there after the server was killed at the last acknowledgement.
    pub(super) kept: usize,
}
