/* A board that several people write at once. Each field is sent by itself; what is not sent yet is kept on this device
   and sent when the connection is back; what others write comes in without touching what somebody is writing here. */
"use strict";
(() => {
  const board = document.getElementById("board");
  if (!board) return;
  const words = board.dataset;
  const PAUSE = 800, AGAIN = 3_000, PATIENCE = 15_000;  // milliseconds
  const PREFIX = `board:${words.team}:${words.who}:`;
  const WINDOW = random();  // by which the server knows this window's own earlier words
  const unsent = new Map();  // by address: what was typed there and is not saved yet
  let timer = 0, sending = false, told = 0;

  function random() {
    return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  /* --- What is kept on this device. Where it cannot be (a private window), it is kept in this page only --- */
  const stored = (work) => { try { return work(localStorage); } catch { return null; } };
  const keep = (entry) => {
    unsent.set(entry.url, entry);
    stored((store) => store.setItem(PREFIX + entry.url, JSON.stringify(entry)));
    tell();
  };
  const forget = (entry) => {
    unsent.delete(entry.url);
    stored((store) => store.removeItem(PREFIX + entry.url));
    tell();
  };

  /* --- Saying how it stands: for all in one line, beside each field in a word --- */
  const formOf = (entry) => [...board.querySelectorAll("form[data-save]")].find((form) => form.getAttribute("action") === entry.url);
  const mark = (entry, text, trouble) => {
    const form = formOf(entry) ?? document.getElementById(entry.form);
    const place = formOf(entry) ?? document.getElementById(entry.card) ?? form;
    const state = place?.querySelector("[data-state]");
    if (state) state.textContent = text;
    if (trouble !== undefined) form?.querySelector("[data-trouble]")?.replaceChildren(...trouble);
  };
  const tell = () => {
    const line = document.getElementById("board-state");
    line.hidden = false;
    line.classList.toggle("waiting", unsent.size > 0);
    line.textContent = unsent.size ? words.sayWaiting.replace("{n}", String(unsent.size)) : words.saySaved;
  };
  const announce = () => {  // not each save, only that words wait for a connection, and that they wait no more
    if (unsent.size && !told) window.sanpo.say(words.sayWaiting.replace("{n}", String(unsent.size)));
    told = unsent.size;
  };

  /* --- Sending, one after the other, in the order in which it was written --- */
  const due = (wait) => { clearTimeout(timer); timer = setTimeout(send, wait); };
  const post = (url, fields) => fetch(url, {
    method: "POST",
    body: new URLSearchParams([...Object.entries(fields), ["csrf", words.csrf]]),
    headers: { "HX-Request": "true" },
    signal: AbortSignal.timeout(PATIENCE),
  });

  const send = async () => {
    if (sending) return;
    sending = true;
    let sent = false, failed = false;
    const wait = () => { failed = true; announce(); due(AGAIN); };
    try {
      for (const entry of [...unsent.values()]) {
        if (entry.stuck) continue;
        const typed = JSON.stringify(entry.fields);
        let answer;
        try {
          answer = await post(entry.url, { ...entry.fields, _method: "PUT", version: entry.version, window: entry.window });
        } catch {
          return wait();
        }
        if (answer.status === 429 || answer.status >= 500) return wait();
        sent = heed(unsent.get(entry.url) ?? entry, typed, answer, await read(answer)) || sent;
      }
      if (told && !unsent.size) window.sanpo.say(words.saySaved);
      told = unsent.size;
    } finally {
      sending = false;
      if (sent) refresh();
      if (!failed && [...unsent.values()].some((entry) => !entry.stuck && entry.again)) due(0);
    }
  };
  const read = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

  /** What an answer means for what was sent; true if it was saved. */
  const heed = (entry, typed, answer, page) => {
    const saved = answer.ok && page.querySelector("[data-saved]");
    if (saved) {
      entry.version = saved.dataset.saved;
      const form = formOf(entry);
      if (form) form.elements.version.value = entry.version;
      entry.again = JSON.stringify(entry.fields) !== typed;  // typed on while it was under way
      if (entry.again) keep(entry);
      else forget(entry);
      mark(entry, entry.again ? words.sayWriting : saved.textContent, []);
      return true;
    }
    entry.stuck = true;
    keep(entry);
    const refused = page.querySelector("[data-refused]");
    if (!refused) {
      const problem = page.querySelector("[data-problem]");
      mark(entry, "", [paragraph(problem?.textContent.trim() || "", "err"), paragraph(words.sayStuck, "err")]);
      return false;
    }
    mark(entry, "", [refused]);
    const theirs = refused.querySelector("[data-theirs]");
    if (theirs) offer(entry, refused, theirs);
    window.sanpo.say(refused.querySelector("p").textContent);
    return false;
  };

  const paragraph = (text, look) => Object.assign(document.createElement("p"), { textContent: text, className: look });

  /** Two people wrote in one field: both texts stay, somebody decides. */
  const offer = (entry, place, theirs) => {
    const text = theirs.textContent, form = formOf(entry);
    const field = form?.elements.value;
    if (!field) return;
    const decide = (label, value) => {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: label, className: "btn line sm" });
      button.addEventListener("click", () => {
        field.value = value();
        form.elements.version.value = theirs.dataset.version;
        keep({ ...entry, fields: { value: field.value }, version: theirs.dataset.version, stuck: false });
        mark(entry, words.sayWriting, []);
        field.focus();
        due(0);
      });
      return button;
    };
    const row = Object.assign(document.createElement("p"), { className: "row tight" });
    row.append(decide(words.sayMine, () => field.value), decide(words.sayTheirs, () => text));
    if (field.matches("textarea, input")) row.append(decide(words.sayBoth, () => `${text}${field.matches("textarea") ? "\n" : " "}${field.value}`));
    place.append(row);
  };

  /* --- Typing --- */
  const take = (form, wait) => {
    const url = form.getAttribute("action"), before = unsent.get(url);
    const value = form.elements.value.value;
    if (before?.fields.value === value && !before.stuck) return due(wait);
    if (before?.stuck && form.querySelector("[data-theirs]")) {  // waits for a decision; what is typed meanwhile is kept
      return keep({ ...before, fields: { value } });
    }
    keep({ url, fields: { value }, version: before?.version ?? form.elements.version.value, window: WINDOW, form: form.id, stuck: false });
    mark(unsent.get(url), words.sayWriting, []);
    due(wait);
  };
  board.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-save]");
    if (form) take(form, event.target.matches("select") ? 0 : PAUSE);
  });
  board.addEventListener("focusout", (event) => {
    const form = event.target.closest("form[data-save]");
    if (form && unsent.has(form.getAttribute("action"))) due(0);
    else if (skipped) refresh();  // what others wrote meanwhile in the place that was just left
  });

  /** A card that the server does not know yet stands on the board at once, as plain words. */
  const sketch = (entry) => {
    if (document.getElementById(entry.card)) return;
    const list = document.getElementById(entry.list);
    if (!list) return;
    const card = document.createElement(list.matches("ul, ol") ? "li" : "article");
    Object.assign(card, { id: entry.card, className: "note yellow sketch" });
    card.dataset.unsent = "";
    const shown = Object.entries(entry.fields).filter(([name]) => !["section", "belongs_to", "feeling"].includes(name));
    const state = paragraph(words.sayWriting, "xs");
    state.dataset.state = "";
    card.append(paragraph(shown.map(([, value]) => value).join(" "), "words"), state);
    list.append(card);
  };
  const add = (form) => {
    const fields = Object.fromEntries(new FormData(form));
    delete fields._method;
    delete fields.csrf;
    const url = form.getAttribute("action"), parts = url.split("/");
    const [kind, uid] = parts.slice(-2);
    const entry = { url, fields, version: "0", window: WINDOW, form: form.id, card: `${kind}-${uid}`, list: form.dataset.list, stuck: false };
    if (kind === "note" && !fields.text.trim()) return form.querySelector("textarea").focus();
    keep(entry);
    sketch(entry);
    form.setAttribute("action", form.dataset.add + random());
    form.querySelectorAll("input[type=text], textarea").forEach((field) => { field.value = ""; });
    form.querySelector("input[type=text], textarea").focus();
    due(0);
  };

  /** A button that is no text: done in place; without a connection it says so and nothing is changed. */
  const act = async (form) => {
    try {
      const answer = await post(form.getAttribute("action"), Object.fromEntries(new FormData(form)));
      const page = await read(answer);
      if (answer.ok && page.querySelector("[data-saved]")) {
        window.sanpo.complain("");
        window.sanpo.say(page.querySelector("[data-saved]").textContent);
      } else {
        window.sanpo.complain(page.querySelector("[data-problem]")?.textContent.trim() || document.body.dataset.sayFailed);
      }
    } catch {
      window.sanpo.complain(document.body.dataset.sayOffline);
    }
    refresh();
  };
  board.addEventListener("submit", (event) => {
    const form = event.target;
    const work = form.matches("[data-save]") ? () => take(form, 0) : form.matches("[data-add]") ? () => add(form)
      : form.matches("[data-act]") ? () => act(form) : null;
    if (!work) return;
    event.preventDefault();
    work();
  });

  /* --- What others write: asked for by htmx every few seconds, put in piece by piece --- */
  let known = "", skipped = false;
  const refresh = () => { known = ""; window.htmx.trigger(board, "refresh"); };
  const writing = (element) => {
    const active = document.activeElement;
    const here = element.contains(active) && active.matches("input, textarea, select");
    return here || [...unsent.values()].some((entry) => element.id === entry.card || element.contains(formOf(entry) ?? null))
      || Boolean(element.querySelector("[data-theirs]"));
  };

  /** Puts `fresh` in the place of `old`; what was open stays open, and who stood on a button stands on it again. */
  const replace = (old, fresh) => {
    const stops = (element) => [...element.querySelectorAll("button, summary, a[href]")];
    const stop = stops(old).indexOf(document.activeElement);
    old.replaceWith(fresh);
    fresh.toggleAttribute("open", old.matches("details[open]"));
    if (stop >= 0) (stops(fresh)[stop] ?? fresh.closest("section").querySelector("textarea, input[type=text]"))?.focus();
  };
  const drop = (element) => {
    const section = element.closest("section"), lost = element.contains(document.activeElement);
    element.remove();
    if (lost) section?.querySelector("[data-add] textarea, [data-add] input[type=text]")?.focus();
  };

  /** Brings `old` up to date with `fresh`, child by child where it holds cards, else as a whole. */
  const morph = (old, fresh) => {
    if (old.matches("[data-cards]") && fresh.matches("[data-cards]")) return merge(old, fresh);
    if (old.isEqualNode(fresh) || fresh.matches("[data-add]")) return;
    if (writing(old)) skipped = true;
    else replace(old, fresh);
  };
  const merge = (old, fresh) => {
    old.className = fresh.className;
    const wanted = new Set([...fresh.children].map((child) => child.id));
    for (const child of [...old.children]) {
      if (wanted.has(child.id)) continue;
      if (writing(child)) skipped = true;
      else drop(child);
    }
    let last = null;
    for (const child of [...fresh.children]) {
      const there = document.getElementById(child.id);
      if (there && there.parentElement === old) {
        morph(there, child);
        const now = document.getElementById(child.id);
        const place = last ? last.nextElementSibling : old.firstElementChild;
        if (place !== now) {
          if (now.contains(document.activeElement)) { for (let each = place; each !== now;) { const next = each.nextElementSibling; now.after(each); each = next; } }
          else (last ? last.after(now) : old.prepend(now));
        }
        last = now;
      } else {
        if (last) last.after(child);
        else old.prepend(child);
        last = child;
      }
    }
  };

  // htmx asks; what comes is put in here, and the page's own words about failures are for what people send.
  const own = (name, work) => board.addEventListener(`htmx:${name}`, (event) => {
    if (event.target !== board) return;
    event.stopPropagation();
    work?.(event);
  });
  own("configRequest", (event) => { if (known) event.detail.headers["If-None-Match"] = known; });
  own("beforeRequest", (event) => { if (document.hidden) event.preventDefault(); });
  own("beforeSwap", (event) => {
    const { xhr } = event.detail;
    event.detail.shouldSwap = false;
    event.detail.isError = false;
    if (xhr.status !== 200) return;
    const fresh = new DOMParser().parseFromString(xhr.responseText, "text/html").getElementById("cards");
    if (!fresh) return;
    skipped = false;
    fresh.querySelectorAll("input[name=csrf]").forEach((field) => field.setAttribute("value", words.csrf));  // masked anew each time
    merge(document.getElementById("cards"), document.importNode(fresh, true));
    known = skipped ? "" : xhr.getResponseHeader("ETag") ?? "";
  });
  for (const name of ["afterRequest", "sendError", "timeout", "responseError", "afterSettle"]) own(name);
  window.addEventListener("online", () => due(0));
  document.addEventListener("visibilitychange", () => { if (document.hidden) due(0); });

  /* --- Words of an earlier visit that were never sent --- */
  const left = stored((store) => Object.keys(store).filter((key) => key.startsWith(PREFIX)).map((key) => JSON.parse(store.getItem(key)))) ?? [];
  for (const entry of left.sort((a, b) => Boolean(b.card) - Boolean(a.card))) {
    const form = formOf(entry);
    unsent.set(entry.url, { ...entry, stuck: false });
    if (form) {
      form.elements.value.value = entry.fields.value;
      mark(entry, words.sayWriting);
    } else if (entry.card) sketch(entry);
  }
  board.classList.add("live");
  tell();
  if (unsent.size) { window.sanpo.say(document.body.dataset.sayRestored); due(0); }
})();
