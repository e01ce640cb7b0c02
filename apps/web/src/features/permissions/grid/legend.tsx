/** The meaning of the grid's marks, beside the grid. */
import { Popover } from '@base-ui/react/popover';
import { EFFECT_MEANING } from '@reeve/policy';
import { Button } from '../../../shared/ui/button.js';
import { EffectPill } from '../../../shared/ui/effect-pill.js';
import { cellMark, type ShownCell } from './grid-cell.js';

const PLAIN: ShownCell = {
  effect: 'allow',
  when: undefined,
  from: undefined,
  was: undefined,
  humanOnly: false,
};
const MARKS: readonly (readonly [name: string, cell: ShownCell, meaning: string])[] = [
  ['Inherited', { ...PLAIN, from: 'a role' }, 'inherited: another role’s cell speaks'],
  ['With a condition', { ...PLAIN, when: 'a condition' }, 'with a condition that is asked for each call'],
  ['Changed', { ...PLAIN, was: 'No' }, 'changed in this draft, not yet published'],
];

export function Legend() {
  return (
    <Popover.Root>
      <Popover.Trigger render={<Button size="sm" kind="ghost" />}>Legend</Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="end" className="z-50">
          <Popover.Popup className="pop z-50 w-96 max-w-[calc(100vw-16px)] rounded-card border border-line bg-raised p-3 shadow-float outline-none">
            <Popover.Title className="mb-2 text-13 font-medium">What the marks mean</Popover.Title>
            <dl className="grid grid-cols-[72px_1fr] items-center gap-x-3 gap-y-2 text-13">
              {(['allow', 'approve', 'deny', 'none'] as const).map((effect) => (
                <div key={effect} className="contents">
                  <dt>
                    <EffectPill effect={effect} />
                  </dt>
                  <dd>{EFFECT_MEANING[effect]}</dd>
                </div>
              ))}
              {MARKS.map(([name, cell, meaning]) => (
                <div key={name} className="contents">
                  <dt>
                    {cellMark(cell)}
                    <span className="sr-only">{name}</span>
                  </dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
