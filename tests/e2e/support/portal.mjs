// The demo's partner as its own process, against a backend.

import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { until } from "./net.mjs";

const www = path.resolve(import.meta.dirname, "../../../www");

/** Starts the portal on a port with a key; `secret` is that of its webhook. */
export async function portal(backend, { key, secret, port }) {
  const origin = `http://localhost:${port}`;
  const env = { ...process.env, PORT: String(port), LICHTBILD_ENDPOINT: backend.origin, LICHTBILD_API_KEY: key, LICHTBILD_WEBHOOK_SECRET: secret };
  const child = spawn("node", ["portal/server.mjs"], { cwd: www, env, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (log += text));
  await until("the portal", async () => {
    if (child.exitCode !== null) throw new Error(`the portal has ended:\n${log}`);
    return fetch(origin).then((answer) => answer.ok, () => false);
  });
  return {
    origin,
    async stop() {
      child.kill();
      await once(child, "exit");
    },
  };
}
