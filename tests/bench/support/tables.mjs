// Tables and numbers of the report.

export function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, at) => (at === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}

export const share = (value) => (Number.isFinite(value) ? `${(100 * value).toFixed(1)} %` : "–");
export const number = (value, digits = 3) => (Number.isFinite(value) ? value.toFixed(digits) : "–");
export const millis = (value) => (Number.isFinite(value) ? `${value.toFixed(value < 10 ? 2 : 1)} ms` : "–");
export const times = (value) => (Number.isFinite(value) ? `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ×` : "–");
export const kilobytes = (value) => `${(value / 1000).toFixed(1)} kB`;
