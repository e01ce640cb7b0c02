/** Somebody else was faster: what it is now, and the two ways on. What was typed stays until one of them is taken. */
import { useState, type ReactNode } from 'react';
import { Button } from '../ui/button.js';
import { Status } from '../ui/status.js';

interface Saving {
  readonly isPending: boolean;
  readonly isSuccess: boolean;
}

export interface Base {
  /** The version the edit began from, or has been told to replace: saving carries it. */
  readonly version: number;
  /** It is not that any more. Nothing is saved until `catchUp`, so that no click hits what nobody has read. */
  readonly moved: boolean;
  readonly catchUp: () => void;
}

export function useBase(now: { readonly version: number }, { isPending, isSuccess }: Saving): Base {
  const [version, setVersion] = useState(now.version);
  return {
    version,
    moved: now.version !== version && !isPending && !isSuccess,
    catchUp: () => setVersion(now.version),
  };
}

interface ChangedMeanwhileProps {
  readonly base: Base;
  /** As it is now, in words. */
  readonly children: ReactNode;
  /** Fills the form with what it is now. */
  readonly onTake: () => void;
}

export function ChangedMeanwhile({ base, children, onTake }: ChangedMeanwhileProps) {
  if (!base.moved) return null;
  return (
    <div role="alert" className="flex flex-col gap-2 rounded-control bg-sunken px-3 py-2">
      <div>
        <p className="font-medium">
          <Status tone="warn">Changed in the meantime</Status>
        </p>
        <p className="text-12 text-muted">It is now: {children}.</p>
      </div>
      <div className="flex gap-2">
        <Button
          size="sm"
          onClick={() => {
            base.catchUp();
            onTake();
          }}
        >
          Begin from there
        </Button>
        <Button size="sm" onClick={base.catchUp}>
          Replace it with mine
        </Button>
      </div>
    </div>
  );
}
