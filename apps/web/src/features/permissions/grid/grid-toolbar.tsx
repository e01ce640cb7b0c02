/** The grid's filter, which is one that reaches every row (the browser's own find sees only those in view). */
import { Search } from 'lucide-react';
import { classWord, TOOL_CLASSES, type PolicyTool } from '@reeve/policy';
import type { RefObject } from 'react';
import { Button } from '../../../shared/ui/button.js';
import { Kbd } from '../../../shared/ui/kbd.js';
import type { Grouping } from './grid-model.js';
import { Legend } from './legend.js';

export function GridToolbar({
  input,
  q,
  classes,
  grouping,
  shown,
  total,
  onChange,
  onEnter,
}: {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly q: string;
  readonly classes: readonly PolicyTool['class'][];
  readonly grouping: Grouping;
  readonly shown: number;
  readonly total: number;
  readonly onChange: (change: {
    q?: string;
    classes?: readonly PolicyTool['class'][];
    grouping?: Grouping;
  }) => void;
  readonly onEnter: () => void;
}) {
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2">
      <label className="flex h-7 w-64 items-center gap-2 rounded-control border border-line-strong bg-surface px-2 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-focus">
        <Search size={14} aria-hidden className="shrink-0 text-faint" />
        <span className="sr-only">Filter tools</span>
        <input
          ref={input}
          type="search"
          value={q}
          placeholder="Filter all tools"
          className="min-w-0 flex-1 bg-transparent text-13 outline-none placeholder:text-faint"
          onChange={(event) => onChange({ q: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
            event.preventDefault();
            onEnter();
          }}
        />
        <Kbd>/</Kbd>
      </label>
      <fieldset className="flex gap-1">
        <legend className="sr-only">Class</legend>
        {TOOL_CLASSES.map((one) => {
          const pressed = classes.includes(one);
          return (
            <Button
              key={one}
              size="sm"
              kind="ghost"
              aria-pressed={pressed}
              className={pressed ? 'border-accent! bg-accent-soft text-text!' : 'border-line!'}
              onClick={() =>
                onChange({ classes: pressed ? classes.filter((other) => other !== one) : [...classes, one] })
              }
            >
              {classWord(one)}
            </Button>
          );
        })}
      </fieldset>
      <label className="flex items-center gap-1.5 text-12 text-muted">
        Group
        <select
          value={grouping}
          onChange={(event) => onChange({ grouping: event.target.value as Grouping })}
          className="h-7 rounded-control border border-line-strong bg-surface px-1.5 text-12 text-text"
        >
          <option value="none">no groups</option>
          <option value="class">by class</option>
          <option value="server">by server</option>
        </select>
      </label>
      <span className="ml-auto flex items-center gap-2 text-12 text-faint">
        {shown === total ? `${total} tools` : `${shown} of ${total} tools`}
        <Legend />
      </span>
    </div>
  );
}
