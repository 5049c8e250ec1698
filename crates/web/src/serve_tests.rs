use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::Limits;
use crate::testing::House;

struct Server {
    _house: House,
    address: std::net::SocketAddr,
    stop: oneshot::Sender<()>,
    running: JoinHandle<std::io::Result<()>>,
}

impl Server {
    async fn with(limits: Limits) -> Self {
        let house = House::with_limits(limits).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let shutdown = async { drop(stopped.await) };
        let running = tokio::spawn(super::serve(listener, Arc::clone(&house.web), shutdown));
        Self {
            _house: house,
            address,
            stop,
            running,
        }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// Sends bytes on a connection of its own and reads until the server closes it.
    async fn exchange(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect().await;
        stream.write_all(bytes).await.unwrap();
        read_to_end(&mut stream).await
    }
}

async fn read_to_end(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    // A connection that is cut off may also be reset.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8(answer).unwrap()
}

/// A request whose head is whole and whose body is not: the server tells the client to go on, so it is being answered.
async fn begin(server: &Server) -> TcpStream {
    let mut stream = server.connect().await;
    let head = "POST /v1/events HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 2\r\nexpect: 100-continue\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).await.unwrap();
    assert!(go_on.starts_with(b"HTTP/1.1 100 Continue"));
    stream
}

#[tokio::test]
async fn a_running_request_is_answered_after_shutdown_and_nobody_new_is_let_in() {
    let server = Server::with(Limits::default()).await;
    let mut running = begin(&server).await;
    let idle = server.connect().await;
    server.stop.send(()).unwrap();
    // The listener is closed: to connect is refused, or what was in its queue is reset.
    loop {
        match TcpStream::connect(server.address).await {
            Err(_) => break,
            Ok(mut stream) => assert_eq!(read_to_end(&mut stream).await, ""),
        }
    }
    running.write_all(b"{}").await.unwrap();
    let answer = read_to_end(&mut running).await;
    assert!(answer.starts_with("HTTP/1.1 422 "), "{answer}");
    assert!(answer.contains("urn:hotich:problem:form"), "{answer}");
    server.running.await.unwrap().unwrap();
    drop(idle);
}

#[tokio::test]
async fn a_request_that_does_not_end_does_not_hold_up_the_shutdown() {
    let server = Server::with(Limits {
        shutdown: Duration::from_millis(1),
        ..Limits::default()
    })
    .await;
    let mut running = begin(&server).await;
    server.stop.send(()).unwrap();
    server.running.await.unwrap().unwrap();
    assert_eq!(read_to_end(&mut running).await, "");
}

#[tokio::test]
async fn a_head_that_does_not_come_is_not_waited_for() {
    let server = Server::with(Limits {
        head: Duration::from_millis(1),
        ..Limits::default()
    })
    .await;
    let answer = server.exchange(b"GET /health HTTP/1.1\r\nhost:").await;
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 408 "),
        "{answer}"
    );
}

#[tokio::test]
async fn twenty_megabytes_from_a_client_that_sends_before_it_listens_are_told_to_be_too_large() {
    let server = Server::with(Limits::default()).await;
    let head = "POST /v1/events HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 20971520\r\n\r\n";
    let answer = server
        .exchange(&[head.as_bytes(), &vec![b' '; 20 << 20]].concat())
        .await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(answer.contains("application/problem+json"), "{answer}");
}

#[tokio::test]
async fn a_head_that_is_too_large_is_refused() {
    let server = Server::with(Limits::default()).await;
    let answer = server
        .exchange(format!("GET /{} HTTP/1.1\r\n\r\n", "x".repeat(100_000)).as_bytes())
        .await;
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 414 ") || answer.starts_with("HTTP/1.1 431 "),
        "{answer}"
    );
}

#[tokio::test]
async fn a_connection_carries_one_request_after_the_other() {
    let server = Server::with(Limits {
        connections: 1,
        ..Limits::default()
    })
    .await;
    let twice =
        "GET /health HTTP/1.1\r\nhost: x\r\n\r\nGET /health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    let answer = server.exchange(twice.as_bytes()).await;
    assert_eq!(answer.matches("HTTP/1.1 200 OK").count(), 2, "{answer}");
    // The one place is free again.
    let answer = server
        .exchange(b"GET /health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        .await;
    assert_eq!(answer.matches("HTTP/1.1 200 OK").count(), 1, "{answer}");
}

/// Both places of a witness are taken by clients that send half a head or half a body and then nothing. They lose them, and the log that waits
/// behind them is answered.
#[tokio::test]
async fn a_slow_or_greedy_client_does_not_hold_up_a_witness() {
    let soon = Duration::from_millis(250);
    let limits = Limits {
        connections: 2,
        head: soon,
        ..Limits::default()
    };
    let folder = tempfile::tempdir().unwrap();
    let memory = witness::Memory::file(&folder.path().join("seen.db"))
        .await
        .unwrap();
    let key = tlog::SignerKey::new("witness.example", tlog::KeyKind::Cosignature, &[1; 32]).unwrap();
    let witness = witness::Witness::new(vec![key], Vec::new(), memory, Arc::new(|| 1));
    let router = witness::router_within(Arc::new(witness), soon);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving =
        tokio::spawn(
            async move { super::serve_router(listener, router, &limits, std::future::pending()).await },
        );
    let half_a_head = "POST /add-checkpoint HTTP/1.1\r\nhost:";
    let half_a_body = "POST /add-checkpoint HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nold";
    let in_order = "GET /0000/checkpoint HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    let mut clients = Vec::new();
    for sent in [half_a_head, half_a_body, half_a_body, half_a_head, in_order] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(sent.as_bytes()).await.unwrap();
        clients.push(stream);
    }
    let mut answers = Vec::new();
    for client in &mut clients {
        answers.push(read_to_end(client).await);
    }
    assert!(answers[4].starts_with("HTTP/1.1 404 "), "{answers:?}");
    for answer in &answers[1..3] {
        assert!(answer.starts_with("HTTP/1.1 408 "), "{answers:?}");
    }
    serving.abort();
}
