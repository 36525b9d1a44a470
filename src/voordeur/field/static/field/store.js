/**
 * What stands on this phone. Everything about people is sealed before it comes here: see seal.js.
 *
 *   packet  the doors of today                        goes when the day ends
 *   drafts  a card that is being filled in            goes to the outbox when the day ends
 *           a talk about money, under `money-…`       goes when the day ends
 *   done    what was recorded today, to look back at  goes when the day ends
 *   outbox  what the server does not have yet         stays until it has
 *   meta    number of this phone, counter, clock
 */

import { openDB } from "/static/vendor/idb/index.js";

/** @typedef {{id: string, phone: string, box: string, stuck?: boolean}} Boxed  an event, sealed */
/** @typedef {Boxed & {tenancy: number | string}} Draft */

/** @type {Promise<import("idb").IDBPDatabase> | null} */
let opened = null;

/** The database of this phone. */
export function database() {
  opened ??= openDB("voordeur-veld", 1, {
    upgrade(db) {
      db.createObjectStore("meta");
      db.createObjectStore("packet");
      db.createObjectStore("drafts", { keyPath: "tenancy" });
      db.createObjectStore("done", { keyPath: "id" });
      db.createObjectStore("outbox", { keyPath: "id" });
    },
    blocking: () => close(),
    terminated: () => (opened = null),
  });
  return opened;
}

async function close() {
  const db = await opened;
  opened = null;
  db?.close();
}

/** A small thing to remember. @param {string} name @returns {Promise<any>} */
export const remembered = async (name) => (await database()).get("meta", name);

/** Remember it. @param {string} name @param {unknown} value */
export const remember = async (name, value) => (await database()).put("meta", value, name);

/** The number of this phone, made once. @returns {Promise<string>} */
export async function device() {
  const tx = (await database()).transaction("meta", "readwrite");
  const known = (await tx.store.get("device")) ?? crypto.randomUUID();
  await tx.store.put(known, "device");
  await tx.done;
  return known;
}

/** The next number of an event of this phone, from 1. @returns {Promise<number>} */
export async function nextOrder() {
  const tx = (await database()).transaction("meta", "readwrite");
  const next = ((await tx.store.get("order")) ?? 0) + 1;
  await tx.store.put(next, "order");
  await tx.done;
  return next;
}
