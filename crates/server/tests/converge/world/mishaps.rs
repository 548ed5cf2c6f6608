//! Programs that end in the middle, copies, and what is restored from them.

use std::fs;
use std::path::PathBuf;

use aftalebog_local::Store;
use aftalebog_server::store::{self, backup};
use chrono::{DateTime, TimeDelta};

use super::{Mutant, World};
use crate::converge::clinic::now;
use crate::converge::truth::Fate;

impl World<'_> {
    pub(super) async fn crash(&mut self, pc: usize) -> Result<(), String> {
        self.course.crashes += 1;
        self.pcs[pc].store.clone().close().await;
        let opened = Store::open(self.pcs[pc].file.clone(), now()).await;
        self.pcs[pc].store = opened.map_err(|error| error.to_string())?;
        self.look(pc).await
    }

    pub(super) fn new_file(&mut self, what: &str) -> PathBuf {
        self.files += 1;
        self.folder.path().join(format!("{what}-{}.db", self.files))
    }

    pub(super) async fn copy_pc(&mut self, pc: usize) -> Result<(), String> {
        let copy = self.new_file("copy");
        self.pcs[pc].store.clone().close().await;
        let _bytes = fs::copy(&self.pcs[pc].file, &copy).map_err(|error| error.to_string())?;
        let opened = Store::open(self.pcs[pc].file.clone(), now()).await;
        self.pcs[pc].store = opened.map_err(|error| error.to_string())?;
        let saves = self.ledger.saves.iter().filter(|(_, saved)| saved.pc == pc && saved.fate != Fate::Forgotten);
        let saves = saves.map(|(id, _)| *id).collect();
        let seen = self.pcs[pc].seen.clone();
        self.pcs[pc].copies.push((copy, seen, saves));
        Ok(())
    }

    pub(super) async fn restore_pc(&mut self, pc: usize) -> Result<(), String> {
        let Some((copy, seen, saves)) = self.chance.of(&self.pcs[pc].copies).cloned() else { return Ok(()) };
        self.course.restored_pcs += 1;
        self.pcs[pc].store.clone().close().await;
        let _bytes = fs::copy(&copy, &self.pcs[pc].file).map_err(|error| error.to_string())?;
        let opened = Store::open(self.pcs[pc].file.clone(), now()).await;
        self.pcs[pc].store = opened.map_err(|error| error.to_string())?;
        self.pcs[pc].seen = seen;
        for (id, saved) in self.ledger.saves.iter_mut().filter(|(_, saved)| saved.pc == pc) {
            saved.fate = match saved.fate {
                _ if !saves.contains(id) => Fate::Forgotten,
                // Somebody has decided, but the copy may not know.
                fate => fate,
            };
        }
        self.look(pc).await
    }

    pub(super) fn back_up(&mut self) -> Result<(), String> {
        let copy = self.new_file("backup");
        let _contents = backup::back_up(&self.server_file, &copy).map_err(|error| error.to_string())?;
        self.backups.push((copy, self.truth.clone()));
        Ok(())
    }

    pub(super) async fn restore_server(&mut self) -> Result<(), String> {
        let Some((copy, truth)) = self.chance.of(&self.backups).cloned() else { return Ok(()) };
        self.course.restored_servers += 1;
        self.server = None;
        let file = self.new_file("server");
        let later = now() + TimeDelta::seconds(i64::try_from(self.files).unwrap_or_default());
        let when = if self.mutant == Mutant::RestoreGoesOnCounting { DateTime::UNIX_EPOCH } else { later };
        let _restored = backup::restore(&copy, &file, when).map_err(|error| error.to_string())?;
        self.server = Some(store::Store::open(&file).await.map_err(|error| error.to_string())?);
        (self.server_file, self.truth) = (file, truth);
        Ok(())
    }
}
