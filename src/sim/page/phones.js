// The phones: a thread of bubbles each, an input, and a few words to try.

import * as calls from "./calls.js";
import { day, el, icon, post, pretty, say, sky, time } from "./dom.js";

const TRY = ["lyon tomorrow", "DAILY 94110 7am", "ME", "CALL ME", "?", "STOP"];

const TICK = "M2.500 8.500l3.500 3.500 7-8";
const TICK_LEFT = "M.5 8.500l3.500 3.500 7-8";
const TICK_RIGHT = "M7.500 11.500l.8.500 7-8";
const CLOCK = "M8 2.500a5.500 5.500 0 1 0 0 11 5.500 5.500 0 0 0 0-11M8 5v3.300l2 1.400";
const WARN = "M8 2.200L14.500 13.500h-13zM8 6.500v3.500M8 11.600v.4";
const SEND = "M2.500 8h10M8.500 3.500L13 8l-4.500 4.500";

const phones = new Map();
let now = Date.now();
let chosen = null;
let onChoose = () => {};

export const all = () => [...phones.values()].map((phone) => phone.about);
export const active = () => phones.get(chosen)?.about;
export const nameOf = (number) => phones.get(number)?.about.name;
export const withNumber = (number) => phones.get(number);
export function whenChosen(then) {
  onChoose = then;
}

/** Puts a phone on the table. */
export function add(about) {
  if (phones.has(about.number)) return;
  const phone = { about, bubbles: new Map(), lastDay: "" };
  const id = `p${phones.size}`;
  phone.wall = el("time", { className: "wall" });
  phone.thread = el("ol", {
    className: "thread",
    role: "log",
    "aria-live": "polite",
    "aria-label": `Messages on ${about.name}'s phone`,
    tabIndex: 0,
  });
  phone.hint = el("li", { className: "hint" }, "No messages yet. Text a town, a postcode or an airport.");
  phone.thread.append(phone.hint);
  phone.input = el("textarea", {
    id,
    rows: 1,
    maxLength: 1600,
    placeholder: "Text message",
    autocomplete: "off",
    "aria-label": `Text from ${about.name}`,
  });
  phone.form = el(
    "form",
    { className: "compose" },
    phone.input,
    el("button", { type: "submit", className: "send", "aria-label": `Send from ${about.name}` }, icon([SEND])),
  );
  phone.form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(phone, phone.input.value);
  });
  phone.input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      phone.form.requestSubmit();
    }
  });
  phone.input.addEventListener("input", () => grow(phone.input));
  phone.root = el(
    "article",
    { className: "phone panel", id: `panel-${id}`, "aria-label": `${about.name}'s phone` },
    el(
      "header",
      { className: "sky" },
      el("span", { className: "face", "aria-hidden": "true" }, about.name[0]),
      el(
        "div",
        { className: "who" },
        el("h2", {}, about.name, el("small", {}, about.place)),
        el("p", {}, pretty(about.number)),
      ),
      phone.wall,
      calls.button(phone),
    ),
    phone.thread,
    el("div", { className: "chips", role: "group", "aria-label": "Things to try" }, ...TRY.map((text) => chip(phone, text))),
    phone.form,
  );
  phone.root.addEventListener("focusin", () => choose(about.number));
  phone.root.addEventListener("pointerdown", () => choose(about.number));
  // A keyboard that opens or a panel that comes back must not hide the newest message.
  new ResizeObserver(() => scrollDown(phone)).observe(phone.thread);
  phones.set(about.number, phone);
  document.getElementById("row").append(phone.root);
  if (!chosen) choose(about.number);
  tick(now);
}

/** The phone that the clock's buttons think of. */
export function choose(number) {
  if (chosen === number) return;
  chosen = number;
  for (const phone of phones.values()) phone.root.classList.toggle("chosen", phone.about.number === number);
  onChoose(number);
}

function chip(phone, text) {
  const button = el("button", { type: "button", className: "chip" }, text);
  button.addEventListener("click", () => send(phone, text));
  return button;
}

