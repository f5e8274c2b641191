//! What the engine's shell needs of the world: a store and a relay to talk to.

pub mod store;
