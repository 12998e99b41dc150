#!/usr/bin/env python3
"""Writes the files beside it: one day of Icinga, as each of its ways of export writes it. Written after the code of Icinga DB
Web (`JsonResultSetUtils`, `CsvResultSetUtils`), of the monitoring module of Icinga Web 2 (`eventhistoryAction`), and
after the tables of Icinga DB. The columns of a history are many more; those that are left out say nothing of states."""
import datetime
import hashlib
import json

DAY = 1773072000000  # 10 March 2026 00:00 in Shanghai, in milliseconds
OK = "PING OK - Packet loss = 0%, RTA = 1.20 ms"
LOST = "PING CRITICAL - Packet loss = 100%"
SAYS = 'connect to 192.0.2.11 port 80; says "DOWN", UP'


def at(hour, minute, second=0, ms=0):
    return DAY + ((hour * 60 + minute) * 60 + second) * 1000 + ms


# time, host, service, state type, soft, hard, soft before, hard before, attempt, output
CHANGES = [
    (at(0, 0, 0, 120), "port-2", None, "hard", 0, 0, 99, 99, 1, OK),
    (at(0, 1, 2, 7), "port-1", "HTTP", "soft", 1, 0, 0, 0, 1, "HTTP WARNING: slow"),
    (at(0, 2, 2, 9), "port-1", "HTTP", "soft", 0, 0, 1, 0, 1, "HTTP OK"),
    (at(0, 3, 2, 9), "port-1", "HTTP", "hard", 0, 0, 1, 0, 1, "HTTP OK"),
    (at(3, 0), "port-1", "disk /", "hard", 2, 2, 0, 0, 1, "DISK CRITICAL"),
    (at(10, 0), "port-1", None, "soft", 1, 0, 0, 0, 1, LOST),
    (at(10, 0, 5), "port-1", "HTTP", "soft", 2, 0, 0, 0, 1, SAYS),
    (at(10, 1, 0, 11), "port-1", None, "soft", 1, 0, 0, 0, 2, LOST),
    (at(10, 1, 5), "port-1", "HTTP", "soft", 2, 0, 0, 0, 2, SAYS),
    (at(10, 2, 0, 9), "port-1", None, "hard", 1, 1, 0, 0, 1, LOST),
    (at(10, 2, 5, 9), "port-1", "HTTP", "hard", 2, 2, 0, 0, 1, SAYS),
    (at(10, 15), "port-1", None, "hard", 0, 0, 1, 1, 1, OK),
    (at(10, 15, 5, 9), "port-1", "HTTP", "hard", 0, 0, 2, 2, 1, "HTTP OK"),
    (at(14, 4), "port-2", None, "soft", 1, 0, 0, 0, 1, LOST),
    (at(14, 5), "port-2", None, "soft", 1, 0, 0, 0, 2, LOST),
    (at(14, 6), "port-2", None, "hard", 1, 1, 0, 0, 1, LOST),
    (at(14, 10), "port-2", None, "hard", 0, 0, 1, 1, 1, OK),
    (at(23, 59), "port-1", "HTTP", "soft", 1, 0, 0, 0, 1, "HTTP WARNING: slow"),
    (at(23, 59, 30), "port-1", "HTTP", "soft", 0, 0, 1, 0, 1, "HTTP OK"),
]
# Cancelled after twenty minutes of an hour.
START, END, CANCELLED, WORK = at(14, 0), at(15, 0), at(14, 20), "换风扇, rack 3"


