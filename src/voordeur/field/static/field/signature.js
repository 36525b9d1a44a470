/** A signature with a finger: kept as a path of whole numbers, which is small and can be drawn again. */

import { h } from "./dom.js";
import { t } from "./words.js";

const WIDTH = 320;
const HEIGHT = 120;
const LONGEST = 18_000;

/**
 * A place to sign in. Who cannot or does not want to draw, says yes: that counts as much.
 * @param {string} before  what was signed already @param {(path: string) => void} signed
 */
export function signaturePad(before, signed) {
  let path = before;
  let drawing = false;
  const canvas = /** @type {HTMLCanvasElement} */ (h("canvas", { class: "vd-sign", width: WIDTH, height: HEIGHT, role: "img", "aria-label": t("Plek voor een handtekening") }));
  const redraw = () => {
    const paper = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    paper.clearRect(0, 0, WIDTH, HEIGHT);
    paper.lineWidth = 2.5;
    paper.lineCap = "round";
    paper.strokeStyle = getComputedStyle(canvas).color;
    if (path) paper.stroke(new Path2D(path));
  };
  const at = (/** @type {PointerEvent} */ event) => {
    const edge = canvas.getBoundingClientRect();
    const x = Math.round(((event.clientX - edge.left) / edge.width) * WIDTH);
    const y = Math.round(((event.clientY - edge.top) / edge.height) * HEIGHT);
    return `${x} ${y}`;
  };
  canvas.addEventListener("pointerdown", (event) => {
    drawing = true;
    canvas.setPointerCapture(event.pointerId);
    path += `M${at(event)}`;
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing || path.length > LONGEST) return;
    path += `L${at(event)}`;
    redraw();
  });
  canvas.addEventListener("pointerup", () => {
    drawing = false;
    signed(path);
  });
  const clear = () => {
    path = "";
    redraw();
    signed(path);
  };
  requestAnimationFrame(redraw);
  return h("div", { class: "vd-field" }, canvas, h("button", { type: "button", class: "vd-button vd-button--other", on: { click: clear } }, t("Handtekening wissen")));
}
