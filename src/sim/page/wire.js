// The wire pane: each exchange as one line that opens into what was really sent and answered.

import { el, icon, timeWithSeconds } from "./dom.js";
import { nameOf } from "./phones.js";

const IN = "M13 8H3M7 3.500L2.500 8 7 12.500";
const OUT = "M3 8h10M9 3.500L13.500 8 9 12.500";

/** What the filters group, and the kinds in each. */
const GROUPS = [
  ["Texts in", ["text"]],
  ["Messages out", ["create"]],
  ["Receipts", ["status"]],
  ["Calls", ["voice", "call", "call-status"]],
  ["Weather", ["weather"]],
  ["Other", ["list", "fetch", "account", "number", "refused", "other"]],
];
const MOST = 200;

const log = document.getElementById("log");
const empty = document.getElementById("wire-empty");
const seen = new Set();
const hidden = new Set();

for (const [name, kinds] of GROUPS) {
  const button = el("button", { type: "button", className: "filter", "aria-pressed": "true", "data-group": kinds[0] }, name);
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    for (const kind of kinds) on ? hidden.delete(kind) : hidden.add(kind);
    for (const entry of log.children) entry.hidden = hidden.has(entry.dataset.kind);
  });
  document.getElementById("filters").append(button);
}
document.getElementById("clear").addEventListener("click", () => {
  log.replaceChildren();
  empty.hidden = false;
});

/** One more exchange, newest on top. */
export function exchange(news) {
  if (seen.has(news.id)) return;
  seen.add(news.id);
  empty.hidden = true;
  const [title, gist] = describe(news);
  const details = el(
    "details",
    {},
    el(
      "summary",
      {},
      el("time", {}, timeWithSeconds(news.at_ms, "UTC")),
      el("span", { className: "arrow", title: news.way === "in" ? "the carrier calls weatherline" : "weatherline calls out" }, icon([news.way === "in" ? IN : OUT])),
      el("span", { className: "line" }, el("b", {}, title), el("span", { className: "gist", dir: "auto" }, gist)),
      badge(news.status),
    ),
  );
  // The inside is built when somebody looks: most lines stay closed.
  details.addEventListener("toggle", () => {
    if (details.open && details.children.length === 1) details.append(inside(news));
  });
  const entry = el("li", { className: "entry", "data-kind": news.kind }, details);
  entry.hidden = hidden.has(news.kind);
  log.prepend(entry);
  while (log.children.length > MOST) log.lastElementChild.remove();
}

const field = (news, name) => news.fields.find(([key]) => key === name)?.[1] ?? "";

/** A title and what it is about, in people's words. */
function describe(news) {
  const person = (number) => nameOf(number) ?? number;
  switch (news.kind) {
    case "text":
      return [`${person(field(news, "From"))} texts`, `“${field(news, "Body")}” → ${reply(news.answer)}`];
    case "create":
      return [`weatherline texts ${person(field(news, "To"))}`, `“${field(news, "Body")}”`];
    case "status":
      return [`Receipt: ${field(news, "MessageStatus")}`, `to ${person(field(news, "To"))} · ${short(field(news, "MessageSid"))}`];
    case "voice":
      return [`${person(theirs(news))} on the phone: ${input(news)}`, spoken(news.answer)];
    case "call":
      return news.method === "POST" && field(news, "To") ? [`weatherline calls ${person(field(news, "To"))}`, ""] : ["Calls asked", news.fields.map(([name, value]) => `${name} ${person(value)}`).join(", ")];
    case "call-status":
      return [`Call: ${field(news, "CallStatus")}`, `${person(theirs(news))} · ${short(field(news, "CallSid"))}`];
    case "weather":
      return ["Weather asked", `${new URL(news.url).pathname.split("/").slice(-2).join("/")} at ${where(news)}`];
    case "list":
      return ["Message list asked", news.fields.map(([name, value]) => `${name} ${person(value)}`).join(", ")];
    case "fetch":
      return ["Message asked by SID", short(new URL(news.url).pathname.split("/").pop())];
    case "refused":
      return ["Refused", "wrong credentials or no form"];
    default:
      return [`${news.method} ${new URL(news.url).pathname.split("/").slice(4).join("/")}`, ""];
  }
}

function where(news) {
  const pick = (...names) => names.map((name) => field(news, name)).find(Boolean) ?? "";
  const places = pick("latitude", "lat").split(",").length;
  return places > 1 ? `${places} places` : `${pick("latitude", "lat")}, ${pick("longitude", "lon")}`;
}

function reply(xml) {
  const found = new DOMParser().parseFromString(xml, "text/xml").querySelector("Message");
  return found ? `“${found.textContent}”` : "no reply";
}

