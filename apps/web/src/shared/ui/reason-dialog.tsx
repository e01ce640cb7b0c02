/** Every change has a reason: chips for the usual ones, words for the rest. The API demands it; this only collects it. */
import { useState, type ReactNode } from 'react';
import { Button } from './button.js';
import { Dialog } from './dialog.js';
import { TextArea, TextField } from './field.js';

export const REASON_MIN = 8;

export function ReasonInput({
  value,
  onChange,
  chips,
  autoFocus = false,
  error,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly chips: readonly string[];
  readonly autoFocus?: boolean;
  readonly error?: string | null;
}) {
  return (
    <div className="flex flex-col gap-2">
      <div role="group" aria-label="Usual reasons" className="flex flex-wrap gap-1.5">
        {chips.map((chip) => (
          <Button
            key={chip}
            size="sm"
            aria-pressed={value === chip}
            onClick={() => onChange(chip)}
            className={value === chip ? 'border-accent bg-accent-soft' : ''}
          >
            {chip}
          </Button>
        ))}
      </div>
      <TextArea
        label="Reason"
        hint={`Goes into the signed audit log. At least ${REASON_MIN} characters.`}
        value={value}
        error={error}
        autoFocus={autoFocus}
        maxLength={500}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

export interface ReasonDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly chips: readonly string[];
  /** Names the act, e.g. "Revoke key". */
  readonly confirmLabel: string;
  readonly danger?: boolean;
  readonly hazard?: boolean;
  /** Has to be typed: only towards more risk. */
  readonly typed?: string;
  /** Rejects with the API's error, which is shown here. */
  readonly onConfirm: (reason: string, typed: string) => Promise<unknown>;
  readonly children?: ReactNode;
}

export function ReasonDialog({
  open,
  onClose,
  title,
  description,
  chips,
  confirmLabel,
  danger = false,
  hazard = false,
  typed,
  onConfirm,
  children,
}: ReasonDialogProps) {
  const [reason, setReason] = useState('');
  const [confirmation, setConfirmation] = useState('');
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const ready = reason.trim().length >= REASON_MIN && (typed === undefined || confirmation.trim() === typed);

  const submit = async () => {
    setPending(true);
    setError(null);
    try {
      await onConfirm(reason.trim(), confirmation.trim());
      setReason('');
      setConfirmation('');
      onClose();
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : 'It was not done.');
    } finally {
      setPending(false);
    }
  };

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      description={description}
      hazard={hazard}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind={danger ? 'dangerSolid' : 'primary'}
            disabled={!ready}
            pending={pending}
            onClick={() => void submit()}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-3 pb-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void submit();
        }}
      >
        {children}
        <ReasonInput value={reason} onChange={setReason} chips={chips} error={error} />
        {typed !== undefined && (
          <TextField
            label={`Type ${typed} to confirm`}
            value={confirmation}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setConfirmation(event.target.value)}
          />
        )}
        <input type="submit" hidden aria-label={confirmLabel} />
      </form>
    </Dialog>
  );
}
