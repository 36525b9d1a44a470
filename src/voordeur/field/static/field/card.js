/** The card at the door: one hand, two minutes. Every tap is kept before anything else happens. */

import { back, gonePage, known, names } from "./day.js";
import { h, icon, once } from "./dom.js";
import * as outbox from "./outbox.js";
import { signaturePad } from "./signature.js";
import { clock, day, money, t } from "./words.js";

/** @typedef {import("./app.js").Now} Now */

/**
 * What is recorded, as core/visit_card.py reads it.
 * @typedef {{card: string, address: string, result?: string, reasons: string[], needs: string[], agreed: string[],
 *   words: string, wants_help: boolean, help_told: boolean, objects: boolean, card_left: boolean, pays: boolean,
 *   promise_cents: number, promise_until: string, next_day: string, next_part: string, channels: string[],
 *   parts: string[], given: "" | "yes" | "no", signature: string, danger: string}} Card
 */

const RESULTS = () => [["met", t("Gesproken")], ["not_met", t("Niemand thuis")], ["refused", t("Wil niet praten")], ["moved", t("Woont hier niet meer")], ["unsafe", t("Niet veilig, ik ging weg")]];
const REASONS = () => [["less_income", t("Minder inkomen")], ["family", t("Gezin veranderd")], ["benefit", t("Toeslag klopt niet")], ["payment_failed", t("Betaling mislukt")], ["forgotten", t("Vergeten of te laat")], ["disputes", t("Bedrag klopt niet")], ["other_debts", t("Ook andere rekeningen")], ["other", t("Iets anders")]];
const NEEDS = () => [["repair", t("Iets is stuk in huis")], ["papers", t("Hulp bij post")], ["work", t("Hulp bij werk")], ["language", t("Hulp bij Nederlands")], ["contact", t("Iemand om mee te praten")]];
const PARTS = () => [["morning", t("Ochtend")], ["afternoon", t("Middag")], ["evening", t("Avond")]];
const CHANNELS = () => [["phone", t("Bellen")], ["message", t("Bericht")], ["visit", t("Langskomen")], ["letter", t("Brief")]];
const DANGERS = () => [["", t("Niets")], ["threat", t("Er is gedreigd")], ["dog", t("Losse hond")], ["building", t("Trap of ingang gevaarlijk")]];
const READ_ALOUD = "Mag de gemeente u bellen, en mogen wij vertellen wat u vandaag zei? U mag nee zeggen.";

/** @param {any} door @returns {Card} */
const emptyCard = (door) => ({
  card: crypto.randomUUID(), address: door.where.address, reasons: [], needs: [], agreed: [], words: "", wants_help: false,
  help_told: false, objects: false, card_left: false, pays: false, promise_cents: Math.max(0, door.money?.open ?? 0),
  promise_until: "", next_day: "", next_part: "", channels: [], parts: [], given: "", signature: "", danger: "",
});

/** @param {Now} now @param {string[]} rest */
export async function cardPage(now, [number]) {
  const door = now.packet.doors.find((/** @type {any} */ one) => String(one.tenancy) === number);
  if (!door) return gonePage();
  /** @type {Card} */
  const card = { ...emptyCard(door), ...((await outbox.draft(door.tenancy)) ?? {}) };
  const status = h("p", { role: "status" });
  const form = h("form", { class: "vd-choices", novalidate: true, on: { submit: (/** @type {Event} */ event) => press(event) } });

  async function keep() {
    status.replaceChildren();
    await outbox.saveDraft(door.tenancy, card);
    status.replaceChildren(icon("circle-check"), t("Bewaard op deze telefoon om {time}", { time: clock(Date.now()) }));
    fit(form, card);
  }

  const press = once(async () => {
    const lacking = whatIsLacking(card);
    if (lacking) return complain(form, lacking);
    await outbox.add("visit", door.tenancy, asSent(card));
    location.hash = "#/";
    return true;
  });

  form.append(...questions(card, keep, now.packet.day));
  fit(form, card);
  const open = door.money?.open > 0 ? `${money(door.money.open)} ${t("open")}` : "";
  const submit = h("button", { class: "vd-button vd-button--main vd-button--big vd-button--wide", type: "button", on: { click: press } }, t("Klaar, bewaar dit bezoek"));
  return [
    back(door.where.address, "#/", [names(door), open].filter(Boolean).join(" · ")),
    h("main", { id: "inhoud" }, h("h1", { class: "vd-hidden", tabindex: "-1" }, t("Gesprek aan de deur, {address}", { address: door.where.address })), ...known(door), form),
    h("div", { class: "vd-dock" }, submit, status),
  ];
}

