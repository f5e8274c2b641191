// Starts the app. A file of its own, because the Content-Security-Policy allows no script inside a page.
import init from "/kith.js";

// The page shows the app's outline until the app's first screen is there, and not a moment longer.
const main = document.getElementById("main");
const outline = [...(main?.children ?? [])];
if (main) {
  new MutationObserver((_, observer) => {
    observer.disconnect();
    for (const part of outline) part.remove();
  }).observe(main, { childList: true });
}

await init({ module_or_path: "/kith_bg.wasm" });
