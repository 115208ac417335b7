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

// Whether a record's values (by field; absent where nothing is filled in) meet all conditions.
export function holds(conditions, values) {
  return conditions.every((condition) => meets(condition, values[condition.field]));
}
