//! The configuration: config.toml and secrets, parsed once, with every problem reported at once.
//!
//! It stands above the modules and hands each its settings; none of them reads configuration.

mod costs;
mod countries;
mod cron;
mod draft;
mod env;
mod file;
mod keys;
mod monitoring;
mod sections;
mod settings;
mod shown;
mod unknown;
mod url;

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use secrecy::SecretString;

use crate::domain::cost::Prices;
use crate::domain::phone::{Country, PhoneNumber};
use crate::domain::schedule::SendTime;
use crate::{carrier, weather};

pub use self::draft::{Draft, with_secrets};
pub use self::env::{Environment, Origin};
pub use self::file::Problem;
pub use self::shown::Shown;

/// Everything that an operator chose.
#[derive(Debug, Clone)]
pub struct Config {
    /// `[server]`.
    pub server: Server,
    /// `[admin]`.
    pub admin: Admin,
    /// `[database]`'s path, made absolute under systemd.
    pub database: PathBuf,
    /// `[twilio]` and its secrets.
    pub twilio: Twilio,
    /// `[delivery]`.
    pub delivery: Delivery,
    /// `[forecast]`.
    pub forecasts: Forecasts,
    /// `[weather]`.
    pub weather: weather::Settings,
    /// `[schedule]`'s tick.
    pub tick: String,
    /// `[monitoring]`.
    pub monitoring: Monitoring,
    /// `[limits]`.
    pub limits: Limits,
    /// `[costs]`.
    pub costs: Prices,
}

/// How much must be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// All that a daemon on Twilio needs.
    Everything,
    /// Nothing: what is absent is not needed. What is given must be right all the same.
    Nothing,
}

/// Files larger than this are no configuration.
const BYTES_MAX: u64 = 1024 * 1024;

impl Config {
    /// The file that is read when none is named: `./config.toml`, else `/etc/weatherline/config.toml`; `None` when there
    /// is neither.
    #[must_use]
    pub fn default_file() -> Option<PathBuf> {
        ["config.toml", "/etc/weatherline/config.toml"]
            .into_iter()
            .map(PathBuf::from)
            .find(|path| path.exists())
    }

    /// Reads a file, or nothing but the defaults.
    ///
    /// # Errors
    /// [`ConfigError`] with everything that is wrong.
    pub fn load(
        file: Option<&Path>,
        environment: &Environment,
        need: Need,
    ) -> Result<Self, ConfigError> {
        let text = file.map_or(Ok(String::new()), read_text);
        let text = text.map_err(|why| ConfigError::Unreadable {
            file: file.unwrap_or(Path::new("")).to_owned(),
            why,
        })?;
        Self::parse(&text, environment, need).map_err(|problems| ConfigError::Wrong {
            file: file.map(Path::to_owned),
            problems,
        })
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    /// Everything that is wrong: in the order of the file, then what is absent from it.
    pub fn parse(text: &str, environment: &Environment, need: Need) -> Result<Self, Vec<Problem>> {
        let mut file = file::File::read(text);
        let server = sections::server(&mut file, need);
        let admin = sections::admin(&mut file, environment, need);
        let database = sections::database(&mut file, environment);
        let twilio = sections::twilio(&mut file, environment, need);
        let delivery = sections::delivery(&mut file);
        let forecasts = sections::forecasts(&mut file);
        let weather = sections::services(&mut file, environment, need);
        let tick = sections::tick(&mut file);
        let monitoring = monitoring::monitoring(&mut file);
        let limits = sections::limits(&mut file);
        let costs = costs::costs(&mut file);
        let mut problems = file.into_problems();
        problems.extend(environment.problems.iter().cloned());
        let config = || {
            Some(Self {
                server: server?,
                admin: admin?,
                database: database?,
                twilio: twilio?,
                delivery: delivery?,
                forecasts: forecasts?,
                weather: weather?,
                tick: tick?,
                monitoring: monitoring?,
                limits: limits?,
                costs: costs?,
            })
        };
        config().filter(|_| problems.is_empty()).ok_or(problems)
    }
}

/// Why there is no configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfigError {
    /// The file cannot be read.
    Unreadable {
        /// Which.
        file: PathBuf,
        /// A clause.
        why: String,
    },
    /// Something in it, or in the secrets, is wrong or missing.
    Wrong {
        /// Which file; `None`: there was none.
        file: Option<PathBuf>,
        /// Everything that is wrong.
        problems: Vec<Problem>,
    },
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { file, why } => {
                write!(
                    f,
                    "the configuration {} {why}; name a readable one with --config FILE",
                    file.display()
                )
            }
            Self::Wrong { file, problems } => {
                match file {
                    Some(file) => write!(f, "the configuration {} cannot be used:", file.display())?,
                    None => f.write_str("no config.toml here or in /etc/weatherline, and the defaults do not suffice:")?,
                }
                problems
                    .iter()
                    .try_for_each(|problem| write!(f, "\n  {problem}"))
            }
        }
    }
}

