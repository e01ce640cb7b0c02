/**
 * Promises: the tokens that a span says, as parts that add up. Dialects differ in whether the input holds its cached
 * part, and the output its reasoning, or whether they stand beside it. A total tells; where there is none, the dialect;
 * where neither does, a part larger than the whole cannot be within it, and the span is marked.
 */
import type { Value } from '../decode/raw-span.js';
import type { Mark } from '../span.js';
import { NO_TOKENS, type Tokens } from '../tokens.js';
import { objectOf, textOf, type Said } from './attributes-of.js';
import { PROVIDER_METADATA, SAID_BESIDE, type CountName } from './names.js';

export interface TokensRead {
  /** Null: nothing was said. */
  readonly tokens: Tokens | null;
  readonly marks: readonly Mark[];
}

export function tokensOf(said: Said): TokensRead {
  const usage = new Usage(said);
  const own = ofProvider(said, usage);
  const counts = own ?? usage.counts();
  if (Object.values(counts).every((count) => count === null)) return { tokens: null, marks: usage.marks };
  const { read, write, inputAudio, reasoning, outputAudio, total } = counts;
  const nothingButTotal = counts.input === null && counts.output === null && total !== null;
  const input = { whole: counts.input ?? (nothingButTotal ? total : 0), parts: sum(read, write, inputAudio) };
  const output = { whole: counts.output ?? 0, parts: sum(reasoning, outputAudio) };
  const { beside, guessed } = standing(input, output, total, own === null ? usage.hint() : BESIDE_INPUT);
  return {
    tokens: {
      ...NO_TOKENS,
      inputUncached: remainder(input, beside.input),
      inputCacheRead: read ?? 0,
      inputCacheWrite: write ?? 0,
      inputAudio: inputAudio ?? 0,
      outputText: remainder(output, beside.output),
      outputReasoning: reasoning ?? 0,
      outputAudio: outputAudio ?? 0,
    },
    marks: guessed ? [...usage.marks, 'dialect_guessed'] : usage.marks,
  };
}

interface Counts {
  readonly input: number | null;
  readonly output: number | null;
  readonly read: number | null;
  readonly write: number | null;
  readonly inputAudio: number | null;
  readonly reasoning: number | null;
  readonly outputAudio: number | null;
  readonly total: number | null;
}

/** What a whole is said to be, and the sum of its parts that are said. */
interface Whole {
  readonly whole: number;
  readonly parts: number;
}

/** Whether the parts stand beside their whole. */
interface Standing {
  readonly input: boolean;
  readonly output: boolean;
}

const WITHIN: Standing = { input: false, output: false };
const BESIDE_INPUT: Standing = { input: true, output: false };
const STANDINGS: readonly Standing[] = [
  WITHIN,
  BESIDE_INPUT,
  { input: false, output: true },
  { input: true, output: true },
];

const sum = (...counts: readonly (number | null)[]) =>
  counts.reduce<number>((all, one) => all + (one ?? 0), 0);

const remainder = ({ whole, parts }: Whole, beside: boolean) => (beside ? whole : Math.max(0, whole - parts));

function standing(
  input: Whole,
  output: Whole,
  total: number | null,
  hint: Standing,
): { readonly beside: Standing; readonly guessed: boolean } {
  const possible = (beside: Standing) =>
    (beside.input || input.parts <= input.whole) && (beside.output || output.parts <= output.whole);
  const told = STANDINGS.find((beside) => possible(beside) && totalOf(input, output, beside) === total);
  if (told !== undefined) return { beside: told, guessed: false };
  if (possible(hint)) return { beside: hint, guessed: false };
  const beside = {
    input: hint.input || input.parts > input.whole,
    output: hint.output || output.parts > output.whole,
  };
  // A part whose whole was not said at all is no guess.
  const guessed =
    (input.whole > 0 && beside.input !== hint.input) || (output.whole > 0 && beside.output !== hint.output);
  return { beside, guessed };
}

