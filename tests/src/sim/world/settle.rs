//! How a world comes to rest.

use super::{Checked, World};
use crate::sim::check;
use kith_app::engine::Phone;
use kith_shared::{
    sync::{Form, SyncRequest},
    time::Span,
};

impl World {
    /// Everybody is up, nothing is lost any more: all must become level, and soon.
    pub(super) fn settle(&mut self) -> Checked {
        self.net.clear();
        for at in 0..self.phones.len() {
            self.start_phone(at)?;
        }
        for _ in 0..40 {
            let mut quiet = true;
            for at in 0..self.phones.len() {
                self.now = self.now + Span::from_millis(1_000);
                quiet &= self.exchange(at)?;
            }
            if self.patient {
                self.now = self.now + Span::hours(12);
            }
            if quiet {
                return Ok(());
            }
        }
        Err("they did not come to rest in 40 rounds".to_owned())
    }

    /// One exchange without trouble. Whether it changed nothing.
    pub(super) fn exchange(&mut self, at: usize) -> Result<bool, String> {
        let Some(sent) = self.phones[at].phone.as_ref().and_then(Phone::request) else {
            return Err(format!("phone {at} forgot who it is"));
        };
        let bytes = Form::Binary.encode(&SyncRequest::new(vec![sent.request.clone()]));
        let Some(bytes) = self.answer(at, &bytes)? else {
            return Ok(false);
        };
        let before = self.phones[at].phone.as_ref().map(check::picture);
        let again = self.take(at, &sent, &bytes, false)?;
        let phone = self.phones[at].phone.as_ref();
        let waits = phone.is_some_and(Phone::is_held_back);
        self.stats.held_back += usize::from(waits);
        Ok(!again && !waits && before == self.phones[at].phone.as_ref().map(check::picture))
    }
}
