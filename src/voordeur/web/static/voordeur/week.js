// Keys of the chosen stop: arrows and letters press its buttons, only while one is among them (WCAG 2.1.4).
// Without this script every button works by itself.
"use strict";

(() => {
  const keys = document.querySelector("[data-keys]");
  if (!keys) return;
  const stop = keys.closest("li");
  stop.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("select, input")) return;
    const button = [...keys.querySelectorAll("[data-key]")].find(
      (one) => one.dataset.key.toLowerCase() === event.key.toLowerCase(),
    );
    if (!button) return;
    event.preventDefault();
    button.form.requestSubmit(button);
  });
})();
