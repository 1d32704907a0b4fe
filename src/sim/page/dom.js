// Small helpers: elements without markup strings, times in zones, and talking to the simulator.

/** Makes an element: properties, `data-*` and `aria-*` attributes, children as nodes or text. Never HTML text. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.includes("-") || name === "role" || name === "for") node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children.filter((child) => child !== undefined && child !== null && child !== ""));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

/** A line icon from path data. */
export function icon(paths, name, box = "0 0 16 16") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", box);
  svg.setAttribute("class", "icon " + (name ?? ""));
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  for (const data of paths) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", data);
    svg.append(path);
  }
  return svg;
}

const formats = new Map();

function format(zone, key, options) {
  const name = zone + key;
  if (!formats.has(name)) {
    formats.set(name, new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }));
  }
  return formats.get(name);
}

/** 07:00 */
export const time = (ms, zone) => format(zone, "t", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(ms);

/** 07:00:05 */
export const timeWithSeconds = (ms, zone) =>
  format(zone, "s", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }).format(ms);

/** Mon 23 Nov */
export const day = (ms, zone) => format(zone, "d", { weekday: "short", day: "numeric", month: "short" }).format(ms).replace(",", "");

/** 2026 */
export const year = (ms, zone) => format(zone, "y", { year: "numeric" }).format(ms);

/** night, dawn, day or dusk by the hour on the wall. */
export function sky(ms, zone) {
  const [hours, minutes] = time(ms, zone).split(":").map(Number);
  const at = hours + minutes / 60;
  if (at < 5.5 || at >= 20.5) return "night";
  if (at < 8) return "dawn";
  if (at < 17) return "day";
  return "dusk";
}

/** in 3 h 20 min */
export function until(ms) {
  const minutes = Math.round(ms / 60000);
  if (minutes < 1) return "due now";
  if (minutes < 60) return `in ${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 ? `in ${hours} h ${minutes % 60} min` : `in ${hours} h`;
  const days = Math.floor(hours / 24);
  return hours % 24 ? `in ${days} d ${hours % 24} h` : `in ${days} d`;
}

/** Digits in groups, so that people can read them. */
export function pretty(number) {
  const american = number.match(/^\+1(\d{3})(\d{3})(\d{4})$/);
  if (american) return `+1 ${american[1]} ${american[2]} ${american[3]}`;
  const french = number.match(/^\+33(\d)(\d{2})(\d{2})(\d{2})(\d{2})$/);
  if (french) return `+33 ${french.slice(1).join(" ")}`;
  return number.replace(/^(\+\d{2})(\d{3})(\d{3})(\d*)$/, "$1 $2 $3 $4").trim();
}

/** Posts JSON; a refusal becomes an Error with its sentence. */
export async function post(path, value) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(value),
  });
  if (!answer.ok) throw new Error((await answer.text()).trim() || `It answered ${answer.status}.`);
  return answer.json();
}

let fading;

/** Says something at the foot of the page. */
export function say(sentence) {
  const notice = document.getElementById("notice");
  notice.textContent = sentence;
  notice.classList.add("on");
  clearTimeout(fading);
  fading = setTimeout(() => notice.classList.remove("on"), 6000);
}
