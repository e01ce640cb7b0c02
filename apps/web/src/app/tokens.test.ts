/**
 * The colours of styles.css hold what the design promises of them: contrast (WCAG 2.2), and a distance between the
 * members of a set that colour-blind eyes can tell (OKLab; simulation after Machado, Oliveira and Fernandes 2009).
 */
import { describe, expect, it } from 'vitest';
import css from './styles.css?raw';

type Three<T> = readonly [T, T, T];
type Rgb = Three<number>;
const each = <T, U>([a, b, c]: Three<T>, of: (one: T, at: 0 | 1 | 2) => U): Three<U> => [
  of(a, 0),
  of(b, 1),
  of(c, 2),
];
const THEMES = ['light', 'dark'] as const;
const BACKGROUNDS = ['canvas', 'surface', 'sunken', 'raised'];
const DISTANCE_MIN = 8;

function tokensOf(theme: (typeof THEMES)[number]): (name: string) => Rgb {
  const block = css.slice(css.indexOf(`[data-theme='${theme}'] {`));
  const values = new Map(
    [...block.slice(0, block.indexOf('}')).matchAll(/--([\w-]+): #([\da-f]{6});/g)].map(
      ([, name, hex]) => [name, hex] as const,
    ),
  );
  return (name) => {
    const hex = values.get(name);
    if (hex === undefined) throw new Error(`${theme} has no colour ${name}`);
    return each([0, 2, 4], (at) => linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255));
  };
}

const linear = (c: number): number => (c <= 0.040_45 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const gamma = (c: number): number => (c <= 0.003_130_8 ? c * 12.92 : 1.055 * c ** (1 / 2.4) - 0.055);
const luminance = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;
function contrast(a: Rgb, b: Rgb): number {
  const [high, low] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}
/** As `color-mix(in srgb, …)` does: on the encoded values. */
const mixed = (over: Rgb, under: Rgb, share: number): Rgb =>
  each(over, (c, i) => linear(gamma(c) * share + gamma(under[i]) * (1 - share)));

type Matrix = Three<Rgb>;
const times = (m: Matrix, [x, y, z]: Rgb): Rgb => each(m, ([a, b, c]) => a * x + b * y + c * z);
const EYES: { readonly [eyes: string]: Matrix } = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
const LMS: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const LAB: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];
const oklab = (rgb: Rgb): Rgb =>
  times(
    LAB,
    each(
      times(
        LMS,
        each(rgb, (c) => Math.min(1, Math.max(0, c))),
      ),
      (c) => Math.cbrt(c),
    ),
  );
const distance = (a: Rgb, b: Rgb): number => 100 * Math.hypot(...oklab(a).map((c, i) => c - oklab(b)[i]!));

describe.each(THEMES)('%s', (theme) => {
  const token = tokensOf(theme);
  const on = (names: readonly string[], grounds: readonly string[]) =>
    names.flatMap((name) => grounds.map((ground) => contrast(token(name), token(ground))));

  it.each([
    ['text', BACKGROUNDS, 13.5],
    ['muted', BACKGROUNDS, 6.5],
    ['faint', BACKGROUNDS, 4.9],
    ['line-strong', ['surface', 'canvas'], 3.4],
    ['focus', BACKGROUNDS, 3],
    ['on-accent', ['accent'], 4.5],
    ['text', ['accent-soft', 'allow-fill', 'ask-fill', 'deny-fill'], 4.5],
    ['allow', ['allow-fill'], 4.5],
    ['ask', ['ask-fill'], 4.5],
    ['deny', ['deny-fill', 'surface'], 4.5],
    ['hazard-a', ['hazard-b'], 10],
  ] as const)('%s on %j is at least %d : 1', (name, grounds, atLeast) => {
    expect(Math.min(...on([name], grounds))).toBeGreaterThanOrEqual(atLeast);
  });

  it('shapes of states and series stand out from a card', () => {
    const shapes = ['ok', 'info', 'warn', 'crit', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6'];
    expect(Math.min(...on(shapes, ['surface']))).toBeGreaterThanOrEqual(3);
  });

  it('a number can be read at every warmth', () => {
    const shares = [...css.matchAll(/var\(--accent\) (\d+)%, var\(--surface\)/g)].map(([, share]) =>
      Number(share),
    );
    expect(shares).toEqual([8, 16, 26, 38, 45]);
    for (const share of shares)
      expect(
        contrast(token('text'), mixed(token('accent'), token('surface'), share / 100)),
      ).toBeGreaterThanOrEqual(4.5);
  });

  it.each([
    ['effects', ['allow', 'ask', 'deny']],
    ['states', ['ok', 'info', 'warn', 'crit']],
    ['series', ['c1', 'c2', 'c3', 'c4', 'c5', 'c6']],
  ])('%s can be told apart by every eye', (_, names) => {
    const found = Object.entries(EYES).flatMap(([eyes, matrix]) =>
      names.flatMap((a, i) =>
        names.slice(i + 1).map((b) => ({
          pair: `${a} and ${b}, ${eyes}`,
          distance: distance(times(matrix, token(a)), times(matrix, token(b))),
        })),
      ),
    );
    expect(found.filter((each) => each.distance < DISTANCE_MIN)).toEqual([]);
  });
});
