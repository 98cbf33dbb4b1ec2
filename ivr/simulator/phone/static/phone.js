// Joins the parts of the page: button, keypad, sound, socket and captions.

import { Captions } from "./captions.js";
import { hintFor } from "./hints.js";
import { Keypad } from "./keypad.js";
import { Sound } from "./sound.js";
import { Wire } from "./wire.js";

const at = (id) => document.getElementById(id);
const desk = document.querySelector("main");
const ENDED = {
  caller: "You hung up",
  line: "The line has ended the call",
  busy: "The line is busy",
  failed: "The call failed",
};
const SPEAKING = "The line is speaking. You may talk over it.";
const THINKING = "One moment.";
const LOUDEST = 0.25; // root mean square of a loud voice, full scale is 1
const RATE_OF_DECAY = 0.8; // of the meter, each 20 ms; a bar that falls at once is unreadable

const captions = new Captions(at("captions"));
const keypad = new Keypad(at("keypad"), at("keyed"), press, () => at("keyboard").checked);
let call = null; // the call that is on: {wire, sound, startedAt, …}; null when there is none

at("call").addEventListener("click", () => (call === null ? dial() : hangUp()));
at("microphone").addEventListener("click", toggleMicrophone);
at("volume").addEventListener("input", () => call?.sound.setVolume(volume()));
at("announce").addEventListener("change", ({ target }) => at("captions").setAttribute("aria-live", target.checked ? "polite" : "off"));
at("speak-file").addEventListener("click", speakFile);
at("file").addEventListener("change", showFilePart);
document.querySelectorAll("input[name=source]").forEach((choice) => choice.addEventListener("change", showFilePart));
window.addEventListener("pagehide", () => call?.wire?.close());
setInterval(showTime, 500);

async function dial() {
  const mine = { sound: new Sound(said, heard), wire: null, startedAt: null, loudness: 0 };
  call = mine;
  captions.clear();
  keypad.reset();
  at("timer").textContent = "0:00";
  note("");
  show("dialing", "Calling …", "");
  try {
    await mine.sound.open(volume());
    if (usesMicrophone()) await askForMicrophone(mine);
    if (call !== mine) return;
    mine.wire = new Wire(socketAddress(), listeners(mine));
    await mine.wire.opened;
    mine.wire.tell({ type: "dial", language: at("language").value });
  } catch (problem) {
    note(`${problem.message} Is the line running?`);
    over(mine, "The call failed");
  }
}

async function askForMicrophone(mine) {
  show("dialing", "Waiting for your microphone", "Your browser asks whether this page may use it.");
  try {
    await mine.sound.useMicrophone();
    mine.sound.setMicrophone(microphoneIsOn());
    if (call === mine) show("dialing", "Calling …", "");
  } catch (problem) {
    note(`No microphone (${problem.name}). You hear the line and can use the keypad.`);
  }
}

function listeners(mine) {
  return {
    sound: (frame) => mine.sound.play(frame),
    state: ({ state, reason }) => stateChanged(mine, state, reason),
    timeline: (entry) => told(entry),
    captions: () => captions.remark("The line gave no captions of this call."),
    note: ({ text }) => note(text),
    refused: ({ reason }) => {
      note(reason);
      over(mine, ENDED.failed);
    },
    closed: () => over(mine, "The connection was lost"),
  };
}

function stateChanged(mine, state, reason) {
  if (state === "ringing") show("dialing", "Ringing …", "");
  if (state === "answered") {
    mine.startedAt = Date.now();
    show("talking", "Connected", at("hint").textContent || SPEAKING);
    showFilePart();
  }
  if (state === "ended") {
    mine.wire.tell({ type: "hang_up" }); // the socket stays open for the last captions
    over(mine, ENDED[reason] ?? ENDED.failed);
  }
}

function told(entry) {
  if (entry.kind === "prompt_started") captions.lineSpeaks(entry.prompt, entry.text);
  if (entry.kind === "prompt_finished") captions.lineHasSaid(entry.prompt, entry.barged_in === true);
  if (entry.kind === "listening") {
    keypad.expects(entry.expect);
    hint(hintFor(entry.expect));
  }
  if (entry.kind === "caller_spoke") {
    captions.callerWasHeard(entry.text, entry.rejected === true);
    hint(THINKING);
  }
  if (entry.kind === "keys") captions.callerPressed(entry);
  if (entry.kind === "result") captions.callHasResult(entry.result);
}

function hangUp() {
  const mine = call;
  mine.wire?.tell({ type: "hang_up" });
  over(mine, ENDED.caller);
}

/** The call is over for this page, whoever ended it; later news of it changes nothing. */
function over(mine, state) {
  mine.sound.close();
  if (call !== mine) return;
  call = null;
  captions.lineIsSilent();
  keypad.reset();
  showLevel(0);
  heard(0);
  showFilePart();
  show("idle", state, "Press Call to try again.");
}

function press(key) {
  if (call?.startedAt == null) {
    hint("The keys work during a call. Press Call first.");
    return false;
  }
  call.wire.tell({ type: "key", key });
  return true;
}

function said({ bytes, loudness }) {
  call?.wire?.sendSound(bytes);
  if (call === null) return;
  call.loudness = Math.max(loudness, call.loudness * RATE_OF_DECAY);
  showLevel(call.loudness);
}

function heard(peak) {
  at("voice").style.setProperty("--voice", String(call === null ? 0 : Math.min(1, peak * 2)));
}

async function speakFile() {
  const mine = call;
  const button = at("speak-file");
  button.disabled = true;
  try {
    const recording = await mine.sound.context.decodeAudioData(await at("file").files[0].arrayBuffer());
    await mine.sound.speak(recording);
  } catch {
    note("This file holds no sound that the browser can read. A WAV file always works.");
  }
  showFilePart();
}

function toggleMicrophone() {
  const on = !microphoneIsOn();
  at("microphone").setAttribute("aria-checked", String(on));
  call?.sound.setMicrophone(on);
}

function show(state, text, what) {
  desk.dataset.state = state;
  at("state").textContent = text;
  at("call-label").textContent = state === "idle" ? "Call" : "Hang up";
  hint(what);
}

function showFilePart() {
  at("file-part").hidden = usesMicrophone();
  at("speak-file").disabled = call?.startedAt == null || at("file").files.length === 0;
}

function showTime() {
  if (call?.startedAt == null) return;
  const seconds = Math.floor((Date.now() - call.startedAt) / 1000);
  at("timer").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function showLevel(loudness) {
  const percent = Math.round(100 * Math.min(1, Math.sqrt(loudness / LOUDEST)));
  at("level").setAttribute("aria-valuenow", String(percent));
  at("level").style.setProperty("--level", `${percent}%`);
}

function socketAddress() {
  const address = new URL("../socket", import.meta.url);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  return address;
}

function hint(text) { at("hint").textContent = text; }
function note(text) { at("note").textContent = text; }
function volume() { return Number(at("volume").value) / 100; }
function microphoneIsOn() { return at("microphone").getAttribute("aria-checked") === "true"; }
function usesMicrophone() { return document.querySelector("input[name=source]:checked").value === "microphone"; }
