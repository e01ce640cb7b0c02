/** Somebody else was faster: what it is now, and the way to begin there. What was typed stays until that is asked for. */
import { useState, type ReactNode } from 'react';
import { Button } from '../ui/button.js';
import { Status } from '../ui/status.js';

interface Saving {
  readonly isPending: boolean;
  readonly isSuccess: boolean;
}

/** Which version an edit began from, and whether somebody else has moved it since. */
export function useBase({ version }: { readonly version: number }, { isPending, isSuccess }: Saving) {
  const [base, setBase] = useState(version);
  return { moved: version !== base && !isPending && !isSuccess, take: () => setBase(version) };
}

interface ChangedMeanwhileProps {
  /** As it is now, in words. */
  readonly children: ReactNode;
  readonly onTake: () => void;
}

export function ChangedMeanwhile({ children, onTake }: ChangedMeanwhileProps) {
  return (
    <div role="alert" className="flex items-start gap-3 rounded-control bg-sunken px-3 py-2">
      <div className="min-w-0 flex-1">
        <p className="font-medium">
          <Status tone="warn">Changed in the meantime</Status>
        </p>
        <p className="text-12 text-muted">
          It is now: {children}. Saving replaces that with what stands above.
        </p>
      </div>
      <Button size="sm" onClick={onTake}>
        Begin from there
      </Button>
    </div>
  );
}
