/** The phone app: starts from what is on the phone, and asks the server afterwards. */

import { arrangementPage } from "./arrangement.js";
import { cardPage } from "./card.js";
import { doorPage, todayPage } from "./day.js";
import { h, show } from "./dom.js";
import { keptPage, searchPage } from "./kept.js";
import * as outbox from "./outbox.js";
import { schemesPage } from "./schemes.js";
import { dayKey } from "./seal.js";
import { begin, contact, finishLeaving, keepInContact, packet } from "./sync.js";
import { loadWords, t } from "./words.js";

/** @typedef {{packet: any, waiting: number, done: any[], drafts: number[]}} Now  what the screen shows */

const SIGN_IN = "/account/inloggen/?next=/veld/";

/** Pages by the first word of the address after #. @type {Record<string, (now: Now, rest: string[]) => Promise<HTMLElement[]>>} */
const PAGES = { "": todayPage, deur: doorPage, kaartje: cardPage, regelingen: schemesPage, regeling: arrangementPage, bewaard: keptPage, zoek: searchPage };

/** Show the page of this address. @param {{keepPlace?: boolean}} [how] the same page again: leave it where it is */
async function draw({ keepPlace = false } = {}) {
  const [name, ...rest] = location.hash.replace(/^#\/?/, "").split("/");
  const found = await packet();
  if (!found) return show(...(await entrance()));
  const now = {
    packet: found,
    waiting: await outbox.count(),
    done: await outbox.done(),
    drafts: await outbox.drafts(),
  };
  show(...(await (PAGES[name] ?? todayPage)(now, rest)));
  if (keepPlace) return;
  scrollTo(0, 0);
  document.querySelector("h1")?.focus({ preventScroll: true });
}

/** The page for who is not signed in, or whose day is over. */
async function entrance() {
  const waiting = await outbox.count();
  const said = waiting
    ? h("p", { class: "vd-note vd-note--wait" }, h("span", {}, t("Nog te versturen: {n}. Dat staat verzegeld op deze telefoon en gaat weg zodra er internet is.", { n: waiting })))
    : null;
  return [
    h(
      "main",
      { id: "inhoud", class: "vd-veld-entrance" },
      h("h1", { tabindex: "-1" }, t("Voordeur voor onderweg")),
      h("p", {}, t("Meld je aan als je internet hebt. Daarna werkt je dag ook zonder.")),
      said,
      h("p", {}, h("a", { class: "vd-button vd-button--main vd-button--big vd-button--wide", href: SIGN_IN, on: { click: toSignIn } }, t("Aanmelden"))),
      h("p", { class: "vd-quiet", role: "status", id: "why" }),
    ),
  ];
}

/** First the sign-out that the server does not know of yet: else it would end the sign-in that begins now. @param {Event} event */
async function toSignIn(event) {
  event.preventDefault();
  await finishLeaving();
  location.href = SIGN_IN;
}

/** A key for today, when there is none and somebody is signed in. */
async function startDay() {
  const became = (await dayKey()) ? "begun" : await begin();
  await contact(); // also without a key: what was recorded before goes, sealed as it is
  if (became === "not allowed") say(t("Met jouw rol gaat er geen dag mee op de telefoon."));
  else if (became === "no network") say(t("Er is nu geen internet."));
}

/** @param {string} text */
function say(text) {
  const place = document.getElementById("why");
  if (place) place.textContent = text;
}

async function start() {
  document.documentElement.dataset.licht = localStorage.getItem("licht") ?? "";
  if (!document.documentElement.dataset.licht) delete document.documentElement.dataset.licht;
  await loadWords();
  await draw();
  performance.mark("voordeur-ready");
  addEventListener("hashchange", () => draw());
  addEventListener("voordeur:packet", () => onPages("", "deur", "bewaard", "zoek") && draw({ keepPlace: true }));
  addEventListener("voordeur:ended", () => draw());
  outbox.onChange(() => onPages("", "bewaard") && draw({ keepPlace: true }));
  keepInContact();
  await navigator.serviceWorker?.register("/veld/werker.js", { scope: "/veld/" });
  await startDay();
  await navigator.storage?.persist?.();
}

/** Is one of these pages on the screen? A card that is being filled in is never drawn anew. @param {...string} names */
const onPages = (...names) => names.includes(location.hash.replace(/^#\/?/, "").split("/")[0]);

start();
