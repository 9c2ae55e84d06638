/**
 * The colors, each `[name, light, dark]`. A page changes one by `--quotewell-name`, or `--quotewell-name-dark` for the
 * dark theme. Text on the ground it stands on has a contrast of at least 4.5 : 1 in either.
 */
const COLORS = [
  ['accent', '#0f5f63', '#86d3cb'],
  ['on-accent', '#ffffff', '#08262a'],
  ['paper', '#f7f5f0', '#11181a'],
  ['surface', '#ffffff', '#1a2427'],
  ['ink', '#1b2a2e', '#e7eded'],
  ['quiet', '#52646a', '#a3b4b7'],
  ['line', '#d9d6cc', '#35444a'],
  ['asked', '#dfecea', '#23403f'],
  ['quote', '#f2f7f6', '#202d30'],
  ['quote-rule', '#3b8f8b', '#5fb5ae'],
  ['urgent', '#97321f', '#ffb09c'],
  ['urgent-ground', '#fdf3ef', '#37211d'],
  ['warn', '#74510a', '#f0cd7d'],
  ['warn-ground', '#fbf1d8', '#3a3118'],
  ['good', '#1f6138', '#98dbae'],
  ['good-ground', '#e4f3e8', '#1b3624'],
] as const;

export function lightColors(): string {
  return COLORS.map(([name, light]) => `--${name}:var(--quotewell-${name},${light});`).join('');
}

export function darkColors(): string {
  return COLORS.map(([name, , dark]) => `--${name}:var(--quotewell-${name}-dark,${dark});`).join('');
}
