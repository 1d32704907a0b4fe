//! HTTP/1.1 as far as a stand-in needs it, on bare sockets, so that an answer can be cut anywhere.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Names and values, decoded.
pub(super) type Fields = Vec<(String, String)>;

/// A request.
pub(super) struct Asked {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: Fields,
    pub(super) form: Fields,
    pub(super) authorization: String,
}

/// What becomes of it.
pub(super) enum Answer {
    Whole(u16, String),
    /// The connection closes without a word.
    Cut,
}

/// Answers every request of every connection.
pub(super) async fn serve<F, R>(listener: TcpListener, answer: F)
where
    F: Fn(Asked) -> R + Clone + Send + Sync + 'static,
    R: Future<Output = Answer> + Send,
{
    while let Ok((stream, _)) = listener.accept().await {
        let answer = answer.clone();
        tokio::spawn(async move {
            let _ = talk(stream, answer).await;
        });
    }
}

async fn talk<F, R>(stream: TcpStream, answer: F) -> io::Result<()>
where
    F: Fn(Asked) -> R,
    R: Future<Output = Answer>,
{
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    while let Some((head, body)) = read(&mut stream).await? {
        let Answer::Whole(status, text) = answer(Asked::of(&head, &body)).await else {
            return Ok(());
        };
        let date = jiff::Timestamp::now().strftime("%a, %d %b %Y %H:%M:%S GMT");
        let bytes = format!(
            "HTTP/1.1 {status} x\r\nDate: {date}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{text}",
            text.len()
        );
        stream.write_all(bytes.as_bytes()).await?;
    }
    Ok(())
}

/// The head and the body of the next request; `None` when there is no other.
async fn read(stream: &mut BufReader<TcpStream>) -> io::Result<Option<(String, Vec<u8>)>> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if stream.read_line(&mut head).await? == 0 {
            return Ok(None);
        }
    }
    let length = header(&head, "content-length").parse().unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    Ok(Some((head, body)))
}

impl Asked {
    fn of(head: &str, body: &[u8]) -> Self {
        let mut words = head.split_whitespace();
        let method = words.next().unwrap_or_default().to_owned();
        let target = words.next().unwrap_or_default();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Self {
            method,
            path: path.to_owned(),
            query: decoded(query.as_bytes()),
            form: decoded(body),
            authorization: header(head, "authorization").to_owned(),
        }
    }
}

/// The value of a field; empty where there is none.
pub(super) fn value<'a>(fields: &'a Fields, name: &str) -> &'a str {
    let found = fields.iter().find(|(known, _)| known == name);
    found.map_or("", |(_, value)| value)
}

/// Posts a form and gives the status and the body of the answer.
pub(super) async fn post(
    to: SocketAddr,
    path: &str,
    signature: Option<&str>,
    fields: &Fields,
) -> io::Result<(u16, String)> {
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    let signed = signature.map_or(String::new(), |s| format!("X-Twilio-Signature: {s}\r\n"));
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: proxy\r\nConnection: close\r\n{signed}\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(to).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    let status = answer.split_whitespace().nth(1).unwrap_or_default();
    let status = status.parse().map_err(io::Error::other)?;
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    Ok((status, body.to_owned()))
}

fn header<'a>(head: &'a str, name: &str) -> &'a str {
    let lines = head.lines().filter_map(|line| line.split_once(':'));
    let mut values = lines.filter(|(known, _)| known.eq_ignore_ascii_case(name));
    values.next().map_or("", |(_, value)| value.trim())
}

fn decoded(text: &[u8]) -> Fields {
    form_urlencoded::parse(text).into_owned().collect()
}
