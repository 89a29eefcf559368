//! Just enough of HTTP/1.1: a server of its own can break a connection at any point, which a framework does not let one do.

use super::faults::What;
use super::methods::{self, Reply};
use super::{Shared, TOKEN};
use serde_json::Value;
use std::future::pending;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

/// Longest head of a request.
const MAX_HEAD: usize = 16 * 1024;
/// Longest body of a request.
const MAX_BODY: usize = 1024 * 1024;

/// Accepts connections for ever.
pub async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((stream, _)) = listener.accept().await {
        let _ = stream.set_nodelay(true);
        tokio::spawn(connection(stream, Arc::clone(&shared)));
    }
}

/// A request, as far as it matters.
struct Request {
    path: String,
    body: Vec<u8>,
}

/// Answers the requests of one connection until it closes, or until a fault closes it.
async fn connection(mut stream: TcpStream, shared: Arc<Shared>) {
    let mut buffer = Vec::new();
    while let Some(request) = read(&mut stream, &mut buffer).await {
        // A caller that goes away while it waits must not take updates with it.
        let mut probe = [0; 1];
        let answer = tokio::select! {
            answer = exchange(&shared, &request) => answer,
            _ = stream.peek(&mut probe) => return,
        };
        let Some((status, body)) = answer else { return };
        let head = format!("HTTP/1.1 {status} -\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n", body.len());
        if stream.write_all(&[head.as_bytes(), &body].concat()).await.is_err() {
            return;
        }
    }
}

/// Carries out one call, with whatever fault is planned for it. `None` closes the connection.
async fn exchange(shared: &Shared, request: &Request) -> Option<(u16, Vec<u8>)> {
    let Some(method) = request.path.strip_prefix(&format!("/bot{TOKEN}/")) else {
        return Some(refusal(401, "Unauthorized"));
    };
    let parameters: Value = match serde_json::from_slice(&request.body) {
        Ok(parameters @ Value::Object(_)) => parameters,
        // `getMe` has none, which some clients write as `null`.
        Ok(Value::Null) => Value::Object(serde_json::Map::default()),
        _ => return Some(refusal(400, "Bad Request: can't parse JSON object")),
    };
    let fault = shared.world().fault_for(method, &parameters);
    match fault {
        Some(What::Delay(time)) => sleep(time).await,
        Some(What::Refuse(code, description, extra)) => {
            shared.world().count(method, code);
            shared.touch();
            return Some(Reply::Refused { code, description: description.to_owned(), parameters: extra }.into_parts());
        }
        Some(What::Answer(status, body)) => {
            shared.world().count(method, status);
            shared.touch();
            return Some((status, body.into_bytes()));
        }
        Some(What::DropBefore) => {
            shared.world().count(method, 0);
            shared.touch();
            return None;
        }
        Some(after @ (What::AppliedThen(..) | What::DropAfter | What::Silence)) => {
            methods::call(shared, method, &parameters).await;
            return match after {
                What::AppliedThen(status, body) => Some((status, body.into_bytes())),
                What::Silence => pending().await,
                _ => None,
            };
        }
        None => {}
    }
    Some(methods::call(shared, method, &parameters).await.into_parts())
}

fn refusal(code: u16, description: &str) -> (u16, Vec<u8>) {
    Reply::Refused { code, description: description.to_owned(), parameters: Value::Null }.into_parts()
}

/// Reads one request; `None` at the end of the connection or on anything that is not a request.
async fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Request> {
    let head_end = loop {
        if let Some(at) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            break at + 4;
        }
        if buffer.len() > MAX_HEAD || stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(buffer[..head_end].to_vec()).ok()?;
    let mut lines = head.split("\r\n");
    let path = lines.next()?.strip_prefix("POST ")?.split(' ').next()?.to_owned();
    let header = |name: &str| {
        head.split("\r\n").find_map(|line| line.split_once(':').filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()))
    };
    let length: usize = header("content-length").map_or(Some(0), |value| value.parse().ok())?;
    if length > MAX_BODY {
        return None;
    }
    while buffer.len() < head_end + length {
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
    let body = buffer[head_end..head_end + length].to_vec();
    buffer.drain(..head_end + length);
    Some(Request { path, body })
}
