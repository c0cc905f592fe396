// The whole way on the hosted capture page: from a case's link through the twelve steps to the verdict, the signed webhook and erasure.
// Phone and desktop, German and English; what arrived is byte for byte what was recorded. The portal, with frame and inline, is
// portal.test.mjs.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import path from "node:path";
import { after, before, test } from "node:test";
import { violations } from "../support/axe.mjs";
import { browser, DESKTOP, open, out, PHONE } from "../support/browser.mjs";
import { sleep, until } from "../support/net.mjs";
import { look, walk } from "../support/person.mjs";
import { receiver } from "../support/receiver.mjs";
import { Backend } from "../support/server.mjs";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

let backend, chromium, hook;
before(async () => {
  [backend, chromium, hook] = await Promise.all([Backend.start(), browser(), receiver()]);
  hook.trust((await backend.hear(hook.url)).secret);
});
after(async () => {
  await chromium?.close();
  await backend?.stop();
  hook?.close();
});

const STEPS = ["device", "explain", "consents", "permissions", "explain-front", "front-video", "explain-back", "back-photo", "explain-selfie", "selfie-video", "evaluation", "success"];

const journeys = [
  { name: "phone-de", viewport: PHONE, lang: "de", theme: "light", document: "germanIdCard" },
  { name: "phone-en", viewport: PHONE, lang: "en", theme: "dark", document: "germanIdCard" },
  { name: "desktop-de", viewport: DESKTOP, lang: "de", theme: "dark", document: "germanIdCard" },
  { name: "desktop-en", viewport: DESKTOP, lang: "en", theme: "light", document: "passport" },
];

for (const { name, viewport, lang, theme, document } of journeys) {
  test(`${name}: all twelve steps, every byte, a signed verdict, nothing left after erasure`, async () => {
    const made = await backend.create({ lang, reference: name, returnUrl: `${backend.origin}/portal/` });
    const kase = made.case.id;
    const { context, page, faults, receipts } = await open(chromium, { viewport, lang, theme, allowed: [backend.origin] });
    await page.goto(made.session.url);
    const blemishes = [];
    let shots = 0;
    const { snapshot, frame, trace } = await walk(page, {
      document,
      async onScreen(screen, now) {
        if (/saving|asking|opening|loading/.test(screen)) return;
        if (!screen.startsWith("camera.") && screen !== "permissions") assert.equal(await now.frame.evaluate(() => globalThis.devicesInUse()), 0, `a device is on at ${screen}`);
        // What slides in has its colours only when it has come to rest.
        await sleep(350);
        await page.screenshot({ path: path.join(out, `${name}-${String((shots += 1)).padStart(2, "0")}-${screen}.png`) });
        blemishes.push(...(await violations(now.frame)).map((line) => `${screen}: ${line}`));
      },
    });
    assert.equal(snapshot.screen.outcome, "success");
    assert.deepEqual(snapshot.steps.map(({ id }) => id), STEPS);
    assert.equal(snapshot.steps.find(({ id }) => id === "back-photo").state, document === "passport" ? "skipped" : "done");

    const event = await hook.event("case.ended", kase);
    assert.deepEqual([event.data.state, event.data.reference], ["verified", name]);
    const report = await backend.report(kase);
    assert.equal(report.state, "verified");
    assert.deepEqual(report.consents.map(({ id }) => id).sort(), ["privacy", "processing", "terms"]);
    assert.ok(report.attempts[0].checks.length > 10);
    assert.deepEqual(report.attempts[0].checks.filter(({ result }) => result === "failed"), []);

    const mirrored = await frame.evaluate(() => globalThis.recordedHere);
    const videos = receipts.filter(({ kind }) => kind === "video");
    assert.equal(videos.length, 2);
    assert.ok(receipts.some(({ kind }) => kind === "still"));
    for (const receipt of receipts) {
      const bytes = await backend.media(kase, receipt.artifact);
      assert.deepEqual([bytes.length, sha256(bytes)], [receipt.length, receipt.sha256], receipt.artifact);
      if (receipt.kind === "video") assert.ok(mirrored.some((it) => it.sha256 === receipt.sha256), "the recorder gave out other bytes");
    }
    assert.deepEqual(blemishes, []);
    assert.deepEqual(faults(), []);

    await backend.erase(kase);
    assert.equal((await backend.call("GET", `/v1/cases/${kase}`, undefined, { raw: true })).status, 404);
    const left = (await backend.files()).filter((file) => file.includes(kase) || receipts.some(({ artifact }) => file.includes(artifact)));
    assert.deepEqual(left, []);
    assert.equal(trace.at(-1), "done");
    await context.close();
  });
}

test("before the first screen nothing heavy is loaded, and the browser's store is empty after the end", async () => {
  const made = await backend.create({ lang: "de" });
  const { context, page } = await open(chromium, { viewport: PHONE, allowed: [backend.origin] });
  const loaded = [];
  page.on("response", (response) => loaded.push(new URL(response.url()).pathname));
  await page.goto(made.session.url);
  await walk(page, { stop: ({ name }) => name === "register" });
  assert.ok(!loaded.some((file) => /engine|worker/.test(file)), loaded.join("\n"));
  await walk(page, { document: "passport" });
  const spooled = await until("an empty spool", async () => {
    const { frame } = await look(page);
    const count = await frame.evaluate(countSpooled);
    return count === 0 && "empty";
  });
  assert.equal(spooled, "empty");
  await context.close();
});

// Bytes of recordings in the page's stores: every large value in IndexedDB, every file in the origin's private file system.
async function countSpooled() {
  let count = 0;
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((resolve, reject) => Object.assign(indexedDB.open(name), { onsuccess: (event) => resolve(event.target.result), onerror: reject }));
    for (const store of db.objectStoreNames) {
      const values = await new Promise((resolve) => (db.transaction(store).objectStore(store).getAll().onsuccess = (event) => resolve(event.target.result)));
      const large = (value) => value instanceof Blob || value instanceof ArrayBuffer || ArrayBuffer.isView(value);
      count += values.filter((value) => large(value) || Object.values(value ?? {}).some((part) => large(part) && (part.size ?? part.byteLength) > 4096)).length;
    }
    db.close();
  }
  const walk = async (folder) => {
    for await (const entry of folder.values()) entry.kind === "file" ? (count += 1) : await walk(entry);
  };
  await walk(await navigator.storage.getDirectory());
  return count;
}
