/** Commands for the selected cells, with the key beside each: the discoverable way to the same commands. */
import { Menu } from '@base-ui/react/menu';
import { Check, Filter, Hand, HelpCircle, Minus, X, type LucideIcon } from 'lucide-react';
import { counted } from '../../../shared/policy-draft/change-words.js';
import { Kbd } from '../../../shared/ui/kbd.js';

export interface CellMenuProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly count: number;
  /** Allow is not possible for any of them. */
  readonly allowLocked: boolean;
  readonly readOnly: boolean;
  /** A condition belongs to one cell. */
  readonly onCondition: (() => void) | null;
  readonly onWhy: () => void;
  readonly onEffect: (effect: 'allow' | 'approve' | 'deny' | null) => void;
}

const focusedCell = () => document.querySelector<HTMLElement>('[role="grid"] [data-focused]');

export function CellMenu({
  open,
  onClose,
  count,
  allowLocked,
  readOnly,
  onCondition,
  onWhy,
  onEffect,
}: CellMenuProps) {
  return (
    <Menu.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Menu.Portal render={<section aria-label="Cells" />}>
        <Menu.Positioner anchor={focusedCell} sideOffset={2} align="start" className="z-40">
          <Menu.Popup
            aria-label={`Set ${counted(count, 'cell')}`}
            finalFocus={() => focusedCell() ?? true}
            className="pop min-w-56 rounded-card border border-line bg-raised p-1 shadow-float outline-none"
          >
            {count > 1 && (
              <p role="presentation" className="px-2 py-1 text-12 text-faint">
                {counted(count, 'cell')} selected
              </p>
            )}
            <Item
              Icon={Check}
              tint="text-allow"
              label="Allow"
              keys="a"
              disabled={readOnly || allowLocked}
              note={allowLocked ? 'human-only' : undefined}
              onClick={() => onEffect('allow')}
            />
            <Item
              Icon={Hand}
              tint="text-ask"
              label="Ask a person"
              keys="r"
              disabled={readOnly}
              onClick={() => onEffect('approve')}
            />
            <Item
              Icon={X}
              tint="text-deny"
              label="Deny"
              keys="x"
              disabled={readOnly}
              onClick={() => onEffect('deny')}
            />
            <Item
              Icon={Minus}
              tint="text-faint"
              label="No grant"
              keys="⌫"
              disabled={readOnly}
              onClick={() => onEffect(null)}
            />
            <Menu.Separator className="my-1 border-t border-line" />
            {onCondition && (
              <Item
                Icon={Filter}
                tint="text-muted"
                label="Condition…"
                disabled={readOnly}
                onClick={onCondition}
              />
            )}
            <Item Icon={HelpCircle} tint="text-muted" label="Why" keys="i" onClick={onWhy} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Item({
  Icon,
  tint,
  label,
  keys,
  note,
  disabled = false,
  onClick,
}: {
  readonly Icon: LucideIcon;
  readonly tint: string;
  readonly label: string;
  readonly keys?: string;
  readonly note?: string | undefined;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}) {
  return (
    <Menu.Item
      disabled={disabled}
      onClick={onClick}
      className="flex h-8 items-center gap-2 rounded-control px-2 text-13 outline-none data-[disabled]:text-faint data-[highlighted]:bg-sunken"
    >
      <Icon size={14} aria-hidden className={tint} />
      {label}
      {note && <span className="text-12 text-faint">{note}</span>}
      {keys && (
        <span className="ml-auto pl-4">
          <Kbd>{keys}</Kbd>
        </span>
      )}
    </Menu.Item>
  );
}
