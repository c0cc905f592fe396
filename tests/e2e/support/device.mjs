// A browser's side of the capture API without a browser: a P-256 key, a proof for each request (RFC 9449 in style), and the
// steps up to the first recording. For foreign tus clients, and for asking the server what a page would ask.

import { createHash, randomBytes, webcrypto } from "node:crypto";

const base64url = (bytes) => Buffer.from(bytes).toString("base64url");

export class Device {
  static async make(origin, token) {
    const pair = await webcrypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
    const { kty, crv, x, y } = await webcrypto.subtle.exportKey("jwk", pair.publicKey);
    return Object.assign(new Device(), { origin, token, key: pair.privateKey, jwk: { kty, crv, x, y } });
  }

  /** The two headers that a request needs. */
  async headers(method, url) {
    const header = { typ: "dpop+jwt", alg: "ES256", jwk: this.jwk };
    const { origin, pathname } = new URL(url, this.origin);
    const claims = {
      htm: method,
      htu: origin + pathname,
      iat: Math.floor(Date.now() / 1000),
      jti: base64url(randomBytes(16)),
      ath: createHash("sha256").update(this.token).digest("base64url"),
    };
    const text = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(claims))}`;
    const signature = await webcrypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, this.key, Buffer.from(text));
    return { authorization: `DPoP ${this.token}`, dpop: `${text}.${base64url(signature)}` };
  }

  async call(method, path, json) {
    const headers = { ...(await this.headers(method, this.origin + path)), "content-type": "application/json" };
    const answer = await fetch(this.origin + path, { method, headers, body: json && JSON.stringify(json) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? undefined : answer.json();
  }

  /** Goes through everything before the first recording; returns the snapshot. */
  async toFirstRecording(document = "passport") {
    const facts = { model: "", os: "test", browser: "test", language: "en", viewport: "0x0", missing: [] };
    let snapshot = await this.call("POST", "/v1/capture/device", { facts });
    for (const step of snapshot.flow.steps) {
      if (step.kind === "documentVideo") break;
      if (step.kind === "consents") {
        const given = step.items.map(({ id, version }) => ({ id, version }));
        snapshot = await this.call("POST", "/v1/capture/consents", { given });
      } else if (step.kind !== "device") {
        if (step.choosesDocument) await this.call("POST", "/v1/capture/document", { kind: document });
        snapshot = await this.call("POST", `/v1/capture/steps/${step.id}`, { artifacts: [] });
      }
    }
    return snapshot;
  }
}
