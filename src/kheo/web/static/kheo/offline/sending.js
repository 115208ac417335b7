// How pages send what waited: with the page's token, a new one where that is old, and pauses that grow while nothing gets through.

const PAUSES = [3, 6, 12, 25, 60];
export const pauseAfter = (failures) => PAUSES[Math.min(failures, PAUSES.length - 1)] * 1000;

export const isSignedOut = (response) => response.type === "opaqueredirect";
export const isBusy = (response) => response.status >= 500 || response.status === 429;

export async function post(form, address, { headers = {}, ...more }) {
  const send = () =>
    fetch(address, { method: "POST", redirect: "manual", headers: { ...headers, "X-CSRFToken": form.elements.csrfmiddlewaretoken.value }, ...more });
  const response = await send();
  if (response.status !== 403) return response;
  // After signing in again, in another tab, the page's token is an old one; after signing out there is none to be had.
  const page = await fetch(form.action, { redirect: "manual" });
  if (isSignedOut(page)) return page;
  return page.ok && renewToken(form, await page.text()) ? send() : response;
}

function renewToken(form, text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const token = page.querySelector(`#${form.id} [name=csrfmiddlewaretoken]`)?.value;
  if (token) form.elements.csrfmiddlewaretoken.value = token;
  return Boolean(token);
}