/**
 * All questions; which of them are asked depends on what happened: data-when names the results.
 * @param {Card} card @param {() => Promise<void>} keep @param {string} today
 */
function questions(card, keep, today) {
  const soon = { min: today, max: later(today, 60) };
  return [
    one(t("Wat gebeurde er?"), "result", RESULTS(), card, keep),
    h("div", { "data-when": "not_met" }, tick("card_left", t("Kaartje in de bus gedaan"), "", card, keep)),
    several(t("Wat speelt er?"), "reasons", REASONS(), card, keep, { when: "met", more: t("wat de huurder zelf zegt"), hint: true }),
    several(t("Wat is er nog meer nodig?"), "needs", NEEDS(), card, keep, { when: "met" }),
    agreements(card, keep, soon),
    consent(card, keep),
    several(t("Hoe wil de huurder contact?"), "channels", CHANNELS(), card, keep, { when: "met", more: t("niets gekozen: maakt niet uit") }),
    nextMoment(card, keep, soon),
    h("div", { class: "vd-field", "data-when": "met refused moved not_met unsafe" }, h("label", { for: "words" }, t("In eigen woorden (hoeft niet)")), words(card, keep), health()),
    one(t("Gevaar voor wie hier aanbelt?"), "danger", DANGERS(), card, keep, "met refused unsafe", t("blijft 90 dagen staan, alleen voor wie hierheen gaat")),
  ];
}

/** @param {Card} card @param {() => Promise<void>} keep @param {{min: string, max: string}} soon */
function agreements(card, keep, soon) {
  const promise = h(
    "div",
    { class: "vd-two", "data-if": "pays" },
    field("promise_cents", t("Bedrag"), { inputmode: "decimal", value: card.promise_cents ? (card.promise_cents / 100).toFixed(2).replace(".", ",") : "" }, card, keep, cents),
    field("promise_until", t("Op uiterlijk"), { type: "date", ...soon, value: card.promise_until }, card, keep),
  );
  const agreed = (/** @type {string} */ name, /** @type {string} */ title, more = "") => choice("checkbox", "agreed", name, title, more, card.agreed.includes(name), (on) => (toggle(card.agreed, name, on), keep()));
  return h(
    "fieldset",
    { class: "vd-ask", "data-when": "met" },
    h("legend", {}, t("Wat spreken jullie af?")),
    tick("pays", t("De huurder betaalt zelf"), "", card, keep),
    promise,
    agreed("parts", t("Betalen in delen"), t("kantoor maakt een voorstel")),
    agreed("check", t("Samen regelingen nakijken")),
    agreed("municipality", t("De gemeente belt"), t("alleen na een ja hieronder")),
    agreed("again", t("Ik kom nog een keer")),
    tick("wants_help", t("Wil hulp"), "", card, keep),
    tick("help_told", t("Ik vertelde welke hulp er is"), "", card, keep),
    tick("objects", t("Wil niet dat wij iets doorgeven"), t("dat leggen we vast, en dan gebeurt het niet"), card, keep),
  );
}

/** @param {Card} card @param {() => Promise<void>} keep */
function consent(card, keep) {
  const answer = (/** @type {"yes" | "no"} */ value, /** @type {string} */ title) => choice("radio", "given", value, title, "", card.given === value, () => ((card.given = value), keep()));
  const sign = signaturePad(card.signature, (path) => ((card.signature = path), keep()));
  return h(
    "fieldset",
    { class: "vd-ask", "data-if": "municipality" },
    h("legend", {}, t("Lees voor")),
    h("p", { class: "vd-aloud" }, t(READ_ALOUD)),
    h("div", { class: "vd-tiles" }, answer("yes", t("Ja, dat is goed")), answer("no", t("Nee, liever niet"))),
    h("div", { "data-if": "given" }, sign),
    h("p", { class: "vd-hint" }, icon("shield-check"), t("De handtekening hoeft niet: een gesproken ja telt ook.")),
  );
}

