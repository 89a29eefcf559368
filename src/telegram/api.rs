//! A thin client of the Bot API. It tells apart what a sender must know: accepted, refused, never sent, or in doubt.
//!
//! teloxide's own client sleeps 10 s inside every call that gets a 5xx and prints the token in its `Debug`; this one does neither.

use reqwest::{Client, Url, header};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::net::IpAddr;
use std::time::Duration;
use teloxide::requests::Payload;

/// Seconds Telegram holds an empty `getUpdates` open.
pub(super) const LONG_POLL_SECONDS: u32 = 25;
/// What a poll may take beyond [`LONG_POLL_SECONDS`] before its connection counts as dead.
const POLL_MARGIN: Duration = Duration::from_secs(10);
/// Connections kept open to Telegram while idle. Telegram's edge closes them after about a minute; Cairn is first, so that a
/// message is not written into a connection that is just being closed.
const IDLE: Duration = Duration::from_secs(25);
/// Idle connections kept for sending; more than may be in flight at once.
const POOL: usize = 160;

/// What a call came to, if not to a result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// Telegram answered with a refusal; the call was not carried out.
    #[error("Telegram answered {code}")]
    Api {
        /// `error_code`, or the HTTP status where the body says none.
        code: u16,
        /// `parameters.retry_after` in seconds exactly as sent: it may be absent, zero, negative or absurd.
        retry_after: Option<i64>,
        /// Whether the description names a webhook (a 409 that another poller does not explain).
        webhook: bool,
    },
    /// No connection was made, so Telegram never saw the call.
    #[error("Telegram could not be reached")]
    NotSent,
    /// The call left, and no readable answer came: it may or may not have been carried out.
    #[error("the connection broke before Telegram's answer was read")]
    InDoubt,
}

/// Why no client can be made.
#[derive(Debug, thiserror::Error)]
pub enum ApiSetupError {
    /// The token cannot be one of BotFather's.
    #[error("The bot token is not of the form 123456:ABC-def. Copy it again from @BotFather, without spaces or quotes.")]
    Token,
    /// The API address cannot be used.
    #[error("The Bot API address must begin with http:// or https:// and name a host. Correct TELOXIDE_API_URL or leave it out.")]
    Address,
    /// TLS or the resolver could not be set up.
    #[error("The HTTPS client could not be started: {0}. Check the system's certificates and resolver.")]
    Client(reqwest::Error),
}

/// Which connections a call uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Long polls, one at a time.
    Poll,
    /// Everything that leaves in its turn.
    Send,
    /// Help now: its own connections, which nothing else can fill.
    Urgent,
}

/// The Bot API at one address with one token. Cheap to clone; its `Debug` does not tell the token.
#[derive(Clone)]
pub(super) struct Api {
    root: Url,
    folder: String,
    poll: Client,
    send: Client,
    urgent: Client,
}

impl std::fmt::Debug for Api {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Api(…)")
    }
}

