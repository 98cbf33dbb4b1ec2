// The conversation as text: what the line says, and what it understood of the caller.

const RESULTS = {
  completed: "Your matter was dealt with.",
  handed_over: "A person takes over.",
  call_back: "A call-back was arranged.",
  draft_kept: "Your application was kept; call again to go on.",
  abandoned: "The call ended early.",
};

export class Captions {
  constructor(log) {
    this.log = log;
    this.unfinished = []; // bubbles of prompts that are being said or wait to be
    this.follows = true; // until the reader scrolls up to read again
    log.addEventListener("scroll", () => { this.follows = log.scrollHeight - log.scrollTop - log.clientHeight < 60; });
    new ResizeObserver(() => this.showEnd()).observe(log);
  }

  clear() {
    this.log.replaceChildren();
    this.unfinished = [];
    this.follows = true;
  }

  lineSpeaks(prompt, text) {
    if (!text) return;
    const bubble = this.add("line", "Openline", text);
    bubble.classList.add("speaking");
    this.unfinished.push({ prompt, bubble });
  }

  /** The caller spoke over it, or it was said to its end. */
  lineHasSaid(prompt, wasInterrupted) {
    const at = this.unfinished.findIndex((speaking) => speaking.prompt === prompt);
    if (at < 0) return;
    const [{ bubble }] = this.unfinished.splice(at, 1);
    bubble.classList.remove("speaking");
    if (wasInterrupted) this.mark(bubble, "Interrupted");
  }

  lineIsSilent() {
    this.unfinished.forEach(({ bubble }) => bubble.classList.remove("speaking"));
    this.unfinished = [];
  }

  /** Provisional: the recognizer's words, which need not be the caller's. */
  callerWasHeard(text, wasRejected) {
    const words = text === undefined ? "(not shown)" : text;
    this.mark(this.add("caller", "You, as it was heard", wasRejected || words === "" ? "(not understood)" : words), "Provisional");
  }

  callerPressed({ count, key, pin }) {
    if (pin) this.add("caller keys", "You", "keyed in the PIN");
    else if (key) this.add("caller keys", "You", `pressed ${key}`);
    else this.add("caller keys", "You", count === 1 ? "pressed 1 key" : `pressed ${count} keys`);
  }

  mark(bubble, text) {
    const mark = document.createElement("span");
    mark.className = "mark";
    mark.textContent = text;
    bubble.querySelector(".who").append(mark);
  }

  callHasResult(result) {
    if (RESULTS[result] !== undefined) this.remark(RESULTS[result]);
  }

  remark(text) {
    const line = document.createElement("p");
    line.className = "remark";
    line.textContent = text;
    this.append(line);
  }

  add(kind, who, text) {
    const bubble = document.createElement("div");
    bubble.className = `bubble ${kind}`;
    const label = document.createElement("p");
    label.className = "who";
    label.textContent = who;
    const words = document.createElement("p");
    words.className = "words";
    words.textContent = text;
    bubble.append(label, words);
    this.append(bubble);
    return bubble;
  }

  append(element) {
    this.log.append(element);
    this.showEnd();
  }

  showEnd() {
    if (this.follows) this.log.scrollTop = this.log.scrollHeight;
  }
}
