//! kith-shared
