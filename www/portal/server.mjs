// The demo partner's own server. It holds the API key, makes the case, and hears the verdict by signed webhook; the browser gets
// a session token and what the person may know. In: PORT, LICHTBILD_ENDPOINT, LICHTBILD_API_KEY, LICHTBILD_WEBHOOK_SECRET.
// Does not know: what was recorded. Writes no personal data to its log.

import { createServer } from "node:http";
import { Webhook } from "standardwebhooks";
import { Applications, seen } from "./server/applications.mjs";
import { Backend } from "./server/backend.mjs";
import { Pages } from "./server/pages.mjs";

const needed = (name) => process.env[name] || stop(`${name} is not set`);
const port = Number(process.env.PORT || 8090);
const endpoint = new URL(needed("LICHTBILD_ENDPOINT")).origin;
const key = needed("LICHTBILD_API_KEY");
const webhook = new Webhook(needed("LICHTBILD_WEBHOOK_SECRET"));
const sandbox = key.startsWith("lbk_test_");

const MOST_BYTES = 64 * 1024;
const HEARTBEAT_MILLIS = 15_000;

const applications = new Applications();
const backend = new Backend(endpoint, key);
const pages = new Pages(endpoint);

const routes = {
  "GET /": page,
  "GET /done": page,
  "GET /api/application": read,
  "PATCH /api/application": change,
  "DELETE /api/application": forget,
  "POST /api/identification": identify,
  "GET /api/events": events,
  "POST /webhook": hear,
};

function page({ response, url }) {
  pages.html(response, url.searchParams.get("mode") === "inline");
}

function read({ request, response }) {
  json(response, view(applications.of(request, response)));
}

async function change({ request, response }) {
  const application = applications.of(request, response);
  applications.change(application, await object(request), { sandbox });
  json(response, view(application));
}

function forget({ request, response }) {
  applications.forget(request);
  json(response, view(applications.of(request, response)));
}

/** A token for the person's case; `again` makes a new case after one that ended without success. */
async function identify({ request, response }) {
  const application = applications.of(request, response);
  const { lang, again } = await object(request);
  if (!application.done.includes("summary")) return json(response, { code: "incomplete" }, 409);
  if (again === true) applications.again(application);
  const wish = { lang: lang === "de" ? "de" : "en", returnUrl: `${request.headers.origin}/done` };
  const { case: made, session } = await backend.enter(application, wish);
  if (made) applications.opened(application, made);
  json(response, { token: session.token, ...view(application) });
}

/** What the person may know, at once and after every change. */
function events({ request, response }) {
  const application = applications.of(request, response);
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  const tell = () => response.write(`data: ${JSON.stringify(seen(application))}\n\n`);
  const leave = applications.watch(application, tell);
  const beat = setInterval(() => response.write(":\n\n"), HEARTBEAT_MILLIS);
  response.on("close", () => {
    clearInterval(beat);
    leave();
  });
  tell();
}

/** The signature covers the raw bytes, so that they are verified before anything reads them. */
async function hear({ request, response }) {
  let event;
  const raw = await body(request);
  try {
    event = webhook.verify(raw, request.headers);
  } catch {
    console.warn("webhook: refused, the signature is wrong or too old");
    return json(response, { code: "forged" }, 400);
  }
  response.writeHead(204).end();
  const { kennung, state, reference } = event.data;
  const consequence = applications.noted(event.data);
  console.log(`webhook: ${event.type} ${kennung} (${reference ?? "no reference"}) ${state}${consequence ? `: ${consequence}` : ""}`);
}

const view = (application) => ({ sandbox, endpoint, application: seen(application) });

const server = createServer(async (request, response) => {
  const url = new URL(request.url, "http://portal");
  const method = request.method === "HEAD" ? "GET" : request.method;
  pages.guard(response);
  const route = routes[`${method} ${url.pathname}`];
  try {
    if (!route) return method === "GET" && pages.file(response, url.pathname) ? undefined : json(response, { code: "not_found" }, 404);
    if (method !== "GET" && url.pathname.startsWith("/api/") && !fromHere(request)) return json(response, { code: "forbidden" }, 403);
    await route({ request, response, url });
  } catch (error) {
    if (response.headersSent) return response.destroy();
    // Messages of these errors are ours or the backend's code; neither repeats what was sent.
    console.error(`${method} ${url.pathname}: ${error.message}`);
    json(response, { code: error.status === 400 ? "invalid" : "unavailable" }, error.status ?? 502);
  }
});

/** A page of another origin may not act in the person's name; browsers send `Origin` with everything that changes something. */
function fromHere({ headers }) {
  return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host;
}

async function body(request) {
  const parts = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length > MOST_BYTES) throw Object.assign(new Error("the body is too large"), { status: 413 });
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function object(request) {
  try {
    const value = JSON.parse((await body(request)).toString() || "{}");
    if (value && typeof value === "object" && !Array.isArray(value)) return value;
  } catch (error) {
    if (error.status) throw error;
  }
  throw Object.assign(new Error("the body is not a JSON object"), { status: 400 });
}

function json(response, value, status = 200) {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" }).end(JSON.stringify(value));
}

function stop(reason) {
  console.error(`portal: ${reason}`);
  process.exit(2);
}

server.listen(port, () => console.log(`portal: http://localhost:${port} (${sandbox ? "sandbox" : "live"} key, backend ${endpoint})`));
