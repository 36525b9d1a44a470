/**
 * Contact with the server: deliver what was recorded, hear what is true now. Tried at every chance there is: after
 * each save, when the network comes back, when the app comes in sight, every minute, and by a button. Where the browser
 * can, the service worker delivers what is left when the app is closed: see worker.js.
 */

import * as outbox from "./outbox.js";
import { cookie, dayKey, dropKey, open } from "./seal.js";
import { database, device, remember, remembered } from "./store.js";

const AT_ONCE = 50;
const EVERY = 60_000;
const SOON = 4_000;
const PATIENCE = 45_000; // a network that is half there answers nothing for minutes

/** @typedef {"active" | "revoked" | "ended" | "over" | "unknown" | "no network"} Found */

/** @type {Promise<Found> | null} */
let running = null;
let again = false;

/** One contact; who asks while one runs gets the next one. @returns {Promise<Found>} */
export function contact() {
  if (running) {
    again = true;
    return running;
  }
  running = deliver().then(tryLater).finally(() => {
    running = null;
    if (again) {
      again = false;
      contact();
    }
  });
  return running;
}

let pause = 0;

/** After a contact that failed the next one comes soon, and later when it keeps failing. @param {Found} found */
function tryLater(found) {
  pause = found === "no network" ? Math.min(pause * 2 || SOON, EVERY) : 0;
  if (pause) setTimeout(contact, pause);
  if (pause) deliverLater();
  return found;
}

/** @returns {Promise<Found>} */
async function deliver() {
  if (!(await dayKey()) && (await (await database()).get("packet", "now"))) await overNow(); // the day ended by itself
  let said;
  let left;
  do {
    const boxes = await outbox.pending(AT_ONCE);
    const waiting = (await outbox.count()) - boxes.length;
    said = await post("/veld/contact/", { boxes, waiting, wiped: (await remembered("wiped")) ?? [] });
    if (!said) return "no network";
    left = await outbox.settle(said.results);
    await remember("wiped", []);
  } while (left && (await outbox.pending(1)).length);
  await take(said);
  return said.day;
}

/** What the server said is kept, or makes an end to the day. @param {{now: number, sent: number, day: Found, packet: string | null}} said */
async function take(said) {
  await remember("offset", Math.round((said.sent + Date.now()) / 2 - said.now));
  await remember("contact", Date.now());
  const day = await dayKey();
  if (day && said.day === "active" && said.packet) {
    await (await database()).put("packet", { phone: day.phone, box: said.packet }, "now");
    dispatchEvent(new Event("voordeur:packet"));
  } else if (day && said.day !== "active") {
    await overNow();
  }
}

/** The day is over: nothing can be read any more, nor does it stay on the screen. */
async function overNow() {
  await endDay();
  dispatchEvent(new Event("voordeur:ended"));
}

/** The packet on this phone, opened. @returns {Promise<any>} null: there is none, or it cannot be read any more */
export async function packet() {
  const [day, known] = [await dayKey(), await (await database()).get("packet", "now")];
  const found = day && known ? await open(day, known.box, `packet:${known.phone}`) : null;
  if (known && !found) await endDay(); // the key went with the day: what it sealed goes too
  return found;
}

/** Ask for a key for today. @returns {Promise<"begun" | "sign in" | "not allowed" | "no network">} */
export async function begin() {
  const left = await finishLeaving();
  if (left !== "not leaving") return left;
  const label = /iphone|ipad/i.test(navigator.userAgent) ? "iPhone" : /android/i.test(navigator.userAgent) ? "Android" : "";
  const answer = await send("/veld/begin/", { device: await device(), label });
  if (!answer) return "no network";
  if (answer.status === 403) return "not allowed";
  return answer.ok ? "begun" : "sign in";
}

/**
 * Sign out: whatever can be read goes now, with or without network. The server hears it when it can, and before
 * anything else: until then nobody gets a new key on this phone.
 */
export async function signOut() {
  await Promise.race([contact(), new Promise((go) => setTimeout(go, SOON))]); // what is not sent by then stays, sealed
  await remember("leaving", true);
  await overNow();
  await finishLeaving();
  await contact();
}

/** @returns {Promise<"not leaving" | "sign in" | "no network">} */
export async function finishLeaving() {
  if (!(await remembered("leaving"))) return "not leaving";
  const answer = await send("/veld/klaar/", {});
  if (!answer?.ok) return "no network";
  await remember("leaving", false);
  return "sign in";
}

/** Nothing on this phone can be read any more. */
export async function endDay() {
  const known = await (await database()).get("packet", "now");
  const day = await dayKey();
  dropKey();
  await outbox.wipe();
  const phones = [known?.phone, day?.phone].filter(Boolean);
  await remember("wiped", [...new Set([...((await remembered("wiped")) ?? []), ...phones])]);
}

/** Ask the browser to wake the service worker when there is network again: the app may be closed by then. */
function deliverLater() {
  navigator.serviceWorker?.ready.then((/** @type {any} */ one) => one.sync?.register("outbox")).catch(() => null);
}

/** @param {string} address @param {object} body @returns {Promise<any>} null: no network, or no answer that can be used */
export async function post(address, body) {
  const sent = Date.now();
  const answer = await send(address, body);
  if (!answer?.ok) return null;
  return answer.json().then((said) => ({ ...said, sent }), () => null);
}

/** @param {string} address @param {object} body @returns {Promise<Response | null>} null: no network */
async function send(address, body) {
  const token = cookie("csrftoken") || cookie("__Host-csrftoken");
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  try {
    return await fetch(address, { method: "POST", headers, body: JSON.stringify(body), redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    return null;
  }
}

/** Try at every chance. */
export function keepInContact() {
  outbox.onAdded(() => contact());
  addEventListener("online", () => contact());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && contact());
  navigator.serviceWorker?.addEventListener("message", (said) => said.data === "flush" && contact());
  setInterval(contact, EVERY);
}
