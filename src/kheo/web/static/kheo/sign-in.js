// Demo only: a card fills in the form. Without this file the names on the cards are simply readable.
const form = document.querySelector("form[data-sign-in]");

for (const card of document.querySelectorAll("[data-login]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = card.className;
  button.dataset.login = card.dataset.login;
  button.dataset.password = card.dataset.password ?? "";
  button.setAttribute("aria-pressed", "false");
  button.append(...card.childNodes);
  card.replaceWith(button);
  button.addEventListener("click", () => {
    for (const other of document.querySelectorAll("button[data-login]")) other.setAttribute("aria-pressed", String(other === button));
    form.elements.login.value = button.dataset.login;
    form.elements.password.value = button.dataset.password;
    (button.dataset.password ? form.querySelector("button[type=submit]") : form.elements.password).focus();
  });
}
