/** Elements, made in one way only: a text is always text, whatever somebody wrote in a note. */

/**
 * An element. Attributes by name; `on` holds listeners; children are elements or texts, empty ones are left out.
 * @param {string} tag @param {Record<string, any>} [attributes] @param {...any} children
 * @returns {HTMLElement}
 */
export function h(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [kind, listener] of Object.entries(value)) made.addEventListener(kind, listener);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, String(value));
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return made;
}

/**
 * What a press does, once: a second tap changes nothing while it is being done, nor after it was done for good.
 * @param {(event: Event) => unknown} deed  says true when it was
 */
export function once(deed) {
  let busy = false;
  return async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    try {
      busy = (await deed(event)) === true;
    } catch (error) {
      busy = false;
      throw error;
    }
  };
}

const SVG = "http://www.w3.org/2000/svg";

/** An icon that says nothing to a screen reader: the word beside it does. @param {string} name */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "vd-icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/static/voordeur/icons.svg#i-${name}`);
  svg.append(use);
  return svg;
}

/** An SVG with shapes. @param {Record<string, string>} attributes @param {[string, Record<string, string | number>][]} shapes */
export function drawing(attributes, shapes) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  for (const [tag, values] of shapes) {
    const shape = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(values)) shape.setAttribute(name, String(value));
    svg.append(shape);
  }
  return svg;
}

/** Show this instead of what is on the screen; the reader begins at its heading. @param {...HTMLElement} parts */
export function show(...parts) {
  const house = /** @type {HTMLElement} */ (document.getElementById("app"));
  house.replaceChildren(...parts);
}
