// Taking back and doing again, step by step: a step is one cell that was left, or everything that one paste or one button wrote.

const MOST = 200;

export class History {
  constructor(form, fields, write) {
    Object.assign(this, { form, fields, write });
    this.done = [];
    this.undone = [];
    this.entered = null; // the cell that has the cursor, with its text when it was entered
    this.words = document.getElementById("lay-lai");
    this.back = this.button("hoan-tac", () => this.undo());
    this.again = this.button("lam-lai", () => this.redo());
    form.addEventListener("focusin", (event) => {
      const field = fields.get(event.target.name);
      this.entered = field?.isCell ? { field, text: field.text } : null;
    });
    form.addEventListener("keydown", (event) => this.key(event));
  }

  // Both stand in the page from the start: a bar that came when a cell is left would move what is being clicked on.
  button(id, act) {
    const found = document.getElementById(id);
    found.addEventListener("click", act);
    return found;
  }

  // While a cell is being typed into, the keys are the browser's own.
  key(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    const act = key === "z" && !event.shiftKey ? "undo" : key === "y" || (key === "z" && event.shiftKey) ? "redo" : "";
    if (!act || !this.entered || this.entered.field.text !== this.entered.text) return;
    event.preventDefault();
    this[act]();
  }

  left(field) {
    if (this.entered?.field !== field || this.entered.text === field.text) return;
    this.note([{ field, before: this.entered.text, after: field.text }]);
    this.entered.text = field.text;
  }

  // `words` tell what was done when that is not plain to see.
  note(steps, words = "") {
    const real = steps.filter((step) => step.before !== step.after);
    if (real.length) {
      this.done.push({ steps: real });
      if (this.done.length > MOST) this.done.shift();
      this.undone = [];
    }
    this.offer();
    if (words) this.tell(words);
  }

  undo() {
    this.move(this.done, this.undone, "before", "Đã lấy lại");
  }

  redo() {
    this.move(this.undone, this.done, "after", "Đã làm lại");
  }

  move(from, to, which, words) {
    const last = from.pop();
    if (!last) return;
    to.push(last);
    for (const step of last.steps) this.write(step.field, step[which]);
    const [{ field }] = last.steps;
    field.element.focus();
    field.element.select?.();
    field.element.scrollIntoView({ block: "nearest" });
    if (this.entered?.field === field) this.entered.text = field.text;
    this.offer();
    this.tell(last.steps.length > 1 ? `${words} ${last.steps.length} ô.` : `${words} ${field.isCell ? `ô ${field.target}` : "đoạn lời văn"}.`);
  }

  offer() {
    this.back.disabled = !this.done.length;
    this.again.disabled = !this.undone.length;
  }

  // Stays until something else is told: taking it away when a cell is left would move what is being clicked on.
  tell(words) {
    this.words.textContent = words;
    this.words.hidden = false;
  }
}
