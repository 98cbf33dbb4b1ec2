// The keypad, by pointer and by the computer's keyboard.

const NUMBERS = ["digits", "pin", "date", "amount"];
const SHOWN_AT_MOST = 16;

export class Keypad {
  /** `pressed` gets each key; `useKeyboard` says whether the computer's digits count. */
  constructor(pad, display, pressed, useKeyboard) {
    this.pad = pad;
    this.display = display;
    this.pressed = pressed;
    this.useKeyboard = useKeyboard;
    this.secret = true; // until the line says that it asks for no PIN
    this.clear();
    pad.addEventListener("click", ({ target }) => this.press(target.closest("[data-key]")?.dataset.key));
    document.addEventListener("keydown", (event) => this.fromKeyboard(event));
  }

  fromKeyboard(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || !this.useKeyboard()) return;
    if (event.target.closest("select, textarea, input[type=text], input[type=password]") || !/^[0-9*#]$/.test(event.key)) return;
    event.preventDefault();
    this.press(event.key);
    this.flash(event.key);
  }

  press(key) {
    if (key === undefined || !this.pressed(key)) return;
    this.keyed = (this.keyed + (this.secret ? "•" : key)).slice(-SHOWN_AT_MOST);
    this.display.textContent = this.keyed;
  }

  flash(key) {
    const button = this.pad.querySelector(`[data-key="${key}"]`);
    button.classList.add("down");
    setTimeout(() => button.classList.remove("down"), 150);
  }

  /** What the line waits for, e.g. "digits:8": inside a number the keys are digits and nothing else. */
  expects(what) {
    const kind = what.split(":")[0];
    this.pad.dataset.mode = NUMBERS.includes(kind) ? "number" : "commands";
    this.secret = kind === "pin";
    this.clear();
  }

  reset() {
    this.pad.dataset.mode = "commands";
    this.secret = true;
    this.clear();
  }

  clear() {
    this.keyed = "";
    this.display.textContent = "–";
  }
}
