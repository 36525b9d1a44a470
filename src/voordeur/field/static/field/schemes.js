/**
 * The check on schemes at the kitchen table: the very same Python as in the office, in a worker of the phone. What was
 * said lives only as long as the app is open; nothing is kept before the tenant says yes.
 */

import { back, gonePage } from "./day.js";
import { h, icon, once } from "./dom.js";
import * as outbox from "./outbox.js";
import { call } from "./python.js";
import { language, t } from "./words.js";

/** @typedef {import("./app.js").Now} Now */
/** @typedef {{said: object[], over: boolean, number: number, html: string}} Screen */

/** What was said until now, by household. @type {Map<number, object[]>} */
const talks = new Map();

/** @param {Now} now @param {string[]} rest */
export async function schemesPage(now, [number]) {
  const door = now.packet.doors.find((/** @type {any} */ one) => String(one.tenancy) === number);
  if (!door?.schemes) return gonePage();
  const main = h("main", { id: "inhoud" }, h("h1", { class: "vd-hidden", tabindex: "-1" }, t("Regelingen-check")), loading());
  take(main, door, now.packet.day, {});
  return [back(t("Regelingen-check"), `#/deur/${door.tenancy}`, `${door.where.address} · ${t("werkt zonder internet")}`), main];
}

const loading = () => h("p", { class: "vd-note vd-note--wait", role: "status" }, icon("hourglass"), h("span", {}, t("De check wordt klaargezet. Je kunt intussen verder met het bezoek.")));

/** One step: what was filled in goes to Python, what comes back is shown. @param {HTMLElement} main @param {any} door @param {string} day @param {Record<string, string[]>} fields */
async function take(main, door, day, fields) {
  const request = { day, language: language(), known: door.schemes, said: talks.get(door.tenancy) ?? [], fields };
  try {
    const screen = await call("voordeur.adapters.scheme_talk", "screen", [request]);
    talks.set(door.tenancy, screen.said);
    main.replaceChildren(form(main, door, day, screen), ...(screen.over ? [consent(door, day, screen.said)] : []));
    performance.mark("voordeur-scheme-screen");
    scrollTo(0, 0);
    const title = main.querySelector("h1");
    title?.setAttribute("tabindex", "-1");
    title?.focus({ preventScroll: true });
  } catch (error) {
    main.replaceChildren(failed(error, () => take(main, door, day, fields)));
  }
}

/** @param {HTMLElement} main @param {any} door @param {string} day @param {Screen} screen */
function form(main, door, day, screen) {
  const made = h("form", { class: "vd-talk", novalidate: true });
  made.innerHTML = screen.html; // our own, made in this phone: every text in it is escaped there
  if (screen.over) made.append(h("input", { type: "hidden", name: "number", value: screen.number }));
  made.addEventListener("submit", (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    /** @type {Record<string, string[]>} */
    const fields = {};
    for (const [name, value] of new FormData(/** @type {HTMLFormElement} */ (made), event.submitter)) (fields[name] ??= []).push(String(value));
    take(main, door, day, fields);
  });
  return made;
}

/** @param {any} door @param {string} day @param {object[]} said */
function consent(door, day, said) {
  const keep = async () => {
    await outbox.add("scheme_check", door.tenancy, { address: door.where.address, day, said, language: language(), consent: true });
    leave();
    return true;
  };
  const leave = () => {
    talks.delete(door.tenancy);
    location.hash = `#/deur/${door.tenancy}`;
  };
  const button = (/** @type {string} */ title, /** @type {() => unknown} */ click) => h("button", { class: "vd-button vd-button--other vd-button--big vd-button--wide", type: "button", on: { click } }, title);
  return h(
    "section",
    { class: "vd-panel vd-stack", "aria-labelledby": "bewaar" },
    h("h2", { id: "bewaar" }, t("Zullen wij dit bewaren?")),
    h("p", {}, t("Dan helpen wij onthouden wat is aangevraagd, en wat het antwoord was. De antwoorden gaan na zes maanden weg. U mag altijd zeggen dat het weg moet.")),
    h("div", { class: "vd-talk__consent" }, button(t("Ja, dat is goed"), once(keep)), button(t("Nee, liever niet"), leave)),
  );
}

/** @param {any} error @param {() => unknown} again */
function failed(error, again) {
  const lines = error?.problems?.map((/** @type {any} */ one) => [one.message, one.cure].map((words) => words[language()]).join(" ")) ?? [
    t("De check staat nog niet op deze telefoon. Dat gebeurt vanzelf zodra er internet is."),
  ];
  return h(
    "div",
    { class: "vd-note vd-note--wait", role: "alert" },
    icon("hourglass"),
    h("div", {}, ...lines.map((/** @type {string} */ line) => h("p", {}, line)), h("p", {}, h("button", { class: "vd-button vd-button--other", type: "button", on: { click: again } }, t("Probeer opnieuw")))),
  );
}
