// The partner's staff at the dashboard.

/** Gives a key to the dashboard's first screen, in either language. */
export async function giveKey(page, key) {
  await page.locator("#key").fill(key);
  await page.getByRole("button", { name: /^(Anmelden|Sign in)$/ }).click();
}
