//! Places in the journal as steps from the one before: those of a run are all alike.

use super::record::{unzigzag, zigzag};

/// Each place by how far it is from the one after the place before.
pub fn step<'a>(places: impl IntoIterator<Item = &'a mut u64>) {
    let mut next = 0_u64;
    for place in places {
        let step = place.wrapping_sub(next).cast_signed();
        next = place.wrapping_add(1);
        *place = zigzag(step);
    }
}

/// The places again.
pub fn count_on<'a>(steps: impl IntoIterator<Item = &'a mut u64>) {
    let mut next = 0_u64;
    for step in steps {
        *step = next.wrapping_add(unzigzag(*step).cast_unsigned());
        next = step.wrapping_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{collection::vec, prelude::*};

    proptest! {
        #[test]
        fn places_come_back(places in vec(prop_oneof![any::<u64>(), 0..9_u64], 0..9)) {
            let mut steps = places.clone();
            step(&mut steps);
            count_on(&mut steps);
            prop_assert_eq!(steps, places);
        }
    }

    #[test]
    fn a_run_is_said_once() {
        let mut places = [7, 8, 9, 5, 6, 6];
        step(&mut places);
        assert_eq!(places, [14, 0, 0, 9, 0, 1]);
    }
}
