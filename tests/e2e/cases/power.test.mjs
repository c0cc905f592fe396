// The power fails right after the server has said that it has something: of its folder only what it had synced by then is left.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { promisify } from "node:util";
import { Device } from "../support/device.mjs";
import { Disk, TRACED } from "../support/disk.mjs";
import { Backend } from "../support/server.mjs";

const PIECE = 40_000;
const traces = await promisify(execFile)("strace", [...TRACED, "true"]).then(() => true, () => false);

/** What the server says yes to while a case is made and a recording uploaded: which answer, and what holds from then on. */
async function upload(backend) {
  const said = [];
  const yes = async (answer, holds) => {
    assert.ok(answer.ok, `${answer.url}: ${answer.status}`);
    said.push({ id: answer.headers.get("x-request-id"), holds });
    return answer;
  };
  const created = await backend.call("POST", "/v1/cases", { flow: "robo-ident" }, { raw: true });
  const made = await (await yes(created, async () => assert.equal((await backend.report(made.case.id)).id, made.case.id))).json();

  const device = await Device.make(backend.origin, made.session.token);
  const uploads = new URL((await device.toFirstRecording()).uploadsUrl, backend.origin).href;
  const ask = async (method, url, headers, body) =>
    fetch(url, { method, body, headers: { ...(await device.headers(method, url)), "tus-resumable": "1.0.0", ...headers } });
  const [artifact, recorded] = [randomUUID(), randomBytes(3 * PIECE)];
  const about = Object.entries({ artifact, step: "front-video", kind: "video", filetype: "video/webm" }).map(([key, value]) => `${key} ${btoa(value)}`);
  const has = async (least) => {
    const head = await ask("HEAD", url);
    assert.equal(head.status, 200);
    assert.ok(Number(head.headers.get("upload-offset")) >= least, `${head.headers.get("upload-offset")} of ${least} bytes`);
  };
  const opened = await yes(await ask("POST", uploads, { "upload-length": recorded.length, "upload-metadata": about.join(",") }), () => has(0));
  const url = new URL(opened.headers.get("location"), uploads).href;
  for (let at = 0; at < recorded.length; at += PIECE) {
    const piece = recorded.subarray(at, at + PIECE);
    const headers = { "content-type": "application/offset+octet-stream", "upload-offset": at, "upload-checksum": `sha256 ${createHash("sha256").update(piece).digest("base64")}` };
    await yes(await ask("PATCH", url, headers, piece), () => has(at + PIECE));
  }
  said.kase = made.case.id;
  said.at(-1).holds = async () => assert.ok(recorded.equals(await backend.media(made.case.id, artifact)));
  return said;
}

test("whatever the server has said yes to is still there after a power cut", { skip: !traces && "strace cannot be run here" }, async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "lichtbild-"));
  const log = path.join(folder, "calls");
  const backend = await Backend.start();
  try {
    await backend.end();
    const cuts = [];
    const disk = await Disk.of(backend.folder, (answer, now) => {
      if (/^HTTP\/1\.1 2/.test(answer)) cuts.push({ answer, left: now.still() });
    });
    await backend.resume(["strace", "--daemonize=grandchild", ...TRACED, `--output=${log}`]);
    const said = await upload(backend);
    // What was said before is in the log once this is answered.
    await backend.report(said.kase);
    await backend.kill();
    for await (const line of createInterface({ input: createReadStream(log) })) disk.line(line);

    for (const { id, holds } of said) {
      const cut = cuts.find(({ answer }) => answer.toLowerCase().includes(`x-request-id: ${id}`));
      assert.ok(cut, `no answer ${id} among ${cuts.length}`);
      await rm(backend.folder, { recursive: true });
      await mkdir(backend.folder);
      await cut.left.restore(backend.folder);
      await backend.resume();
      await holds();
      await backend.end();
    }
  } finally {
    await backend.stop();
    await rm(folder, { recursive: true });
  }
});
