// Where a document of the camera's frame is on the stage, and how an outline follows it. In: corners as shares of the frame, sizes, time.
// Out: corners. Does not know: elements, the browser's clock.

import type { Point, Quad, Size } from "./homography.js";

/** From shares of the frame to pixels of the box that the frame covers whole, its overhang cut off evenly (`object-fit: cover`). */
export function onStage(quad: Quad, frame: Size, box: Size, mirrored: boolean): Quad {
  const scale = Math.max(box.width / frame.width, box.height / frame.height);
  const [width, height] = [frame.width * scale, frame.height * scale];
  return each(quad, ([x, y]) => [(box.width - width) / 2 + (mirrored ? 1 - x : x) * width, (box.height - height) / 2 + y * height]);
}

/** The same corners, begun where they are nearest to others: a document that is now read upside down is still outlined the same. */
export function begunNear(quad: Quad, others: Quad): Quad {
  const turned = [0, 1, 2, 3].map((by) => [0, 1, 2, 3].map((at) => quad[(at + by) % 4]) as unknown as Quad);
  const far = (one: Quad) => one.reduce((sum, [x, y], at) => sum + Math.hypot(x - (others[at] as Point)[0], y - (others[at] as Point)[1]), 0);
  return turned.reduce((best, one) => (far(one) < far(best) ? one : best));
}

// Per second. A critically damped spring is within a twentieth of its way after 4.74 / STIFFNESS: 100 ms.
const STIFFNESS = 47;
// A look that differs by less is the detection's trembling: two pixels across a frame of 1280.
const TREMBLING = 0.0016;
// Half a permille of the frame, less than a pixel on a phone; and so slow that it is not seen.
const AT_REST = 0.0005;

/** An outline on its way to where the document was last seen. */
export class Follower {
  #at: Quad;
  #speed: Quad = STILL;
  #to: Quad;

  constructor(at: Quad) {
    this.#at = this.#to = at;
  }

  get at(): Quad {
    return this.#at;
  }

  get resting(): boolean {
    return this.#at === this.#to;
  }

  /** The document is there now; at rest, what trembles leaves it there. */
  aim(quad: Quad): void {
    const to = begunNear(quad, this.#to);
    const trembles = to.every(([x, y], at) => Math.hypot(x - (this.#to[at] as Point)[0], y - (this.#to[at] as Point)[1]) < TREMBLING);
    if (!(this.resting && trembles)) this.#to = to;
  }

  /** There at once. */
  jump(): void {
    this.#at = this.#to;
    this.#speed = STILL;
  }

  /** Time passes. */
  pass(millis: number): void {
    const seconds = millis / 1000;
    const kept = Math.exp(-STIFFNESS * seconds);
    const speeds: Point[] = [];
    let rest = true;
    const at = each(this.#at, (corner, index) => {
      const moved = [0, 1].map((axis) => {
        const to = (this.#to[index] as Point)[axis] as number;
        const off = (corner[axis] as number) - to;
        const speed = (this.#speed[index] as Point)[axis] as number;
        const pull = speed + STIFFNESS * off;
        const next = (off + pull * seconds) * kept;
        const nextSpeed = (speed - STIFFNESS * pull * seconds) * kept;
        rest &&= Math.abs(next) < AT_REST && Math.abs(nextSpeed) < AT_REST * STIFFNESS;
        return [to + next, nextSpeed] as const;
      });
      const [x, y] = moved as [readonly [number, number], readonly [number, number]];
      speeds.push([x[1], y[1]]);
      return [x[0], y[0]];
    });
    if (rest) return this.jump();
    this.#at = at;
    this.#speed = speeds as unknown as Quad;
  }
}

const STILL: Quad = [[0, 0], [0, 0], [0, 0], [0, 0]];

const each = ([a, b, c, d]: Quad, map: (corner: Point, at: number) => Point): Quad => [map(a, 0), map(b, 1), map(c, 2), map(d, 3)];
