/** Newer rows, offered and not pushed: rows never move under the pointer. */
import { ArrowUp } from 'lucide-react';
import { Button } from '../ui/button.js';

/** As many of the newest as are looked at. */
const LOOKED_AT = 100;

interface NewerPillProps {
  readonly count: number;
  readonly onShow: () => void;
}

export function NewerPill({ count, onShow }: NewerPillProps) {
  return (
    <output className="inline-flex">
      {count > 0 && (
        <Button size="sm" className="border-accent" icon={<ArrowUp size={13} aria-hidden />} onClick={onShow}>
          {count}
          {count >= LOOKED_AT ? '+' : ''} new
        </Button>
      )}
    </output>
  );
}
