/** A tool's class. Read is plain; what can do harm carries a shape. */
import { classWord, type ToolClass } from '@reeve/policy';
import { Lock, TriangleAlert } from 'lucide-react';
import { clsx } from 'clsx';

const CLASSES = {
  read: { style: 'border-line text-muted', Icon: null },
  write: { style: 'border-accent text-accent', Icon: null },
  dangerous: { style: 'border-warn text-text', Icon: TriangleAlert },
  human_only: { style: 'border-ask text-ask', Icon: Lock },
} as const satisfies { [toolClass in ToolClass]: object };
export type ShownClass = ToolClass;

export function ClassChip({
  of,
  compact = false,
  className,
}: {
  readonly of: string;
  /** Compact: where it has a shape, the shape alone is seen. */
  readonly compact?: boolean;
  readonly className?: string;
}) {
  const word = classWord(of);
  const { style, Icon } = CLASSES[of as ShownClass] ?? CLASSES.read;
  return (
    <span
      title={compact ? word : undefined}
      className={clsx(
        'inline-flex h-[18px] items-center gap-1 rounded-chip border px-1 text-11',
        style,
        className,
      )}
    >
      {Icon && <Icon size={11} aria-hidden className={of === 'dangerous' ? 'text-warn' : undefined} />}
      <span className={clsx(compact && Icon && 'sr-only')}>{word}</span>
    </span>
  );
}
