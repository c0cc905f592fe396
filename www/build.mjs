// Builds what the backend serves (www/dist: jump, dashboard, assets/<version>, loader.js) and what the partner's own
// server serves (www/dist-portal). Before it, pkg/build.mjs has filled pkg/dist.

import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const pkg = join(here, "node_modules/lichtbild");
const released = JSON.parse(readFileSync(join(pkg, "package.json"), "utf8")).version;
// Browsers keep what lies under a version for a year. A build that is no release is a version of its own.
const version = process.argv.includes("--release") ? released : `${released}-${Date.now().toString(36)}`;
const dist = join(here, "dist");
const assets = join(dist, "assets", version);
const portal = join(here, "dist-portal");

rmSync(dist, { recursive: true, force: true });
rmSync(portal, { recursive: true, force: true });

// The package as it is published, next to the pages' own files: its addresses are relative to where it lies.
mkdirSync(assets, { recursive: true });
const { files } = JSON.parse(readFileSync(join(pkg, "dist/manifest.json"), "utf8"));
for (const { name } of [...files, { name: "manifest.json" }]) {
  mkdirSync(dirname(join(assets, name)), { recursive: true });
  cpSync(join(pkg, "dist", name), join(assets, name));
}
cpSync(join(pkg, "dist/loader.js"), join(dist, "loader.js"));
cpSync(join(here, "shared/icon.svg"), join(assets, "icon.svg"));

// Pages load the package's files from beside them instead of carrying copies.
const beside = {
  name: "package-beside",
  setup(builder) {
    builder.onResolve({ filter: /^lichtbild(\/element)?$/ }, ({ path }) => ({
      path: path === "lichtbild" ? "./index.js" : "./element.js",
      external: true,
    }));
  },
};
const common = {
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome102", "firefox110", "safari16.4"],
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
};

await build({
  ...common,
  entryPoints: { jump: join(here, "jump/jump.ts"), dashboard: join(here, "dashboard/dashboard.ts") },
  outdir: assets,
  plugins: [beside],
});
await build({
  ...common,
  entryPoints: { jump: join(here, "jump/jump.css"), dashboard: join(here, "dashboard/dashboard.css") },
  outdir: assets,
});

// The files a page needs before it can show anything are fetched at once, not one after the other.
const graph = (name, seen = new Set()) => {
  if (seen.has(name)) return seen;
  seen.add(name);
  const source = readFileSync(join(assets, name), "utf8");
  for (const [, found] of source.matchAll(/(?:from|import)\s*"\.\/([\w-]+\.js)"/g)) graph(found, seen);
  return seen;
};
const preloads = [...graph("element.js")].map((name) => `<link rel="modulepreload" href="/assets/${version}/${name}" />`);

// Writes a page with the head that all have. `name`: its folder and its files; `base`: where those lie; `dark`: the surface's colour.
const page = (name, target, { title, base, dark, more = [] }) => {
  const head = [
    '<meta charset="utf-8" />',
    '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />',
    '<meta name="robots" content="noindex" />',
    '<meta name="color-scheme" content="light dark" />',
    '<meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)" />',
    `<meta name="theme-color" content="${dark}" media="(prefers-color-scheme: dark)" />`,
    ...more,
    `<title>${title}</title>`,
    `<link rel="icon" href="${base}/icon.svg" type="image/svg+xml" />`,
    `<link rel="stylesheet" href="${base}/${name}.css" />`,
    `<script type="module" src="${base}/${name}.js"></script>`,
  ];
  const html = readFileSync(join(here, name, "index.html"), "utf8");
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, html.replace("%head%", head.join("\n    ")));
};

const ours = { base: `/assets/${version}`, dark: "#12191d" };
const quiet = '<meta name="referrer" content="no-referrer" />';
page("jump", join(dist, "jump/index.html"), { ...ours, title: "Lichtbild – Online identifizieren", more: [quiet, ...preloads] });
page("dashboard", join(dist, "dashboard/index.html"), { ...ours, title: "Lichtbild – Dashboard", more: [quiet] });

await build({ ...common, entryPoints: { portal: join(here, "portal/portal.ts") }, outdir: portal });
await build({ ...common, entryPoints: { portal: join(here, "portal/portal.css") }, outdir: portal });
cpSync(join(here, "portal/icon.svg"), join(portal, "icon.svg"));
// Inline, the component's files come from the partner's own origin, as after `npm install lichtbild`.
for (const { name } of files) {
  mkdirSync(dirname(join(portal, "vendor/lichtbild", version, name)), { recursive: true });
  cpSync(join(pkg, "dist", name), join(portal, "vendor/lichtbild", version, name));
}
// The portal's server fills in the backend's origin; the hash ties the script tag to this very loader.
const loader = createHash("sha384").update(readFileSync(join(dist, "loader.js"))).digest("base64");
page("portal", join(portal, "index.html"), {
  title: "Musterversicherung",
  base: "",
  dark: "#1c1825",
  more: [
    `<meta name="lichtbild-version" content="${version}" />`,
    `<script defer src="%backend%/assets/${version}/loader.js" integrity="sha384-${loader}" crossorigin="anonymous"></script>`,
  ],
});
