/**
 * The conformance data of the CEL specification (google/cel-spec v0.25.1, Apache-2.0, as @bufbuild/cel-spec ships it),
 * run by what runs conditions. What is excluded is listed with its reason, and fails this test when it begins to pass.
 */
import {
  celList,
  celMap,
  celUint,
  isCelError,
  isCelList,
  isCelMap,
  isCelType,
  isCelUint,
  plan,
  type CelInput,
  type CelValue,
} from '@bufbuild/cel';
import type { Value } from '@bufbuild/cel-spec/cel/expr/value_pb.js';
import { getTestRegistry } from '@bufbuild/cel-spec/testdata/registry.js';
import { getConformanceSuite, type IncrementalTestSuite } from '@bufbuild/cel-spec/testdata/tests.js';
import { isMessage, toJson, type Registry } from '@bufbuild/protobuf';
import { isReflectMessage } from '@bufbuild/protobuf/reflect';
import { anyUnpack } from '@bufbuild/protobuf/wkt';
import { describe, expect, test } from 'vitest';
import { newMeter, payFrom } from '../meter.js';
import { environment, matchWith } from './environment.js';
import { rewrite } from './rewrite.js';

const SECTIONS = [
  'basic',
  'comparisons',
  'conversions',
  'fields',
  'fp_math',
  'integer_math',
  'lists',
  'logic',
  'macros',
  'string',
  'timestamps',
];

/** Reasons to answer otherwise, and where: the names of tests behind the name of their section. */
const EXCLUDED: Readonly<Record<string, string>> = {
  'A condition makes no messages: it is refused when it is published.': `
    comparisons/eq_literal: eq_dyn_json_null not_eq_dyn_proto2_msg_null not_eq_dyn_proto3_msg_null
    comparisons/eq_wrapper: eq_bool eq_bool_empty eq_bool_not_null eq_bool_proto2_null
      eq_bool_proto3_null eq_bytes eq_bytes_empty eq_bytes_not_null eq_bytes_proto2_null
      eq_bytes_proto3_null eq_double eq_double_empty eq_double_not_null eq_double_proto2_null
      eq_double_proto3_null eq_float eq_float_empty eq_float_not_null eq_float_proto2_null
      eq_float_proto3_null eq_int32 eq_int32_empty eq_int32_not_null eq_int32_proto2_null
      eq_int32_proto3_null eq_int64 eq_int64_empty eq_int64_not_null eq_int64_proto2_null
      eq_int64_proto3_null eq_string eq_string_empty eq_string_not_null eq_string_proto2_null
      eq_string_proto3_null eq_uint32 eq_uint32_empty eq_uint32_not_null eq_uint32_proto2_null
      eq_uint32_proto3_null eq_uint64 eq_uint64_empty eq_uint64_not_null eq_uint64_proto2_null
      eq_uint64_proto3_null eq_proto2 eq_proto3 eq_proto2_missing_fields_neq
      eq_proto3_missing_fields_neq eq_proto_nan_equal eq_proto_different_types
      eq_proto2_any_unpack_equal eq_proto2_any_unpack_not_equal
      eq_proto2_any_unpack_bytewise_fallback_not_equal eq_proto2_any_unpack_bytewise_fallback_equal
      eq_proto3_any_unpack_equal eq_proto3_any_unpack_not_equal
      eq_proto3_any_unpack_bytewise_fallback_not_equal eq_proto3_any_unpack_bytewise_fallback_equal
    comparisons/ne_literal: ne_proto2 ne_proto3 ne_proto2_missing_fields_neq
      ne_proto3_missing_fields_neq ne_proto_nan_not_equal ne_proto_different_types ne_proto2_any_unpack
      ne_proto2_any_unpack_bytewise_fallback ne_proto3_any_unpack ne_proto3_any_unpack_bytewise_fallback
  `,
  'A division by zero has no answer; an infinity or a NaN would decide the comparison behind it.': `
    comparisons/eq_literal: not_eq_double_nan not_eq_int_double_nan not_eq_uint_double_nan
    comparisons/ne_literal: not_ne_double_nan not_ne_int_double_nan not_ne_uint_double_nan ne_double_nan
    fp_math/fp_math: divide_zero
  `,
  'The library\'s parser has no quoted fields; `a["b-c"]` says the same.': `
    fields/quoted_map_fields: field_access_slash field_access_dash field_access_dot has_field_slash
      has_field_dash has_field_dot
  `,
  'A function that nobody defines is refused when it is published, not when it is asked.': `
    basic/functions: unbound_is_runtime_error
  `,
  'The library takes 0 and 0u for two keys of a map; no condition has such a map to ask.': `
    fields/qualified_identifier_resolution: map_value_repeat_key_heterogeneous
  `,
};

const registry: Registry = getTestRegistry();

interface Case {
  readonly name: string;
  readonly run: () => { readonly said: string; readonly wanted: string };
}

