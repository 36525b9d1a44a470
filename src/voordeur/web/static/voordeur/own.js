// The tenant's own page works without this. With it, the code of a link need not be typed, and can be copied from.
// @ts-check
"use strict";

/** The code behind the # goes into the form and out of the address bar: nobody reads it there, no history keeps it. */
function takeCode() {
  const form = document.querySelector("form[data-link]");
  const field = form?.querySelector("[data-code]");
  const input = field?.querySelector("input");
  const code = location.hash.slice(1);
  if (!form || !field || !input || !code) return;
  history.replaceState(null, "", location.pathname);
  input.value = code;
  field.setAttribute("hidden", "");
  form.querySelector("[data-number]")?.setAttribute("hidden", "");
}

/** A button beside each value that has to go to the app of the bank. */
function offerToCopy() {
  const model = document.querySelector("template[data-copy-button]");
  if (!(model instanceof HTMLTemplateElement) || !navigator.clipboard) return;
  for (const value of document.querySelectorAll("[data-copy]")) {
    const button = model.content.firstElementChild?.cloneNode(true);
    if (!(button instanceof HTMLButtonElement)) return;
    const said = button.textContent;
    button.setAttribute("aria-label", `${said}: ${value.textContent}`);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(value.textContent ?? "");
      button.textContent = button.dataset.done ?? said;
      button.setAttribute("aria-label", button.textContent ?? "");
    });
    value.after(button);
  }
}

takeCode();
addEventListener("hashchange", takeCode);
offerToCopy();
