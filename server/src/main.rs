//! The program: settings, log, store, jobs, listener; ends on SIGTERM or Ctrl-C after letting requests in flight finish.

use std::{
    error::Error,
    io::{self, IsTerminal as _, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use clap::{Parser, Subcommand, ValueEnum};
use lichtbild_protocol::{case::Mode, flow::FlowId};
use lichtbild_server::{
    app,
    auth::secret,
    blobs::{Files, make_folder},
    clock::{self, rfc3339},
    config::{Config, OperatorListen, origin},
    evaluation, listen,
    media::Documents,
    panics,
    reading::Reader,
    review::{is_clerk, retention::Retention},
    state::App,
    store::{Key, Partner, Partners as _, Sqlite, Store as _},
    sweeper, webhook,
};
use serde_json::json;
use tracing_subscriber::EnvFilter;

/// How long requests in flight may take once the program is to end.
const LAST_REQUESTS: Duration = Duration::from_secs(20);

type Done = Result<(), Box<dyn Error>>;

/// Lichtbild's verification backend.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// How the log is written; default: for people on a terminal, else JSON.
    #[arg(long, env = "LICHTBILD_LOG_FORMAT", global = true)]
    log_format: Option<LogFormat>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the backend.
    Serve(Config),
    /// Partners and their keys.
    #[command(subcommand)]
    Partner(PartnerCommand),
}

#[derive(Subcommand)]
enum PartnerCommand {
    /// Adds a partner and prints its keys as JSON, this once.
    Add {
        /// As people know it.
        name: String,
        /// An origin that may show the capture page in a frame, such as `https://shop.example`; may be given several times.
        #[arg(long = "origin", value_parser = origin)]
        origins: Vec<String>,
        #[command(flatten)]
        data: Data,
    },
    /// Prints all partners with their origins and keys as JSON, one a line. Keys by id: they themselves are kept by nobody.
    List {
        #[command(flatten)]
        data: Data,
    },
    /// A partner's keys.
    #[command(subcommand)]
    Key(KeyCommand),
    /// A partner's origins.
    #[command(subcommand)]
    Origin(OriginCommand),
    /// What is agreed with a partner; prints it as JSON, changed by what is given. It holds for cases made from now on.
    Policy {
        /// Id of the partner, par_…
        partner: String,
        /// Two clerks have to approve a case.
        #[arg(long, value_parser = clap::builder::BoolishValueParser::new())]
        four_eyes: Option<bool>,
        /// How long cases of a flow are kept: `sim-registration=contract+6m`, `robo-ident=end+30d`, `robo-ident=until-erased`; may be
        /// given several times.
        #[arg(long = "keep", value_parser = keep)]
        keeps: Vec<(FlowId, Retention)>,
        #[command(flatten)]
        data: Data,
    },
}

#[derive(Subcommand)]
enum KeyCommand {
    /// Makes another key and prints it as JSON, this once.
    Add {
        /// Id of the partner, par_…
        partner: String,
        /// What it is for.
        #[arg(long)]
        mode: KeyMode,
        /// The clerk whose own key it is: what is done with it is done by them.
        #[arg(long, value_parser = clerk)]
        clerk: Option<String>,
        #[command(flatten)]
        data: Data,
    },
    /// Revokes a key, at once and for good.
    Revoke {
        /// Id of the partner, par_…
        partner: String,
        /// Id of the key, as the list shows it.
        key: String,
        #[command(flatten)]
        data: Data,
    },
}

#[derive(Subcommand)]
enum OriginCommand {
    /// Lets another origin show the capture page in a frame.
    Add {
        /// Id of the partner, par_…
        partner: String,
        /// Such as `https://shop.example`
        #[arg(value_parser = origin)]
        origin: String,
        #[command(flatten)]
        data: Data,
    },
}

#[derive(clap::Args)]
struct Data {
    /// Folder of the database and the recordings.
    #[arg(long, env = "LICHTBILD_DATA", default_value = "data")]
    data: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum KeyMode {
    Live,
    Sandbox,
}

#[derive(Clone, Copy, ValueEnum)]
enum LogFormat {
    Json,
    Pretty,
}

#[tokio::main]
async fn main() -> Done {
    let arguments = Arguments::parse();
    log(arguments.log_format);
    panics::log_places_only();
    match arguments.command {
        Command::Serve(config) => serve(config).await,
        Command::Partner(command) => partner(command).await,
    }
}

fn log(format: Option<LogFormat>) {
    let terminal = io::stderr().is_terminal();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(terminal);
    match format.unwrap_or(if terminal { LogFormat::Pretty } else { LogFormat::Json }) {
        LogFormat::Json => log.json().flatten_event(true).init(),
        LogFormat::Pretty => log.init(),
    }
}

async fn open(data: &Path) -> Result<Sqlite, Box<dyn Error>> {
    make_folder(data)?;
    Ok(Sqlite::open(&data.join("lichtbild.db")).await?)
}

async fn serve(config: Config) -> Done {
    rustls::crypto::ring::default_provider().install_default().map_err(|_| "TLS was set up twice")?;
    let store = open(&config.data).await?;
    let blobs = Files::open(&config.data.join("objects"))?;
    let app = App::new(config, Arc::new(store), Arc::new(blobs), documents(), reader())?;
    let deliverer = webhook::Deliverer::new(app.clone())?;
    app.tasks.spawn(evaluation::run(app.clone()));
    app.tasks.spawn(sweeper::run(app.clone()));
    app.tasks.spawn(deliverer.run());

    let listener = tokio::net::TcpListener::bind(app.config.listen).await?;
    tracing::info!(address = %listener.local_addr()?, "listening");
    operator(&app).await?;
    let serving = listen::serve(listener, app::router(app.clone()), listen::HEAD, app.stop.clone());
    let mut serving = tokio::spawn(serving);
    tokio::select! {
        ended = &mut serving => ended??,
        () = told_to_end() => {
            tracing::info!("ending");
            app.stop.cancel();
            if let Ok(ended) = tokio::time::timeout(LAST_REQUESTS, &mut serving).await {
                ended??;
            } else {
                tracing::warn!("requests in flight were cut off");
            }
        }
    }
    app.stop.cancel();
    app.tasks.close();
    if tokio::time::timeout(LAST_REQUESTS, app.tasks.wait()).await.is_err() {
        tracing::warn!("background work was cut off; it is taken up at the next start");
    }
    app.store.close().await;
    Ok(())
}

/// Who looks for documents. Without the network everything else goes on; the checks it would make say that they were not made.
fn documents() -> Documents {
    Documents::load().unwrap_or_else(|error| {
        tracing::error!(%error, code = "model.unusable", "documents cannot be looked for: evaluations go without these checks");
        Documents::unusable()
    })
}

/// Who reads documents. Without its networks cases wait for a clerk.
fn reader() -> Reader {
    Reader::load().unwrap_or_else(|error| {
        tracing::error!(%error, code = "model.unusable", "documents cannot be read: rules about what they say stay open");
        Reader::unusable()
    })
}

/// The operator's own listener. Somebody else may have its usual port, such as a second server on this machine.
async fn operator(app: &App) -> Done {
    let OperatorListen(Some(address)) = app.config.operator_listen else { return Ok(()) };
    let listener = match tokio::net::TcpListener::bind(address).await {
        Err(error) if app.config.operator_listen.is_default() => {
            tracing::warn!(%address, %error, "no figures for the operator: choose another --operator-listen");
            return Ok(());
        }
        listener => listener?,
    };
    tracing::info!(address = %listener.local_addr()?, "listening to the operator");
    app.tasks.spawn(listen::serve(listener, app::operator(app.clone()), listen::HEAD, app.stop.clone()));
    Ok(())
}

async fn told_to_end() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminate = async {
            match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
                Ok(mut signal) => _ = signal.recv().await,
                Err(_) => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = interrupt => {}
            () = terminate => {}
        }
    }
    #[cfg(not(unix))]
    {
        _ = interrupt.await;
    }
}

