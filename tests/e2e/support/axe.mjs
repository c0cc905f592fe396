// Accessibility of what is on the screen, by axe-core, in every frame.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Violations of WCAG 2.2 A and AA, one line each. The script is injected beside the page's policy, as a tool would. */
export async function violations(frame) {
  if (!(await frame.evaluate(() => Boolean(globalThis.axe)))) await frame.evaluate(source);
  const found = await frame.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], resultTypes: ["violations"] }),
  );
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target.flat().join(" ")} (${failureSummary})`).join("; ")}`);
}