async function send(phone, text) {
  const body = text.trim();
  if (!body) return;
  phone.input.value = "";
  grow(phone.input);
  phone.waiting = (phone.waiting ?? 0) + 1;
  showWaiting(phone);
  try {
    const answer = await post("/page/text", { from: phone.about.number, body });
    if (answer.status === null) say("The daemon did not answer the text.");
    else if (answer.status !== 200) say(`The daemon answered the text with ${answer.status}.`);
  } catch (error) {
    phone.input.value = text;
    say(error.message);
  } finally {
    phone.waiting -= 1;
    showWaiting(phone);
  }
}

function showWaiting(phone) {
  if (phone.waiting > 0 && !phone.dots) {
    phone.dots = el("li", { className: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i"));
    phone.thread.append(phone.dots);
    scrollDown(phone);
  } else if (!(phone.waiting > 0) && phone.dots) {
    phone.dots.remove();
    phone.dots = null;
  }
}

/** A message is new or has moved on. */
export function message(news) {
  const phone = phones.get(news.phone);
  if (!phone) return;
  const known = phone.bubbles.get(news.sid);
  if (known) {
    known.querySelector(".meta").replaceWith(meta(news, phone));
    known.classList.toggle("lost", lost(news));
    return;
  }
  phone.hint?.remove();
  const today = day(news.at_ms, phone.about.zone);
  if (today !== phone.lastDay) {
    phone.lastDay = today;
    phone.thread.insertBefore(el("li", { className: "day" }, today), phone.dots ?? null);
  }
  const side = news.mine ? "mine" : news.notice ? "carrier" : "theirs";
  const bubble = el(
    "li",
    { className: `bubble ${side}` },
    el("p", { className: "words", dir: "auto" }, news.body),
    meta(news, phone),
  );
  bubble.classList.toggle("lost", lost(news));
  phone.bubbles.set(news.sid, bubble);
  phone.thread.insertBefore(bubble, phone.dots ?? null);
  scrollDown(phone);
}

const lost = (news) => news.status === "failed" || news.status === "undelivered";

/** The small print: time, what it costs, how far it came. */
function meta(news, phone) {
  const parts = [time(news.at_ms, phone.about.zone)];
  if (news.notice) parts.push("from the carrier itself");
  else parts.push(`${news.segments} segment${news.segments === 1 ? "" : "s"} ${news.encoding}`);
  const line = el("p", { className: "meta" }, el("span", {}, parts.join(" · ")));
  if (!news.mine && !news.notice) line.append(ticks(news));
  return line;
}

function ticks(news) {
  const words = { queued: "queued", accepted: "accepted", sent: "sent", delivered: "delivered" };
  const name = words[news.status] ?? news.status;
  const sign = {
    sent: () => icon([TICK], "once"),
    delivered: () => icon([TICK_LEFT, TICK_RIGHT], "twice"),
    failed: () => icon([WARN], "bad"),
    undelivered: () => icon([WARN], "bad"),
  }[news.status];
  const label = news.error_code ? `${name} (${news.error_code})` : name;
  return el("span", { className: "ticks" }, (sign ?? (() => icon([CLOCK])))(), label);
}

function scrollDown(phone) {
  phone.thread.scrollTop = phone.thread.scrollHeight;
}

function grow(input) {
  input.rows = Math.min(4, Math.max(1, input.value.split("\n").length, Math.ceil(input.value.length / 34)));
}

/** A thread that was out of sight shows its end. */
export function reveal(number) {
  const phone = phones.get(number);
  if (phone) scrollDown(phone);
}

/** The time on every phone. */
export function tick(ms) {
  now = ms;
  for (const phone of phones.values()) {
    const zone = phone.about.zone;
    phone.wall.replaceChildren(el("b", {}, time(ms, zone)), el("span", {}, day(ms, zone)));
    phone.wall.dateTime = new Date(ms).toISOString();
    phone.root.dataset.sky = sky(ms, zone);
  }
}
