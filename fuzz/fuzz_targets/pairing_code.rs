#![no_main]

#[path = "../src/pairing_code.rs"]
mod pairing_code;
// Alone, so that the server's whole tree need not be built for one function of it.
#[allow(dead_code)]
#[path = "../../crates/server/src/secret.rs"]
mod secret;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| pairing_code::pairing_code(bytes, secret::typed_pairing_code));
