/** The effect of a decision or a cell: shape, word and colour, so that none of them carries it alone. */
import { Check, Hand, Minus, RotateCcw, UserCheck, X } from 'lucide-react';
import { clsx } from 'clsx';

const EFFECTS = {
  allow: { word: 'Allow', Icon: Check, style: 'bg-allow-fill text-allow' },
  approve: { word: 'Ask', Icon: Hand, style: 'bg-ask-fill text-ask' },
  confirm: { word: 'Confirm', Icon: UserCheck, style: 'bg-ask-fill text-ask' },
  replay: { word: 'Replay', Icon: RotateCcw, style: 'bg-sunken text-muted' },
  deny: { word: 'Deny', Icon: X, style: 'text-deny ring-1 ring-inset ring-deny' },
  none: { word: 'No', Icon: Minus, style: 'text-faint' },
} as const;
export type ShownEffect = keyof typeof EFFECTS;

export const effectWord = (effect: ShownEffect): string => EFFECTS[effect].word;

export function EffectPill({
  effect,
  className,
}: {
  readonly effect: ShownEffect;
  readonly className?: string;
}) {
  const { word, Icon, style } = EFFECTS[effect];
  return (
    <span
      className={clsx(
        'inline-flex h-5 items-center gap-1 rounded-chip px-1.5 text-12 font-medium',
        style,
        className,
      )}
    >
      <Icon size={13} aria-hidden />
      {word}
    </span>
  );
}
