/* Typed words are not lost: signed in they go to the server, signed out they stay in this tab's own storage. */
"use strict";
(() => {
  const words = document.body.dataset;
  const EVERY = 10_000;  // milliseconds between two savings

  /* --- <form data-autosave="/address">: posts the form; answer: a short text for its [data-autosave-status] --- */
  const texts = (form) => {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    for (const name of ["_method", "once"]) data.delete(name);  // each saving is a request of its own
    return new URLSearchParams(data);
  };

  const autosave = (form) => {
    const status = form.querySelector("[data-autosave-status]");
    let saved = texts(form).toString();
    let under_way = false;
    let again = false;
    let held = null;  // the submit event that waits for a saving

    const save = async () => {
      const body = texts(form);
      again = under_way;
      if (under_way || body.toString() === saved) return;
      under_way = true;
      try {
        const answer = await fetch(form.dataset.autosave, {
          method: "POST", body, headers: { "X-Autosave": "1" }, keepalive: true,
        });
        if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        status.textContent = page.body.textContent.trim();
        saved = body.toString();
        // A first saving makes the draft: from then on the form belongs to that one.
        const place = page.querySelector("[data-draft-url]");
        if (place) form.dataset.autosave = place.dataset.draftUrl;
        if (place?.dataset.draftAction && form.getAttribute("action") !== place.dataset.draftAction) {
          form.setAttribute("action", place.dataset.draftAction);
          history.replaceState(null, "", place.dataset.draftAction);  // a reload comes back to the draft
        }
      } catch {
        status.textContent = words.sayUnsaved;
      } finally {
        under_way = false;
      }
      if (held) form.requestSubmit(held.submitter);
      else if (again) save();
    };

    const timer = setInterval(save, EVERY);
    form.addEventListener("focusout", save);
    // Leaving a field for the button saves: the form waits for that, or a first saving would make a second draft.
    form.addEventListener("submit", (event) => {
      clearInterval(timer);
      if (!under_way) return;
      event.preventDefault();
      held = event;
    });
    document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  };

  /* --- <form data-keep>: for people who are not signed in. Nothing leaves the device; the tab's end clears it --- */
  const keep = (form) => {
    const key = `kept:${location.pathname}:${form.id || form.getAttribute("action")}`;
    const fields = [...form.elements].filter((field) => field.matches("textarea, input[type=text], input[type=email]"));
    const stored = JSON.parse(sessionStorage.getItem(key) ?? "null");
    if (stored?.sent) {
      sessionStorage.removeItem(key);
    } else if (stored) {
      const empty = fields.filter((field) => !field.value && stored.texts[field.name]);
      for (const field of empty) {
        field.value = stored.texts[field.name];
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
      if (empty.length) window.sanpo.say(words.sayRestored);
    }
    const store = (sent) => {
      const typed = Object.fromEntries(fields.filter((field) => field.value).map((field) => [field.name, field.value]));
      if (Object.keys(typed).length) sessionStorage.setItem(key, JSON.stringify({ texts: typed, sent }));
      else sessionStorage.removeItem(key);
    };
    form.addEventListener("input", () => store(false));
    form.addEventListener("submit", () => store(true));
  };

  const started = new WeakSet();
  const start = (root) => {
    for (const form of root.querySelectorAll("form[data-autosave], form[data-keep]")) {
      if (started.has(form)) continue;
      started.add(form);
      if (form.matches("[data-autosave]")) autosave(form);
      else keep(form);
    }
  };
  start(document);
  document.addEventListener("htmx:afterSettle", () => start(document));
})();
