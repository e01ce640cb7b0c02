/** A dialog that is filled in: its first field has the focus, and Ctrl+Enter does the act, once it is ready. */
import { useId } from 'react';
import { Button } from './button.js';
import { Dialog, type LayerProps } from './dialog.js';
import { Kbd } from './kbd.js';

interface FormDialogProps extends Omit<LayerProps, 'open' | 'footer'> {
  /** Names the act, e.g. "Revoke key". */
  readonly act: string;
  readonly danger?: boolean;
  readonly ready: boolean;
  readonly pending?: boolean;
  /** The name of the way out while it does more than close. */
  readonly cancel?: string;
  readonly onSubmit: () => void;
}

export function FormDialog({
  act,
  danger = false,
  ready,
  pending = false,
  cancel = 'Cancel',
  onSubmit,
  children,
  ...layer
}: FormDialogProps) {
  const id = useId();
  return (
    <Dialog
      {...layer}
      open
      footer={
        <>
          <Button onClick={layer.onClose}>{cancel}</Button>
          <Button
            type="submit"
            form={id}
            kind={danger ? 'dangerSolid' : 'primary'}
            disabled={!ready}
            pending={pending}
            aria-keyshortcuts="Control+Enter"
          >
            {act}{' '}
            <span aria-hidden>
              <Kbd>Ctrl ↵</Kbd>
            </span>
          </Button>
        </>
      }
    >
      <form
        id={id}
        noValidate // the API says what is wrong, at its field
        className="flex flex-col gap-3 pb-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !pending) onSubmit();
        }}
      >
        {children}
      </form>
    </Dialog>
  );
}