/** @param {Card} card @param {() => Promise<void>} keep @param {{min: string, max: string}} soon */
function nextMoment(card, keep, soon) {
  return h(
    "fieldset",
    { class: "vd-ask", "data-when": "met refused not_met" },
    h("legend", {}, t("Wanneer ga je weer?"), h("small", {}, t("hoeft niet"))),
    field("next_day", t("Dag"), { type: "date", ...soon, value: card.next_day }, card, keep),
    h("div", { class: "vd-tiles vd-tiles--three" }, ...PARTS().map(([name, title]) => choice("radio", "next_part", name, title, "", card.next_part === name, () => ((card.next_part = name), keep())))),
  );
}

/** @param {Card} card @param {() => Promise<void>} keep */
function words(card, keep) {
  const area = /** @type {HTMLTextAreaElement} */ (h("textarea", { id: "words", rows: 3, maxlength: 500, "aria-describedby": "gezond", on: { input: () => ((card.words = area.value), keep()) } }));
  area.value = card.words;
  return area;
}

const health = () => h("p", { class: "vd-hint", id: "gezond" }, icon("shield-check"), t("Schrijf niets op over gezondheid."));

// --- parts of a question ---

/** @param {string} title @param {"result" | "danger"} name @param {string[][]} options @param {Card} card @param {() => Promise<void>} keep */
function one(title, name, options, card, keep, when = "", more = "") {
  const tiles = options.map(([value, label]) => choice("radio", name, value, label, "", card[name] === value, () => ((card[name] = value), keep())));
  return h("fieldset", { class: "vd-ask", "data-when": when || null, id: `ask-${name}` }, h("legend", {}, title, more ? h("small", {}, more) : null), h("div", { class: "vd-tiles" }, ...tiles));
}

/**
 * @param {string} title @param {"reasons" | "needs" | "channels"} name @param {string[][]} options @param {Card} card
 * @param {() => Promise<void>} keep @param {{when: string, more?: string, hint?: boolean}} how
 */
function several(title, name, options, card, keep, { when, more = "", hint = false }) {
  const tiles = options.map(([value, label]) => choice("checkbox", name, value, label, "", card[name].includes(value), (on) => (toggle(card[name], value, on), keep())));
  const aside = hint ? h("p", { class: "vd-hint" }, icon("shield-check"), t("Schrijf niets op over gezondheid.")) : null;
  return h("fieldset", { class: "vd-ask", "data-when": when }, h("legend", {}, title, more ? h("small", {}, more) : null), h("div", { class: "vd-tiles" }, ...tiles), aside);
}

/** @param {"pays" | "wants_help" | "help_told" | "objects" | "card_left"} name @param {string} title @param {string} more @param {Card} card @param {() => Promise<void>} keep */
const tick = (name, title, more, card, keep) => choice("checkbox", name, "yes", title, more, card[name], (on) => ((card[name] = on), keep()));

/**
 * One big thing to tap. @param {"radio" | "checkbox"} type @param {string} name @param {string} value
 * @param {string} title @param {string} more @param {boolean} on @param {(on: boolean) => unknown} change
 */
function choice(type, name, value, title, more, on, change) {
  const input = /** @type {HTMLInputElement} */ (h("input", { type, name, value, checked: on, on: { change: () => change(input.checked) } }));
  const box = h("span", { class: type === "radio" ? "vd-choice__box vd-choice__box--one" : "vd-choice__box" }, type === "radio" ? null : icon("check"));
  return h("label", { class: "vd-choice" }, input, box, h("span", {}, h("span", {}, title), more ? h("span", { class: "vd-choice__more" }, more) : null));
}

/**
 * A field with its label. @param {"promise_cents" | "promise_until" | "next_day"} name @param {string} title
 * @param {Record<string, string>} attributes @param {Card} card @param {() => Promise<void>} keep @param {(text: string) => any} read
 */