async fn partner(command: PartnerCommand) -> Done {
    match command {
        PartnerCommand::Add { name, origins, data } => add_partner(name, origins, &data).await,
        PartnerCommand::List { data } => list_partners(&data).await,
        PartnerCommand::Key(KeyCommand::Add { partner, mode, clerk, data }) => {
            let (mode, prefix) = match mode {
                KeyMode::Live => (Mode::Live, "lbk_live_"),
                KeyMode::Sandbox => (Mode::Sandbox, "lbk_test_"),
            };
            let key = secret::draw(prefix);
            let hash = secret::hash(&key);
            let store = open(&data.data).await?;
            known(
                store.add_key(&partner, &hash, mode, clerk.as_deref(), clock::now()).await?,
                "there is no such partner",
            )?;
            store.close().await;
            print(&json!({ "partner": partner, "key": key, "mode": mode, "clerk": clerk }))
        }
        PartnerCommand::Key(KeyCommand::Revoke { partner, key, data }) => {
            let store = open(&data.data).await?;
            let done = store.revoke_key(&partner, &key, clock::now()).await?;
            store.close().await;
            known(done, "this partner has no such key, or it was revoked before")
        }
        PartnerCommand::Policy { partner, four_eyes, keeps, data } => {
            let store = open(&data.data).await?;
            let mut policy = store.policy(&partner).await?;
            policy.four_eyes = four_eyes.unwrap_or(policy.four_eyes);
            policy.retention.extend(keeps);
            let done = store.set_policy(&partner, &policy).await?;
            store.close().await;
            known(done, "there is no such partner")?;
            print(&serde_json::to_value(policy)?)
        }
        PartnerCommand::Origin(OriginCommand::Add { partner, origin, data }) => {
            let store = open(&data.data).await?;
            let done = store.add_origin(&partner, &origin).await?;
            store.close().await;
            known(done, "there is no such partner")
        }
    }
}

