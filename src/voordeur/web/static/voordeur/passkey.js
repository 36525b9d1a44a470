// Passkeys: asks the browser for one and sends the answer with the form it stands in.
// A form says what it does: data-passkey="add", "use" or "sign-in". Needs webauthn-json.js before it.
"use strict";

(() => {
  const options = () => JSON.parse(document.getElementById("passkey-options").textContent);

  const asked = {
    async add() {
      const wanted = options().creation_options;
      Object.assign(wanted.publicKey.authenticatorSelection, {
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      });
      return webauthnJSON.create(wanted);
    },
    async use() {
      return webauthnJSON.get(options().request_options);
    },
    async "sign-in"(form) {
      const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(`${answer.status}`);
      return webauthnJSON.get((await answer.json()).request_options);
    },
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const failed = form.querySelector("[data-passkey-failed]");
    if (!webauthnJSON.supported()) continue;
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      failed.hidden = true;
      try {
        form.elements.credential.value = JSON.stringify(await asked[form.dataset.passkey](form));
        form.submit();
      } catch {
        failed.hidden = false;
      }
    });
  }
})();
