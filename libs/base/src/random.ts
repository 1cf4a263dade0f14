/** A source of numbers in [0, 1), injected so that a run can be repeated from a seed. */
export type Random = () => number;

/** A small seeded generator (mulberry32). Not for secrets: those come from `node:crypto`. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The letters that Kubernetes uses for generated names: no vowels, so no words (apimachinery `util/rand`). */
const nameLetters = 'bcdfghjklmnpqrstvwxz2456789';

/** `length` letters for a generated name (`generateName`, pod suffixes). */
export function randomSuffix(random: Random, length = 5): string {
  let text = '';
  for (let i = 0; i < length; i++) text += nameLetters[Math.floor(random() * nameLetters.length)];
  return text;
}

/** Kubernetes' `SafeEncodeString`: maps each character of a hash into the letters of generated names. */
export function safeEncode(text: string): string {
  let encoded = '';
  for (let i = 0; i < text.length; i++) encoded += nameLetters[text.charCodeAt(i) % nameLetters.length];
  return encoded;
}
