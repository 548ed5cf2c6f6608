//! What this PC knows of its server. It is no record: it is neither exported nor sent.

use rusqlite::{Connection, params};

use super::row::cell;

/// What this PC knows of its server; empty texts while it has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThisPc {
    pub server_address: String,
    pub pairing_code: String,
}

pub(crate) fn read(connection: &Connection) -> rusqlite::Result<ThisPc> {
    connection.prepare_cached("select server_address, pairing_code from this_pc")?.query_row([], |row| {
        Ok(ThisPc { server_address: cell(row, "server_address")?, pairing_code: cell(row, "pairing_code")? })
    })
}

pub(crate) fn write(connection: &Connection, this_pc: &ThisPc) -> rusqlite::Result<()> {
    let ThisPc { server_address, pairing_code } = this_pc;
    let _one = connection
        .prepare_cached("update this_pc set server_address = ?1, pairing_code = ?2")?
        .execute(params![server_address, pairing_code])?;
    Ok(())
}
