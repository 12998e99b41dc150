//! The names of the columns out of `CREATE TABLE`. SQLite keeps it as it was written, with comments and all.

/// How many columns a table may have; SQLite itself takes no more.
const MAX_COLUMNS: usize = 32_767;

/// The columns of a table that is stored by rowid.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Columns {
    /// In the order in which a row stores them.
    pub names: Vec<String>,
    /// The column that is the rowid under another name.
    pub alias: Option<usize>,
}

/// Words that begin a constraint of the table; a column of such a name is quoted.
const TABLE_CONSTRAINTS: [&str; 5] = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"];

/// Words after which the type of a column is over.
const COLUMN_CONSTRAINTS: [&str; 11] =
    ["CONSTRAINT", "PRIMARY", "NOT", "NULL", "UNIQUE", "CHECK", "DEFAULT", "COLLATE", "REFERENCES", "GENERATED", "AS"];

/// A name, a word, or one character of punctuation.
struct Token<'a> {
    /// Without the quotation marks.
    text: &'a str,
    quoted: bool,
    /// How many parentheses are open around it.
    depth: usize,
}

impl Token<'_> {
    fn is(&self, word: &str) -> bool {
        !self.quoted && self.text.eq_ignore_ascii_case(word)
    }

    fn is_one_of(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(word))
    }
}

/// `None` where the table is `WITHOUT ROWID`, virtual, or nothing that can be read.
pub(super) fn columns(sql: &str) -> Option<Columns> {
    let tokens = tokens(sql);
    let (head, rest) = tokens.split_at_checked(tokens.iter().position(|token| token.is("("))? + 1)?;
    let (body, tail) = rest.split_at_checked(rest.iter().position(|token| token.depth == 0)?)?;
    let ordinary = head.iter().any(|token| token.is("TABLE")) && !head.iter().any(|token| token.is("VIRTUAL"));
    if !ordinary || tail.iter().any(|token| token.is("WITHOUT")) {
        return None;
    }
    let mut columns = Columns { names: Vec::new(), alias: None };
    let mut integers = Vec::new();
    for definition in body.split(|token| token.depth == 1 && token.is(",")) {
        let first = definition.first()?;
        if first.is_one_of(&TABLE_CONSTRAINTS) {
            let key = key_of(definition).and_then(|key| place(&columns.names, key));
            columns.alias = columns.alias.or(key.filter(|key| integers.contains(key)));
        } else if is_stored(definition) {
            let own = columns.names.len();
            if is_integer(definition) {
                integers.push(own);
                columns.alias = columns.alias.or(is_key(definition).then_some(own));
            }
            columns.names.push(first.text.replace("\"\"", "\""));
        }
    }
    (1..=MAX_COLUMNS).contains(&columns.names.len()).then_some(columns)
}

fn place(names: &[String], name: &str) -> Option<usize> {
    names.iter().position(|own| own.eq_ignore_ascii_case(name))
}

/// The one column of `PRIMARY KEY (name)` as a constraint of the table.
fn key_of<'a>(definition: &[Token<'a>]) -> Option<&'a str> {
    let key = definition.iter().position(|token| token.is("PRIMARY"))?;
    let inside = definition.get(key + 3..)?;
    let inside = inside.get(..inside.iter().position(|token| token.is(")"))?)?;
    let one = !inside.iter().any(|token| token.is(","));
    inside.first().filter(|_| one).map(|token| token.text)
}

