// Promises: OTLP requests in protobuf as exporters send them, made once and given new ids, so that making them costs
// the machine little while something else is measured on it.
import { randomBytes } from 'node:crypto';

const LENGTH_DELIMITED = 2;
const FIXED64 = 1;

function varint(value) {
  const bytes = [];
  let rest = BigInt(value);
  do {
    const low = Number(rest & 127n);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 128 : low);
  } while (rest > 0n);
  return Buffer.from(bytes);
}
const tag = (field, type) => varint((field << 3) | type);
const bytes = (field, value) => Buffer.concat([tag(field, LENGTH_DELIMITED), varint(value.length), value]);
const text = (field, value) => bytes(field, Buffer.from(value));
const number = (field, value) => Buffer.concat([tag(field, 0), varint(value)]);
function fixed64(field, value) {
  const eight = Buffer.alloc(8);
  eight.writeBigUInt64LE(value);
  return Buffer.concat([tag(field, FIXED64), eight]);
}

/** KeyValue with an AnyValue. */
const attribute = (key, value) =>
  bytes(
    9,
    Buffer.concat([text(1, key), bytes(2, typeof value === 'number' ? number(3, value) : text(1, value))]),
  );

const MODELS = ['gpt-4.1', 'gpt-4.1-mini', 'claude-sonnet-4-5', 'claude-opus-4-6'];
const TOOLS = ['search', 'refund_order', 'get_user_details', 'update_address', 'list_orders'];
const NODES = ['plan', 'act', 'answer'];
const SEGMENTS = ['gold', 'silver', 'free'];
const ROUTES = ['/support', '/refunds', '/orders'];
const NS_PER_MS = 1_000_000n;
export const SPANS_A_TRACE = 10;

/** A run of an agent: a root, three nodes, a model call in each, and three tools. */
function traceOf(start, seed) {
  const traceId = randomBytes(16);
  const rootId = randomBytes(8);
  const pick = (list, at) => list[(seed + at) % list.length];
  const span = ({ id = randomBytes(8), parent, name, at, ms, attributes }) =>
    bytes(
      2,
      Buffer.concat([
        bytes(1, traceId),
        bytes(2, id),
        ...(parent === undefined ? [] : [bytes(4, parent)]),
        text(5, name),
        fixed64(7, start + BigInt(at) * NS_PER_MS),
        fixed64(8, start + BigInt(at) * NS_PER_MS + BigInt(ms * 1_000) * 1_000n),
        ...Object.entries(attributes).map(([key, value]) => attribute(key, value)),
      ]),
    );
  const spans = [
    span({
      id: rootId,
      name: 'invoke_agent desk',
      at: 0,
      ms: 3_000 + (seed % 997),
      attributes: {
        'gen_ai.operation.name': 'invoke_agent',
        'gen_ai.agent.name': 'desk',
        'user.id': `user-${seed % 500}`,
        'session.id': `thread-${seed}`,
        'reeve.segment': pick(SEGMENTS, 0),
        'reeve.route': pick(ROUTES, 0),
      },
    }),
  ];
  for (const [i, node] of NODES.entries()) {
    const nodeId = randomBytes(8);
    const at = i * 900;
    spans.push(
      span({
        id: nodeId,
        parent: rootId,
        name: node,
        at,
        ms: 800 + (seed % 89),
        attributes: { langgraph_node: node },
      }),
      span({
        parent: nodeId,
        name: 'chat',
        at,
        ms: 400 + ((seed * 7 + i * 31) % 700),
        attributes: {
          'gen_ai.operation.name': 'chat',
          'gen_ai.provider.name': 'openai',
          'gen_ai.request.model': pick(MODELS, i),
          'gen_ai.usage.input_tokens': 1_000 + (seed % 4_000),
          'gen_ai.usage.output_tokens': 50 + (seed % 300),
        },
      }),
      span({
        parent: nodeId,
        name: 'execute_tool',
        at: at + 500,
        ms: 1 + ((seed * 13 + i) % 300),
        attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': pick(TOOLS, i) },
      }),
    );
  }
  return Buffer.concat(spans);
}

/** A request of so many traces that begin about now. */
export function requestOf(traces, startMs, seed) {
  const start = BigInt(startMs) * NS_PER_MS;
  const spans = Array.from({ length: traces }, (_, i) => traceOf(start, seed + i));
  const scope = bytes(1, text(1, 'bench'));
  return bytes(1, bytes(2, Buffer.concat([scope, ...spans])));
}
