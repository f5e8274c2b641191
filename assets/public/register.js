// Registers the service worker and speaks for it to the app, in DOM events on `window`:
//
// - `kith-update-waiting`: a new version is on the phone. The app offers it ("Use the new version").
//   `<html data-update="waiting">` says the same to an app that started to listen later.
// - `kith-use-new-version`: the app's answer. Reloads once, as soon as the new version is in charge.
// - `kith-open`: its user tapped a notification; `detail` is the path of the screen that they expect.
//
// And tells the worker in which language the app's words are (`<html lang>`), for its notifications.

const workers = navigator.serviceWorker;
const HOUR = 60 * 60 * 1000;

/** Set once this page has asked for the new version; only then does it reload by itself. */
let asked = false;
let registration;

function announce() {
  document.documentElement.dataset.update = "waiting";
  window.dispatchEvent(new CustomEvent("kith-update-waiting"));
}

function watch(worker) {
  worker?.addEventListener("statechange", () => {
    // The very first version has nobody to wait for.
    if (worker.state === "installed" && registration.active) announce();
  });
}

function useNewVersion() {
  asked = true;
  if (registration?.waiting) {
    registration.waiting.postMessage({ type: "use-new-version" });
  } else {
    // Another tab was quicker: the new version is in charge already.
    location.reload();
  }
}

async function start() {
  registration = await workers.register("/sw.js", { updateViaCache: "none" });
  if (registration.waiting && registration.active) announce();
  watch(registration.installing);
  registration.addEventListener("updatefound", () => watch(registration.installing));
  window.addEventListener("kith-use-new-version", useNewVersion);

  const wasControlled = Boolean(workers.controller);
  workers.addEventListener("controllerchange", () => {
    if (asked) {
      asked = false;
      location.reload();
    } else if (wasControlled) {
      // Another tab took the new version. This one may hold a half-written note: it is told, not reloaded.
      announce();
    }
  });

  // An installed app can stay open for days; coming back to it is the moment to look.
  let looked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - looked < HOUR) return;
    looked = Date.now();
    registration.update().catch(() => {}); // No signal: it will look again another time.
  });
}

function tellLanguage() {
  const { lang } = document.documentElement;
  workers.ready.then(({ active }) => active.postMessage({ type: "language", language: lang }));
}

function hear({ data }) {
  if (data?.type !== "open") return;
  window.dispatchEvent(new CustomEvent("kith-open", { detail: data.path }));
}

if (workers) {
  workers.addEventListener("message", hear);
  workers.startMessages();
  // The page is written in one language; the app says which one its user reads.
  new MutationObserver(tellLanguage).observe(document.documentElement, { attributeFilter: ["lang"] });
  start().catch((error) => console.warn("Kith will not open without signal:", error));
}
