// Where the API key rests: in this tab's session storage until sign-out or the tab's end. Never in an address, never in a log.

const NAME = "lichtbild-dashboard-key";
let held: string | undefined;

export function storedKey(): string | undefined {
  try {
    return held ?? sessionStorage.getItem(NAME) ?? undefined;
  } catch {
    return held;
  }
}

export function storeKey(key: string): void {
  held = key;
  try {
    sessionStorage.setItem(NAME, key);
  } catch {
    // Where nothing can be stored, the key lasts until the page is left.
  }
}

export function forgetKey(): void {
  held = undefined;
  try {
    sessionStorage.removeItem(NAME);
  } catch {
    // Nothing was stored.
  }
}
