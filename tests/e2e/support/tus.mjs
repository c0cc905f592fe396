// The other side of tus: a proxy that signs for foreign clients, and a foreign server beside ours.

import http from "node:http";
import { FileStore } from "@tus/file-store";
import { Server } from "@tus/server";
import { serve } from "./net.mjs";

/** Passes everything on to the device's server with the device's headers; foreign clients need to know no proofs. `exchanges`: what they
 * said of checksums, and what they were told of the expiration. */
export async function signer(device) {
  const exchanges = [];
  const proxy = await serve(async (request, response) => {
    const proof = await device.headers(request.method, device.origin + request.url);
    const note = ({ statusCode, headers }) =>
      exchanges.push({ method: request.method, status: statusCode, checksum: request.headers["upload-checksum"], expires: headers["upload-expires"] });
    pass(request, response, device.origin, proof, (location) => location.replace(device.origin, proxy.origin), note);
  });
  return { ...proxy, exchanges };
}

/** `@tus/server` with files in a folder, answering below `path`. */
export function foreignServer(folder, path) {
  const server = new Server({ path, relativeLocation: true, datastore: new FileStore({ directory: folder }) });
  return (request, response) => server.handle(request, response);
}

/** Passes a request on to an origin; `note` hears of the answer. */
export function pass(request, response, origin, extra = {}, locate = (location) => location, note = () => {}) {
  const { hostname, port, host } = new URL(origin);
  const headers = { ...request.headers, ...extra, host: extra.host ?? host };
  const onward = http.request({ hostname, port, method: request.method, path: request.url, headers }, (answer) => {
    note(answer);
    const { location } = answer.headers;
    response.writeHead(answer.statusCode, { ...answer.headers, ...(location && { location: locate(location) }) });
    answer.pipe(response);
  });
  onward.on("error", () => response.destroy());
  response.on("close", () => onward.destroy());
  request.pipe(onward);
}
