//! Where the token of this PC is kept: the system's vault, or where there is none, a file that only
//! this user may read.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use aftalebog_sqlite::place;
use keyring_core::api::CredentialStore;
use keyring_core::{Entry, Error as KeyringError};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use super::client::Token;
use crate::folder;
use crate::store::TokenKept;

/// Asks the one thread that speaks with the system's vault: some vaults are not to be asked by
/// several at once, and one that asks the person to unlock it takes its time.
#[derive(Clone)]
pub struct Vault {
    orders: mpsc::UnboundedSender<Order>,
}

/// The system's vault, once it is asked for.
type System = Box<dyn FnMut() -> Option<Arc<CredentialStore>> + Send>;

enum Order {
    Keep { device: Uuid, token: Token, answer: oneshot::Sender<Result<TokenKept, NotKept>> },
    Renew { device: Uuid, kept: TokenKept, token: Token, answer: oneshot::Sender<Result<(), NotKept>> },
    Read { device: Uuid, kept: TokenKept, answer: oneshot::Sender<Option<Token>> },
    Forget { device: Uuid, kept: TokenKept },
}

/// No place was found for it.
#[derive(Debug)]
pub(super) struct NotKept;

/// The name under which the system's vault shows what is kept.
const SERVICE: &str = "Aftalebog";

impl Vault {
    /// The system's vault; on Linux, where it may lack one, a folder beside the clinic's file.
    pub fn of_system(file: &Path) -> Self {
        let files = cfg!(not(windows)).then(|| folder_beside(file));
        Self::start(Box::new(system_vault), files)
    }

    /// A folder beside the clinic's file.
    pub fn of_files(file: &Path) -> Self {
        Self::start(Box::new(|| None), Some(folder_beside(file)))
    }

    fn start(system: System, files: Option<PathBuf>) -> Self {
        let (orders, inbox) = mpsc::unbounded_channel();
        let work = move || serve(&mut Keeper { system, found: None, files }, inbox);
        // When no thread can be started, whoever asks is not answered: nothing is kept, nothing is read.
        let _runs_on_its_own = thread::Builder::new().name("vault".to_owned()).spawn(work);
        Self { orders }
    }

    pub(super) async fn keep(&self, device: Uuid, token: Token) -> Result<TokenKept, NotKept> {
        let (answer, answered) = oneshot::channel();
        self.orders.send(Order::Keep { device, token, answer }).map_err(|_| NotKept)?;
        answered.await.map_err(|_| NotKept)?
    }

    /// Puts another token in the place of the one that is kept, which is kept beside it.
    pub(super) async fn keep_in(&self, kept: TokenKept, device: Uuid, token: Token) -> Result<(), NotKept> {
        let (answer, answered) = oneshot::channel();
        self.orders.send(Order::Renew { device, kept, token, answer }).map_err(|_| NotKept)?;
        answered.await.map_err(|_| NotKept)?
    }

    /// `None`: it is not there any more, or is no token.
    pub(super) async fn token(&self, device: Uuid, kept: TokenKept) -> Option<Token> {
        let (answer, answered) = oneshot::channel();
        self.orders.send(Order::Read { device, kept, answer }).ok()?;
        answered.await.ok()?
    }

    /// The token that was kept before this one.
    pub(super) async fn token_before(&self, device: Uuid, kept: TokenKept) -> Option<Token> {
        self.token(before(device), kept).await
    }

    pub(super) fn forget(&self, device: Uuid, kept: TokenKept) {
        // A token that stays is worth nothing: its PC has been removed.
        let _ended = self.orders.send(Order::Forget { device, kept });
    }
}

fn serve(keeper: &mut Keeper, mut inbox: mpsc::UnboundedReceiver<Order>) {
    while let Some(order) = inbox.blocking_recv() {
        match order {
            Order::Keep { device, token, answer } => drop(answer.send(keeper.keep(device, &token))),
            Order::Renew { device, kept, token, answer } => drop(answer.send(keeper.renew(device, kept, &token))),
            Order::Read { device, kept, answer } => drop(answer.send(keeper.read(device, kept))),
            Order::Forget { device, kept } => {
                keeper.forget(before(device), kept);
                keeper.forget(device, kept);
            }
        }
    }
}

struct Keeper {
    system: System,
    /// The system's vault, once it has answered.
    found: Option<Arc<CredentialStore>>,
    files: Option<PathBuf>,
}

