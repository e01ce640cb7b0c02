/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that are not drawn are no table's */
/**
 * The effects of a change of the policy, for a person who has to answer for it: what widens first, whoever inherits it.
 */
import { answerWords, DIRECTIONS, type Direction, type PolicyChange, type PolicyEffect } from '@reeve/policy';
import { useVirtualizer } from '@tanstack/react-virtual';
import { clsx } from 'clsx';
import { ArrowRight } from 'lucide-react';
import { useMemo, useRef, type ReactNode } from 'react';
import { count } from '../format.js';
import { ClassChip } from '../ui/class-chip.js';
import { EffectPill } from '../ui/effect-pill.js';
import { StatusShape } from '../ui/status.js';
import { counted, kindWord, memberChanges } from './change-words.js';

const GROUPS: Readonly<Record<Direction, { title: string; tone: 'warn' | 'crit' | 'ok' | 'info' }>> = {
  widens: { title: 'Widens what agents may do', tone: 'warn' },
  read_it_yourself: { title: 'Either way: read it yourself', tone: 'crit' },
  narrows: { title: 'Narrows', tone: 'ok' },
  neutral: { title: 'Changes neither way', tone: 'info' },
};

export interface EffectFacts {
  readonly classOf: (tool: string) => string | undefined;
  /** Absent where calls say nothing, e.g. between two old revisions. */
  readonly callsOf?: ((tool: string) => number | undefined) | undefined;
}

type Line = { readonly direction: Direction; readonly count: number } | { readonly effect: PolicyEffect };

const ONE_LINE_PX = 33;
const TWO_LINES_PX = 49;
const isInherited = (line: Line): boolean =>
  'effect' in line && line.effect.kind === 'permission' && line.effect.inheritedFrom !== null;

/** So many are drawn as they are; more of them scroll in a place of their own, where only what is in sight is drawn. */
const DRAWN_MAX = 60;

export function EffectList({
  effects,
  ...facts
}: EffectFacts & { readonly effects: readonly PolicyEffect[] }) {
  const lines = useMemo(() => linesOf(effects), [effects]);
  const columns = facts.callsOf === undefined ? COLUMNS : COLUMNS_WITH_CALLS;
  const label = `${counted(effects.length, 'effect')}, widening first`;
  const head = (
    <div role="row" aria-rowindex={1} className={clsx(columns, HEAD)}>
      <span role="columnheader">Role or kind</span>
      <span role="columnheader">What</span>
      <span role="columnheader">Before → after</span>
      {facts.callsOf && (
        <span role="columnheader" className="text-right">
          7-day calls
        </span>
      )}
    </div>
  );
  if (lines.length > DRAWN_MAX)
    return <Scrolled lines={lines} label={label} head={head} columns={columns} facts={facts} />;
  return (
    <div role="table" aria-label={label} aria-rowcount={lines.length + 1} className="text-13">
      {head}
      {lines.map((line, index) => (
        <LineRow key={keyOf(line)} line={line} index={index} columns={columns} facts={facts} />
      ))}
    </div>
  );
}

const COLUMNS =
  'grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_minmax(0,4fr)] gap-x-2 max-[640px]:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]';
const COLUMNS_WITH_CALLS =
  'grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_minmax(0,4fr)_76px] gap-x-2 max-[640px]:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]';
const HEAD = 'border-b border-line py-1 text-left text-11 font-medium text-faint max-[640px]:sr-only';

function linesOf(effects: readonly PolicyEffect[]): Line[] {
  return DIRECTIONS.flatMap((direction): Line[] => {
    const some = effects.filter((effect) => effect.direction === direction);
    return some.length === 0
      ? []
      : [{ direction, count: some.length }, ...some.map((effect) => ({ effect }))];
  });
}

function keyOf(line: Line): string {
  if (!('effect' in line)) return line.direction;
  const { effect } = line;
  switch (effect.kind) {
    case 'permission':
      return JSON.stringify(['permission', effect.role, effect.tool]);
    case 'counting':
      return JSON.stringify(['counting', effect.quota, effect.tool, effect.counts]);
    case 'change':
      return JSON.stringify([effect.change.kind, effect.change.name]);
  }
}

interface Drawing {
  readonly columns: string;
  readonly facts: EffectFacts;
}

