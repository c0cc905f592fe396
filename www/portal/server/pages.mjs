// The built files of the sign-up and the headers that keep browsers from doing more than they should.
// In: www/dist-portal. Out: pages with the backend's origin filled in; the identification runs in a frame, or inline with its
// files from this very origin. Serves nothing but what lay there when it started.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../dist-portal", import.meta.url));

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

export class Pages {
  #endpoint;
  #html;
  #files = new Map();

  constructor(endpoint) {
    if (!existsSync(join(folder, "index.html"))) throw new Error("the portal is not built: run `cargo xtask build`, or `node build.mjs` in www");
    this.#endpoint = endpoint;
    this.#html = readFileSync(join(folder, "index.html"), "utf8").replaceAll("%backend%", endpoint);
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath ?? entry.path, entry.name);
      const type = TYPES[extname(entry.name)];
      if (entry.isFile() && type) this.#files.set(`/${relative(folder, path).split(sep).join("/")}`, { bytes: readFileSync(path), type });
    }
  }

  /** Headers of every answer. The policy is the strictest; pages loosen it. */
  guard(response) {
    response.setHeader("x-content-type-options", "nosniff");
    response.setHeader("referrer-policy", "same-origin");
    response.setHeader("cross-origin-opener-policy", "same-origin");
    response.setHeader("content-security-policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  }

  /** The sign-up. Inline there is no script tag: it would define the element as a frame. */
  html(response, inline) {
    const html = inline ? this.#html.replace(/^.*\/loader\.js.*\n/m, "") : this.#html;
    const both = `self "${this.#endpoint}"`;
    response.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": this.#policy(inline),
      "permissions-policy": `camera=(${both}), microphone=(${both}), geolocation=(), payment=(), usb=()`,
    }).end(html);
  }

  /** A built file; `false` if there is none. */
  file(response, path) {
    const file = this.#files.get(path);
    if (!file) return false;
    const lasting = path.startsWith("/vendor/");
    response.writeHead(200, {
      "content-type": file.type,
      "cache-control": lasting ? "public, max-age=31536000, immutable" : "no-cache",
      // A worker goes by the policy of its own script, not by that of its page.
      ...(lasting && { "content-security-policy": this.#policy(true) }),
    }).end(file.bytes);
    return true;
  }

  #policy(inline) {
    const here = { "style-src": "'self'", "base-uri": "'none'", "form-action": "'none'", "frame-ancestors": "'none'", "manifest-src": "'self'" };
    const sources = inline
      ? { "script-src": "'self' 'wasm-unsafe-eval'", "worker-src": "'self'", "connect-src": `'self' ${this.#endpoint}`, "img-src": "'self' blob:", "media-src": "'self' blob:" }
      : { "script-src": `'self' ${this.#endpoint}`, "frame-src": this.#endpoint, "connect-src": "'self'", "img-src": "'self'" };
    return Object.entries({ "default-src": "'none'", ...sources, ...here }).map((line) => line.join(" ")).join("; ");
  }
}
