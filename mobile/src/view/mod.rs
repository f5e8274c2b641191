//! What screens show, worked out from the book: pure, and testable without a screen.
