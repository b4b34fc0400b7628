/** The few assertions that the checks need: a browser has no node:assert. */

exports.ok = (value, message) => {
  if (!value) throw new Error(message ?? "not so");
};

exports.equal = (found, expected) => {
  if (found !== expected) throw new Error(`${JSON.stringify(found)} is not ${JSON.stringify(expected)}`);
};

exports.match = (text, expression) => {
  if (!expression.test(text)) throw new Error(`${expression} is not in ${JSON.stringify(text)}`);
};
