// The service worker and its registration against hand-made browsers: what happens when a file does
// not come, when there is no signal, and when a new version arrives. The end-to-end test drives the
// same files in Chromium; here the bad moments can be placed exactly.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const read = (name) => readFileSync(new URL(`../../assets/public/${name}`, import.meta.url), "utf8");
const ORIGIN = "https://kith.example";

const APP = "/kith.0123456789abcdef.js";
const APP_2 = "/kith.fedcba9876543210.js";
const CSS = "/app.00112233445566aa.css";
const ICON = "/icons/icon-192.8899aabbccddeeff.png";
const page = (app) => `<link href="${CSS}"><script type="module" src="${app}"></script>`;
const shell = (app) => ["/", app, CSS, ICON, "/manifest.webmanifest"];

// Node 18 has no CustomEvent of its own.
const CustomEvent = globalThis.CustomEvent ?? class CustomEvent extends Event {};

/** The Cache Storage of one origin: outlives every worker. */
class Caches {
  stores = new Map();
  async open(name) {
    if (!this.stores.has(name)) this.stores.set(name, new Map());
    const store = this.stores.get(name);
    return {
      match: async (path) => store.get(path)?.clone(),
      put: async (path, answer) => void store.set(path, answer),
    };
  }
  async match(path) {
    for (const store of this.stores.values()) if (store.has(path)) return store.get(path).clone();
  }
  keys = async () => [...this.stores.keys()];
  delete = async (name) => this.stores.delete(name);
  paths = (name) => [...(this.stores.get(name)?.keys() ?? [])].sort();
}

/** A relay that serves one version; `broken` paths fail as on a bad line. */
class Relay {
  broken = new Set();
  asked = [];
  constructor(app, text = page(app)) {
    this.files = new Map([
      ["/", [text, "text/html"]],
      [app, [`code of ${app}`, "text/javascript"]],
      [CSS, ["styles", "text/css"]],
      [ICON, ["icon", "image/png"]],
      ["/manifest.webmanifest", ["{}", "application/manifest+json"]],
    ]);
  }
  fetch = async (what) => {
    const path = typeof what === "string" ? what : new URL(what.url).pathname;
    this.asked.push(path);
    if (this.broken.has(path)) throw new TypeError("Failed to fetch");
    const file = this.files.get(path);
    if (!file) return new Response("not here", { status: 404 });
    return new Response(file[0], { headers: { "content-type": file[1] } });
  };
}

class Worker {
  listeners = {};
  skipped = false;
  shown = [];
  pages = [];
  opened = [];
  constructor({ caches, relay, version, app, language = "en-GB" }) {
    const source = read("sw.js")
      .replace("__VERSION__", version)
      .replace("__SHELL__", JSON.stringify(shell(app)));
    const self = {
      location: new URL(ORIGIN),
      addEventListener: (type, listener) => (this.listeners[type] = listener),
      skipWaiting: () => (this.skipped = true),
      navigator: { language },
      registration: { showNotification: async (title, how) => void this.shown.push({ title, ...how }) },
      clients: {
        matchAll: async ({ type }) => (type === "window" ? this.pages : []),
        openWindow: async (path) => void this.opened.push(path),
      },
    };
    vm.runInNewContext(source, { self, caches, fetch: relay.fetch, URL, Error, Promise, Response });
  }
  async run(type, event = {}) {
    let work;
    this.listeners[type]({ ...event, waitUntil: (promise) => (work = promise) });
    await work;
  }
  /** What the worker answers, or undefined where it leaves the request to the browser. */
  async ask(path, { mode = "no-cors", method = "GET", origin = ORIGIN } = {}) {
    let answer;
    const request = { url: origin + path, method, mode };
    this.listeners.fetch({ request, respondWith: (promise) => (answer = promise) });
    return answer && (await answer).text();
  }
}

async function installed() {
  const caches = new Caches();
  const relay = new Relay(APP);
  const worker = new Worker({ caches, relay, version: "one", app: APP });
  await worker.run("install");
  await worker.run("activate");
  return { caches, relay, worker };
}

test("the whole shell is kept, and opens with no signal at any address", async () => {
  const { caches, relay, worker } = await installed();
  assert.deepEqual(caches.paths("kith-shell-one"), shell(APP).sort());
  relay.broken = new Set(shell(APP));
  relay.asked = [];
  for (const address of ["/", "/rota/2026-11-23", "/join?code=A"]) {
    assert.equal(await worker.ask(address, { mode: "navigate" }), page(APP), address);
  }
  assert.equal(await worker.ask(APP), `code of ${APP}`);
  assert.deepEqual(relay.asked, [], "what is kept is answered without asking the network");
});

