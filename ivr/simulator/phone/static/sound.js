// The page's sound: microphone or file in, the line's voice out, both as telephone frames.

const MICROPHONE = { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 } };

export class Sound {
  /** `said` gets each 20 ms of the caller ({bytes, loudness}), `heard` the peak of each 50 ms played, 0 to 1. */
  constructor(said, heard) {
    this.said = said;
    this.heard = heard;
    this.context = null;
    this.microphone = null;
    this.file = null;
  }

  /** Opens the audio graph; must be called from a click, or browsers keep it silent. */
  async open(volume) {
    this.context = new AudioContext({ latencyHint: "interactive" });
    const here = new URL(".", import.meta.url);
    await Promise.all(
      ["capture_worklet.js", "playback_worklet.js"].map((file) => this.context.audioWorklet.addModule(new URL(file, here))),
    );
    this.capture = new AudioWorkletNode(this.context, "capture", {
      numberOfInputs: 1, numberOfOutputs: 1, channelCount: 1, channelCountMode: "explicit",
    });
    this.capture.port.onmessage = ({ data }) => this.said(data);
    this.capture.connect(this.context.destination); // its output is silent; it only keeps the node running
    this.playback = new AudioWorkletNode(this.context, "playback", { numberOfInputs: 0, outputChannelCount: [1] });
    this.playback.port.onmessage = ({ data }) => this.heard(data);
    this.volume = new GainNode(this.context, { gain: volume });
    this.playback.connect(this.volume).connect(this.context.destination);
    await this.context.resume();
  }

  /** Asks for the microphone; rejects with the browser's reason where there is none. */
  async useMicrophone() {
    const stream = await navigator.mediaDevices.getUserMedia(MICROPHONE);
    if (this.context === null) {
      stopAll(stream);
      return;
    }
    this.microphone = { stream, node: this.context.createMediaStreamSource(stream) };
    this.microphone.node.connect(this.capture);
  }

  setMicrophone(on) {
    this.microphone?.stream.getAudioTracks().forEach((track) => { track.enabled = on; });
  }

  /** Speaks a decoded recording into the line; resolves when it is over. */
  speak(recording) {
    this.file?.stop();
    return new Promise((resolve) => {
      this.file = new AudioBufferSourceNode(this.context, { buffer: recording });
      this.file.onended = resolve;
      this.file.connect(this.capture);
      this.file.start();
    });
  }

  /** 20 ms of the line, µ-law, as an ArrayBuffer. */
  play(frame) {
    this.playback?.port.postMessage(frame, [frame]);
  }

  setVolume(volume) {
    if (this.context !== null) this.volume.gain.setTargetAtTime(volume, this.context.currentTime, 0.02);
  }

  async close() {
    const { context, microphone } = this;
    this.context = null;
    this.microphone = null;
    this.file = null;
    if (microphone !== null) stopAll(microphone.stream);
    await context?.close();
  }
}

function stopAll(stream) {
  stream.getTracks().forEach((track) => track.stop());
}
