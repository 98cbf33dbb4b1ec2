// What a caller can do now, from what the line says that it expects.

const OPEN = "Listening: speak in your own words.";
const HINTS = {
  yes_no: "Listening: yes or no, or key 1 or 2.",
  pin: "Key in the PIN. It is not spoken, shown or kept.",
  date: "Listening: a date, spoken or by keys.",
  amount: "Listening: an amount, spoken or by keys.",
  choice: "Listening: one of the choices, or its key.",
  any_key: "It waits. Speak or press any key when you are ready.",
  nothing: "",
};

/** `expect` as in the timeline: "yes_no", "digits:8", "open". */
export function hintFor(expect) {
  const [kind, length] = expect.split(":");
  if (kind === "digits") return length ? `Listening: ${length} digits, spoken or by keys.` : "Listening: digits, then the pound key.";
  return HINTS[kind] ?? OPEN;
}