test("the relay's own addresses, other sites and other methods pass by", async () => {
  const { worker } = await installed();
  for (const path of ["/v1/sync", "/v1/events", "/healthz", "/metrics"]) {
    assert.equal(await worker.ask(path), undefined, path);
    assert.equal(await worker.ask(path, { mode: "navigate" }), undefined, path);
  }
  assert.equal(await worker.ask("/", { method: "POST" }), undefined);
  assert.equal(await worker.ask(APP, { origin: "https://elsewhere.example" }), undefined);
  assert.equal(await worker.ask("/not-in-the-shell.png"), undefined);
});

test("one file that does not come leaves the old version whole, and the next try goes on", async () => {
  const { caches, worker: old } = await installed();
  const relay = new Relay(APP_2);
  relay.broken.add("/manifest.webmanifest");
  const first = new Worker({ caches, relay, version: "two", app: APP_2 });
  await assert.rejects(first.run("install"));

  assert.deepEqual(caches.paths("kith-shell-one"), shell(APP).sort());
  assert.equal(await old.ask("/", { mode: "navigate" }), page(APP));
  assert.equal(await old.ask(APP), `code of ${APP}`);

  relay.broken.clear();
  relay.asked = [];
  const second = new Worker({ caches, relay, version: "two", app: APP_2 });
  await second.run("install");
  assert.deepEqual(caches.paths("kith-shell-two"), shell(APP_2).sort());
  assert.ok(!relay.asked.includes(APP_2), "what came the first time is not loaded again");
});

test("files that did not change are taken from the version before", async () => {
  const { caches } = await installed();
  const relay = new Relay(APP_2);
  await new Worker({ caches, relay, version: "two", app: APP_2 }).run("install");
  assert.ok(!relay.asked.includes(CSS));
  assert.ok(relay.asked.includes(APP_2));
});

test("a page of another version than the list is refused: never new page with old code", async () => {
  const caches = new Caches();
  const relay = new Relay(APP, page(APP_2));
  const worker = new Worker({ caches, relay, version: "one", app: APP });
  await assert.rejects(worker.run("install"), /another version/);
  assert.ok(!caches.paths("kith-shell-one").includes("/"));
});

test("an error page or a sign-in page is not taken for a file", async () => {
  for (const wrong of [undefined, ["<h1>Sign in to the train</h1>", "text/html"]]) {
    const relay = new Relay(APP);
    if (wrong) relay.files.set(APP, wrong);
    else relay.files.delete(APP);
    const worker = new Worker({ caches: new Caches(), relay, version: "one", app: APP });
    await assert.rejects(worker.run("install"), /did not come/);
  }
});

test("a new version waits until it is told, and removes the old one only when it takes over", async () => {
  const { caches, worker: old } = await installed();
  await caches.open("of-somebody-else");
  const worker = new Worker({ caches, relay: new Relay(APP_2), version: "two", app: APP_2 });
  await worker.run("install");
  assert.equal(worker.skipped, false);
  assert.equal(await old.ask("/", { mode: "navigate" }), page(APP));

  worker.listeners.message({ data: { type: "hello" } });
  assert.equal(worker.skipped, false);
  worker.listeners.message({ data: { type: "use-new-version" } });
  assert.equal(worker.skipped, true);

  await worker.run("activate");
  assert.deepEqual(await caches.keys(), ["of-somebody-else", "kith-shell-two"]);
  assert.equal(await worker.ask("/", { mode: "navigate" }), page(APP_2));
});

test("a cache that the browser dropped is answered by the network", async () => {
  const { caches, worker } = await installed();
  await caches.delete("kith-shell-one");
  assert.equal(await worker.ask(APP), `code of ${APP}`);
});

test("a push shows that there is something, and nothing about anybody", async () => {
  const { worker } = await installed();
  await worker.run("push", { data: { text: () => "Gwen is waiting for Nia" } });
  assert.deepEqual(worker.shown, [{
    title: "Kith", body: "Something needs you. Open Kith to see.", lang: "en", tag: "kith", renotify: true,
    icon: ICON,
  }]);
});

test("it speaks the language of the app, and the browser's before the app was ever open", async () => {
  const { caches, worker } = await installed();
  const shown = async (worker) => {
    await worker.run("push");
    return worker.shown.at(-1).lang;
  };
  const app = { caches, relay: new Relay(APP), version: "one", app: APP };
  assert.equal(await shown(new Worker({ ...app, language: "cy-GB" })), "cy");
  assert.equal(await shown(new Worker({ ...app, language: "fr" })), "en");
  await worker.run("message", { data: { type: "language", language: "cy" } });
  assert.equal(await shown(new Worker({ ...app, language: "en-GB" })), "cy");
  // A new version of the shell throws old shells away, and not this.
  const newer = new Worker({ caches, relay: new Relay(APP_2), version: "two", app: APP_2 });
  await newer.run("install");
  await newer.run("activate");
  assert.equal(await shown(newer), "cy");
  assert.match(newer.shown.at(-1).body, /Agorwch Kith/);
  await newer.run("message", { data: { type: "language", language: "en-GB" } });
  assert.equal(await shown(newer), "en");
});

