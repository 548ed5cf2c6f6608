//! One connection to the server that asks at the price of a few system calls: a client that costs
//! more than the server does would hide what the server costs.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

pub struct Line {
    stream: TcpStream,
    /// What has come and not been taken yet.
    came: Vec<u8>,
}

/// An answer as it came.
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("the answer is JSON")
    }
}

impl Line {
    pub async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, came: vec![] })
    }

    /// Asks, and waits for the whole answer.
    pub async fn ask(&mut self, request: &[u8]) -> io::Result<Answer> {
        self.stream.write_all(request).await?;
        let head = loop {
            if let Some(end) = self.came.windows(4).position(|window| window == b"\r\n\r\n") {
                break end + 4;
            }
            self.read().await?;
        };
        let text = String::from_utf8_lossy(&self.came[..head]).to_ascii_lowercase();
        let status = text.get(9..12).and_then(|status| status.parse().ok()).ok_or_else(|| odd("no status"))?;
        let length = text.split("\r\ncontent-length:").nth(1).and_then(|rest| rest.split("\r\n").next());
        let body = match length.and_then(|length| length.trim().parse::<usize>().ok()) {
            Some(length) => {
                while self.came.len() < head + length {
                    self.read().await?;
                }
                let rest = self.came.split_off(head + length);
                let body = self.came.split_off(head);
                self.came = rest;
                body
            }
            None if text.contains("\r\ntransfer-encoding: chunked") => {
                let _head = self.came.drain(..head).count();
                self.chunks().await?
            }
            None => {
                let _head = self.came.drain(..head).count();
                vec![]
            }
        };
        Ok(Answer { status, body })
    }

    async fn chunks(&mut self) -> io::Result<Vec<u8>> {
        let mut body = vec![];
        loop {
            let end = loop {
                if let Some(end) = self.came.windows(2).position(|window| window == b"\r\n") {
                    break end;
                }
                self.read().await?;
            };
            let size = std::str::from_utf8(&self.came[..end]).ok();
            let size = size.and_then(|size| usize::from_str_radix(size, 16).ok()).ok_or_else(|| odd("no chunk"))?;
            while self.came.len() < end + 2 + size + 2 {
                self.read().await?;
            }
            body.extend_from_slice(&self.came[end + 2..end + 2 + size]);
            let _taken = self.came.drain(..end + 2 + size + 2).count();
            if size == 0 {
                return Ok(body);
            }
        }
    }

    async fn read(&mut self) -> io::Result<()> {
        match self.stream.read_buf(&mut self.came).await? {
            0 => Err(odd("the connection was closed")),
            _ => Ok(()),
        }
    }
}

fn odd(what: &str) -> io::Error {
    io::Error::other(what.to_owned())
}

pub fn get(path: &str, token: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n").into_bytes()
}

pub fn post(path: &str, token: &str, key: &str, body: &serde_json::Value) -> Vec<u8> {
    let body = body.to_string();
    format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nIdempotency-Key: {key}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
