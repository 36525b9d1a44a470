/** What is on this phone and until when, what still has to be sent, and looking up a door that is not on the list. */

import { back, tabs } from "./day.js";
import { h, icon, once } from "./dom.js";
import { contact, post, signOut } from "./sync.js";
import { choose, clock, day, language, t } from "./words.js";
import { remembered } from "./store.js";

/** @typedef {import("./app.js").Now} Now */

/** @param {Now} now */
export async function keptPage(now) {
  const { doors, until, made } = now.packet;
  const last = await remembered("contact");
  const facts = [
    t("Adressen van vandaag: {n}", { n: doors.length }),
    t("Opgeschreven vandaag: {n}", { n: now.done.length }),
    t("Begonnen en nog niet klaar: {n}", { n: now.drafts.length }),
    t("Nog te versturen: {n}", { n: now.waiting }),
  ];
  return [
    h("header", { class: "vd-phone__head" }, h("h1", { tabindex: "-1" }, t("Wat staat er op deze telefoon"))),
    h(
      "main",
      { id: "inhoud" },
      h("section", { class: "vd-panel" }, h("ul", { class: "vd-plain vd-say" }, ...facts.map((one) => h("li", {}, one)))),
      h(
        "section",
        { class: "vd-panel", "aria-labelledby": "tot" },
        h("h2", { id: "tot" }, t("Leesbaar tot en met {day}, {time}", lastMoment(until))),
        h("p", {}, t("Daarna, of als je uitlogt, is hier niets meer te lezen.")), h("p", {}, t("Wat nog niet verstuurd is, blijft verzegeld bewaard tot het kantoor het heeft.")),
        h("p", { class: "vd-quiet" }, t("Bijgewerkt om {time}.", { time: clock(last ?? made) })),
      ),
      sendButton(now.waiting),
      settings(),
      h("p", {}, h("button", { class: "vd-button vd-button--other vd-button--big vd-button--wide", type: "button", on: { click: once(signOut) } }, t("Uitloggen en wissen"))),
    ),
    tabs("bewaard"),
  ];
}

/** The last minute in which it can be read, in local time. @param {string} until */
function lastMoment(until) {
  const moment = new Date(Date.parse(until) - 60_000);
  return { day: day(moment.toLocaleDateString("sv-SE")), time: clock(moment.getTime()) };
}

/** @param {number} waiting */
function sendButton(waiting) {
  const status = h("p", { class: "vd-quiet", role: "status" });
  const press = async () => {
    status.textContent = t("Bezig met versturen.");
    const found = await contact();
    status.textContent = found === "no network" ? t("Er is nu geen internet.") : t("Alles is verstuurd en bijgewerkt.");
  };
  return h("div", {}, h("button", { class: "vd-button vd-button--main vd-button--big vd-button--wide", type: "button", on: { click: press } }, waiting ? t("Nu versturen") : t("Nu bijwerken")), status);
}

function settings() {
  const light = (/** @type {string} */ name, /** @type {string} */ title) =>
    h("button", { type: "button", "aria-pressed": (localStorage.getItem("licht") ?? "") === name, on: { click: () => setLight(name) } }, title);
  const other = language() === "nl" ? ["en", "English"] : ["nl", "Nederlands"];
  return h(
    "section",
    { class: "vd-panel vd-settings", "aria-label": t("Instellingen") },
    h("div", { class: "vd-light" }, h("fieldset", {}, h("legend", {}, t("Licht")), light("", t("Als het toestel")), light("licht", t("Dag")), light("avond", t("Avond")), light("buiten", t("Felle zon")))),
    h("p", { class: "vd-language" }, h("button", { type: "button", lang: other[0], on: { click: () => choose(other[0]).then(() => dispatchEvent(new Event("hashchange"))) } }, other[1])),
    h("p", {}, h("a", { href: "/vandaag/" }, t("Naar de lijst van de hele week"))),
  );
}

/** @param {string} name */
function setLight(name) {
  if (name) localStorage.setItem("licht", name);
  else localStorage.removeItem("licht");
  if (name) document.documentElement.dataset.licht = name;
  else delete document.documentElement.dataset.licht;
  dispatchEvent(new Event("hashchange"));
}

/** Look up a door in the own neighbourhoods; only with network. */
export async function searchPage() {
  const found = h("div", { role: "status" });
  const field = /** @type {HTMLInputElement} */ (h("input", { id: "q", name: "q", type: "search", autocomplete: "off", maxlength: 80 }));
  const ask = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const answer = await post("/veld/zoek/", { q: field.value });
    found.replaceChildren(answer ? results(answer.found) : h("p", {}, t("Zoeken kan alleen met internet.")));
  };
  return [
    back(t("Zoek"), "#/"),
    h(
      "main",
      { id: "inhoud" },
      h("h1", { tabindex: "-1" }, t("Zet een adres op je lijst")),
      h("form", { class: "vd-form", role: "search", on: { submit: ask } }, h("div", { class: "vd-field" }, h("label", { for: "q" }, t("Straat en huisnummer")), field), h("button", { class: "vd-button vd-button--main vd-button--big vd-button--wide" }, t("Zoek"))),
      found,
    ),
    tabs("zoek"),
  ];
}

/** @param {{tenancy: number, address: string}[]} found */
function results(found) {
  if (!found.length) return h("p", {}, t("Niets gevonden in jouw wijk."));
  const put = async (/** @type {number} */ tenancy) => {
    await post("/veld/zoek/", { add: tenancy });
    await contact();
    location.hash = `#/deur/${tenancy}`;
  };
  const line = (/** @type {{tenancy: number, address: string}} */ one) =>
    h("li", {}, h("button", { type: "button", class: "vd-button vd-button--other vd-button--wide", on: { click: () => put(one.tenancy) } }, icon("door-open"), one.address));
  return h("ul", { class: "vd-plain vd-found" }, ...found.map(line));
}