const theirs = (news) => field(news, field(news, "Direction").startsWith("outbound") ? "To" : "From");

function input(news) {
  if (field(news, "Digits")) return `[${field(news, "Digits")}]`;
  if (field(news, "SpeechResult")) return `“${field(news, "SpeechResult")}”`;
  return field(news, "CallStatus") === "in-progress" ? "silence" : "it rings";
}

function spoken(xml) {
  const said = [...new DOMParser().parseFromString(xml, "text/xml").querySelectorAll("Say")].map((say) => say.textContent);
  return said.length ? `“${said.join(" ")}”` : "no words";
}

const short = (sid) => (sid.length > 14 ? `${sid.slice(0, 6)}…${sid.slice(-4)}` : sid);

function badge(status) {
  const kind = status === 0 ? "bad" : status < 300 ? "ok" : status < 500 ? "warn" : "bad";
  return el("span", { className: `badge ${kind}` }, status === 0 ? "no answer" : String(status));
}

function inside(news) {
  const request = el(
    "section",
    {},
    el("h3", {}, "Request"),
    el("p", { className: "target" }, el("b", {}, news.method), ` ${news.url}`),
  );
  const headers = news.headers.map(([name, value]) => [name, signature(name, value), "header"]);
  const known = FIRST.flatMap((name) => news.fields.filter(([key]) => key === name));
  const rest = news.fields.filter(([key]) => !FIRST.includes(key));
  if (known.length && rest.length > 5) {
    request.append(table([...headers, ...known]));
    request.append(el("details", { className: "more" }, el("summary", {}, `${rest.length} more fields`), table(rest)));
  } else {
    request.append(table([...headers, ...known, ...rest]));
  }
  const answer = el("section", {}, el("h3", {}, "Answer"), badge(news.status));
  if (news.answer_type && news.answer) answer.append(el("span", { className: "type" }, news.answer_type));
  if (news.answer) answer.append(el("pre", { tabIndex: 0 }, ...code(news.answer)));
  return el("div", { className: "inside" }, request, answer);
}

/** What people look for stands first; the rest keeps its order. */
const FIRST = ["Body", "From", "To", "MessageStatus", "ErrorCode", "MessageSid"];

function table(rows) {
  const list = el("dl", { className: "fields" });
  for (const [name, value, kind] of rows) {
    list.append(el("dt", { className: kind }, name), el("dd", { className: kind, dir: "auto" }, value || "(empty)"));
  }
  return list;
}

const signature = (name, value) => (name === "X-Twilio-Signature" && value.length > 16 ? `${value.slice(0, 10)}…${value.slice(-5)}` : value);

/** Indented and coloured, as nodes. */
function code(text) {
  const trimmed = text.trimStart();
  if (trimmed.startsWith("<?xml") || trimmed.startsWith("<Response")) return xml(trimmed);
  const nodes = [];
  let last = 0;
  text = inline(text);
  for (const match of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\b\d+(?:\.\d+)?\b/g)) {
    nodes.push(text.slice(last, match.index));
    const kind = match[2] ? "key" : match[1] ? "text" : "atom";
    nodes.push(el("span", { className: kind }, match[1] ?? match[0]), match[2] ?? "");
    last = match.index + match[0].length;
  }
  nodes.push(text.slice(last));
  return nodes;
}

/** Lists of plain values on one line: a series of hours is nothing to scroll through. */
const inline = (text) => text.replace(/\[[^[\]{}]*\]/g, (list) => list.replace(/\s*\n\s*/g, " ").replace("[ ", "[").replace(" ]", "]"));

function xml(text) {
  const root = new DOMParser().parseFromString(text, "text/xml").documentElement;
  if (root.querySelector("parsererror")) return [text];
  const nodes = [];
  const walk = (node, depth) => {
    const pad = "  ".repeat(depth);
    const attributes = [...node.attributes].map((one) => ` ${one.name}="${one.value}"`).join("");
    const inner = [...node.children];
    const words = inner.length ? "" : node.textContent;
    nodes.push(pad, el("span", { className: "key" }, `<${node.nodeName}${attributes}${inner.length || words ? ">" : "/>"}`));
    if (words) nodes.push(el("span", { className: "text" }, words));
    if (inner.length) {
      nodes.push("\n");
      for (const child of inner) walk(child, depth + 1);
      nodes.push(pad);
    }
    if (inner.length || words) nodes.push(el("span", { className: "key" }, `</${node.nodeName}>`));
    nodes.push("\n");
  };
  walk(root, 0);
  return nodes;
}
