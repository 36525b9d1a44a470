/** The day: whose door is next, which come after it, which are done. */

import { drawing, h, icon } from "./dom.js";
import { clock, day, money, said, t } from "./words.js";

/** @typedef {import("./app.js").Now} Now */

/** @param {Now} now */
export async function todayPage(now) {
  const { doors, paid } = now.packet;
  const finished = new Map(now.done.filter((one) => one.kind === "visit").map((one) => [one.tenancy, one]));
  const left = doors.filter((/** @type {any} */ one) => !finished.has(one.tenancy));
  const [next, ...others] = left;
  return [
    head(now.packet, left.length + finished.size, finished.size),
    h(
      "main",
      { id: "inhoud" },
      waitingNote(now),
      ...paid.filter((/** @type {any} */ one) => !finished.has(one.tenancy)).map(paidNote),
      next ? greenDoor(next, now) : nothingLeft(finished.size),
      others.length ? rows(t("Daarna"), others, now) : null,
      finished.size ? doneRows(now, finished) : null,
      h("p", { class: "vd-end" }, t("Dat is alles.")),
    ),
    tabs(""),
  ];
}

/** @param {any} packet @param {number} all @param {number} ready */
function head(packet, all, ready) {
  const places = [...new Set(packet.doors.map((/** @type {any} */ one) => one.where.neighbourhood))].filter(Boolean);
  return h(
    "header",
    { class: "vd-phone__head" },
    h("p", { class: "vd-quiet" }, [day(packet.day), ...places].join(" · ")),
    h("h1", { tabindex: "-1" }, t("Vandaag")),
    all ? h("div", { class: "vd-doors" }, doorsDone(all, ready)) : null,
  );
}

/** One small door for each visit. @param {number} all @param {number} ready */
function doorsDone(all, ready) {
  /** @type {[string, Record<string, string | number>][]} */
  const shapes = [];
  for (let at = 0; at < all; at += 1) {
    const x = at * 20;
    const done = at < ready;
    shapes.push(["rect", { x: x + 1, y: 1, width: 13, height: 22, rx: 2.5, class: done ? "vd-doors__done" : "vd-doors__open" }]);
    if (done) shapes.push(["path", { d: `M${x + 4} 12.5l2.5 2.5 4.5-5.5`, class: "vd-doors__tick" }]);
  }
  const label = t("{n} van {all} deuren gedaan", { n: ready, all });
  return drawing({ viewBox: `0 0 ${all * 20 - 4} 24`, role: "img", "aria-label": label }, shapes);
}

/** @param {Now} now */
function waitingNote(now) {
  if (!now.waiting) return null;
  return h(
    "p",
    { class: "vd-note vd-note--wait", role: "status" },
    icon("hourglass"),
    h("span", {}, h("b", { class: "vd-strong" }, t("Nog te versturen: {n}.", { n: now.waiting })), h("br"), t("Dat gebeurt zodra er internet is.")),
  );
}

/** @param {any} one */
function paidNote(one) {
  return h(
    "p",
    { class: "vd-note vd-note--paid", role: "status" },
    icon("circle-check"),
    h("span", {}, h("b", { class: "vd-strong" }, t("{address} heeft betaald.", { address: one.address })), h("br"), t("Niet langsgaan voor geld.")),
  );
}

/** @param {any} door @param {Now} now */
function greenDoor(door, now) {
  const phone = door.who.map((/** @type {any} */ one) => one.phone).find(Boolean);
  const { address } = door.where;
  return h(
    "section",
    { class: "vd-next vd-door", "aria-labelledby": "nu" },
    h("p", { class: "vd-next__label" }, when(door) || t("Nu")),
    h("div", { class: "vd-door__where" }, h("h2", { id: "nu" }, address), h("p", {}, [names(door), tries(door)].filter(Boolean).join(" · "))),
    h("p", { class: "vd-next__reason" }, said(door.money?.reason)),
    danger(door),
    door.money?.open > 0 ? fact(door) : null,
    h(
      "div",
      { class: phone ? "vd-door__go" : "vd-door__go vd-door__go--two" },
      h("a", { class: "vd-button vd-button--ondoor vd-button--big", href: `#/kaartje/${door.tenancy}` }, icon("door-open"), now.drafts.includes(door.tenancy) ? t("Verder invullen") : t("Ik ben er")),
      route(door),
      phone ? h("a", { class: "vd-button vd-button--otherondoor vd-button--big vd-button--icon", href: `tel:${phone}`, "aria-label": t("Bel {address}", { address }) }, icon("phone")) : null,
    ),
  );
}

