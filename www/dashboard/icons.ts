// Small line drawings, built as elements; decoration only, the words beside them say it.

const PATHS = {
  check: "M5 12.5 10 17.5 19.5 7",
  cross: "M6 6 18 18M18 6 6 18",
  clock: "M12 7.5V12l3 2M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17Z",
  alert: "M12 8.5v5M12 16.8v.1M10.4 4.2 2.9 17.4A1.8 1.8 0 0 0 4.5 20h15a1.8 1.8 0 0 0 1.6-2.6L13.6 4.2a1.8 1.8 0 0 0-3.2 0Z",
  repeat: "M4.5 12a7.5 7.5 0 0 1 13-5l2 2M19.5 4.5V9H15M19.5 12a7.5 7.5 0 0 1-13 5l-2-2M4.5 19.5V15H9",
  dash: "M6 12h12",
  copy: "M9 9h10.5v11.5H9zM15 5.5v-2H4.5V15H6",
  back: "M14.5 5.5 8 12l6.5 6.5",
  link: "M10 14a4 4 0 0 0 5.7.3l3-3a4 4 0 0 0-5.6-5.7L11.6 7M14 10a4 4 0 0 0-5.7-.3l-3 3A4 4 0 0 0 11 18.4l1.4-1.4",
  bin: "M4.5 6.5h15M9.5 6V4h5v2M6.5 6.5l1 13.5h9l1-13.5M10 10.5v5.5M14 10.5v5.5",
  play: "M7.5 5v14l11-7z",
  picture: "M4 5h16v14H4zM4 16l4.5-4.5L13 16l3-3 4 4M15.5 9.2v.1",
  download: "M12 4v11M7 10.5l5 5 5-5M4.5 19.5h15",
  plus: "M12 5v14M5 12h14",
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.5 15.5 20 20",
  flask: "M9.5 3.5h5M10.5 3.5V9L5 18.3A1.5 1.5 0 0 0 6.3 20.5h11.4a1.5 1.5 0 0 0 1.3-2.2L13.5 9V3.5M7.5 15h9",
  pause: "M8.5 5.5v13M15.5 5.5v13",
  key: "M14.5 4a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11ZM10.5 13.5 4 20M6.5 17.5l2 2M16 8.5v.1",
  inbox: "M4 13.5 6.5 5h11L20 13.5V19H4zM4 13.5h4.5l1.5 2.5h4l1.5-2.5H20",
  send: "M20.5 3.5 10 14M20.5 3.5 14 20.5 10 14 3.5 10z",
  out: "M10 4.5H5v15h5M15 8l4 4-4 4M19 12H9.5",
} as const;

export type IconName = keyof typeof PATHS;

export function icon(name: IconName): SVGSVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const attributes = { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true", focusable: "false" };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