fn clerk(text: &str) -> Result<String, String> {
    if is_clerk(text) { Ok(text.trim().to_owned()) } else { Err("a name or number of 1 to 64 characters".into()) }
}

fn keep(text: &str) -> Result<(FlowId, Retention), String> {
    let (flow, rule) = text.split_once('=').ok_or("a flow and its rule: sim-registration=contract+6m")?;
    let flow = serde_json::from_value(flow.into()).map_err(|_| format!("there is no flow {flow}"))?;
    Ok((flow, rule.parse::<Retention>()?))
}

fn known(done: bool, otherwise: &'static str) -> Done {
    if done { Ok(()) } else { Err(otherwise.into()) }
}

fn print(value: &serde_json::Value) -> Done {
    Ok(writeln!(io::stdout(), "{value}")?)
}

async fn list_partners(data: &Data) -> Done {
    let store = open(&data.data).await?;
    let partners = store.partners().await?;
    store.close().await;
    for (Partner { id, name, origins }, keys) in partners {
        let keys: Vec<_> = keys
            .into_iter()
            .map(|Key { id, mode, clerk, created_at, revoked_at }| {
                let (created_at, revoked_at) = (rfc3339(created_at), revoked_at.map(rfc3339));
                json!({ "id": id, "mode": mode, "clerk": clerk, "createdAt": created_at, "revokedAt": revoked_at })
            })
            .collect();
        print(&json!({ "partner": id, "name": name, "origins": origins, "keys": keys }))?;
    }
    Ok(())
}

async fn add_partner(name: String, origins: Vec<String>, data: &Data) -> Done {
    let store = open(&data.data).await?;
    let partner = Partner { id: format!("par_{}", uuid::Uuid::new_v4().simple()), name, origins };
    let (live, sandbox) = (secret::draw("lbk_live_"), secret::draw("lbk_test_"));
    let keys = [(secret::hash(&live), Mode::Live), (secret::hash(&sandbox), Mode::Sandbox)];
    store.add_partner(&partner, &keys, clock::now()).await?;
    store.close().await;
    print(&json!({ "partner": partner.id, "name": partner.name, "liveKey": live, "sandboxKey": sandbox }))
}
