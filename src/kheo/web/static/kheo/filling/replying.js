// Answers to the reviewer's remarks: what a save has answered is shown at its place and in the list on top, as text.

const NAMED = "tra-loi";
const WHY = "vi-sao.";

const made = (name, className, text) => Object.assign(document.createElement(name), { className, textContent: text });

function showOne(target, reply) {
  const replied = document.querySelector(`[data-replied="${CSS.escape(target)}"]`);
  const asking = document.querySelector(`[data-asking="${CSS.escape(target)}"]`);
  const listed = document.querySelector(`[data-asked="${CSS.escape(target)}"]`);
  if (!replied || !asking || !listed) return;
  const wasAnswered = !replied.hidden;
  replied.hidden = !reply.kind;
  replied.replaceChildren(made("span", "is-done", reply.name), ` ${reply.words} `, made("span", "muted", reply.who));
  asking.querySelector("summary").textContent = reply.kind ? "Đổi câu trả lời" : "Trả lời";
  if (wasAnswered !== Boolean(reply.kind)) asking.open = !reply.kind;
  listed.classList.toggle("is-answered", Boolean(reply.kind));
  listed.querySelector("[data-asked-words]").textContent = reply.name;
}

export function showReplies(replies) {
  const left = Object.values(replies).filter((reply) => !reply.kind).length;
  for (const [target, reply] of Object.entries(replies)) showOne(target, reply);
  const title = document.querySelector("[data-asked-left]");
  if (title) title.textContent = left ? `${left} chỗ cần trả lời` : "Đã trả lời hết các nhận xét";
}

// Whether the form is being sent to answer: by its buttons, or by Enter in a field of an answer.
export function isAnswer(event) {
  return event.submitter?.name === NAMED || document.activeElement?.name?.startsWith(WHY) === true;
}

// First what was typed into cells is saved, then the form goes the plain way, with the button that was pressed.
export async function sendAnswer(form, saver, submitter) {
  await saver.save();
  if (saver.unsaved.length) return;
  if (submitter?.name === NAMED) {
    const pressed = Object.assign(document.createElement("input"), { type: "hidden", name: NAMED, value: submitter.value });
    form.append(pressed);
  }
  form.submit();
}
