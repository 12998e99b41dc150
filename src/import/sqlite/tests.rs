#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what went wrong by failing")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::*;

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/sqlite")
}

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(samples().join(name)).unwrap()
}

const DATABASES: [&str; 7] =
    ["utf-8.db", "utf-16-little.db", "utf-16-big.db", "overflow.db", "reserved.db", "deep.db", "large-pages.db"];

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn cell(value: &Value<'_>) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::Integer(number) => format!("i{number}"),
        Value::Real(number) => format!("r{:016x}", number.to_bits()),
        Value::Text(text) => format!("t{}", hex(text.as_bytes())),
        Value::Blob(bytes) => format!("b{}", hex(bytes)),
    }
}

/// Every row of every table, in the way of the `.rows` files that sqlite3 wrote.
fn dump(bytes: &[u8]) -> Result<String, Damage> {
    let database = Database::open(bytes)?;
    let mut out = String::new();
    for table in &database.tables {
        if table.columns().is_empty() {
            writeln!(out, "{}: none", table.name).unwrap();
            assert_eq!(database.rows(table, &mut |_| Ok(())), Err(Damage::NoRowid(table.name.clone())));
            continue;
        }
        writeln!(out, "{}: {}", table.name, table.columns().join(", ")).unwrap();
        database.rows(table, &mut |row| {
            write!(out, "{}", row.rowid).unwrap();
            for column in 0..table.columns().len() {
                write!(out, " {}", cell(&row.value(column)?)).unwrap();
            }
            out.push('\n');
            Ok(())
        })?;
    }
    Ok(out)
}

#[test]
fn every_row_is_read_as_sqlite_reads_it() {
    for name in DATABASES {
        let expected = std::fs::read_to_string(samples().join(name).with_extension("rows")).unwrap();
        assert!(dump(&bytes(name)).unwrap() == expected, "{name}");
    }
}

/// The same database with some bytes written over.
fn changed(name: &str, at: usize, new: &[u8]) -> Vec<u8> {
    let mut bytes = bytes(name);
    bytes[at..at + new.len()].copy_from_slice(new);
    bytes
}

fn damage(bytes: &[u8]) -> String {
    dump(bytes).err().map_or("none".to_owned(), |damage| damage.to_string())
}

#[test]
fn a_header_that_cannot_be_is_refused_at_its_byte() {
    let whole = bytes("deep.db");
    for (bytes, expected) in [
        (Vec::new(), "0 bytes of 100".to_owned()),
        (whole[..99].to_vec(), "99 bytes of 100".to_owned()),
        (whole[..whole.len() - 1].to_vec(), format!("{} bytes of {}", whole.len() - 1, whole.len())),
        (changed("deep.db", 3, b"x"), "byte 0: magic 0".to_owned()),
        (changed("deep.db", 16, &[3, 0]), "byte 16: page size 768".to_owned()),
        (changed("deep.db", 16, &[0, 0]), "byte 16: page size 0".to_owned()),
        (changed("deep.db", 19, &[3]), "byte 19: read version 3".to_owned()),
        (changed("deep.db", 20, &[33]), "byte 20: reserved 33".to_owned()),
        (changed("deep.db", 21, &[65]), "byte 20: reserved 0".to_owned()),
        (changed("deep.db", 56, &[0, 0, 0, 4]), "byte 56: text encoding 4".to_owned()),
        (changed("deep.db", 100, &[10]), "byte 100: page type 10".to_owned()),
    ] {
        assert_eq!(damage(&bytes), expected);
    }
}

/// Where the first page of the table begins.
fn root_of(name: &str, table: &str) -> (usize, usize) {
    let bytes = bytes(name);
    let database = Database::open(&bytes).unwrap();
    (database.page_bytes, (database.table(table).unwrap().root as usize - 1) * database.page_bytes)
}

#[test]
fn trees_that_turn_back_on_themselves_end() {
    let (page_bytes, root) = root_of("deep.db", "deep");
    let own = u32::try_from(root / page_bytes + 1).unwrap();
    // The page on the very right is the root itself.
    let cyclic = changed("deep.db", root + 8, &own.to_be_bytes());
    assert_eq!(damage(&cyclic), format!("byte {root}: page used twice: {own}"));
    let outside = changed("deep.db", root + 8, &u32::MAX.to_be_bytes());
    assert_eq!(damage(&outside), format!("byte {root}: page outside the file: 4294967295"));
    let nowhere = changed("deep.db", root + 8, &[0; 4]);
    assert_eq!(damage(&nowhere), format!("byte {root}: page outside the file: 0"));
}

