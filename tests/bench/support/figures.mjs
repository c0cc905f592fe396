// What is counted: overlap and order of quads, means, percentiles, rank correlation. Pure.
// A quad is four corners [x, y] in pixels, y downwards, clockwise.

/** Area in common ÷ area of both together, whatever corner each begins with. `truth` is convex. */
export function overlap(quad, truth) {
  const [ours, theirs] = [clockwise(quad), clockwise(truth)];
  let kept = ours;
  theirs.forEach(([x1, y1], side) => {
    const [x2, y2] = theirs[(side + 1) % theirs.length];
    const inside = kept.map(([x, y]) => (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1));
    kept = kept.flatMap((here, at) => {
      const before = (at + kept.length - 1) % kept.length;
      const crossing = inside[at] >= 0 !== inside[before] >= 0 ? [between(kept[before], here, inside[before] / (inside[before] - inside[at]))] : [];
      return inside[at] >= 0 ? [...crossing, here] : crossing;
    });
  });
  const common = kept.length > 2 ? Math.abs(area(kept)) : 0;
  const all = Math.abs(area(ours)) + Math.abs(area(theirs)) - common;
  return all > 0 ? common / all : 0;
}

/** Whether the corners come in the same order: no quarter turn and no mirror image fits better. */
export function inOrder(quad, truth) {
  const off = (turn) => truth.reduce((sum, [x, y], at) => sum + Math.hypot(x - quad[(at + turn) % 4][0], y - quad[(at + turn) % 4][1]), 0);
  return area(quad) > 0 && [1, 2, 3].every((turn) => off(0) <= off(turn));
}

/** Signed; positive if the corners go clockwise. */
export function area(points) {
  return points.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = points[(at + 1) % points.length];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
}

/** Longest side. */
export function longest(quad) {
  return Math.max(...quad.map(([x, y], at) => Math.hypot(x - quad[(at + 1) % 4][0], y - quad[(at + 1) % 4][1])));
}

export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The value below which a share of all lies. */
export function percentile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** Spearman's: Pearson's correlation of the ranks, equal values sharing theirs. */
export function rankCorrelation(pairs) {
  const [a, b] = [0, 1].map((side) => ranks(pairs.map((pair) => pair[side])));
  const [offA, offB] = [a, b].map(centred);
  return offA.reduce((sum, off, at) => sum + off * offB[at], 0) / (Math.hypot(...offA) * Math.hypot(...offB));
}

function centred(values) {
  const middle = mean(values);
  return values.map((value) => value - middle);
}

function ranks(values) {
  const order = values.map((value, at) => ({ value, at })).sort((a, b) => a.value - b.value);
  const ranked = new Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && order[to].value === order[from].value) to++;
    for (let at = from; at < to; at++) ranked[order[at].at] = (from + to - 1) / 2;
    from = to;
  }
  return ranked;
}

const clockwise = (points) => (area(points) < 0 ? points.toReversed() : points);

const between = ([x1, y1], [x2, y2], share) => [x1 + (x2 - x1) * share, y1 + (y2 - y1) * share];
