// Photographs every screen: node www/gallery/shoot.mjs OUTDIR [NAME-PART]. Needs playwright-core where PLAYWRIGHT_CORE points to
// (or beside this file), the browser at CHROMIUM (default /usr/bin/chromium), and a built pkg/dist.

import { mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const [out = "shots", part = ""] = process.argv.slice(2);
const { chromium } = createRequire(process.env.PLAYWRIGHT_CORE ?? import.meta.url)("playwright-core");

const bundle = await build({
  entryPoints: [join(here, "gallery.ts")],
  bundle: true,
  format: "esm",
  splitting: true,
  outdir: "/",
  write: false,
  external: ["#page"],
  absWorkingDir: join(here, ".."),
});
const files = new Map(bundle.outputFiles.map((file) => [file.path, file.contents]));
const TYPES = { ".js": "text/javascript", ".css": "text/css", ".html": "text/html; charset=utf-8" };
const CSP = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; worker-src 'self'; font-src 'self'";

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  const body = files.get(pathname) ?? (pathname.endsWith(".css") ? readFileSync(join(here, "gallery.css")) : readFileSync(join(here, "index.html")));
  const type = files.has(pathname) ? TYPES[".js"] : (TYPES[extname(pathname)] ?? TYPES[".html"]);
  response.writeHead(200, { "content-type": type, "content-security-policy": CSP }).end(body);
}).listen(0);
const base = `http://localhost:${server.address().port}/`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});
const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };
const variants = process.env.FAST ? [["de", "light"]] : [["de", "light"], ["de", "dark"], ["en", "light"], ["en", "dark"]];
let complaints = 0;
mkdirSync(out, { recursive: true });
for (const [size, viewport] of Object.entries(sizes)) {
  const context = await browser.newContext({ viewport, deviceScaleFactor: size === "phone" ? 2 : 1, hasTouch: size === "phone", timezoneId: "Europe/Berlin" });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      complaints += 1;
      console.log(`${page.url()}: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => console.log(`${page.url()}: ${error}`, (complaints += 1)));
  await page.goto(base);
  const names = (await page.locator("li").allTextContents()).filter((name) => name.includes(part));
  for (const name of names) {
    for (const [lang, theme] of variants) {
      await page.goto(`${base}?screen=${name}&lang=${lang}&theme=${theme}`);
      await page.locator("lichtbild-ident h2").first().waitFor({ state: "attached" });
      await page.waitForTimeout(process.env.SETTLE ? Number(process.env.SETTLE) : 1500);
      await page.screenshot({ path: join(out, `${name}.${size}.${lang}.${theme}.png`) });
    }
  }
  await context.close();
}
await browser.close();
server.close();
console.log(complaints === 0 ? "no complaints in the console" : `${complaints} complaints`);
process.exitCode = complaints === 0 ? 0 : 1;
