// The keys of a spreadsheet: arrows up and down, Enter and Shift+Enter, Escape takes back, Alt+arrow opens the list. Tab is the browser's own.

const STEPS = { ArrowDown: 1, ArrowUp: -1, Enter: 1 };

function shown(fields) {
  return [...fields.values()].filter((field) => field.isCell && field.element.offsetParent !== null);
}

function move(fields, field, step) {
  const cells = shown(fields);
  const next = cells[cells.indexOf(field) + step];
  if (!next) return false;
  next.element.focus();
  next.element.scrollIntoView({ block: "nearest" });
  return true;
}

export function addKeys(form, fields, { restore, open }) {
  const cellOf = (event) => {
    const field = fields.get(event.target.name);
    return field?.isCell && field.element === event.target ? field : null;
  };
  form.addEventListener("keydown", (event) => {
    const field = cellOf(event);
    if (!field || event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.altKey) {
      if (event.key !== "ArrowDown") return;
      event.preventDefault();
      open(field);
    } else if (event.key === "Escape") {
      restore(field);
    } else if (event.key in STEPS) {
      event.preventDefault();
      if (!move(fields, field, event.shiftKey ? -STEPS[event.key] : STEPS[event.key])) field.element.blur();
    }
  });
  // A cell that is entered is selected whole, so that typing replaces; a second click puts the cursor.
  let entered = null;
  form.addEventListener("focusin", (event) => {
    entered = cellOf(event);
    entered?.element.select();
  });
  form.addEventListener("click", (event) => {
    const field = cellOf(event);
    if (field && field === entered && field.element.selectionStart === field.element.selectionEnd) field.element.select();
    entered = null;
  });
}

// The list of contents shows where one is.
export function followScrolling() {
  const links = new Map([...document.querySelectorAll(".sections a")].map((link) => [link.hash.slice(1), link]));
  const seen = new IntersectionObserver(
    (entries) => {
      const current = entries.filter((entry) => entry.isIntersecting).at(-1);
      if (!current) return;
      for (const [id, link] of links) link.toggleAttribute("aria-current", id === current.target.id);
    },
    { rootMargin: "-25% 0px -70% 0px" },
  );
  for (const section of document.querySelectorAll(".content-section")) seen.observe(section);
}
