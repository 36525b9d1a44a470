/* The service worker of the phone app. The server puts VERSION, KEEP and LATER in front of it: field/precache.py.
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

self.addEventListener("sync", (event) => {
  event.waitUntil(self.clients.matchAll().then((all) => all.forEach((one) => one.postMessage("flush"))));
});

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
