//! Uptime Kuma. Its backup as JSON holds settings and no heartbeats.

use super::diagnostic::Code;
use super::document::{Fault, Shape};
use crate::record::Record;

pub(super) const BACKUP: Shape = Shape {
    name: "uptime-kuma-backup",
    takes: false,
    recognises: |root| root.peek("monitorList").is_some() && root.peek("version").is_some(),
    read: |root, _, _| {
        root.problem(Fault::new(Code::NoMonitoringData, "Uptime_Kuma_Backup.json").expected("`kuma.db`"));
        Record::default()
    },
};
