/** Promises: a span, or what it adds, on one line that a reader can check against what was sent. */
import type { Contribution } from '../contributions.js';
import { usdText } from '../money.js';
import type { Span } from '../span.js';
import { inputOf, outputOf, TOKEN_KINDS, type Tokens } from '../tokens.js';

export function describeSpan(span: Span): string {
  const { tokens, costSent, durationNs, content } = span;
  return line(span.name, {
    is: span.operation,
    agent: span.agent,
    node: span.node,
    tool: span.tool,
    model: span.model,
    provider: span.provider,
    assistant: span.assistant,
    version: span.version,
    user: span.user,
    thread: span.thread,
    run: span.run,
    route: span.route,
    segment: span.segment,
    environment: span.environment,
    tokens: tokens === null ? null : describeTokens(tokens),
    cost: costSent === null ? null : usdText(costSent),
    took: durationNs === null ? 'unknown' : `${Number(durationNs) / 1e6} ms`,
    error: span.error ? (span.errorType ?? 'yes') : null,
    marks: span.marks.length === 0 ? null : span.marks.join('+'),
    said: content === null ? null : saidOf(content),
    others: Object.keys(span.attributes).sort().join(',') || null,
  });
}

function saidOf({ input, output, others }: NonNullable<Span['content']>): string {
  const held = [
    input === null ? [] : ['input'],
    output === null ? [] : ['output'],
    Object.keys(others).sort(),
  ];
  return held.flat().join(',');
}

export function describeContribution(one: Contribution, name: string): string {
  const { dimensions, counts } = one;
  const { role, traffic, node, tool, model, assistant } = dimensions;
  return line(name, {
    as: role,
    traffic: traffic === 'live' ? null : traffic,
    node,
    tool,
    model,
    assistant,
    user: one.user,
    thread: one.thread,
    tokens: inputOf(one.tokens) + outputOf(one.tokens) === 0 ? null : describeTokens(one.tokens),
    sent: one.costSent === 0n ? null : usdText(one.costSent),
    priced: one.costPriced === 0n ? null : usdText(one.costPriced),
    unpriced: counts.unpricedCalls === 0 ? null : String(counts.unpricedTokens),
    bin: one.latencyBin === null ? 'unknown' : String(one.latencyBin),
  });
}

/** As in `in 100 = inputUncached 60 + inputCacheRead 40; out 20 = outputText 20`. */
function describeTokens(tokens: Tokens): string {
  const parts = (of: 'input' | 'output') =>
    TOKEN_KINDS.filter((kind) => kind.startsWith(of) && tokens[kind] > 0)
      .map((kind) => `${kind.slice(of.length)} ${tokens[kind]}`)
      .join(' + ');
  return `in ${inputOf(tokens)} = ${parts('input') || 0}; out ${outputOf(tokens)} = ${parts('output') || 0}`;
}

const line = (name: string, facts: Readonly<Record<string, string | null>>) =>
  `  ${name === '' ? '(no name)' : name}${Object.entries(facts)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `\n      ${key}: ${value}`)
    .join('')}`;
