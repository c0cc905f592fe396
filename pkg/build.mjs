// Builds pkg/dist from pkg/src. Before it, `wasm-bindgen --target web` has written dist/wasm/{page,engine}.js and *_bg.wasm.
// `--ui-only` builds without them, for the gallery: everything but a real capture works then.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { PARTS } from "./messages.parts.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const src = (name) => join(here, "src", name);
const dist = (name = "") => join(here, "dist", name);
const { version } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
const uiOnly = process.argv.includes("--ui-only");

const LOADER_BYTES = 5000;
const SHIPPED_WASM = ["wasm/page_bg.wasm", "wasm/engine_bg.wasm"];
// Networks by their name in dist/models.
const MODELS = {
  "document.onnx": join(here, "../models/document/model.onnx"),
  "finder.onnx": join(here, "../models/mrz/finder.onnx"),
  "reader.onnx": join(here, "../models/mrz/reader.onnx"),
};

if (!uiOnly) {
  for (const name of [...SHIPPED_WASM, "wasm/page.js", "wasm/engine.js"]) {
    if (!existsSync(dist(name))) throw new Error(`dist/${name} is missing: run \`cargo xtask build\`, which makes it first`);
  }
}

const sha384 = (path) => `sha384-${createHash("sha384").update(readFileSync(path)).digest("base64")}`;

// What an earlier build left; the wasm files are made by another command.
for (const name of existsSync(dist()) ? readdirSync(dist()) : []) {
  if (name !== "wasm") rmSync(dist(name), { recursive: true });
}

mkdirSync(dist("models"), { recursive: true });
for (const [name, file] of Object.entries(MODELS)) copyFileSync(file, dist(`models/${name}`));

const known = (path) => ({ hash: sha384(path), bytes: statSync(path).size });
const integrity = Object.fromEntries([
  ...Object.keys(MODELS).map((name) => [name, known(dist(`models/${name}`))]),
  ...SHIPPED_WASM.filter((name) => existsSync(dist(name))).map((name) => [name.slice("wasm/".length), known(dist(name))]),
]);

const common = {
  bundle: true,
  minify: true,
  target: ["chrome102", "firefox110", "safari16.4"],
  charset: "utf8",
  logLevel: "warning",
  legalComments: "none",
  define: { __VERSION__: JSON.stringify(version), __INTEGRITY__: JSON.stringify(JSON.stringify(integrity)) },
};

// The glue's own default address would be taken for an asset by bundlers; we always pass the compiled module.
const glue = {
  name: "page-glue",
  setup(builder) {
    builder.onResolve({ filter: /^#(page|engine)$/ }, ({ path }) => {
      const file = dist(`wasm/${path.slice(1)}.js`);
      return existsSync(file) ? { path: file } : { path, external: true };
    });
    builder.onLoad({ filter: /[\\/]dist[\\/]wasm[\\/](page|engine)\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/new URL\([^)]*import\.meta\.url\)/g, "undefined"),
      loader: "js",
    }));
  },
};

// Each message file in its parts; one default export each, and no second list of keys as named exports.
const messages = {
  name: "messages",
  setup(builder) {
    builder.onResolve({ filter: /\.json\?(first|rest|last)$/ }, ({ path, resolveDir }) => {
      const [, file, part] = /^(.*)\.json\?(\w+)$/.exec(path);
      return { path: `${join(resolveDir, file)}.${part}.json`, namespace: "messages" };
    });
    builder.onLoad({ filter: /./, namespace: "messages" }, ({ path }) => {
      const [, file, part] = /^(.*)\.(\w+)\.json$/.exec(path);
      const table = Object.entries(JSON.parse(readFileSync(`${file}.json`, "utf8"))).filter(([key]) => PARTS[part](key));
      return { contents: `export default ${JSON.stringify(Object.fromEntries(table))}`, loader: "js" };
    });
  },
};

// What no browser needs to read: spaces in style sheets, indentation in templates.
const compact = {
  name: "compact",
  setup(builder) {
    builder.onLoad({ filter: /[\\/]src[\\/](styles|view)[\\/].*\.ts$/ }, async ({ path }) => {
      const source = readFileSync(path, "utf8").replace(/\n[ \t]+/g, "\n");
      const sheets = await Promise.all(
        [...source.matchAll(/css`([^`]*)`/g)].map(([, sheet]) => transform(sheet, { loader: "css", minify: true, target: common.target })),
      );
      return { contents: source.replace(/css`[^`]*`/g, () => `css\`${sheets.shift().code.trim().replaceAll("\\", "\\\\")}\``), loader: "ts" };
    });
  },
};

await build({
  ...common,
  entryPoints: { index: src("index.ts"), element: src("element.ts") },
  outdir: dist(),
  format: "esm",
  splitting: true,
  // Beside the entries, so that `import.meta.url` means the same folder in every file.
  chunkNames: "[name]-[hash]",
  // Where there is no document, importing does nothing and throws nothing: these names stand in for the globals. What keeps bundlers
  // off an import is a comment, which would not outlive the minifier.
  banner: {
    js:
      "const HTMLElement=globalThis.HTMLElement??class{},document=globalThis.document??{createTreeWalker:()=>({})}," +
      "__import__=(address)=>import(/* @vite-ignore */ /* webpackIgnore: true */ address);",
  },
  plugins: [glue, messages, compact],
});

for (const [name, entry] of [["loader", "loader.ts"], ["worker", "worker.ts"]]) {
  if (!existsSync(src(entry))) {
    if (!uiOnly) throw new Error(`src/${entry} is missing`);
    continue;
  }
  await build({ ...common, entryPoints: { [name]: src(entry) }, outdir: dist(), format: "iife", plugins: [glue] });
}

await build({ ...common, entryPoints: { straight: src("straight.ts") }, outdir: dist(), format: "esm" });

const loaderBytes = existsSync(dist("loader.js")) ? statSync(dist("loader.js")).size : 0;
if (loaderBytes > LOADER_BYTES) throw new Error(`loader.js has ${loaderBytes} bytes, at most ${LOADER_BYTES} are allowed`);

execFileSync(join(here, "node_modules/.bin/tsc"), ["-p", here], { stdio: "inherit" });

const files = [];
const walk = (folder) => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) walk(path);
    else if (/\.(js|wasm|onnx)$/.test(entry.name) && !/wasm[\\/](page|engine)\.js$/.test(path)) {
      files.push({ name: relative(dist(), path).split(sep).join("/"), bytes: statSync(path).size, sha384: sha384(path) });
    }
  }
};
walk(dist());
files.sort((a, b) => (a.name < b.name ? -1 : 1));
writeFileSync(dist("manifest.json"), `${JSON.stringify({ version, files }, null, 2)}\n`);
