//! What was typed about the server before this PC was paired with it. It is no record: neither exported nor sent.

use rusqlite::{Connection, params};

use super::row::cell;

/// What was typed about the server; empty while nothing was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThisPc {
    pub server_address: String,
}

pub(crate) fn read(connection: &Connection) -> rusqlite::Result<ThisPc> {
    connection
        .prepare_cached("select server_address from this_pc")?
        .query_row([], |row| Ok(ThisPc { server_address: cell(row, "server_address")? }))
}

pub(crate) fn write(connection: &Connection, this_pc: &ThisPc) -> rusqlite::Result<()> {
    let ThisPc { server_address } = this_pc;
    let _one = connection.prepare_cached("update this_pc set server_address = ?1")?.execute(params![server_address])?;
    Ok(())
}
