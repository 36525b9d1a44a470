/* The service worker of the phone app. The server puts VERSION, KEEP, LATER and HELD in front of it: field/precache.py.
   It keeps the app, never what the app is about: answers of the server pass by untouched. */

const NAME = `voordeur-veld-${VERSION}`;
const SHELL = "/veld/";

self.addEventListener("install", (event) => {
  straightFromTheCache(event);
  event.waitUntil(Promise.all(KEEP.map(keep)).then(() => self.skipWaiting()));
});

/* One file of the app, as the server has it now. What it varies by is left out: it is the same for everybody. */
async function keep(path) {
  const answer = await fetch(new Request(path, { cache: "reload" }));
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  const headers = new Headers(answer.headers);
  for (const name of ["Vary", "Content-Encoding", "Content-Length"]) headers.delete(name);
  const cache = await caches.open(NAME);
  await cache.put(path, new Response(await answer.blob(), { headers }));
}

/* Where the browser can: what is kept comes without starting this worker first. The handler below says the same. */
function straightFromTheCache(event) {
  if (!event.addRoutes || typeof URLPattern === "undefined") return;
  const paths = KEEP.map((pathname) => ({ urlPattern: new URLPattern({ pathname, baseURL: location.origin }) }));
  event.addRoutes({ condition: { or: paths }, source: { cacheName: NAME } }).catch(() => null);
}

self.addEventListener("activate", (event) => {
  event.waitUntil(removeOld().then(() => self.clients.claim()).then(fetchLater));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate" && address.pathname.startsWith(SHELL)) event.respondWith(kept(SHELL));
  else if (KEEP.includes(address.pathname) || LATER.includes(address.pathname)) event.respondWith(kept(address.pathname));
});

/* There is network again, and perhaps no page of the app any more. What waits is sealed and needs no key to travel. */
self.addEventListener("sync", (event) => {
  event.waitUntil(inSight().then((pages) => (pages.length ? pages.forEach((one) => one.postMessage("flush")) : deliver())));
});

/* What outbox.js does, without the packet: that is for a page with the key. A failure makes the browser come back. */
async function deliver() {
  const db = await database();
  try {
    for (let left = db ? 1 : 0; left; ) {
      const waiting = await asked(db.transaction("outbox").objectStore("outbox").getAll());
      const boxes = waiting.filter((one) => !one.stuck).slice(0, AT_ONCE);
      left = boxes.length && (await settle(db, await send(boxes)));
    }
  } finally {
    db?.close();
  }
}

const AT_ONCE = 50;

async function send(boxes) {
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ boxes, waiting: 0, wiped: [] });
  const answer = await fetch("/veld/contact/", { method: "POST", credentials: "omit", headers, body });
  if (!answer.ok) throw new Error(`contact: ${answer.status}`);
  return (await answer.json()).results;
}

/* What the server has leaves the outbox; how many did. */
async function settle(db, results) {
  const had = results.filter(([, became]) => HELD.includes(became));
  const store = db.transaction("outbox", "readwrite").objectStore("outbox");
  await Promise.all(had.map(([id]) => asked(store.delete(id))));
  return had.length;
}

/* The database of the app; null when there is none: it is not made here. */
function database() {
  return new Promise((found) => {
    const opening = indexedDB.open("voordeur-veld");
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onsuccess = () => found(opening.result);
    opening.onerror = () => found(null);
  });
}

const asked = (request) => new Promise((found, failed) => Object.assign(request, { onsuccess: () => found(request.result), onerror: () => failed(request.error) }));

/* Pages that somebody looks at: those deliver themselves, and hear at once what is true now. */
async function inSight() {
  return (await self.clients.matchAll()).filter((one) => one.visibilityState === "visible");
}

async function kept(path) {
  const cache = await caches.open(NAME);
  const known = await cache.match(path);
  if (known) return known;
  await keep(path);
  return cache.match(path);
}

async function removeOld() {
  const names = await caches.keys();
  await Promise.all(names.filter((one) => one.startsWith("voordeur-veld-") && one !== NAME).map((one) => caches.delete(one)));
}

/* Large files: after everything else, one by one, and no harm when the network is gone again. */
async function fetchLater() {
  for (const path of LATER) await kept(path).catch(() => null);
}
