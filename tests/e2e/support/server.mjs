// The real backend as its own process with a fresh folder of data, and the partner's API client.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { freePort, until } from "./net.mjs";

const run = promisify(execFile);
const program = process.env.LICHTBILD_SERVER;
const pages = path.resolve(import.meta.dirname, "../../../www/dist");

export class Backend {
  /** `publicUrl`: where browsers reach it, if not directly. */
  static async start({ publicUrl, env = {} } = {}) {
    const backend = new Backend();
    backend.folder = await mkdtemp(path.join(tmpdir(), "lichtbild-"));
    backend.port = await freePort();
    backend.address = `http://127.0.0.1:${backend.port}`;
    backend.origin = publicUrl ?? `http://localhost:${backend.port}`;
    backend.env = {
      ...process.env,
      LICHTBILD_LISTEN: `127.0.0.1:${backend.port}`,
      LICHTBILD_DATA: backend.folder,
      LICHTBILD_PUBLIC_URL: backend.origin,
      LICHTBILD_STATIC: pages,
      LICHTBILD_ALLOW_PRIVATE_WEBHOOKS: "true",
      LICHTBILD_FRAME_ANCESTORS: "http://localhost:*",
      ...env,
    };
    backend.log = "";
    await backend.resume();
    const { stdout } = await run(program, ["partner", "add", "Musterversicherung"], { env: backend.env });
    const partner = JSON.parse(stdout);
    backend.keys = { live: partner.liveKey, sandbox: partner.sandboxKey };
    return backend;
  }

  /** Starts the process on the data that is there; `under` another program. */
  async resume(under = []) {
    const [first, ...rest] = [...under, program, "serve"];
    this.process = spawn(first, rest, { env: this.env, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.process.stdout, this.process.stderr]) stream.on("data", (text) => (this.log += text));
    await until("the backend", async () => {
      if (this.process.exitCode !== null) throw new Error(`the backend has ended:\n${this.log}`);
      return fetch(`${this.address}/healthz`).then((answer) => answer.ok, () => false);
    });
  }

  /** Without a chance to tidy up, as a power cut would end it. */
  async kill() {
    this.process.kill("SIGKILL");
    await once(this.process, "exit");
  }

  /** Lets it end; its data stays. */
  async end() {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill("SIGTERM");
    await once(this.process, "exit");
  }

  async stop() {
    await this.end();
    await rm(this.folder, { recursive: true });
  }

  /** Files below the folder of data. */
  async files() {
    return (await readdir(this.folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  }

  async call(method, where, json, { key = this.keys.live, raw = false } = {}) {
    const headers = { authorization: `Bearer ${key}`, ...(json && { "content-type": "application/json" }) };
    const answer = await fetch(this.address + where, { method, headers, body: json && JSON.stringify(json) });
    if (raw) return answer;
    if (!answer.ok) throw new Error(`${method} ${where}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? undefined : answer.json();
  }

  /** A new case; with a `sandbox` plan by the sandbox key. */
  create(settings) {
    const key = settings.sandbox ? this.keys.sandbox : this.keys.live;
    return this.call("POST", "/v1/cases", { flow: "robo-ident", ...settings }, { key });
  }

  report = (kase, key) => this.call("GET", `/v1/cases/${kase}`, undefined, { key });
  erase = (kase, key) => this.call("DELETE", `/v1/cases/${kase}`, undefined, { key });
  hear = (url, key) => this.call("PUT", "/v1/webhook", { url }, { key });

  async media(kase, artifact, key) {
    const answer = await this.call("GET", `/v1/cases/${kase}/media/${artifact}`, undefined, { key, raw: true });
    if (!answer.ok) throw new Error(`media: ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  }
}
