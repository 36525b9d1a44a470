/**
 * The outbox: what was recorded and is not on the server yet. Nothing leaves it before the server has said that it
 * has it. Ids are made here, so that delivering twice adds once.
 */

import { dayKey, open, seal } from "./seal.js";
import { database, nextOrder, remembered } from "./store.js";

/** Version of the shape of an event. */
export const SCHEMA = 1;

const STRICT = /** @type {const} */ ({ durability: "strict" }); // on the disk, not only on its way there
const news = new EventTarget();
const tell = (/** @type {string} */ what) => news.dispatchEvent(new Event(what));

/** Call `what` whenever something came into the outbox or left it. @param {() => void} what */
export const onChange = (what) => news.addEventListener("change", what);

/** Call `what` whenever there is something new to send. @param {() => void} what */
export const onAdded = (what) => news.addEventListener("added", what);

/** @typedef {import("./store.js").Boxed} Boxed */

/**
 * Record something. It is on this phone, sealed, when this resolves; sending comes by itself.
 * @param {string} kind  as the server knows it: `visit`
 * @param {number} tenancy  whom it is about: somebody of the packet of today
 * @param {object} payload
 * @returns {Promise<string>} its id
 */
export async function add(kind, tenancy, payload) {
  await saving.catch(() => null); // a draft that is still being kept must not come after what it became
  const boxed = await box(kind, tenancy, payload, crypto.randomUUID());
  const tx = (await database()).transaction(["outbox", "done", "drafts"], "readwrite", STRICT);
  tx.objectStore("outbox").put(boxed);
  tx.objectStore("done").put(boxed);
  if (kind === "visit") tx.objectStore("drafts").delete(tenancy);
  if (kind === "arrangement_agreed") tx.objectStore("drafts").delete(talkKey(tenancy));
  await tx.done;
  tell("change");
  tell("added");
  return boxed.id;
}

/**
 * Keep a card that is not finished. It is sealed as an event of its own: when the day ends before the card is
 * finished, it goes to the office as it is.
 * @param {number} tenancy @param {object} payload
 */
export function saveDraft(tenancy, payload) {
  const told = JSON.parse(JSON.stringify(payload)); // as it is now, whatever is tapped while it is sealed
  saving = saving.catch(() => null).then(() => putDraft(tenancy, "visit_draft", tenancy, told));
  return saving;
}

/**
 * Keep a talk about money that is not finished, so that it survives a crash. It is never sent: what a household said
 * about its money goes to the office only when it was agreed, and when the day ends it is gone.
 * @param {number} tenancy @param {object} payload
 */
export function saveTalk(tenancy, payload) {
  const told = JSON.parse(JSON.stringify(payload));
  saving = saving.catch(() => null).then(() => putDraft(talkKey(tenancy), "money_talk", tenancy, told));
  return saving;
}

/** @param {number} tenancy */
const talkKey = (tenancy) => `money-${tenancy}`;

/** One after the other: the last tap must be the last that is kept. @type {Promise<void>} */
let saving = Promise.resolve();

/** @param {number | string} key @param {string} kind @param {number} tenancy @param {object} payload */
async function putDraft(key, kind, tenancy, payload) {
  const db = await database();
  const known = await db.get("drafts", key);
  const boxed = await box(kind, tenancy, payload, known?.id ?? crypto.randomUUID());
  const tx = db.transaction("drafts", "readwrite", STRICT);
  tx.store.put({ ...boxed, tenancy: key });
  await tx.done;
}

/** The unfinished card of a household. @param {number} tenancy @returns {Promise<any>} null: there is none */
export const draft = (tenancy) => kept(tenancy);

/** The unfinished talk about money of a household. @param {number} tenancy @returns {Promise<any>} null: there is none */
export const talk = (tenancy) => kept(talkKey(tenancy));

/** @param {number | string} key */
async function kept(key) {
  const [day, known] = [await dayKey(), await (await database()).get("drafts", key)];
  const event = day && known && (await open(day, known.box, `event:${known.phone}:${known.id}`));
  return event ? event.payload : null;
}

/** Households with an unfinished card. @returns {Promise<number[]>} */
export const drafts = async () =>
  /** @type {number[]} */ ((await (await database()).getAllKeys("drafts")).filter((key) => typeof key === "number"));

/** What was recorded today, oldest first; `sent`: the server has it. */
export async function done() {
  const [day, db] = [await dayKey(), await database()];
  if (!day) return [];
  const waiting = new Set(await db.getAllKeys("outbox"));
  const all = await Promise.all(
    (await db.getAll("done")).map(async (one) => ({
      ...(await open(day, one.box, `event:${one.phone}:${one.id}`)),
      id: one.id,
      sent: !waiting.has(one.id),
    })),
  );
  return all.filter((one) => one.kind).sort((a, b) => a.order - b.order);
}

/** What still has to be sent, at most so much of it. @param {number} most @returns {Promise<Boxed[]>} */
export async function pending(most) {
  const db = await database();
  const some = await db.getAll("outbox", null, most);
  const able = some.filter((one) => !one.stuck);
  if (able.length === some.length) return able;
  return (await db.getAll("outbox")).filter((one) => !one.stuck).slice(0, most);
}

/** How many still have to be sent. @returns {Promise<number>} */
export const count = async () => (await database()).count("outbox");

/** What the server says of an event that it has, whatever it did with it. */
const KEPT = new Set(["taken", "refused", "unfinished", "contradicts", "set_aside"]);

/**
 * The server said what became of these: what it has leaves the outbox; what it could not open stays and says so;
 * anything else stays and is sent again.
 * @param {[string, string][]} results  pairs of id and what became of it @returns {Promise<number>} how many left
 */
export async function settle(results) {
  const tx = (await database()).transaction("outbox", "readwrite");
  let left = 0;
  for (const [id, became] of results) {
    if (KEPT.has(became)) {
      left += 1;
      tx.store.delete(id);
    } else if (became === "unopened") {
      tx.store.get(id).then((known) => known && tx.store.put({ ...known, stuck: true }));
    }
  }
  await tx.done;
  if (results.length) tell("change");
  return left;
}

/** Everything that can be read goes; what still has to be sent stays, sealed. Works without the key. */
export async function wipe() {
  await saving.catch(() => null); // a draft that is still being kept goes along
  const tx = (await database()).transaction(["packet", "drafts", "done", "outbox"], "readwrite", STRICT);
  for (const { tenancy, ...boxed } of await tx.objectStore("drafts").getAll()) {
    if (typeof tenancy === "number") tx.objectStore("outbox").put(boxed); // a talk about money is not sent
  }
  for (const name of ["packet", "drafts", "done"]) tx.objectStore(name).clear();
  await tx.done;
  tell("change");
}

/** @param {string} kind @param {number} tenancy @param {object} payload @param {string} id @returns {Promise<Boxed>} */
async function box(kind, tenancy, payload, id) {
  const day = await dayKey();
  if (!day) throw new Error("signed out: nothing can be recorded");
  const event = {
    kind,
    schema: SCHEMA,
    tenancy,
    order: await nextOrder(),
    at: new Date().toISOString(),
    offset: (await remembered("offset")) ?? null,
    payload,
  };
  return { id, phone: day.phone, box: await seal(day, event, `event:${day.phone}:${id}`) };
}
