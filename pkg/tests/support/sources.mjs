// What the tests know of the package's sources: TypeScript modules bundled on the fly, message files, unions of types.ts.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

export const pkg = fileURLToPath(new URL("../..", import.meta.url));
export const wire = join(pkg, "../tests/fixtures/wire");
const src = join(pkg, "src");

export const { version } = JSON.parse(readFileSync(join(pkg, "package.json"), "utf8"));

/** A module of pkg/src with everything it imports; `instead`: other sources for some imports, by the name they are imported by. */
export async function source(name, instead = {}) {
  const other = {
    name: "instead",
    setup(builder) {
      builder.onResolve({ filter: /./ }, ({ path }) => (path in instead ? { path, namespace: "instead" } : undefined));
      builder.onLoad({ filter: /./, namespace: "instead" }, ({ path }) => ({ contents: instead[path], loader: "js" }));
    },
  };
  const { outputFiles } = await build({
    entryPoints: [join(src, name)],
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
    external: ["#page"],
    plugins: [other],
    logLevel: "error",
    define: { __VERSION__: JSON.stringify(version) },
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}

export const table = (lang) => JSON.parse(readFileSync(join(src, `messages/${lang}.json`), "utf8"));

/** The members of a union of plain strings in types.ts. */
export function union(name) {
  const declared = new RegExp(`^export type ${name} = ([^;]+);`, "m").exec(readFileSync(join(src, "types.ts"), "utf8"));
  const members = [...(declared?.[1] ?? "").matchAll(/"([^"]+)"/g)].map(([, member]) => member);
  if (members.length === 0) throw new Error(`types.ts has no union ${name}`);
  return members;
}

/** Everything that draws: file name and text. */
export function drawingSources() {
  const views = readdirSync(join(src, "view"), { recursive: true }).filter((name) => name.endsWith(".ts"));
  return ["element.ts", ...views.map((name) => join("view", name))].map((name) => [name, readFileSync(join(src, name), "utf8")]);
}

/** The golden examples of a type that crosses between Rust and JavaScript. */
export const golden = (name) => JSON.parse(readFileSync(join(wire, `${name}.json`), "utf8"));