/// A column that is computed when it is read is not stored.
fn is_stored(definition: &[Token<'_>]) -> bool {
    let says = |word| definition.iter().skip(1).any(|token| token.depth == 1 && token.is(word));
    !says("AS") || says("STORED")
}

/// Only `INTEGER`, by that word alone, makes a key the rowid.
fn is_integer(definition: &[Token<'_>]) -> bool {
    let mut kind = definition.iter().skip(1).take_while(|token| !token.is_one_of(&COLUMN_CONSTRAINTS));
    kind.next().is_some_and(|token| token.text.eq_ignore_ascii_case("INTEGER")) && kind.next().is_none()
}

/// `PRIMARY KEY` in the column itself; with `DESC` it is not the rowid.
fn is_key(definition: &[Token<'_>]) -> bool {
    let key = definition.iter().position(|token| token.depth == 1 && token.is("PRIMARY"));
    key.is_some_and(|key| !definition.get(key + 2).is_some_and(|token| token.is("DESC")))
}

fn tokens(sql: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut depth = 0_usize;
    let mut rest = sql.trim_ascii_start();
    while let Some(first) = rest.chars().next() {
        let mut quoted = true;
        let (text, after) = match first {
            '-' if rest.starts_with("--") => {
                rest = rest.split_once('\n').map_or("", |(_, after)| after).trim_ascii_start();
                continue;
            }
            '/' if rest.starts_with("/*") => {
                rest = rest.split_once("*/").map_or("", |(_, after)| after).trim_ascii_start();
                continue;
            }
            '"' | '\'' | '`' => between(rest, first),
            '[' => between(rest, ']'),
            _ => {
                quoted = false;
                let word = rest.find(|letter| !is_word(letter)).unwrap_or(rest.len());
                rest.split_at_checked(word.max(1)).unwrap_or((rest, ""))
            }
        };
        if !quoted && text == ")" {
            depth = depth.saturating_sub(1);
        }
        let own = Token { text, quoted, depth };
        depth += usize::from(own.is("("));
        tokens.push(own);
        rest = after.trim_ascii_start();
    }
    tokens
}

fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_' || letter == '$' || !letter.is_ascii()
}

/// What stands between quotation marks, and what follows. One of them twice stands for itself and does not end it; what
/// never ends reaches to the end.
fn between(text: &str, close: char) -> (&str, &str) {
    let inside = text.get(1..).unwrap_or_default();
    let mut end = 0;
    while let Some(at) = inside.get(end..).and_then(|rest| rest.find(close)) {
        end += at + 1;
        let after = inside.get(end..).unwrap_or_default();
        if close == ']' || !after.starts_with(close) {
            return (inside.get(..end - 1).unwrap_or_default(), after);
        }
        end += 1;
    }
    (inside, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(sql: &str) -> Option<(Vec<String>, Option<usize>)> {
        columns(sql).map(|columns| (columns.names, columns.alias))
    }

    fn names(names: &[&str], alias: Option<usize>) -> Option<(Vec<String>, Option<usize>)> {
        Some((names.iter().map(|name| (*name).to_owned()).collect(), alias))
    }

    #[test]
    fn every_way_of_quoting_names_a_column() {
        let sql = "CREATE TABLE [a (b](\n [id] INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, -- id, (the) first\n \
                   \"say \"\"hi\"\", (you)\" TEXT, `time` DATETIME DEFAULT (DATETIME('now')) /* , no */, 'key' , bare $x)";
        assert_eq!(told(sql), names(&["id", "say \"hi\", (you)", "time", "key", "bare"], Some(0)));
    }

    #[test]
    fn a_key_is_the_rowid_only_where_it_is_an_integer() {
        for (sql, alias) in [
            ("CREATE TABLE t(a, b integer primary key)", Some(1)),
            ("CREATE TABLE t(a, b INT PRIMARY KEY)", None),
            ("CREATE TABLE t(a, b INTEGER PRIMARY KEY DESC)", None),
            ("CREATE TABLE t(a, b INTEGER, PRIMARY KEY(b DESC))", Some(1)),
            ("CREATE TABLE t(a, b \"INTEGER\" NOT NULL, CONSTRAINT k PRIMARY KEY(\"b\" AUTOINCREMENT))", Some(1)),
            ("CREATE TABLE t(a INTEGER, b INTEGER, PRIMARY KEY(a, b))", None),
            ("CREATE TABLE t(a INTEGER(8), b UNSIGNED INTEGER, UNIQUE(a), PRIMARY KEY(b))", None),
        ] {
            assert_eq!(told(sql), names(&["a", "b"], alias), "{sql}");
        }
    }

    #[test]
    fn a_column_that_is_computed_is_stored_only_where_it_says_so() {
        let sql = "CREATE TABLE t(a, b AS (a + 1), c INT GENERATED ALWAYS AS (a) STORED, d CHECK (d AS INT))";
        assert_eq!(told(sql), names(&["a", "c", "d"], None));
    }

    #[test]
    fn other_ways_of_storing_are_none() {
        for sql in [
            "CREATE TABLE t(a PRIMARY KEY) WITHOUT ROWID",
            "CREATE VIRTUAL TABLE t USING fts5(a)",
            "CREATE INDEX i ON t(a)",
            "CREATE TABLE t(a, b",
            "CREATE TABLE t()",
            "CREATE TABLE t(a,,b)",
            "",
            "(((((",
            "'",
        ] {
            assert_eq!(told(sql), None, "{sql}");
        }
    }
}