function casesOf({ name, suites, tests }: IncrementalTestSuite, path = ''): Case[] {
  const here = path === '' ? name : `${path}/${name}`;
  return [
    ...suites.flatMap((suite) => casesOf(suite, here)),
    ...tests
      .filter(({ original }) => !original.checkOnly)
      .map(({ original: { name: one, expr, bindings, container, resultMatcher } }) => ({
        name: `${here}/${one}`,
        run: () => ({
          said: answer(expr, container, bindings),
          wanted:
            resultMatcher.case === 'value'
              ? textOf(inputOf(resultMatcher.value))
              : resultMatcher.case === undefined
                ? 'true'
                : 'error',
        }),
      })),
  ];
}

type Bindings = Parameters<typeof Object.entries<{ kind: { case?: string; value?: unknown } }>>[0];

function answer(source: string, namespace: string, bindings: object): string {
  const env = environment({ registry, namespace });
  const bound = Object.entries(bindings as Bindings).map(
    ([name, { kind }]) => [name, inputOf(kind.value as Value)] as const,
  );
  const known = [...bound.map(([name]) => name), ...NAMES];
  payFrom(newMeter());
  try {
    const { expr, patterns } = rewrite(source, known, env);
    matchWith(patterns);
    const value = plan(env, expr)(Object.fromEntries(bound));
    return isCelError(value) ? 'error' : textOf(value);
  } catch {
    return 'error';
  }
}
/** The data speaks of messages and packages, which conditions know nothing of. */
const NAMES = ['google', 'cel', 'x', 'y', 'a'];

function inputOf({ kind }: Value): CelInput {
  switch (kind.case) {
    case 'nullValue':
      return null;
    case 'uint64Value':
      return celUint(kind.value);
    case 'listValue':
      return celList(kind.value.values.map(inputOf));
    case 'mapValue':
      return celMap(
        new Map(kind.value.entries.map(({ key, value }) => [inputOf(key!) as string, inputOf(value!)])),
      );
    case 'objectValue':
      return anyUnpack(kind.value, registry)!;
    case 'typeValue':
      return `type ${kind.value}`;
    case 'boolValue':
    case 'int64Value':
    case 'doubleValue':
    case 'stringValue':
    case 'bytesValue':
      return kind.value;
    default:
      throw new Error(`no value: ${kind.case}`);
  }
}

/** Its kind and its value. */
function textOf(value: CelInput | CelValue): string {
  if (typeof value === 'bigint') return `${value}`;
  if (typeof value === 'number') return `double ${Object.is(value, -0) ? 0 : value}`;
  if (typeof value === 'string') return value.startsWith('type ') ? value : JSON.stringify(value);
  if (value instanceof Uint8Array) return `bytes ${[...value].join()}`;
  if (isCelUint(value)) return `${value.value}u`;
  if (isCelType(value)) return `type ${value.name}`;
  if (isCelList(value)) return `[${[...value].map((item) => textOf(item)).join()}]`;
  if (isCelMap(value))
    return `{${[...value]
      .map(([key, item]) => `${textOf(key as CelInput)}: ${textOf(item as CelInput)}`)
      .sort()
      .join()}}`;
  if (isReflectMessage(value)) return JSON.stringify(toJson(value.desc, value.message, { registry }));
  if (isMessage(value))
    return JSON.stringify(toJson(registry.getMessage(value.$typeName)!, value, { registry }));
  return JSON.stringify(value);
}

const excluded = new Set(
  Object.values(EXCLUDED).flatMap((sections) =>
    [...sections.matchAll(/(\S+):([^:]+)(?=\s\S+:|$)/g)].flatMap(([, section, names = '']) =>
      names
        .trim()
        .split(/\s+/)
        .map((name) => `${section}/${name}`),
    ),
  ),
);
const suites = getConformanceSuite().suites.filter(({ name }) => SECTIONS.includes(name));

test('all sections are there', () => {
  expect(suites.map(({ name }) => name).sort()).toEqual(SECTIONS);
});

describe.each(suites.map((suite) => [suite.name, casesOf(suite)] as const))('%s', (_, cases) => {
  test('answers as the specification says', () => {
    const differences = cases.flatMap(({ name, run }) => {
      const { said, wanted } = run();
      return said === wanted || excluded.has(name) ? [] : [`${name}: ${said}, not ${wanted}`];
    });
    expect(differences).toEqual([]);
  });

  test('and what is excluded still answers otherwise', () => {
    const passing = cases.filter(({ name, run }) => excluded.has(name) && run().said === run().wanted);
    expect(passing.map(({ name }) => name)).toEqual([]);
  });
});

test('nothing is excluded that does not exist', () => {
  const known = new Set(suites.flatMap((suite) => casesOf(suite)).map(({ name }) => name));
  expect([...excluded].filter((name) => !known.has(name))).toEqual([]);
});
