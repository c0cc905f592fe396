// The demo's partner as its own process, against a backend; and a person who signs up there.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { freePort, until } from "./net.mjs";

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
    log: () => log,
    async stop() {
      child.kill();
      await once(child, "exit");
    },
  };
}

/** Starts the portal on a free port and tells the backend where its webhook is. */
export async function hearingPortal(backend, key) {
  const port = await freePort();
  const { secret } = await backend.hear(`http://localhost:${port}/webhook`, key);
  return portal(backend, { key, secret, port });
}

/** The portal's words. */
export const portalWords = (lang) => JSON.parse(readFileSync(path.join(www, `portal/texts/${lang}.json`), "utf8"));

export const ANNA = {
  firstName: "Annegret", lastName: "Probewitz", birthDay: "27", birthMonth: "3", birthYear: "1988",
  street: "Lindenblütenweg", houseNumber: "12a", postcode: "50667", city: "Köln", email: "annegret@probewitz.example",
};

/** The screen with this heading. */
export const heading = (page, words) => page.getByRole("heading", { level: 1, name: words, exact: true });

/** Signs up as far as the identification. `onScreen(name)` is called at each screen. */
export async function signUp(page, lang, { onScreen = async () => {}, level = "comfort" } = {}) {
  const words = portalWords(lang);
  const press = (key) => page.getByRole("button", { name: words[key], exact: true }).click();
  await heading(page, words["tariff.title"]).waitFor();
  await page.locator(`input[name=level][value=${level}]`).check();
  await onScreen("tariff");
  await press("next");
  await heading(page, words["person.title"]).waitFor();
  await onScreen("person");
  await press("next");
  await onScreen("person-missing");
  for (const [name, value] of Object.entries(ANNA)) await page.locator(`#${name}`).fill(value);
  await press("next");
  await heading(page, words["summary.title"]).waitFor();
  await page.locator("#agree").check();
  await onScreen("summary");
  await press("summary.go");
  await heading(page, words["identification.title"]).waitFor();
}

/** Chooses in the developers' panel how the next identification ends. */
export async function choosePlan(page, lang, plan) {
  const words = portalWords(lang);
  const panel = page.locator("#developer details");
  await panel.waitFor();
  if (!(await panel.evaluate((details) => details.open))) await panel.locator("summary").click();
  await page.getByLabel(words["developer.plan"]).selectOption(plan);
  await page.getByRole("button", { name: words["developer.apply"], exact: true }).click();
  await page.getByText(words["developer.applied"], { exact: true }).waitFor();
}
