// Python in a worker of its own, so that the page goes on while it loads and calculates. Loaded at the first call.
// The page says where the bundle is: <meta name="python-bundle" content="...">.

const WORKER = "/veld/python-werker.js"; // below /veld/: else the service worker does not answer it without network

/** @typedef {{code: string, message: {nl: string, en: string}, cure: {nl: string, en: string}, column: string}} Problem */

/** What a function refused, with its problems in both languages. */
export class Refused extends Error {
  constructor(/** @type {Problem[]} */ problems) {
    super(problems.map((one) => one.code).join("; "));
    this.problems = problems;
  }
}

/** @type {Worker | undefined} */
let worker;
/** @type {Promise<void> | undefined} */
let loaded;
let number = 0;
/** @type {Map<number, {resolve: (found: any) => void, reject: (error: Error) => void}>} */
const waiting = new Map();

/** Begin to load, so that the first call need not wait. Calling it again changes nothing. */
export function start() {
  if (loaded) return loaded;
  const bundle = document.querySelector('meta[name="python-bundle"]')?.getAttribute("content");
  if (!bundle) return Promise.reject(new Error("this page does not say where its Python is"));
  const begun = (worker = new Worker(WORKER, { type: "module" }));
  loaded = new Promise((resolve, reject) => {
    const stop = (/** @type {string} */ why) => {
      const error = new Error(why);
      reject(error);
      for (const one of waiting.values()) one.reject(error);
      waiting.clear();
      begun.terminate();
      if (worker === begun) worker = loaded = undefined; // the next call tries again
    };
    begun.onerror = (event) => stop(event.message || "the worker stopped");
    begun.onmessage = ({ data }) => {
      if (data.loaded) resolve();
      else if (data.failed) stop(data.failed);
      else settle(data);
    };
  });
  begun.postMessage({ bundle });
  return loaded;
}

function settle(/** @type {{id: number, answer?: string, error?: string}} */ data) {
  const one = waiting.get(data.id);
  if (!one) return;
  waiting.delete(data.id);
  if (data.answer === undefined) return one.reject(new Error(data.error));
  const said = JSON.parse(data.answer);
  if (said.problems) one.reject(new Refused(said.problems));
  else one.resolve(said.result);
}

/**
 * Call a Python function of ours with arguments that JSON can hold.
 * @param {string} module such as "voordeur.adapters.scheme_talk"
 * @param {string} name of the function
 * @param {unknown[]} args
 * @returns {Promise<any>} what it answers; rejected with Refused when it refuses
 */
export async function call(module, name, args) {
  await start();
  return new Promise((resolve, reject) => {
    const id = ++number;
    waiting.set(id, { resolve, reject });
    /** @type {Worker} */ (worker).postMessage({ id, module, function: name, arguments: JSON.stringify(args) });
  });
}
