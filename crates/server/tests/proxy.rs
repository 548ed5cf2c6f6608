//! A network that does to each request what it is told: between a PC and its server.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aftalebog_booking::wire::{PROTOCOL, PROTOCOL_HEADER};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::sleep;

/// What happens to one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    None,
    Delay(Duration),
    /// So long for each byte of the answer.
    Trickle(Duration),
    /// The server never hears of it.
    CutBefore,
    /// The server has done it, and nobody is told.
    CutAfter,
    /// The server has done it, and half of the answer arrives.
    CutWithin,
    /// The server is asked twice, and the second answer arrives.
    Twice,
    /// The server has done it, and nothing comes, for ever.
    Swallow,
    /// Taken, and never passed on.
    Hole,
    /// Whatever stands before the server does not reach it.
    BadGateway,
    /// The same, after the server has done it.
    BadGatewayAfter,
    /// A guest network, before one has signed in.
    Page,
    Redirect,
    /// Whoever asks speaks a version of the interface that is no longer served.
    OldProgram,
}

impl Fault {
    /// Those after which a client knows soon that it was not answered.
    pub const SOON: [Self; 9] = [
        Self::Delay(Duration::from_millis(3)),
        Self::CutBefore,
        Self::CutAfter,
        Self::CutWithin,
        Self::Twice,
        Self::BadGateway,
        Self::BadGatewayAfter,
        Self::Page,
        Self::Redirect,
    ];
}

/// What happens to the requests, one after the other.
pub enum Script {
    Always(Fault),
    /// So many get through, and it happens to all others.
    After(usize, Fault),
    /// One of these or nothing, by a seed.
    Random {
        faults: Vec<Fault>,
        chance: f64,
        random: Box<StdRng>,
    },
}

impl Script {
    pub fn random(seed: u64, faults: &[Fault], chance: f64) -> Self {
        Self::Random { faults: faults.to_vec(), chance, random: Box::new(StdRng::seed_from_u64(seed)) }
    }

    fn next(&mut self) -> Fault {
        match self {
            Self::Always(fault) | Self::After(0, fault) => *fault,
            Self::After(left, _) => {
                *left -= 1;
                Fault::None
            }
            Self::Random { faults, chance, random } => {
                if random.random_bool(*chance) {
                    faults[random.random_range(0..faults.len())]
                } else {
                    Fault::None
                }
            }
        }
    }
}

/// It ends when it is dropped.
pub struct Proxy {
    pub address: SocketAddr,
    script: Arc<Mutex<Script>>,
    running: JoinHandle<()>,
}

impl Proxy {
    pub async fn start(server: SocketAddr, script: Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let script = Arc::new(Mutex::new(script));
        let told = script.clone();
        let running = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                let told = told.clone();
                // A request that is cut is no failure of the network: it is what was asked for.
                let _abort = connections.spawn(async move { drop(serve(client, server, &told).await) });
                while connections.try_join_next().is_some() {}
            }
        });
        Self { address, script, running }
    }

    pub fn set(&self, script: Script) {
        *self.script.lock().unwrap() = script;
    }

    pub fn always(&self, fault: Fault) {
        self.set(Script::Always(fault));
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.running.abort();
    }
}

/// One request on each connection.
async fn serve(mut client: TcpStream, server: SocketAddr, script: &Mutex<Script>) -> io::Result<()> {
    let Some(request) = read_request(&mut client).await? else { return Ok(()) };
    let fault = script.lock().unwrap().next();
    match fault {
        Fault::None => {
            let answer = asked_while(&mut client, server, &request).await?;
            client.write_all(&answer).await
        }
        Fault::Delay(by) => {
            sleep(by).await;
            let answer = asked_while(&mut client, server, &request).await?;
            client.write_all(&answer).await
        }
        Fault::Trickle(each) => {
            let answer = asked_while(&mut client, server, &request).await?;
            for byte in answer {
                client.write_all(&[byte]).await?;
                sleep(each).await;
            }
            Ok(())
        }
        Fault::CutBefore => Ok(()),
        Fault::CutAfter => ask(server, &request).await.map(drop),
        Fault::CutWithin => {
            let answer = ask(server, &request).await?;
            client.write_all(&answer[..answer.len() / 2]).await
        }
        Fault::Twice => {
            let _first = ask(server, &request).await?;
            let answer = ask(server, &request).await?;
            client.write_all(&answer).await
        }
        Fault::Swallow => {
            let _answer = ask(server, &request).await?;
            until_gone(&mut client).await
        }
        Fault::Hole => until_gone(&mut client).await,
        Fault::BadGateway => client.write_all(BAD_GATEWAY).await,
        Fault::BadGatewayAfter => {
            let _answer = ask(server, &request).await?;
            client.write_all(BAD_GATEWAY).await
        }
        Fault::Page => client.write_all(PAGE).await,
        Fault::Redirect => client.write_all(REDIRECT).await,
        Fault::OldProgram => {
            let answer = ask(server, &as_of_old(request)).await?;
            client.write_all(&answer).await
        }
    }
}

const BAD_GATEWAY: &[u8] =
    b"HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\ncontent-length: 7\r\nconnection: close\r\n\r\n<h1>502";
const PAGE: &[u8] =
    b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 15\r\nconnection: close\r\n\r\n<h1>Velkommen!!";
const REDIRECT: &[u8] =
    b"HTTP/1.1 302 Found\r\nlocation: http://192.0.2.1/login\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

/// The head and the body; the server is asked to end after it.
async fn read_request(client: &mut TcpStream) -> io::Result<Option<Vec<u8>>> {
    let mut request = Vec::new();
    let head = loop {
        if let Some(end) = request.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        if client.read_buf(&mut request).await? == 0 {
            return Ok(None);
        }
    };
    let text = String::from_utf8_lossy(&request[..head]).to_ascii_lowercase();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok()).unwrap_or(0);
    while request.len() < head + length {
        if client.read_buf(&mut request).await? == 0 {
            return Ok(None);
        }
    }
    let line = request.iter().position(|byte| *byte == b'\n').unwrap_or(0) + 1;
    drop(request.splice(line..line, *b"connection: close\r\n"));
    Ok(Some(request))
}

/// The same request, from a program of version 0.
fn as_of_old(mut request: Vec<u8>) -> Vec<u8> {
    let told = format!("\r\n{PROTOCOL_HEADER}: {PROTOCOL}\r\n");
    let at = request.windows(told.len()).position(|it| it.eq_ignore_ascii_case(told.as_bytes()));
    let line = format!("\r\n{PROTOCOL_HEADER}: 0\r\n");
    drop(request.splice(at.expect("a PC tells its version")..at.unwrap_or_default() + told.len(), line.into_bytes()));
    request
}

async fn ask(server: SocketAddr, request: &[u8]) -> io::Result<Vec<u8>> {
    let mut server = TcpStream::connect(server).await?;
    server.write_all(request).await?;
    let mut answer = Vec::new();
    let _length = server.read_to_end(&mut answer).await?;
    Ok(answer)
}

/// The same, as long as the client waits for it.
async fn asked_while(client: &mut TcpStream, server: SocketAddr, request: &[u8]) -> io::Result<Vec<u8>> {
    tokio::select! {
        answer = ask(server, request) => answer,
        gone = until_gone(client) => Err(gone.err().unwrap_or_else(|| io::ErrorKind::ConnectionAborted.into())),
    }
}

async fn until_gone(client: &mut TcpStream) -> io::Result<()> {
    let mut nothing = [0; 64];
    while client.read(&mut nothing).await? > 0 {}
    Ok(())
}