impl Api {
    /// Sets up the three clients. Makes no connection.
    pub(super) fn new(token: &SecretString, address: &Url) -> Result<Self, ApiSetupError> {
        let token = token.expose_secret().trim();
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'_' | b'-');
        if !token.contains(':') || !token.bytes().all(plain) {
            return Err(ApiSetupError::Token);
        }
        if !matches!(address.scheme(), "http" | "https") || address.host_str().is_none() {
            return Err(ApiSetupError::Address);
        }
        let mut root = address.clone();
        root.set_query(None);
        root.set_fragment(None);
        let folder = format!("{}/bot{token}/", root.path().trim_end_matches('/'));
        let poll_total = Duration::from_secs(u64::from(LONG_POLL_SECONDS)) + POLL_MARGIN;
        Ok(Self {
            root,
            folder,
            poll: client(address, Duration::from_secs(5), poll_total, true)?,
            send: client(address, Duration::from_secs(5), Duration::from_secs(15), false)?,
            urgent: client(address, Duration::from_secs(3), Duration::from_secs(8), false)?,
        })
    }

    /// Calls a method whose result is not needed beyond its being accepted.
    pub(super) async fn call<P: Payload + Serialize + Sync>(&self, way: Way, payload: &P) -> Result<(), CallError> {
        self.answer(way, payload).await?.judge().map(drop)
    }

    /// Calls a method and keeps its answer, unread.
    pub(super) async fn answer<P: Payload + Serialize + Sync>(&self, way: Way, payload: &P) -> Result<Answer, CallError> {
        // Payloads are plain data: serialising them cannot fail, and if it did nothing was sent.
        let body = serde_json::to_vec(payload).map_err(|_| CallError::NotSent)?;
        self.post(way, P::NAME, body).await
    }

    /// Posts an already serialised payload.
    pub(super) async fn post(&self, way: Way, method: &str, body: Vec<u8>) -> Result<Answer, CallError> {
        let client = match way {
            Way::Poll => &self.poll,
            Way::Send => &self.send,
            Way::Urgent => &self.urgent,
        };
        let mut address = self.root.clone();
        address.set_path(&[self.folder.as_str(), method].concat());
        let json = header::HeaderValue::from_static("application/json");
        let sent = client.post(address).header(header::CONTENT_TYPE, json).body(body).send().await;
        let response = sent.map_err(|error| if error.is_connect() || error.is_builder() { CallError::NotSent } else { CallError::InDoubt })?;
        let status = response.status().as_u16();
        match response.bytes().await {
            Ok(bytes) => Ok(Answer { status, body: bytes.into() }),
            // A status line of failure is an answer, even if its body never arrives.
            Err(_) if status >= 300 => Err(CallError::Api { code: status, retry_after: None, webhook: false }),
            Err(_) => Err(CallError::InDoubt),
        }
    }
}

/// Builds one client: HTTP/1 with keep-alive, no redirects (a redirected token is a leaked token).
fn client(address: &Url, connect: Duration, total: Duration, gzip: bool) -> Result<Client, ApiSetupError> {
    let mut builder = Client::builder()
        .connect_timeout(connect)
        .timeout(total)
        .gzip(gzip)
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .http1_only()
        .tcp_nodelay(true)
        .tcp_keepalive(Duration::from_secs(15))
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(POOL);
    let host = address.host_str().unwrap_or_default();
    let loopback = host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    if loopback || host == "localhost" {
        builder = builder.no_proxy();
    }
    builder.build().map_err(|error| ApiSetupError::Client(error.without_url()))
}

/// An answer of the Bot API, unread.
#[derive(Clone)]
pub(super) struct Answer {
    status: u16,
    body: Vec<u8>,
}

/// The four fields every answer has. `result` is not read here: most callers do not need it.
#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(default)]
    ok: bool,
    error_code: Option<u16>,
    #[serde(borrow)]
    description: Option<&'a RawValue>,
    #[serde(borrow)]
    parameters: Option<&'a RawValue>,
    #[serde(borrow)]
    result: Option<&'a RawValue>,
}

/// `ResponseParameters`, as far as it is used.
#[derive(Deserialize)]
struct Parameters {
    retry_after: Option<serde_json::Number>,
}

impl Answer {
    /// Reads the envelope: the raw result, or what went wrong.
    pub(super) fn judge(&self) -> Result<&RawValue, CallError> {
        judge(self.status, &self.body)
    }

    /// The same for an answer whose bytes are not quite JSON (invalid UTF-8, raw control characters), mended. Slow.
    pub(super) fn judge_mended(&self) -> Result<Box<RawValue>, CallError> {
        let text = String::from_utf8_lossy(&self.body).replace(|c: char| c.is_ascii_control(), " ");
        judge(self.status, text.as_bytes()).map(RawValue::to_owned)
    }
}