function field(name, title, attributes, card, keep, read = (text) => text) {
  const input = /** @type {HTMLInputElement} */ (h("input", { id: name, ...attributes, on: { change: () => ((/** @type {any} */ (card)[name] = read(input.value)), keep()) } }));
  return h("div", { class: "vd-field" }, h("label", { for: name }, title), input);
}

// --- what follows from an answer ---

/** Ask only what belongs to what happened. @param {HTMLElement} form @param {Card} card */
function fit(form, card) {
  const holds = { pays: card.pays, municipality: card.result === "met" && card.agreed.includes("municipality"), given: card.given === "yes" };
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-when]"))) part.hidden = !(part.dataset.when ?? "").split(" ").includes(card.result ?? "");
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-if]"))) part.hidden = !holds[/** @type {keyof typeof holds} */ (part.dataset.if)];
}

/** @param {Card} card @returns {[string, string] | null} which field, and what to do */
function whatIsLacking(card) {
  if (!card.result) return ["ask-result", t("Kies eerst wat er gebeurde.")];
  if (card.result !== "met") return null;
  if (card.pays && !card.promise_until) return ["promise_until", t("Kies op welke dag de huurder uiterlijk betaalt.")];
  if (card.pays && !card.promise_cents) return ["promise_cents", t("Vul het bedrag in, zoals 655,15.")];
  if (card.agreed.includes("municipality") && !card.given) return ["given", t("Lees de vraag voor en kies ja of nee.")];
  return null;
}

/** @param {HTMLElement} form @param {[string, string]} lacking */
function complain(form, [where, text]) {
  form.querySelectorAll(".vd-field__error").forEach((one) => one.remove());
  const place = /** @type {HTMLElement} */ (form.querySelector(`#${where}, [name="${where}"]`));
  const error = h("p", { class: "vd-field__error", id: "lacking", role: "alert" }, text);
  (place.closest("fieldset, .vd-field") ?? form).prepend(error);
  const first = /** @type {HTMLElement} */ (place.matches("input") ? place : place.querySelector("input"));
  first.setAttribute("aria-describedby", "lacking");
  first.focus();
  error.scrollIntoView({ block: "center" });
}

/** The card as the server reads it: without what belongs to an answer that was taken back. @param {Card} card */
function asSent(card) {
  const met = card.result === "met";
  const asked = met && card.agreed.includes("municipality") && card.given;
  const consent = { purpose: "handover", given: card.given === "yes", way: card.given === "yes" && card.signature ? "signed" : "spoken", text: READ_ALOUD, signature: card.given === "yes" ? card.signature : "" };
  return {
    card: card.card, address: card.address, result: card.result, words: card.words,
    ...(met ? { reasons: card.reasons, needs: card.needs, agreed: card.agreed, wants_help: card.wants_help, help_told: card.help_told, objects: card.objects } : {}),
    ...(met && card.pays ? { promise_cents: card.promise_cents, promise_until: card.promise_until } : {}),
    ...(met && card.channels.length ? { wish: { channels: card.channels } } : {}),
    ...(asked ? { consent } : {}),
    ...(card.result === "not_met" ? { card_left: card.card_left } : {}),
    ...(["met", "refused", "not_met"].includes(card.result ?? "") && card.next_day ? { next_day: card.next_day, next_part: card.next_part || null } : {}),
    ...(["met", "refused", "unsafe"].includes(card.result ?? "") && card.danger ? { danger: card.danger } : {}),
  };
}

/** @param {string[]} list @param {string} name @param {boolean} on */
function toggle(list, name, on) {
  const at = list.indexOf(name);
  if (on && at < 0) list.push(name);
  if (!on && at >= 0) list.splice(at, 1);
}

/** Cents of `655,15`; 0 when it is no amount. @param {string} text */
function cents(text) {
  const found = /^\s*(?:€\s*)?(\d{1,6})(?:[.,](\d{1,2}))?\s*$/.exec(text);
  return found ? Number(found[1]) * 100 + Number((found[2] ?? "0").padEnd(2, "0")) : 0;
}

/** @param {string} iso @param {number} days */
function later(iso, days) {
  const moment = new Date(`${iso}T12:00Z`);
  moment.setUTCDate(moment.getUTCDate() + days);
  return moment.toISOString().slice(0, 10);
}
