// A slow line: a TCP proxy with a rate upstream and downstream (token bucket) and a delay each way. Counts the bytes that go up.

import { once } from "node:events";
import net from "node:net";

/** `rate` in bytes a second, `delay` one way in milliseconds. */
export async function line(targetPort, { rate, delay }, port = 0) {
  const counted = { up: 0 };
  const sockets = new Set();
  const up = bucket(rate, delay);
  const down = bucket(rate, delay);
  const server = net.createServer((near) => {
    const far = net.connect({ port: targetPort, host: "127.0.0.1", noDelay: true });
    near.setNoDelay(true);
    for (const [from, to, send] of [[near, far, up], [far, near, down]]) {
      sockets.add(from);
      from.on("data", (bytes) => {
        if (from === near) counted.up += bytes.length;
        from.pause();
        send(bytes, to, () => from.resume());
      });
      from.on("end", () => send(null, to));
      from.on("error", () => to.destroy());
      from.on("close", () => sockets.delete(from));
    }
  }).listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    port: server.address().port,
    counted,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

// All connections share the rate, as they share a person's line. The sender may go on when its bytes have left.
function bucket(rate, delay) {
  let free = 0;
  return (bytes, to, sent) => {
    const now = performance.now();
    free = Math.max(free, now) + ((bytes?.length ?? 0) / rate) * 1000;
    setTimeout(() => sent?.(), free - now);
    setTimeout(() => (bytes ? to.writable && to.write(bytes) : to.end()), free - now + delay);
  };
}
