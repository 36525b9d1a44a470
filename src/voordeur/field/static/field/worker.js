/* The service worker of the phone app. The server puts VERSION, KEEP and LATER in front of it: field/precache.py.
   It keeps the app, never what the app is about: answers of the server pass by untouched. */

const NAME = `voordeur-veld-${VERSION}`;
const SHELL = "/veld/";

self.addEventListener("install", (event) => {
  const fresh = KEEP.map((address) => new Request(address, { cache: "reload" }));
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(fresh)).then(() => self.skipWaiting()));
});

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
  const answer = await fetch(path);
  if (answer.ok) await cache.put(path, answer.clone());
  return answer;
}

async function removeOld() {
  const names = await caches.keys();
  await Promise.all(names.filter((one) => one.startsWith("voordeur-veld-") && one !== NAME).map((one) => caches.delete(one)));
}

/* Large files: after everything else, one by one, and no harm when the network is gone again. */
async function fetchLater() {
  for (const path of LATER) await kept(path).catch(() => null);
}
