// Every screen in both languages, light and dark, on a phone and on a desktop: accessible, nothing sticks out, no gap in the words,
// no word from the browser's console. With LICHTBILD_SHOTS set, also a picture of each in out/gallery, to look at.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { violations } from "../support/axe.mjs";
import { DESKTOP, PHONE, browser, open, out } from "../support/browser.mjs";
import { gallery } from "../support/gallery.mjs";

const shots = process.env.LICHTBILD_SHOTS && path.join(out, "gallery");

let chromium, place;
before(async () => {
  [chromium, place] = await Promise.all([browser(), gallery()]);
  if (shots) await mkdir(shots, { recursive: true });
});
after(async () => {
  await chromium?.close();
  place?.close();
});

for (const [size, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
  for (const theme of ["light", "dark"]) {
    test(`every screen is sound in both languages: ${size}, ${theme}`, async () => {
      const { context, page, faults } = await open(chromium, { viewport, theme, allowed: [place.origin] });
      await page.goto(place.origin);
      const names = await page.locator("li").allTextContents();
      assert.ok(names.length > 40, "the gallery is empty");
      const complaints = [];
      for (const name of names) {
        for (const lang of ["de", "en"]) {
          const complain = (text) => complaints.push(`${name}, ${lang}: ${text}`);
          await show(page, { screen: name, lang, theme });
          if (shots) await page.screenshot({ path: path.join(shots, `${name}.${size}.${lang}.${theme}.png`) });
          for (const fault of await page.evaluate(inspect, viewport.width)) complain(fault);
          for (const violation of await violations(page.mainFrame())) complain(violation);
        }
      }
      assert.deepEqual(complaints, []);
      assert.deepEqual(faults(), []);
      await context.close();
    });
  }
}

/** Shows a screen, and waits until its words are there and its pictures have come to rest. */
async function show(page, wanted) {
  await page.evaluate(async (hash) => {
    location.hash = hash;
    await new Promise((changed) => addEventListener("hashchange", changed, { once: true }));
    const element = document.querySelector("lichtbild-ident");
    while (!element.shadowRoot?.querySelector("h2")) await new Promise((next) => requestAnimationFrame(next));
    await element.updateComplete;
    const outlined = () => !hash.includes("outlined") || element.shadowRoot.querySelector(".outline.seen polygon[points]");
    const straight = () => [...element.shadowRoot.querySelectorAll(".straight img")].every(({ style }) => style.transform);
    while (!outlined() || !straight()) await new Promise((next) => requestAnimationFrame(next));
    for (const animation of element.shadowRoot.getAnimations()) {
      if (animation.effect.getComputedTiming().iterations === Infinity) animation.pause();
      else animation.finish();
    }
  }, String(new URLSearchParams(wanted)));
}

// Runs in the page. What a person would see as broken; each a line.
function inspect(width) {
  const root = document.querySelector("lichtbild-ident").shadowRoot;
  const faults = [];
  const wide = document.documentElement.scrollWidth;
  if (wide > width) faults.push(`the page is ${wide} px wide, the window ${width}`);
  // What hangs over the box of a picture laid straight is cut off.
  const seen = (node) => node.closest(".sr, svg, video, [hidden], .straight img") === null && node.getClientRects().length > 0;
  for (const node of root.querySelectorAll("*")) {
    if (!seen(node)) continue;
    const { left, right } = node.getBoundingClientRect();
    if (left < -1 || right > width + 1) faults.push(`<${node.localName} class="${node.className}"> sticks out: ${left} to ${right}`);
    if (node.matches("button, .hint, .word strong, h2, .partner") && node.scrollWidth > node.clientWidth + 1) faults.push(`cut off: ${node.textContent.trim()}`);
  }
  const texts = [...root.querySelectorAll("*")].flatMap((node) => {
    if (node.closest("style, .code")) return [];
    const own = [...node.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE).map(({ data }) => data.trim());
    return [...own, ...["aria-label", "title", "alt", "placeholder"].map((name) => node.getAttribute(name) ?? "")];
  });
  for (const text of texts) {
    if (/^[a-z-]+\.[a-zA-Z._-]+$/.test(text)) faults.push(`a raw key: ${text}`);
    if (/\{\w+\}|undefined|NaN|\[object/.test(text)) faults.push(`a gap: ${text}`);
  }
  const long = [...root.querySelectorAll(".word strong")].filter((node) => node.getClientRects().length > 1 || node.offsetHeight > 1.5 * parseFloat(getComputedStyle(node).lineHeight));
  if (long.length > 0) faults.push("the word is broken over lines");
  return faults;
}
