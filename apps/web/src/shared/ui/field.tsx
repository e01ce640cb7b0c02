/** A labelled control with its hint and its error. The error of the API lands at the field whose path it names. */
import { clsx } from 'clsx';
import {
  useId,
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from 'react';

const CONTROL =
  'w-full rounded-control border border-line-strong bg-surface px-2.5 text-13 text-text placeholder:text-faint disabled:opacity-60 aria-invalid:border-crit';

interface Labelled {
  readonly label: string;
  readonly hint?: ReactNode | undefined;
  readonly error?: string | null | undefined;
  /** Read by screen readers only. */
  readonly hideLabel?: boolean | undefined;
}

function useField({ hint, error }: Pick<Labelled, 'hint' | 'error'>) {
  const id = useId();
  const describedBy = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return {
    id,
    control: {
      id,
      ...(error ? { 'aria-invalid': true } : {}),
      ...(describedBy ? { 'aria-describedby': describedBy } : {}),
    },
  };
}

function Frame({
  id,
  label,
  hint,
  error,
  hideLabel,
  children,
  className,
}: Labelled & {
  readonly id: string;
  readonly children: ReactNode;
  readonly className?: string | undefined;
}) {
  return (
    <div className={clsx('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className={clsx('text-12 font-medium text-muted', hideLabel && 'sr-only')}>
        {label}
      </label>
      {children}
      {hint && (
        <p id={`${id}-hint`} className="text-12 text-faint">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} role="alert" className="text-12 text-deny">
          {error}
        </p>
      )}
    </div>
  );
}

type Native<T> = Omit<T, 'id' | 'className'> & { readonly className?: string };

export function TextField({
  label,
  hint,
  error,
  hideLabel,
  className,
  ...input
}: Labelled & Native<InputHTMLAttributes<HTMLInputElement>>) {
  const { id, control } = useField({ hint, error });
  return (
    <Frame {...{ id, label, hint, error, hideLabel, className }}>
      <input {...input} {...control} className={clsx(CONTROL, 'h-8')} />
    </Frame>
  );
}

export function TextArea({
  label,
  hint,
  error,
  hideLabel,
  className,
  ...input
}: Labelled & Native<TextareaHTMLAttributes<HTMLTextAreaElement>>) {
  const { id, control } = useField({ hint, error });
  return (
    <Frame {...{ id, label, hint, error, hideLabel, className }}>
      <textarea rows={3} {...input} {...control} className={clsx(CONTROL, 'min-h-16 py-1.5')} />
    </Frame>
  );
}

/** A whole number typed as text: the wheel changes nothing (a budget was once changed by scrolling). */
export function NumberField({
  label,
  hint,
  error,
  hideLabel,
  className,
  value,
  onValue,
  ...input
}: Labelled &
  Omit<Native<InputHTMLAttributes<HTMLInputElement>>, 'value' | 'onChange'> & {
    readonly value: string;
    readonly onValue: (value: string) => void;
  }) {
  const { id, control } = useField({ hint, error });
  return (
    <Frame {...{ id, label, hint, error, hideLabel, className }}>
      <input
        inputMode="numeric"
        {...input}
        {...control}
        value={value}
        onChange={(event) => onValue(event.target.value.replaceAll(/[^\d]/g, ''))}
        className={clsx(CONTROL, 'h-8 text-right')}
      />
    </Frame>
  );
}

export function SelectField({
  label,
  hint,
  error,
  hideLabel,
  className,
  children,
  ...select
}: Labelled & Native<SelectHTMLAttributes<HTMLSelectElement>>) {
  const { id, control } = useField({ hint, error });
  return (
    <Frame {...{ id, label, hint, error, hideLabel, className }}>
      <select {...select} {...control} className={clsx(CONTROL, 'h-8 pr-7')}>
        {children}
      </select>
    </Frame>
  );
}

export function CheckField({
  label,
  hint,
  className,
  ...input
}: Omit<Labelled, 'error' | 'hideLabel'> & Native<InputHTMLAttributes<HTMLInputElement>>) {
  const id = useId();
  return (
    <div className={clsx('flex items-start gap-2', className)}>
      <input
        type="checkbox"
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        {...input}
        className="mt-0.5 size-4 shrink-0 accent-[var(--accent)]"
      />
      <div className="min-w-0">
        <label htmlFor={id} className="text-13">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-12 text-faint">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
