//! The Kith app.

fn main() {
    kith_app::state::start();
}
