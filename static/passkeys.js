/* Passkeys: a button asks the device, its answer goes into a hidden field, and the form is sent as any other. */
"use strict";
(() => {
  const keys = window.PublicKeyCredential;
  if (!keys || !keys.parseRequestOptionsFromJSON) return;  // then the one-time code stays the way

  const ask = async (button) => {
    const token = button.form.elements.namedItem("csrf");
    const body = new URLSearchParams({ csrf: token ? token.value : "" });
    const answer = await fetch(button.dataset.passkey, { method: "POST", body });
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    const options = await answer.json();
    return button.dataset.passkeyField === "created"
      ? navigator.credentials.create({ publicKey: keys.parseCreationOptionsFromJSON(options) })
      : navigator.credentials.get({ publicKey: keys.parseRequestOptionsFromJSON(options) });
  };

  for (const button of document.querySelectorAll("[data-passkey]")) {
    const failed = button.form.querySelector("[data-passkey-failed]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      failed.hidden = true;
      try {
        const said = await ask(button);
        button.form.elements.namedItem(button.dataset.passkeyField).value = JSON.stringify(said.toJSON());
        button.form.requestSubmit();
      } catch (error) {
        console.info(error);
        failed.hidden = false;
      }
    });
  }
})();
