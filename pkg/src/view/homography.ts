// Shows a document straight on: which CSS transform brings its four corners into the corners of a box.
// In: corners as shares of a picture's sides, sizes. Out: numbers. Does not know: elements.

export type Point = readonly [x: number, y: number];
export type Quad = readonly [Point, Point, Point, Point];
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Three by three, row after row. */
type Matrix = readonly [number, number, number, number, number, number, number, number, number];

// A tenth of a permille of the picture: what is thinner has no sides.
const THINNEST = 1e-4;

/** Whether the corners go round clockwise (y down) without a dent: anything else is no view of a rectangle. */
export function isView(quad: Quad): boolean {
  return quad.every((corner, at) => {
    const [next, after] = [quad[(at + 1) % 4], quad[(at + 2) % 4]] as [Point, Point];
    return (next[0] - corner[0]) * (after[1] - next[1]) - (next[1] - corner[1]) * (after[0] - next[0]) > THINNEST;
  });
}

/**
 * Value of the CSS `transform` (origin 0 0) of a picture laid out in `picture` pixels, so that the corners of `quad` lie in the corners
 * of a box of `box` pixels: its first one at the top left, the others clockwise. `undefined` if it is no view of a rectangle.
 */
export function straightening(quad: Quad, picture: Size, box: Size): string | undefined {
  if (!isView(quad)) return undefined;
  const [a, b, c, d, e, f, g, h, i] = inverse(fromUnitSquare(quad));
  const [x, y] = [box.width, box.height];
  const [u, v] = [1 / picture.width, 1 / picture.height];
  const columns = [a * x * u, d * y * u, 0, g * u, b * x * v, e * y * v, 0, h * v, 0, 0, i, 0, c * x, f * y, 0, i];
  return `matrix3d(${columns.map((value) => Number((value / i).toPrecision(9))).join()})`;
}

/**
 * How large the picture has to be laid out, measured in boxes, for the document to keep its resolution in the box: browsers draw at the
 * size of the layout before they transform.
 */
export function enlargement(quad: Quad): number {
  const span = (axis: 0 | 1) => Math.max(...quad.map((corner) => corner[axis])) - Math.min(...quad.map((corner) => corner[axis]));
  return Math.min(4, Math.max(1, 1 / Math.min(span(0), span(1))));
}

// Heckbert, Fundamentals of Texture Mapping and Image Warping (1989), §2.2.3: the unit square onto a quadrilateral.
function fromUnitSquare([[x0, y0], [x1, y1], [x2, y2], [x3, y3]]: Quad): Matrix {
  const [dx1, dx2, dx3] = [x1 - x2, x3 - x2, x0 - x1 + x2 - x3];
  const [dy1, dy2, dy3] = [y1 - y2, y3 - y2, y0 - y1 + y2 - y3];
  const area = dx1 * dy2 - dx2 * dy1;
  const g = (dx3 * dy2 - dx2 * dy3) / area;
  const h = (dx1 * dy3 - dx3 * dy1) / area;
  return [x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h, 1];
}

// Up to a factor, which means nothing to a homography.
function inverse([a, b, c, d, e, f, g, h, i]: Matrix): Matrix {
  return [e * i - f * h, c * h - b * i, b * f - c * e, f * g - d * i, a * i - c * g, c * d - a * f, d * h - e * g, b * g - a * h, a * e - b * d];
}
