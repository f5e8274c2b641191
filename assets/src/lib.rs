//! kith-assets
