// Headless Chromium with a page that holds the contenders, served from this machine alone.

import { readFile } from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import { once } from "node:events";
import { chromium } from "playwright-core";

const bench = path.resolve(import.meta.dirname, "..");
const FOLDERS = { page: path.join(bench, "page"), modules: path.join(bench, "node_modules"), pkg: path.join(bench, "../../pkg/dist") };
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };
// With these, the browser's clock has steps of 5 µs.
const ISOLATED = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

/** Starts it; `open()` gives a fresh page, `address(file)` says where the page finds a file of this machine. */
export async function browser() {
  const server = http.createServer(async (request, response) => {
    try {
      const file = located(new URL(request.url, "http://localhost").pathname);
      const bytes = await readFile(file);
      response.writeHead(200, { ...ISOLATED, "content-type": TYPES[path.extname(file)] ?? "application/octet-stream" }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const launched = await chromium.launch({
    executablePath: process.env.LICHTBILD_CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"],
  });
  return {
    version: launched.version(),
    address: (file) => `/file/${encodeURIComponent(file)}`,
    async open() {
      const page = await launched.newPage();
      page.on("pageerror", (error) => console.error(`page: ${error}`));
      await page.goto(`http://localhost:${server.address().port}/page/index.html`);
      return page;
    },
    async close() {
      await launched.close();
      server.close();
    },
  };
}

function located(address) {
  const [, folder, ...rest] = address.split("/");
  if (folder === "file") return decodeURIComponent(rest.join("/"));
  return path.join(FOLDERS[folder], ...rest.map(decodeURIComponent));
}
