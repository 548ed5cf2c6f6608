#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| aftalebog_fuzz::wire::position(bytes));
