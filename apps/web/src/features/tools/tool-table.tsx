/** Every tool with what it can do and how often it is asked for. The open one is marked; arrows move through the list. */
import { isGrant, toolStandings, type PolicyDocument } from '@reeve/policy';
import { clsx } from 'clsx';
import { useMemo } from 'react';
import { count } from '../../shared/format.js';
import { Sideways } from '../../shared/ui/sideways.js';
import { ClassChip } from '../../shared/ui/class-chip.js';

export interface ToolUse {
  readonly calls: number;
  readonly denied: number;
}

const HEAD = ['Tool', 'Class', 'Server', 'Owner', 'Output', 'Roles', '7-d calls', 'Denied'];
const WIDE = new Set(['Server', 'Owner', 'Output']);
const NUMBERS = new Set(['Roles', '7-d calls', 'Denied']);

export function ToolTable({
  names,
  document,
  usageOf,
  chosen,
  narrow,
  changed,
  onChoose,
}: {
  readonly names: readonly string[];
  readonly document: PolicyDocument;
  readonly usageOf: (tool: string) => ToolUse | undefined;
  readonly chosen: string | undefined;
  /** There is a peek beside it. */
  readonly narrow: boolean;
  readonly changed: ReadonlySet<string>;
  readonly onChoose: (tool: string) => void;
}) {
  const standingOf = useMemo(() => toolStandings(document), [document]);
  return (
    <Sideways label="Tools, every column">
      <table className="w-full text-13" aria-label="Tools">
        <thead>
          <tr className="text-left text-12 text-faint">
            {HEAD.filter((name) => !narrow || !WIDE.has(name)).map((name) => (
              <th
                key={name}
                scope="col"
                className={clsx('h-8 px-3 font-medium whitespace-nowrap', NUMBERS.has(name) && 'text-right')}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((name) => {
            const tool = document.tools[name]!;
            const use = usageOf(name);
            return (
              <tr
                key={name}
                className={clsx(
                  'h-8 border-t border-line hover:bg-sunken',
                  name === chosen && 'bg-accent-soft',
                )}
              >
                <td className="px-3">
                  <button
                    type="button"
                    aria-current={name === chosen || undefined}
                    className="mono text-left hover:underline"
                    onClick={() => onChoose(name)}
                  >
                    {name}
                  </button>
                  {changed.has(name) && <span className="ml-2 text-12 text-accent">edited</span>}
                </td>
                <td className="px-3">
                  <ClassChip of={tool.class} />
                </td>
                {!narrow && (
                  <>
                    <td className="px-3 whitespace-nowrap text-muted">{tool.server || '–'}</td>
                    <td className="px-3 whitespace-nowrap text-muted">{tool.owner || '–'}</td>
                    <td className="px-3 whitespace-nowrap text-muted">
                      {tool.untrustedOutput ? 'untrusted' : '–'}
                    </td>
                  </>
                )}
                <td className="px-3 text-right">
                  {standingOf(name).roles.filter(({ effect }) => isGrant(effect)).length}
                </td>
                <td className="px-3 text-right">{use === undefined ? '–' : count(use.calls)}</td>
                <td className="px-3 text-right">{use === undefined ? '–' : count(use.denied)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Sideways>
  );
}
