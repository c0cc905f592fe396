// The gallery's files by path, built in memory from the package in pkg/dist. Whoever looks at it serves them; see `POLICY`.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const dist = join(here, "../../pkg/dist");

/** What the component needs of a page's policy when it runs within it, and no more. */
export const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; " +
  "media-src 'self' blob:; connect-src 'self'; worker-src 'self'";

const common = { bundle: true, format: "esm", outdir: "/", write: false, external: ["#page"], absWorkingDir: join(here, ".."), logLevel: "error" };

/** Path → content. `again.js` and `other.js` are second copies of the element: of this version, and of another. */
export async function galleryFiles() {
  const page = await build({ ...common, splitting: true, entryPoints: [join(here, "gallery.ts")] });
  const files = new Map(page.outputFiles.map(({ path, contents }) => [path, contents]));
  const copy = await build({ ...common, entryPoints: { again: join(dist, "element.js") } });
  const { version } = JSON.parse(readFileSync(join(dist, "manifest.json"), "utf8"));
  files.set("/again.js", copy.outputFiles[0].contents);
  files.set("/other.js", copy.outputFiles[0].text.replaceAll(`"${version}"`, `"9.9.9"`));
  files.set("/gallery.css", readFileSync(join(here, "gallery.css")));
  files.set("/", readFileSync(join(here, "index.html")));
  return files;
}
