// Last period's words beside a section: taken over as a start, one step to take back. What is already written is kept above them.

export function addLastWords(form, fields, writeMany) {
  for (const button of form.querySelectorAll("[data-copies]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const field = fields.get(button.dataset.copies);
      const last = button.closest(".past-words").querySelector(".told").textContent;
      const own = field.text.trim();
      writeMany([[field, own ? `${own}\n\n${last}` : last]], "Đã lấy lời văn kỳ trước làm mẫu; nhớ sửa theo kỳ này.");
      field.element.focus();
    });
  }
}
