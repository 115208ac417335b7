// Nộp bằng Excel: files dropped on the form are as good as chosen ones; too much is told before it is sent; a batch reads itself on.

const size = (bytes) => (bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1).replace(".", ",")} MB`);
const SHOWN = 8;

function fault(files, form) {
  const most = Number(form.dataset.mostBytes), each = Number(form.dataset.eachBytes), many = Number(form.dataset.mostFiles);
  if (files.length > many) return `Đã chọn ${files.length} tệp; mỗi lần tối đa ${many}. Hãy nén thành một tệp .zip.`;
  const large = files.find((file) => file.size > (file.name.toLowerCase().endsWith(".zip") ? most : each));
  if (large) return `Tệp “${large.name}” quá lớn (${size(large.size)}).`;
  const whole = files.reduce((sum, file) => sum + file.size, 0);
  return whole > most ? `Các tệp cộng lại ${size(whole)}, quá lớn. Hãy gửi nhiều lần.` : "";
}

function show(form, files) {
  const list = form.querySelector("[data-upload-list]"), error = form.querySelector("[data-upload-error]");
  const shown = files.slice(0, SHOWN).map((file) => `${file.name} (${size(file.size)})`);
  if (files.length > SHOWN) shown.push(`và ${files.length - SHOWN} tệp nữa`);
  list.replaceChildren(...shown.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  list.hidden = !files.length;
  const words = fault(files, form);
  error.textContent = words;
  error.hidden = !words;
  return !words;
}

for (const form of document.querySelectorAll("[data-upload]")) {
  const input = form.querySelector("input[type=file]"), drop = form.querySelector("[data-drop]");
  const chosen = () => [...input.files];
  form.querySelector("[data-drop-words]").hidden = false;
  input.addEventListener("change", () => show(form, chosen()));
  form.addEventListener("submit", (event) => {
    if (!show(form, chosen())) {
      event.preventDefault();
      event.stopImmediatePropagation();
      input.focus();
    }
  }, { capture: true });
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("is-over");
    });
  }
  drop.addEventListener("dragleave", (event) => {
    if (!drop.contains(event.relatedTarget)) drop.classList.remove("is-over");
  });
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("is-over");
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    show(form, chosen());
  });
}

for (const form of document.querySelectorAll("[data-read-on]")) form.requestSubmit();
