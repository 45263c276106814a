"use strict";
// What the pages gain with JavaScript: cards on the marks, dropping a file, finding a sentence by any offset in it.

// --- cards: the details of the facts under a mark, on hover, focus or click ---

const card = document.createElement("div");
card.id = "card";
card.hidden = true;
card.setAttribute("role", "tooltip");
let pinned = null;
let timer = 0;

function show(mark) {
  clearTimeout(timer);
  const facts = mark.dataset.facts.split(" ");
  card.replaceChildren(...facts.map((key) => document.getElementById("card-" + key).content.cloneNode(true)));
  light(facts);
  card.hidden = false;
  mark.setAttribute("aria-describedby", "card");
  place(mark.getClientRects()[0]);
}

function place(box) {
  const room = document.documentElement.clientWidth - card.offsetWidth - 8;
  const below = box.bottom + card.offsetHeight + 8 < window.innerHeight || box.top < card.offsetHeight + 8;
  card.style.left = Math.max(8, Math.min(box.left, room)) + window.scrollX + "px";
  card.style.top = (below ? box.bottom + 6 : box.top - card.offsetHeight - 6) + window.scrollY + "px";
}

function light(facts) {
  for (const element of document.querySelectorAll(".lit")) element.classList.remove("lit");
  for (const mark of document.querySelectorAll(".mark")) {
    if (mark.dataset.facts.split(" ").includes(facts[0])) mark.classList.add("lit");
  }
  for (const key of facts) document.getElementById("fact-" + key).classList.add("lit");
}

function hide() {
  clearTimeout(timer);
  card.hidden = true;
  pinned = null;
  light([]);
  for (const mark of document.querySelectorAll(".mark[aria-describedby]")) mark.removeAttribute("aria-describedby");
}

function hideSoon() {
  if (!pinned) timer = setTimeout(hide, 250);
}

function useCards() {
  document.body.append(card);
  card.addEventListener("mouseenter", () => clearTimeout(timer));
  card.addEventListener("mouseleave", hideSoon);
  for (const mark of document.querySelectorAll(".mark")) {
    mark.addEventListener("mouseenter", () => pinned || show(mark));
    mark.addEventListener("mouseleave", hideSoon);
    mark.addEventListener("focus", () => pinned || show(mark));
    mark.addEventListener("blur", hideSoon);
    mark.addEventListener("click", (event) => {
      if (event.detail === 0) return; // the Enter key: the link leads to the fact's row, which can be read from there
      event.preventDefault();
      if (pinned === mark) return hide();
      show(mark);
      pinned = mark;
    });
  }
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".mark") && (!card.contains(event.target) || event.target.closest("a"))) hide();
  });
}

// --- addresses: #s123 leads to the sentence that holds offset 123, wherever that sentence begins ---

function findSentence() {
  for (const found of document.querySelectorAll(".found")) found.classList.remove("found");
  const wanted = /^#s(\d+)$/.exec(location.hash);
  if (!wanted || document.getElementById(location.hash.slice(1))) return;
  const before = [...document.querySelectorAll(".sentence")].filter((s) => Number(s.id.slice(1)) <= Number(wanted[1]));
  const sentence = before.at(-1);
  if (!sentence) return;
  sentence.classList.add("found");
  sentence.scrollIntoView();
}

// --- the form: drop a file, say that work is under way ---

function useForm(form) {
  const file = form.querySelector("#file");
  const button = form.querySelector("button");
  const rest = button.textContent;
  for (const name of ["dragenter", "dragover"]) {
    form.addEventListener(name, (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      form.classList.add("over");
    });
  }
  form.addEventListener("dragleave", (event) => form.contains(event.relatedTarget) || form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    form.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    file.files = event.dataTransfer.files;
    form.querySelector("#kind-file").checked = true;
    file.focus();
  });
  form.addEventListener("submit", () => {
    button.textContent = form.dataset.busy;
    button.disabled = true;
  });
  window.addEventListener("pageshow", () => {
    button.textContent = rest;
    button.disabled = false;
  });
}

const form = document.querySelector("form.submit");
if (form) useForm(form);
if (document.querySelector(".mark")) useCards();
if (document.querySelector(".sentence")) {
  findSentence();
  window.addEventListener("hashchange", findSentence);
}
