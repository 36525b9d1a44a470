/** The sentences of the app: Dutch is the key, English comes from the server's list (field/words.py). */

/** @type {Record<string, string>} */
let english = {};
let chosen = "nl";

/** Fetch the list and choose a language: what was chosen before, else that of the phone. */
export async function loadWords() {
  chosen = localStorage.getItem("taal") ?? (navigator.language.startsWith("nl") ? "nl" : "en");
  document.documentElement.lang = chosen;
  if (chosen === "en") english = await (await fetch("/veld/woorden.json")).json();
}

/** The language of the screen. */
export const language = () => chosen;

/** Another language from now on. @param {string} wanted */
export async function choose(wanted) {
  localStorage.setItem("taal", wanted);
  await loadWords();
}

/**
 * A sentence in the language of the screen, with its blanks filled in: t("Bel {wie}", {wie: "..."}).
 * @param {string} dutch @param {Record<string, string | number>} [blanks]
 */
export function t(dutch, blanks = {}) {
  const said = chosen === "en" ? (english[dutch] ?? dutch) : dutch;
  return said.replace(/\{(\w+)\}/g, (_, name) => String(blanks[name] ?? ""));
}

/** One of a pair that the server made. @param {[string, string] | null | undefined} pair */
export const said = (pair) => (pair ? pair[chosen === "en" ? 1 : 0] : "");

const locale = () => (chosen === "en" ? "en-GB" : "nl-NL");

/** `€ 655,15`. @param {number} cents */
export const money = (cents) =>
  (cents / 100).toLocaleString(locale(), { style: "currency", currency: "EUR", minimumFractionDigits: 2 });

/** `dinsdag 10 november`. @param {string} iso */
export const day = (iso) =>
  new Date(`${iso}T12:00`).toLocaleDateString(locale(), { weekday: "long", day: "numeric", month: "long" });

/** `10:19`. @param {number | string} moment */
export const clock = (moment) => new Date(moment).toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit" });
