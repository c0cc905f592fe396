// Small HTTP pieces for tests: free ports, servers that close, reading bodies.

import { once } from "node:events";
import http from "node:http";
import net from "node:net";

export async function freePort() {
  const probe = net.createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

/** Starts an HTTP server on a free port (or the given one); `close()` also drops open connections. */
export async function serve(handler, port = 0) {
  const server = http.createServer((request, response) => {
    Promise.resolve(handler(request, response)).catch((error) => {
      response.writeHead(500).end(String(error));
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    port: server.address().port,
    origin: `http://localhost:${server.address().port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

export async function body(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

/** Waits until `look` gives something, or fails with `what` after the deadline. */
export async function until(what, look, millis = 20_000) {
  const end = Date.now() + millis;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${millis} ms for ${what}`);
    await sleep(100);
  }
}

export const sleep = (millis) => new Promise((wake) => setTimeout(wake, millis));
