//! A server for the hosted page, on loopback, and the addresses of what `make page` has built.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    path::{Component, Path, PathBuf},
    sync::{Arc, Mutex},
    thread,
};

/// A folder served over HTTP on a port of its own until the test program ends.
pub struct Site {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Site {
    /// Serves the hosted page in `dist/`.
    pub fn hosted() -> Self {
        built("index.html");
        Self::serve(&dist())
    }

    /// Serves the hosted page as a server that sends no headers with it: it can be shown in a frame of the same site.
    pub fn hosted_without_headers() -> Self {
        built("index.html");
        Self::serve_with(&dist(), String::new())
    }

    /// Serves any folder.
    pub fn serve(folder: &Path) -> Self {
        Self::serve_with(folder, headers())
    }

    fn serve_with(folder: &Path, headers: String) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let (folder, headers) = (folder.to_owned(), Arc::<str>::from(headers));
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let noted = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (folder, headers, noted) = (folder.clone(), Arc::clone(&headers), Arc::clone(&noted));
                thread::spawn(move || answer(stream, &folder, &headers, &noted));
            }
        });
        Self { port, asked }
    }

    /// What was asked for since the last call, but for the icon, which a browser fetches when it likes: first lines of
    /// requests.
    pub fn asked(&self) -> Vec<String> {
        let mut asked = std::mem::take(&mut *self.asked.lock().unwrap());
        asked.retain(|line| !line.contains("favicon"));
        asked
    }

    /// An address on this site; `path` starts with `/` and may have a query and a fragment.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}

/// The `file://` address of the single file; `rest` is a query, a fragment or nothing.
pub fn single_file(rest: &str) -> String {
    format!("file://{}{rest}", built("sla-statement.html").display())
}

fn dist() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("dist")
}

pub fn built(name: &str) -> PathBuf {
    let path = dist().join(name);
    assert!(
        path.is_file(),
        "{} is missing: `make page` builds it, and `make test` does so before the tests",
        path.display()
    );
    path
}

fn answer(mut stream: TcpStream, folder: &Path, headers: &str, noted: &Mutex<Vec<String>>) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    let request = lines.next()?.ok()?;
    noted.lock().unwrap().push(request.clone());
    // The rest of the request is read so that closing does not reset the connection.
    lines.map_while(Result::ok).take_while(|line| !line.is_empty()).for_each(drop);
    let path = request.split(' ').nth(1)?.split(['?', '#']).next()?.trim_start_matches('/');
    let path = if path.is_empty() { "index.html" } else { path };
    let inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    let body = if inside { fs::read(folder.join(path)).ok() } else { None };
    let (status, body) = body.map_or(("404 Not Found", b"not found".to_vec()), |body| ("200 OK", body));
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: no-store\r\nConnection: close\r\n{headers}\r\n",
        kind(path),
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(&body).ok()
}

/// Those of `make serve`, as `Trunk.toml` lists them.
fn headers() -> String {
    let (_, list) = include_str!("../../Trunk.toml").split_once("[serve.headers]\n").unwrap();
    let lines = list.lines().map_while(|line| line.split_once(" = "));
    lines.map(|(name, value)| format!("{}: {}\r\n", name.trim_matches('"'), value.trim_matches('"'))).collect()
}

fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}
