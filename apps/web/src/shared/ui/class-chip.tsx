/** A tool's class. Read is plain; what can do harm carries a shape. */
import { Lock, TriangleAlert } from 'lucide-react';
import { clsx } from 'clsx';

const CLASSES = {
  read: { word: 'read', style: 'border-line text-muted', Icon: null },
  write: { word: 'write', style: 'border-accent text-accent', Icon: null },
  dangerous: { word: 'dangerous', style: 'border-warn text-text', Icon: TriangleAlert },
  human_only: { word: 'human-only', style: 'border-ask text-ask', Icon: Lock },
} as const;
export type ShownClass = keyof typeof CLASSES;

export function ClassChip({
  of,
  compact = false,
  className,
}: {
  readonly of: string;
  /** Where it has a shape, the shape alone is seen. */
  readonly compact?: boolean;
  readonly className?: string;
}) {
  const { word, style, Icon } = CLASSES[of as ShownClass] ?? CLASSES.read;
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