function Scrolled({
  lines,
  label,
  head,
  ...drawing
}: Drawing & { readonly lines: readonly Line[]; readonly label: string; readonly head: ReactNode }) {
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- its own memory of sizes is the point
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (isInherited(lines[index]!) ? TWO_LINES_PX : ONE_LINE_PX),
    overscan: 10,
    getItemKey: (index) => keyOf(lines[index]!),
  });
  return (
    <div
      ref={scroller}
      role="table"
      aria-label={label}
      aria-rowcount={lines.length + 1}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keyboard
      tabIndex={0}
      className="max-h-[60vh] overflow-y-auto rounded-card border border-line px-2 text-13"
    >
      <div className="sticky top-0 z-1 bg-raised">{head}</div>
      <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => (
          <div
            key={key}
            role="presentation"
            data-index={index}
            ref={virtual.measureElement}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${start}px)` }}
          >
            <LineRow line={lines[index]!} index={index} {...drawing} />
          </div>
        ))}
      </div>
    </div>
  );
}

function LineRow({ line, index, columns, facts }: Drawing & { readonly line: Line; readonly index: number }) {
  if ('effect' in line)
    return (
      <div
        role="row"
        aria-rowindex={index + 2}
        className={clsx(columns, 'items-baseline border-b border-line py-1.5')}
      >
        <EffectCells effect={line.effect} facts={facts} />
      </div>
    );
  const { title, tone } = GROUPS[line.direction];
  return (
    <div role="row" aria-rowindex={index + 2} className="pt-3 pb-1">
      <span role="rowheader" className="flex items-center gap-2 text-12 font-semibold text-muted">
        <StatusShape tone={tone} />
        {title}
        <span className="font-normal text-faint">{counted(line.count, 'effect')}</span>
      </span>
    </div>
  );
}

function EffectCells({ effect, facts }: { readonly effect: PolicyEffect; readonly facts: EffectFacts }) {
  const { who, tool, what, sides } = shownAs(effect);
  const toolClass = tool === undefined ? undefined : facts.classOf(tool);
  const calls = tool === undefined ? undefined : facts.callsOf?.(tool);
  return (
    <>
      <span role="cell" className="min-w-0 break-words">
        {who}
      </span>
      <span role="cell" className="min-w-0">
        <span className="mono break-all">{tool ?? what}</span>{' '}
        {toolClass && toolClass !== 'read' && <ClassChip of={toolClass} className="ml-1 align-middle" />}
      </span>
      <span role="cell" className="min-w-0 max-[640px]:col-span-2">
        {sides}
      </span>
      {facts.callsOf && (
        <span role="cell" className="text-right max-[640px]:sr-only">
          {calls === undefined ? '–' : count(calls)}
        </span>
      )}
    </>
  );
}

function shownAs(effect: PolicyEffect): {
  readonly who: ReactNode;
  readonly tool?: string | undefined;
  readonly what?: string;
  readonly sides: ReactNode;
} {
  switch (effect.kind) {
    case 'permission':
      return {
        who: (
          <>
            {effect.role}
            {effect.inheritedFrom !== null && (
              <span className="block text-12 text-muted">inherited from {effect.inheritedFrom}</span>
            )}
          </>
        ),
        tool: effect.tool,
        sides: <Answers before={effect.before} after={effect.after} />,
      };
    case 'counting':
      return {
        who: <span className="text-muted">quota {effect.quota}</span>,
        tool: effect.tool,
        sides: effect.counts ? 'counts it from now on' : 'counts it no more',
      };
    case 'change': {
      const { change } = effect;
      const cell = change.kind === 'cell' ? (change.after ?? change.before) : null;
      return {
        who: cell?.role ?? <span className="text-muted">{kindWord(change.kind)}</span>,
        tool: cell?.tool ?? (change.kind === 'tool' ? change.name : undefined),
        what: change.name,
        sides: <Sides change={change} />,
      };
    }
  }
}

type PermissionEffect = Extract<PolicyEffect, { kind: 'permission' }>;

function Answers({ before, after }: Pick<PermissionEffect, 'before' | 'after'>) {
  const conditional = [before, after].some(({ cells }) => cells.some(({ when }) => when !== undefined));
  return (
    <span className="flex flex-col gap-1">
      <span className="flex items-center gap-1">
        <EffectPill effect={before.effect} />
        <Arrow />
        <EffectPill effect={after.effect} />
      </span>
      {conditional && (
        <span className="mono text-12 break-words text-muted">
          <del>{answerWords(before)}</del> <ins className="no-underline">{answerWords(after)}</ins>
        </span>
      )}
    </span>
  );
}

function Sides({ change }: { readonly change: PolicyChange }) {
  if (change.kind === 'cell')
    return (
      <span className="flex flex-wrap items-center gap-1">
        <EffectPill effect={change.before?.effect ?? 'none'} />
        <Arrow />
        <EffectPill effect={change.after?.effect ?? 'none'} />
        <span className="text-12 text-muted">decides nothing: another cell of this role is asked first</span>
      </span>
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
