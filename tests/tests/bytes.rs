//! What an exchange costs on the wire, every byte of it: a promise, and the same on every machine.

use kith_tests::bench::peers::bytes_over_raw;

/// Over the raw bytes of the changes that go each way.
const AT_MOST: f64 = 0.7;

#[tokio::test]
async fn an_exchange_takes_less_than_the_changes_in_it() {
    let measured = bytes_over_raw(100).await.unwrap();
    // Notes and visits, on a history of 10 and of 100.
    assert_eq!(measured.len(), 4);
    for (name, ratio) in measured {
        println!("{name}: {ratio:.3}");
        assert!(ratio <= AT_MOST, "{name}: {ratio:.3}");
    }
}