/// Reads an envelope. Telegram's own refusals are JSON with `ok: false`; a proxy's are whatever it likes.
fn judge(status: u16, body: &[u8]) -> Result<&RawValue, CallError> {
    match serde_json::from_slice::<Envelope<'_>>(body) {
        Ok(Envelope { ok: true, result: Some(result), .. }) if status < 300 => Ok(result),
        Ok(envelope) if !envelope.ok && (envelope.error_code.is_some() || status >= 300) => {
            let parameters = envelope.parameters.and_then(|raw| serde_json::from_str::<Parameters>(raw.get()).ok());
            Err(CallError::Api {
                code: envelope.error_code.unwrap_or(status),
                retry_after: parameters.and_then(|parameters| parameters.retry_after).as_ref().map(whole_seconds),
                webhook: envelope.description.is_some_and(|text| text.get().contains("webhook is active")),
            })
        }
        _ if status >= 300 => Err(CallError::Api { code: status, retry_after: None, webhook: false }),
        _ => Err(CallError::InDoubt),
    }
}

/// A number of seconds, however it is written.
fn whole_seconds(number: &serde_json::Number) -> i64 {
    let rounded = |float: f64| if float.is_sign_negative() { -1 } else { i64::MAX };
    number.as_i64().unwrap_or_else(|| number.as_f64().map_or(0, rounded))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(status: u16, body: &str) -> Result<String, CallError> {
        judge(status, body.as_bytes()).map(|raw| raw.get().to_owned())
    }

    fn refused(code: u16, retry_after: Option<i64>) -> Result<String, CallError> {
        Err(CallError::Api { code, retry_after, webhook: false })
    }

    #[test]
    fn an_accepted_call_gives_its_result() {
        assert_eq!(read(200, r#"{"ok":true,"result":{"a":1}}"#), Ok(r#"{"a":1}"#.to_owned()));
    }

    #[test]
    fn an_answer_that_says_nothing_leaves_the_call_in_doubt() {
        for body in ["", "<html>ok</html>", r#"{"ok":true}"#, r#"{"ok":true,"result":null}"#, r#"{"ok":true,"resu"#, "{}"] {
            assert_eq!(read(200, body), Err(CallError::InDoubt), "{body}");
        }
        assert_eq!(read(204, ""), Err(CallError::InDoubt));
    }

    #[test]
    fn a_refusal_is_read_from_the_body_or_else_from_the_status() {
        assert_eq!(read(403, r#"{"ok":false,"error_code":403,"description":"Forbidden"}"#), refused(403, None));
        assert_eq!(read(200, r#"{"ok":false,"error_code":400,"description":"x"}"#), refused(400, None));
        assert_eq!(read(502, "<html>Bad Gateway</html>"), refused(502, None));
        assert_eq!(read(301, ""), refused(301, None));
        assert_eq!(read(500, r#"{"ok":true,"result":{}}"#), refused(500, None));
    }

    #[test]
    fn any_retry_after_is_read_without_failing() {
        let answer = |value: &str| read(429, &format!(r#"{{"ok":false,"error_code":429,"parameters":{{"retry_after":{value}}}}}"#));
        assert_eq!(answer("7"), refused(429, Some(7)));
        assert_eq!(answer("0"), refused(429, Some(0)));
        assert_eq!(answer("-5"), refused(429, Some(-5)));
        assert_eq!(answer("99999999999999999999"), refused(429, Some(i64::MAX)));
        assert_eq!(answer("null"), refused(429, None));
        assert_eq!(answer("\"soon\""), refused(429, None));
    }

    #[test]
    fn a_token_that_could_change_the_address_is_refused_and_never_shown() {
        let address: Url = "https://api.telegram.org".parse().unwrap();
        for token in ["", "abc", "1:a/b", "1:a?b", "1:a b", "1:\u{e9}"] {
            assert!(matches!(Api::new(&SecretString::from(token), &address), Err(ApiSetupError::Token)), "{token}");
        }
        let api = Api::new(&SecretString::from("123:SECRET"), &address).unwrap();
        assert!(!format!("{api:?}").contains("SECRET"));
    }

    #[tokio::test]
    async fn a_call_to_nobody_was_never_sent() {
        let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let api = Api::new(&SecretString::from("123:SECRET"), &format!("http://{closed}").parse().unwrap()).unwrap();
        for way in [Way::Poll, Way::Send, Way::Urgent] {
            assert_eq!(api.call(way, &teloxide::payloads::GetMe::new()).await, Err(CallError::NotSent));
        }
    }
}
