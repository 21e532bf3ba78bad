// SPDX-FileCopyrightText: 2026 The Samspil authors
// SPDX-License-Identifier: MPL-2.0

// What makes the pages pleasant; every page works without it. All words stand in the page, none here.

function initialise(scope) {
  if (window.DKFDS) {
    window.DKFDS.init(scope === document ? {} : { scope });
  }
  for (const element of [scope, ...scope.querySelectorAll(".js-only[hidden]")]) {
    if (element.matches?.(".js-only")) {
      element.hidden = false;
    }
  }
  document.dispatchEvent(new CustomEvent("samspil:initialise", { detail: scope }));
}

// A form is sent once per page; after half a minute without an answer it may be tried again.
const sent = new WeakSet();
const TRY_AGAIN_AFTER = 30_000;

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (form.method !== "post" || "resubmit" in form.dataset) {
      return;
    }
    if (sent.has(form)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    sent.add(form);
    setTimeout(() => sent.delete(form), TRY_AGAIN_AFTER);
  },
  { capture: true },
);
document.addEventListener("htmx:finally:request", (event) => {
  const form = event.target.closest?.("form");
  if (form) {
    sent.delete(form);
  }
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) {
    for (const form of document.forms) {
      sent.delete(form);
    }
  }
});

async function copyText(button) {
  const source = document.getElementById(button.dataset.copy);
  const text = "value" in source ? source.value : source.innerText;
  try {
    await navigator.clipboard.writeText(text);
    button.querySelector("[role=status]").textContent = button.dataset.copied;
  } catch {
    if ("select" in source) {
      source.focus();
      source.select();
    } else {
      window.getSelection().selectAllChildren(source);
    }
    button.querySelector("[role=status]").textContent = button.dataset.selected;
  }
}

document.addEventListener("click", (event) => {
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    copyText(copy);
  } else if (event.target.closest("[data-print]")) {
    window.print();
  }
  for (const menu of document.querySelectorAll(".mobile-menu[open]")) {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.(".mobile-menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// htmx tells this for each piece that it has put in, and for the whole page at first.
document.addEventListener("htmx:after:process", (event) => {
  if (event.target !== document.body) {
    initialise(event.target);
  }
});

initialise(document);
