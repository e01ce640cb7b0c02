/** What differs between two policies, for a person who has to answer for it: what widens first. */
import type { PolicyChange } from '@reeve/policy';
import { ArrowRight } from 'lucide-react';
import { count } from '../format.js';
import { ClassChip } from '../ui/class-chip.js';
import { EffectPill } from '../ui/effect-pill.js';
import { StatusShape } from '../ui/status.js';
import { byDirection, type Direction } from './change-direction.js';
import { counted, KIND_WORD, memberChanges } from './change-words.js';

const GROUPS: Readonly<Record<Direction, { title: string; tone: 'warn' | 'ok' | 'info' }>> = {
  widens: { title: 'Widens what agents may do', tone: 'warn' },
  narrows: { title: 'Narrows', tone: 'ok' },
  neutral: { title: 'Changes neither way', tone: 'info' },
};

export interface ChangeFacts {
  readonly classOf: (tool: string) => string | undefined;
  /** Absent where calls say nothing, e.g. between two old revisions. */
  readonly callsOf?: ((tool: string) => number | undefined) | undefined;
}

export function ChangeList({
  changes,
  classOf,
  callsOf,
}: ChangeFacts & { readonly changes: readonly PolicyChange[] }) {
  return (
    <div className="flex flex-col gap-4">
      {byDirection(changes).map(([direction, some]) => (
        <section key={direction} aria-label={GROUPS[direction].title}>
          <h3 className="mb-1 flex items-center gap-2 text-12 font-semibold text-muted">
            <StatusShape tone={GROUPS[direction].tone} />
            {GROUPS[direction].title}
            <span className="font-normal text-faint">{counted(some.length, 'change')}</span>
          </h3>
          <table className="w-full table-fixed text-13">
            <thead className="text-left text-11 text-faint">
              <tr className="border-b border-line">
                <th scope="col" className="w-[22%] py-1 pr-2 font-medium">
                  Role or kind
                </th>
                <th scope="col" className="py-1 pr-2 font-medium">
                  What
                </th>
                <th scope="col" className="w-[34%] py-1 pr-2 font-medium">
                  Before → after
                </th>
                {callsOf && (
                  <th scope="col" className="w-[76px] py-1 text-right font-medium">
                    7-day calls
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {some.map((change) => (
                <ChangeRow
                  key={`${change.kind} ${change.name}`}
                  change={change}
                  classOf={classOf}
                  callsOf={callsOf}
                />
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </div>
  );
}

function ChangeRow({ change, classOf, callsOf }: ChangeFacts & { readonly change: PolicyChange }) {
  const tool =
    change.kind === 'cell'
      ? (change.after ?? change.before)?.tool
      : change.kind === 'tool'
        ? change.name
        : undefined;
  const role = change.kind === 'cell' ? (change.after ?? change.before)?.role : undefined;
  const toolClass = tool === undefined ? undefined : classOf(tool);
  const calls = tool === undefined ? undefined : callsOf?.(tool);
  return (
    <tr className="border-b border-line align-top last:border-b-0">
      <td className="py-1.5 pr-2 break-words">
        {role ?? <span className="text-muted">{KIND_WORD[change.kind]}</span>}
      </td>
      <td className="py-1.5 pr-2">
        <span className="mono break-all">{tool ?? change.name}</span>{' '}
        {toolClass && toolClass !== 'read' && <ClassChip of={toolClass} className="ml-1 align-middle" />}
      </td>
      <td className="py-1.5 pr-2">
        <Sides change={change} />
      </td>
      {callsOf && <td className="py-1.5 text-right">{calls === undefined ? '–' : count(calls)}</td>}
    </tr>
  );
}

function Sides({ change }: { readonly change: PolicyChange }) {
  if (change.kind === 'cell')
    return (
      <div className="flex flex-col gap-1">
        <span className="flex items-center gap-1">
          <EffectPill effect={change.before?.effect ?? 'none'} />
          <Arrow />
          <EffectPill effect={change.after?.effect ?? 'none'} />
        </span>
        {change.before?.when !== change.after?.when && (
          <span className="mono break-words text-faint">
            {change.before?.when !== undefined && <del>when {change.before.when} </del>}
            {change.after?.when === undefined ? 'always' : `when ${change.after.when}`}
          </span>
        )}
      </div>
    );
  if (change.before === null) return <Added change={change} />;
  if (change.after === null) return <span>removed</span>;
  return (
    <dl className="flex flex-col gap-0.5 text-12">
      {memberChanges(change).map(({ member, before, after }) => (
        <div key={member}>
          <dt className="inline text-faint">{member} </dt>
          <dd className="inline break-words">
            <del className="text-muted">{before}</del> <Arrow />{' '}
            <ins className="font-medium no-underline">{after}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A new thing: what it says, without what it leaves empty. */
function Added({ change }: { readonly change: PolicyChange }) {
  const said = memberChanges(change).filter(({ after }) => !['none', 'no', '{}', '[]'].includes(after));
  return (
    <span className="text-12">
      added{' '}
      {said.map(({ member, after }) => (
        <span key={member} className="mr-2">
          <span className="text-faint">{member}</span>{' '}
          <span className="break-words">{after.length > 80 ? `${after.slice(0, 80)}…` : after}</span>
        </span>
      ))}
    </span>
  );
}

const Arrow = () => (
  <>
    <ArrowRight size={12} aria-hidden className="inline shrink-0 text-faint" />
    <span className="sr-only">to</span>
  </>
);