impl Keeper {
    fn keep(&mut self, device: Uuid, token: &Token) -> Result<TokenKept, NotKept> {
        let in_order = [TokenKept::Vault, TokenKept::File];
        in_order.into_iter().find(|place| self.put(device, *place, token).is_ok()).ok_or(NotKept)
    }

    fn renew(&mut self, device: Uuid, kept: TokenKept, token: &Token) -> Result<(), NotKept> {
        if let Some(present) = self.read(device, kept) {
            self.put(before(device), kept, &present)?;
        }
        self.put(device, kept, token)
    }

    fn put(&mut self, device: Uuid, kept: TokenKept, token: &Token) -> Result<(), NotKept> {
        match kept {
            TokenKept::Vault => {
                let entry = entry(&self.system().ok_or(NotKept)?, device);
                entry.and_then(|entry| entry.set_password(token.reveal())).map_err(|_| NotKept)
            }
            TokenKept::File => write(self.files.as_ref().ok_or(NotKept)?, device, token).map_err(|_| NotKept),
        }
    }

    fn read(&mut self, device: Uuid, kept: TokenKept) -> Option<Token> {
        let text = match kept {
            TokenKept::Vault => entry(&self.system()?, device).and_then(|entry| entry.get_password()).ok()?,
            TokenKept::File => read(self.files.as_ref()?, device).ok()?,
        };
        Token::read(text)
    }

    fn forget(&mut self, device: Uuid, kept: TokenKept) {
        // What cannot be removed is worth nothing any more.
        match kept {
            TokenKept::Vault => {
                let _removed =
                    self.system().map(|system| entry(&system, device).map(|entry| entry.delete_credential()));
            }
            TokenKept::File => {
                let _removed = self.files.as_ref().map(|files| fs::remove_file(file(files, device)));
            }
        }
    }

    /// The system's vault, if it answers: it is asked for something that is not there. One that does not answer
    /// may be locked, and is asked again the next time.
    fn system(&mut self) -> Option<Arc<CredentialStore>> {
        if self.found.is_none() {
            self.found = (self.system)().filter(|system| {
                let nothing = entry(system, Uuid::nil()).and_then(|entry| entry.get_password());
                matches!(nothing, Err(KeyringError::NoEntry))
            });
        }
        self.found.clone()
    }
}

/// Where the token before the present one is kept.
fn before(device: Uuid) -> Uuid {
    Uuid::new_v5(&device, b"the token before")
}

/// Each pairing has an entry of its own: that of another file, such as the demo's, is never taken for it.
fn entry(system: &Arc<CredentialStore>, device: Uuid) -> keyring_core::Result<Entry> {
    // Windows would carry the token to every PC where the same user signs in.
    let own: &[(&str, &str)] = if cfg!(windows) { &[("persistence", "Local")] } else { &[] };
    let own: HashMap<&str, &str> = own.iter().copied().collect();
    let user = device.simple().to_string();
    Entry::new_in_store_with_modifiers(system, SERVICE, &user, &own)
}

fn system_vault() -> Option<Arc<CredentialStore>> {
    let _set = keyring::Entry::store_status().as_ref().ok()?;
    keyring_core::get_default_store()
}

fn folder_beside(clinic: &Path) -> PathBuf {
    place::folder_of(clinic).join("token")
}

fn file(folder: &Path, device: Uuid) -> PathBuf {
    folder.join(device.simple().to_string())
}

/// It is whole or not there, and never readable by others.
fn write(files: &Path, device: Uuid, token: &Token) -> io::Result<()> {
    folder::make(files)?;
    let place = file(files, device);
    let beside = place::beside(&place, ".new");
    place::remove(&beside)?;
    folder::new_file(&beside)?.write_all(token.reveal().as_bytes())?;
    place::put_in_place(&beside, &place)
}

