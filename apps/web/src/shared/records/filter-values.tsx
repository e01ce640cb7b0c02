/** One filter of a list: which values it keeps. What is chosen stands on the button. */
import { Menu } from '@base-ui/react/menu';
import { Check, ChevronDown } from 'lucide-react';
import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export interface FilterOption<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
  readonly node?: ReactNode;
}

interface FilterValuesProps<Value extends string> {
  readonly label: string;
  readonly options: readonly FilterOption<Value>[];
  /** undefined: any, so that the URL does not name it. */
  readonly chosen: readonly Value[] | undefined;
  readonly onChange: (next: Value[] | undefined) => void;
}

const ITEM =
  'flex h-7 items-center gap-2 rounded-control px-2 text-13 outline-none data-[highlighted]:bg-sunken';

export function FilterValues<Value extends string>({
  label,
  options,
  chosen = [],
  onChange,
}: FilterValuesProps<Value>) {
  // A value that came with the URL and is no longer offered is still in force, so it is listed.
  const unknown = chosen.filter((value) => !options.some((option) => option.value === value));
  const all: readonly FilterOption<Value>[] = [
    ...options,
    ...unknown.map((value) => ({ value, label: value })),
  ];
  const names = chosen.map((value) => all.find((option) => option.value === value)!.label);
  const toggle = (value: Value) => {
    const next = chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value];
    onChange(next.length === 0 ? undefined : next);
  };
  return (
    <Menu.Root>
      <Menu.Trigger
        className={clsx(
          'inline-flex h-7 max-w-64 shrink-0 items-center gap-1 rounded-control border px-2 text-12 font-medium',
          chosen.length > 0
            ? 'border-accent bg-accent-soft'
            : 'border-line-strong bg-surface hover:bg-sunken',
        )}
      >
        <span className="truncate">
          {label}
          {names.length > 0 && (
            <span className="font-normal">
              : {names.slice(0, 2).join(', ')}
              {names.length > 2 ? ` +${names.length - 2}` : ''}
            </span>
          )}
        </span>
        <ChevronDown size={13} aria-hidden className="shrink-0" />
      </Menu.Trigger>
      <Menu.Portal render={<section aria-label={`Filter by ${label.toLowerCase()}`} />}>
        <Menu.Positioner sideOffset={4} align="start" className="z-50">
          <Menu.Popup
            tabIndex={0} // what scrolls is reached by keyboard
            className="pop max-h-[60vh] min-w-52 overflow-y-auto rounded-card border border-line bg-raised p-1 shadow-float outline-none"
          >
            {all.length === 0 && (
              <Menu.Item disabled className={clsx(ITEM, 'text-muted')}>
                Nothing to choose from yet
              </Menu.Item>
            )}
            {all.map(({ value, label: name, node }) => (
              <Menu.CheckboxItem
                key={value}
                checked={chosen.includes(value)}
                onCheckedChange={() => toggle(value)}
                closeOnClick={false}
                className={ITEM}
              >
                <span className="flex size-4 items-center justify-center">
                  <Menu.CheckboxItemIndicator>
                    <Check size={14} aria-hidden />
                  </Menu.CheckboxItemIndicator>
                </span>
                {node ?? name}
              </Menu.CheckboxItem>
            ))}
            {chosen.length > 0 && (
              <Menu.Item onClick={() => onChange(undefined)} className={clsx(ITEM, 'pl-8 text-muted')}>
                Any {label.toLowerCase()}
              </Menu.Item>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
