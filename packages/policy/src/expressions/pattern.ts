/**
 * Regular expressions that tenants write and models feed. RE2's syntax and its compiler; run here, a step at a time,
 * so that every step is paid for and what is kept of them is bounded: RE2's own automaton caches states as long as it
 * likes.
 *
 * Promises: linear in program x text, and charged for exactly that; no pattern whose program would be large is parsed.
 */
import { RE2JS } from '@bufbuild/re2';
import { charge } from './meter.js';
import { programSizeMax } from './program-size.js';
import { withoutProperties } from './properties.js';
import { remembered } from './remembered.js';

export interface Pattern {
  /** Instructions: what a character of text can cost. */
  readonly size: number;
  /** Its share of what may be compiled. */
  readonly weight: number;
  /** Its share of the memory. */
  readonly bytes: number;
  /** True where it is found anywhere in the text. */
  test(text: string): boolean;
}

/** Throws an Error that says what is wrong. `source` is RE2; what a schema holds goes through `ecma.ts` first. */
export const compilePattern: (source: string) => Pattern = remembered(
  16 << 20,
  (source) => {
    const weight = programSizeMax(source);
    return automaton(source, weight);
  },
  ({ bytes }) => bytes,
);

/** `placesMax`: how many places it may keep, for the test that holds the kept ones against the others. */
export const automaton = (source: string, weight: number, placesMax = PLACES_MAX): Pattern =>
  new Automaton(RE2JS.compile(withoutProperties(source)), weight, placesMax);

// RE2's instructions.
const ALT = 1;
const ALT_MATCH = 2;
const CAPTURE = 3;
const EMPTY_WIDTH = 4;
const MATCH = 6;
const NOP = 7;
const RUNE1 = 9;
const RUNE_ANY = 10;
// RE2's conditions on a place in the text.
const BEGIN_LINE = 1;
const END_LINE = 2;
const BEGIN_TEXT = 4;
const END_TEXT = 8;
const WORD_BOUNDARY = 16;
const NO_WORD_BOUNDARY = 32;
const FOLD_CASE = 1;

const LINE_FEED = 10;
const LETTER = 97;
const SPACE = 32;
/** The price of a test beside its steps. */
const TEST = 4;
/** Steps a unit of the meter pays for. */
const STEPS = 8;
/** The size of an instruction, its ranges aside. */
const INSTRUCTION_BYTES = 120;

/** Characters whose steps are kept. */
const ASCII = 128;
/**
 * Places that one pattern keeps and that all of them do: 6 kB each at the most. Then all are forgotten and kept anew, but
 * not before so many characters were walked: to keep a place costs more than the meter takes for it.
 */
const PLACES_MAX = 32;
const PLACES_OF_ALL_MAX = 1_000;
const FORGET_AFTER = 1_000_000;

/** How a walk ends: `advance` answers with one of these or with how many wait. */
const MATCHED = -1;
const FAILED = -2;

/** Where a walk stands between two characters: what waits for the next one, and the kind of the one before. */
interface Place {
  readonly waiting: Int32Array;
  /** A character of that kind; -1 at the beginning. */
  readonly before: number;
  /** What each ASCII character leads to, one further on; the end of the text is the first. null: to nothing that is kept. */
  readonly steps: (Step | null)[];
}
interface Step {
  readonly end: typeof MATCHED | typeof FAILED | null;
  readonly cost: number;
  readonly to: Place | null;
}

/** Who keeps places, how many all of them do, and the characters walked since they began to. */
let keepers: Automaton[] = [];
let kept = 0;
let walked = 0;

type Instruction = ReturnType<RE2JS['re2']>['prog']['inst'][number];

/** A set of places in the program that moves along the text (Thompson's construction). */
class Automaton implements Pattern {
  readonly size: number;
  readonly bytes: number;
  private readonly program: readonly Instruction[];
  private readonly start: number;
  /** Nothing matches but at the beginning. */
  private readonly anchored: boolean;
  /** The cost of looking at each instruction, in steps. */
  private readonly costs: Uint8Array;
  /** The last time each instruction was reached, counted in characters since this pattern was made. */
  private readonly reachedAt: Float64Array;
  private readonly stack: Int32Array;
  private now = 0;
  private steps = 0;
  private live: Int32Array;
  private next: Int32Array;
  private places = new Map<string, Place>();

  constructor(
    compiled: RE2JS,
    readonly weight: number,
    private readonly placesMax: number,
  ) {
    const { prog, cond } = compiled.re2();
    this.program = prog.inst;
    this.start = prog.start;
    this.anchored = (cond & BEGIN_TEXT) !== 0;
    this.size = prog.inst.length;
    this.costs = Uint8Array.from(prog.inst, stepsOf);
    this.reachedAt = new Float64Array(this.size);
    this.stack = new Int32Array(2 * this.size + 2);
    this.live = new Int32Array(this.size);
    this.next = new Int32Array(this.size);
    const ranges = prog.inst.reduce((sum, { runes }) => sum + runes.length, 0);
    this.bytes = this.size * INSTRUCTION_BYTES + ranges * 8;
  }

  test(text: string): boolean {
    charge(TEST);
    walked += text.length;
    let at = 0;
    let steps = 0;
    let place = this.keep(0, -1);
    while (place !== null) {
      const rune = at < text.length ? text.charCodeAt(at) : -1;
      const step: Step | null = rune < ASCII ? this.stepFrom(place, rune) : null;
      if (step === null) break;
      if (step.end === MATCHED) return true;
      steps = paid(steps + step.cost);
      if (step.end === FAILED) return false;
      place = step.to;
      at += 1;
    }
    // From here on a step at a time.
    let waiting = 0;
    if (place !== null) {
      this.live.set(place.waiting);
      waiting = place.waiting.length;
    }
    for (let before = at === 0 ? -1 : text.charCodeAt(at - 1); ;) {
      const rune = at < text.length ? text.codePointAt(at)! : -1;
      waiting = this.advance(waiting, before, rune);
      if (waiting === MATCHED) return true;
      steps = paid(steps + this.steps);
      if (waiting === FAILED) return false;
      before = rune;
      at += rune > 0xffff ? 2 : 1;
    }
  }

