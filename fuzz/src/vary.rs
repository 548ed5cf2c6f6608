//! The short round, on stable: inputs made of the kept ones, as the fuzzer makes them but blindly, for it sees no
//! branches. `FUZZ_INPUTS` says how many for each target; 10,000 without it.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// So many inputs are made for a target.
pub fn inputs() -> usize {
    std::env::var("FUZZ_INPUTS").map_or(10_000, |count| count.parse().expect("a number"))
}

/// Asks of so many made inputs what is asked of the kept ones. What `ask` says yes to is counted.
pub fn ask_varied(kept: &[Vec<u8>], count: usize, mut ask: impl FnMut(&[u8]) -> bool) -> usize {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let words: Vec<Vec<u8>> = kept.iter().flat_map(|input| words(input)).map(<[u8]>::to_vec).collect();
    let mut yes = 0;
    for number in 0..count {
        let input = varied(kept, &words, &mut chance);
        match catch_unwind(AssertUnwindSafe(|| ask(&input))) {
            Ok(said) => yes += usize::from(said),
            Err(_) => panic!("input {number} of {count}: {}", input.escape_ascii()),
        }
    }
    yes
}

/// One of the kept ones, with one to three things done to it.
fn varied(kept: &[Vec<u8>], words: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut input = kept[chance.below(kept.len())].clone();
    for _ in 0..=chance.below(3) {
        let at = chance.below(input.len() + 1);
        let until = (at + chance.below(9)).min(input.len());
        match chance.below(10) {
            // Mostly a word takes another's place, so that what was JSON still is.
            0..=5 => {
                let own = self::words(&input);
                let Some(word) = own.get(chance.below(own.len().max(1))) else { continue };
                let start = word.as_ptr() as usize - input.as_ptr() as usize;
                let range = start..start + word.len();
                let other = if chance.below(4) == 0 {
                    ODD[chance.below(ODD.len())].to_vec()
                } else {
                    words[chance.below(words.len())].clone()
                };
                drop(input.splice(range, other));
            }
            6 => drop(input.drain(at..until)),
            7 => drop(input.splice(at..at, (0..=chance.below(4)).map(|_| chance.byte()).collect::<Vec<_>>())),
            8 => input.get_mut(at).into_iter().for_each(|byte| *byte ^= 1 << chance.below(8)),
            _ => {
                let other = &kept[chance.below(kept.len())];
                input.truncate(at);
                input.extend_from_slice(&other[chance.below(other.len() + 1)..]);
            }
        }
    }
    input
}

/// Values that are near a limit, or none.
const ODD: [&[u8]; 16] = [
    b"null",
    b"0",
    b"-1",
    b"1.5",
    b"9223372036854775807",
    b"18446744073709551616",
    b"1e400",
    b"[]",
    b"{}",
    b"\"\"",
    b"\"\\u0000\"",
    b"\"+262142-12-31T23:59:59Z\"",
    b"\"0000-01-01\"",
    b"\"24:00\"",
    b"\"ffffffff-ffff-ffff-ffff-ffffffffffff\"",
    b"\"\xE2\x80\xAE\"",
];

/// The texts and numbers of some JSON, or of something like it.
fn words(input: &[u8]) -> Vec<&[u8]> {
    let mut words = vec![];
    let mut rest = input;
    while let Some((first, after)) = rest.split_first() {
        let length = match first {
            b'"' => after.iter().position(|byte| *byte == b'"').map_or(rest.len(), |end| end + 2),
            byte if byte.is_ascii_alphanumeric() || *byte == b'-' => {
                let end = rest.iter().position(|byte| !byte.is_ascii_alphanumeric() && !b"-+.".contains(byte));
                end.unwrap_or(rest.len())
            }
            _ => {
                rest = after;
                continue;
            }
        };
        let (word, after) = rest.split_at(length);
        words.push(word);
        rest = after;
    }
    words
}

/// The same course every time (SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn byte(&mut self) -> u8 {
        self.next() as u8
    }
}
