#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _said = aftalebog_fuzz::wire::change(bytes);
});
