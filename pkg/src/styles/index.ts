// What the element wears from the beginning, as constructable stylesheets: no `style-src 'unsafe-inline'` is needed. What later
// screens need beside it comes with them.

import { frame } from "./frame.js";
import { pictures } from "./pictures.js";
import { screens } from "./screens.js";
import { tokens } from "./tokens.js";

export const styles = [tokens, frame, screens, pictures];
