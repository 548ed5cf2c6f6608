//! Who waits for a change of a clinic. There is only something in memory for clinics whose PCs wait.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use uuid::Uuid;

/// A PC waits so many times at once; the oldest is then answered.
const POLLS_OF_A_DEVICE: usize = 4;

#[derive(Default)]
pub(super) struct Notices {
    clinics: Mutex<HashMap<Uuid, Vec<Arc<Poll>>>>,
}

#[derive(Default)]
struct Poll {
    device: Uuid,
    woken: Notify,
    displaced: AtomicBool,
}

/// A place among those who wait, until it is dropped.
pub struct Waiting {
    notices: Arc<Notices>,
    clinic: Uuid,
    poll: Arc<Poll>,
}

impl Notices {
    /// Takes a place. What changes from now on wakes it.
    pub(super) fn wait(self: &Arc<Self>, clinic: Uuid, device: Uuid) -> Waiting {
        let poll = Arc::new(Poll { device, ..Poll::default() });
        let mut clinics = self.locked();
        let polls = clinics.entry(clinic).or_default();
        let own = polls.iter().filter(|poll| poll.device == device && !poll.displaced.load(Ordering::Relaxed));
        let own: Vec<_> = own.collect();
        if let Some(oldest) = own.first().filter(|_| own.len() >= POLLS_OF_A_DEVICE) {
            oldest.displaced.store(true, Ordering::Relaxed);
            oldest.woken.notify_one();
        }
        polls.push(poll.clone());
        Waiting { notices: self.clone(), clinic, poll }
    }

    /// Wakes all who wait for a change of this clinic.
    pub(super) fn tell(&self, clinic: Uuid) {
        for poll in self.locked().get(&clinic).into_iter().flatten() {
            poll.woken.notify_one();
        }
    }

    #[cfg(test)]
    fn waiting(&self) -> usize {
        self.locked().values().map(Vec::len).sum()
    }

    fn locked(&self) -> MutexGuard<'_, HashMap<Uuid, Vec<Arc<Poll>>>> {
        self.clinics.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    /// Returns when there may be a change, also one from before it was asked.
    pub async fn woken(&self) {
        self.poll.woken.notified().await;
    }

    /// Whether the PC has asked too often meanwhile.
    pub fn is_displaced(&self) -> bool {
        self.poll.displaced.load(Ordering::Relaxed)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let mut clinics = self.notices.locked();
        if let Some(polls) = clinics.get_mut(&self.clinic) {
            polls.retain(|poll| !Arc::ptr_eq(poll, &self.poll));
            if polls.is_empty() {
                let _nobody = clinics.remove(&self.clinic);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_those_of_the_clinic_are_woken_and_nobody_is_remembered() {
        let notices = Arc::<Notices>::default();
        let [clinic, other, device] = [1, 2, 3].map(Uuid::from_u128);
        let (waiting, elsewhere) = (notices.wait(clinic, device), notices.wait(other, device));
        // Before it is awaited, too.
        notices.tell(clinic);
        waiting.woken().await;
        notices.tell(other);
        elsewhere.woken().await;
        assert_eq!(notices.waiting(), 2);
        drop((waiting, elsewhere));
        assert!(notices.locked().is_empty());
    }

    #[tokio::test]
    async fn a_device_waits_four_times_and_the_oldest_gives_way() {
        let notices = Arc::<Notices>::default();
        let [clinic, device, other] = [1, 2, 3].map(Uuid::from_u128);
        let others = notices.wait(clinic, other);
        let waiting: Vec<_> = (0..6).map(|_| notices.wait(clinic, device)).collect();
        let displaced: Vec<_> = waiting.iter().map(Waiting::is_displaced).collect();
        assert_eq!(displaced, [true, true, false, false, false, false]);
        assert!(!others.is_displaced());
        waiting[0].woken().await;
        waiting[1].woken().await;
    }
}
