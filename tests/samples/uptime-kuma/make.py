#!/usr/bin/env python3
"""Makes the databases of this folder and of ../sqlite with the sqlite3 library, and what sqlite3 reads from the latter.

The beats are those that Uptime Kuma would have written: a small copy of its rules, without its code.
"""

import gzip
import os
import sqlite3
import struct
import subprocess
from datetime import datetime, timedelta, timezone

HERE = os.path.dirname(os.path.abspath(__file__))
DOWN, UP, PENDING, MAINTENANCE = range(4)
SHANGHAI = timezone(timedelta(hours=8))


def at(local):
    """A time in Shanghai in seconds since 1970."""
    return int(datetime.strptime(local, "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI).timestamp())


def utc(seconds, ms=True):
    text = datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%d %H:%M:%S")
    return text + ".120" if ms else text


def within(spans, now):
    return any(at(start) <= now < at(end) for start, end in spans)


IMPORTANT = {
    (DOWN, MAINTENANCE), (UP, MAINTENANCE), (MAINTENANCE, DOWN), (MAINTENANCE, UP),
    (UP, DOWN), (DOWN, UP), (PENDING, DOWN),
}


def beats(monitor, start, end, down=(), maintenance=(), stopped=()):
    """What Kuma finds: (time, status, important), one beat after the other."""
    now, before, retries = at(start), None, 0
    while now < at(end):
        if within(stopped, now):
            now += 60
            continue
        wait = monitor["interval"]
        if within(maintenance, now):
            status = MAINTENANCE
        elif not within(down, now):
            status, retries = UP, 0
        elif retries < monitor["maxretries"]:
            status, retries = PENDING, retries + 1
            wait = monitor["retry_interval"] or wait
        else:
            status = DOWN
        yield now, status, int(before is None or (before, status) in IMPORTANT)
        before = status
        now += wait


# The tables of version 1 as far as this project needs them, in the ways of quoting that Kuma's own use.
MONITOR = """CREATE TABLE IF NOT EXISTS "monitor" (
    "id"\tINTEGER NOT NULL, -- counted up
    "name"\tVARCHAR(150),
    "active"\tBOOLEAN NOT NULL DEFAULT 1,
    "interval"\tINTEGER NOT NULL DEFAULT 20,
    "url"\tTEXT,
    "type"\tVARCHAR(20),
    "maxretries"\tINTEGER NOT NULL DEFAULT 0,
    "basic_auth_pass" TEXT,
    PRIMARY KEY("id" AUTOINCREMENT)
)"""
HEARTBEAT = """CREATE TABLE [heartbeat](
    [id] INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    [important] BOOLEAN NOT NULL DEFAULT 0,
    [monitor_id] INTEGER NOT NULL REFERENCES [monitor]([id]) ON DELETE CASCADE ON UPDATE CASCADE,
    [status] SMALLINT NOT NULL,
    [msg] TEXT,
    [time] DATETIME NOT NULL,
    [ping] INTEGER,
    [duration] INTEGER NOT NULL DEFAULT 0)"""
STATISTICS = """CREATE TABLE `stat_{}` (`id` integer not null primary key autoincrement, `monitor_id` integer not null,
    `timestamp` integer not null, `ping` float not null, `up` smallint not null, `down` smallint not null,
    `extras` text default null, foreign key(`monitor_id`) references `monitor`(`id`) on delete CASCADE)"""


def database(path, version, write_ahead=True):
    path = os.path.join(HERE, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if os.path.exists(path):
        os.remove(path)
    own = sqlite3.connect(path)
    own.execute("PRAGMA page_size = 4096")
    own.execute("PRAGMA auto_vacuum = INCREMENTAL")
    own.execute("PRAGMA journal_mode = " + ("WAL" if write_ahead else "DELETE"))
    own.execute("CREATE TABLE user (id INTEGER PRIMARY KEY, username VARCHAR(255), password VARCHAR(255))")
    own.execute("INSERT INTO user VALUES (1, 'admin', 'not a real one')")
    own.execute(MONITOR)
    own.execute("ALTER TABLE monitor ADD retry_interval INTEGER default 0 not null")
    own.execute(HEARTBEAT)
    own.execute("CREATE INDEX [monitor_id] ON [heartbeat]([monitor_id])")
    if version >= "1.2":
        own.execute("ALTER TABLE heartbeat ADD down_count INTEGER NOT NULL DEFAULT 0")
    if version >= "2":
        own.execute("ALTER TABLE heartbeat ADD `end_time` datetime null default null")
        own.execute("ALTER TABLE heartbeat ADD `retries` integer not null default '0'")
        own.execute("ALTER TABLE heartbeat ADD `response` text null default null")
        for rhythm in ("minutely", "hourly", "daily"):
            own.execute(STATISTICS.format(rhythm))
    return path, own


def add(own, monitor, told, ms=True):
    names = ("id", "name", "type", "interval", "maxretries", "retry_interval", "basic_auth_pass")
    own.execute(f"INSERT INTO monitor ({', '.join(names)}) VALUES (?, ?, ?, ?, ?, ?, 'hunter2')",
                [monitor[name] for name in names[:-1]])
    told = [(important, monitor["id"], status, utc(now, ms)) for now, status, important in told]
    own.executemany("INSERT INTO heartbeat (important, monitor_id, status, msg, time) VALUES (?, ?, ?, '', ?)", told)


def keep_statistics(own, end):
    for rhythm, size, days in (("hourly", 3600, 30), ("daily", 86400, 365)):
        own.execute(f"""INSERT INTO stat_{rhythm} (monitor_id, timestamp, ping, up, down)
            SELECT monitor_id, strftime('%s', time) / {size} * {size} AS start, 12.5, SUM(status = 1), SUM(status IN (0, 2))
            FROM heartbeat GROUP BY monitor_id, start HAVING start >= {end - 86400 * days} ORDER BY start""")


def prune(own, end):
    """As each night: what is older than a day, unless it is important or among the last hundred."""
    for (monitor,) in own.execute("SELECT id FROM monitor").fetchall():
        own.execute("""DELETE FROM heartbeat WHERE monitor_id = ? AND important = 0 AND time < ? AND id NOT IN
            (SELECT id FROM heartbeat WHERE monitor_id = ? ORDER BY time DESC LIMIT 100)""",
                    (monitor, utc(end - 86400), monitor))


def finish(path, own, packed=False):
    own.commit()
    own.execute("VACUUM")
    own.close()
    if packed:
        with open(path, "rb") as plain, open(path + ".gz", "wb") as out:
            with gzip.GzipFile("", "wb", 9, out, 0) as pack:
                pack.write(plain.read())
        os.remove(path)


def monitor(id, name, type, interval=300, maxretries=0, retry_interval=0):
    return dict(id=id, name=name, type=type, interval=interval, maxretries=maxretries, retry_interval=retry_interval)


GATEWAY = monitor(1, "gateway", "ping", 300, 1, 60)
# The same month in both versions. Times are Shanghai's.
MARCH = dict(
    down=[("2026-03-05 10:00", "2026-03-05 10:25"), ("2026-03-28 23:59", "2026-03-29 00:20")],
    maintenance=[("2026-03-20 01:00", "2026-03-20 02:00")],
    stopped=[("2026-03-25 03:02", "2026-03-25 06:10")],
)
COPIED = "2026-04-01 04:00"


def kuma():
    path, own = database("1.23/month.db", "1.23")
    add(own, GATEWAY, beats(GATEWAY, "2026-03-01 00:00", COPIED, **MARCH))
    short = ("2026-03-01 00:00", "2026-03-01 06:00")
    for other in (monitor(2, "site", "http"), monitor(3, "app", "docker"), monitor(4, "site", "keyword")):
        add(own, other, beats(other, *short, down=[("2026-03-01 02:00", "2026-03-01 02:20")] if other["id"] == 4 else []))
    finish(path, own, packed=True)

    path, own = database("1.0/day.db", "1.0", write_ahead=False)
    one = monitor(1, "路由器", "port", 60)
    add(own, one, beats(one, "2026-03-01 00:00", "2026-03-01 12:00", down=[("2026-03-01 03:00", "2026-03-01 03:07")]), ms=False)
    finish(path, own)

    path, own = database("2.0/pruned.db", "2.0")
    add(own, GATEWAY, beats(GATEWAY, "2026-03-01 00:00", COPIED, **MARCH))
    keep_statistics(own, at(COPIED))
    prune(own, at(COPIED))
    finish(path, own)

    # A failure whose retries take a quarter of an hour, and one whose retries go over into maintenance.
    path, own = database("2.0/retries.db", "2.0")
    one, copied = monitor(1, "gateway", "ping", 300, 3, 300), "2026-03-06 00:00"
    add(own, one, beats(one, "2026-03-01 00:00", copied, down=[("2026-03-03 10:00", "2026-03-03 11:00"),
        ("2026-03-04 09:55", "2026-03-04 10:30")], maintenance=[("2026-03-04 10:00", "2026-03-04 11:00")]))
    keep_statistics(own, at(copied))
    prune(own, at(copied))
    finish(path, own)

    path, own = database("2.0/half-day.db", "2.0")
    one = monitor(1, "gateway", "ping", 300)
    add(own, one, beats(one, "2026-03-01 00:00", "2026-03-01 12:00", down=[("2026-03-01 03:00", "2026-03-01 03:20")]))
    keep_statistics(own, at("2026-03-01 12:00"))
    prune(own, at("2026-03-01 12:00"))
    finish(path, own)


# ------------------------------------------------------------------------------------------------ what SQLite reads

def cell(value):
    if value is None:
        return "-"
    if isinstance(value, int):
        return f"i{value}"
    if isinstance(value, float):
        return "r" + struct.pack(">d", value).hex()
    return "t" + value.encode().hex() if isinstance(value, str) else "b" + value.hex()


def dump(path):
    own = sqlite3.connect(path)
    with open(path.removesuffix(".db") + ".rows", "w") as out:
        tables = own.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY rowid").fetchall()
        for name, sql in tables:
            if "WITHOUT" in sql or "VIRTUAL" in sql:
                print(f"{name}: none", file=out)
                continue
            stored = [row[1] for row in own.execute(f'PRAGMA table_xinfo("{name}")') if row[6] in (0, 3)]
            print(f"{name}: {', '.join(stored)}", file=out)
            columns = ", ".join('"' + column.replace('"', '""') + '"' for column in stored)
            for row in own.execute(f'SELECT rowid, {columns} FROM "{name}" ORDER BY rowid'):
                print(row[0], *map(cell, row[1:]), file=out)
    own.close()


def sqlite(name, *before):
    path = os.path.join(HERE, "../sqlite", name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if os.path.exists(path):
        os.remove(path)
    own = sqlite3.connect(path)
    for pragma in before:
        own.execute("PRAGMA " + pragma)
    return path, own


def text(length, seed):
    return "".join(chr(0x4E00 + (seed * 7919 + i * 31) % 20000) if i % 5 == 0 else chr(97 + (seed + i) % 26)
                   for i in range(length))


def kinds(name, *before):
    path, own = sqlite(name, *before)
    own.execute('CREATE TABLE "all (of, them)" (a, "b ""c""" /* d, */ , [e f] BLOB)')
    numbers = [0, 1, 2, -1, 127, -128, 128, 32767, -32768, 1 << 23, -(1 << 23), (1 << 31) - 1, -(1 << 31), 1 << 40,
               -(1 << 47), (1 << 47) - 1, 1 << 47, (1 << 63) - 1, -(1 << 63)]
    for number in numbers:
        own.execute('INSERT INTO "all (of, them)" VALUES (?, ?, ?)', (number, number / 3, f"數 {number} 🙂"))
    own.execute('INSERT INTO "all (of, them)" VALUES (NULL, x\'\', \'\')')
    own.execute('INSERT INTO "all (of, them)" (rowid, a) VALUES (-9, 9.5), (9223372036854775807, x\'00ff\')')
    own.execute("CREATE TABLE computed (id INTEGER PRIMARY KEY, a, b AS (a + 1), c AS (a * 2) STORED)")
    own.execute("INSERT INTO computed (a) VALUES (1), (20)")
    own.execute("CREATE TABLE plain (k TEXT PRIMARY KEY, v) WITHOUT ROWID")
    own.execute("INSERT INTO plain VALUES ('a', 1)")
    own.execute("CREATE TABLE later (id INTEGER, a, PRIMARY KEY (id DESC))")
    own.execute("INSERT INTO later VALUES (5, 'before'), (70000, NULL)")
    own.execute("ALTER TABLE later ADD COLUMN added TEXT")
    own.execute("INSERT INTO later VALUES (6, 'after', 'there')")
    own.execute("CREATE INDEX of_a ON later (a)")
    own.execute("CREATE VIEW seen AS SELECT * FROM later")
    own.execute("CREATE TABLE empty (a)")
    own.commit()
    own.close()
    return path


def long(name, *before):
    path, own = sqlite(name, *before)
    own.execute("CREATE TABLE long (id INTEGER PRIMARY KEY, t TEXT, n INT, b BLOB)")
    for row, length in enumerate([0, 1, 100, 400, 440, 444, 445, 446, 447, 448, 449, 476, 480, 500, 1000, 1500, 6000]):
        own.execute("INSERT INTO long VALUES (?, ?, ?, ?)", (row * 1000, text(length // 2, row), row, bytes([row]) * length))
    own.commit()
    own.close()
    return path


def deep(name, *before):
    path, own = sqlite(name, *before)
    own.execute("CREATE TABLE deep (id INTEGER PRIMARY KEY, word TEXT)")
    own.executemany("INSERT INTO deep VALUES (?, ?)", ((row * 37 % 2003, f"word {row} " * 3) for row in range(2003)))
    own.execute("DELETE FROM deep WHERE id % 3 = 0 OR id BETWEEN 800 AND 1100")
    own.commit()
    own.close()
    return path


def main():
    kuma()
    for path in (
        kinds("utf-8.db"),
        kinds("utf-16-little.db", "encoding = 'UTF-16le'"),
        kinds("utf-16-big.db", "encoding = 'UTF-16be'"),
        long("overflow.db", "page_size = 512"),
        deep("deep.db", "page_size = 512", "auto_vacuum = FULL"),
        long("large-pages.db", "page_size = 65536"),
    ):
        dump(path)
    # Bytes at the end of each page that belong to an extension: only the program can set that.
    path = os.path.join(HERE, "../sqlite/reserved.db")
    if os.path.exists(path):
        os.remove(path)
    long("reserved-source.db", "page_size = 1024")
    source = os.path.join(HERE, "../sqlite/reserved-source.db")
    os.rename(source, path)
    subprocess.run(["sqlite3", path, ".filectrl reserve_bytes 32", "VACUUM"], check=True, stdout=subprocess.DEVNULL)
    dump(path)


if __name__ == "__main__":
    main()
