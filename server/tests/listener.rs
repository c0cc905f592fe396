//! The listener itself, over real connections: who never finishes the head of a request is cut off, everybody else is served, and a
//! shutdown lets requests in flight finish.

mod support;

use std::{io, net::SocketAddr, time::Duration};

use lichtbild_server::listen;
use support::Server;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time::{sleep, timeout},
};

const HEAD: Duration = Duration::from_millis(300);
const ASK: &[u8] = b"GET /healthz HTTP/1.1\r\nhost: ident.test\r\nconnection: close\r\n\r\n";

async fn listening(server: &Server) -> (SocketAddr, JoinHandle<io::Result<()>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let serving = listen::serve(listener, server.router.clone(), HEAD, server.app.stop.clone());
    (address, tokio::spawn(serving))
}

/// Everything until the other side closes.
async fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    timeout(Duration::from_secs(10), stream.read_to_end(&mut bytes)).await.expect("it closes").ok();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn whoever_does_not_finish_the_head_of_a_request_is_cut_off_and_others_are_served() {
    let server = Server::start(&[]).await;
    let (address, _) = listening(&server).await;
    let mut silent = TcpStream::connect(address).await.expect("connected");
    let mut slow = TcpStream::connect(address).await.expect("connected");
    slow.write_all(b"GET /healthz HTTP/1.1\r\nhost: ide").await.expect("written");
    let dripping = tokio::spawn(async move {
        // One byte at a time does not buy patience either.
        for byte in b"nt.test\r\nx-slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" {
            sleep(HEAD / 10).await;
            if slow.write_all(&[*byte]).await.is_err() {
                break;
            }
        }
        rest(&mut slow).await
    });
    let mut quick = TcpStream::connect(address).await.expect("connected");
    quick.write_all(ASK).await.expect("written");
    assert!(rest(&mut quick).await.starts_with("HTTP/1.1 200"), "others are served meanwhile");
    assert!(!rest(&mut silent).await.starts_with("HTTP/1.1 200"));
    assert!(!dripping.await.expect("it ends").starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn patience_with_heads_is_none_with_bodies() {
    let server = Server::start(&[]).await;
    let (address, _) = listening(&server).await;
    let mut stream = TcpStream::connect(address).await.expect("connected");
    let head =
        "POST /v1/handoff/preview HTTP/1.1\r\nhost: ident.test\r\nconnection: close\r\ncontent-length: 16\r\n\r\n";
    stream.write_all(head.as_bytes()).await.expect("written");
    sleep(HEAD * 3).await;
    stream.write_all(br#"{"secret":"abc"}"#).await.expect("written");
    assert!(rest(&mut stream).await.contains("handoff.unknown"), "it was read to its end");
}

#[tokio::test]
async fn a_shutdown_lets_a_request_in_flight_finish() {
    let server = Server::start(&[]).await;
    let (address, serving) = listening(&server).await;
    let mut stream = TcpStream::connect(address).await.expect("connected");
    let head = "POST /v1/handoff/preview HTTP/1.1\r\nhost: ident.test\r\ncontent-length: 16\r\n\r\n";
    stream.write_all(head.as_bytes()).await.expect("written");
    sleep(HEAD / 3).await;
    server.app.stop.cancel();
    sleep(HEAD / 3).await;
    assert!(TcpStream::connect(address).await.is_err(), "nobody new is let in");
    stream.write_all(br#"{"secret":"abc"}"#).await.expect("written");
    assert!(rest(&mut stream).await.contains("handoff.unknown"));
    timeout(Duration::from_secs(5), serving).await.expect("it ends").expect("without a panic").expect("in order");
}