/** @param {any} door */
const fact = (door) =>
  h(
    "p",
    { class: "vd-door__fact" },
    h("span", {}, h("b", { class: "vd-strong vd-num" }, money(door.money.open)), ` ${t("open")}`),
    h("span", {}, t("dagen te laat: {n}", { n: door.money.days })),
  );

/** @param {any} door */
function route(door) {
  const { address, place, at } = door.where;
  const to = at ? `geo:${at[0]},${at[1]}?q=${at[0]},${at[1]}(${encodeURIComponent(address)})` : `geo:0,0?q=${encodeURIComponent(`${address} ${place}`)}`;
  return h("a", { class: "vd-button vd-button--otherondoor vd-button--big vd-button--icon", href: to, "aria-label": t("Wijs de weg naar {address}", { address }) }, icon("navigation"));
}

/** @param {number} all */
function nothingLeft(all) {
  const text = all ? t("Alle deuren van vandaag zijn gedaan.") : t("Hier komen de adressen waar een gesprek aan de deur nu helpt. Op dit moment zijn er geen. Dat is goed nieuws.");
  return h("section", { class: "vd-panel vd-empty" }, icon("circle-check"), h("h2", {}, all ? t("Klaar voor vandaag") : t("Vandaag hoef je nergens langs te gaan")), h("p", {}, text));
}

/** @param {string} title @param {any[]} doors @param {Now} now */
function rows(title, doors, now) {
  return h(
    "section",
    { class: "vd-panel vd-panel--flush", "aria-labelledby": "daarna" },
    h("h2", { class: "vd-list__head", id: "daarna" }, title),
    h("ul", { class: "vd-list" }, ...doors.map((door) => h("li", {}, row(door, now)))),
  );
}

/** @param {any} door @param {Now} now */
function row(door, now) {
  const begun = now.drafts.includes(door.tenancy) ? `${t("Begonnen, nog niet klaar.")} ` : "";
  return h(
    "a",
    { class: "vd-row", href: `#/deur/${door.tenancy}` },
    h("span", { class: "vd-row__time" }, when(door) || String(now.packet.doors.indexOf(door) + 1)),
    h("span", {}, h("span", { class: "vd-row__what" }, door.where.address), h("span", { class: "vd-row__why" }, begun + (said(door.money?.quiet) || said(door.why)))),
    icon("chevron-right"),
  );
}

/** @param {Now} now @param {Map<number, any>} finished */
function doneRows(now, finished) {
  const line = (/** @type {any} */ one) =>
    h(
      "li",
      { class: "vd-row vd-row--plain" },
      icon(one.sent ? "circle-check" : "hourglass"),
      h("span", {}, h("span", { class: "vd-row__what" }, one.payload.address), h("span", { class: "vd-row__why" }, `${clock(one.at)} · ${one.sent ? t("verstuurd") : t("nog te versturen")}`)),
    );
  return h(
    "section",
    { class: "vd-panel vd-panel--flush", "aria-labelledby": "gedaan" },
    h("h2", { class: "vd-list__head", id: "gedaan" }, t("Gedaan")),
    h("ul", { class: "vd-list" }, ...[...finished.values()].map(line)),
  );
}

/** One door, before somebody is there. @param {Now} now @param {string[]} rest */
export async function doorPage(now, [number]) {
  const door = now.packet.doors.find((/** @type {any} */ one) => String(one.tenancy) === number);
  if (!door) return gonePage();
  return [back(door.where.address, "#/"), h("main", { id: "inhoud" }, h("h1", { class: "vd-hidden", tabindex: "-1" }, door.where.address), greenDoor(door, now), ...known(door)), tabs("")];
}

/** An address that was on the phone and is not any more. */
export function gonePage() {
  return [back(t("Vandaag"), "#/"), h("main", { id: "inhoud" }, h("h1", { tabindex: "-1" }, t("Dit adres staat niet meer op je lijst.")), h("p", {}, t("Het is betaald, of een collega gaat erheen."))), tabs("")];
}

