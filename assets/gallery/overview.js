// The table of contents of the gallery: every page in a frame, in the theme and width chosen above.
// A second word is the state of the page: `shift-story asked`.
const screens = {
  "Ways in": ["join", "join-opened", "join-used", "first-use"],
  "Personal assistant": [
    "today", "today-running", "today-nothing", "clock-in", "note", "rota", "rota-mine",
    "rota-month", "rota-month-cy", "shift",
    "people", "timeline", "hours", "sent kept", "sent left-out", "me", "me-cover link", "me-cover none", "me-cover blocked",
  ],
  "A shift and its story": [
    "shift-story mine", "shift-story asked", "shift-story open-ask", "shift-story offered", "shift-story claimed",
    "shift-story standby", "shift-story waiting-yes", "shift-story granted", "shift-story vetoed",
    "shift-story late", "shift-story running", "shift-story say-yes", "shift-story swap", "shift-story double",
    "shift-story cancelled", "shift-story draft", "shift-forms ask", "shift-forms ask-some",
    "shift-forms offer", "shift-forms swap", "shift-forms cannot", "shift-forms claim",
    "shift-forms claim-blocked", "shift-forms handover", "shift-forms say-no", "shift-story-cy mine",
    "shift-story-cy open-ask", "shift-story-cy vetoed",
  ],
  "Cover": ["decisions full", "decisions empty", "decisions-cy full", "availability", "availability copy",
    "availability days", "availability opt-out", "coverage", "fairness"],
  "Plan": ["plan", "plan-shift form", "plan-shift this-or-following", "plan-shift cancel", "plan-shift not-allowed"],
  "Person": ["person", "person-yes", "my-people", "team"],
  "Family": ["family quiet", "family alert", "family settled"],
  "Manager": ["manager aside", "manager doubt", "records", "aside list", "aside leave-out", "aside none", "aside-cy list",
    "aside-cy leave-out", "aside-cy none"],
  "Bad moments": ["states", "gone", "locked", "lost"],
};

const box = document.getElementById("screens");
for (const [who, pages] of Object.entries(screens)) {
  for (const page of pages) {
    const figure = document.createElement("figure");
    const link = document.createElement("a");
    const [file, state] = page.split(" ");
    link.href = state ? `${file}.html?state=${state}` : `${file}.html`;
    link.textContent = `${who}: ${page}`;
    const frame = document.createElement("iframe");
    frame.loading = "lazy";
    frame.title = link.textContent;
    frame.dataset.page = link.getAttribute("href");
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
    const { page } = frame.dataset;
    const address = `${page}${page.includes("?") ? "&" : "?"}theme=${theme}`;
    if (frame.getAttribute("src") !== address) frame.src = address;
  }
}

document.addEventListener("change", show);
show();
