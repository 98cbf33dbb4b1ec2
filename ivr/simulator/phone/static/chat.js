// The same conversation in writing: a log, a field, and a masked field where the line asks for the PIN.

const at = (id) => document.getElementById(id);
const form = at("chat-form");
const log = at("chat-log");
const OPTION = /^([0-9]) (.+)$/;
let conversation = ""; // as the line's carrier names it; empty: the next message begins one
let isWaiting = false;

form?.addEventListener("submit", (event) => {
  event.preventDefault(); // nothing typed here ever stands in an address
  const secret = wantsPin() ? at("chat-pin").value : "";
  const body = wantsPin() ? "" : at("chat-text").value.trim();
  if (secret || body) say(body, secret);
});
at("chat-begin")?.addEventListener("click", begin);

function wantsPin() {
  return !at("chat-pin-part").hidden;
}

function begin() {
  conversation = "";
  log.replaceChildren();
  at("chat-begin").hidden = true;
  form.hidden = false;
  expectPin(false);
  send("", "");
}

function say(body, secret) {
  if (isWaiting) return;
  at("chat-text").value = "";
  at("chat-pin").value = "";
  add("caller", "You", secret ? "(PIN, hidden)" : body);
  send(body, secret);
}

async function send(body, secret) {
  wait(true);
  try {
    const answer = await fetch("/phone/chat", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ conversation, body, secret }),
    });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.error);
    show(told);
  } catch (problem) {
    note(problem.message);
  }
  wait(false);
}

function show({ conversation: name, paragraphs, wants_pin: wantsPinNow, is_over: isOver }) {
  conversation = name;
  note("");
  const options = paragraphs.filter((line) => OPTION.test(line));
  const words = paragraphs.filter((line) => !OPTION.test(line));
  add("line", "Openline", words.join("\n"), options);
  expectPin(wantsPinNow);
  if (!isOver) return;
  form.hidden = true;
  at("chat-begin").textContent = "Begin a new chat";
  at("chat-begin").hidden = false;
  at("chat-begin").focus();
}

function add(who, name, words, options = []) {
  log.querySelector(".chat-options")?.remove(); // answers to an earlier question
  const bubble = document.createElement("div");
  bubble.className = `bubble ${who}`;
  const label = document.createElement("p");
  label.className = "who";
  label.textContent = name;
  const text = document.createElement("p");
  text.className = "words chat-words";
  text.textContent = words;
  bubble.append(label, text);
  if (options.length > 0) bubble.append(choices(options));
  log.append(bubble);
  log.scrollTop = log.scrollHeight;
}

function choices(options) {
  const list = document.createElement("ul");
  list.className = "chat-options";
  for (const option of options) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = option;
    button.addEventListener("click", () => {
      say(OPTION.exec(option)[1], "");
      at("chat-text").focus();
    });
    const item = document.createElement("li");
    item.append(button);
    list.append(item);
  }
  return list;
}

/** The field that is not wanted is hidden and emptied; the focus follows, so that the next key lands where it should. */
function expectPin(isWanted) {
  const hadFocus = form.contains(document.activeElement) || document.activeElement === document.body;
  at("chat-pin").value = "";
  at("chat-pin-part").hidden = !isWanted;
  at("chat-text-part").hidden = isWanted;
  if (hadFocus) at(isWanted ? "chat-pin" : "chat-text").focus();
}

function wait(isOn) {
  isWaiting = isOn;
  at("chat-state").textContent = isOn ? "The line is writing …" : "";
}

function note(text) {
  at("chat-note").textContent = text;
}
