//! What the fuzzer has found worth keeping, asked of the server again: `fuzz/README.md`.

use std::fs;
use std::path::Path;

use aftalebog_booking::wire::{SentChange, SentWrite, WireDeed};
use aftalebog_booking::{Record, Snapshot};
use aftalebog_server::access::Device;
use aftalebog_server::problem::Error;
use aftalebog_server::secret::typed_pairing_code;
use aftalebog_server::store::Store;
use serde_json::Value as Json;
use uuid::Uuid;

use crate::test_server::{monday, shown};

#[path = "../../../fuzz/src/pairing_code.rs"]
mod fuzz;
#[path = "../../../fuzz/src/vary.rs"]
mod vary;

fn kept(name: &str) -> Vec<Vec<u8>> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(name);
    let files = fs::read_dir(corpus).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
    let files: Vec<_> = files.collect();
    assert!(files.len() >= 5, "the corpus is gone");
    files
}

#[test]
fn every_kept_pairing_code_is_read_as_people_mean_it() {
    for typed in kept("pairing_code") {
        fuzz::pairing_code(&typed, typed_pairing_code);
    }
}

#[test]
fn whatever_is_made_of_the_kept_pairing_codes_is_read_as_people_mean_it() {
    let mut as_made = 0;
    let well_formed = vary::ask_varied(&kept("pairing_code"), vary::inputs(), |typed| {
        fuzz::pairing_code(typed, typed_pairing_code);
        as_made += 1;
        typed_pairing_code(&String::from_utf8_lossy(typed)).len() == 9
    });
    println!("pairing_code: {as_made} inputs, {well_formed} of them as long as a code");
    assert!(well_formed * 20 > as_made, "the control: too few are like a code");
}

/// So many changes are made of the kept ones, with other values in them.
const VARIED: usize = 3_000;

/// Whatever a PC sends, it is carried out or refused for a reason, and the same again has no other effect.
#[tokio::test]
async fn every_kept_change_is_taken_in_or_refused_and_so_is_what_is_made_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("server.db")).await.unwrap();
    let clinic = store.add_clinic("Tandlægerne ved Møllesøen".to_owned(), monday()).await.unwrap();
    let paired = store.pair(&shown(clinic.code.reveal(), "Reception 1"), "127.0.0.1", monday()).await.unwrap();
    let device = Device { id: paired.device, clinic: paired.clinic };
    let small: Snapshot = serde_json::from_slice(include_bytes!("../../../fuzz/corpus/snapshot/clinic.json")).unwrap();
    let new = |record: &Record| SentWrite {
        kind: record.value.kind(),
        id: record.id,
        base: None,
        deed: WireDeed::Set(record.fields()),
    };
    let mut sequence = 0;
    let mut numbered = |writes| {
        sequence += 1;
        let (id, made_by, epoch) = (Uuid::from_u128(sequence.into()), String::new(), paired.position.epoch);
        SentChange { id, made_at: monday(), made_by, sequence, epoch, writes }
    };
    let given = numbered(small.records.iter().map(new).collect());
    let _revision = store.take_change(device, given, monday()).await.unwrap();

    let kept: Vec<Vec<SentWrite>> = kept("change")
        .iter()
        .filter_map(|bytes| serde_json::from_slice::<Vec<SentChange>>(bytes).ok())
        .flatten()
        .map(|change| change.writes)
        .collect();
    assert!(kept.len() >= 10, "the corpus is of another form");
    let mut chance = Chance(7);
    let varied: Vec<_> = (0..VARIED).map(|_| vary(&kept, &small, &mut chance)).collect();
    let (mut taken, mut refused) = (0, 0);
    for writes in kept.into_iter().chain(varied) {
        let change = numbered(writes);
        let first = store.take_change(device, change.clone(), monday()).await;
        match first {
            Ok(accepted) => {
                taken += 1;
                let again = store.take_change(device, change, monday()).await;
                assert_eq!(again.unwrap(), accepted);
            }
            Err(Error::Store(error)) => panic!("{error}: {change:?}"),
            Err(_reason) => refused += 1,
        }
    }
    println!("{taken} changes taken in, {refused} refused");
    assert!(taken > VARIED / 20 && refused > VARIED / 20, "the control: {taken} taken in, {refused} refused");
    let _rows = store.audit_verify(clinic.id).await.unwrap();
}

/// Some writes of the kept ones, about any record, with values from elsewhere.
fn vary(kept: &[Vec<SentWrite>], small: &Snapshot, chance: &mut Chance) -> Vec<SentWrite> {
    let mut writes = vec![];
    for _ in 0..=chance.below(2) {
        let mut write = if chance.below(2) == 0 {
            let change = &kept[chance.below(kept.len())];
            change[chance.below(change.len())].clone()
        } else {
            let record = &small.records[chance.below(small.records.len())];
            SentWrite { kind: record.value.kind(), id: record.id, base: Some(1), deed: WireDeed::Set(record.fields()) }
        };
        if let WireDeed::Set(fields) = &mut write.deed {
            let names: Vec<String> = fields.keys().cloned().collect();
            if chance.below(4) != 0 {
                // Most edits are of one field.
                let kept = chance.below(names.len().max(1));
                fields.retain(|name, _| names.get(kept) == Some(name));
            }
            for value in fields.values_mut() {
                if chance.below(2) == 0 {
                    let other = &small.records[chance.below(small.records.len())];
                    let others: Vec<Json> = other.fields().into_iter().map(|(_, value)| value).collect();
                    *value = match chance.below(6) {
                        0 => Json::Null,
                        1 => Json::from(chance.below(600)),
                        2 => Json::from(other.id.to_string()),
                        3 => Json::from("2026-11-24T09:00:00Z"),
                        _ => others[chance.below(others.len())].clone(),
                    };
                }
            }
        }
        match chance.below(12) {
            0 => write.deed = WireDeed::Delete,
            1 => write.base = None,
            2 => write.base = Some(chance.below(4) as u64),
            3 => write.id = Uuid::from_u128(chance.below(40) as u128 + 1_000),
            _ => write.base = write.base.map(|_| 1),
        }
        writes.push(write);
    }
    writes
}

/// The same numbers each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}
