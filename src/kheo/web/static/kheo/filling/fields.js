// Every place that can be written: cells (by key) and sections of the narrative (by "section:" + id), with what is stored of each.

export const SECTION = "section:";
export const EXPLAIN = "explain:";

export class Field {
  constructor(element) {
    this.element = element;
    this.target = element.name;
    this.isCell = !this.target.startsWith(SECTION) && !this.target.startsWith(EXPLAIN);
    this.stored = element.dataset.before ?? element.defaultValue; // what the server holds, as it writes it
    this.accepted = this.stored; // the text that led to it, as it was typed
    this.refused = null; // a text that the server could not read
    this.fault = null; // why, or {text, by}: what somebody else wrote meanwhile
  }

  get text() {
    return this.element.value;
  }

  set text(value) {
    this.element.value = value;
  }

  get row() {
    return this.element.closest("tr");
  }

  // By somebody at this page: the server may also send a text that it could not store.
  get isTyped() {
    return this.text !== this.element.defaultValue;
  }

  // Written and not yet stored, for whatever reason.
  get isUnsaved() {
    const text = this.isCell ? this.text.trim() : this.text;
    return text !== this.stored && text !== this.accepted;
  }

  // To be sent now: not while it waits for a decision, and not again when it was refused.
  get isWaiting() {
    return this.isUnsaved && this.text !== this.refused && !(this.fault && this.fault.by);
  }

  isAnswered() {
    return this.text.trim() !== "";
  }

  take(stored, sent) {
    this.stored = stored;
    this.accepted = this.isCell ? sent.trim() : sent;
    this.refused = this.fault = null;
    this.settle();
  }

  // A stored text is shown the way the server writes it, but not under the fingers.
  settle() {
    if (this.isUnsaved || this.element === document.activeElement) return;
    if (this.isCell) this.text = this.stored;
    this.accepted = this.stored;
  }
}

export function fieldsOf(form) {
  const elements = form.querySelectorAll(".entry input[name], .explaining input[name], .words textarea[name]");
  return new Map([...elements].map((element) => [element.name, new Field(element)]));
}
