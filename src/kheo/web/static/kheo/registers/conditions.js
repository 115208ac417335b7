// Conditions on the fields of a record: the same table of meanings as kheo.core.definition.conditions, held together by one list of cases.

const same = (value, operand) => typeof value === typeof operand && value === operand;

function inOrder(operator, value, operand) {
  if (typeof value !== typeof operand || typeof value === "boolean") return false;
  return operator === "at_least" ? value >= operand : value <= operand;
}

function meets(condition, value) {
  const isFilled = value !== undefined && value !== null;
  if ("filled" in condition) return isFilled === condition.filled;
  if (!isFilled) return "differs" in condition;
  const held = Array.isArray(value) ? value : [value];
  if ("differs" in condition) return held.every((each) => !same(each, condition.differs));
  if ("equals" in condition) return held.some((each) => same(each, condition.equals));
  if ("one_of" in condition) return held.some((each) => condition.one_of.some((operand) => same(each, operand)));
  const operator = "at_least" in condition ? "at_least" : "at_most";
  return held.every((each) => inOrder(operator, each, condition[operator]));
}

// Whether a record's values (by field; absent where nothing is filled in) meet all conditions. One that hangs on a field which is not on the
// page, but is asked or not by what is (`when`), is met just where that says so (`met`).
export function holds(conditions, values) {
  return conditions.every((each) => ("when" in each ? holds(each.when, values) === each.met : meets(each, values[each.field])));
}

// Which of the fields (each with its key and conditions) are not asked of a record with these values, by the same rule as the server
// (`shown_fields`): one that is not asked holds nothing for those that hang on it. As often as it takes, at most once for each field.
export function unasked(fields, values) {
  let hidden = new Set();
  for (let round = 0; round < fields.length; round += 1) {
    const held = Object.fromEntries(Object.entries(values).filter(([key]) => !hidden.has(key)));
    const found = new Set(fields.filter((each) => !holds(each.conditions, held)).map((each) => each.key));
    const isSettled = found.size === hidden.size && [...found].every((key) => hidden.has(key));
    hidden = found;
    if (isSettled) break;
  }
  return hidden;
}