test("a tap on a notification brings the app to the front, or opens it", async () => {
  const { worker } = await installed();
  let closed = 0;
  const notification = { close: () => closed++ };
  await worker.run("notificationclick", { notification });
  assert.deepEqual(worker.opened, ["/decisions"]);

  const seen = [];
  const page = (name, focused) => ({
    focused,
    focus: async () => void seen.push(`${name} to the front`),
    postMessage: (message) => seen.push(`${name}: ${message.type} ${message.path}`),
  });
  worker.pages = [page("one", false), page("two", true)];
  await worker.run("notificationclick", { notification });
  assert.deepEqual(seen, ["two: open /decisions", "two to the front"]);
  assert.deepEqual(worker.opened, ["/decisions"], "no second window");
  assert.equal(closed, 2);
});

/** A page that has run register.js; `registration` holds the workers there are at that moment. */
async function registered({ waiting = null, active = {}, controller = {} } = {}) {
  const window = new EventTarget();
  const workers = new EventTarget();
  const registration = Object.assign(new EventTarget(), { waiting, active, installing: null });
  workers.controller = controller;
  workers.register = async () => registration;
  workers.startMessages = () => {};
  workers.ready = Promise.resolve({ active: { postMessage: (message) => seen.told.push(message.language) } });
  const document = Object.assign(new EventTarget(), { documentElement: { dataset: {}, lang: "en-GB" } });
  const seen = { offers: 0, reloads: 0, told: [], opened: [] };
  let changed;
  class MutationObserver {
    constructor(call) { this.call = call; }
    observe(element, { attributeFilter }) {
      assert.equal(element, document.documentElement);
      assert.deepEqual([...attributeFilter], ["lang"]);
      changed = this.call;
    }
  }
  window.addEventListener("kith-open", (event) => seen.opened.push(event.detail));
  window.addEventListener("kith-update-waiting", () => seen.offers++);
  const location = { reload: () => seen.reloads++ };
  vm.runInNewContext(read("register.js"), {
    window, document, location, console, CustomEvent, MutationObserver, navigator: { serviceWorker: workers },
  });
  await new Promise(setImmediate);
  return {
    seen, registration, document,
    take: () => window.dispatchEvent(new CustomEvent("kith-use-new-version")),
    takeOver: () => workers.dispatchEvent(new Event("controllerchange")),
    hear: (data) => workers.dispatchEvent(Object.assign(new Event("message"), { data })),
    speak: async (lang) => {
      document.documentElement.lang = lang;
      changed();
      await new Promise(setImmediate);
    },
  };
}

const newWorker = () =>
  Object.assign(new EventTarget(), { state: "installing", posted: [], postMessage(m) { this.posted.push(m); } });

test("the page is told of a version that waits, asks for it, and reloads once", async () => {
  const waiting = newWorker();
  const { seen, document, take, takeOver } = await registered({ waiting });
  assert.equal(seen.offers, 1);
  assert.equal(document.documentElement.dataset.update, "waiting");
  take();
  assert.deepEqual(waiting.posted.map((m) => m.type), ["use-new-version"]);
  assert.equal(seen.reloads, 0, "the old version is still in charge");
  takeOver();
  takeOver();
  assert.equal(seen.reloads, 1);
});

test("a version that finishes loading later is offered; the very first one is not", async () => {
  for (const [active, offers] of [[{}, 1], [null, 0]]) {
    const { seen, registration } = await registered({ active });
    registration.installing = newWorker();
    registration.dispatchEvent(new Event("updatefound"));
    registration.installing.state = "installed";
    registration.installing.dispatchEvent(new Event("statechange"));
    assert.equal(seen.offers, offers);
  }
});

test("another tab's choice does not reload this one: it may hold a half-written note", async () => {
  const { seen, take, takeOver } = await registered();
  takeOver();
  assert.deepEqual([seen.offers, seen.reloads], [1, 0]);
  take();
  assert.equal(seen.reloads, 1, "nothing waits any more: a reload is enough");
});

test("the worker is told the language of the app's words, each time that it changes", async () => {
  const { seen, speak } = await registered();
  assert.deepEqual(seen.told, [], "what the page is written in was chosen by nobody");
  await speak("cy");
  await speak("en-GB");
  assert.deepEqual(seen.told, ["cy", "en-GB"]);
});

test("the app is asked to show what a tapped notification is about", async () => {
  const { seen, hear } = await registered();
  hear({ type: "something-else", path: "/elsewhere" });
  hear(undefined);
  hear({ type: "open", path: "/decisions" });
  assert.deepEqual(seen.opened, ["/decisions"]);
});