#[test]
fn a_tree_deeper_than_sqlite_makes_them_is_refused() {
    let mut bytes = bytes("deep.db")[..512].to_vec();
    bytes.resize(30 * 512, 0);
    bytes[28..32].copy_from_slice(&30_u32.to_be_bytes());
    for page in 0..30_u32 {
        // No cells: all that is below is the page on the very right.
        let start = if page == 0 { 100 } else { page as usize * 512 };
        bytes[start..start + 8].copy_from_slice(&[5, 0, 0, 0, 0, 0, 0, 0]);
        bytes[start + 8..start + 12].copy_from_slice(&(page + 2).to_be_bytes());
    }
    assert_eq!(damage(&bytes), "byte 9728: depth 21");
}

#[test]
fn overflowing_rows_that_turn_back_on_themselves_end() {
    let whole = bytes("overflow.db");
    let database = Database::open(&whole).unwrap();
    let (page_bytes, root) = root_of("overflow.db", "long");
    // Every page that is none of the trees' is part of a chain: let each be followed by itself.
    let mut bytes = whole.clone();
    for page in 2..database.pages as usize {
        let start = page * page_bytes;
        if start != root && ![5, 13].contains(&whole[start]) {
            bytes[start..start + 4].copy_from_slice(&u32::try_from(page + 1).unwrap().to_be_bytes());
        }
    }
    assert!(damage(&bytes).contains(": page used twice: "), "{}", damage(&bytes));
}

#[test]
fn a_row_longer_than_the_file_is_refused() {
    let (_, root) = root_of("utf-8.db", "later");
    let bytes = bytes("utf-8.db");
    let cell = root + usize::from(u16::from_be_bytes([bytes[root + 8], bytes[root + 9]]));
    let told = damage(&changed("utf-8.db", cell, &[0xff, 0xff, 0xff, 0x7f]));
    assert_eq!(told, format!("byte {cell}: payload 268435455"));
    // A cell that is counted again and again.
    let pointer = [bytes[root + 8], bytes[root + 9]];
    let mut again = changed("utf-8.db", root + 3, &[4, 0]);
    (0..1024).for_each(|index| again[root + 8 + 2 * index..][..2].copy_from_slice(&pointer));
    assert_eq!(damage(&again), format!("byte {cell}: overlapping cell 372"));
}

#[test]
fn numbers_of_every_length_are_read() {
    for (bytes, expected) in [
        (&[0x00][..], Some(0)),
        (&[0x7f, 1], Some(127)),
        (&[0x81, 0x00], Some(128)),
        (&[0xff; 9], Some(u64::MAX)),
        (&[0x80; 8], None),
        (&[], None),
    ] {
        assert_eq!(varint(bytes).map(|(value, _)| value), expected, "{bytes:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever is written over a real database, and wherever it is cut off: all its rows come out, or a reason.
    #[test]
    fn a_damaged_database_is_read_or_refused(
        name in proptest::sample::select(DATABASES.to_vec()),
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..40),
        near in 0..4_usize,
        length in any::<proptest::sample::Index>(),
        cut in any::<bool>(),
    ) {
        let mut bytes = bytes(name);
        let whole = bytes.len();
        for (place, byte) in changes {
            // Half of the changes go where they do most: the first page, and the beginnings of others.
            let place = match near {
                0 => place.index(whole),
                1 => place.index(whole.min(512)),
                _ => place.index(whole / 512) * 512 + usize::from(byte) % 16,
            };
            bytes[place] = byte;
        }
        if cut {
            bytes.truncate(length.index(whole));
        }
        let _ = dump(&bytes);
    }

    #[test]
    fn no_bytes_behind_the_magic_make_it_panic(mut bytes in proptest::collection::vec(any::<u8>(), 0..4096)) {
        bytes.splice(0..0, MAGIC.iter().copied());
        let _ = dump(&bytes);
    }
}
