// Shows a document straight on, for pages that show what was recorded: `import { lay } from "lichtbild/straight"`. A file of its own, which no
// capture loads.

export { formatOf } from "./view/formats.js";
export { isView, type Point, type Quad } from "./view/homography.js";
export { lay } from "./view/lay.js";
