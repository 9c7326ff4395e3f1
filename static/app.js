/* Small comforts on top of pages that work without any script: counters, copying, focus and words after a swap. */
"use strict";
(() => {
  const words = document.body.dataset;
  const fill = (text, n) => text.replace("{n}", String(n));

  /** Says something to screen readers through the one permanent status region. */
  const say = (text) => {
    const region = document.getElementById("status");
    region.textContent = "";
    // A change within the same task would not be noticed when the words are the same as before.
    requestAnimationFrame(() => { region.textContent = text; });
  };

  /** Shows a failure where everybody sees it; an empty text takes it away. */
  const complain = (text) => {
    const region = document.getElementById("trouble");
    region.textContent = "";
    if (!text) return;
    const box = document.createElement("div");
    box.className = "notice bad";
    box.textContent = text;
    region.append(box);
  };

  /* --- Characters left: drawn at each key, announced at 100, 20 and 0 only --- */
  const length = (text) => [...text.replace(/\r\n/g, "\n")].length;

  const count = (field) => {
    const label = document.getElementById(`${field.id}-left`);
    if (!label) return;
    const left = Number(field.dataset.limit) - length(field.value);
    const before = Number(field.dataset.left ?? left);
    field.dataset.left = left;
    const text = left < 0 ? fill(words.sayOver, -left) : fill(words.sayLeft, left);
    label.textContent = text;
    label.classList.toggle("over", left < 0);
    if ([100, 20, 0].some((mark) => before > mark && left <= mark)) say(text);
  };

  /* --- Copying an address --- */
  const copy = async (button) => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    await navigator.clipboard.writeText(field.value);
    say(words.sayCopied);
    button.lastChild.textContent = words.sayCopied;
  };

  /** Prepares what has just come into the page: the whole of it, or a swapped region. */
  const prepare = (root) => {
    root.querySelectorAll("[data-limit]").forEach(count);
    // A form whose every control sends it by itself needs no button here.
    root.querySelectorAll("form:has([data-submit])").forEach((form) => {
      const own = [...form.elements].filter((field) => field.type !== "hidden" && field.type !== "submit");
      if (own.every((field) => field.matches("[data-submit]"))) {
        form.querySelectorAll("[type=submit]").forEach((button) => { button.hidden = true; });
      }
    });
    if (navigator.clipboard) root.querySelectorAll("[data-copy]").forEach((button) => { button.hidden = false; });
  };

  const focusOn = (element) => {
    if (!element.hasAttribute("tabindex") && element.tabIndex < 0) element.tabIndex = -1;
    element.focus();
  };

  document.addEventListener("input", (event) => {
    if (event.target.dataset?.limit) count(event.target);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (button) copy(button);
  });
  // Lists change their order at once where a script runs; the form's button does the same without.
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("[data-submit]")) event.target.form.requestSubmit();
  });

  /* --- Swaps: who had the focus keeps it; a refused form gets it on its summary --- */
  document.addEventListener("htmx:beforeRequest", (event) => {
    complain("");
    event.detail.target?.setAttribute?.("aria-busy", "true");
  });
  document.addEventListener("htmx:afterRequest", (event) => event.detail.target?.removeAttribute?.("aria-busy"));
  document.addEventListener("htmx:afterSettle", (event) => {
    const root = event.detail.elt;
    if (!root?.querySelectorAll) return;
    prepare(root);
    const wanted = root.matches("[data-focus]") ? root : root.querySelector("[data-focus]");
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (wanted) focusOn(wanted);
    else if (lost && root !== document.body) focusOn(root.querySelector("button, a[href], h2, h3") ?? root);
    const news = root.matches("[data-say]") ? root : root.querySelector("[data-say]");
    if (news) say(news.dataset.say);
  });
  // An error page is no fragment: its words go to the region for trouble, the page stays as it is. What a form's own
  // page answers with 409 or 422 has no [data-problem] and is swapped like any answer.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (xhr.status < 400) return;
    const problem = new DOMParser().parseFromString(xhr.responseText, "text/html").querySelector("[data-problem]");
    if (problem || event.detail.isError) {
      event.detail.shouldSwap = false;
      complain(problem?.textContent.trim() || words.sayFailed);
    }
  });
  document.addEventListener("htmx:sendError", () => complain(words.sayOffline));
  document.addEventListener("htmx:timeout", () => complain(words.sayOffline));

  prepare(document);
  const summary = document.querySelector("[data-focus]");
  if (summary) focusOn(summary);

  window.sanpo = { say, complain };
})();