/// No more is read than a token can have.
fn read(files: &Path, device: Uuid) -> io::Result<String> {
    let mut text = String::new();
    let _length = io::Read::read_to_string(&mut io::Read::take(fs::File::open(file(files, device))?, 1000), &mut text)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use keyring_core::mock;

    fn token(text: &str) -> Token {
        Token::read(text.to_owned()).unwrap()
    }

    fn mock_vault() -> Arc<CredentialStore> {
        mock::Store::new().unwrap()
    }

    /// What the system's vault gives, and a folder beside the file.
    fn vault(system: Option<Arc<CredentialStore>>, folder: &Path) -> Vault {
        Vault::start(Box::new(move || system.clone()), Some(folder.join("token")))
    }

    #[tokio::test]
    async fn the_systems_vault_keeps_one_entry_for_each_pairing() {
        let (folder, system) = (tempfile::tempdir().unwrap(), mock_vault());
        let vault = vault(Some(system.clone()), folder.path());
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert_eq!(vault.keep(one, token("dk1_one")).await.unwrap(), TokenKept::Vault);
        assert_eq!(vault.keep(other, token("dk1_other")).await.unwrap(), TokenKept::Vault);
        vault.keep_in(TokenKept::Vault, one, token("dk1_next")).await.unwrap();
        assert_eq!(vault.token(one, TokenKept::Vault).await, Some(token("dk1_next")));
        assert_eq!(vault.token_before(one, TokenKept::Vault).await, Some(token("dk1_one")));
        assert_eq!(vault.token_before(other, TokenKept::Vault).await, None);
        assert_eq!(vault.token(other, TokenKept::Vault).await, Some(token("dk1_other")));
        // What somebody else has put in its place is none.
        for foreign in ["x".repeat(201).as_str(), "", "to ord", "æøå"] {
            entry(&system, other).unwrap().set_password(foreign).unwrap();
            assert_eq!(vault.token(other, TokenKept::Vault).await, None, "{foreign}");
        }
        entry(&system, other).unwrap().set_secret(&[0xff, 0xfe]).unwrap();
        assert_eq!(vault.token(other, TokenKept::Vault).await, None);
        vault.forget(one, TokenKept::Vault);
        assert_eq!(vault.token(one, TokenKept::Vault).await, None);
        assert_eq!(vault.token_before(one, TokenKept::Vault).await, None);
        assert!(!folder.path().join("token").exists());
    }

    #[tokio::test]
    async fn without_a_vault_only_this_user_can_read_the_file() {
        let locked = mock_vault();
        let nothing = entry(&locked, Uuid::nil()).unwrap();
        let nothing: &mock::Cred = nothing.as_any().downcast_ref().unwrap();
        nothing.set_error(KeyringError::NoStorageAccess("it stays locked".into()));
        for system in [None, Some(locked)] {
            let folder = tempfile::tempdir().unwrap();
            let vault = vault(system, folder.path());
            let device = Uuid::from_u128(1);
            assert_eq!(vault.keep(device, token("dk1_one")).await.unwrap(), TokenKept::File);
            vault.keep_in(TokenKept::File, device, token("dk1_next")).await.unwrap();
            assert_eq!(vault.token(device, TokenKept::File).await, Some(token("dk1_next")));
            #[cfg(unix)]
            for (path, expected) in
                [(folder.path().join("token"), 0o700), (file(&folder.path().join("token"), device), 0o600)]
            {
                let mode = std::os::unix::fs::MetadataExt::mode(&fs::metadata(path).unwrap());
                assert_eq!(mode & 0o777, expected);
            }
            vault.forget(device, TokenKept::File);
            assert_eq!(vault.token(device, TokenKept::File).await, None);
        }
    }

    #[tokio::test]
    async fn a_vault_that_was_locked_is_asked_again() {
        let (folder, system, device) = (tempfile::tempdir().unwrap(), mock_vault(), Uuid::from_u128(1));
        entry(&system, device).unwrap().set_password("dk1_one").unwrap();
        let nothing = entry(&system, Uuid::nil()).unwrap();
        let nothing: &mock::Cred = nothing.as_any().downcast_ref().unwrap();
        nothing.set_error(KeyringError::NoStorageAccess("it is locked".into()));
        let vault = vault(Some(system), folder.path());
        assert_eq!(vault.token(device, TokenKept::Vault).await, None);
        assert_eq!(vault.token(device, TokenKept::Vault).await, Some(token("dk1_one")));
    }

    /// As on Windows, where a file would go along with a roaming profile.
    #[tokio::test]
    async fn where_no_file_may_be_nothing_is_kept() {
        let vault = Vault::start(Box::new(|| None), None);
        assert!(vault.keep(Uuid::from_u128(1), token("dk1_one")).await.is_err());
        assert_eq!(vault.token(Uuid::from_u128(1), TokenKept::File).await, None);
    }
}
