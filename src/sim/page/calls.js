// Calls: dialling the number, the words on the screen (and aloud where the browser can), keys, what one would say, and calls that ring.

import { el, icon, post, say } from "./dom.js";

const HANDSET = "M3.500 2.500l2.200-.5 1.300 3-1.500 1.300a9 9 0 0 0 4.200 4.200L11 9l3 1.300-.5 2.200c-.2.8-.8 1-1.500 1A9.500 9.500 0 0 1 2.500 4c0-.7.3-1.300 1-1.500z";
const LOUD = "M3 6.500v3h2l3 2.500v-8L5 6.500zM10.500 6a3 3 0 0 1 0 4M12.300 4.200a5.500 5.500 0 0 1 0 7.600";
const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];

const lines = new Map();
let aloud = "speechSynthesis" in window;

/** The button that calls the number, for a phone's header. */
export function button(phone) {
  const call = el("button", { type: "button", className: "dial", title: "Call the number", "aria-label": `Call weatherline from ${phone.about.name}` }, icon([HANDSET]));
  call.addEventListener("click", () => dial(phone));
  return call;
}

async function dial(phone) {
  if (lines.has(phone.about.number)) return;
  const line = open(phone, "Calling weatherline…");
  await heard(line, post("/page/call", { from: phone.about.number }));
}

/** News of a call: what rings is shown on its phone. */
export function news(call, phone) {
  if (!phone || call.mine) return;
  const number = phone.about.number;
  const line = lines.get(number);
  if (call.status === "ringing" && !line) ring(phone, call);
  else if (call.over && line?.ringing && line.sid === call.sid) close(line);
}

function ring(phone, call) {
  const line = open(phone, "weatherline is calling");
  line.ringing = true;
  line.sid = call.sid;
  const take = el("button", { type: "button", className: "solid take" }, "Answer");
  const decline = el("button", { type: "button", className: "plain" }, "Decline");
  take.addEventListener("click", async () => {
    line.ringing = false;
    line.choice.remove();
    await heard(line, post("/page/call/answer", { from: phone.about.number }));
  });
  decline.addEventListener("click", async () => {
    close(line);
    await post("/page/call/decline", { from: phone.about.number }).catch((error) => say(error.message));
  });
  line.choice = el("div", { className: "ringing" }, take, decline);
  line.root.append(line.choice);
  line.root.classList.add("rings");
  take.focus({ preventScroll: true });
}

function open(phone, title) {
  const line = { phone, sid: null };
  line.title = el("p", { className: "call-title", role: "status" }, title);
  line.words = el("ol", { className: "call-words", role: "log", "aria-live": "polite", "aria-label": "What is said", tabIndex: 0 });
  line.root = el("section", { className: "call", "aria-label": `${phone.about.name}'s call` }, line.title, line.words);
  phone.root.append(line.root);
  phone.root.classList.add("in-call");
  lines.set(phone.about.number, line);
  return line;
}

function close(line) {
  hush();
  lines.delete(line.phone.about.number);
  line.phone.root.classList.remove("in-call");
  line.root.remove();
}

/** Waits for what is said next, shows it and reads it aloud. */
async function heard(line, answer) {
  busy(line, true);
  try {
    const { sid, said: pieces, listens, keys, over } = await answer;
    line.sid = sid;
    line.title.textContent = over ? "Call ended" : "On the phone with weatherline";
    if (pieces.length) said(line, pieces);
    if (over) ended(line);
    else controls(line);
    if (line.field && listens) line.field.lang = listens;
    if (line.field) line.field.placeholder = keys === 1 ? "Say “tomorrow”, or press one key" : "Say Lyon, or key in 94110";
  } catch (error) {
    say(error.message);
    ended(line);
  } finally {
    busy(line, false);
  }
}

/** Pieces of one language that follow each other are one line and one breath. */
function said(line, pieces) {
  hush();
  for (const { language, words } of inOneLanguage(pieces)) {
    line.words.append(el("li", { dir: "auto", lang: language }, words));
    if (!aloud) continue;
    const utterance = new SpeechSynthesisUtterance(words);
    utterance.lang = language;
    utterance.voice = voice(language);
    speechSynthesis.speak(utterance);
  }
  line.words.scrollTop = line.words.scrollHeight;
}

function inOneLanguage(pieces) {
  const runs = [];
  for (const { language, words } of pieces) {
    const last = runs.at(-1);
    if (last?.language === language) last.words += ` ${words}`;
    else runs.push({ language, words });
  }
  return runs;
}

/** A voice of that region, else of that language, else the browser's own choice. */
function voice(tag) {
  const voices = speechSynthesis.getVoices();
  const is = (one, start) => one.lang.replace("_", "-").startsWith(start);
  return voices.find((one) => is(one, tag)) ?? voices.find((one) => is(one, tag.slice(0, 2))) ?? null;
}

const hush = () => "speechSynthesis" in window && speechSynthesis.cancel();

function busy(line, on) {
  line.root.setAttribute("aria-busy", String(on));
  for (const control of line.root.querySelectorAll("button, input")) control.disabled = on;
}

function step(line, does, what = "") {
  if (what) line.words.append(el("li", { className: "own" }, does === "press" ? `[${what}]` : `“${what}”`));
  return heard(line, post("/page/call/step", { sid: line.sid, does, what }));
}

function controls(line) {
  if (line.controls) return;
  line.root.classList.remove("rings");
  const keys = KEYS.map((key) => {
    const one = el("button", { type: "button", className: "key", "aria-label": { "*": "star", "#": "hash" }[key] ?? key }, key);
    one.addEventListener("click", () => step(line, "press", key));
    return one;
  });
  const field = el("input", { type: "text", maxLength: 200, autocomplete: "off", placeholder: "Say Lyon, or key in 94110", "aria-label": "What you would say, or digits to press" });
  line.field = field;
  const form = el("form", { className: "speak" }, field, el("button", { type: "submit", className: "solid" }, "Say"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const what = field.value.trim();
    if (!what) return;
    field.value = "";
    step(line, /^[0-9*#]+$/.test(what) ? "press" : "say", what);
  });
  const silent = el("button", { type: "button", className: "plain" }, "Say nothing");
  silent.addEventListener("click", () => step(line, "silence"));
  const end = el("button", { type: "button", className: "hang-up" }, "Hang up");
  end.addEventListener("click", async () => {
    await step(line, "hang-up");
    close(line);
  });
  const row = [silent, end];
  if ("speechSynthesis" in window) {
    const voice = el("button", { type: "button", className: "plain", title: "Read aloud", "aria-label": "Read aloud", "aria-pressed": String(aloud) }, icon([LOUD]));
    voice.addEventListener("click", () => {
      aloud = !aloud;
      voice.setAttribute("aria-pressed", String(aloud));
      if (!aloud) hush();
    });
    row.unshift(voice);
  }
  line.controls = el("div", { className: "call-controls" }, form, el("div", { className: "keys", role: "group", "aria-label": "Keys" }, ...keys), el("div", { className: "call-row" }, ...row));
  line.root.append(line.controls);
  field.focus({ preventScroll: true });
}

function ended(line) {
  line.controls?.remove();
  const back = el("button", { type: "button", className: "solid" }, "Back to the messages");
  back.addEventListener("click", () => close(line));
  line.root.append(el("div", { className: "call-row" }, back));
  back.focus({ preventScroll: true });
}
