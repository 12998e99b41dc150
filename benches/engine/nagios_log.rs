//! A log of Nagios.

use std::fmt::Write;

use crate::case::{SAMPLES, START_S, STEP_S, contents, fingerprint, read};
use crate::{Amount, Bench, Subject};

const HOSTS: i64 = 200;

/// Mostly of what bears on nothing, as in real logs: states of services that the agreement does not know, remarks.
fn text() -> String {
    let mut text = String::new();
    for sample in 0..SAMPLES {
        let (at, host) = (START_S + sample * STEP_S, sample % HOSTS);
        let mut line = |seconds: i64, rest: &str| {
            let _ = writeln!(text, "[{}] {rest}", at + seconds);
        };
        if sample % 288 == 0 {
            (0..HOSTS)
                .for_each(|host| line(0, &format!("CURRENT HOST STATE: host-{host:03};UP;HARD;1;PING OK - 12 ms")));
        }
        let state = if sample % 400 < 200 { "DOWN" } else { "UP" };
        if sample % 2 == 0 {
            line(1, &format!("HOST ALERT: host-{host:03};{state};HARD;3;PING - Packet loss = 100%, RTA = 0.00 ms"));
        }
        for service in ["disk", "load", "swap"] {
            line(
                2,
                &format!("SERVICE ALERT: host-{host:03};{service};WARNING;SOFT;1;{service} WARNING - 91% used on /var"),
            );
        }
        line(3, &format!("EXTERNAL COMMAND: PROCESS_SERVICE_CHECK_RESULT;host-{host:03};backup;0;OK: 12 files, 34 MB"));
        line(4, "Auto-save of retention data completed successfully.");
    }
    text
}

pub fn measure(bench: &mut Bench) {
    let text = text();
    let imported = read(text.as_bytes());
    assert_eq!((imported.rejected.len(), imported.record.series.len() as i64), (0, HOSTS));
    let (known, amount) = (fingerprint(text.as_bytes()), Amount::Bytes(text.len() as u64));
    bench.measure(Subject { group: "read", name: "nagios", label: "Nagios log".into(), amount }, || {
        contents(text.as_bytes(), known)
    });
}
