//! The page and its worker: one module, which looks at where it runs.

fn main() {
    if web_sys::window().is_some() {
        sla_statement::app::start();
    } else {
        sla_statement::worker::serve::serve();
    }
}
