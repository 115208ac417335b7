// What is not saved yet is also kept in this browser, for the day when the network or the battery fails; and what was saved since
// the page was kept for opening without a network, so that an old copy of the page never shows old numbers as if they were the last.

// Two tabs may show one report: each touches only the places that it wrote itself.
export class Keep {
  constructor(name) {
    this.name = `kheo:${name}`;
    this.mine = new Set();
    this.works = true;
  }

  put(fields) {
    const kept = this.read();
    for (const field of fields.values()) {
      if (field.isUnsaved) {
        kept[field.target] = { before: field.stored, text: field.text };
        this.mine.add(field.target);
      } else if (this.mine.delete(field.target)) delete kept[field.target];
    }
    try {
      if (Object.keys(kept).length) localStorage.setItem(this.name, JSON.stringify(kept));
      else localStorage.removeItem(this.name);
      this.works = true;
    } catch {
      this.works = false; // no room, or not allowed: the page itself still holds the texts
    }
  }

  // Puts kept texts back into their fields and gives how many. If the place has changed since, the server will ask.
  restore(fields) {
    let count = 0;
    for (const [target, kept] of Object.entries(this.read())) {
      const field = fields.get(target);
      if (!field || typeof kept?.text !== "string") continue;
      this.mine.add(target);
      if (kept.text === field.stored || field.isUnsaved) continue; // what was typed just now is newer
      field.text = kept.text;
      if (typeof kept.before === "string") field.stored = field.accepted = kept.before;
      count += 1;
    }
    this.put(fields); // what was stored all the same needs no keeping
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

// The last answer of the server and every text that it stored, beside the kept page, in the place that signing out empties.
export class Since {
  constructor(path) {
    this.address = `${path}da-luu`;
    this.texts = {};
  }

  async note(texts, reply) {
    Object.assign(this.texts, texts);
    try {
      const pages = await caches.open("kheo-pages");
      if (await pages.match(this.address.replace(/da-luu$/, ""))) await pages.put(this.address, Response.json({ texts: this.texts, reply }));
    } catch {
      // Only the copy for opening without a network misses this.
    }
  }

  // Brings a kept page up to what was last saved from here; gives the server's last answer, or null.
  async apply(fields) {
    try {
      const kept = await (await caches.open("kheo-pages")).match(this.address);
      if (!kept) return null;
      const { texts, reply } = await kept.json();
      Object.assign(this.texts, texts);
      for (const [target, text] of Object.entries(texts)) {
        const field = fields.get(target);
        if (!field) continue;
        if (!field.isTyped) field.text = text;
        field.stored = field.accepted = text;
      }
      return reply;
    } catch {
      return null;
    }
  }
}