impl std::error::Error for ConfigError {}

fn read_text(path: &Path) -> Result<String, String> {
    let length = std::fs::metadata(path)
        .map_err(|error| format!("cannot be read ({error})"))?
        .len();
    if length > BYTES_MAX {
        return Err("is larger than 1 MiB".to_owned());
    }
    let bytes = std::fs::read(path).map_err(|error| format!("cannot be read ({error})"))?;
    String::from_utf8(bytes).map_err(|_| "is not UTF-8".to_owned())
}

/// Twilio's webhooks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Where they arrive.
    pub listen: SocketAddr,
    /// As Twilio calls us, without a slash at the end.
    pub public_url: String,
}

/// The operator's listener.
#[derive(Debug, Clone)]
pub struct Admin {
    /// Where it is.
    pub listen: SocketAddr,
    /// What it asks for.
    pub password: Option<SecretString>,
}

/// The telephone side.
#[derive(Debug, Clone)]
pub struct Twilio {
    /// Who texts come from; an empty number only where nothing was needed.
    pub sender: carrier::From,
    /// The REST API's base.
    pub api_url: String,
    /// The sender's allowance; 0: no limit.
    pub segments_per_second: f64,
    /// Requests under way at once.
    pub max_in_flight: usize,
    /// The longest that one may take.
    pub request_timeout_seconds: u32,
    /// Whether Twilio answers STOP, START and HELP.
    pub answers_keywords: bool,
    /// `None` only where nothing was needed.
    pub account: Option<Account>,
}

/// The account's credentials.
#[derive(Debug, Clone)]
pub struct Account {
    /// `AC…`.
    pub sid: String,
    /// Signs webhooks, and requests where there is no key.
    pub auth_token: SecretString,
    /// `SK…` and its secret, for requests.
    pub api_key: Option<(String, SecretString)>,
}

/// What happens on the way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivery {
    /// What happens when nothing can be proven.
    pub prefer: Prefer,
    /// After which a forecast is too late.
    pub lateness_minutes: u32,
    /// Until an unclear send is looked up.
    pub settle_seconds: u32,
}

/// What happens to a send of which nothing can be proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prefer {
    /// It ends unknown.
    NeverTwice,
    /// It is sent again.
    NeverMissing,
}

/// How forecasts are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forecasts {
    /// When, if nobody says when.
    pub default_time: SendTime,
    /// How long they may be.
    pub max_segments: usize,
}

/// Who watches.
#[derive(Debug, Clone)]
pub struct Monitoring {
    /// Asked for after each completed tick. Who knows it can pretend to be us.
    pub ping_url: Option<SecretString>,
    /// A phone of the operator's whose daily texts are watched.
    pub canary: Option<PhoneNumber>,
}

/// What is held back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Whose numbers are answered; empty: all.
    pub countries: Vec<Country>,
    /// Answers a sender gets in an hour.
    pub replies_per_sender_per_hour: u32,
    /// Segments a day.
    pub segments_per_day: u32,
    /// How many hundredths of them answers to one range of numbers may take; 100: all.
    pub range_percent: u32,
    /// Calls a day that one caller is answered; 0: no such limit.
    pub calls_per_caller_per_day: u32,
}

#[cfg(test)]
mod tests;
