// What the screens after the first one wear.

import { camera } from "./camera.js";
import { motion } from "./motion.js";
import { steps } from "./steps.js";

export const laterStyles = [steps, camera, motion];
