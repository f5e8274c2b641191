// The table of contents of the gallery: every page in a frame, in the theme and width chosen above.
const screens = {
  "Ways in": ["join", "join-opened", "join-used", "first-use"],
  "Personal assistant": [
    "today", "today-running", "today-nothing", "clock-in", "note", "rota", "rota-mine", "shift",
    "people", "timeline", "hours", "sent", "me",
  ],
  "Person": ["person"],
  "Family": ["family"],
  "Manager": ["manager", "records"],
  "Bad moments": ["states"],
};

const box = document.getElementById("screens");
for (const [who, pages] of Object.entries(screens)) {
  for (const page of pages) {
    const figure = document.createElement("figure");
    const link = document.createElement("a");
    link.href = `${page}.html`;
    link.textContent = `${who}: ${page}`;
    const frame = document.createElement("iframe");
    frame.loading = "lazy";
    frame.title = link.textContent;
    frame.dataset.page = page;
    figure.append(link, frame);
    box.append(figure);
  }
}

function show() {
  const { theme, width } = Object.fromEntries(
    [...document.querySelectorAll("input:checked")].map((input) => [input.name, input.value]),
  );
  document.documentElement.dataset.theme = theme;
  box.classList.toggle("wide", width === "1280");
  for (const frame of box.querySelectorAll("iframe")) {
    const address = `${frame.dataset.page}.html?theme=${theme}`;
    if (frame.getAttribute("src") !== address) frame.src = address;
  }
}

document.addEventListener("change", show);
show();
