/**
 * Promises: a run of LangSmith as a span. Its SDKs send a run twice, when it begins and when it ends: `joinRuns` makes
 * one of what a batch has of it; across batches the end wins (`merge`), which repeats what is needed of the beginning.
 */
import { isObject } from '../decode/attributes.js';
import { LIMITS, type Limits } from '../decode/limits.js';
import type { RawSpan } from '../decode/raw-span.js';
import { RefusedError } from '../decode/refusals.js';
import { storable } from '../decode/storable.js';
import { normalise } from '../normalise/normalise.js';
import type { Span } from '../span.js';
import { timesOf } from '../times.js';
import { ForeignAttributes, foreignId, nanosecondsOf } from './foreign-values.js';

type Run = Readonly<Record<string, unknown>>;

/** Runs by id: what ends a run over what begins it, field by field. */
export function joinRuns(begun: readonly unknown[], ended: readonly unknown[]): readonly unknown[] {
  const runs = new Map<unknown, unknown>();
  for (const run of [...begun, ...ended]) {
    const id = isObject(run) ? run['id'] : run;
    const before = runs.get(id);
    runs.set(id, isObject(run) && isObject(before) ? { ...before, ...said(run) } : run);
  }
  return [...runs.values()];
}

const said = (run: Run) =>
  Object.fromEntries(Object.entries(run).filter(([, value]) => value !== undefined && value !== null));

/** Throws RefusedError where it is no run. */
export function spanOfLangSmith(run: unknown, limits: Limits = LIMITS): Span {
  return normalise(rawOf(run, limits), 'langsmith');
}

function rawOf(run: unknown, limits: Limits): RawSpan {
  if (!isObject(run)) throw new RefusedError('malformed');
  const name = typeof run['name'] === 'string' ? storable(run['name'].slice(0, 1_024)) : '';
  const order = orderOf(run['dotted_order']);
  const traceId = idOf(run['trace_id']) ?? order.at(0)?.id ?? null;
  const spanId = idOf(run['id']) ?? order.at(-1)?.id ?? null;
  if (traceId === null) throw new RefusedError('trace_id', name);
  if (spanId === null) throw new RefusedError('span_id', name);
  const start = nanosecondsOf(run['start_time']) ?? order.at(-1)?.start ?? null;
  const times = timesOf(start, nanosecondsOf(run['end_time']), limits);
  if (times === null) throw new RefusedError('no_time_that_can_be', name);
  const failed = typeof run['error'] === 'string' && run['error'] !== '';
  const said = attributesOf(run, limits);
  return {
    traceId,
    spanId,
    parentSpanId: idOf(run['parent_run_id']) ?? order.at(-2)?.id ?? null,
    name,
    times,
    attributes: said.attributes,
    events: [],
    failed,
    statusMessage: failed ? storable(String(run['error']).slice(0, 1_024)) : '',
    scope: { name: 'langsmith', version: '' },
    resource: new Map(),
    cut: said.cut,
  };
}

function attributesOf(run: Run, limits: Limits): ForeignAttributes {
  const said = new ForeignAttributes(limits);
  const { extra, outputs, inputs } = run;
  const metadata = isObject(extra) ? extra['metadata'] : undefined;
  said.set('langsmith.span.kind', run['run_type']);
  said.setAll('langsmith.metadata.', metadata);
  said.set(
    'langsmith.usage_metadata',
    usageOf(outputs) ?? (isObject(metadata) ? metadata['usage_metadata'] : undefined),
  );
  const parameters = isObject(extra) ? extra['invocation_params'] : undefined;
  if (isObject(parameters)) said.set('llm.model_name', parameters['model'] ?? parameters['model_name']);
  said.set('input.value', inputs);
  said.set('output.value', outputs);
  return said;
}

/** Usage in LangChain's outputs: on the run, on the message it generated, or as an older provider's `token_usage`. */
function usageOf(outputs: unknown): unknown {
  if (!isObject(outputs)) return undefined;
  if (isObject(outputs['usage_metadata'])) return outputs['usage_metadata'];
  const generated = firstOf(firstOf(outputs['generations']));
  const message = isObject(generated) ? generated['message'] : undefined;
  const kwargs = isObject(message) ? message['kwargs'] : undefined;
  const usage = [message, kwargs]
    .map((one) => (isObject(one) ? one['usage_metadata'] : undefined))
    .find(isObject);
  if (usage !== undefined) return usage;
  const output = outputs['llm_output'];
  const older = isObject(output) ? (output['token_usage'] ?? output['usage']) : undefined;
  return isObject(older)
    ? {
        input_tokens: older['prompt_tokens'] ?? older['input_tokens'],
        output_tokens: older['completion_tokens'] ?? older['output_tokens'],
        total_tokens: older['total_tokens'],
      }
    : undefined;
}

const firstOf = (json: unknown): unknown => (Array.isArray(json) ? (json as unknown[])[0] : json);

/** A UUID without its dashes, as OTLP would have it. */
const idOf = (json: unknown) => foreignId(json)?.replaceAll('-', '') ?? null;

/** `20240919T171648037363Z<uuid>` for a run and each above it, from the root down. */
function orderOf(json: unknown): readonly { readonly start: bigint | null; readonly id: string | null }[] {
  if (typeof json !== 'string' || json.length > 10_000) return [];
  return json.split('.').map((part) => {
    const match = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d*)Z(.+)$/.exec(part);
    const [, year, month, day, hour, minute, second, fraction, id] = match ?? [];
    if (match === null) return { start: null, id: null };
    const point = fraction === '' ? '' : `.${fraction}`;
    return {
      start: nanosecondsOf(`${year}-${month}-${day}T${hour}:${minute}:${second}${point}Z`),
      id: idOf(id),
    };
  });
}
