// Which messages go into which part of a message file. The first screen may need those of start.ts, trouble.ts and what stands around
// every screen, and of the failures that can come before the person has done anything. What is said when no part can be loaded is
// built into the code, too.

const FIRST =
  /^(frame|loading|home|claim|requirements|register|notice|failed|way|cancel|step)\.|^handoff\.(offer|cop)|^error\.(unsupported|network|session|internal|config|handoff|request|camera\.missing|microphone\.missing)\b/;

const LAST = /^(loading\.failed\.|way\.retry$)/;

export const PARTS = {
  first: (key) => FIRST.test(key),
  rest: (key) => !FIRST.test(key),
  last: (key) => LAST.test(key),
};