def iso(ms):
    when = datetime.datetime.fromtimestamp(ms // 1000, datetime.timezone.utc)
    return when.strftime("%Y-%m-%dT%H:%M:%S") + ".%03d+00:00" % (ms % 1000)


def ident(*parts):
    return hashlib.sha1("!".join(map(str, parts)).encode()).hexdigest()


STATE = ["id", "event_time", "state_type", "soft_state", "hard_state", "check_attempt", "previous_soft_state",
         "previous_hard_state", "output", "max_check_attempts"]
DOWNTIME = ["downtime_id", "author", "comment", "is_flexible", "start_time", "end_time", "has_been_cancelled", "cancel_time"]


def entry(ms, kind, host, service, state=(), downtime=()):
    now = {"soft_state": 0, "hard_state": 0, "last_state_change": iso(at(10, 15))}
    none = dict.fromkeys(now)
    return {
        "id": ident(ms, kind, host, service), "object_type": "service" if service else "host", "event_type": kind,
        "event_time": iso(ms),
        "host": {"id": ident(host), "name": host, "display_name": host, "state": now},
        "service": {"id": service and ident(host, service), "name": service, "display_name": service,
                    "state": now if service else none},
        "downtime": dict(zip(DOWNTIME, downtime)) if downtime else dict.fromkeys(DOWNTIME),
        "notification": {"type": "problem" if kind == "notification" else None},
        "state": dict(zip(STATE, state)) if state else dict.fromkeys(STATE),
    }


def history():
    entries = []
    for ms, host, service, kind, soft, hard, soft_before, hard_before, attempt, output in CHANGES:
        state = (ident(ms, host), iso(ms), kind, soft, hard, attempt, soft_before, hard_before, output, 3)
        entries.append((ms, 0, entry(ms, "state_change", host, service, state)))
    entries.append((at(23, 59, 30), 3, entry(at(23, 59, 30), "comment_add", "port-2", None)))
    downtime = (ident("downtime"), "admin", WORK, False, iso(START), iso(END), True, iso(CANCELLED))
    entries.append((START, 1, entry(START, "downtime_start", "port-2", None, (), downtime)))
    entries.append((CANCELLED, 1, entry(CANCELLED, "downtime_end", "port-2", None, (), downtime)))
    entries.append((at(10, 2, 0, 9), 2, entry(at(10, 2, 0, 9), "notification", "port-1", None)))
    return [own for _, _, own in sorted(entries, key=lambda own: (-own[0], -own[1]))]


def flat(own, path=""):
    for key, value in own.items():
        if isinstance(value, dict):
            yield from flat(value, path + key + ".")
        else:
            yield path + key, value


def cell(key, value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) or key.endswith(("_time", "_change")):
        return str(value)
    return '"' + value.replace('"', '""') + '"'


def events():
    rows = []
    for number, (ms, host, service, kind, soft, _, _, _, attempt, output) in enumerate(CHANGES, 11):
        text = output if kind == "hard" else f"[ {attempt}/3 ] {output}"
        rows.append((str(number), host, service, ms, soft, text, kind + "_state"))
    rows += [("31", "port-2", None, START, -1, "[admin] " + WORK, "dt_start"),
             ("31", "port-2", None, CANCELLED, -1, "[admin] " + WORK, "dt_end"),
             ("41", "port-1", None, at(10, 2), 1, "[noc] " + LOST, "notify")]
    names = ["id", "host_name", "host_display_name", "service_description", "service_display_name", "object_type", "timestamp",
             "state", "output", "type"]
    values = [(number, host, host, service, service, "service" if service else "host", str(ms // 1000), str(state), text, kind)
              for number, host, service, ms, state, text, kind in sorted(rows, key=lambda own: -own[3])]
    return [dict(zip(names, own)) for own in values]


def write(name, text):
    with open(name, "w", newline="", encoding="utf-8") as file:
        file.write(text)


def table(name, separator, null, rows):
    write(name, "".join(separator.join(null if own is None else str(own) for own in row) + "\n" for row in rows))


entries = history()
write("history.json", "[" + ",\n".join(json.dumps(own, ensure_ascii=False, separators=(",", ":")) for own in entries) + "]")
lines = [",".join(key for key, _ in flat(entries[0]))]
lines += [",".join(cell(key, value) for key, value in flat(own)) for own in entries]
write("history.csv", "\r\n".join(lines))
rows = events()
write("eventhistory.json", json.dumps(rows, ensure_ascii=False))
lines = [",".join(rows[0])]
lines += [",".join('"' + (own or "").replace('"', '""') + '"' for own in row.values()) for row in rows]
write("eventhistory.csv", "".join(own + "\r\n" for own in lines))

NAMES = ("event_time", "host_name", "service_name", "state_type", "soft_state", "hard_state", "previous_soft_state",
         "previous_hard_state")
table("state-history.csv", ",", "", [NAMES] + [own[:8] for own in CHANGES])
hard = [(own[0], own[1], own[2], own[5], own[7]) for own in CHANGES if own[3] == "hard"]
still = [(at(23, 59, 59), host, None, 0, 0) for host in ("port-1", "port-2")]
names = ("event_time", "host_name", "service_name", "hard_state", "previous_hard_state")
table("sla-history-state.tsv", "\t", "NULL", [names] + hard + still)
table("sla-history-downtime.csv", ",", "",
      [("host_name", "service_name", "downtime_start", "downtime_end"), ("port-2", None, START, CANCELLED)])
# The change to down at some time before 10:15 is missing, and so is the one of port-2 back to up.
missing = [(at(0, 0), "port-1", None, "hard", 0, 0, 0, 0), (at(0, 0), "port-2", None, "hard", 0, 0, 0, 0),
           (at(10, 15), "port-1", None, "hard", 0, 0, 1, 1), (at(12, 0), "port-2", None, "hard", 1, 1, 0, 0),
           (at(12, 30), "port-2", None, "hard", 1, 1, 0, 0), (at(13, 0), "port-2", None, "hard", 0, 0, 1, 1)]
table("contradictions.csv", ",", "", [NAMES] + missing)
