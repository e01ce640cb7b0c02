/** Every change has a reason: chips for the usual ones, words for the rest. The API demands it; this only collects it. */
import { useState, type ReactNode } from 'react';
import { Button } from './button.js';
import { TextArea, TextField } from './field.js';
import { FormDialog } from './form-dialog.js';

export const REASON_MIN = 8;

export function ReasonInput({
  value,
  onChange,
  chips,
  first,
  error,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly chips: readonly string[];
  /** It has the focus when its dialog opens, whatever stands before it. */
  readonly first?: boolean;
  readonly error?: string | null;
}) {
  return (
    <div className="flex flex-col gap-2">
      <fieldset aria-label="Usual reasons" className="flex flex-wrap gap-1.5">
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
      </fieldset>
      <TextArea
        label="Reason"
        hint={`Goes into the signed audit log. At least ${REASON_MIN} characters.`}
        value={value}
        error={error}
        data-first={first}
        maxLength={500}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

export interface ReasonDialogProps {
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
  /** Rejects with the API's error, which is shown here; what was typed stays. */
  readonly onConfirm: (reason: string, typed: string) => Promise<unknown>;
  readonly children?: ReactNode;
}

export function ReasonDialog({
  chips,
  confirmLabel,
  typed,
  onConfirm,
  children,
  ...dialog
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
      dialog.onClose();
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : 'It was not done.');
    } finally {
      setPending(false);
    }
  };

  return (
    <FormDialog {...dialog} act={confirmLabel} ready={ready} pending={pending} onSubmit={() => void submit()}>
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
    </FormDialog>
  );
}
