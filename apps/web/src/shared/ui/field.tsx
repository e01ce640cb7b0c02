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

export interface Labelled {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | null | undefined;
  /** Read by screen readers only. */
  readonly hideLabel?: boolean;
  /** Of the whole field, label and all. */
  readonly className?: string;
}
type FieldOf<Native> = Labelled & Omit<Native, 'id' | 'className'>;

/**
 * The frame that every kind of control shares; `render` draws it and takes what ties it to its label, hint and error.
 */
export function Field({
  label,
  hint,
  error,
  hideLabel = false,
  className,
  render,
}: Labelled & {
  readonly render: (tied: {
    readonly id: string;
    readonly 'aria-invalid': true | undefined;
    readonly 'aria-describedby': string | undefined;
  }) => ReactNode;
}) {
  const id = useId();
  const describedBy = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className={clsx('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className={clsx('text-12 font-medium text-muted', hideLabel && 'sr-only')}>
        {label}
      </label>
      {render({
        id,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': describedBy || undefined,
      })}
      {hint && (
        <p id={`${id}-hint`} className="text-12 text-faint">
          {hint}
        </p>
      )}
      {error && (
        <p ref={intoView} id={`${id}-error`} role="alert" className="text-12 text-deny">
          {error}
        </p>
      )}
    </div>
  );
}

/** An error nobody sees is no error: a long dialog scrolls to it. */
const intoView = (error: HTMLElement | null): void => error?.scrollIntoView({ block: 'nearest' });

/** Props of the field, and those of the control's own. */
function parted<Props extends Labelled>({ label, hint, error, hideLabel, className, ...own }: Props) {
  const field = { label, hint, error, hideLabel, className } as Labelled;
  return [field, own] as const;
}

export function TextField(props: FieldOf<InputHTMLAttributes<HTMLInputElement>>) {
  const [field, own] = parted(props);
  return <Field {...field} render={(tied) => <input {...own} {...tied} className={`${CONTROL} h-8`} />} />;
}

interface TextAreaProps extends FieldOf<TextareaHTMLAttributes<HTMLTextAreaElement>> {
  /** What is typed is code; the words around it are not. */
  readonly code?: boolean;
}

export function TextArea({ code = false, ...props }: TextAreaProps) {
  const [field, own] = parted(props);
  return (
    <Field
      {...field}
      render={(tied) => (
        <textarea
          rows={3}
          {...(code && { spellCheck: false })}
          {...own}
          {...tied}
          className={clsx(CONTROL, 'min-h-16 py-1.5', code && 'mono')}
        />
      )}
    />
  );
}

export function SelectField(props: FieldOf<SelectHTMLAttributes<HTMLSelectElement>>) {
  const [field, own] = parted(props);
  return (
    <Field {...field} render={(tied) => <select {...own} {...tied} className={`${CONTROL} h-8 pr-7`} />} />
  );
}

interface NumberProps extends Omit<FieldOf<InputHTMLAttributes<HTMLInputElement>>, 'value' | 'onChange'> {
  readonly value: string;
  readonly onValue: (value: string) => void;
}

/** A whole number typed as text: the wheel changes nothing (a budget was once changed by scrolling). */
export function NumberField(props: NumberProps) {
  const [field, { onValue, ...own }] = parted(props);
  return (
    <Field
      {...field}
      render={(tied) => (
        <input
          inputMode="numeric"
          {...own}
          {...tied}
          onChange={(event) => onValue(event.target.value.replaceAll(/[^\d]/g, ''))}
          className={`${CONTROL} h-8 text-right`}
        />
      )}
    />
  );
}

export function CheckField({
  label,
  hint,
  className,
  ...input
}: Omit<FieldOf<InputHTMLAttributes<HTMLInputElement>>, 'error' | 'hideLabel'>) {
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
