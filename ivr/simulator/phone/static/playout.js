// The ring buffer between a network that delivers in bursts and a loudspeaker that never waits.

/** Starts once `lead` samples are there, plays silence when it runs dry, drops the oldest above `most`. */
export class Playout {
  constructor(lead, most) {
    this.lead = lead;
    this.ring = new Float32Array(most);
    this.readAt = 0;
    this.waiting = 0;
    this.playing = false;
  }

  push(samples) {
    for (const sample of samples) {
      if (this.waiting === this.ring.length) this.drop(this.waiting - this.lead);
      this.ring[(this.readAt + this.waiting) % this.ring.length] = sample;
      this.waiting += 1;
    }
    if (this.waiting >= this.lead) this.playing = true;
  }

  /** Fills `block` (Float32Array of any length); what is not there is silence. */
  pull(block) {
    block.fill(0);
    if (!this.playing) return;
    const length = Math.min(block.length, this.waiting);
    for (let at = 0; at < length; at += 1) block[at] = this.ring[(this.readAt + at) % this.ring.length];
    this.drop(length);
    if (this.waiting === 0) this.playing = false;
  }

  drop(count) {
    this.readAt = (this.readAt + count) % this.ring.length;
    this.waiting -= count;
  }
}
