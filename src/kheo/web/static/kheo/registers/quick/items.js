// What was filed and is not sent: kept in this browser until it is, photograph and all. Everybody finds only their own.

const STORE = "items";
const SENT_FOR = 24 * 3600 * 1000; // so long the list still tells what was sent

function answered(request) {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });
}

function opened() {
  const request = indexedDB.open("kheo-so", 1);
  request.addEventListener("upgradeneeded", () => {
    request.result.createObjectStore(STORE, { keyPath: "key" }).createIndex("whose", ["person", "register"]);
  });
  return answered(request);
}

// Random enough never to meet another, also where `crypto.randomUUID` is not there (no https).
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const text = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

export class Items {
  constructor(register, person) {
    Object.assign(this, { register, person });
    this.here = new Map(); // what this browser does not keep: as long as the page is open
    this.fault = ""; // why it does not: "full", "refused"
  }

  async store(mode) {
    this.base ??= opened().catch((fault) => {
      this.base = null;
      throw fault;
    });
    return (await this.base).transaction(STORE, mode, { durability: "strict" });
  }

  // The one place that writes: what is kept is on the disk when this is over, else it stays in the page and `fault` says why.
  async write(change) {
    const turn = await this.store("readwrite");
    const over = new Promise((resolve, reject) => {
      turn.addEventListener("complete", resolve);
      turn.addEventListener("abort", () => reject(turn.error));
    });
    change(turn.objectStore(STORE));
    return over;
  }

  async put(item) {
    try {
      await this.write((store) => store.put(item));
      this.here.delete(item.key);
      if (!this.here.size) this.fault = "";
    } catch (fault) {
      this.fault = fault?.name === "QuotaExceededError" ? "full" : "refused";
      this.here.set(item.key, item);
      // What was sent may be forgotten; what lies there of it would only be sent again.
      if (item.state === "sent") await this.write((store) => store.delete(item.key)).catch(() => {});
    }
    await this.note();
  }

  // There may be room by now.
  async keepAgain() {
    for (const item of [...this.here.values()]) await this.put(item);
  }

  async drop(key) {
    this.here.delete(key);
    await this.write((store) => store.delete(key)).catch(() => {});
    await this.note();
  }

  async get(key) {
    return (await this.all()).find((each) => each.key === key);
  }

  // The oldest first. What was sent long ago is forgotten.
  async all() {
    let kept = [];
    try {
      const whose = (await this.store("readonly")).objectStore(STORE).index("whose");
      kept = await answered(whose.getAll([this.person, this.register]));
    } catch {
      this.fault ||= "refused";
    }
    const old = kept.filter((each) => each.state === "sent" && Date.now() - each.sentAt > SENT_FOR);
    if (old.length) await this.write((store) => old.forEach((each) => store.delete(each.key))).catch(() => {});
    const found = kept.filter((each) => !old.includes(each) && !this.here.has(each.key));
    return [...found, ...this.here.values()].sort((one, other) => one.filedAt - other.filedAt);
  }

  // For the home page and for signing out, which ask at once: how many wait (kheo.js).
  async note() {
    const left = (await this.all()).filter((each) => each.state !== "sent" && !this.here.has(each.key));
    try {
      const name = `kheo:so/${this.register}.${this.person}`;
      if (left.length) localStorage.setItem(name, JSON.stringify(Object.fromEntries(left.map((each) => [each.key, each.filedAt]))));
      else localStorage.removeItem(name);
    } catch {
      // Only the reminder is missing.
    }
  }
}
