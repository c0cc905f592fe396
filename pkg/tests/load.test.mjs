// Files of the package as they come: their bytes are told in steps, a wrong one is refused, a halt ends the wait.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import { after, before, test } from "node:test";
import { source } from "./support/sources.mjs";

const FILE = Buffer.alloc(100_000, "network");
const hash = (bytes) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
globalThis.__INTEGRITY__ = JSON.stringify({ "document.onnx": { hash: hash(FILE), bytes: FILE.length } });
const { loadBytes } = await source("load.ts");

let server, address;
before(async () => {
  server = http.createServer(async ({ url }, response) => {
    if (url === "/missing") return response.writeHead(404).end();
    const body = url === "/other" ? Buffer.alloc(FILE.length, "another") : FILE;
    for (let from = 0; from < body.length; from += 10_000) {
      response.write(body.subarray(from, from + 10_000));
      await new Promise((next) => setTimeout(next, 20));
    }
    response.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  address = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.close());

test("bytes come whole, and how many percent are there is told while they come, in growing steps of five", async () => {
  const told = [];
  const bytes = await loadBytes(`${address}/`, "document.onnx", (percent) => told.push(percent));
  assert.ok(FILE.equals(Buffer.from(bytes)));
  assert.ok(told.length > 2 && told.at(-1) === 100, told.join());
  assert.ok(told.every((percent, at) => percent % 5 === 0 && (at === 0 || percent > told[at - 1])), told.join());
});

test("another file than the build saw is refused", async () => {
  await assert.rejects(loadBytes(`${address}/other`, "document.onnx", () => {}), { code: "network.unreachable" });
});

test("a file that is not there says so", async () => {
  await assert.rejects(loadBytes(`${address}/missing`, "document.onnx", () => {}), { code: "network.unreachable", detail: /404/ });
});
