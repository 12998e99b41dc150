"""Downtime of each target in a CSV of samples, with the library that the first argument names."""

import json
import sys

LONGEST_MS = 450_000


def with_duckdb(path, threads):
    import duckdb

    con = duckdb.connect()
    con.execute(f"SET threads = {threads}")
    found = con.execute(
        """
        WITH probe AS (
          SELECT target, status, time, lead(time) OVER (PARTITION BY target ORDER BY time) AS next
          FROM read_csv(?, columns = {'time': 'TIMESTAMP', 'target': 'VARCHAR', 'check': 'VARCHAR',
                                      'status': 'VARCHAR', 'latency': 'DOUBLE'}, header = true)
        )
        SELECT target, count(*),
               sum(CASE WHEN status = 'down' AND date_diff('millisecond', time, next) <= 450000
                        THEN date_diff('millisecond', time, next) END)
        FROM probe GROUP BY target
        """,
        [path],
    ).fetchall()
    return sum(row[1] for row in found), {row[0]: int(row[2]) for row in found if row[2]}


def with_polars(path):
    import polars as pl

    probes = pl.scan_csv(path).with_columns(pl.col("time").str.to_datetime("%Y-%m-%dT%H:%M:%SZ", time_unit="ms"))
    held = (pl.col("time").shift(-1) - pl.col("time")).over("target").dt.total_milliseconds()
    probes = probes.with_columns(held.alias("held"))
    down = (pl.col("status") == "down") & (pl.col("held") <= LONGEST_MS)
    found = probes.group_by("target").agg(pl.len().alias("rows"), pl.col("held").filter(down).sum().alias("down"))
    found = found.collect()
    return found["rows"].sum(), {t: d for t, d in zip(found["target"], found["down"]) if d}


def with_pandas(path):
    import pandas as pd

    probes = pd.read_csv(path, engine="pyarrow")
    probes["time"] = pd.to_datetime(probes["time"], utc=True)
    held = probes.groupby("target", sort=False)["time"].shift(-1) - probes["time"]
    held_ms = held.dt.total_seconds() * 1000
    down = (probes["status"] == "down") & (held_ms <= LONGEST_MS)
    sums = held_ms[down].groupby(probes["target"][down]).sum()
    return len(probes), {target: int(ms) for target, ms in sums.items()}


READERS = {
    "duckdb-1": lambda path: with_duckdb(path, 1),
    "duckdb-2": lambda path: with_duckdb(path, 2),
    "polars": with_polars,
    "pandas": with_pandas,
}

rows, down_ms = READERS[sys.argv[1]](sys.argv[2])
print(json.dumps({"rows": int(rows), "down_ms": down_ms}))
