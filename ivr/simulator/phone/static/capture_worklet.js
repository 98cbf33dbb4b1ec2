// In the audio thread: microphone or file -> telephone band, 8 000 Hz, µ-law frames of 20 ms.

import { encode, FRAME_BYTES, SILENCE } from "./mulaw.js";
import { Resampler, TELEPHONE_RATE } from "./resampler.js";

class Capture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.resampler = new Resampler(sampleRate, TELEPHONE_RATE);
    this.frame = new Float32Array(FRAME_BYTES);
    this.filled = 0;
  }

  // The block's length is read, not assumed; without any input it is that of the output.
  process(inputs, outputs) {
    const block = inputs[0][0] ?? new Float32Array(outputs[0][0].length);
    for (const sample of this.resampler.process(block)) {
      this.frame[this.filled] = sample;
      this.filled += 1;
      if (this.filled === FRAME_BYTES) this.send();
    }
    return true;
  }

  send() {
    const loudness = Math.sqrt(this.frame.reduce((sum, sample) => sum + sample * sample, 0) / FRAME_BYTES);
    const bytes = loudness === 0 ? new Uint8Array(FRAME_BYTES).fill(SILENCE) : encode(this.frame);
    this.port.postMessage({ bytes, loudness }, [bytes.buffer]);
    this.filled = 0;
  }
}

registerProcessor("capture", Capture);
