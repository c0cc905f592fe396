// A SIM registration in the shop, step by step over the capture API, without a page: the clerk's browser photographs a document.
// Pictures are frames of the fake camera's films.

import { createHash, randomUUID } from "node:crypto";
import { open } from "node:fs/promises";
import path from "node:path";
import { Device } from "./device.mjs";
import { until } from "./net.mjs";

const clips = path.resolve(import.meta.dirname, "../../../target/clips");
const FRAME_MAX = 4_000_000;

/** The first picture of a film, which is JPEG after JPEG. */
export async function frame(clip) {
  const film = await open(path.join(clips, `${clip}.mjpeg`));
  try {
    const { buffer, bytesRead } = await film.read(Buffer.alloc(FRAME_MAX), 0, FRAME_MAX, 0);
    const end = buffer.subarray(0, bytesRead).indexOf(Buffer.from([0xff, 0xd9]));
    if (end < 0) throw new Error(`${clip}.mjpeg does not begin with a picture`);
    return buffer.subarray(0, end + 2);
  } finally {
    await film.close();
  }
}

export class Shop {
  /** A fresh device that holds a link's token. */
  static async open(origin, token) {
    const shop = new Shop();
    shop.device = await Device.make(origin, token);
    const facts = { model: "", os: "test", browser: "test", language: "en", viewport: "0x0", missing: [] };
    shop.session = await shop.device.call("POST", "/v1/capture/device", { facts });
    return shop;
  }

  /** Takes every step that is ahead, up to the evaluation, and waits for its end. */
  async walk(picture) {
    for (let step = this.next(); step.kind !== "evaluation"; step = this.next()) this.session = await this.take(step, picture);
    await this.device.call("POST", "/v1/capture/evaluation");
    await until("the evaluation", async () => {
      this.session = await this.device.call("GET", "/v1/capture/session");
      return this.session.outcome !== undefined || this.session.flow.steps.some(({ state }) => state === "repeat");
    });
    return this.session;
  }

  next() {
    return this.session.flow.steps.find(({ state }) => state === "open" || state === "repeat");
  }

  async take(step, picture) {
    const { device } = this;
    switch (step.kind) {
      case "consents":
        return device.call("POST", "/v1/capture/consents", { given: step.items.map(({ id, version }) => ({ id, version })) });
      case "documentPhoto":
        return device.call("POST", `/v1/capture/steps/${step.id}`, { artifacts: [await this.upload(step.id, picture)] });
      case "dataConfirmation":
        return this.confirm();
      case "clerkAttestation":
        return device.call("POST", "/v1/capture/attestation", { clerk: "Verkauf 12", given: step.items });
      default:
        if (step.choosesDocument) await device.call("POST", "/v1/capture/document", { kind: "passport" });
        return device.call("POST", `/v1/capture/steps/${step.id}`, {});
    }
  }

  /** Every field that was read is right. */
  async confirm() {
    const ready = async () => {
      this.session = await this.device.call("GET", "/v1/capture/session");
      return this.next().reading !== "reading";
    };
    await until("the reading", ready);
    const { readingId, fields = [] } = this.next();
    const answers = fields.map(({ name }) => ({ name, right: true }));
    return this.device.call("POST", "/v1/capture/confirmation", { ...(readingId && { readingId }), answers });
  }

  async upload(step, bytes) {
    const artifact = randomUUID();
    const field = (name, value) => `${name} ${Buffer.from(value).toString("base64")}`;
    const metadata = [field("artifact", artifact), field("step", step), field("kind", "still"), field("filetype", "image/jpeg")].join(",");
    const send = async (method, where, headers, body) => {
      const signed = await this.device.headers(method, this.device.origin + where);
      const answer = await fetch(this.device.origin + where, { method, headers: { ...signed, "tus-resumable": "1.0.0", ...headers }, body });
      if (!answer.ok) throw new Error(`${method} ${where}: ${answer.status} ${await answer.text()}`);
    };
    await send("POST", "/v1/uploads", { "upload-length": String(bytes.length), "upload-metadata": metadata });
    await send("PATCH", `/v1/uploads/${artifact}`, { "upload-offset": "0", "content-type": "application/offset+octet-stream" }, bytes);
    return { artifact, kind: "still", mediaType: "image/jpeg", length: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
  }
}
