// G.711 µ-law <-> samples between -1 and 1. Source: ITU-T G.711, table 2.

const BIAS = 132; // of the 14-bit code, scaled to 16 bits
const CLIP = 32635;
export const FRAME_BYTES = 160; // 20 ms at 8 000 Hz
export const SILENCE = 0xff;
const NEGATIVE_ZERO = 0x7f; // also nothing; carriers write silence as 0xff

const EXPANDED = Float32Array.from({ length: 256 }, (_, code) => expand(code));

function expand(code) {
  const bits = ~code & 0xff;
  const magnitude = (((bits & 0x0f) << 3) + BIAS) << ((bits >> 4) & 0x07);
  const value = magnitude - BIAS;
  return (bits & 0x80 ? -value : value) / 32768;
}

function compress(sample) {
  const scaled = Math.round(sample * 32768);
  const sign = scaled < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(scaled), CLIP) + BIAS;
  const exponent = 24 - Math.clz32(magnitude); // magnitude has 8 to 15 bits
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  const code = ~(sign | (exponent << 4) | mantissa) & 0xff;
  return code === NEGATIVE_ZERO ? SILENCE : code;
}

/** Float32Array, -1 to 1 (louder is clipped) -> Uint8Array of the same length. */
export function encode(samples) {
  return Uint8Array.from(samples, compress);
}

/** Uint8Array -> Float32Array of the same length. */
export function decode(bytes) {
  return Float32Array.from(bytes, (code) => EXPANDED[code]);
}
