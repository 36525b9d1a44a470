/**
 * The key of the day and what it seals. The key comes in a cookie that the browser throws away at the end of the day
 * (decision 0016); here it only ever is a key that cannot be taken out again.
 */

const COOKIE = "voordeur_veld";
const NONCE = 12;

/** @typedef {{phone: string, key: CryptoKey}} DayKey  the number of this phone's day, and its key */

/** @type {{text: string, day: DayKey} | null} */
let kept = null;

/** The key of today. @returns {Promise<DayKey | null>} null: signed out, taken back, or the day is over */
export async function dayKey() {
  const text = cookie(COOKIE);
  if (!text) return (kept = null);
  if (kept?.text !== text) {
    const [phone, secret] = text.split(".");
    const key = await crypto.subtle.importKey("raw", bytes(secret), "AES-GCM", false, ["encrypt", "decrypt"]);
    kept = { text, day: { phone, key } };
  }
  return kept.day;
}

/** Throw the key away, now. What it sealed stays closed on this phone. */
export function dropKey() {
  kept = null;
  document.cookie = `${COOKIE}=; path=/veld/; max-age=0; samesite=strict`;
}

/**
 * Something as a sealed text. It opens only with the same `boundTo`.
 * @param {DayKey} day @param {unknown} value @param {string} boundTo @returns {Promise<string>}
 */
export async function seal(day, value, boundTo) {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE));
  const plain = new TextEncoder().encode(JSON.stringify(value));
  const sealed = new Uint8Array(await crypto.subtle.encrypt(bound(iv, boundTo), day.key, plain));
  const all = new Uint8Array(NONCE + sealed.length);
  all.set(iv);
  all.set(sealed, NONCE);
  return text(all);
}

/**
 * What was sealed. @param {DayKey} day @param {string} box @param {string} boundTo
 * @returns {Promise<any>} null when it does not open: another key, or changed
 */
export async function open(day, box, boundTo) {
  try {
    const all = bytes(box);
    const plain = await crypto.subtle.decrypt(bound(all.slice(0, NONCE), boundTo), day.key, all.slice(NONCE));
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    return null;
  }
}

/** A cookie of this page. @param {string} name @returns {string} empty when there is none */
export function cookie(name) {
  const found = document.cookie.split("; ").find((one) => one.startsWith(`${name}=`));
  return found ? found.slice(name.length + 1) : "";
}

/** @param {Uint8Array<ArrayBuffer>} iv @param {string} boundTo @returns {AesGcmParams} */
const bound = (iv, boundTo) => ({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(boundTo) });

/** @param {Uint8Array} raw */
function text(raw) {
  let found = "";
  for (let at = 0; at < raw.length; at += 8192) found += String.fromCharCode(...raw.subarray(at, at + 8192));
  return btoa(found).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {string} given @returns {Uint8Array<ArrayBuffer>} */
function bytes(given) {
  const found = atob(given.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(found, (one) => one.charCodeAt(0));
}
