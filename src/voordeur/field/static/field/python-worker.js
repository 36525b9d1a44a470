// Runs our own Python in the phone: Pyodide, with the bundle that field/python_bundle.py makes. One call at a time.
// Receives {bundle} once, then {id, module, function, arguments}; sends {id, answer} or {id, error}.
import { loadPyodide } from "/static/vendor/pyodide/pyodide.mjs";

/** @type {Promise<(module: string, name: string, args: string) => string> | undefined} */
let ready;

/** Loads Python and our modules; the answer is the one function through which everything is called. */
async function load(/** @type {string} */ bundle) {
  const zip = fetch(bundle).then((found) => {
    if (!found.ok) throw new Error(`${found.status} ${bundle}`);
    return found.arrayBuffer();
  });
  const indexURL = new URL("/static/vendor/pyodide/", location.origin).href;
  const [python, files] = await Promise.all([loadPyodide({ indexURL }), zip]);
  python.unpackArchive(files, "zip", { extractDir: "/ours" });
  python.runPython("import sys; sys.path.insert(0, '/ours')");
  return python.pyimport("voordeur.adapters.json_call").call;
}

self.onmessage = async ({ data }) => {
  if (data.bundle) {
    ready = load(data.bundle);
    ready.then(() => self.postMessage({ loaded: true }), (error) => self.postMessage({ failed: String(error) }));
    return;
  }
  try {
    const call = await ready;
    self.postMessage({ id: data.id, answer: call(data.module, data.function, data.arguments) });
  } catch (error) {
    self.postMessage({ id: data.id, error: String(error) });
  }
};