const totalOf = (input: Whole, output: Whole, beside: Standing) =>
  input.whole + (beside.input ? input.parts : 0) + output.whole + (beside.output ? output.parts : 0);

/** The counts of one span, whichever names they have. */
class Usage {
  readonly marks: Mark[] = [];
  private readonly named = new Set<string>();

  constructor(private readonly said: Said) {}

  counts(): Counts {
    return {
      input: this.count('input'),
      output: this.count('output'),
      read: this.count('cacheRead'),
      write: this.count('cacheWrite'),
      inputAudio: this.count('inputAudio'),
      reasoning: this.count('reasoning'),
      outputAudio: this.count('outputAudio'),
      total: this.count('total'),
    };
  }

  /** What the names tell: where parts are said beside their whole. */
  hint(): Standing {
    const beside = (kinds: readonly CountName[]) =>
      kinds.some((kind) =>
        this.said.countsOf(kind).some(({ name }) => SAID_BESIDE.has(name) && this.named.has(name)),
      );
    return {
      input:
        beside(['cacheRead', 'cacheWrite', 'inputAudio']) ||
        (this.named.has(AI_CACHED) && isOlderAnthropic(this.said)),
      output: beside(['reasoning', 'outputAudio']),
    };
  }

  private count(kind: CountName): number | null {
    for (const { name, value } of this.said.countsOf(kind)) {
      const count = countOf(value);
      if (count !== null) {
        this.named.add(name);
        return count;
      }
      if (!this.marks.includes('tokens_refused')) this.marks.push('tokens_refused');
    }
    return null;
  }
}

/** A whole number that a call can have; integers also come as texts. */
function countOf(value: Value): number | null {
  const count = typeof value === 'string' && /^\d{1,15}(\.0+)?$/.test(value) ? Number(value) : value;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 && count <= MOST
    ? count
    : null;
}

/** More tokens than any one call has. */
const MOST = 1_000_000_000;

const AI_CACHED = 'ai.usage.cachedInputTokens';

/** Before it said its input in details, the AI SDK passed on what the provider says; Anthropic says the parts beside. */
function isOlderAnthropic({ attributes }: Said): boolean {
  if (attributes.has('ai.usage.inputTokenDetails.noCacheTokens')) return false;
  if (attributes.has('ai.usage.inputTokenDetails.cacheReadTokens')) return false;
  const provider =
    textOf(attributes.get('ai.model.provider')) ?? textOf(attributes.get('gen_ai.system')) ?? '';
  return /anthropic|bedrock/i.test(provider);
}

/** Anthropic's own figures, where the AI SDK passes them on whole: they say the input without its cached part. */
function ofProvider(said: Said, usage: Usage): Counts | null {
  const metadata = objectOf(said.attributes.get(PROVIDER_METADATA));
  if (metadata === null) return null;
  for (const { at, input, output, read, write, total } of PROVIDER_USAGE) {
    const figures = objectOf(objectOf(metadata[at])?.['usage']);
    if (figures === null) continue;
    const count = (names: readonly string[]) =>
      names.map((name) => countOf(figures[name] ?? null)).find((one) => one !== null) ?? null;
    if (count(read) === null && count(write) === null) continue;
    const counts = usage.counts();
    return {
      ...counts,
      input: count(input) ?? counts.input,
      output: count(output) ?? counts.output,
      read: count(read),
      write: count(write),
      total: count(total),
    };
  }
  return null;
}

const PROVIDER_USAGE = [
  {
    at: 'anthropic',
    input: ['input_tokens'],
    output: ['output_tokens'],
    read: ['cache_read_input_tokens'],
    write: ['cache_creation_input_tokens'],
    total: [],
  },
  {
    at: 'bedrock',
    input: ['inputTokens'],
    output: ['outputTokens'],
    read: ['cacheReadInputTokens'],
    write: ['cacheWriteInputTokens', 'cacheCreationInputTokens'],
    total: ['totalTokens'],
  },
] as const;
