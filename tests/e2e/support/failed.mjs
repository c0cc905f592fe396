// A reporter for Node's test runner: the file and the name of every case that failed, one per line.

import path from "node:path";

export default async function* failed(events) {
  for await (const { type, data } of events) {
    if (type === "test:fail" && data.file) yield `${path.relative(process.cwd(), data.file)}\t${data.name}\n`;
  }
}
