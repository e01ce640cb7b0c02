/** The rows of the OpenID Foundation's plans for AuthZEN (SOURCE.md), as they are written down beside this file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface Want {
  /** Any of these. */
  readonly status: readonly number[];
  readonly decision?: boolean;
  /** Of each evaluation, and no more of them. */
  readonly decisions?: readonly boolean[];
  /** Entities that are among the results. */
  readonly results?: readonly unknown[];
  readonly headers?: readonly string[];
}

/** A module of an endpoint's plan. */
export interface Module {
  readonly module: string;
  readonly path: string;
  readonly title: string;
  readonly section?: string;
  /** The answer rests on properties: not in the suite's core. */
  readonly properties?: boolean;
  /** Sent so many times; what is decided stays the same. */
  readonly repeat?: number;
  /** Pages are followed, and their results counted together. */
  readonly pages?: boolean;
  readonly requestId?: boolean;
  readonly method?: string;
  readonly contentType?: string;
  readonly credentials?: 'none' | 'wrong';
  readonly request?: unknown;
  /** Sent as it is, instead. */
  readonly raw?: string;
  readonly contradicts?: string;
  readonly suite?: Want;
  readonly want: Want;
}

/** A condition on the metadata. */
export interface Discovery {
  readonly module: string;
  readonly path: string;
  readonly title: string;
  readonly want: {
    readonly status: readonly number[];
    readonly contentType?: string;
    readonly identifier?: string;
    readonly noneEmpty?: boolean;
    readonly capabilities?: boolean;
    readonly endpoints?: string;
    readonly signed?: boolean;
  };
}

interface Plan {
  readonly path: string;
  readonly modules: readonly Omit<Module, 'path'>[];
}

const PLANS = ['evaluation', 'evaluations', 'subject-search', 'resource-search', 'action-search'];

/** `directory`: where the YAML files are. */
export function loadModules(directory: string): Module[] {
  return PLANS.flatMap((plan) => {
    const { path, modules } = read(directory, plan) as Plan;
    return modules.map((one) => ({ ...one, path }));
  });
}

export const loadDiscovery = (directory: string): Discovery[] => read(directory, 'discovery') as Discovery[];

const read = (directory: string, name: string): unknown =>
  parse(readFileSync(join(directory, `${name}.yaml`), 'utf8'));
