/** OpenMetrics 1.0 text, read as strictly as its grammar is: what is not of it throws. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Scrape {
  readonly families: ReadonlyMap<string, { readonly type: string; readonly samples: readonly Sample[] }>;
  readonly samples: readonly Sample[];
  /** The sum of the samples of that name whose labels are these, others aside. */
  sum(name: string, labels?: Readonly<Record<string, string>>): number;
}

interface Family {
  readonly name: string;
  type: string;
  readonly samples: Sample[];
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const META = new RegExp(`^# (HELP|TYPE|UNIT) (${NAME}) (.+)$`);
const LABEL = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"';
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(${LABEL}(?:,${LABEL})*)\\})? (\\S+)$`);
const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  counter: ['_total', '_created'],
  gauge: [''],
  histogram: ['_bucket', '_sum', '_count', '_created'],
};

export function readOpenMetrics(text: string): Scrape {
  if (!text.endsWith('\n# EOF\n')) throw new Error('it does not end with # EOF');
  const families = new Map<string, Family>();
  const seen = new Set<string>();
  let current: Family | undefined;
  for (const line of text.slice(0, -'# EOF\n'.length).trimEnd().split('\n')) {
    const meta = META.exec(line);
    if (meta !== null) {
      const [, kind, name, value] = meta as unknown as [string, string, string, string];
      if (current?.name !== name) {
        if (families.has(name)) throw new Error(`the family ${name} is there twice`);
        families.set(name, (current = { name, type: 'unknown', samples: [] }));
      }
      if (current.samples.length > 0) throw new Error(`metadata behind samples: ${line}`);
      if (kind === 'TYPE') current.type = value;
      continue;
    }
    const sample = sampleOf(line);
    if (current === undefined) throw new Error(`a sample of no family: ${line}`);
    const { name, type } = current;
    if (!SUFFIXES[type]?.some((suffix) => sample.name === name + suffix))
      throw new Error(`no sample of the ${type} ${name}: ${line}`);
    const series = line.slice(0, line.lastIndexOf(' '));
    if (seen.has(series)) throw new Error(`twice: ${series}`);
    seen.add(series);
    if (type === 'counter' && !(sample.value >= 0)) throw new Error(`a counter below zero: ${line}`);
    current.samples.push(sample);
  }
  for (const { type, samples } of families.values()) if (type === 'histogram') checkBuckets(samples);
  const samples = [...families.values()].flatMap((family) => family.samples);
  return {
    families,
    samples,
    sum: (name, labels = {}) =>
      samples
        .filter((one) => one.name === name && has(one, labels))
        .reduce((total, { value }) => total + value, 0),
  };
}

function sampleOf(line: string): Sample {
  const match = SAMPLE.exec(line);
  if (match === null) throw new Error(`not a line of OpenMetrics: ${line}`);
  const value = numberOf(match[3]!);
  if (value === undefined) throw new Error(`not a number: ${line}`);
  const labels = [...(match[2] ?? '').matchAll(new RegExp(LABEL, 'g'))].map(([label]) => {
    const at = label.indexOf('=');
    return [label.slice(0, at), label.slice(at + 2, -1)] as const;
  });
  return { name: match[1]!, labels: Object.fromEntries(labels), value };
}

/** In whatever case its words are. */
function numberOf(text: string): number | undefined {
  if (/^nan$/i.test(text)) return NaN;
  const [, sign] = /^([+-]?)inf(?:inity)?$/i.exec(text) ?? [];
  if (sign !== undefined) return sign === '-' ? -Infinity : Infinity;
  return /^[+-]?[\d.]/.test(text) && !Number.isNaN(Number(text)) ? Number(text) : undefined;
}

/** Buckets only grow, and the last one holds everything. */
function checkBuckets(samples: readonly Sample[]): void {
  const counts = samples.filter(({ name }) => name.endsWith('_count'));
  for (const { name, labels, value } of counts) {
    const buckets = samples.filter(
      (one) => one.name === name.replace(/_count$/, '_bucket') && has(one, labels),
    );
    if (buckets.at(-1)?.labels['le'] !== '+Inf' || buckets.at(-1)?.value !== value)
      throw new Error(`${name}: the last bucket is not everything`);
    if (buckets.some((bucket, i) => i > 0 && bucket.value < buckets[i - 1]!.value))
      throw new Error(`${name}: a bucket holds less than the one before`);
  }
}

const has = ({ labels }: Sample, wanted: Readonly<Record<string, string>>): boolean =>
  Object.entries(wanted).every(([name, value]) => labels[name] === value);
