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
    this.speaking = null;
  }

  clear() {
    this.log.replaceChildren();
    this.speaking = null;
  }

  lineSpeaks(text) {
    this.lineIsSilent();
    this.speaking = this.add("line", "Openline", text);
    this.speaking.classList.add("speaking");
  }

  lineIsSilent() {
    this.speaking?.classList.remove("speaking");
    this.speaking = null;
  }

  /** Provisional: the recognizer's words, which need not be the caller's. */
  callerWasHeard(text) {
    const bubble = this.add("caller", "You, as it was heard", text || "(nothing understood)");
    const mark = document.createElement("span");
    mark.className = "provisional";
    mark.textContent = "Provisional";
    bubble.querySelector(".who").append(mark);
  }

  callerPressed(count) {
    this.add("caller keys", "You", count === 1 ? "pressed 1 key" : `pressed ${count} keys`);
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
    const atEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 60;
    this.log.append(element);
    // Somebody who scrolled up to read again is left there.
    if (atEnd) this.log.scrollTop = this.log.scrollHeight;
  }
}
