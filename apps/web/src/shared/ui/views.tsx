/** Parts of one page, one in sight and only that one mounted. The chosen one belongs in the URL, so it is controlled. */
import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';

export interface View<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly count?: number | undefined;
}

export function Views<T extends string>({
  label,
  views,
  value,
  onChange,
  children,
}: {
  readonly label: string;
  readonly views: readonly View<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  /** The content of the chosen one. */
  readonly children: ReactNode;
}) {
  return (
    <Base.Root
      value={value}
      onValueChange={(next) => onChange(next as T)}
      className="flex min-h-0 flex-1 flex-col gap-3"
    >
      <Base.List aria-label={label} className="flex shrink-0 flex-wrap gap-x-1 border-b border-line">
        {views.map((view) => (
          <Base.Tab
            key={view.value}
            value={view.value}
            className="-mb-px flex h-8 items-center gap-1.5 border-b-2 border-transparent px-2.5 text-13 font-medium text-muted hover:text-text data-[active]:border-accent data-[active]:text-text"
          >
            {view.label}
            {view.count !== undefined && <span className="text-12 font-normal text-faint">{view.count}</span>}
          </Base.Tab>
        ))}
      </Base.List>
      <Base.Panel
        value={value}
        tabIndex={-1}
        className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto outline-none"
      >
        {children}
      </Base.Panel>
    </Base.Root>
  );
}
