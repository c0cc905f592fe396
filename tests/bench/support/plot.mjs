// Small plots as SVG: bars, curves, clouds. In: numbers. Out: text of a file. Readable on light and dark pages, as it brings its own ground.

export const OURS = "#1f6f8b";
export const THEIRS = "#d08c3c";
const INK = "#222";
const FAINT = "#ccc";

/** Groups of bars from left to right: `rows` are { label, values }, `series` are { name, colour }; values may be null. */
export function bars({ title, rows, series, most, unit = "", digits = 2 }) {
  const [left, width, bar, gap] = [190, 420, 9, 7];
  const height = series.length * bar + gap;
  const top = 54;
  const body = rows.map(({ label, values }, row) => {
    const y = top + row * height;
    const lines = values.map((value, at) => {
      if (value === null || Number.isNaN(value)) return "";
      const long = Math.max(0.5, (Math.min(value, most) / most) * width);
      return rect(left, y + at * bar, long, bar - 1, series[at].colour) + text(left + long + 4, y + at * bar + bar - 2, value.toFixed(digits) + unit, { size: 8 });
    });
    return text(left - 6, y + (series.length * bar) / 2 + 3, label, { anchor: "end", size: 10 }) + lines.join("");
  });
  return drawing(left + width + 70, top + rows.length * height + 8, title, body.join("") + legend(series));
}

/** Curves over 0 to 1, both ways: `series` are { name, colour, points: [[x, y], …] }. */
export function curves({ title, series, across, up }) {
  const [left, top, side] = [50, 54, 320];
  const at = ([x, y]) => `${(left + x * side).toFixed(1)},${(top + (1 - y) * side).toFixed(1)}`;
  const lines = series.map(({ points, colour, dashed }) =>
    `<polyline points="${points.map(at).join(" ")}" fill="none" stroke="${colour}" stroke-width="1.8"${dashed ? ' stroke-dasharray="4 3"' : ""}/>`);
  return drawing(left + side + 190, top + side + 40, title, grid(left, top, side) + lines.join("")
    + text(left + side / 2, top + side + 32, across, { anchor: "middle" }) + turned(14, top + side / 2, up) + legend(series, left + side + 16, top + 10));
}

/** Clouds of points, several to a row: `panels` are { title, across, up, points }. Each has its own scale. */
export function clouds({ title, panels, columns = 4 }) {
  const [side, between, top] = [150, 46, 44];
  const parts = panels.map(({ title: name, across, up, points }, at) => {
    const [x0, y0] = [between + (at % columns) * (side + between), top + 20 + Math.floor(at / columns) * (side + 62)];
    const [scaleX, scaleY] = [0, 1].map((axis) => scale(points.map((point) => point[axis])));
    const dots = points.map(([x, y]) => `<circle cx="${(x0 + scaleX(x) * side).toFixed(1)}" cy="${(y0 + (1 - scaleY(y)) * side).toFixed(1)}" r="1.6"/>`);
    return `<rect x="${x0}" y="${y0}" width="${side}" height="${side}" fill="none" stroke="${FAINT}"/><g fill="${OURS}" fill-opacity="0.45">${dots.join("")}</g>`
      + text(x0, y0 - 6, name, { size: 11 }) + text(x0 + side / 2, y0 + side + 14, across, { anchor: "middle", size: 9 }) + turned(x0 - 6, y0 + side / 2, up, 9);
  });
  const rows = Math.ceil(panels.length / columns);
  return drawing(between + columns * (side + between), top + 20 + rows * (side + 62), title, parts.join(""));
}

function scale(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return (value) => (high > low ? (value - low) / (high - low) : 0.5);
}

function grid(left, top, side) {
  return [0, 0.2, 0.4, 0.6, 0.8, 1].map((share) => {
    const [x, y] = [left + share * side, top + (1 - share) * side];
    return `<path d="M${x} ${top}v${side}M${left} ${y}h${side}" stroke="${FAINT}" stroke-width="0.6"/>`
      + text(x, top + side + 14, share.toFixed(1), { anchor: "middle", size: 9 }) + text(left - 5, y + 3, share.toFixed(1), { anchor: "end", size: 9 });
  }).join("");
}

function legend(series, left = 14, top = 36) {
  const below = top > 36;
  return series.map(({ name, colour }, at) => {
    const [x, y] = below ? [left, top + at * 16] : [left + at * 170, top];
    return rect(x, y - 8, 10, 10, colour) + text(x + 15, y + 1, name, { size: 10 });
  }).join("");
}

function drawing(width, height, title, body) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" fill="${INK}">`
    + `<rect width="100%" height="100%" fill="#fff"/>${text(14, 20, title, { size: 13 })}${body}</svg>\n`;
}

function rect(x, y, width, height, colour) {
  return `<rect x="${x}" y="${y}" width="${width.toFixed(1)}" height="${height}" fill="${colour}"/>`;
}

function text(x, y, words, { anchor = "start", size = 10 } = {}) {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="${size}" text-anchor="${anchor}">${escaped(words)}</text>`;
}

function turned(x, y, words, size = 10) {
  return `<text transform="translate(${x},${y}) rotate(-90)" font-size="${size}" text-anchor="middle">${escaped(words)}</text>`;
}

const escaped = (words) => words.replace(/&/g, "&amp;").replace(/</g, "&lt;");
