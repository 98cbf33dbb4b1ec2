// Changes the rate and keeps the telephone's band, in one filter: a polyphase FIR, windowed sinc.

export const TELEPHONE_RATE = 8000;
export const LOWEST = 300; // Hz, the band of an analogue telephone line
export const HIGHEST = 3400;
const TRANSITION = 300; // Hz; from 3 400 the filter falls to its stop band before 4 000 folds back
const HAMMING_WIDTH = 3.3; // a Hamming window's transition is 3.3 / length

/** Keeps its remainder between blocks, so a stream may come in blocks of any length. */
export class Resampler {
  constructor(inputRate, outputRate) {
    const shared = greatestDivisor(inputRate, outputRate);
    this.up = outputRate / shared;
    this.down = inputRate / shared;
    this.taps = Math.ceil((HAMMING_WIDTH * inputRate) / TRANSITION) | 1;
    this.phases = Array.from({ length: this.up }, (_, phase) => kernel(this.taps, phase / this.up, inputRate));
    this.history = new Float32Array(this.taps - 1);
    this.position = 0; // of the next output sample, in input samples times `up`, from the start of the next block
  }

  /** Float32Array at the input's rate -> Float32Array at the output's rate. */
  process(block) {
    const stretch = new Float32Array(this.history.length + block.length);
    stretch.set(this.history);
    stretch.set(block, this.history.length);
    const produced = [];
    for (; this.position < block.length * this.up; this.position += this.down) {
      produced.push(this.sampleAt(stretch));
    }
    this.position -= block.length * this.up;
    this.history = stretch.slice(stretch.length - this.history.length);
    return Float32Array.from(produced);
  }

  sampleAt(stretch) {
    const weights = this.phases[this.position % this.up];
    const newest = Math.floor(this.position / this.up) + this.taps - 1;
    let sum = 0;
    for (let tap = 0; tap < this.taps; tap += 1) sum += weights[tap] * stretch[newest - tap];
    return sum;
  }
}

/** Weights of one output sample that lies `shift` (0 to 1) of an input sample after the newest one. */
function kernel(taps, shift, inputRate) {
  const middle = (taps - 1) / 2;
  return Float32Array.from({ length: taps }, (_, tap) => {
    const distance = tap + shift - middle;
    const window = 0.54 + 0.46 * Math.cos((2 * Math.PI * distance) / (taps + 1));
    return window * (lowPass(distance, HIGHEST / inputRate) - lowPass(distance, LOWEST / inputRate));
  });
}

function lowPass(distance, cutoff) {
  const angle = 2 * Math.PI * cutoff * distance;
  return angle === 0 ? 2 * cutoff : (2 * cutoff * Math.sin(angle)) / angle;
}

function greatestDivisor(a, b) {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
