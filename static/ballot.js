/* Voting forms: sums while one chooses, places by buttons, a search that keeps what is marked. All of it also works
   without this file: the same form counts again, searches and ranks on the server. */
"use strict";
(() => {
  const fill = (text, values) => Object.entries(values).reduce((said, [name, value]) => said.replace(`{${name}}`, value), text);
  const shown = (number) => number.toLocaleString("en-US");

  const start = (form) => {
    const options = () => [...form.querySelectorAll("[data-option]")];
    const control = (option) => option.querySelector("[name^='option-']");
    const words = form.dataset;

    /* --- What is chosen so far --- */
    const sum = form.querySelector("[data-sum]");
    let said = "";
    let waiting = 0;
    const count = () => {
      const marked = options().filter((option) => (control(option).type === "checkbox" ? control(option).checked : control(option).value !== ""));
      const spent = marked.reduce((total, option) => total + Number(option.dataset.cost), 0);
      const given = marked.reduce((total, option) => total + (/^\d+$/.test(control(option).value) ? Number(control(option).value) : 0), 0);
      return { number: marked.length, spent, given };
    };
    const add_up = (announce) => {
      if (!sum) return;
      const { number, spent, given } = count();
      const used = words.cap ? spent : words.total ? given : number;
      const limit = Number(words.cap || words.total || words.most || 0);
      const over = limit && used > limit;
      const text = fill(over ? words.sayOver : words.saySum, {
        number, spent: shown(spent), given, left: shown(limit - used), over: shown(used - limit),
      });
      sum.querySelector("[data-sum-words]").textContent = text;
      sum.classList.toggle("over", Boolean(over));
      const meter = sum.querySelector("progress");
      if (meter) meter.value = Math.min(used, limit);
      if (announce && text !== said) {
        clearTimeout(waiting);  // several ticks in a row are said once
        waiting = setTimeout(() => window.sanpo.say(text), 400);
      }
      said = text;
    };

    /* --- Places: up and down, the button keeps the focus, the new place is said --- */
    const place_of = (option) => Number(control(option).value) || Infinity;
    const sorted = () => options().sort((one, other) => place_of(one) - place_of(other));
    const say_place = (option) => {
      const place = control(option).value;
      window.sanpo.say(fill(place ? words.sayPlace : words.sayUnplaced, { title: option.dataset.title, place }));
    };
    const buttons = () => {
      const placed = sorted().filter((option) => place_of(option) !== Infinity);
      for (const option of options()) {
        const at = placed.indexOf(option);
        option.querySelector("[data-move='-1']").setAttribute("aria-disabled", String(at === 0));
        option.querySelector("[data-move='1']").setAttribute("aria-disabled", String(at === -1));
        option.classList.toggle("marked", at !== -1);
      }
    };
    const move = (button) => {
      const option = button.closest("[data-option]");
      const placed = sorted().filter((each) => place_of(each) !== Infinity);
      const at = placed.indexOf(option);
      if (button.getAttribute("aria-disabled") === "true") return say_place(option);
      if (at === -1) placed.push(option);
      else if (button.dataset.move === "1" && at === placed.length - 1) {
        placed.pop();
        control(option).value = "";
      } else {
        const other = at + Number(button.dataset.move);
        [placed[at], placed[other]] = [placed[other], placed[at]];
      }
      placed.forEach((each, index) => { control(each).value = String(index + 1); });
      const list = option.parentElement;
      sorted().forEach((each) => list.append(each));
      button.focus();  // moving the row took the focus away
      buttons();
      keep();
      say_place(option);
    };

    /* --- Search: rows go out of sight, their marks stay --- */
    const find = form.querySelector("[name=find]");
    const area = form.querySelector("[name=area]");
    const plain = (text) => text.normalize("NFKC").toLowerCase();
    const search = () => {
      const wanted = plain(find?.value ?? "").split(/\s+/).filter(Boolean);
      let left = 0;
      for (const option of options()) {
        const text = plain(option.dataset.words);
        const fits = wanted.every((word) => text.includes(word)) && (!area?.value || option.dataset.area === area.value);
        option.hidden = !fits;
        left += fits;
      }
      window.sanpo.say(fill(words.sayFound, { number: left }));
    };

    /* --- Marks stay in this tab's own storage until the vote is cast, so that signing in between loses none --- */
    const key = `ballot:${words.ballot}`;
    const controls = () => [...form.elements].filter((field) => /^(option-|choice$)/.test(field.name));
    const is_marked = (field) => (/checkbox|radio/.test(field.type) ? field.checked : field.value !== "");
    const keep = () => {
      const marks = controls().filter(is_marked).map((field) => [field.name, field.value]);
      sessionStorage.setItem(key, JSON.stringify(marks));
    };
    const restore = () => {
      const marks = JSON.parse(sessionStorage.getItem(key) ?? "[]");
      if (!marks.length || words.filled !== undefined || controls().some((field) => is_marked(field) && field.value !== "")) return;
      for (const [name, value] of marks) {
        for (const field of controls().filter((each) => each.name === name)) {
          if (/checkbox|radio/.test(field.type)) field.checked = field.value === value;
          else field.value = value;
        }
      }
      window.sanpo.say(document.body.dataset.sayRestored);
    };

    restore();
    form.querySelectorAll("[data-move]").forEach((button) => { button.hidden = false; });
    form.querySelectorAll("[data-without-script]").forEach((button) => { button.hidden = true; });
    if (form.querySelector("[data-move]")) {
      const list = options()[0].parentElement;
      sorted().forEach((each) => list.append(each));
      buttons();
    }
    add_up(false);
    form.addEventListener("click", (event) => {
      const button = event.target.closest?.("[data-move]");
      if (button) move(button);
    });
    form.addEventListener("input", (event) => {
      if (event.target === find || event.target === area) return search();
      keep();
      add_up(true);
    });
    form.addEventListener("change", (event) => {
      if (event.target.matches("select[name^='option-']")) buttons();
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target === find) event.preventDefault();
    });
  };

  document.querySelectorAll("form[data-ballot]").forEach(start);
  // The vote is cast: nothing of it stays on the device.
  document.querySelectorAll("[data-cast]").forEach((cast) => sessionStorage.removeItem(`ballot:${cast.dataset.cast}`));
})();
