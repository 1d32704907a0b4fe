// The page: loads what there is, listens for news, moves the clock, and switches panels on small screens.

import { day, el, post, pretty, say, sky, time, timeWithSeconds, until, year } from "./dom.js";
import * as calls from "./calls.js";
import * as phones from "./phones.js";
import { exchange } from "./wire.js";

const byId = (id) => document.getElementById(id);
let shown = null;

async function load() {
  const state = await (await fetch("/page/state")).json();
  state.phones.forEach(phones.add);
  state.messages.sort((one, other) => one.at_ms - other.at_ms).forEach(phones.message);
  state.exchanges.forEach(exchange);
  byId("source").textContent = state.weather_source;
  byId("source").title = "Where the forecasts come from";
  if (state.operator_page) {
    byId("operator").href = state.operator_page;
    byId("operator").hidden = false;
  }
  byId("country").replaceChildren(...state.countries.map(({ code, name }) => el("option", { value: code }, name)));
  drawTabs();
}

function listen() {
  const events = new EventSource("/page/events");
  let lost = false;
  events.onopen = () => {
    if (lost) location.reload();
  };
  events.onerror = () => {
    lost = true;
    document.body.classList.add("lost");
    say("The simulator has stopped. Start it again and this page comes back by itself.");
  };
  events.onmessage = ({ data }) => {
    const news = JSON.parse(data);
    if (news.event === "message") phones.message(news);
    else if (news.event === "exchange") exchange(news);
    else if (news.event === "call") calls.news(news, phones.withNumber(news.phone));
    else if (news.event === "phone") addPhone(news.phone);
    else if (news.event === "reload") location.reload();
    soon();
  };
}

let waiting;

/** What is due changes with nearly everything: ask again shortly after news. */
function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(refresh, 250);
}

async function refresh() {
  try {
    const { now_ms, upcoming } = await (await fetch("/page/now")).json();
    drawClock(now_ms);
    drawUpcoming(now_ms, upcoming);
  } catch {
    // The event stream says that the simulator is gone; nothing to add.
  }
}

function drawClock(now) {
  byId("utc-time").textContent = timeWithSeconds(now, "UTC");
  byId("utc-time").dateTime = new Date(now).toISOString();
  byId("utc-date").replaceChildren(day(now, "UTC"), el("span", { className: "year" }, ` ${year(now, "UTC")}`));
  byId("zones").replaceChildren(
    ...phones.all().map((phone) =>
      el(
        "li",
        { "data-sky": sky(now, phone.zone) },
        el("i", { "aria-hidden": "true" }),
        el("b", {}, time(now, phone.zone)),
        el("span", {}, `${phone.name} · ${day(now, phone.zone)}`),
      ),
    ),
  );
  phones.tick(now);
}

function drawUpcoming(now, upcoming) {
  const list = byId("upcoming");
  if (!upcoming.length) {
    list.replaceChildren(el("li", { className: "none" }, "Nobody is due. Text ", el("kbd", {}, "DAILY lyon 7am"), " from a phone, then move the clock."));
    return;
  }
  list.replaceChildren(
    ...upcoming.slice(0, 12).map((one) =>
      el(
        "li",
        {},
        el("b", {}, time(one.at_ms, one.zone)),
        el(
          "span",
          {},
          el("span", { className: "what" }, `${phones.nameOf(one.phone) ?? pretty(one.phone)} · ${one.place}`),
          el(
            "span",
            { className: "when" },
            day(one.at_ms, one.zone),
            el("span", { className: "kind" }, ` · ${one.what}`),
            ` · ${until(one.at_ms - now)}`,
          ),
        ),
      ),
    ),
  );
}

for (const button of document.querySelectorAll("[data-move]")) {
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const zone = phones.active()?.zone ?? "";
      drawClock((await post("/page/clock", { button: button.dataset.move, zone })).now_ms);
    } catch (error) {
      say(error.message);
    } finally {
      button.disabled = false;
      button.focus();
      soon();
    }
  });
}

phones.whenChosen(() => {
  const phone = phones.active();
  byId("seven-where").textContent = phone ? `for ${phone.name}` : "";
});

/** On a small screen one panel shows at a time. */
function drawTabs() {
  const tab = (label, panel, note) => {
    const button = el("button", { type: "button", "aria-controls": panel, "aria-pressed": String(panel === shown) }, label);
    if (note) button.append(el("small", {}, note));
    button.addEventListener("click", () => show(panel));
    return button;
  };
  const panels = [...document.querySelectorAll(".phone")].map((node) => node.id);
  shown ??= panels[0];
  byId("tabs").replaceChildren(
    ...phones.all().map((phone, place) => tab(phone.name, panels[place])),
    tab("Wire", "wire"),
    (() => {
      const more = el("button", { type: "button", className: "more", "aria-label": "Another phone" }, "+");
      more.addEventListener("click", openDialog);
      return more;
    })(),
  );
  show(shown);
}

function show(panel) {
  shown = panel;
  document.body.dataset.panel = panel === "wire" ? "wire" : "phones";
  for (const node of document.querySelectorAll(".phone")) node.classList.toggle("shown", node.id === panel);
  for (const button of byId("tabs").querySelectorAll("[aria-controls]")) {
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-controls") === panel));
  }
  const place = [...document.querySelectorAll(".phone")].findIndex((node) => node.id === panel);
  if (place >= 0) {
    const { number } = phones.all()[place];
    phones.choose(number);
    phones.reveal(number);
  }
}

function addPhone(phone) {
  phones.add(phone);
  drawTabs();
}

function openDialog() {
  byId("dialog").showModal();
}

byId("add").addEventListener("click", openDialog);
byId("cancel").addEventListener("click", () => byId("dialog").close());
byId("new-phone").addEventListener("submit", async () => {
  try {
    const phone = await post("/page/phones", { country: byId("country").value });
    addPhone(phone);
    const panel = [...document.querySelectorAll(".phone")].at(-1);
    show(panel.id);
    panel.scrollIntoView({ inline: "end", block: "nearest" });
    panel.querySelector("textarea").focus({ preventScroll: true });
    soon();
  } catch (error) {
    say(error.message);
  }
});

await load();
listen();
await refresh();
setInterval(refresh, 1000);
