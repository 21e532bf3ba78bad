// SPDX-FileCopyrightText: 2026 The Samspil authors
// SPDX-License-Identifier: MPL-2.0

// Forms that save while one types (form[data-autosave]), and a copy in the browser of what has not arrived yet.
// The copy lives in this tab only and goes when somebody logs out: computers in a staff room are shared.

const PAUSE = 2000;
const PAUSE_AFTER_A_TICK = 300;
const PREFIX = "samspil:draft:";
const SENT = "samspil:sent";
const NOT_OURS = new Set(["csrfmiddlewaretoken", "submission"]);

const store = {
  get(key) {
    try {
      return JSON.parse(sessionStorage.getItem(key));
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      sessionStorage.setItem(key, JSON.stringify(value));
    } catch {
      // Full or forbidden: the server's copy is the one that counts.
    }
  },
  drop(key) {
    sessionStorage.removeItem(key);
  },
};

const keyOf = (form) => `${PREFIX}${location.pathname}#${form.id}`;
const plain = (text) => text.replace(/\r\n?/g, "\n").trim();
const clock = () => new Date().toTimeString().slice(0, 5).replace(":", ".");

function fieldsOf(form) {
  return [...form.elements].filter((field) => field.name && !NOT_OURS.has(field.name) && !["hidden", "file", "password", "submit", "button"].includes(field.type));
}

const pauseAfter = (field) => (["checkbox", "radio"].includes(field.type) ? PAUSE_AFTER_A_TICK : PAUSE);

function valuesOf(form) {
  const values = {};
  for (const field of fieldsOf(form)) {
    if (field.type === "checkbox" || field.type === "radio") {
      values[`${field.name}=${field.value}`] = field.checked;
    } else {
      values[field.name] = field.value;
    }
  }
  return values;
}

function differs(kept, now) {
  return Object.entries(kept).some(([name, value]) => name in now && (typeof value === "string" ? plain(value) !== plain(now[name]) : value !== now[name]));
}

function putBack(form, values) {
  for (const field of fieldsOf(form)) {
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = values[`${field.name}=${field.value}`] ?? field.checked;
    } else if (field.name in values) {
      field.value = values[field.name];
    }
  }
}

class Draft {
  constructor(form) {
    this.form = form;
    this.key = keyOf(form);
    this.status = form.querySelector("[data-autosave-status]") ?? document.querySelector(`[data-autosave-status="${form.id}"]`);
    this.timer = 0;
    this.saving = null;
    this.again = false;
    form.addEventListener("input", (event) => this.changed(pauseAfter(event.target)));
    form.addEventListener("change", (event) => this.changed(pauseAfter(event.target)));
    form.addEventListener("submit", () => this.leave());
    this.offer();
  }

  say(word, values = {}) {
    if (!this.status) {
      return;
    }
    let text = this.status.dataset[word] ?? "";
    for (const [name, value] of Object.entries(values)) {
      text = text.replace(`{${name}}`, value);
    }
    this.status.textContent = text;
  }

  changed(pause = PAUSE) {
    store.set(this.key, { at: clock(), values: valuesOf(this.form) });
    clearTimeout(this.timer);
    if (this.form.dataset.autosave !== "local") {
      this.timer = setTimeout(() => this.save(), pause);
    }
  }

  leave() {
    clearTimeout(this.timer);
    this.saving?.abort();
    store.set(SENT, { key: this.key });
  }

  async save() {
    if (this.saving) {
      this.again = true;
      return;
    }
    const body = new FormData(this.form);
    body.delete("submission");
    const kept = JSON.stringify(valuesOf(this.form));
    this.saving = new AbortController();
    this.say("saving");
    try {
      const answer = await fetch(this.form.dataset.autosave || this.form.action, {
        method: "POST",
        body: new URLSearchParams([...body].filter(([, value]) => typeof value === "string")),
        headers: { Accept: "application/json", "X-Samspil-Autosave": "1" },
        redirect: "manual",
        signal: this.saving.signal,
      });
      await this.answered(answer, kept);
    } catch (problem) {
      if (problem.name !== "AbortError") {
        this.say("offline");
      }
    } finally {
      this.saving = null;
    }
    if (this.again) {
      this.again = false;
      this.changed();
    }
  }

  async answered(answer, kept) {
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    const data = isJson ? await answer.json() : {};
    if (answer.ok && (isJson || answer.status === 204)) {
      for (const [name, value] of Object.entries(data.fields ?? {})) {
        for (const field of this.form.querySelectorAll(`input[type=hidden][name="${CSS.escape(name)}"]`)) {
          field.value = value;
        }
      }
      for (const [place, html] of Object.entries(data.replace ?? {})) {
        for (const element of document.querySelectorAll(`[data-replace="${CSS.escape(place)}"]`)) {
          element.innerHTML = html;
        }
      }
      if (JSON.stringify(valuesOf(this.form)) === kept) {
        store.drop(this.key);
      }
      this.say("saved", { time: data.saved_at ?? clock() });
      this.form.dispatchEvent(new CustomEvent("samspil:saved", { bubbles: true, detail: data }));
    } else if (data.message) {
      this.status.textContent = data.message;
    } else {
      this.say(answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403 ? "lost" : "failed");
    }
  }

  offer() {
    const kept = store.get(this.key);
    if (!kept) {
      return;
    }
    if ("afresh" in this.form.dataset) {
      store.drop(this.key);
      return;
    }
    if (!differs(kept.values, valuesOf(this.form))) {
      // What was refused is on the page, and nowhere else: it waits for whoever goes away and comes back.
      if (!("notSaved" in document.body.dataset)) {
        store.drop(this.key);
      }
      return;
    }
    const template = document.getElementById("restore-draft");
    if (!template) {
      return;
    }
    const box = template.content.firstElementChild.cloneNode(true);
    const sentence = box.querySelector(".alert-text");
    sentence.textContent = sentence.textContent.replace("{time}", kept.at);
    box.querySelector("[data-restore]").addEventListener("click", () => {
      putBack(this.form, kept.values);
      box.remove();
      this.changed();
      fieldsOf(this.form)[0]?.focus();
    });
    box.querySelector("[data-discard]").addEventListener("click", () => {
      store.drop(this.key);
      box.remove();
    });
    this.form.prepend(box);
  }
}

// A form that was sent and answered by another page has arrived, unless that page says it has not.
function settleWhatWasSent() {
  const last = store.get(SENT);
  if (!last) {
    return;
  }
  const isSamePage = last.key.startsWith(`${PREFIX}${location.pathname}#`);
  const isSaved = !("notSaved" in document.body.dataset);
  if (!isSamePage && isSaved) {
    store.drop(last.key);
  }
  if (isSamePage || isSaved) {
    store.drop(SENT);
  }
}

const watched = new WeakSet();

document.addEventListener("submit", (event) => {
  if ("logout" in event.target.dataset) {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith("samspil:")) {
        sessionStorage.removeItem(key);
      }
    }
  }
});
settleWhatWasSent();

document.addEventListener("samspil:initialise", (event) => {
  const scope = event.detail;
  for (const form of [scope, ...scope.querySelectorAll("form[data-autosave]")]) {
    if (form.matches?.("form[data-autosave]") && !watched.has(form)) {
      watched.add(form);
      new Draft(form);
    }
  }
});
