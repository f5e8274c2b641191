// Fills `svg[data-icon]` from icons.js and lets `?theme=dark` choose the theme; where a page shows several
// states, `?state=asked` chooses one of its `[data-state]`. The gallery's own: the app writes the same
// `svg.icon > path` itself.
const chosen = new URLSearchParams(location.search);
const theme = chosen.get("theme");
if (theme) document.documentElement.dataset.theme = theme;
for (const svg of document.querySelectorAll("svg[data-icon]")) {
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", window.kithIcons[svg.dataset.icon] ?? "M2 2l20 20M22 2L2 22");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.append(path);
}

const stated = [...document.querySelectorAll("[data-state]")];
const state = chosen.get("state") ?? stated[0]?.dataset.state.split(" ")[0];
for (const part of stated) part.hidden = !part.dataset.state.split(" ").includes(state);
