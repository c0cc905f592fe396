//! `cargo xtask demo` and `serve`: the whole thing on this machine, until Ctrl-C (which the terminal sends to every part).

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::{
    build::{self, Profile},
    sh,
};

const BACKEND: &str = "http://localhost:8080";
const PORTAL: &str = "http://localhost:8090";
const DATA: &str = "data";
/// Keys of the demo's partner, made at the first start.
const PARTNER: &str = "data/demo.json";
const PATIENCE: Duration = Duration::from_secs(20);

/// Everything: backend, portal, capture page, dashboard. The evaluation decides; `rehearse`: the portal uses the sandbox key instead, so
/// that whoever sits before it chooses the outcome.
pub fn demo(rehearse: bool) -> Result<()> {
    build::everything(Profile::Develop)?;
    let program = build::server(Profile::Develop)?;
    let first = !Path::new(PARTNER).is_file();
    let partner = partner(&program)?;
    let key = |name: &str| {
        partner[name].as_str().with_context(|| format!("{PARTNER} lacks {name}; remove data/ to begin anew"))
    };
    let (used, mode) = if rehearse {
        (key("sandboxKey")?, "sandbox key: the developers' panel chooses the outcome")
    } else {
        (key("liveKey")?, "live key: what the camera sees is judged; --sandbox rehearses outcomes")
    };

    let mut backend = start(&program)?;
    let portal = ready(&mut backend, 8080).and_then(|()| {
        let secret = webhook(used)?;
        sh::node("www")
            .arg("portal/server.mjs")
            .envs([
                ("PORT", "8090"),
                ("LICHTBILD_ENDPOINT", BACKEND),
                ("LICHTBILD_API_KEY", used),
                ("LICHTBILD_WEBHOOK_SECRET", &secret),
            ])
            .spawn()
            .context("the portal could not be started")
    });
    let mut portal = match portal {
        Ok(portal) => portal,
        Err(error) => {
            backend.kill()?;
            return Err(error);
        }
    };
    println!(
        "
  Partner portal   {PORTAL}/          an insurance company's sign-up; begin here
                   {mode}
  Capture page     {BACKEND}/jump/     this device's cases
  Dashboard        {BACKEND}/dashboard/
    live key       {}
    sandbox key    {}
  API              {BACKEND}/docs

  {} Ctrl-C stops everything; data/ keeps it.
",
        key("liveKey")?,
        key("sandboxKey")?,
        if first { "A demo partner was made." } else { "The demo partner of last time is used." },
    );
    let ended = together(&mut [("the backend", &mut backend), ("the portal", &mut portal)]);
    drop((backend.kill(), portal.kill()));
    ended
}

/// The backend with its pages, nothing else.
pub fn serve() -> Result<()> {
    build::everything(Profile::Develop)?;
    let mut backend = start(&build::server(Profile::Develop)?)?;
    ready(&mut backend, 8080)?;
    println!("\n  {BACKEND}  (data in {DATA}/, Ctrl-C stops it)\n");
    together(&mut [("the backend", &mut backend)])
}

fn command(program: &PathBuf) -> Command {
    let mut command = Command::new(program);
    command.envs([
        ("LICHTBILD_LISTEN", "127.0.0.1:8080"),
        ("LICHTBILD_DATA", DATA),
        ("LICHTBILD_PUBLIC_URL", BACKEND),
        ("LICHTBILD_STATIC", "www/dist"),
        ("LICHTBILD_ALLOW_PRIVATE_WEBHOOKS", "true"),
        ("LICHTBILD_FRAME_ANCESTORS", PORTAL),
    ]);
    command
}

fn start(program: &PathBuf) -> Result<Child> {
    if TcpStream::connect("127.0.0.1:8080").is_ok() {
        bail!("port 8080 is taken: stop what uses it, then try again");
    }
    command(program).arg("serve").spawn().context("the backend could not be started")
}

/// The demo's partner, made once.
fn partner(program: &PathBuf) -> Result<Value> {
    if let Ok(text) = fs::read_to_string(PARTNER) {
        return Ok(serde_json::from_str(&text)?);
    }
    fs::create_dir_all(DATA)?;
    let made =
        sh::ask(command(program).args(["partner", "add", "Musterversicherung"])).context("no partner could be made")?;
    fs::write(PARTNER, &made)?;
    Ok(serde_json::from_str(&made)?)
}

/// Tells the backend where the portal listens; returns the secret of the signatures.
fn webhook(key: &str) -> Result<String> {
    let body = json!({ "url": format!("{PORTAL}/webhook") }).to_string();
    let mut stream = TcpStream::connect("127.0.0.1:8080")?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let length = body.len();
    write!(
        stream,
        "PUT /v1/webhook HTTP/1.1\r\nHost: localhost:8080\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let json = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    let answered: Value =
        serde_json::from_str(json).with_context(|| format!("the backend refused the webhook: {answer}"))?;
    answered["secret"]
        .as_str()
        .map(str::to_owned)
        .with_context(|| format!("the backend refused the webhook: {answered}"))
}

fn ready(child: &mut Child, port: u16) -> Result<()> {
    let start = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if let Some(status) = child.try_wait()? {
            bail!("the backend has ended ({status})");
        }
        if start.elapsed() > PATIENCE {
            bail!("the backend does not listen on port {port}");
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

/// Waits until one of them ends, which none should do by itself.
fn together(parts: &mut [(&str, &mut Child)]) -> Result<()> {
    loop {
        for (name, child) in parts.iter_mut() {
            if let Some(status) = child.try_wait()? {
                bail!("{name} has ended ({status})");
            }
        }
        thread::sleep(Duration::from_millis(200));
    }
}
