// While a form is filled in: what stands in the register already and may be the same. Only a hint: whatever goes wrong, the form stays as it is.
const PAUSE = 800;
const place = document.querySelector("[data-alike]");
const form = place?.closest("form");
let waiting = 0;
let asked = 0;

async function look() {
  asked += 1;
  const mine = asked;
  const sent = new FormData(form);
  sent.set("ho_so", place.dataset.entry);
  for (const [key, value] of [...sent]) if (value instanceof File) sent.delete(key);
  try {
    const answer = await fetch(place.dataset.alike, { method: "POST", body: new URLSearchParams(sent), credentials: "same-origin" });
    const words = answer.ok && !answer.redirected ? await answer.text() : "";
    // Answers may overtake one another: the last question is the one that counts.
    if (mine === asked && words.trim() !== place.innerHTML.trim()) place.innerHTML = words;
  } catch {
    // Without a network there is no hint.
  }
}

if (form) {
  // Only what is typed as words, and places, make entries alike; a tick does not.
  form.addEventListener("input", (event) => {
    if (!event.target.closest("[data-type=text], [data-type=long_text], [data-type=place]")) return;
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE);
  });
}
