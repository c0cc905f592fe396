// tus 1.0 with other people's programs: their clients against our server, our component against their server.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import * as tus from "tus-js-client";
import { browser, open } from "../support/browser.mjs";
import { Device } from "../support/device.mjs";
import { freePort, serve, until } from "../support/net.mjs";
import { look, MAIN, tap, walk } from "../support/person.mjs";
import { Backend } from "../support/server.mjs";
import { foreignServer, pass, signer } from "../support/tus.mjs";

const CHUNK = 256 * 1024;
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const run = promisify(execFile);

let backend, device, kase, uploads;
before(async () => {
  backend = await Backend.start();
  const made = await backend.create({});
  kase = made.case.id;
  device = await Device.make(backend.origin, made.session.token);
  uploads = (await device.toFirstRecording()).uploadsUrl;
});
after(() => backend.stop());

const metadata = (artifact) => ({ artifact, step: "front-video", kind: "video", filetype: "video/webm" });
const signed = {
  async onBeforeRequest(request) {
    const headers = await device.headers(request.getMethod(), new URL(request.getURL(), backend.origin).href);
    for (const [name, value] of Object.entries(headers)) request.setHeader(name, value);
  },
};

function upload(source, options) {
  return new Promise((resolve, reject) => {
    const settings = { endpoint: new URL(uploads, backend.origin).href, retryDelays: [0, 500], chunkSize: CHUNK, ...signed, ...options };
    const started = new tus.Upload(source, { ...settings, onSuccess: () => resolve(started.url), onError: reject });
    started.start();
  });
}

async function arrived(artifact, bytes) {
  // The whole is digested after the last piece was acknowledged.
  const media = await until("the digest", async () => (await backend.report(kase)).media.find((item) => item.artifact === artifact && item.sha256));
  assert.equal(media.length, bytes.length);
  assert.equal(media.sha256, sha256(bytes));
  assert.equal(sha256(await backend.media(kase, artifact)), sha256(bytes));
}

for (const length of [3 * CHUNK - 1, 3 * CHUNK, 3 * CHUNK + 1]) {
  test(`tus-js-client uploads ${length} bytes of known length`, async () => {
    const [bytes, artifact] = [randomBytes(length), randomUUID()];
    await upload(bytes, { metadata: metadata(artifact) });
    await arrived(artifact, bytes);
  });

  // A stream that ends with a chunk never ends for tus-js-client 4.3.1.
  if (length % CHUNK === 0) continue;
  test(`tus-js-client uploads a stream of ${length} bytes whose length it does not know`, async () => {
    const [bytes, artifact] = [randomBytes(length), randomUUID()];
    const stream = Readable.from((function* () { for (let at = 0; at < length; at += 50_000) yield bytes.subarray(at, at + 50_000); })(), { objectMode: false });
    await upload(stream, { metadata: metadata(artifact), uploadLengthDeferred: true });
    await arrived(artifact, bytes);
  });
}

test("tus-js-client goes on where it was cut off", async () => {
  const [bytes, artifact] = [randomBytes(5 * CHUNK), randomUUID()];
  const url = await new Promise((resolve, reject) => {
    const first = new tus.Upload(bytes, {
      endpoint: new URL(uploads, backend.origin).href, chunkSize: CHUNK, metadata: metadata(artifact), ...signed, onError: reject,
      onChunkComplete: (_, confirmed) => confirmed >= 2 * CHUNK && first.abort().then(() => resolve(first.url), reject),
    });
    first.start();
  });
  await upload(bytes, { uploadUrl: url, metadata: metadata(artifact) });
  await arrived(artifact, bytes);
});

test("creating the same artifact again answers with the same place", async () => {
  const artifact = randomUUID();
  const create = async () => {
    const target = new URL(uploads, backend.origin).href;
    const encoded = Object.entries(metadata(artifact)).map(([key, value]) => `${key} ${Buffer.from(value).toString("base64")}`);
    const headers = { ...(await device.headers("POST", target)), "tus-resumable": "1.0.0", "upload-defer-length": "1", "upload-metadata": encoded.join(",") };
    return fetch(target, { method: "POST", headers });
  };
  const [first, second] = [await create(), await create()];
  assert.deepEqual([first.status, second.status], [201, 201]);
  assert.equal(first.headers.get("location"), second.headers.get("location"));
});

