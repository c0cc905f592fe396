// A partner's webhook receiver: keeps every event, each verified by the Standard Webhooks library.

import { Webhook } from "standardwebhooks";
import { body, serve, until } from "./net.mjs";

export async function receiver() {
  const events = [];
  const forged = [];
  let secret;
  const server = await serve(async (request, response) => {
    const text = (await body(request)).toString();
    try {
      events.push({ id: request.headers["webhook-id"], ...new Webhook(secret).verify(text, request.headers) });
      response.writeHead(204).end();
    } catch (error) {
      forged.push(String(error));
      response.writeHead(400).end();
    }
  });
  return {
    url: `${server.origin}/hook`,
    events,
    forged,
    trust: (it) => (secret = it),
    /** The event of this type about a case. */
    event: (type, kase) => until(`webhook ${type}`, () => events.find((event) => event.type === type && event.data.case === kase)),
    close: server.close,
  };
}
