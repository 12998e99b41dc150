//! `--policy FILE`: an object of policy keys and their values.

use serde_json::Value;

use super::Refusal;
use super::diagnostic::{Code, listed};
use super::document::{self, Fault, Object, wrong_type};
use super::log::Log;
use crate::contract::{Policy, PolicyError, PolicyKey};

/// Sets the keys of a policy file, such as `{ "net.threshold_rule": "both" }`.
///
/// # Errors
/// [`Refusal`] where the file is not such an object; `policy` is then as it was.
pub fn apply_policy_file(name: &str, bytes: &[u8], policy: &mut Policy) -> Result<(), Refusal> {
    let mut set = policy.clone();
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    document::read(text, &mut Log::default(), |root, _| set_keys(root, &mut set))
        .map_err(|findings| Refusal::of(findings, name))?;
    *policy = set;
    Ok(())
}

/// Sets every key of the object; problems are put down.
pub(super) fn set_keys(mut keys: Object<'_>, policy: &mut Policy) {
    for (key, node) in keys.rest() {
        if let Some(value) = node.get(scalar)
            && let Err(error) = policy.set(&key, &value)
        {
            node.problem(fault(&error));
        }
    }
}

fn scalar(raw: &str) -> Result<Value, Fault> {
    let wrong = |_| wrong_type(raw, "string, number, boolean");
    match raw {
        "null" => Ok(Value::Null),
        "true" | "false" => Ok(Value::Bool(raw == "true")),
        _ if raw.starts_with('"') => serde_json::from_str(raw).map(Value::String).map_err(wrong),
        _ => serde_json::from_str(raw).map(Value::Number).map_err(wrong),
    }
}

fn fault(error: &PolicyError) -> Fault {
    match error {
        PolicyError::Key(key) => {
            let keys = listed(PolicyKey::ALL.iter().map(|key| key.as_str()));
            Fault::new(Code::PolicyKeyUnknown, key).expected(keys)
        }
        PolicyError::Value { found, expected, .. } => {
            Fault::new(Code::PolicyValue, found).expected(expected.trim().replace("` `", "`, `"))
        }
    }
}