  forget(): void {
    this.places = new Map();
  }

  /** One character on. How many wait then, in `live`, or how it ended; `steps` is what it cost. */
  private advance(waiting: number, before: number, rune: number): number {
    const conditions = conditionsBetween(before, rune);
    this.now += 1;
    this.steps = 0;
    // Who waits at a character, after everything that needs none was followed.
    let alive = 0;
    for (let i = 0; i < waiting; i++) {
      alive = this.follow(this.live[i]!, conditions, alive);
      if (alive < 0) return MATCHED;
    }
    if (before < 0 || !this.anchored) {
      alive = this.follow(this.start, conditions, alive);
      if (alive < 0) return MATCHED;
    }
    this.steps += alive + 2;
    if (rune < 0 || (alive === 0 && this.anchored)) return FAILED;
    let count = 0;
    for (let i = 0; i < alive; i++) {
      const instruction = this.program[this.next[i]!]!;
      if (takes(instruction, rune)) this.live[count++] = instruction.out;
    }
    return count;
  }

  /** What was found the first time. null: it leads to a place that there is no room for. */
  private stepFrom(place: Place, rune: number): Step | null {
    const known = place.steps[rune + 1];
    if (known !== undefined) return known;
    this.live.set(place.waiting);
    const count = this.advance(place.waiting.length, place.before, rune);
    const cost = this.steps;
    const to = count < 0 ? null : this.keep(count, rune);
    const step = count < 0 ? { end: count as Step['end'], cost, to } : to && { end: null, cost, to };
    place.steps[rune + 1] = step;
    return step;
  }

  /** The place with the first `count` of `live` waiting; null where there is no room for it. */
  private keep(count: number, rune: number): Place | null {
    const before = kindOf(rune);
    const key = count === 0 ? String(before) : `${before},${this.live.subarray(0, count).join()}`;
    const known = this.places.get(key);
    if (known !== undefined) return known;
    if (this.places.size >= this.placesMax) return null;
    if (kept >= PLACES_OF_ALL_MAX && !forgetAll()) return null;
    if (this.places.size === 0) keepers.push(this);
    kept += 1;
    const place = { waiting: this.live.slice(0, count), before, steps: [] };
    this.places.set(key, place);
    return place;
  }

  /** Adds to `next` all that is reached from `from` without a character; -1 when that is the end of a match. */
  private follow(from: number, conditions: number, before: number): number {
    const { program, reachedAt, stack, now } = this;
    let alive = before;
    let depth = 0;
    stack[depth++] = from;
    while (depth > 0) {
      const at = stack[--depth]!;
      if (reachedAt[at] === now) continue;
      reachedAt[at] = now;
      this.steps += this.costs[at]!;
      const instruction = program[at]!;
      switch (instruction.op) {
        case ALT:
        case ALT_MATCH:
          stack[depth++] = instruction.arg;
          stack[depth++] = instruction.out;
          break;
        case CAPTURE:
        case NOP:
          stack[depth++] = instruction.out;
          break;
        case EMPTY_WIDTH:
          if ((instruction.arg & ~conditions) === 0) stack[depth++] = instruction.out;
          break;
        case MATCH:
          return -1;
        default:
          // FAIL takes no character either, but then it has no ranges.
          this.next[alive++] = at;
      }
    }
    return alive;
  }
}

function forgetAll(): boolean {
  if (walked < FORGET_AFTER) return false;
  for (const keeper of keepers) keeper.forget();
  keepers = [];
  kept = 0;
  walked = 0;
  return true;
}

/** Steps that were not paid for yet, once the whole units among them are. */
function paid(steps: number): number {
  if (steps < STEPS) return steps;
  charge(Math.floor(steps / STEPS));
  return steps % STEPS;
}

/** One character for all that `conditionsBetween` takes for the same when they come before. */
const kindOf = (rune: number): number =>
  rune < 0 || rune === LINE_FEED ? rune : isWord(rune) ? LETTER : SPACE;

/** A class of many ranges, as `\p{L}` is, is searched by halves: each costs as much as following one instruction. */
const stepsOf = ({ runes }: Instruction): number =>
  runes.length <= 2 ? 1 : 2 + 2 * Math.ceil(Math.log2(runes.length));

function takes(instruction: Instruction, rune: number): boolean {
  if (instruction.op === RUNE_ANY) return true;
  if (instruction.op === RUNE1 && (instruction.arg & FOLD_CASE) === 0) return instruction.runes[0] === rune;
  return instruction.runes.length > 0 && instruction.matchRune(rune);
}

function conditionsBetween(before: number, after: number): number {
  return (
    (before < 0 ? BEGIN_TEXT | BEGIN_LINE : before === LINE_FEED ? BEGIN_LINE : 0) |
    (after < 0 ? END_TEXT | END_LINE : after === LINE_FEED ? END_LINE : 0) |
    (isWord(before) === isWord(after) ? NO_WORD_BOUNDARY : WORD_BOUNDARY)
  );
}

const isWord = (rune: number): boolean =>
  (rune >= 97 && rune <= 122) || (rune >= 65 && rune <= 90) || (rune >= 48 && rune <= 57) || rune === 95;
