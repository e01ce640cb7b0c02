/** A secret on its only appearance: copied or lost. Closing asks for nothing, so the button says what it means. */
import type { ReactNode } from 'react';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Status } from '../ui/status.js';
import { CopyText } from './copyable.js';

interface ShownOnceProps {
  readonly title: string;
  readonly label: string;
  readonly secret: string;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

export function ShownOnce({ title, label, secret, onClose, children }: ShownOnceProps) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      footer={
        <Button kind="primary" onClick={onClose}>
          I have kept it
        </Button>
      }
    >
      <div className="flex flex-col gap-3 pb-2">
        <p>
          <Status tone="warn">Shown this once. Reeve keeps only a hash of it.</Status>
        </p>
        <CodeLine label={label} text={secret} />
        {children}
      </div>
    </Dialog>
  );
}

export function CodeLine({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <div>
      <p className="mb-1 text-12 font-medium text-muted">{label}</p>
      <div className="flex items-start gap-1 rounded-control bg-sunken px-2 py-1">
        <code className="min-w-0 flex-1 py-1 break-all whitespace-pre-wrap">{text}</code>
        <CopyText text={text} label={`Copy ${label.toLowerCase()}`} />
      </div>
    </div>
  );
}
