// Keeps the app's shell (page, code, styles, font, icons) on the phone, so that it opens without signal.
//
// - One version is one cache, named by the content of all its files. A page and its code always come
//   from the same one.
// - A new version loads in the background and waits until the page says so: a half-written note is
//   never cut off. One that could not be loaded whole is never used, and the next try goes on where
//   this one stopped.
// - Whatever belongs to the relay (the team's records) passes by untouched: records live in the app's
//   own store, not here.
//
// And wakes its user when the relay says so (Web Push), also when no page of the app is open. A push says
// nothing but that there is something, so neither does the notification: what lies on a locked screen tells
// nobody who cares for whom.

// The build fills in both.
const VERSION = "__VERSION__";
const SHELL = __SHELL__;

const PREFIX = "kith-shell-";
const CACHE = PREFIX + VERSION;
const RELAY = ["/v1/", "/healthz", "/metrics"];
// The build puts a digest into the name of every file that never changes.
const LASTING_NAME = /\.[0-9a-f]{16}\.[a-z0-9]+$/;

/** Where what needs the user stands. */
const DECISIONS = "/decisions";
/** The cache that holds the language of the app's words: what chooses it is out of a worker's reach. */
const LANGUAGE = "kith-language";
// The build puts digests into names.
const ICON = SHELL.find((path) => path.startsWith("/icons/icon-192."));
const WORDS = {
  en: { title: "Kith", body: "Something needs you. Open Kith to see." },
  cy: { title: "Kith", body: "Mae angen eich sylw ar rywbeth. Agorwch Kith i weld." },
};

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(removeOthers()));
self.addEventListener("message", (event) => {
  if (event.data?.type === "use-new-version") self.skipWaiting();
  if (event.data?.type === "language") event.waitUntil(keepLanguage(event.data.language));
});
self.addEventListener("push", (event) => event.waitUntil(tell()));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(showDecisions());
});
self.addEventListener("fetch", (event) => {
  const path = shellPath(event.request);
  if (path !== undefined) event.respondWith(fromShell(path, event.request));
});

/** The file of the shell that answers this request, or nothing where the network must. */
function shellPath(request) {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return undefined;
  if (RELAY.some((start) => url.pathname === start || url.pathname.startsWith(start))) return undefined;
  if (SHELL.includes(url.pathname)) return url.pathname;
  // Every address a person can open is the same page; the app reads the address itself.
  return request.mode === "navigate" ? "/" : undefined;
}

async function fromShell(path, request) {
  const cache = await caches.open(CACHE);
  // Browsers may drop a cache when the phone is full; then the network is the only other source.
  return (await cache.match(path)) ?? fetch(request);
}

async function install() {
  const cache = await caches.open(CACHE);
  await Promise.all(SHELL.filter((path) => path !== "/").map((path) => keep(cache, path)));
  // The page last: it names the others, and it is the one file that a newer relay may have changed
  // since this list was made.
  const page = await load("/");
  const html = await page.clone().text();
  for (const [, path] of html.matchAll(/(?:href|src)="(\/[^"]*)"/g)) {
    if (LASTING_NAME.test(path) && !SHELL.includes(path)) {
      throw new Error(`the page is of another version: it names ${path}`);
    }
  }
  await cache.put("/", page);
}

/** Puts one file into the cache; the very same file may be here already, from another version or try. */
async function keep(cache, path) {
  if (LASTING_NAME.test(path)) {
    const same = await caches.match(path);
    if (same) return cache.put(path, same);
  }
  await cache.put(path, await load(path));
}

async function load(path) {
  const answer = await fetch(path, { cache: LASTING_NAME.test(path) ? "default" : "no-cache" });
  const html = (answer.headers.get("content-type") ?? "").startsWith("text/html");
  // A network's own sign-in page also answers 200: only the page itself may be HTML.
  if (!answer.ok || answer.redirected || html !== (path === "/")) {
    throw new Error(`${path} did not come: ${answer.status}`);
  }
  return answer;
}

async function removeOthers() {
  const names = await caches.keys();
  const others = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(others.map((name) => caches.delete(name)));
}

async function keepLanguage(language) {
  const cache = await caches.open(LANGUAGE);
  await cache.put("/", new Response(language));
}

/** The language that the app was last shown in, or else the browser's. */
async function language() {
  const cache = await caches.open(LANGUAGE);
  const kept = await cache.match("/");
  return kept ? kept.text() : self.navigator.language;
}

// Browsers take a subscription away from who is woken and shows nothing.
async function tell() {
  const lang = (await language()).startsWith("cy") ? "cy" : "en";
  const { title, body } = WORDS[lang];
  // One tag: several that came one after the other are one, and the last still makes itself heard.
  await self.registration.showNotification(title, {
    body, lang, tag: "kith", renotify: true, icon: ICON,
  });
}

/** Brings the app to the front. An open page is asked, not sent: it may hold a half-written note. */
async function showDecisions() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((page) => page.focused) ?? pages[0];
  if (!page) return self.clients.openWindow(DECISIONS);
  page.postMessage({ type: "open", path: DECISIONS });
  await page.focus();
}
