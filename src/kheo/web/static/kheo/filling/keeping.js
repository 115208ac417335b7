// What is not saved yet is also kept in this browser, for the day when the network or the battery fails. Nothing else is.

export class Keep {
  constructor(name) {
    this.name = `kheo:${name}`;
  }

  put(fields) {
    const unsaved = {};
    for (const field of fields.values()) if (field.isUnsaved) unsaved[field.target] = { before: field.stored, text: field.text };
    try {
      if (Object.keys(unsaved).length) localStorage.setItem(this.name, JSON.stringify(unsaved));
      else localStorage.removeItem(this.name);
    } catch {
      // No room, or not allowed: the page itself still holds the texts.
    }
  }

  // Puts kept texts back into their fields and gives how many. If the place has changed since, the server will ask.
  restore(fields) {
    let count = 0;
    for (const [target, kept] of Object.entries(this.read())) {
      const field = fields.get(target);
      if (!field || typeof kept?.text !== "string" || kept.text === field.stored) continue;
      field.text = kept.text;
      if (typeof kept.before === "string") field.stored = field.accepted = kept.before;
      count += 1;
    }
    return count;
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.name) ?? "{}") ?? {};
    } catch {
      return {};
    }
  }
}
