/** One request as conditions see it, and the instance that CASL matches rules against. Built once a decision. */
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import type { CelInput } from '@bufbuild/cel';
import type { EvaluationRequest, Json, ToolClass } from '../vocabulary.js';
import { celJson } from '../expressions/cel/json.js';
import type { Variables } from '../expressions/cel/variables.js';
import { newMeter } from '../expressions/meter.js';
import type { PolicyCell } from './cell.js';

/** The tool that is asked for, as far as conditions see it; null: it is no tool. */
interface AboutTool {
  readonly class: ToolClass;
  readonly owner: string;
  readonly server: string;
  readonly reversible: boolean;
}

export class Question implements Variables {
  /** The strongest cell whose condition nobody could answer. */
  unanswered: PolicyCell | null = null;
  private readonly made = new Map<string, CelInput>();

  constructor(
    private readonly request: EvaluationRequest,
    readonly about: { readonly name: string; readonly definition: AboutTool | null },
    private readonly roles: readonly string[],
    private readonly nowMs: number,
    readonly meter = newMeter(),
  ) {}

  get subject(): CelInput {
    const { type, id, properties } = this.request.subject;
    return this.once('subject', { type, id, properties, roles: this.roles });
  }
  get action(): CelInput {
    const { name, properties } = this.request.action;
    return this.once('action', { name, properties });
  }
  get resource(): CelInput {
    const { type, id, properties } = this.request.resource;
    return this.once('resource', { type, id, properties });
  }
  get args(): CelInput {
    return this.once('args', this.request.arguments);
  }
  get tool(): CelInput {
    const { name, definition } = this.about;
    if (definition === null) return this.once('tool', {});
    const { owner, server, reversible } = definition;
    return this.once('tool', { name, class: definition.class, owner, server, reversible });
  }
  /** The caller's own members, with those that Reeve settles in its own form. */
  get context(): CelInput {
    const { context, channel, assistant, runId, threadId } = this.request;
    return this.once('context', {
      ...context,
      channel,
      agent: assistant,
      run_id: runId,
      thread_id: threadId,
    });
  }
  get now(): CelInput {
    return timestampFromMs(this.nowMs);
  }

  private once(name: string, value: Json): CelInput {
    const known = this.made.get(name);
    if (known !== undefined) return known;
    const made = celJson(value);
    this.made.set(name, made);
    return made;
  }
}
