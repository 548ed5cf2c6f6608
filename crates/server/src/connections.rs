//! How many connections may be open, in all and of one address, and how long one may stand still.

use std::collections::HashMap;
use std::future::{Ready, ready};
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum_server::accept::Accept;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

use crate::config::Connections;

/// Whoever takes nothing of an answer for so long is not waited for.
const TAKES_NOTHING: Duration = Duration::from_secs(60);

/// Of the files that the system lets the program have open, so many are the database's.
const OTHER_FILES: usize = 100;

/// Lets connections in while there is room.
#[derive(Clone)]
pub struct Admission {
    limits: Connections,
    trusted: Arc<[IpAddr]>,
    open: Arc<Mutex<Open>>,
}

#[derive(Default)]
struct Open {
    in_all: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// One that was let in, and counts until it is dropped.
struct Admitted {
    address: IpAddr,
    open: Arc<Mutex<Open>>,
}

impl Admission {
    pub fn new(limits: Connections, trusted: Vec<IpAddr>) -> Self {
        let in_all = most_files().map_or(limits.in_all, |files| limits.in_all.min(files.saturating_sub(OTHER_FILES)));
        if in_all < limits.in_all {
            tracing::warn!(connections = in_all, "the system lets the program open few files (LimitNOFILE)");
        }
        Self { limits: Connections { in_all, ..limits }, trusted: trusted.into(), open: Arc::default() }
    }

    fn admit(&self, address: IpAddr) -> Option<Admitted> {
        let address = address.to_canonical();
        let mut open = self.open.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let of_it = open.by_address.get(&address).copied().unwrap_or_default();
        let counted = !address.is_loopback() && !self.trusted.contains(&address);
        if open.in_all >= self.limits.in_all || (counted && of_it >= self.limits.of_one_address) {
            return None;
        }
        open.in_all += 1;
        let _before = open.by_address.insert(address, of_it + 1);
        Some(Admitted { address, open: self.open.clone() })
    }
}

impl Drop for Admitted {
    fn drop(&mut self) {
        let mut open = self.open.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        open.in_all -= 1;
        if let Some(of_it) = open.by_address.get_mut(&self.address) {
            *of_it -= 1;
            if *of_it == 0 {
                let _none = open.by_address.remove(&self.address);
            }
        }
    }
}

/// How many files the program may have open, where the system says so.
fn most_files() -> Option<usize> {
    let limits = std::fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

impl<S> Accept<TcpStream, S> for Admission {
    type Stream = Connection;
    type Service = S;
    type Future = Ready<io::Result<(Connection, S)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let admitted = stream.peer_addr().and_then(|address| {
            stream.set_nodelay(true)?;
            let admitted = self.admit(address.ip());
            admitted.ok_or_else(|| io::Error::new(io::ErrorKind::ConnectionRefused, "too many connections"))
        });
        ready(admitted.map(|admitted| (Connection { stream, stands_still: None, _admitted: admitted }, service)))
    }
}

/// A connection that has a place, and does not wait for ever for the other side to take what it is sent.
pub struct Connection {
    stream: TcpStream,
    stands_still: Option<Pin<Box<Sleep>>>,
    _admitted: Admitted,
}

impl Connection {
    /// What came of a write: an error when nothing has been taken for too long.
    fn written<T>(&mut self, context: &mut Context<'_>, wrote: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if wrote.is_ready() {
            self.stands_still = None;
            return wrote;
        }
        let until = self.stands_still.get_or_insert_with(|| Box::pin(sleep(TAKES_NOTHING)));
        ready!(until.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Connection {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let wrote = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(context, wrote)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let wrote = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.written(context, wrote)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admission() -> Admission {
        let limits = Connections { in_all: 5, of_one_address: 2 };
        Admission { limits, trusted: [[10, 0, 0, 1].into()].into(), open: Arc::default() }
    }

    #[test]
    fn one_address_does_not_take_everybodys_place() {
        let admission = admission();
        let stranger: IpAddr = [192, 0, 2, 7].into();
        let first = admission.admit(stranger);
        let second = admission.admit("::ffff:192.0.2.7".parse().unwrap());
        assert!(first.is_some() && second.is_some());
        assert!(admission.admit(stranger).is_none(), "the third of one address");
        drop(first);
        let third = admission.admit(stranger);
        assert!(third.is_some(), "a place that was given up");
        // A proxy stands for many.
        let proxied: Vec<_> = (0..3).map_while(|_| admission.admit([10, 0, 0, 1].into())).collect();
        assert_eq!(proxied.len(), 3);
        assert!(admission.admit([192, 0, 2, 8].into()).is_none(), "the sixth in all");
        drop((second, third, proxied));
        assert!(admission.open.lock().unwrap().by_address.is_empty());
    }
}
