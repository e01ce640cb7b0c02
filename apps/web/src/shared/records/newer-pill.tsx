/** What came since, offered and not pushed: rows never move under the pointer. */
import { ArrowUp } from 'lucide-react';
import { Button } from '../ui/button.js';

export function NewerPill({
  count,
  atLeast,
  onShow,
}: {
  readonly count: number;
  readonly atLeast: boolean;
  readonly onShow: () => void;
}) {
  return (
    <output className="inline-flex">
      {count > 0 && (
        <Button size="sm" className="border-accent" icon={<ArrowUp size={13} aria-hidden />} onClick={onShow}>
          {count}
          {atLeast ? '+' : ''} new
        </Button>
      )}
    </output>
  );
}
