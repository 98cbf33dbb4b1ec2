// In the audio thread: µ-law frames from the socket -> telephone band at the loudspeaker's rate.

import { decode } from "./mulaw.js";
import { Playout } from "./playout.js";
import { Resampler, TELEPHONE_RATE } from "./resampler.js";

const LEAD = 0.08; // seconds kept ready: the socket delivers in bursts of two or three frames
const REPORT = 0.05; // seconds between two reports of how loud it is, for the picture on the phone's screen
const MOST = 0.4; // seconds; what piled up while the page was stopped is not played late

class Playback extends AudioWorkletProcessor {
  constructor() {
    super();
    this.resampler = new Resampler(TELEPHONE_RATE, sampleRate);
    this.playout = new Playout(Math.round(LEAD * sampleRate), Math.round(MOST * sampleRate));
    this.loudest = 0;
    this.unreported = 0;
    this.port.onmessage = ({ data }) => this.playout.push(this.resampler.process(decode(new Uint8Array(data))));
  }

  process(inputs, outputs) {
    const [first, ...others] = outputs[0];
    this.playout.pull(first);
    for (const channel of others) channel.set(first);
    this.report(first);
    return true;
  }

  report(block) {
    for (const sample of block) this.loudest = Math.max(this.loudest, Math.abs(sample));
    this.unreported += block.length;
    if (this.unreported < REPORT * sampleRate) return;
    this.port.postMessage(this.loudest);
    this.loudest = 0;
    this.unreported = 0;
  }
}

registerProcessor("playback", Playback);