test("resumable-upload sends every piece with its SHA-256 and is told each time when the upload expires", async (t) => {
  const client = await pythonClient();
  if (!client) return t.skip("python3 with venv and PyPI's resumable-upload 0.3.0 are not to be had");
  const folder = await mkdtemp(path.join(tmpdir(), "lichtbild-"));
  const proxy = await signer(device);
  try {
    const [bytes, artifact] = [randomBytes(2 * CHUNK + 77), randomUUID()];
    const file = path.join(folder, "front.webm");
    await writeFile(file, bytes);
    const pairs = Object.entries(metadata(artifact)).flatMap(([key, value]) => ["--metadata", `${key}=${value}`]);
    const url = new URL(new URL(uploads, backend.origin).pathname, proxy.origin).href;
    await run(client, ["upload", "--url", url, "--checksum", "sha256", "--chunk-size", String(CHUNK), "--no-progress", ...pairs, file]);
    await arrived(artifact, bytes);

    const pieces = proxy.exchanges.filter(({ method }) => method === "PATCH");
    assert.deepEqual(pieces.map(({ checksum }) => checksum), [0, CHUNK, 2 * CHUNK].map((at) => `sha256 ${createHash("sha256").update(bytes.subarray(at, at + CHUNK)).digest("base64")}`));
    const creations = proxy.exchanges.filter(({ method }) => method === "POST");
    assert.equal(creations.length, 1);
    for (const { method, status, expires } of [...creations, ...pieces]) {
      assert.equal(status, method === "POST" ? 201 : 204);
      assert.ok(Date.parse(expires) > Date.now(), `${method}: ${expires}`);
    }
  } finally {
    proxy.close();
    await rm(folder, { recursive: true });
  }
});

test("a piece with a wrong checksum is refused with 460 and not stored; every answer tells when the upload expires", async () => {
  const artifact = randomUUID();
  const place = new URL(await upload(Buffer.alloc(10), { metadata: metadata(artifact), uploadLengthDeferred: false, uploadSize: 10 }), backend.origin);
  const head = await fetch(place, { method: "HEAD", headers: { ...(await device.headers("HEAD", place.href)), "tus-resumable": "1.0.0" } });
  assert.equal(head.headers.get("upload-offset"), "10");

  const target = new URL(uploads, backend.origin).href;
  const pairs = Object.entries(metadata(randomUUID())).map(([key, value]) => `${key} ${Buffer.from(value).toString("base64")}`);
  const made = await fetch(target, { method: "POST", headers: { ...(await device.headers("POST", target)), "tus-resumable": "1.0.0", "upload-length": "4", "upload-metadata": pairs.join(",") } });
  const url = new URL(made.headers.get("location"), target).href;
  assert.ok(Date.parse(made.headers.get("upload-expires")) > Date.now());
  const patch = async (digest) =>
    fetch(url, { method: "PATCH", body: "data", headers: { ...(await device.headers("PATCH", url)), "tus-resumable": "1.0.0", "upload-offset": "0",
      "content-type": "application/offset+octet-stream", "upload-checksum": `sha256 ${digest}` } });
  assert.equal((await patch(createHash("sha256").update("other").digest("base64"))).status, 460);
  const good = await patch(createHash("sha256").update("data").digest("base64"));
  assert.equal(good.status, 204);
  assert.equal(good.headers.get("upload-offset"), "4");
});

test("our component uploads to @tus/server", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "lichtbild-"));
  const port = await freePort();
  const theirs = foreignServer(folder, "/v1/uploads");
  const own = await Backend.start({ publicUrl: `http://localhost:${port}` });
  const front = await serve((request, response) => (request.url.startsWith("/v1/uploads") ? theirs(request, response) : pass(request, response, own.address)), port);
  const chromium = await browser();
  try {
    const made = await own.create({ lang: "en" });
    const { page, faults, receipts } = await open(chromium, { lang: "en", allowed: [front.origin] });
    await page.goto(made.session.url);
    const reviewed = (now) => now.name === "review";
    await walk(page, { document: "passport", stop: reviewed });
    await tap(await look(page), MAIN);
    await until("the front video's receipt", () => receipts.length > 0);
    await until("everything confirmed", async () => {
      const { upload } = (await look(page)).snapshot;
      return upload.recorded > 0 && upload.confirmed === upload.recorded;
    });
    const files = await Promise.all((await readdir(folder)).filter((name) => !name.endsWith(".json")).map((name) => readFile(path.join(folder, name))));
    for (const { length, sha256: promised } of receipts) assert.ok(files.some((bytes) => bytes.length === length && sha256(bytes) === promised), "a recording is not there as promised");
    assert.deepEqual(faults(), []);
  } finally {
    await chromium.close();
    front.close();
    await own.stop();
    await rm(folder, { recursive: true });
  }
});

/** PyPI's client in a virtual environment in the user's cache; none where Python or the package is not to be had. */
async function pythonClient() {
  const folder = path.join(process.env.LICHTBILD_CACHE ?? tmpdir(), "python");
  const client = path.join(folder, "bin/resumable-upload");
  if (existsSync(client)) return client;
  try {
    await run("python3", ["-m", "venv", folder], { timeout: 60_000 });
    await run(path.join(folder, "bin/pip"), ["install", "--quiet", "resumable-upload==0.3.0"], { timeout: 120_000 });
    return client;
  } catch {
    return undefined;
  }
}
