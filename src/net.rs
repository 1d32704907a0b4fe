//! The one HTTP client: deadlines, a size cap, no redirects, and errors that tell what was surely not sent.

use std::time::{Duration, Instant};

use reqwest::header::{CONTENT_TYPE, HeaderValue};
use secrecy::{ExposeSecret, SecretString};

/// How the client connects.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `User-Agent` of every request.
    pub user_agent: String,
    /// How long a TCP and TLS handshake may take, milliseconds.
    pub connect_timeout_ms: u64,
    /// Idle keep-alive connections kept for each host.
    pub max_idle_per_host: usize,
}

/// A client; cloning shares its connections.
#[derive(Debug, Clone)]
pub struct Http(reqwest::Client);

impl Http {
    /// Builds the client.
    ///
    /// # Errors
    /// [`NetError::Setup`] when TLS cannot be set up or the user agent is no header value.
    pub fn new(settings: &Settings) -> Result<Self, NetError> {
        reqwest::Client::builder()
            .user_agent(&settings.user_agent)
            .connect_timeout(Duration::from_millis(settings.connect_timeout_ms))
            .pool_max_idle_per_host(settings.max_idle_per_host)
            // Below the keep-alive of common servers: a request on a connection that they are closing fails unclearly.
            .pool_idle_timeout(Duration::from_secs(20))
            .redirect(reqwest::redirect::Policy::none())
            .http1_only()
            .tcp_nodelay(true)
            .build()
            .map(Self)
            .map_err(|_| NetError::Setup)
    }

    /// Sends one request and reads the whole answer, whatever its status.
    ///
    /// # Errors
    /// [`NetError`]; only `Connect` and `Setup` prove that nothing was sent.
    pub async fn send(&self, request: Request<'_>) -> Result<Answer, NetError> {
        self.ask(self.build(&request)?, request.max_bytes).await
    }

    /// Reads a request that is sent again and again with other forms, and the URL and headers in it, once; its own form is left out.
    ///
    /// # Errors
    /// [`NetError::Setup`] where it is no request.
    pub fn prepare(&self, request: &Request<'_>) -> Result<Prepared, NetError> {
        let bare = Request {
            form: None,
            ..*request
        };
        let mut built = self.build(&bare)?;
        let encoding = HeaderValue::from_static("application/x-www-form-urlencoded");
        built.headers_mut().insert(CONTENT_TYPE, encoding);
        Ok(Prepared {
            request: built,
            max_bytes: request.max_bytes,
        })
    }

    /// The same as `send`, with what was prepared and this form.
    ///
    /// # Errors
    /// [`NetError`]; only `Connect` and `Setup` prove that nothing was sent.
    pub async fn send_prepared(
        &self,
        prepared: &Prepared,
        form: &[(&str, &str)],
    ) -> Result<Answer, NetError> {
        let mut request = prepared.request.try_clone().ok_or(NetError::Setup)?;
        let encoded = form_urlencoded::Serializer::new(String::with_capacity(FORM))
            .extend_pairs(form)
            .finish();
        *request.body_mut() = Some(encoded.into());
        self.ask(request, prepared.max_bytes).await
    }

    fn build(&self, request: &Request<'_>) -> Result<reqwest::Request, NetError> {
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut builder = self
            .0
            .request(method, request.url)
            .timeout(Duration::from_millis(request.timeout_ms));
        for (name, value) in request.headers {
            builder = builder.header(*name, *value);
        }
        if let Some((user, password)) = request.basic_auth {
            builder = builder.basic_auth(user, Some(password.expose_secret()));
        }
        if let Some(form) = request.form {
            builder = builder.form(form);
        }
        builder.build().map_err(|error| NetError::of(&error))
    }

    async fn ask(&self, request: reqwest::Request, max_bytes: usize) -> Result<Answer, NetError> {
        let mut response = self
            .0
            .execute(request)
            .await
            .map_err(|e| NetError::of(&e))?;
        let status = response.status().as_u16();
        let headers = Headers(std::mem::take(response.headers_mut()));
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|e| NetError::of_body(&e))? {
            if body.len() + chunk.len() > max_bytes {
                return Err(NetError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer {
            status,
            headers,
            body,
        })
    }
}

/// A request but for its form; its headers are never shown.
pub struct Prepared {
    request: reqwest::Request,
    max_bytes: usize,
}

/// Room for a text with all its fields.
const FORM: usize = 512;

/// One request.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Its method.
    pub method: Method,
    /// The whole URL.
    pub url: &'a str,
    /// Further headers.
    pub headers: &'a [(&'a str, &'a str)],
    /// User and password.
    pub basic_auth: Option<(&'a str, &'a SecretString)>,
    /// A form body; repeated names are repeated fields.
    pub form: Option<&'a [(&'a str, &'a str)]>,
    /// From connecting to the last byte, milliseconds.
    pub timeout_ms: u64,
    /// The largest body taken.
    pub max_bytes: usize,
}

/// How long somebody else takes to answer.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// From now on.
    #[must_use]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Milliseconds since then.
    #[must_use]
    pub fn elapsed_ms(&self) -> u64 {
        u64::try_from(self.0.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// The methods we use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// GET.
    Get,
    /// POST.
    Post,
    /// DELETE.
    Delete,
}

/// A whole answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Its headers.
    pub headers: Headers,
    /// Its body, unzipped.
    pub body: Vec<u8>,
}

/// Headers of an answer.
#[derive(Debug, Clone, Default)]
pub struct Headers(reqwest::header::HeaderMap);

impl Headers {
    /// The first value of that name, where it is readable text.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.to_str().ok()
    }
}

/// Why there is no answer. Never names the URL, which may carry a key or a phone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NetError {
    /// No connection: provably nothing was sent.
    #[error("no connection")]
    Connect,
    /// Too late, before or after the request went out.
    #[error("no answer in time")]
    Timeout,
    /// The connection broke or the answer was unreadable, after the request went out.
    #[error("the connection broke")]
    Broken,
    /// More bytes than allowed.
    #[error("the answer was too large")]
    TooLarge,
    /// The request could not be made: a URL or header that is none, or no TLS. Nothing was sent.
    #[error("the request could not be made")]
    Setup,
}

impl NetError {
    fn of(error: &reqwest::Error) -> Self {
        if error.is_connect() {
            Self::Connect
        } else if error.is_builder() {
            Self::Setup
        } else {
            Self::of_body(error)
        }
    }

    fn of_body(error: &reqwest::Error) -> Self {
        if error.is_timeout() {
            Self::Timeout
        } else {
            Self::Broken
        }
    }
}
