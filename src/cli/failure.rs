//! How a command ends when it does not succeed.

use std::process::ExitCode;

use super::output::tell;
use crate::config::ConfigError;
use crate::daemon::StartError;
use crate::flow::manage::Refusal;
use crate::store::{OpenError, RestoreError, StoreError, VerifyError};

/// Why a command stopped.
#[derive(Debug)]
pub(super) enum Failure {
    /// A sentence for the operator: what, why, what to do.
    Sentence(String),
    /// A sentence about an argument that is none.
    Usage(String),
    /// It failed, and all is said already.
    Told,
    /// Nobody reads our output any more; that is no failure.
    Closed,
    /// Ctrl-C.
    Interrupted,
}

impl Failure {
    /// A sentence for the operator.
    pub(super) fn sentence(text: impl Into<String>) -> Self {
        Self::Sentence(text.into())
    }

    /// A sentence about an argument: the command was used wrongly.
    pub(super) fn usage(text: impl Into<String>) -> Self {
        Self::Usage(text.into())
    }

    /// The same sentence, about an argument.
    pub(super) fn into_usage(self) -> Self {
        match self {
            Self::Sentence(text) => Self::Usage(text),
            other => other,
        }
    }

    /// Says it and gives the exit code.
    pub(super) fn end(self) -> ExitCode {
        match self {
            Self::Closed => return ExitCode::SUCCESS,
            Self::Interrupted => return ExitCode::from(INTERRUPTED),
            Self::Told => {}
            Self::Sentence(text) => tell(&format!("weatherline: {text}")),
            Self::Usage(text) => {
                tell(&format!("weatherline: {text}"));
                return ExitCode::from(2);
            }
        }
        ExitCode::FAILURE
    }
}

/// What a shell makes of a process that Ctrl-C ended.
const INTERRUPTED: u8 = 130;

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::sentence(error.to_string())
    }
}

impl From<StartError> for Failure {
    fn from(error: StartError) -> Self {
        Self::sentence(error.to_string())
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        Self::sentence(error.to_string())
    }
}

impl From<VerifyError> for Failure {
    fn from(error: VerifyError) -> Self {
        Self::sentence(error.to_string())
    }
}

impl From<RestoreError> for Failure {
    fn from(error: RestoreError) -> Self {
        Self::sentence(error.to_string())
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::sentence(error.to_string())
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::sentence(refusal.to_string())
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        let closed = error.chain().any(|cause| {
            let io = cause.downcast_ref::<std::io::Error>();
            io.is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
        });
        if closed {
            Self::Closed
        } else {
            Self::sentence(format!("{error:#}"))
        }
    }
}