/** What to know at this door: wishes, what may be said, earlier attempts. @param {any} door @returns {HTMLElement[]} */
export function known(door) {
  return [wish(door), schemesLink(door), arrangementLink(door), mayBeSaid(door), earlier(door)].filter((one) => one !== null);
}

/** @param {any} door */
function danger(door) {
  if (!door.safety) return door.two ? h("p", { class: "vd-note vd-note--wait" }, icon("user"), h("span", {}, t("Ga hier met twee personen heen."))) : null;
  return h("p", { class: "vd-note vd-note--wait" }, icon("shield-check"), h("span", {}, h("b", { class: "vd-strong" }, said(door.safety.words)), h("br"), t("Opgeschreven op {day}.", { day: day(door.safety.on) })));
}

/** @param {any} door */
function wish(door) {
  if (!door.wish?.words?.length) return null;
  return h("section", { class: "vd-panel" }, h("h2", {}, t("Wat de huurder wil")), h("ul", { class: "vd-plain" }, ...door.wish.words.map((/** @type {any} */ one) => h("li", {}, said(one)))));
}

/** @param {any} door */
function schemesLink(door) {
  if (!door.schemes) return null;
  return h("p", {}, h("a", { class: "vd-button vd-button--other vd-button--big vd-button--wide", href: `#/regelingen/${door.tenancy}` }, icon("list-checks"), t("Regelingen-check")));
}

/** @param {any} door */
function arrangementLink(door) {
  if (!door.arrangement) return null;
  return h("p", {}, h("a", { class: "vd-button vd-button--other vd-button--big vd-button--wide", href: `#/regeling/${door.tenancy}` }, icon("calendar-days"), t("Regeling maken")));
}

/** @param {any} door */
function mayBeSaid(door) {
  return h(
    "details",
    { class: "vd-panel vd-fold" },
    h("summary", {}, h("h2", {}, t("Wat mag je zeggen en vragen?")), icon("chevron-down")),
    h("ul", { class: "vd-plain vd-say" }, ...door.say.map((/** @type {any} */ one) => h("li", {}, said(one)))),
  );
}

/** @param {any} door */
function earlier(door) {
  if (!door.attempts?.length) return null;
  return h(
    "details",
    { class: "vd-panel vd-fold" },
    h("summary", {}, h("h2", {}, t("Eerdere contacten: {n}", { n: door.attempts.length })), icon("chevron-down")),
    h("ul", { class: "vd-plain vd-say" }, ...door.attempts.map((/** @type {any} */ one) => h("li", {}, h("b", {}, day(one.day)), ` · ${said(one.words)}`, one.agreed ? h("br") : null, one.agreed))),
  );
}

/** @param {any} door */
export const names = (door) => door.who.map((/** @type {any} */ one) => one.name).join(", ");

/** @param {any} door */
const tries = (door) => (door.money?.step === "second_visit" ? t("tweede keer langs") : door.money?.step === "visit" ? t("eerste keer langs") : "");

/** @param {any} door */
function when(door) {
  if (door.start === null || door.start === undefined) return "";
  return `${String(Math.floor(door.start / 60)).padStart(2, "0")}:${String(door.start % 60).padStart(2, "0")}`;
}

/** The line on top of a page inside the day. @param {string} title @param {string} to @param {string} [more] */
export function back(title, to, more = "") {
  return h(
    "header",
    { class: "vd-phone__back" },
    h("a", { href: to, "aria-label": t("Terug naar Vandaag") }, icon("chevron-left")),
    h("p", {}, h("b", { class: "vd-strong" }, title), more ? h("br") : null, more ? h("span", { class: "vd-small vd-quiet" }, more) : null),
  );
}

/** The menu. @param {string} here */
export function tabs(here) {
  const place = (/** @type {string} */ name, /** @type {string} */ title, /** @type {string} */ sign) =>
    h("li", {}, h("a", { href: `#/${name}`, "aria-current": name === here ? "page" : null }, icon(sign), title));
  return h("nav", { class: "vd-tabs", "aria-label": t("Menu onderaan") }, h("ul", {}, place("", t("Vandaag"), "list-checks"), place("zoek", t("Zoek"), "search"), place("bewaard", t("Bewaard"), "smartphone")));
}
