// Everything the element wears, as constructable stylesheets: no `style-src 'unsafe-inline'` is needed.

import { camera } from "./camera.js";
import { frame } from "./frame.js";
import { pictures } from "./pictures.js";
import { screens } from "./screens.js";
import { tokens } from "./tokens.js";

export const styles = [tokens, frame, screens, camera, pictures];
