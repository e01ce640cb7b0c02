/** Every change has a reason: chips for the usual ones, words for the rest. The API demands it; this only collects it. */
import { isReason, REASON_MAX, REASON_MIN } from '@reeve/policy';
import { useState, type ReactNode } from 'react';
import { ApiError } from '../api/api-error.js';
import { Button } from './button.js';
import { TextArea, TextField } from './field.js';
import { FormDialog } from './form-dialog.js';

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
  readonly error?: string | null | undefined;
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
        maxLength={REASON_MAX}
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
  /** True once what the children ask for is there. */
  readonly complete?: boolean;
  /** Rejects with the API's error; what was typed stays. It is shown at its input where that is one of `fields`. */
  readonly onConfirm: (reason: string, typed: string) => Promise<unknown>;
  /** The inputs among the children that show their own error, as the API names them. */
  readonly fields?: readonly string[];
  readonly children?: ReactNode | ((errorAt: (field: string) => string | null) => ReactNode);
}

export function ReasonDialog({
  chips,
  confirmLabel,
  typed,
  complete = true,
  onConfirm,
  fields = [],
  children,
  ...dialog
}: ReasonDialogProps) {
  const [reason, setReason] = useState('');
  const [confirmation, setConfirmation] = useState('');
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const ready = complete && isReason(reason) && (typed === undefined || confirmation.trim() === typed);
  const errorAt = (field: string) => (error instanceof ApiError ? error.at(field) : null);
  const atField = fields.some((field) => errorAt(field) !== null);

  const submit = async () => {
    setPending(true);
    setError(null);
    try {
      await onConfirm(reason.trim(), confirmation.trim());
      dialog.onClose();
    } catch (failure) {
      setError(failure instanceof Error ? failure : new Error('It was not done.'));
    } finally {
      setPending(false);
    }
  };

  return (
    <FormDialog {...dialog} act={confirmLabel} ready={ready} pending={pending} onSubmit={() => void submit()}>
      {typeof children === 'function' ? children(errorAt) : children}
      <ReasonInput
        value={reason}
        onChange={setReason}
        chips={chips}
        error={atField ? null : error?.message}
      />
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
